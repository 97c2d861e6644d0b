//! References to links.

pub mod body;
