//! HTML.

pub mod body;
mod escape;
mod inline;

pub use escape::escape;

#[cfg(test)]
mod tests;
