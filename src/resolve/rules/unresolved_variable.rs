//! `unresolved-variable`: a variable that has no value.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unresolved-variable",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a variable that has no value",
    explanation: "`{{ dotted.path }}` names a fact of `workspace.yaml`. The message offers the nearest \
        path.",
};
