//! `duplicate-id`: an id that two things carry.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "duplicate-id",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "an id that two things carry",
    explanation: "Links, mappings and signatures use ids, so an id names one thing only, whatever its kind \
        and however its letters are cased. The message shows both places. Retired ids stay \
        reserved.",
};
