//! What approvals are given to: the canonical form of a document and its digest. And what
//! witnesses from outside say about a digest: [time stamps](timestamp).

pub mod canonical;
pub mod timestamp;

pub use canonical::Digest;
