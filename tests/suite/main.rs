//! The one integration binary.

mod architecture;
mod boundary;
mod browser;
mod digest;
mod disclosure_table;
mod editions;
mod front_matter;
mod handbook_sample;
mod handbook_theme;
mod internal_edits;
mod markers;
mod own_content;
mod pure;
mod random;
mod sources;
