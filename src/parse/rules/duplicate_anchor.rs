//! `duplicate-anchor`: an anchor that stands twice in one document.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "duplicate-anchor",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "an anchor that stands twice in one document",
    explanation: "A link to the anchor would reach only the first of the two places. Anchors that authors \
        write as `{#name}` must be unique in their document.",
};
