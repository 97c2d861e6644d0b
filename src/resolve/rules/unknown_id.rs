//! `unknown-id`: an id that names nothing.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unknown-id",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "an id that names nothing",
    explanation: "A `[[reference]]` or a list of ids names something that does not exist. The message \
        offers the nearest id.",
};
