//! `broken-anchor`: a link to a place that its document does not have.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "broken-anchor",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a link to a place that its document does not have",
    explanation: "The document exists, the anchor does not. The message offers the nearest anchor. Give \
        clauses that others link to a stable anchor: `{#name}`.",
};
