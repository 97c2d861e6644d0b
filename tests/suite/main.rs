//! The one integration binary.

mod boundary;
mod disclosure_table;
mod editions;
mod handbook_sample;
mod handbook_theme;
mod internal_edits;
mod markers;
mod pure;
mod random;
mod sources;
