//! Intervals of the calendar.

use std::fmt;

use serde::{Deserialize, Serialize};

use jiff::civil::Date;
use jiff::{Span, ToSpan};

/// How often something is due: whole months and days of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cadence {
    months: u16,
    days: u16,
}

/// Names that policy sets use for intervals.
const NAMES: [(&str, Cadence); 15] = [
    ("daily", Cadence::days(1)),
    ("weekly", Cadence::days(7)),
    ("annual", Cadence::months(12)),
    ("annually", Cadence::months(12)),
    ("yearly", Cadence::months(12)),
    ("semi-annual", Cadence::months(6)),
    ("semiannual", Cadence::months(6)),
    ("semi-annually", Cadence::months(6)),
    ("half-yearly", Cadence::months(6)),
    ("quarterly", Cadence::months(3)),
    ("bi-monthly", Cadence::months(2)),
    ("monthly", Cadence::months(1)),
    ("biennial", Cadence::months(24)),
    ("every 2 years", Cadence::months(24)),
    ("triennial", Cadence::months(36)),
];

impl Cadence {
    /// Makes an interval of months.
    #[must_use]
    pub const fn months(months: u16) -> Self {
        Self { months, days: 0 }
    }

    /// Makes an interval of days.
    #[must_use]
    pub const fn days(days: u16) -> Self {
        Self { months: 0, days }
    }

    /// Returns the intervals that have a name: `annual`, `weekly` …
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// Reads `12 months`, `2 years`, `90 days`, `2 weeks`, `annual`, `quarterly` …
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_lowercase();
        if let Some((_, cadence)) = NAMES.iter().find(|(name, _)| *name == text) {
            return Some(*cadence);
        }
        let text = text.strip_prefix("every ").unwrap_or(&text);
        let (count, unit) = text.split_once(' ')?;
        let count: u16 = count.parse().ok().filter(|count| (1..=3660).contains(count))?;
        match unit {
            "year" | "years" => Some(Self::months(count.checked_mul(12)?)),
            "month" | "months" => Some(Self::months(count)),
            "week" | "weeks" => Some(Self::days(count.checked_mul(7)?)),
            "day" | "days" => Some(Self::days(count)),
            _ => None,
        }
    }

    /// Returns the day one interval after `date`. A day that the month does not have becomes its
    /// last day: one month after 31 January is 28 or 29 February.
    #[must_use]
    pub fn after(self, date: Date) -> Date {
        date.saturating_add(self.span())
    }

    /// Returns the day one interval before `date`.
    #[must_use]
    pub fn before(self, date: Date) -> Date {
        date.saturating_sub(self.span())
    }

    fn span(self) -> Span {
        i64::from(self.months).months().days(i64::from(self.days))
    }
}

impl fmt::Display for Cadence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: u16| if count == 1 { "" } else { "s" };
        match (self.months, self.days) {
            (0, days) => write!(f, "{days} day{}", plural(days)),
            (months, _) => write!(f, "{months} month{}", plural(months)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cadence;
    use jiff::civil::date;

    #[test]
    fn intervals_follow_the_calendar() {
        let month = Cadence::parse("monthly").unwrap();
        assert_eq!(month.after(date(2026, 1, 31)), date(2026, 2, 28));
        assert_eq!(month.after(date(2028, 1, 31)), date(2028, 2, 29));
        assert_eq!(Cadence::parse("90 days").unwrap().after(date(2026, 1, 1)), date(2026, 4, 1));
        assert_eq!(Cadence::parse("2 years").unwrap().to_string(), "24 months");
        assert_eq!(Cadence::parse("whenever"), None);
        assert_eq!(Cadence::parse("0 days"), None);
    }
}
