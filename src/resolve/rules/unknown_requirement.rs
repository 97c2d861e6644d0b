//! `unknown-requirement`: a requirement that its framework does not have.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unknown-requirement",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a requirement that its framework does not have",
    explanation: "The framework is loaded, the id is not in it. Ids are those of the framework's own text; \
        the message offers the nearest.",
};
