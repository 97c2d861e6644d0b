//! An edition to a plan: every output has one address, and no two share it.
//!
//! A plan sees its edition only: what `edition` left out cannot come back here.

pub mod handbook;
pub mod route;
pub mod trust;
pub mod view;
