//! Files with keys: what is in one, and whether others can read it.

#![expect(clippy::disallowed_methods, reason = "keys of people are no files of the workspace")]

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use ssh_key::{Error, PrivateKey};

use super::failure::{SignFailure, Warning};
use super::passphrase::Passphrase;
use crate::signature::{KeyAlgorithm, KeyFault, PublicKey};

/// How large a file with a key may be, in bytes.
const LARGEST: u64 = 64 * 1024;
/// How many bytes are read to tell what a file is.
const BEGIN: usize = 64;
/// How every private key begins, whatever its form.
const PRIVATE: &str = "-----BEGIN ";

/// What a file holds.
pub(super) enum KeyFile {
    /// The public half.
    Public(PublicKey),
    /// The private half.
    Private(Box<PrivateFile>),
}

/// A file with a private key.
pub(super) struct PrivateFile {
    pub(super) path: PathBuf,
    pub(super) key: PublicKey,
    /// The private key where this program can sign with it; it may be encrypted.
    pub(super) private: Option<Box<PrivateKey>>,
    /// Whether somebody has to type or touch something.
    pub(super) asks: bool,
    pub(super) warning: Option<Warning>,
}

/// Reads a file with either half of a key.
pub(super) fn read(path: &Path) -> Result<KeyFile, SignFailure> {
    if begin(path)?.starts_with(PRIVATE.as_bytes()) {
        return Ok(KeyFile::Private(Box::new(read_private(path, None)?)));
    }
    let text = fs::read_to_string(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::InvalidData => SignFailure::NoKey { path: path.to_owned() },
        _ => SignFailure::system("read", path)(cause),
    })?;
    PublicKey::parse(&text).map(KeyFile::Public).map_err(|fault| SignFailure::key(path, fault))
}

/// Reads a file with a private key. `public` is its other half, where that is known.
pub(super) fn read_private(
    path: &Path,
    public: Option<&PublicKey>,
) -> Result<PrivateFile, SignFailure> {
    begin(path)?;
    let warning = warning(path)?;
    let path = path.to_owned();
    let private = match PrivateKey::read_openssh_file(&path) {
        Ok(private) => private,
        // A form that the library does not read, but `ssh-keygen` may: PEM, PKCS #8, rare ciphers.
        Err(Error::Io(kind)) if kind != io::ErrorKind::InvalidData => {
            return Err(SignFailure::system("read", &path)(kind.into()));
        }
        Err(_) => {
            let key = public.cloned().map_or_else(|| public_beside(&path), Ok)?;
            return Ok(PrivateFile { path, key, private: None, asks: true, warning });
        }
    };
    let key = PublicKey::of_library(private.public_key());
    let key = key.map_err(|fault| SignFailure::key(&path, fault))?;
    if public.is_some_and(|public| *public != key) {
        return Err(SignFailure::OtherHalf { path });
    }
    let asks = private.is_encrypted() || key.algorithm().is_on_security_key();
    let private = match key.algorithm() {
        KeyAlgorithm::Ed25519
        | KeyAlgorithm::EcdsaP256
        | KeyAlgorithm::EcdsaP384
        | KeyAlgorithm::EcdsaP521 => Some(Box::new(private)),
        KeyAlgorithm::Rsa(_)
        | KeyAlgorithm::SecurityKeyEd25519
        | KeyAlgorithm::SecurityKeyEcdsa => None,
    };
    Ok(PrivateFile { path, key, private, asks, warning })
}

/// Decrypts a private key.
pub(super) fn decrypt(
    private: &PrivateKey,
    passphrase: &Passphrase,
    path: &Path,
) -> Result<PrivateKey, SignFailure> {
    private
        .decrypt(passphrase.bytes())
        .map_err(|_| SignFailure::WrongPassphrase { path: path.to_owned() })
}

/// Returns the first bytes of a file that is small enough to hold a key.
fn begin(path: &Path) -> Result<Vec<u8>, SignFailure> {
    let failed = || SignFailure::system("read", path);
    let metadata = fs::metadata(path).map_err(failed())?;
    if !metadata.is_file() || metadata.len() > LARGEST {
        return Err(SignFailure::NoKey { path: path.to_owned() });
    }
    let mut begin = Vec::new();
    let file = fs::File::open(path).map_err(failed())?;
    file.take(BEGIN as u64).read_to_end(&mut begin).map_err(failed())?;
    Ok(begin)
}

/// Reads the public half that stands beside a private one.
fn public_beside(path: &Path) -> Result<PublicKey, SignFailure> {
    let mut beside = path.to_owned().into_os_string();
    beside.push(".pub");
    let text = fs::read_to_string(&beside)
        .map_err(|_| SignFailure::NoPublicHalf { path: path.to_owned() })?;
    PublicKey::parse(&text).map_err(|fault| SignFailure::key(Path::new(&beside), fault))
}

/// Returns whether others than the owner can read a file.
#[cfg(unix)]
fn warning(path: &Path) -> Result<Option<Warning>, SignFailure> {
    use std::os::unix::fs::MetadataExt as _;

    let metadata = fs::metadata(path).map_err(SignFailure::system("read", path))?;
    let open = metadata.mode() & 0o077 != 0;
    Ok(open.then(|| Warning::ReadableByOthers { path: path.to_owned() }))
}

/// Says nothing where files have no modes.
#[cfg(not(unix))]
fn warning(_: &Path) -> Result<Option<Warning>, SignFailure> {
    Ok(None)
}

impl SignFailure {
    fn key(path: &Path, fault: KeyFault) -> Self {
        match fault {
            KeyFault::NoKey | KeyFault::SeveralLines | KeyFault::UnknownAlgorithm => {
                Self::NoKey { path: path.to_owned() }
            }
            fault => Self::Key { path: path.to_owned(), fault },
        }
    }
}
