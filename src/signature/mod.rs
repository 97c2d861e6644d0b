//! Who accepted what: the exact bytes that are signed and how they are checked.
//!
//! [`canonical`] names a text by a digest, a [`Statement`] says what somebody did with texts of some
//! digests, and a [`Ring`] says whose word counts for what.

pub mod canonical;
mod lines;
pub mod ring;
pub mod statement;

pub use canonical::Digest;
pub use lines::{Fault, is_unseen};
pub use ring::Ring;
pub use statement::{Act, Change, Decision, Statement, Subject};
