//! Plans to recipes: one file an output form.

pub mod html;
pub mod recipe;
