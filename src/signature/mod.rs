//! Who accepted what: the exact bytes that are signed and how they are checked.
//!
//! [`canonical`] names a text by a digest, a [`Statement`] says what somebody did with texts of some
//! digests, and a [`Ring`] says whose word counts for what. Signatures are those of OpenSSH:
//! [`sshsig`] checks them, [`key`] holds public keys, and [`allowed_signers`] reads and writes the
//! file by which `ssh-keygen -Y verify` knows whose they are. A
//! time stamp ([`timestamp`]) is the word of a witness from outside on when a signature existed.

pub mod allowed_signers;
mod base64;
pub mod canonical;
mod demonstration;
pub mod key;
mod lines;
pub mod namespace;
pub mod refusal;
pub mod ring;
pub mod sshsig;
pub mod statement;
pub mod timestamp;
pub(crate) mod wire;

pub use canonical::Digest;
pub use demonstration::{DEMONSTRATION, is_of_demonstration};
pub use key::{KeyAlgorithm, KeyFault, PublicKey};
pub use lines::{Fault, is_unseen};
pub use namespace::Namespace;
pub use refusal::Refusal;
pub use ring::Ring;
pub use statement::{Act, Change, Decision, Statement, Subject};
