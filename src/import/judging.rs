//! Which rows of an export stand.

use std::collections::HashMap;

use jiff::civil::Date;

use super::fault::{ImportFault, Reason, Refused};
use super::mapping::Mapping;
use super::matching::Matching;
use super::table::{Row, Table};
use crate::model::acknowledgement::{Field, ImportedRow, version_key};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::judgement::ApprovedText;
use crate::parse::date;
use crate::signature::Digest;

/// A row that stands and is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NewRow {
    pub(super) person: String,
    pub(super) document: String,
    pub(super) on: Date,
    pub(super) version: Option<String>,
    pub(super) digest: Option<Digest>,
    pub(super) line: u32,
}

/// What makes two rows say the same: person, document, day, version and digest.
type Key = (String, String, Date, Option<String>, Option<Digest>);

/// All rows of an export, decided.
#[derive(Default)]
pub(super) struct Judged {
    pub(super) new: Vec<NewRow>,
    /// How many were recorded before.
    pub(super) known: usize,
    pub(super) refused: Vec<Refused>,
}

/// Decides about rows.
pub(super) struct Judge<'j> {
    matching: Matching<'j>,
    assessment: &'j Assessment,
    mapping: &'j Mapping,
    /// What is recorded or was seen: the line where it was seen, if it was.
    seen: HashMap<Key, Option<u32>>,
}

impl<'j> Judge<'j> {
    /// Takes what is known, with the rows that were recorded before.
    pub(super) fn new<'r>(
        corpus: &'j Corpus,
        assessment: &'j Assessment,
        mapping: &'j Mapping,
        recorded: impl Iterator<Item = &'r ImportedRow>,
    ) -> Self {
        let seen = recorded.map(|row| {
            let version = row.version.as_deref().map(version_key);
            let document = row.document.value.to_ascii_lowercase();
            ((row.person.value.clone(), document, row.on, version, row.digest), None)
        });
        let seen = seen.collect();
        Self { matching: Matching::new(corpus), assessment, mapping, seen }
    }

    /// Decides about all rows. `document` is the one that all of them are about, if there is one.
    pub(super) fn rows(
        mut self,
        table: &Table,
        document: Option<&str>,
    ) -> Result<Judged, ImportFault> {
        if let Some(typed) = document
            && let Err(reason) = self.matching.document(typed)
        {
            return Err(ImportFault::new(reason.to_string(), "name it by its id"));
        }
        let mut judged = Judged::default();
        for row in &table.rows {
            let width = table.headers.len();
            let stands = if row.len() > width { Err(Reason::TooManyCells) } else { Ok(()) };
            match stands.and_then(|()| self.row(row, document)) {
                Ok(Some(new)) => judged.new.push(new),
                Ok(None) => judged.known += 1,
                Err(reason) => judged.refused.push(Refused { line: row.line, reason }),
            }
        }
        Ok(judged)
    }

    /// Decides about one row; nothing where it was recorded before.
    fn row(&mut self, row: &Row, document: Option<&str>) -> Result<Option<NewRow>, Reason> {
        let cell = |field: Field| self.mapping.cell(row, field);
        let person = self.matching.person(cell(Field::Person).ok_or(Reason::NoPerson)?)?;
        let document = document.or_else(|| cell(Field::Document)).ok_or(Reason::NoDocument)?;
        let (number, document) = self.matching.document(document)?;
        let typed = cell(Field::On).ok_or(Reason::NoDate)?;
        let on = date::read_exported(typed, self.mapping.dates).map_err(Reason::BadDate)?;
        if on > self.assessment.today {
            return Err(Reason::Future(on));
        }
        if person.until.is_some_and(|until| until < on) {
            return Err(Reason::AfterLeaving(on, person.id.value.to_string()));
        }
        let digest = match cell(Field::Digest) {
            None => None,
            Some(typed) => {
                let unknown = || Reason::UnknownDigest(document.id.value.to_string());
                Some(Digest::parse(typed).ok_or_else(unknown)?)
            }
        };
        let version = cell(Field::Version);
        self.check_text(number, document, (digest, version), on)?;
        let key = (
            person.id.value.to_string(),
            document.id.value.as_str().to_ascii_lowercase(),
            on,
            version.map(version_key),
            digest,
        );
        match self.seen.get(&key) {
            Some(None) => return Ok(None),
            Some(Some(line)) => return Err(Reason::Duplicate(*line)),
            None => {}
        }
        self.seen.insert(key, Some(row.line));
        Ok(Some(NewRow {
            person: person.id.value.to_string(),
            document: document.id.value.to_string(),
            on,
            version: version.map(str::to_owned),
            digest,
            line: row.line,
        }))
    }

    /// Refuses a text that the document never had, or had not on that day.
    fn check_text(
        &self,
        number: usize,
        document: &Document,
        (digest, version): (Option<Digest>, Option<&str>),
        on: Date,
    ) -> Result<(), Reason> {
        let id = || document.id.value.to_string();
        let records = self.assessment.records.subject(document.id.value.as_str());
        let approved = records.map_or(&[][..], |records| &records.approved);
        let standing = &self.assessment.documents[number];
        let digest_of = |text: &ApprovedText| {
            // An approval that names no digest covers the text as it stands.
            text.digest.or(standing.is_text_in_force.then_some(standing.digest))
        };
        let first = if let Some(digest) = digest {
            let texts = approved.iter().filter(|text| digest_of(text) == Some(digest));
            texts.map(|text| text.on).min().ok_or_else(|| Reason::UnknownDigest(id()))?
        } else if let Some(version) = version {
            let wanted = version_key(version);
            let is_it = |it: &String| version_key(it) == wanted;
            let texts = approved.iter().filter(|text| text.version.as_ref().is_some_and(is_it));
            let known = texts.map(|text| text.on).min();
            let earlier = document.revisions.iter().find(|it| is_it(&it.version));
            match (known, earlier) {
                (Some(first), _) => first,
                (None, Some(revision)) => revision.date.unwrap_or(Date::MIN),
                (None, None) => return Err(Reason::UnknownVersion(version.to_owned(), id())),
            }
        } else {
            let first = approved.iter().map(|text| text.effective).min();
            first.ok_or_else(|| Reason::BeforeText(on, id()))?
        };
        if on < first { Err(Reason::BeforeText(on, id())) } else { Ok(()) }
    }
}
