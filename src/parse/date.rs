//! Dates as people write them.

use jiff::civil::Date;

use crate::model::acknowledgement::DateOrder;

/// Why a text is not a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DateFault {
    /// It has the form of a date, but the day does not exist.
    NoSuchDay,
    /// 03/04/2026 is two different days in different countries: with the day first, with the month
    /// first.
    Ambiguous(Date, Date),
    /// It names one day, in another form: 25/12/2026.
    OtherForm(Date),
    /// A month or a year only.
    NoDay,
    /// Anything else.
    Unknown,
}

impl DateFault {
    /// Says of a text what is wrong with it as a date, and what to write.
    pub(super) fn explain(self, typed: &str) -> (String, String) {
        let form = "write it as `2026-02-01`".to_owned();
        let typed = typed.escape_debug();
        match self {
            Self::NoSuchDay => (format!("`{typed}` is no day of the calendar"), form),
            Self::Ambiguous(day_first, month_first) => (
                format!("`{typed}` can be read as two different days"),
                format!(
                    "write `{day_first}` for {}, or `{month_first}` for {}",
                    spoken(day_first),
                    spoken(month_first)
                ),
            ),
            Self::OtherForm(date) => {
                (format!("`{typed}` is not in the form of a date"), format!("write `{date}`"))
            }
            Self::NoDay => {
                (format!("`{typed}` names no day"), "write the whole date: `2026-02-01`".to_owned())
            }
            Self::Unknown => (format!("`{typed}` is not a date"), form),
        }
    }
}

/// Writes a day without its year: `3 April`.
fn spoken(date: Date) -> String {
    date.strftime("%-d %B").to_string()
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads `2026-02-01`, `1 February 2026`, `February 1, 2026` and `Feb 1 2026`, the weekday in
/// front or the time of the day behind it left aside.
pub(super) fn read(text: &str) -> Result<Date, DateFault> {
    let text = without_time(without_weekday(text.trim()));
    let parts: Vec<&str> = text.split('-').collect();
    if let [year, month, day] = parts[..]
        && [year, month, day].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
        && (year.len(), month.len(), day.len()) == (4, 2, 2)
    {
        return text.parse().map_err(|_| DateFault::NoSuchDay);
    }
    if let Some(fault) = numbers(text) {
        return Err(fault);
    }
    if matches!(parts[..], [year, month] if year.len() == 4 && month.len() == 2) || is_year(text) {
        return Err(DateFault::NoDay);
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (day, month, year) = match words[..] {
        [a, b, year] if a.starts_with(|c: char| c.is_ascii_digit()) => (a, b, year),
        [a, b, year] => (b, a, year),
        [_, year] if number_of(words[0]).is_some() && year.len() == 4 => {
            return Err(DateFault::NoDay);
        }
        _ => return Err(DateFault::Unknown),
    };
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (Ok(day), Some(month), Ok(year)) =
        (day.parse::<i8>(), number_of(month), year.parse::<i16>())
    else {
        return Err(DateFault::Unknown);
    };
    Date::new(year, month, day).map_err(|_| DateFault::NoSuchDay)
}

/// Reads a date as other systems export it: also 25/12/2026, which is one day only; 02/03/2026 where
/// it is known which number is the day; 22-Nov-2026; and with a time of the day behind it.
///
/// # Errors
///
/// Says in a phrase what is wrong with it.
pub(crate) fn read_exported(text: &str, order: Option<DateOrder>) -> Result<Date, String> {
    let words = text.trim().split(' ').enumerate();
    let day: Vec<&str> =
        words.take_while(|(at, word)| *at == 0 || !word.contains(':')).map(|(_, it)| it).collect();
    let day = day.join(" ");
    let day = day.trim().trim_end_matches(',');
    let read = match read(day) {
        Err(DateFault::Unknown) if day.contains('-') => read(&day.replace('-', " ")),
        read => read,
    };
    let fault = match (read, order) {
        (Ok(date) | Err(DateFault::OtherForm(date)), None) | (Ok(date), Some(_)) => {
            return Ok(date);
        }
        (Err(DateFault::Ambiguous(date, _)), Some(DateOrder::DayFirst))
        | (Err(DateFault::Ambiguous(_, date)), Some(DateOrder::MonthFirst)) => return Ok(date),
        (Err(DateFault::OtherForm(date)), Some(order)) if is_in_order(day, date, order) => {
            return Ok(date);
        }
        (Err(DateFault::OtherForm(_)), Some(order)) => {
            return Err(format!(
                "`{}` is no date that is written {}",
                day.escape_debug(),
                order.word()
            ));
        }
        (Err(fault), _) => fault,
    };
    Err(fault.explain(day).0)
}

/// Returns whether the numbers of a day stand in an order; those after a year always do.
fn is_in_order(text: &str, date: Date, order: DateOrder) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let first = match order {
        DateOrder::DayFirst => date.day(),
        DateOrder::MonthFirst => date.month(),
    };
    digits == 4 || text[..digits].parse() == Ok(first)
}

/// Returns what three numbers are instead of a date, if a text is that and one of them is a year.
fn numbers(text: &str) -> Option<DateFault> {
    let separator = ['/', '.', '-'].into_iter().find(|separator| text.contains(*separator))?;
    let parts: Vec<&str> = text.split(separator).collect();
    let [first, second, third] = parts[..] else { return None };
    let number = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() <= 2);
    let date = |year: &str, month: &str, day: &str| {
        Date::new(year.parse().ok()?, number(month)?, number(day)?).ok()
    };
    number(second)?;
    if is_year(first) {
        number(third)?;
        return Some(date(first, second, third).map_or(DateFault::NoSuchDay, DateFault::OtherForm));
    }
    number(first).filter(|_| is_year(third))?;
    Some(match (date(third, second, first), date(third, first, second)) {
        (Some(day_first), Some(month_first)) if day_first != month_first => {
            DateFault::Ambiguous(day_first, month_first)
        }
        (Some(date), _) | (None, Some(date)) => DateFault::OtherForm(date),
        (None, None) => DateFault::NoSuchDay,
    })
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())
}

