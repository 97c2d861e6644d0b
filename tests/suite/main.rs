//! The one integration binary.

#![expect(
    clippy::unwrap_used,
    clippy::format_push_string,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test may fail, need not be fast, and knows its own files"
)]

mod acknowledge;
mod amend;
mod amend_writers;
mod any_day;
mod approve;
mod approve_items;
mod architecture;
mod attacker;
mod authors;
mod boundary;
mod browser;
mod case;
mod cases;
mod command_line;
mod covered;
mod covered_items;
mod digest;
mod disclosure_table;
mod editions;
mod handbook_sample;
mod handbook_theme;
mod internal_edits;
mod kills;
mod large;
mod markers;
mod own_content;
mod people;
mod pure;
mod random;
mod records_inside;
mod reference;
mod schema;
mod serve;
mod signatures;
mod sources;
mod standing_words;
mod statement;
mod timestamps;
mod verify;
