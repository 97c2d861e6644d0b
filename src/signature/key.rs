//! Public keys of people, as OpenSSH writes them in one line.
//!
//! A [`PublicKey`] is one that we accept: no certificate, no DSA, no short RSA, nothing that we
//! cannot verify. It is its bytes; a comment is no part of it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use sha2::{Digest as _, Sha256};
use ssh_key::public::KeyData;

use super::base64;
use super::wire::Wire;

/// How long a line may be, in bytes.
const LONGEST_LINE: usize = 16 * 1024;
/// How many bits an RSA key must have.
const SHORTEST_RSA: usize = 3072;
/// How many bits an RSA key may have: longer ones cannot be verified with.
const LONGEST_RSA: usize = 4096;
/// The first byte of a point of a curve that is written with both coordinates.
const UNCOMPRESSED: u8 = 4;

/// A public key. Two are equal where their bytes are.
#[derive(Clone)]
pub struct PublicKey {
    /// The bytes as they stand in a signature.
    wire: Box<[u8]>,
    key: ssh_key::PublicKey,
    algorithm: KeyAlgorithm,
}

/// What a key signs with. `Display` writes it in a word or a few.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyAlgorithm {
    /// Ed25519.
    Ed25519,
    /// ECDSA over the curve P-256 of NIST.
    EcdsaP256,
    /// ECDSA over the curve P-384 of NIST.
    EcdsaP384,
    /// ECDSA over the curve P-521 of NIST.
    EcdsaP521,
    /// RSA, with its length in bits.
    Rsa(usize),
    /// Ed25519, inside a security key.
    SecurityKeyEd25519,
    /// ECDSA over P-256, inside a security key.
    SecurityKeyEcdsa,
}

impl KeyAlgorithm {
    /// Returns the name that begins the line of a key.
    #[must_use]
    pub fn ssh_name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ssh-ed25519",
            Self::EcdsaP256 => "ecdsa-sha2-nistp256",
            Self::EcdsaP384 => "ecdsa-sha2-nistp384",
            Self::EcdsaP521 => "ecdsa-sha2-nistp521",
            Self::Rsa(_) => "ssh-rsa",
            Self::SecurityKeyEd25519 => "sk-ssh-ed25519@openssh.com",
            Self::SecurityKeyEcdsa => "sk-ecdsa-sha2-nistp256@openssh.com",
        }
    }

    /// Returns whether the private key is in a device that can ask for a touch.
    #[must_use]
    pub fn is_on_security_key(self) -> bool {
        matches!(self, Self::SecurityKeyEd25519 | Self::SecurityKeyEcdsa)
    }
}

impl fmt::Display for KeyAlgorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ed25519 => f.write_str("Ed25519"),
            Self::EcdsaP256 => f.write_str("ECDSA P-256"),
            Self::EcdsaP384 => f.write_str("ECDSA P-384"),
            Self::EcdsaP521 => f.write_str("ECDSA P-521"),
            Self::Rsa(bits) => write!(f, "RSA {bits}"),
            Self::SecurityKeyEd25519 => f.write_str("Ed25519 on a security key"),
            Self::SecurityKeyEcdsa => f.write_str("ECDSA P-256 on a security key"),
        }
    }
}

impl PublicKey {
    /// Reads the one line of a file `id_….pub`: type, base64, and a comment, which is dropped.
    ///
    /// # Errors
    ///
    /// Says why it is not a key that we accept.
    pub fn parse(line: &str) -> Result<Self, KeyFault> {
        if line.len() > LONGEST_LINE {
            return Err(KeyFault::TooLong { bytes: line.len() });
        }
        if line.contains("PRIVATE KEY-----") {
            return Err(KeyFault::Private);
        }
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.contains(['\n', '\r']) {
            return Err(KeyFault::SeveralLines);
        }
        let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
        let name = words.next().ok_or(KeyFault::NoKey)?;
        Self::of_words(name, words.next().unwrap_or_default())
    }

    /// Reads the two words of a line that count: type and base64.
    ///
    /// # Errors
    ///
    /// Says why it is not a key that we accept.
    pub(super) fn of_words(name: &str, base64: &str) -> Result<Self, KeyFault> {
        // The name is judged first: what is wrong behind a name that is not accepted helps nobody.
        accept_name(name.as_bytes())?;
        let wire = base64::decode(base64.as_bytes()).ok_or(KeyFault::NoKey)?;
        let key = Self::of_wire(&wire)?;
        if key.algorithm.ssh_name() == name { Ok(key) } else { Err(KeyFault::NoKey) }
    }

