//! Acknowledgements: who is asked to accept which texts, what other systems recorded, and what is
//! outstanding on a day.
//!
//! Two kinds of records count: statements that people signed here, which are judged with all other
//! records, and [rows](ImportedRow) that were imported from another system, whose word is taken for
//! it. A row says who imported it, when, and from which bytes.

use jiff::Timestamp;
use jiff::civil::Date;

use super::cadence::Cadence;
use crate::signature::Digest;
use crate::span::{FilePath, Place, Spanned};

/// The folder in which imported rows stand, one or more files a source.
pub const IMPORTED: &str = "content/records/acknowledgements";

/// The word for all documents that are governed, and for everyone who belongs to the organisation.
pub const ALL: &str = "all";
/// What stands before a tag.
pub const TAG: &str = "tag:";

/// That some people must accept some documents. Of the demands that are for a document and a person,
/// the last one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demand {
    /// The documents: `all`, kinds such as `policy`, `tag:people`, ids.
    pub applies_to: Vec<Spanned<String>>,
    /// The people: `all`, kinds such as `contractor`, ids of roles and of people. `all` are those who
    /// belong to the organisation, so everyone but the external ones.
    pub audience: Vec<Spanned<String>>,
    /// How long they have from the day on which they are asked.
    pub within: Cadence,
    /// Where it is declared.
    pub place: Place,
}

/// A file of imported rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file.
    pub path: FilePath,
    /// What its source is called.
    pub source: String,
    /// Which columns of an export hold what.
    pub columns: Vec<Column>,
    /// In which order exports write dates of numbers only.
    pub dates: Option<DateOrder>,
    /// When what was imported, and by whom.
    pub imports: Vec<Import>,
    /// The rows, in the order in which they were imported.
    pub rows: Vec<ImportedRow>,
}

/// What a column of an export holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Who accepted: an id, an e-mail address or a full name.
    Person,
    /// What was accepted: an id or a title.
    Document,
    /// The day.
    On,
    /// The version that was accepted.
    Version,
    /// The digest of the text that was accepted.
    Digest,
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Person, Self::Document, Self::On, Self::Version, Self::Digest];

    /// Their words.
    pub const WORDS: &'static [&'static str] = &["person", "document", "on", "version", "digest"];

    /// Returns its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Document => "document",
            Self::On => "on",
            Self::Version => "version",
            Self::Digest => "digest",
        }
    }

    /// Reads its word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// A column of an export, by its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What it holds.
    pub field: Field,
    /// The words at its top.
    pub header: String,
}

/// Whether 02/03/2026 is in February or in March.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The day stands first: 2 March.
    DayFirst,
    /// The month stands first: 3 February.
    MonthFirst,
}

impl DateOrder {
    /// Its words.
    pub const WORDS: &'static [&'static str] = &["day-first", "month-first"];

    /// Returns its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
        }
    }

    /// Reads its word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::DayFirst, Self::MonthFirst].into_iter().find(|it| it.word() == word)
    }
}

/// That a file was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// When, in whole seconds, by the clock of the importer. Rows name their import by it.
    pub imported_at: Timestamp,
    /// Who did.
    pub by: Spanned<String>,
    /// The name of the file.
    pub file: String,
    /// The SHA-256 of its bytes.
    pub sha256: Digest,
    /// Where it stands.
    pub place: Place,
}

/// That somebody accepted a text, as another system recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedRow {
    /// The id of the person.
    pub person: Spanned<String>,
    /// The id of the document.
    pub document: Spanned<String>,
    /// The day.
    pub on: Date,
    /// The version that the other system names.
    pub version: Option<String>,
    /// The digest that the other system names.
    pub digest: Option<Digest>,
    /// The line of the imported file.
    pub line: Option<u32>,
    /// The number of its import in the same file.
    pub import: u32,
    /// Where it stands.
    pub place: Place,
}

/// Returns a version as it is compared: case, spaces around it and a `v` before it do not matter.
#[must_use]
pub fn version_key(version: &str) -> String {
    let text = version.trim().to_ascii_lowercase();
    let text = text.strip_prefix("version").or(text.strip_prefix('v')).unwrap_or(&text);
    text.trim_start_matches(['.', ' ']).to_owned()
}

/// What was asked of whom and what came of it, for every text that must be accepted and has come
/// into force by a day.
///
/// A *text* here is one wording and those after it that differ only editorially: who accepted one of
/// them accepted all of them. A material change is a text of its own, which is asked anew; a review
/// changes nothing. Leave is not modelled: whoever is away is asked like everyone else.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Acknowledgements {
    /// The texts: by document in the order of the corpus, then by time. Texts that another one
    /// replaced stay, so that what was asked in a past period can still be shown.
    pub texts: Vec<AskedText>,
}

