//! `invalid-yaml`: YAML that cannot be read, or that different readers read differently.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "invalid-yaml",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "YAML that cannot be read, or that different readers read differently",
    explanation: "The text is not YAML, or it uses anchors, aliases, tags, merge keys or several \
        documents, which read differently in different programs. What is signed must read the \
        same to everyone, so these are refused. Write the value out where it is used.",
};