fn without_weekday(text: &str) -> &str {
    let Some((first, rest)) = text.split_once([' ', ',']) else { return text };
    let first = first.to_ascii_lowercase();
    let is_weekday = first.len() >= 3 && WEEKDAYS.iter().any(|day| day.starts_with(&first));
    if is_weekday { rest.trim_start_matches([' ', ',']) } else { text }
}

/// Leaves the time of an ISO date aside: `2026-02-01T10:00:00Z`, `2026-02-01 10:00`.
fn without_time(text: &str) -> &str {
    match (text.get(..10), text.as_bytes().get(10..13)) {
        (Some(date), Some([b'T' | b' ', a, b]))
            if date.as_bytes().get(4) == Some(&b'-')
                && a.is_ascii_digit()
                && b.is_ascii_digit() =>
        {
            date
        }
        _ => text,
    }
}

fn number_of(word: &str) -> Option<i8> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let index = MONTHS.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::{DateFault, read};

    #[test]
    fn dates_are_read_without_guessing() {
        let show = |text| read(text).map(|date| date.to_string());
        for text in [
            "2026-02-01",
            "1 February 2026",
            "February 1, 2026",
            "Feb 1 2026",
            "1st Feb. 2026",
            "2026-02-01T10:00:00Z",
            "2026-02-01 10:00",
            "Sunday, February 1, 2026",
        ] {
            assert_eq!(show(text), Ok("2026-02-01".to_owned()), "{text}");
        }
        assert_eq!(show("2026-02-30"), Err(DateFault::NoSuchDay));
        let date = |month, day| jiff::civil::date(2026, month, day);
        for text in ["02/03/2026", "2.3.2026", "02-03-2026"] {
            assert_eq!(show(text), Err(DateFault::Ambiguous(date(3, 2), date(2, 3))), "{text}");
        }
        for text in ["25/12/2026", "12/25/2026", "25.12.2026", "2026/12/25"] {
            assert_eq!(show(text), Err(DateFault::OtherForm(date(12, 25))), "{text}");
        }
        assert_eq!(show("5/5/2026"), Err(DateFault::OtherForm(date(5, 5))));
        assert_eq!(show("31/31/2026"), Err(DateFault::NoSuchDay));
        assert_eq!(show("25/12/26"), Err(DateFault::Unknown));
        assert_eq!(show("2026-05"), Err(DateFault::NoDay));
        assert_eq!(show("May 2026"), Err(DateFault::NoDay));
        assert_eq!(show("soon"), Err(DateFault::Unknown));
    }
}
