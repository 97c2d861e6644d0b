//! `address-collision`: two outputs that would have the same address.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "address-collision",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "two outputs that would have the same address",
    explanation: "Two sources would be written to the same page, perhaps only because their names differ \
        in case. Rename one of them.",
};
