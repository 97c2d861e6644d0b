//! The one integration binary.

mod browser;
mod digest;
mod handbook_sample;
mod handbook_theme;
