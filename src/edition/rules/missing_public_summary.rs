//! `missing-public-summary`: something public without a sentence for customers.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "missing-public-summary",
    level: Level::Warning,
    fixed: false,
    summary: "something public without a sentence for customers",
    explanation: "Customers read `public_summary:` in lists. Without it a public control cannot be shown, \
        since its internal wording is not theirs to read, and a document shows its title only.",
};
