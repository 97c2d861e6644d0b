//! `missing-fact`: one of the facts that auditors look for first is not there.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "missing-fact",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "one of the facts that auditors look for first is not there",
    explanation: "Auditors look for seven facts first: id, version, effective date, last reviewed, next \
        review, owner, approver with role. The ones that an author must state are `id`, `title`, \
        `version`, `owner`, `classification`, `effective_date` and `review_cycle`; the others \
        are computed from records.",
};
