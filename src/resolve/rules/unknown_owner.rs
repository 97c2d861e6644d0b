//! `unknown-owner`: an owner, author or approver who is not in `people.yaml`.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unknown-owner",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "an owner, author or approver who is not in `people.yaml`",
    explanation: "Owners are roles or people from `people.yaml`, so that everything has someone who \
        answers for it. The message offers the nearest name.",
};
