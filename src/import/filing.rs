//! Rows as changes of the files of their source.
//!
//! Rows are only ever added. A file that is full is followed by another one, `portal.2.yaml`, since
//! what a file may hold is bounded for all who read it.

use super::Export;
use super::fault::ImportFault;
use super::judging::NewRow;
use super::mapping::Mapping;
use crate::amend::replace::Change;
use crate::amend::{Refusal, Spot, Value, append, append_all, set};
use crate::model::acknowledgement::{DateOrder, Field, IMPORTED, ImportedFile, ImportedRow};
use crate::model::corpus::Corpus;
use crate::signature::Digest;
use crate::workspace::Snapshot;

/// The most rows of one file: up to 15 keys and values each, where the reader takes 250,000.
const MOST_ROWS: usize = 15_000;

/// What stands above everything.
const HEADING: &str = "# Imported by `avouch record import`. Rows are added and never changed.\n";

/// The files of one source, in their order.
pub(super) struct Files<'f> {
    snapshot: &'f Snapshot,
    stem: String,
    filed: Vec<&'f ImportedFile>,
}

impl<'f> Files<'f> {
    /// Finds the files of a source.
    pub(super) fn of(
        corpus: &'f Corpus,
        snapshot: &'f Snapshot,
        source: &str,
    ) -> Result<Self, ImportFault> {
        let stem = stem(source).ok_or_else(|| {
            let help = "name the system in letters and digits: `--source \"Learning portal\"`";
            ImportFault::new(format!("`{source}` cannot be the name of a source"), help)
        })?;
        let mut filed = Vec::new();
        for number in 1_usize.. {
            let path = path(&stem, number);
            if snapshot.get(&path).is_none() {
                break;
            }
            let found = corpus.records.acknowledgements.iter().find(|file| *file.path == *path);
            match found {
                Some(file) if file.source == source => filed.push(file),
                Some(file) => {
                    let message = format!("`{path}` holds records of `{}`", file.source);
                    let help = "name the source just so, or give this one another name";
                    return Err(ImportFault::new(message, help));
                }
                None => {
                    let message = format!("`{path}` cannot be read");
                    return Err(ImportFault::new(message, "mend what `avouch check` tells"));
                }
            }
        }
        Ok(Self { snapshot, stem, filed })
    }

    /// Returns all rows that were recorded before.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'f ImportedRow> {
        self.filed.iter().flat_map(|file| &file.rows)
    }

    /// Returns the header that is remembered for a field.
    pub(super) fn header(&self, field: Field) -> Option<&'f str> {
        let first = self.filed.first()?;
        let column = first.columns.iter().find(|column| column.field == field);
        column.map(|column| column.header.as_str())
    }

    /// Returns the order of dates that is remembered.
    pub(super) fn dates(&self) -> Option<DateOrder> {
        self.filed.first()?.dates
    }

    /// Returns the changes that add rows, and remember which column holds what.
    pub(super) fn with(
        &self,
        rows: &[NewRow],
        mapping: &Mapping,
        export: &Export<'_>,
        sha256: Digest,
    ) -> Result<Vec<Change>, ImportFault> {
        let is_taken = |file: &&ImportedFile| {
            file.imports.iter().any(|import| import.imported_at == export.at)
        };
        if self.filed.iter().any(is_taken) {
            let message = "something was imported in this very second";
            return Err(ImportFault::new(message, "do it again"));
        }
        let mut changes = Vec::new();
        let mut rest = rows;
        let mut number = self.filed.len().max(1);
        while !rest.is_empty() {
            let file = number.checked_sub(1).and_then(|at| self.filed.get(at));
            let room = MOST_ROWS.saturating_sub(file.map_or(0, |file| file.rows.len()));
            let (now, later) = rest.split_at(room.min(rest.len()));
            rest = later;
            if !now.is_empty() {
                changes.push(self.change(
                    number,
                    |text| {
                        let text = if number == 1 { remember(&text, mapping)? } else { text };
                        let text = append(&text, Spot::top("imports"), &import(export, sha256))?;
                        let moment = moment(export);
                        let items: Vec<_> = now.iter().map(|row| item(row, &moment)).collect();
                        append_all(&text, Spot::top("acknowledgements"), &items)
                    },
                    export.source,
                )?);
            }
            number += 1;
        }
        // Where the first file is full, what it remembers may still have changed.
        if changes.iter().all(|change| *change.path != *path(&self.stem, 1)) {
            let first = self.change(1, |text| remember(&text, mapping), export.source)?;
            changes.extend(Some(first).filter(|it| it.expected != it.new));
        }
        Ok(changes)
    }

    /// Changes the file with a number.
    fn change(
        &self,
        number: usize,
        edit: impl FnOnce(String) -> Result<String, Refusal>,
        source: &str,
    ) -> Result<Change, ImportFault> {
        let path = path(&self.stem, number);
        let failed = |refusal: Refusal| ImportFault::of_file(&path, &refusal);
        let before = self.snapshot.get(&path).map(|file| file.bytes().to_vec());
        let text = match &before {
            Some(bytes) => String::from_utf8(bytes.clone()).map_err(|_| {
                ImportFault::new(format!("`{path}` is not UTF-8"), "save the file as UTF-8")
            })?,
            None => set(HEADING, Spot::top("source"), &Value::text(source)).map_err(failed)?,
        };
        let new = edit(text).map_err(failed)?;
        Ok(Change { path: path.as_str().into(), expected: before, new: Some(new.into_bytes()) })
    }
}

