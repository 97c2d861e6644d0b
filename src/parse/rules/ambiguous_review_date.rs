//! `ambiguous-review-date`: a `review_date`, which may mean the last or the next review.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "ambiguous-review-date",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a `review_date`, which may mean the last or the next review",
    explanation: "Half of all policy sets use `review_date` for the last review and half for the next. Say \
        `last_reviewed` for a past review (it will be shown as claimed), or `review_cycle` for \
        the interval: the next review is always computed.",
};
