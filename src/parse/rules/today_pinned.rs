//! `today-pinned`: the date of the build is fixed in the settings.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "today-pinned",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "the date of the build is fixed in the settings",
    explanation: "`today:` in `workspace.yaml` makes every state be computed for that day. It is meant for \
        demonstrations; a real workspace would never again show an overdue review. Remove it, or \
        mark the workspace as a demonstration with `demo: true`.",
};