/// Returns the name of the files of a source: its letters and digits in lower case.
fn stem(source: &str) -> Option<String> {
    let is_unseen = source.chars().any(char::is_control);
    let letters = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let stem: String = source.chars().map(letters).collect();
    let parts: Vec<&str> = stem.split('-').filter(|part| !part.is_empty()).collect();
    let stem = parts.join("-");
    (!is_unseen && !stem.is_empty() && stem.len() <= 64).then_some(stem)
}

fn path(stem: &str, number: usize) -> String {
    match number {
        1 => format!("{IMPORTED}/{stem}.yaml"),
        number => format!("{IMPORTED}/{stem}.{number}.yaml"),
    }
}

/// Writes down which column holds what.
fn remember(text: &str, mapping: &Mapping) -> Result<String, Refusal> {
    let mut text = text.to_owned();
    for (field, header) in mapping.headers() {
        let spot = Spot::within("columns", field.word(), "header");
        text = match set(&text, spot, &Value::text(header)) {
            Err(Refusal::NoItem { .. }) => {
                let item = [("id", Value::text(field.word())), ("header", Value::text(header))];
                append(&text, Spot::top("columns"), &item)?
            }
            changed => changed?,
        };
    }
    match mapping.dates {
        Some(order) => set(&text, Spot::top("dates"), &Value::text(order.word())),
        None => Ok(text),
    }
}

fn moment(export: &Export<'_>) -> String {
    export.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn import(export: &Export<'_>, sha256: Digest) -> [(&'static str, Value); 4] {
    [
        ("imported_at", Value::text(moment(export))),
        ("by", Value::text(export.by)),
        ("file", Value::text(export.name)),
        ("sha256", Value::text(sha256.hex())),
    ]
}

fn item(row: &NewRow, moment: &str) -> Vec<(&'static str, Value)> {
    let mut item = vec![
        ("person", Value::text(&row.person)),
        ("document", Value::text(&row.document)),
        ("on", Value::text(row.on.to_string())),
    ];
    item.extend(row.version.as_ref().map(|version| ("version", Value::text(version))));
    item.extend(row.digest.map(|digest| ("digest", Value::text(digest.to_string()))));
    item.push(("line", Value::Number(i64::from(row.line))));
    item.push(("imported_at", Value::text(moment)));
    item
}
