//! The one integration binary.

mod browser;
mod handbook_sample;
mod handbook_theme;