    /// Reads the bytes of a key as they stand in a signature.
    ///
    /// # Errors
    ///
    /// Says why it is not a key that we accept.
    pub(crate) fn of_wire(wire: &[u8]) -> Result<Self, KeyFault> {
        accept_name(Wire::new(wire).string().ok_or(KeyFault::NoKey)?)?;
        let key = ssh_key::PublicKey::from_bytes(wire).map_err(|_| KeyFault::NoKey)?;
        // One key has one form, or two lines could name the same key and not be equal.
        if key.to_bytes().ok().as_deref() != Some(wire) {
            return Err(KeyFault::NoKey);
        }
        let algorithm = algorithm(key.key_data())?;
        Ok(Self { wire: wire.into(), key, algorithm })
    }

    /// Takes a key of the library.
    ///
    /// # Errors
    ///
    /// Says why it is not a key that we accept.
    pub(crate) fn of_library(key: &ssh_key::PublicKey) -> Result<Self, KeyFault> {
        Self::of_wire(&key.to_bytes().map_err(|_| KeyFault::NoKey)?)
    }

    /// Returns what `ssh-keygen -l` shows: `SHA256:` and 43 characters.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let base64 = base64::encode(&Sha256::digest(&self.wire));
        format!("SHA256:{}", base64.trim_end_matches('='))
    }

    /// Returns what it signs with.
    #[must_use]
    pub fn algorithm(&self) -> KeyAlgorithm {
        self.algorithm
    }

    /// Returns the line of the key without a comment and without a line end.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} {}", self.algorithm.ssh_name(), base64::encode(&self.wire))
    }

    /// Returns the bytes as they stand in a signature.
    pub(crate) fn wire(&self) -> &[u8] {
        &self.wire
    }

    /// Returns the key as the library has it.
    pub(super) fn library(&self) -> &ssh_key::PublicKey {
        &self.key
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.wire == other.wire
    }
}

impl Eq for PublicKey {}

impl PartialOrd for PublicKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for PublicKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.wire.cmp(&other.wire)
    }
}

impl Hash for PublicKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.wire.hash(state);
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({} {})", self.algorithm, self.fingerprint())
    }
}

/// Returns whether a word is the name of a type of keys, be it one that we accept or not.
pub(super) fn is_name(word: &str) -> bool {
    accept_name(word.as_bytes()) != Err(KeyFault::UnknownAlgorithm)
}

/// Judges the name of an algorithm before anything else of a key is read.
fn accept_name(name: &[u8]) -> Result<(), KeyFault> {
    match name {
        b"ssh-ed25519"
        | b"ecdsa-sha2-nistp256"
        | b"ecdsa-sha2-nistp384"
        | b"ecdsa-sha2-nistp521"
        | b"ssh-rsa"
        | b"sk-ssh-ed25519@openssh.com"
        | b"sk-ecdsa-sha2-nistp256@openssh.com" => Ok(()),
        b"ssh-dss" => Err(KeyFault::Dsa),
        _ if name.ends_with(b"-cert-v01@openssh.com") => Err(KeyFault::Certificate),
        _ => Err(KeyFault::UnknownAlgorithm),
    }
}

fn algorithm(key: &KeyData) -> Result<KeyAlgorithm, KeyFault> {
    use ssh_key::EcdsaCurve;

    match key {
        KeyData::Ed25519(key) => of_strong_point(&key.0, KeyAlgorithm::Ed25519),
        KeyData::SkEd25519(key) => {
            of_strong_point(&key.public_key().0, KeyAlgorithm::SecurityKeyEd25519)
        }
        KeyData::Ecdsa(key) => {
            let algorithm = match key.curve() {
                EcdsaCurve::NistP256 => KeyAlgorithm::EcdsaP256,
                EcdsaCurve::NistP384 => KeyAlgorithm::EcdsaP384,
                EcdsaCurve::NistP521 => KeyAlgorithm::EcdsaP521,
            };
            of_whole_point(key.as_sec1_bytes(), algorithm)
        }
        KeyData::SkEcdsaSha2NistP256(key) => {
            of_whole_point(key.ec_point().as_bytes(), KeyAlgorithm::SecurityKeyEcdsa)
        }
        KeyData::Rsa(key) => {
            let modulus = key.n.as_positive_bytes().ok_or(KeyFault::NoKey)?;
            let leading = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
            match modulus.len() * 8 - leading {
                bits if bits < SHORTEST_RSA => Err(KeyFault::ShortRsa { bits }),
                bits if bits > LONGEST_RSA => Err(KeyFault::LongRsa { bits }),
                bits => Ok(KeyAlgorithm::Rsa(bits)),
            }
        }
        KeyData::Dsa(_) => Err(KeyFault::Dsa),
        _ => Err(KeyFault::UnknownAlgorithm),
    }
}

