//! Plans to recipes: one file an output form.

pub mod pdf;
pub mod recipe;
