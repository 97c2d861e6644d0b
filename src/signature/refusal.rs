//! Why a signature does not stand.

use std::fmt;

use super::key::KeyFault;
use super::sshsig::LONGEST;

/// Why a signature is refused. `Display` says it in one phrase, [`Refusal::help`] what to do.
///
/// Nothing of the signature itself is repeated in the words, so that no file can put words of its
/// own into a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The file is too large to be a signature.
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The first line is not the one that begins a signature.
    NoBegin,
    /// The last line is missing: the file was cut short.
    NoEnd,
    /// Something follows the last line.
    AfterEnd,
    /// Lines end with CRLF.
    CarriageReturns,
    /// What stands between the first and the last line is no base64.
    NotBase64,
    /// The bytes do not begin as a signature does.
    NotSshsig,
    /// A field is longer than what is left of the bytes.
    CutShort,
    /// Bytes follow the last field.
    TrailingData {
        /// How many.
        bytes: usize,
    },
    /// It was made with another key than the one that is asked about.
    OtherKey,
    /// Its key is none that we accept.
    Key(KeyFault),
    /// It was made for another kind of act, or by another program.
    OtherNamespace,
    /// The version of the format is not 1.
    Version(u32),
    /// The field for later extensions is not empty.
    Reserved,
    /// The text was hashed with something else than SHA-256 or SHA-512.
    Hash,
    /// It is an RSA signature over SHA-1.
    Sha1,
    /// It says that it was made with another algorithm than that of its key.
    OtherAlgorithm,
    /// The signature proper has not the length or the form that its algorithm asks for.
    Malformed,
    /// The security key did not ask for a touch.
    NoTouch,
    /// It is not the signature of this text.
    Wrong,
}

impl Refusal {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::TooLong { .. }
            | Self::NoBegin
            | Self::NotBase64
            | Self::NotSshsig
            | Self::CutShort
            | Self::TrailingData { .. }
            | Self::AfterEnd
            | Self::NoEnd => "restore the file as it was when it was signed, or sign again",
            Self::CarriageReturns => {
                "let git leave line ends alone: `content/records/** -text` in `.gitattributes`"
            }
            Self::OtherKey => "ask who signed: the key is not the one that is on record",
            Self::Key(fault) => fault.help(),
            Self::OtherNamespace => "a signature counts for the kind of act that it names only",
            Self::Version(_) | Self::Reserved => "sign again with a program that writes version 1",
            Self::Hash | Self::Sha1 | Self::OtherAlgorithm | Self::Malformed => {
                "sign again with OpenSSH 8.2 or later"
            }
            Self::NoTouch => "make the key without `no-touch-required`, and sign again",
            Self::Wrong => {
                "the text or the signature was changed since: restore both, or sign again"
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::TooLong { bytes } => {
                return write!(
                    f,
                    "the signature is {bytes} bytes long; at most {LONGEST} are read"
                );
            }
            Self::TrailingData { bytes } => {
                return write!(f, "{bytes} bytes follow the end of the signature");
            }
            Self::Version(version) => {
                return write!(f, "the signature has version {version} of its format, and not 1");
            }
            Self::Key(fault) => return write!(f, "the key of the signature: {fault}"),
            Self::NoBegin => "this does not begin as an SSH signature does",
            Self::NoEnd => "the signature was cut short: its last line is missing",
            Self::AfterEnd => "something follows the last line of the signature",
            Self::CarriageReturns => "the lines of the signature end with CRLF",
            Self::NotBase64 => "the signature is no base64",
            Self::NotSshsig => "the base64 holds no SSH signature",
            Self::CutShort => "the signature was cut short within its base64",
            Self::OtherKey => "the signature was made with another key",
            Self::OtherNamespace => "the signature was made for another kind of act",
            Self::Reserved => "the signature has extensions that are not known",
            Self::Hash => "the signature is over another hash than SHA-256 or SHA-512",
            Self::Sha1 => "the signature is over SHA-1",
            Self::OtherAlgorithm => "the signature names another algorithm than its key has",
            Self::Malformed => "the signature has not the form that its algorithm asks for",
            Self::NoTouch => "the security key signed without being touched",
            Self::Wrong => "the signature is not one of this text",
        };
        f.write_str(words)
    }
}

impl std::error::Error for Refusal {}
