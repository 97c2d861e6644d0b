//! What approvals are given to: the canonical form of a document and its digest.

pub mod canonical;

pub use canonical::Digest;
