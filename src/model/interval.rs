//! The intervals of the calendar in which a control is to occur once each.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday, date};

use super::control::Frequency;

/// A day, an ISO week (from Monday), a month, a quarter, a half or a year. Its bounds are those of
/// the calendar, so that the same day lies in the same interval whenever it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
    frequency: Frequency,
}

impl Interval {
    /// Returns the interval of a frequency in which a day lies; nothing for frequencies without a
    /// fixed interval.
    #[must_use]
    pub fn around(frequency: Frequency, day: Date) -> Option<Self> {
        let (first, last) = match frequency {
            Frequency::Continuous | Frequency::PerEvent => return None,
            Frequency::Daily => (day, day),
            Frequency::Weekly => {
                let first = monday(day);
                (first, first.saturating_add(6.days()))
            }
            Frequency::Monthly => months(day, 1),
            Frequency::Quarterly => months(day, 3),
            Frequency::SemiAnnual => months(day, 6),
            Frequency::Annual => months(day, 12),
        };
        Some(Self { first, last, frequency })
    }

    /// Returns the interval after it; nothing at the end of the calendar.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::around(self.frequency, self.last.checked_add(1.day()).ok()?)
    }

    /// Returns the interval of the same frequency in which a day lies.
    #[must_use]
    pub fn beside(self, day: Date) -> Self {
        Self::around(self.frequency, day).unwrap_or(self)
    }
}

impl fmt::Display for Interval {
    /// Writes it as people call it: `2026-06-28`, `week 45 of 2026`, `April 2026`, `Q2 2026`,
    /// `first half of 2026`, `2026`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.first.year();
        match self.frequency {
            Frequency::Continuous | Frequency::PerEvent | Frequency::Daily => {
                write!(f, "{}", self.first)
            }
            Frequency::Weekly => {
                let week = ISOWeekDate::from(self.first);
                write!(f, "week {} of {}", week.week(), week.year())
            }
            Frequency::Monthly => write!(f, "{}", self.first.strftime("%B %Y")),
            Frequency::Quarterly => write!(f, "Q{} {year}", (self.first.month() + 2) / 3),
            Frequency::SemiAnnual => {
                let half = if self.first.month() == 1 { "first" } else { "second" };
                write!(f, "{half} half of {year}")
            }
            Frequency::Annual => write!(f, "{year}"),
        }
    }
}

fn monday(day: Date) -> Date {
    let since = day.weekday().since(Weekday::Monday);
    day.saturating_sub(i64::from(since).days())
}

/// Returns the first and last day of the stretch of months in which a day lies, counted from
/// January.
fn months(day: Date, length: i8) -> (Date, Date) {
    let month = (day.month() - 1) / length * length + 1;
    let first = date(day.year(), month, 1);
    let last = first.saturating_add(i64::from(length - 1).months()).last_of_month();
    (first, last)
}

#[cfg(test)]
mod tests {
    use super::{Frequency, Interval};
    use jiff::civil::date;

    #[test]
    fn bounds_are_those_of_the_calendar() {
        let shown = |frequency, (year, month, day)| {
            let it = Interval::around(frequency, date(year, month, day)).unwrap();
            format!("{it}: {} to {}", it.first, it.last)
        };
        assert_eq!(shown(Frequency::Daily, (2026, 6, 28)), "2026-06-28: 2026-06-28 to 2026-06-28");
        assert_eq!(
            shown(Frequency::Weekly, (2026, 1, 1)),
            "week 1 of 2026: 2025-12-29 to 2026-01-04"
        );
        assert_eq!(
            shown(Frequency::Monthly, (2028, 2, 29)),
            "February 2028: 2028-02-01 to 2028-02-29"
        );
        assert_eq!(shown(Frequency::Quarterly, (2026, 5, 31)), "Q2 2026: 2026-04-01 to 2026-06-30");
        assert_eq!(
            shown(Frequency::SemiAnnual, (2026, 7, 1)),
            "second half of 2026: 2026-07-01 to 2026-12-31"
        );
        assert_eq!(shown(Frequency::Annual, (2026, 12, 31)), "2026: 2026-01-01 to 2026-12-31");
        assert!(Interval::around(Frequency::PerEvent, date(2026, 1, 1)).is_none());
    }

    #[test]
    fn intervals_follow_each_other_without_a_gap() {
        let mut it = Interval::around(Frequency::Monthly, date(2026, 1, 31)).unwrap();
        let mut firsts = Vec::new();
        for _ in 0..4 {
            firsts.push(it.first.to_string());
            it = it.next().unwrap();
        }
        assert_eq!(firsts, ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"]);
    }
}
