//! The one integration binary.

mod case;
mod cases;
mod handbook_sample;
mod handbook_theme;
