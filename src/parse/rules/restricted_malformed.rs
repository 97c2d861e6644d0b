//! `restricted-malformed`: a quote that looks like an internal block but is none.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "restricted-malformed",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a quote that looks like an internal block but is none",
    explanation: "A block for staff begins with `> [!INTERNAL]`, spelled exactly so. Something that only \
        resembles it would be published, so it is an error, and the level cannot be lowered.",
};
