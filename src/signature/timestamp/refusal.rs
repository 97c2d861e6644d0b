//! Why a time-stamp token is not believed.

use std::error::Error;
use std::fmt;

/// Why a token, a request or a certificate is refused. `Display` gives one phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// More bytes than any token has.
    TooLarge {
        /// How many there are.
        bytes: usize,
    },
    /// The bytes are not what they should be.
    Malformed {
        /// What could not be read.
        what: &'static str,
    },
    /// The authority answered, but with no time stamp.
    NotGranted {
        /// Its answer, in the words of RFC 3161.
        status: &'static str,
    },
    /// A response that says "granted" and holds no token.
    NoToken,
    /// Signed data whose content is something else.
    OtherContent {
        /// The type of the content, an object identifier.
        found: String,
    },
    /// Not exactly one signer.
    Signers {
        /// How many there are.
        count: usize,
    },
    /// Something beside the token that no signature covers.
    NotCovered {
        /// What it is.
        what: &'static str,
    },
    /// A digest, signature or curve that is not known.
    Algorithm {
        /// Its object identifier.
        found: String,
    },
    /// SHA-1, which can be forged.
    Sha1,
    /// An RSA key that is too short, or too long to be one.
    KeySize {
        /// Its length.
        bits: usize,
    },
    /// The certificate of the signer is not in the token.
    NoCertificate,
    /// The token is about another message.
    OtherMessage,
    /// The token does not answer this request.
    OtherRequest {
        /// What differs.
        what: &'static str,
    },
    /// A signed attribute is missing or wrong.
    Attribute {
        /// Which, and how.
        what: &'static str,
    },
    /// The signature is not by the key of the certificate.
    Signature,
    /// The certificate of the signer is not one for time stamps.
    Purpose {
        /// What is wrong.
        what: &'static str,
    },
    /// The token names another authority than its certificate.
    OtherAuthority,
    /// No path leads from the authority to a root that is trusted here.
    NoRoot {
        /// The authority, as its own certificate names it.
        authority: String,
    },
    /// A path leads to a root, but a certificate on it does not hold.
    Path {
        /// The certificate, as it names itself.
        subject: String,
        /// What is wrong.
        what: &'static str,
    },
    /// Not a certificate in PEM.
    Pem {
        /// Its place among the blocks of the text, from 1.
        block: usize,
        /// What is wrong.
        what: &'static str,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { bytes } => {
                write!(f, "{bytes} bytes are too many for a time-stamp token")
            }
            Self::Malformed { what } => write!(f, "{what} cannot be read"),
            Self::NotGranted { status } => {
                write!(f, "the authority gave no time stamp: {status}")
            }
            Self::NoToken => f.write_str("the response is granted but holds no token"),
            Self::OtherContent { found } => {
                write!(f, "the signed content is not a time stamp but {found}")
            }
            Self::Signers { count } => {
                write!(f, "a time-stamp token has one signer, this has {count}")
            }
            Self::NotCovered { what } => {
                write!(f, "the token holds {what}, which its signature does not cover")
            }
            Self::Algorithm { found } => write!(f, "the algorithm {found} is not accepted"),
            Self::Sha1 => f.write_str("SHA-1 can be forged and is not accepted"),
            Self::KeySize { bits } => write!(f, "an RSA key of {bits} bits is not accepted"),
            Self::NoCertificate => {
                f.write_str("the token does not hold the certificate of its authority")
            }
            Self::OtherMessage => f.write_str("the token is about another message"),
            Self::OtherRequest { what } => {
                write!(f, "the token does not answer this request: {what}")
            }
            Self::Attribute { what } => write!(f, "{what}"),
            Self::Signature => f.write_str("the signature of the token is not by its certificate"),
            Self::Purpose { what } => {
                write!(f, "the certificate of the authority is not one for time stamps: {what}")
            }
            Self::OtherAuthority => {
                f.write_str("the token names another authority than its certificate")
            }
            Self::NoRoot { authority } => {
                write!(f, "no root certificate that is trusted here leads to `{authority}`")
            }
            Self::Path { subject, what } => write!(f, "the certificate of `{subject}` {what}"),
            Self::Pem { block, what } => write!(f, "block {block} of the PEM text {what}"),
        }
    }
}

impl Error for Refusal {}
