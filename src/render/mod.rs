//! Plans to recipes: one file an output form.

pub mod recipe;
pub mod trust_files;
#[cfg(test)]
mod trust_sample;
