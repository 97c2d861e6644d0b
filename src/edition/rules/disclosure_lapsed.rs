//! `disclosure-lapsed`: a document or control that is to be public and cannot be.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "disclosure-lapsed",
    level: Level::Warning,
    fixed: true,
    is_secret: false,
    summary: "a document or control that is to be public and cannot be",
    explanation: "A text is public only if its author says so, it is approved as it stands, and it has not \
        lapsed. The message says what is missing. Time degrades what is shown, it never stops \
        the build.",
};
