//! `invalid-date`: a date that does not exist or cannot be read without guessing.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "invalid-date",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a date that does not exist or cannot be read without guessing",
    explanation: "Dates are written as `2026-02-01`. Long forms with a month's name are understood too. \
        Forms of numbers in another order are refused, because 03/04/2026 is two different days in \
        different countries; a month without a day is refused, because a review on \"2026-05\" has no day on \
        which it is late.",
};
