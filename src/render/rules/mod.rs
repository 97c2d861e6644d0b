//! The rules that rendering checks, before anything is rendered.

pub(crate) mod empty_heading;
pub(crate) mod missing_glyph;
pub(crate) mod skipped_heading_level;

use crate::diagnostic::Rule;

/// All of them.
pub(crate) const ALL: &[&Rule] =
    &[&empty_heading::RULE, &missing_glyph::RULE, &skipped_heading_level::RULE];
