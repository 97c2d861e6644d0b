//! `duplicate-file`: two files that hold the same thing.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "duplicate-file",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "two files that hold the same thing",
    explanation: "Settings, people, the glossary, each register and each file in `content/trust` stand in one \
        file. Beside `workspace.yaml`, a `workspace.yml` would say what is published a second time, and one \
        of the two would be left out silently. Keep one of the two.",
};
