//! The one integration binary.

mod browser;
mod digest;
mod front_matter;
mod handbook_sample;
mod handbook_theme;
