//! `invalid-value`: a value of the wrong kind or outside the list of allowed words.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "invalid-value",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a value of the wrong kind or outside the list of allowed words",
    explanation: "The value cannot be understood: it has the wrong kind (a list where text is expected), \
        or it is none of the words that the key accepts. The message says what is accepted.",
};
