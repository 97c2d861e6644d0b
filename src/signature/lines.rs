//! Texts of `key: value` lines in a fixed order, as statements and rings are written.

use std::fmt;
use std::str::FromStr as _;

use jiff::Timestamp;
use jiff::civil::Date;

/// What stands where there is nothing to say.
const NONE: &str = "none";
/// The most bytes that a line may have.
const LONGEST: usize = 16 * 1024;

/// What is wrong with such a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong, in a phrase.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for Fault {}

/// The lines of a text that are still to be read.
pub(super) struct Lines<'t> {
    text: &'t str,
    rest: &'t str,
    /// The number of the line that was read last.
    line: usize,
}

impl<'t> Lines<'t> {
    /// Opens a text that begins with a line.
    pub(super) fn open(text: &'t str, first: &str) -> Result<Self, Fault> {
        let fault = |line, message: &str| Err(Fault { line, message: message.to_owned() });
        if let Some(at) = text.bytes().position(|byte| byte == b'\r') {
            let line = 1 + text[..at].matches('\n').count();
            return fault(line, "a carriage return stands here; lines end with LF alone");
        }
        let Some(rest) = text.strip_prefix(first).and_then(|rest| rest.strip_prefix('\n')) else {
            return fault(1, &format!("the text does not begin with the line `{first}`"));
        };
        if !text.ends_with('\n') || text.ends_with("\n\n") {
            return fault(text.matches('\n').count() + 1, "the text ends with one line feed");
        }
        Ok(Self { text, rest, line: 1 })
    }

    /// Returns whether nothing is left.
    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Returns whether the next line has a key.
    pub(super) fn is_at(&self, key: &str) -> bool {
        self.rest.strip_prefix(key).is_some_and(|rest| rest.starts_with(':'))
    }

    /// Says what is wrong with the line that was read last.
    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        Fault { line: self.line, message: message.into() }
    }

    /// Takes the value of the next line, which has this key.
    pub(super) fn take(&mut self, key: &str) -> Result<&'t str, Fault> {
        self.line += 1;
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        let value = line.strip_prefix(key).and_then(|rest| rest.strip_prefix(": "));
        let Some(value) = value else {
            return Err(self.fault(format!("`{key}: ` is expected here")));
        };
        if line.len() > LONGEST {
            return Err(self.fault("the line is too long"));
        }
        if !is_clean(value) {
            return Err(self.fault(format!(
                "the value of `{key}` is empty, begins or ends with a space, or has a character \
                 that cannot be seen"
            )));
        }
        self.rest = rest;
        Ok(value)
    }

    /// Takes a value and reads it.
    pub(super) fn take_as<T>(
        &mut self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Fault> {
        let value = self.take(key)?;
        read(value).ok_or_else(|| self.fault(format!("`{value}` is no value of `{key}`")))
    }

    /// Takes a value that may be `none`.
    pub(super) fn take_optional<T>(
        &mut self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Fault> {
        self.take_as(key, |value| if value == NONE { Some(None) } else { read(value).map(Some) })
    }

    /// Takes values between commas, or `none`.
    pub(super) fn take_list<T>(
        &mut self,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Vec<T>, Fault> {
        self.take_as(key, |value| {
            if value == NONE { Some(Vec::new()) } else { value.split(", ").map(&read).collect() }
        })
    }

    /// Ends reading: nothing is left, and what was read is written with the same bytes.
    pub(super) fn finish(mut self, read: &impl fmt::Display) -> Result<(), Fault> {
        self.line += 1;
        if !self.is_at_end() {
            return Err(self.fault("nothing is expected here"));
        }
        let written = read.to_string();
        if written == self.text {
            return Ok(());
        }
        let mut pairs = (1..).zip(written.lines().zip(self.text.lines()));
        let line = pairs.find(|(_, (written, text))| written != text).map_or(1, |(line, _)| line);
        Err(Fault { line, message: "this is not how the line is written".to_owned() })
    }
}

/// Returns whether a value can stand in a line and reads as it looks.
fn is_clean(value: &str) -> bool {
    !value.is_empty() && value.trim() == value && !value.chars().any(is_unseen)
}

/// Returns whether a character cannot be seen or changes the order of others: control characters,
/// marks of direction, zero width, tags, and what Unicode calls separators of lines.
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Reads text of a title or a sentence.
pub(super) fn text(value: &str) -> Option<String> {
    (value != NONE).then(|| value.to_owned())
}

/// Reads an id: ASCII letters, digits, `-`, `_`, `.` and `:`.
pub(super) fn id(value: &str) -> Option<String> {
    let is_id = value.len() <= 128
        && value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_.:".contains(&it));
    is_id.then(|| value.to_owned())
}

/// Reads a day: `2026-01-20`. Years have four digits.
pub(super) fn date(value: &str) -> Option<Date> {
    let date = Date::from_str(value).ok().filter(|date| date.to_string() == value);
    date.filter(|_| value.len() == "2026-01-20".len())
}

/// Reads a moment in whole seconds of UTC: `2026-01-20T14:03:11Z`.
pub(super) fn moment(value: &str) -> Option<Timestamp> {
    let moment = Timestamp::from_str(value).ok().filter(|it| moment_text(*it) == value);
    moment.filter(|_| value.len() == "2026-01-20T14:03:11Z".len())
}

/// Writes a moment in whole seconds of UTC.
pub(super) fn moment_text(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Writes what may be missing.
pub(super) fn optional<T: fmt::Display>(value: Option<&T>) -> String {
    value.map_or_else(|| NONE.to_owned(), ToString::to_string)
}

/// Writes a list.
pub(super) fn list<T: AsRef<str>>(values: &[T]) -> String {
    if values.is_empty() {
        return NONE.to_owned();
    }
    values.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", ")
}
