//! Numbers with their units, and dates in figures and words.

use super::word::{Class, letters};

/// Words after a number that belong to it.
const UNITS: &[&str] = &[
    "%",
    "percent",
    "second",
    "seconds",
    "sec",
    "minute",
    "minutes",
    "min",
    "hour",
    "hours",
    "hrs",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "quarter",
    "quarters",
    "year",
    "years",
    "business",
    "working",
    "calendar",
    "character",
    "characters",
    "digits",
    "bit",
    "bits",
    "byte",
    "bytes",
    "kb",
    "mb",
    "gb",
    "tb",
    "kib",
    "mib",
    "gib",
    "tib",
    "eur",
    "usd",
    "gbp",
    "chf",
    "euro",
    "euros",
    "dollars",
    "times",
    "attempts",
    "people",
    "persons",
    "employees",
    "copies",
    "km",
    "m",
    "sekunden",
    "minuten",
    "stunde",
    "stunden",
    "tag",
    "tage",
    "tagen",
    "woche",
    "wochen",
    "monat",
    "monate",
    "monaten",
    "jahr",
    "jahre",
    "jahren",
    "zeichen",
    "prozent",
    "heure",
    "heures",
    "jour",
    "jours",
    "semaine",
    "semaines",
    "mois",
    "an",
    "ans",
    "caractères",
];

/// Units that come before another one: "5 working days".
const BEFORE_UNITS: &[&str] = &["business", "working", "calendar"];

/// Names of months, for dates in words.
const MONTHS: &[&str] = &[
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
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Reads a number whose digits begin at `digits`: with its unit, or as a date.
pub(super) fn number(rest: &str, digits: usize) -> (Class, usize) {
    let bytes = rest.as_bytes();
    let mut end = digits;
    while end < bytes.len() {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        match bytes[end] {
            it if it.is_ascii_digit() => end += 1,
            b'.' | b',' | b':' | b'/' | b'-' | b'\'' if digit(end + 1) => end += 1,
            _ => break,
        }
    }
    let figure = &rest[digits..end];
    end += letters(&rest[end..]);
    if rest[end..].starts_with('%') {
        end += 1;
    }
    if rest[end..].starts_with('-') && rest[end + 1..].starts_with(|it: char| it.is_alphabetic()) {
        end += 1 + letters(&rest[end + 1..]);
    }
    if is_date(figure) {
        return (Class::Date, end);
    }
    if let Some(length) = follower(&rest[end..], MONTHS) {
        end += length;
        return (Class::Date, end + year(&rest[end..]));
    }
    if let Some(length) = follower(&rest[end..], UNITS) {
        let unit = rest[end..end + length].trim().to_lowercase();
        end += length;
        if BEFORE_UNITS.contains(&unit.as_str()) {
            end += follower(&rest[end..], UNITS).unwrap_or(0);
        }
    }
    (Class::Number, end)
}

/// Returns the end of a date that begins with the name of a month.
pub(super) fn month_first(rest: &str, length: usize) -> Option<usize> {
    if length > 12 || !MONTHS.contains(&rest[..length].to_lowercase().as_str()) {
        return None;
    }
    let after = rest[length..].strip_prefix(' ')?;
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let end = length + 1 + digits;
    match digits {
        1 | 2 => Some(end + year(&rest[end..])),
        4 => Some(end),
        _ => None,
    }
}

/// Returns whether figures are a day or a time of day.
fn is_date(figure: &str) -> bool {
    let lengths =
        |separator: char| -> Vec<usize> { figure.split(separator).map(str::len).collect() };
    matches!(lengths('-')[..], [4, 2, 2] | [4, 2])
        || matches!(lengths('.')[..], [1 | 2, 1 | 2, 4])
        || matches!(lengths('/')[..], [1 | 2, 1 | 2, 2 | 4] | [4, 2, 2])
        || matches!(lengths(':')[..], [1 | 2, 2] | [1 | 2, 2, 2])
}

/// Returns the length of one space and a word of a list.
fn follower(rest: &str, list: &[&str]) -> Option<usize> {
    let name = rest.strip_prefix([' ', '\n'])?;
    let name = if name.starts_with('%') { "%" } else { &name[..letters(name)] };
    let small = name.to_lowercase();
    (!name.is_empty() && name.len() <= 16 && list.contains(&small.as_str()))
        .then_some(1 + name.len())
}

/// Returns the length of a year after a month, with what separates them.
fn year(rest: &str) -> usize {
    let comma = usize::from(rest.starts_with(','));
    let Some(after) = rest[comma..].strip_prefix(' ') else { return 0 };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4 { comma + 1 + digits } else { 0 }
}
