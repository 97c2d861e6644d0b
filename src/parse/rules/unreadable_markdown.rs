//! `unreadable-markdown`: Markdown that does not do what its author seems to want.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unreadable-markdown",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "Markdown that does not do what its author seems to want",
    explanation: "A footnote that is mentioned and never defined, a link without a target, containers of \
        another Markdown dialect (`:::`, `!!!`), or lists nested deeper than any reader could \
        follow. The message says which.",
};
