//! What is wrong with a line of allowed signers.

use std::fmt;

use crate::signature::key::KeyFault;

/// A fault, and the line that allows nothing because of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignersFault {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a line. `Display` says it in one phrase, [`FaultKind::help`] what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// No key follows the names.
    NoKey,
    /// The key is none that we accept.
    Key(KeyFault),
    /// A quotation mark has no other.
    OpenQuote,
    /// The value of an option has no quotation marks.
    NotQuoted,
    /// An option is none that OpenSSH knows.
    UnknownOption,
    /// No option follows the last comma.
    LastComma,
    /// An option is there twice.
    Twice(&'static str),
    /// The value of an option is no time.
    NoTime(&'static str),
    /// The value of an option is a time in the zone of whatever machine reads it.
    LocalTime(&'static str),
    /// The last second is not after the first one.
    NoTimeLeft,
    /// There is a character that ends texts in C.
    Nul,
}

impl FaultKind {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(self) -> &'static str {
        match self {
            Self::Key(fault) => fault.help(),
            Self::NoKey => "write `name ssh-ed25519 AAAA…`",
            Self::OpenQuote | Self::NotQuoted => "write `namespaces=\"approval@avouch\"`",
            Self::UnknownOption | Self::LastComma => {
                "the options are `cert-authority`, `namespaces`, `valid-after` and `valid-before`, \
                 parted by commas without spaces"
            }
            Self::Twice(_) => "keep one of them; several values stand between the quotation marks",
            Self::NoTime(_) => "write year, month, day, hour, minute and second: `20260120140311Z`",
            Self::LocalTime(_) => "add a `Z`: without it the time depends on the machine",
            Self::NoTimeLeft => "exchange the two times",
            Self::Nul => "remove the character",
        }
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKey => f.write_str("no key follows the name"),
            Self::Key(fault) => fault.fmt(f),
            Self::OpenQuote => f.write_str("a quotation mark is not closed"),
            Self::NotQuoted => f.write_str("the value of an option has no quotation marks"),
            Self::UnknownOption => f.write_str("an option is not known to OpenSSH"),
            Self::LastComma => f.write_str("the options end with a comma"),
            Self::Twice(option) => write!(f, "`{option}` is there twice"),
            Self::NoTime(option) => write!(f, "the value of `{option}` is no time"),
            Self::LocalTime(option) => write!(f, "the time of `{option}` does not say its zone"),
            Self::NoTimeLeft => f.write_str("`valid-before` is not later than `valid-after`"),
            Self::Nul => f.write_str("the line holds a NUL character"),
        }
    }
}

impl fmt::Display for SignersFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.kind)
    }
}

impl std::error::Error for SignersFault {}
