//! Plans to recipes: one file an output form.

pub mod highlight;
pub mod pdf;
pub mod recipe;
pub mod search;
