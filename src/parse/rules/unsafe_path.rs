//! `unsafe-path`: a file that cannot be used because of where it is or what it is.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unsafe-path",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a file that cannot be used because of where it is or what it is",
    explanation: "Links to places outside the workspace, special files, files that are too large, and \
        names that differ only in case are refused: they would make the output depend on the \
        machine. The message says which and why.",
};
