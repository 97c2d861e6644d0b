//! `unknown-key`: a key that nothing reads.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unknown-key",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a key that nothing reads",
    explanation: "A key that nothing reads is most often a typing error, and what it was meant to say \
        would be lost silently. The message offers the nearest known key. In folders without a \
        `workspace.yaml` unknown keys are kept and shown, and this is only a note.",
};