impl Acknowledgements {
    /// Returns the texts that must be accepted on the day.
    pub fn in_force(&self) -> impl Iterator<Item = &AskedText> {
        self.texts.iter().filter(|text| text.until.is_none())
    }

    /// Returns all texts of a document, by its number, the oldest first.
    pub fn of_document(&self, document: u32) -> impl Iterator<Item = &AskedText> {
        self.texts.iter().filter(move |text| text.document == document)
    }

    /// Returns what a person, by number, was and is asked to accept.
    pub fn of_person(&self, person: u32) -> impl Iterator<Item = (&AskedText, &Asked)> {
        self.texts.iter().filter_map(move |text| {
            let found = text.asked.binary_search_by_key(&person, |asked| asked.person).ok()?;
            Some((text, &text.asked[found]))
        })
    }
}

/// A text that people were asked to accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedText {
    /// The number of the document.
    pub document: u32,
    /// The digests of its wordings, the first one first. Empty where its records name none.
    pub digests: Vec<Digest>,
    /// The version of its last wording that has come into force.
    pub version: Option<String>,
    /// The day on which it came into force.
    pub since: Date,
    /// The day from which it no longer was: another text took its place, or it was retired.
    pub until: Option<Date>,
    /// Everyone who was asked, by their number. Who left stays.
    pub asked: Vec<Asked>,
}

impl AskedText {
    /// Counts the people.
    #[must_use]
    pub fn counts(&self) -> AskedCounts {
        let mut counts = AskedCounts { asked: self.asked.len(), ..AskedCounts::default() };
        for asked in &self.asked {
            match asked.state {
                AskedState::Accepted => counts.accepted += 1,
                AskedState::AcceptedLate => counts.late += 1,
                AskedState::Outstanding => counts.outstanding += 1,
                AskedState::Overdue => counts.overdue += 1,
                AskedState::Left => counts.left += 1,
                AskedState::Replaced => counts.replaced += 1,
            }
        }
        counts
    }
}

/// How many people were asked, and how many of them are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AskedCounts {
    /// Everyone: the sum of the others.
    pub asked: usize,
    /// Accepted it in time.
    pub accepted: usize,
    /// Accepted it after the day by which they should have.
    pub late: usize,
    /// Have not accepted it and still have time.
    pub outstanding: usize,
    /// Should have accepted it by now.
    pub overdue: usize,
    /// Left without accepting it, and owe nothing.
    pub left: usize,
    /// Had not accepted it when another text took its place.
    pub replaced: usize,
}

/// That a person is asked to accept a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The number of the person.
    pub person: u32,
    /// The number of the demand in the settings.
    pub demand: u32,
    /// The day since which they are asked: the one on which the text came into force, or their first
    /// day in the audience, whichever is later.
    pub since: Date,
    /// The last day on which they accept in time.
    pub due: Date,
    /// Their last day in the audience, if it has passed.
    pub last_day: Option<Date>,
    /// What came of it.
    pub state: AskedState,
    /// The first acceptance that counts.
    pub acceptance: Option<Acceptance>,
}

/// What came of being asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AskedState {
    /// They accepted in time.
    Accepted,
    /// They accepted after the day by which they should have.
    AcceptedLate,
    /// They have not accepted and still have time.
    Outstanding,
    /// They should have accepted by now.
    Overdue,
    /// They left the audience without accepting, and owe nothing. Whether they were late by then is
    /// told by [`Asked::due`] and [`Asked::last_day`].
    Left,
    /// They had not accepted when another text took its place, or it was retired.
    Replaced,
}

impl AskedState {
    /// Returns the word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "Accepted",
            Self::AcceptedLate => "Accepted late",
            Self::Outstanding => "Outstanding",
            Self::Overdue => "Overdue",
            Self::Left => "Left",
            Self::Replaced => "Replaced",
        }
    }
}

/// An acceptance that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Acceptance {
    /// The day, as its signer or the other system claims it.
    pub on: Date,
    /// Where it is recorded.
    pub record: AcceptanceRecord,
    /// How exactly the record says which text was accepted.
    pub named_by: NamedBy,
}

/// Where an acceptance is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AcceptanceRecord {
    /// In the signed record with this number.
    Signed(u32),
    /// In an imported row: the numbers of the file and of the row.
    Imported(u32, u32),
}

/// How exactly a record says which text was accepted, the most exact first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedBy {
    /// By its digest.
    Digest,
    /// By its version.
    Version,
    /// Not at all: it is the text that was in force on the day.
    Day,
}

#[cfg(test)]
mod tests {
    use super::version_key;

    #[test]
    fn versions_are_compared_as_people_write_them() {
        for other in ["2.1", " 2.1 ", "v2.1", "V 2.1", "Version 2.1"] {
            assert_eq!(version_key(other), "2.1", "{other}");
        }
        for other in ["2.10", "2", "", "v", "3.2.1"] {
            assert_ne!(version_key(other), "2.1", "{other}");
        }
    }
}
