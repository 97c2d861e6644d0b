//! `missing-public-summary`: something public without a sentence for customers.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "missing-public-summary",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a public control without a sentence for customers",
    explanation: "Customers read `public_summary:` in lists. Of a public control without it they see \
        the title only, since its internal wording is not theirs to read.",
};