/// Accepts a point of a curve of NIST as OpenSSH writes it: with both coordinates.
fn of_whole_point(point: &[u8], algorithm: KeyAlgorithm) -> Result<KeyAlgorithm, KeyFault> {
    if point.first() == Some(&UNCOMPRESSED) { Ok(algorithm) } else { Err(KeyFault::NoKey) }
}

/// Accepts a key of Ed25519 that is none of the points of small order. For those a signature can
/// be made up that is right for many texts, so that it would say nothing about one of them.
fn of_strong_point(point: &[u8; 32], algorithm: KeyAlgorithm) -> Result<KeyAlgorithm, KeyFault> {
    /// Zero, one, and the three numbers around the prime: first byte, bytes
    /// between, last byte.
    const ENDS: [(u8, u8, u8); 5] =
        [(0, 0, 0), (1, 0, 0), (0xec, 0xff, 0x7f), (0xed, 0xff, 0x7f), (0xee, 0xff, 0x7f)];
    /// The two points of order eight.
    const EIGHTH: [[u8; 32]; 2] = [
        [
            0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef,
            0x98, 0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88,
            0x6d, 0x53, 0xfc, 0x05,
        ],
        [
            0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10,
            0x67, 0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77,
            0x92, 0xac, 0x03, 0x7a,
        ],
    ];

    let mut point = *point;
    // The sign of the other coordinate does not change the order.
    point[31] &= 0x7f;
    let at_an_end = ENDS.iter().any(|&(first, between, last)| {
        point[0] == first && point[1..31].iter().all(|&it| it == between) && point[31] == last
    });
    if at_an_end || EIGHTH.contains(&point) { Err(KeyFault::Weak) } else { Ok(algorithm) }
}

/// Why a key is not accepted. `Display` says it in one phrase, [`KeyFault::help`] what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFault {
    /// The line is too long to be one.
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// There is more than one line.
    SeveralLines,
    /// It is the private half.
    Private,
    /// The bytes are no key.
    NoKey,
    /// It is a certificate.
    Certificate,
    /// It is a DSA key.
    Dsa,
    /// It is an RSA key that is too short.
    ShortRsa {
        /// Its length in bits.
        bits: usize,
    },
    /// It is an RSA key that is too long to verify with.
    LongRsa {
        /// Its length in bits.
        bits: usize,
    },
    /// The algorithm is none that we know.
    UnknownAlgorithm,
    /// A signature of this key could stand for many texts.
    Weak,
}

impl KeyFault {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::TooLong { .. } | Self::SeveralLines | Self::NoKey => {
                "copy the one line of a file such as `~/.ssh/id_ed25519.pub`"
            }
            Self::Private => {
                "a private key that stood in a file of others is no longer private: make a new \
                 one with `ssh-keygen -t ed25519`, and copy the file that ends in `.pub`"
            }
            Self::Certificate => "use the key itself: the file `.pub` without `-cert`",
            Self::Dsa | Self::ShortRsa { .. } | Self::Weak | Self::UnknownAlgorithm => {
                "make a new key with `ssh-keygen -t ed25519`"
            }
            Self::LongRsa { .. } => {
                "make a new key with `ssh-keygen -t ed25519`, or with `-t rsa -b 4096`"
            }
        }
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => {
                write!(f, "the key is {bytes} bytes long; at most {LONGEST_LINE} are read")
            }
            Self::SeveralLines => f.write_str("a key is one line, and here are several"),
            Self::Private => f.write_str("this is a private key, and a public one is needed"),
            Self::NoKey => f.write_str("this is not a public key of OpenSSH"),
            Self::Certificate => f.write_str("this is a certificate, not a key"),
            Self::Dsa => f.write_str("DSA keys are not accepted"),
            Self::ShortRsa { bits } => {
                write!(f, "the RSA key has {bits} bits; at least {SHORTEST_RSA} are needed")
            }
            Self::LongRsa { bits } => {
                write!(f, "the RSA key has {bits} bits; at most {LONGEST_RSA} can be verified")
            }
            Self::UnknownAlgorithm => f.write_str("the type of the key is not known"),
            Self::Weak => {
                f.write_str("the key is one of the few for which signatures can be made up")
            }
        }
    }
}

impl std::error::Error for KeyFault {}
