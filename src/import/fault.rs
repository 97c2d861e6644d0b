//! Why an export, or a row of it, is not taken.

use std::fmt;

use jiff::civil::Date;

use crate::amend;

/// Why an export is not taken at all, in a sentence without an end, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportFault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl ImportFault {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// Says that a file cannot be changed safely.
    pub(super) fn of_file(path: &str, refusal: &amend::Refusal) -> Self {
        Self::new(format!("`{path}` cannot be changed: {refusal}"), refusal.help())
    }
}

impl fmt::Display for ImportFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ImportFault {}

/// A row that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The line on which it begins, the first one being 1.
    pub line: u32,
    /// Why.
    pub reason: Reason,
}

/// Why a row is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It has more cells than there are headers, so that nobody knows which is which.
    TooManyCells,
    /// The cell of the person is empty.
    NoPerson,
    /// Nobody has this id, address or name.
    UnknownPerson(String),
    /// Several people have this address or name.
    AmbiguousPerson(String),
    /// The cell of the document is empty.
    NoDocument,
    /// No document has this id or title.
    UnknownDocument(String),
    /// Several documents have this title.
    AmbiguousDocument(String),
    /// The cell of the day is empty.
    NoDate,
    /// The cell of the day holds something else: what is wrong with it.
    BadDate(String),
    /// The day has not come.
    Future(Date),
    /// The document never had this version.
    UnknownVersion(String, String),
    /// No approved text of the document has this digest.
    UnknownDigest(String),
    /// On this day the text was not approved, or where none is named, none was in force.
    BeforeText(Date, String),
    /// The person had left by this day.
    AfterLeaving(Date, String),
    /// The row in this line says the same.
    Duplicate(u32),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyCells => f.write_str("it has more cells than there are columns"),
            Self::NoPerson => f.write_str("it names no person"),
            Self::UnknownPerson(typed) => write!(f, "there is no person `{typed}`"),
            Self::AmbiguousPerson(typed) => write!(f, "several people are called `{typed}`"),
            Self::NoDocument => f.write_str("it names no document"),
            Self::UnknownDocument(typed) => write!(f, "there is no document `{typed}`"),
            Self::AmbiguousDocument(typed) => write!(f, "several documents are called `{typed}`"),
            Self::NoDate => f.write_str("it has no date"),
            Self::BadDate(message) => f.write_str(message),
            Self::Future(day) => write!(f, "{day} has not come yet"),
            Self::UnknownVersion(version, document) => {
                write!(f, "`{document}` never had the version `{version}`")
            }
            Self::UnknownDigest(document) => {
                write!(f, "no approved text of `{document}` has this digest")
            }
            Self::BeforeText(day, document) => {
                write!(f, "on {day} that text of `{document}` was not in force")
            }
            Self::AfterLeaving(day, person) => write!(f, "`{person}` had left by {day}"),
            Self::Duplicate(line) => write!(f, "line {line} says the same"),
        }
    }
}
