//! Times as OpenSSH writes them: `20260120Z`, `202601201403Z`, `20260120140311Z`.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Why a time was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeFault {
    /// It has not the form of one, or there is no such day or hour.
    Form,
    /// It does not say that it is UTC.
    Local,
}

/// Reads a time. One without hours begins its day.
pub(super) fn read(text: &str) -> Result<Timestamp, TimeFault> {
    let digits = without_suffix(text, "Z").or_else(|| without_suffix(text, "UTC"));
    let time = civil(digits.unwrap_or(text)).ok_or(TimeFault::Form)?;
    if digits.is_none() {
        return Err(TimeFault::Local);
    }
    // The last day of the year 9999 is later than all instants, and is written for "always".
    let instant = TimeZone::UTC.to_timestamp(time).unwrap_or(Timestamp::MAX);
    // OpenSSH counts seconds since 1970, and takes none for no time.
    Some(instant).filter(|it| it.as_second() > 0).ok_or(TimeFault::Form)
}

/// Writes a time in whole seconds; nothing where OpenSSH could not read it.
pub(super) fn write(time: Timestamp) -> Option<String> {
    let second = Timestamp::from_second(time.as_second()).ok().filter(|it| it.as_second() > 0)?;
    let text = second.strftime("%Y%m%d%H%M%SZ").to_string();
    Some(text).filter(|text| read(text) == Ok(second))
}

fn without_suffix<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let (rest, end) = text.split_at_checked(text.len().checked_sub(suffix.len())?)?;
    end.eq_ignore_ascii_case(suffix).then_some(rest)
}

fn civil(digits: &str) -> Option<DateTime> {
    if !digits.bytes().all(|it| it.is_ascii_digit()) || ![8, 12, 14].contains(&digits.len()) {
        return None;
    }
    let year = digits[..4].parse().ok()?;
    let two = |at: usize| digits.get(at..at + 2).map_or(Some(0), |it| it.parse::<i8>().ok());
    DateTime::new(year, two(4)?, two(6)?, two(8)?, two(10)?, two(12)?, 0).ok()
}
