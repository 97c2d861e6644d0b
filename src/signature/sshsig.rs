//! Signatures as `ssh-keygen -Y sign` makes them (`PROTOCOL.sshsig` of OpenSSH).
//!
//! [`verify`] says whether a text was signed with a key for a kind of act. It is stricter than
//! `ssh-keygen -Y verify`, so that what we accept is accepted there too, and nothing can hide in
//! the file of a signature:
//!
//! - nothing stands before the first line or after the last, and the base64 is the one that
//!   belongs to its bytes; only where its lines break is free;
//! - the key is compared before anything else is looked at, and it is one that [`PublicKey`]
//!   accepts: no certificate, RSA with 3072 bits at least;
//! - the reserved field is empty, and no byte follows a field;
//! - a security key was touched. An approval says that a person acted, and a key that was made
//!   with `no-touch-required` signs for whatever program has it plugged in. Whether a PIN or a
//!   finger was asked for too is not required, as many keys cannot; nor is the counter looked at:
//!   it finds copied keys only for those who see every signature.
//!
//! OpenSSH knows one more form that we do not: signatures that a browser made with a security key
//! (`webauthn-sk-ecdsa-sha2-nistp256@openssh.com`).

use sha2::{Digest as _, Sha512};
use ssh_key::{Algorithm, HashAlg, Signature, SshSig};

use super::base64;
use super::key::{KeyAlgorithm, PublicKey};
use super::namespace::Namespace;
use super::refusal::Refusal;
use super::wire::{Wire, push_string};

/// How long a signature may be, in bytes with its first and last line.
pub(super) const LONGEST: usize = 16 * 1024;
/// The first line.
const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
/// The last line.
const END: &str = "-----END SSH SIGNATURE-----";
/// The first bytes of a signature, and of what is signed.
const PREAMBLE: &[u8] = b"SSHSIG";
/// The version of the format.
const VERSION: u32 = 1;
/// How many characters of base64 OpenSSH writes into a line.
const WIDTH: usize = 70;
/// How many bytes say what a security key did: a byte of flags, and a counter of four.
const TRAILER: usize = 5;
/// The flag of a security key that was touched.
const TOUCHED: u8 = 1;

/// Verifies that a text was signed with a key for a kind of act.
///
/// # Errors
///
/// Says the first thing that is wrong, in this order: the form of the file, the key, the
/// namespace, the version, reserved fields, the hash, the algorithm, the touch of a security key,
/// and at last whether the signature is right.
pub fn verify(
    key: &PublicKey,
    namespace: Namespace,
    message: &[u8],
    armour: &str,
) -> Result<(), Refusal> {
    let bytes = read_armour(armour)?;
    let fields = Fields::read(&bytes)?;
    if fields.key != key.wire() {
        return Err(Refusal::OtherKey);
    }
    if fields.namespace != namespace.as_str().as_bytes() {
        return Err(Refusal::OtherNamespace);
    }
    if fields.version != VERSION {
        return Err(Refusal::Version(fields.version));
    }
    if !fields.reserved.is_empty() {
        return Err(Refusal::Reserved);
    }
    let hash = match fields.hash {
        b"sha256" => HashAlg::Sha256,
        b"sha512" => HashAlg::Sha512,
        _ => return Err(Refusal::Hash),
    };
    let signature = read_signature(key.algorithm(), fields.signature)?;
    let library = key.library();
    SshSig::new(library.key_data().clone(), namespace.as_str(), hash, signature)
        .and_then(|signature| library.verify(namespace.as_str(), message, &signature))
        .map_err(|_| Refusal::Wrong)
}

/// Returns the key that a signature says it was made with. Whether it was is not asked here.
///
/// # Errors
///
/// Fails where the file is no signature, or its key none that we accept.
pub fn key_of(armour: &str) -> Result<PublicKey, Refusal> {
    let bytes = read_armour(armour)?;
    PublicKey::of_wire(Fields::read(&bytes)?.key).map_err(Refusal::Key)
}

/// Returns what a key signs to sign a text: not the text itself, but its hash and what it is
/// signed for.
pub(crate) fn signed_bytes(namespace: Namespace, message: &[u8]) -> Vec<u8> {
    let mut bytes = PREAMBLE.to_vec();
    push_string(namespace.as_str().as_bytes(), &mut bytes);
    push_string(b"", &mut bytes);
    push_string(b"sha512", &mut bytes);
    push_string(&Sha512::digest(message), &mut bytes);
    bytes
}

