//! `unread-file`: a file that nothing reads.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unread-file",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a file that nothing reads",
    explanation: "The folder tells what a file is. A file in a folder that Avouch does not know, or a \
        register with an unknown name, would be left out silently; most often its folder is \
        misspelt. `README.md` files may stand anywhere.",
};
