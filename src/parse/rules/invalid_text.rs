//! `invalid-text`: a file whose text cannot be read.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "invalid-text",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a file whose text cannot be read",
    explanation: "Text is UTF-8. A file in another encoding would be read differently by different \
        programs. Save the file as UTF-8.",
};