/// Writes the file of a signature over [`signed_bytes`], byte for byte as OpenSSH does. The
/// signature begins with the name of its algorithm.
pub(crate) fn write(key: &PublicKey, namespace: Namespace, signature: &[u8]) -> String {
    let mut bytes = PREAMBLE.to_vec();
    bytes.extend(VERSION.to_be_bytes());
    push_string(key.wire(), &mut bytes);
    push_string(namespace.as_str().as_bytes(), &mut bytes);
    push_string(b"", &mut bytes);
    push_string(b"sha512", &mut bytes);
    push_string(signature, &mut bytes);

    let base64 = base64::encode(&bytes);
    let mut armour = format!("{BEGIN}\n");
    for (index, character) in base64.chars().enumerate() {
        if index > 0 && index % WIDTH == 0 {
            armour.push('\n');
        }
        armour.push(character);
    }
    armour + "\n" + END + "\n"
}

/// Takes the first and the last line off and reads the base64 between them.
fn read_armour(armour: &str) -> Result<Vec<u8>, Refusal> {
    if armour.len() > LONGEST {
        return Err(Refusal::TooLong { bytes: armour.len() });
    }
    let body = armour.strip_prefix(BEGIN).ok_or(Refusal::NoBegin)?;
    // OpenSSH takes no CRLF after the first line either.
    if body.starts_with("\r\n") {
        return Err(Refusal::CarriageReturns);
    }
    let body = body.strip_prefix('\n').ok_or(Refusal::NoBegin)?;
    let (body, after) = body.split_once(END).ok_or(Refusal::NoEnd)?;
    if !["", "\n", "\r\n"].contains(&after) {
        return Err(Refusal::AfterEnd);
    }
    if body.contains('\r') {
        return Err(Refusal::CarriageReturns);
    }
    let lines = body.strip_suffix('\n').ok_or(Refusal::NotBase64)?.split('\n');
    let mut base64 = Vec::with_capacity(body.len());
    for line in lines {
        if line.is_empty() {
            return Err(Refusal::NotBase64);
        }
        base64.extend(line.bytes());
    }
    base64::decode(&base64).ok_or(Refusal::NotBase64)
}

/// The fields of a signature, not yet judged.
struct Fields<'a> {
    version: u32,
    key: &'a [u8],
    namespace: &'a [u8],
    reserved: &'a [u8],
    hash: &'a [u8],
    signature: &'a [u8],
}

impl<'a> Fields<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut wire = Wire::new(bytes);
        if wire.take(PREAMBLE.len()) != Some(PREAMBLE) {
            return Err(Refusal::NotSshsig);
        }
        let version = wire.number().ok_or(Refusal::CutShort)?;
        let fields = (|| {
            Some(Self {
                version,
                key: wire.string()?,
                namespace: wire.string()?,
                reserved: wire.string()?,
                hash: wire.string()?,
                signature: wire.string()?,
            })
        })();
        match fields {
            // Another version may have other fields.
            None if version != VERSION => Err(Refusal::Version(version)),
            None => Err(Refusal::CutShort),
            Some(_) if !wire.rest().is_empty() => {
                Err(Refusal::TrailingData { bytes: wire.rest().len() })
            }
            Some(fields) => Ok(fields),
        }
    }
}

/// Reads the signature proper: the name of an algorithm, a string, and for security keys what the
/// device says of itself.
fn read_signature(key: KeyAlgorithm, bytes: &[u8]) -> Result<Signature, Refusal> {
    let mut wire = Wire::new(bytes);
    let name = wire.string().ok_or(Refusal::CutShort)?;
    let mut data = wire.string().ok_or(Refusal::CutShort)?.to_vec();
    let added = wire.rest();

    let algorithm = match (key, name) {
        (KeyAlgorithm::Rsa(_), b"ssh-rsa") => return Err(Refusal::Sha1),
        (KeyAlgorithm::Rsa(_), b"rsa-sha2-256") => Algorithm::Rsa { hash: Some(HashAlg::Sha256) },
        (KeyAlgorithm::Rsa(_), b"rsa-sha2-512") => Algorithm::Rsa { hash: Some(HashAlg::Sha512) },
        (KeyAlgorithm::Rsa(_), _) => return Err(Refusal::OtherAlgorithm),
        (key, name) if name == key.ssh_name().as_bytes() => {
            Algorithm::new(key.ssh_name()).map_err(|_| Refusal::OtherAlgorithm)?
        }
        _ => return Err(Refusal::OtherAlgorithm),
    };
    let expected = if key.is_on_security_key() { TRAILER } else { 0 };
    if added.len() < expected {
        return Err(Refusal::CutShort);
    }
    if added.len() > expected {
        return Err(Refusal::TrailingData { bytes: added.len() - expected });
    }
    if added.first().is_some_and(|flags| flags & TOUCHED == 0) {
        return Err(Refusal::NoTouch);
    }
    data.extend(added);
    Signature::new(algorithm, data).map_err(|_| Refusal::Malformed)
}
