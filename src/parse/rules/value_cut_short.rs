//! `value-cut-short`: a value of which a comment takes the rest.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "value-cut-short",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a value of which a comment takes the rest",
    explanation: "In YAML a number sign after a space begins a comment: of `title: Policy #1` only \
        `Policy` is read. Put such a value in quotes. Comments are not reported that have a space \
        after the number sign, as in `owner: ciso  # for now`.",
};
