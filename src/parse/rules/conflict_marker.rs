//! `conflict-marker`: lines of git between two versions of a text.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "conflict-marker",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "lines of git between two versions of a text",
    explanation: "When two people change the same lines, git leaves both versions in the file, between \
        lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`. Nobody has decided which of the two \
        is true, so the file is not published. Keep what is right and remove the three lines. In \
        blocks of code such lines are examples.",
};
