//! The one integration binary.

mod handbook_sample;
mod handbook_theme;
