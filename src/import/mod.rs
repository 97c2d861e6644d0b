//! What other systems know: a CSV export of acknowledgements becomes rows of the workspace, public
//! keys become those of people, and a list of staff is compared with `people.yaml`.
//!
//! [`keys`] reads files of keys, [`staff`] lists of staff, [`log`] what a host saw pushed. The rest is about acknowledgements:
//! [`import`] is pure: bytes and what is known in, changes of files out. [`table`] reads the export,
//! [`mapping`] finds out which column holds what, [`matching`] finds the person and the document that
//! a cell names, [`judging`] decides about each row, and [`filing`] writes those that stand.
//!
//! What a cell says is data and nothing else. Only ids of ours, days, versions that we know and
//! digests are written down, so that a formula in a cell is at most a person whom nobody knows.

mod fault;
mod filing;
mod judging;
pub mod keys;
pub mod log;
mod mapping;
mod matching;
pub mod staff;
mod table;
#[cfg(test)]
mod tests;

pub use fault::{ImportFault, Reason, Refused};

use jiff::Timestamp;

use self::filing::Files;
use self::judging::Judge;
use self::mapping::Mapping;
use self::table::Table;
use crate::amend::replace::Change;
use crate::model::acknowledgement::{DateOrder, Field};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::signature::Digest;
use crate::workspace::Snapshot;

/// The most bytes that an export may have.
pub const LARGEST: u64 = 10 * 1024 * 1024;

/// An export, and how it is to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export<'a> {
    /// The system that it comes from.
    pub source: &'a str,
    /// The name of the file.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Which column holds what, by its header; what is not said is remembered or guessed.
    pub columns: &'a [(Field, String)],
    /// In which order dates of numbers only are written; remembered where nothing is said.
    pub dates: Option<DateOrder>,
    /// The document that all rows are about, where no column says it.
    pub document: Option<&'a str>,
    /// Who imports it: the id of a person.
    pub by: &'a str,
    /// The moment, in whole seconds.
    pub at: Timestamp,
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The SHA-256 of the export.
    pub sha256: Digest,
    /// How many rows are new.
    pub added: usize,
    /// How many were recorded before.
    pub known: usize,
    /// The rows that were refused, in the order of their lines.
    pub refused: Vec<Refused>,
    /// The files that change; none where nothing is new.
    pub changes: Vec<Change>,
}

/// Reads an export and says which files change. Rows that cannot stand are refused, and the rest is
/// taken.
///
/// # Errors
///
/// Fails where the export cannot be read as a whole, or the file of its source cannot be changed.
pub fn import(
    corpus: &Corpus,
    assessment: &Assessment,
    snapshot: &Snapshot,
    export: &Export<'_>,
) -> Result<Imported, ImportFault> {
    let table = Table::read(export.bytes)?;
    let files = Files::of(corpus, snapshot, export.source)?;
    let mapping = Mapping::new(&table, &files, export)?;
    let judge = Judge::new(corpus, assessment, &mapping, files.rows());
    let judged = judge.rows(&table, export.document)?;
    let sha256 = Digest::of_bytes(export.bytes);
    let changes = if judged.new.is_empty() {
        Vec::new()
    } else {
        files.with(&judged.new, &mapping, export, sha256)?
    };
    let (added, known) = (judged.new.len(), judged.known);
    Ok(Imported { sha256, added, known, refused: judged.refused, changes })
}
