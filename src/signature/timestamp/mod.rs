//! Time-stamp tokens (RFC 3161): a witness, from outside, that something existed at a time.
//!
//! Nothing here talks to a network. [`request`] makes the bytes that a person sends to an authority
//! in whatever way the house allows, and [`Token::read`] takes the answer as a file. A token says
//! that a SHA-256 was known to its authority at a time; [`Token::verify`] holds that against
//! everything that RFC 3161, RFC 5652 and RFC 5816 ask for, up to a root certificate that the
//! workspace names.
//!
//! What is read is narrower than what the standards permit: DER only, one signer, SHA-2, RSA of
//! 2048 bits or more, ECDSA on P-256 and P-384, and nothing beside the token that its signature
//! does not cover, except what cannot change the answer. That is:
//!
//! - the status of a response, which may become "granted with modifications", and its free text;
//! - certificates that are not on the path to the root;
//! - the order of the certificates;
//! - whether a signature by RSA is named `rsaEncryption` or together with its digest, and whether
//!   the parameters of an algorithm that has none are absent or NULL.
//!
//! Revocation is not looked up, as that needs a network. A token whose authority lost its key is
//! dealt with by taking its root out of the workspace.

mod algorithm;
mod certificate;
mod chain;
mod content;
mod refusal;
mod signer;
mod token;

pub use certificate::{Certificate, certificates};
pub use refusal::Refusal;
pub use token::{Token, Witnessed};

/// `TimeStampReq` up to the digest: its version, and SHA-256 as the algorithm, in DER without the
/// outer tag and length.
const REQUEST_OPENING: [u8; 22] = [
    0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,
    0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
];

/// `certReq TRUE`: the certificate of the authority shall be in the token, or nobody could verify
/// it later.
const REQUEST_END: [u8; 3] = [0x01, 0x01, 0xff];

/// Returns a request for a time stamp of a SHA-256, in DER, as
/// `openssl ts -query -sha256 -cert -digest …` makes it.
///
/// The nonce ties the answer to this request; it has to be random.
pub fn request(message_sha256: [u8; 32], nonce: [u8; 8]) -> Vec<u8> {
    // An INTEGER has no needless zeros in front, and one where its first bit would be a sign.
    let mut number: Vec<u8> = nonce.into_iter().skip_while(|byte| *byte == 0).collect();
    if number.first().is_none_or(|first| *first >= 0x80) {
        number.insert(0, 0);
    }
    let mut body = REQUEST_OPENING.to_vec();
    body.extend(message_sha256);
    body.push(0x02);
    body.push(length(&number));
    body.extend(number);
    body.extend(REQUEST_END);
    let mut out = vec![0x30];
    out.push(length(&body));
    out.extend(body);
    out
}

/// Returns the length of something, as DER writes it below 128: 68 bytes are the most there can be.
fn length(bytes: &[u8]) -> u8 {
    bytes.len().to_le_bytes()[0]
}
