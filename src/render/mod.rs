//! Plans to recipes: one file an output form.

pub mod picture;
pub mod recipe;
