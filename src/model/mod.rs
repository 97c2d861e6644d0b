//! The nouns of the domain.

pub mod address;
pub mod audience;
pub mod body;
pub mod fingerprint;
pub mod id;
pub mod link;
pub mod outline;
pub mod terms;
