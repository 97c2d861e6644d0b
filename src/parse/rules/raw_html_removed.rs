//! `raw-html-removed`: HTML that is not allowed and was left out.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "raw-html-removed",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "HTML that is not allowed and was left out",
    explanation: "Scripts, styles, forms, frames, event handlers and identifiers in author's HTML are \
        removed, since a page must be safe and look the same everywhere. The message names what \
        was removed; use Markdown instead.",
};
