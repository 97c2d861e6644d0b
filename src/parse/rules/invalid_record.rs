//! `invalid-record`: a file in `content/records` that is no record.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "invalid-record",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a file in `content/records` that is no record",
    explanation: "Statements and rings have one exact form, so that a signature over their bytes means \
        what they say. This file has another one: it was edited, cut short, renamed or made by \
        something else. Nothing in it counts.",
};
