//! `missing-front-matter`: a document without front matter.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "missing-front-matter",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a document without front matter",
    explanation: "Every document begins with a line `---`, its facts, and a second line `---`. Without \
        them it has no id, no owner and no date. In folders without a `workspace.yaml` front \
        matter is optional.",
};
