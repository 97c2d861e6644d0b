//! People, records, dates and terms.

use serde::Serialize;

use super::document::{Linked, Mention};
use super::frame::{Frame, Head};
use super::home::TableSection;
use crate::plan::view::{Cell, Fact, HrefText, Html, Status, Table};

/// A person or a role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Profile {
    /// What stands around.
    pub frame: Frame,
    /// The name.
    pub head: Head,
    /// Title, e-mail, roles; or duty and holders.
    pub facts: Vec<Fact>,
    /// What it owns, what it has approved.
    pub sections: Vec<TableSection>,
}

/// A register with all its records, or all evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RegisterPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the table; may be empty.
    pub intro_html: Html,
    /// The records in brief. The first cell of a row links to the anchor of its record.
    pub table: Table,
    /// The records in full.
    pub records: Vec<RecordEntry>,
    /// Other forms: CSV.
    pub downloads: Vec<HrefText>,
}

/// A record in full.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RecordEntry {
    /// Its id, which is also its anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its state.
    pub status: Option<Status>,
    /// Its text; may be empty.
    pub body_html: Html,
    /// Its other fields.
    pub facts: Vec<Fact>,
    /// Where other pages speak of it.
    pub mentions: Vec<Mention>,
}

/// What is due, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Calendar {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the months; may be empty.
    pub intro_html: Html,
    /// The months that have something.
    pub months: Vec<Month>,
    /// The same as an iCalendar file.
    pub downloads: Vec<HrefText>,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Month {
    /// The anchor: `m-2026-12`.
    pub anchor: String,
    /// Its name: "December 2026", or "Overdue".
    pub title: String,
    /// What is due in it.
    pub entries: Vec<Due>,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Due {
    /// When, as 2026-12-05.
    pub date: String,
    /// What.
    pub subject: Linked,
    /// What is due: "Review", "Certificate expires".
    pub kind: String,
    /// Who.
    pub owner: Cell,
}

/// The glossary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct GlossaryPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// The first letters that occur.
    pub letters: Vec<Letter>,
    /// Where there are no terms: what would be here and how to add it.
    pub empty: String,
}

/// The terms with one first letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// Its anchor; unique on the page.
    pub anchor: String,
    /// The terms.
    pub terms: Vec<TermEntry>,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct TermEntry {
    /// Its anchor.
    pub anchor: String,
    /// The term.
    pub term: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it means.
    pub definition_html: Html,
    /// Where it is used.
    pub used_in: Vec<HrefText>,
}
