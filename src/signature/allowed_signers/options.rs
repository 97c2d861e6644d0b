//! What a line of allowed signers says of a key: what it may sign and when.

use jiff::Timestamp;

use super::fault::FaultKind;
use super::pattern::Patterns;
use super::time::{self, TimeFault};

/// The options of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// `cert-authority`: the key signs certificates.
    pub(super) authority: bool,
    /// `namespaces`: for what it may sign; everything where that is not said.
    pub(super) namespaces: Option<Patterns>,
    /// `valid-after`: the first second.
    pub(super) valid_after: Option<Timestamp>,
    /// `valid-before`: the last second.
    pub(super) valid_before: Option<Timestamp>,
}

impl Options {
    /// Reads options parted by commas. Their names may be in upper case, and OpenSSH takes commas
    /// with nothing between.
    pub(super) fn parse(text: &str) -> Result<Self, FaultKind> {
        let mut options = Self::default();
        let mut rest = text;
        while !rest.is_empty() {
            if let Some(after) = after_word(rest, "cert-authority") {
                options.authority = true;
                rest = after;
            } else if let Some(value) = after_word(rest, "namespaces=") {
                let (value, after) = unquote(value)?;
                set(&mut options.namespaces, "namespaces", Patterns::new(value))?;
                rest = after;
            } else if let Some(value) = after_word(rest, "valid-after=") {
                let (value, after) = unquote(value)?;
                set(&mut options.valid_after, "valid-after", read_time("valid-after", &value)?)?;
                rest = after;
            } else if let Some(value) = after_word(rest, "valid-before=") {
                let (value, after) = unquote(value)?;
                set(&mut options.valid_before, "valid-before", read_time("valid-before", &value)?)?;
                rest = after;
            }
            if rest.is_empty() {
                break;
            }
            rest = rest.strip_prefix(',').ok_or(FaultKind::UnknownOption)?;
            if rest.is_empty() {
                return Err(FaultKind::LastComma);
            }
        }
        if let (Some(after), Some(before)) = (options.valid_after, options.valid_before)
            && before <= after
        {
            return Err(FaultKind::NoTimeLeft);
        }
        Ok(options)
    }
}

/// Returns what follows a word, in whatever case it is.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (begin, after) = text.split_at_checked(word.len())?;
    begin.eq_ignore_ascii_case(word).then_some(after)
}

/// Takes a value out of its quotation marks, where `\"` stands for one.
fn unquote(text: &str) -> Result<(String, &str), FaultKind> {
    let mut rest = text.strip_prefix('"').ok_or(FaultKind::NotQuoted)?;
    let mut value = String::new();
    loop {
        let end = rest.find('"').ok_or(FaultKind::OpenQuote)?;
        let (part, after) = (&rest[..end], &rest[end + 1..]);
        match part.strip_suffix('\\') {
            Some(part) => {
                value += part;
                value.push('"');
                rest = after;
            }
            None => return Ok((value + part, after)),
        }
    }
}

fn set<T>(slot: &mut Option<T>, option: &'static str, value: T) -> Result<(), FaultKind> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(FaultKind::Twice(option)),
    }
}

fn read_time(option: &'static str, value: &str) -> Result<Timestamp, FaultKind> {
    time::read(value).map_err(|fault| match fault {
        TimeFault::Form => FaultKind::NoTime(option),
        TimeFault::Local => FaultKind::LocalTime(option),
    })
}
