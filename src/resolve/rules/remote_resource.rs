//! `remote-resource`: a picture that would be fetched from another server.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "remote-resource",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a picture that would be fetched from another server",
    explanation: "Pages make no request to third parties: it would tell them who reads what, and the page \
        would change without review. Copy the file into `content/assets/`.",
};
