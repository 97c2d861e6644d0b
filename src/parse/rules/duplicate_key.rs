//! `duplicate-key`: a key that stands twice in one mapping.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "duplicate-key",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a key that stands twice in one mapping",
    explanation: "Programs disagree about which of two equal keys counts. Keys that differ only in case, \
        spaces, `-` or `_` are the same key. Keep one of the two.",
};
