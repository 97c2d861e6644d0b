//! What approvals are given to, and what they are given with: the canonical form of a document and
//! its digest, public keys of people, and signatures.

pub mod allowed_signers;
mod base64;
pub mod canonical;
pub mod key;
pub mod namespace;
pub mod refusal;
pub mod sshsig;
pub(crate) mod wire;

pub use canonical::Digest;
pub use key::{KeyAlgorithm, KeyFault, PublicKey};
pub use namespace::Namespace;
pub use refusal::Refusal;
