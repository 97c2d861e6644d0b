//! The one integration binary.

mod browser;
mod case;
mod cases;
mod digest;
mod front_matter;
mod handbook_sample;
mod handbook_theme;
