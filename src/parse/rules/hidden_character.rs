//! `hidden-character`: a character that cannot be seen.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "hidden-character",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a character that cannot be seen",
    explanation: "Zero-width, bidirectional and tag characters change what a reader sees without changing \
        what is signed. Remove them; the message names the character.",
};
