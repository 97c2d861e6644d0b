//! The rules that reading checks, one file each.

pub(crate) mod ambiguous_review_date;
pub(crate) mod conflict_marker;
pub(crate) mod duplicate_anchor;
pub(crate) mod duplicate_file;
pub(crate) mod duplicate_key;
pub(crate) mod hidden_character;
pub(crate) mod invalid_date;
pub(crate) mod invalid_record;
pub(crate) mod invalid_text;
pub(crate) mod invalid_value;
pub(crate) mod invalid_yaml;
pub(crate) mod missing_alt_text;
pub(crate) mod missing_fact;
pub(crate) mod missing_front_matter;
pub(crate) mod placeholder_in_public;
pub(crate) mod raw_html_removed;
pub(crate) mod restricted_malformed;
pub(crate) mod template_residue;
pub(crate) mod today_pinned;
pub(crate) mod unclosed_fence;
pub(crate) mod unknown_key;
pub(crate) mod unread_file;
pub(crate) mod unreadable_markdown;
pub(crate) mod unsafe_path;
pub(crate) mod value_cut_short;

use crate::diagnostic::Rule;

/// All of them.
pub(crate) const ALL: &[&Rule] = &[
    &ambiguous_review_date::RULE,
    &conflict_marker::RULE,
    &duplicate_anchor::RULE,
    &duplicate_file::RULE,
    &duplicate_key::RULE,
    &hidden_character::RULE,
    &invalid_date::RULE,
    &invalid_record::RULE,
    &invalid_text::RULE,
    &invalid_value::RULE,
    &invalid_yaml::RULE,
    &missing_alt_text::RULE,
    &missing_fact::RULE,
    &missing_front_matter::RULE,
    &placeholder_in_public::RULE,
    &raw_html_removed::RULE,
    &restricted_malformed::RULE,
    &template_residue::RULE,
    &today_pinned::RULE,
    &unclosed_fence::RULE,
    &unknown_key::RULE,
    &unread_file::RULE,
    &unreadable_markdown::RULE,
    &unsafe_path::RULE,
    &value_cut_short::RULE,
];
