//! `unknown-theme`: a theme of which there is nothing.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unknown-theme",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a theme of which there is no file",
    explanation: "`theme:` in `workspace.yaml` names a folder in `themes/`, whose files replace those of the \
        built-in theme. Without a file in it the pages would look like those of no theme at all.",
};
