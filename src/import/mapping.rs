//! Which column of an export holds what.

use std::collections::BTreeMap;

use super::Export;
use super::fault::ImportFault;
use super::filing::Files;
use super::matching::fold;
use super::table::{Row, Table};
use crate::model::acknowledgement::{DateOrder, Field};

/// Headers that are taken for a field where nobody said which column holds it, the best first.
fn guesses(field: Field) -> &'static [&'static str] {
    match field {
        Field::Person => &[
            "person",
            "employee id",
            "email",
            "e-mail",
            "email address",
            "e-mail address",
            "user email",
            "work email",
            "username",
            "employee",
            "user",
            "full name",
            "name",
        ],
        Field::Document => {
            &["document", "document id", "policy id", "policy", "course", "course name", "title"]
        }
        Field::On => &[
            "on",
            "accepted on",
            "acknowledged on",
            "signed on",
            "completed on",
            "accepted",
            "acknowledged",
            "completed",
            "completion date",
            "date completed",
            "date",
            "timestamp",
        ],
        Field::Version => &["version", "policy version", "document version"],
        Field::Digest => &["digest"],
    }
}

/// Which column holds what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mapping {
    /// For each field that there is, its header and the number of its column.
    columns: BTreeMap<Field, (String, usize)>,
    /// In which order dates of numbers only are written.
    pub(super) dates: Option<DateOrder>,
}

impl Mapping {
    /// Finds the columns: as they were named, else as they are remembered, else by their headers.
    pub(super) fn new(
        table: &Table,
        files: &Files<'_>,
        export: &Export<'_>,
    ) -> Result<Self, ImportFault> {
        let mut columns = BTreeMap::new();
        for field in Field::ALL {
            if field == Field::Document && export.document.is_some() {
                continue;
            }
            let named = export.columns.iter().find(|(it, _)| *it == field);
            let named = named.map(|(_, header)| header.as_str()).or_else(|| files.header(field));
            let found = match named {
                Some(header) => Some(column(table, header)?),
                None => {
                    let guesses = guesses(field).iter();
                    let mut found = guesses.filter_map(|guess| column(table, guess).ok());
                    found.next()
                }
            };
            match found {
                Some(column) => {
                    columns.insert(field, (table.headers[column].clone(), column));
                }
                None if matches!(field, Field::Version | Field::Digest) => {}
                None => {
                    let message = format!("it is not known which column holds `{}`", field.word());
                    let help = format!(
                        "say it: `--map {}=HEADER`; the headers are {}",
                        field.word(),
                        headers(table)
                    );
                    return Err(ImportFault::new(message, help));
                }
            }
        }
        Ok(Self { columns, dates: export.dates.or(files.dates()) })
    }

    /// Returns what a row says of a field.
    pub(super) fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r str> {
        let (_, column) = self.columns.get(&field)?;
        row.cell(*column)
    }

    /// Returns the fields with their headers.
    pub(super) fn headers(&self) -> impl Iterator<Item = (Field, &str)> {
        self.columns.iter().map(|(field, (header, _))| (*field, header.as_str()))
    }
}

/// Returns the number of the column with a header.
pub(super) fn column(table: &Table, header: &str) -> Result<usize, ImportFault> {
    let wanted = fold(header);
    let mut found = (0..).zip(&table.headers).filter(|(_, it)| fold(it) == wanted);
    match (found.next(), found.next()) {
        (Some((column, _)), None) => Ok(column),
        (Some(_), Some(_)) => Err(ImportFault::new(
            format!("two columns have the header `{header}`"),
            "give each column a header of its own",
        )),
        (None, _) => Err(ImportFault::new(
            format!("no column has the header `{header}`"),
            format!("name another one with `--map`; the headers are {}", headers(table)),
        )),
    }
}

/// Lists the headers.
pub(super) fn headers(table: &Table) -> String {
    let headers = table.headers.iter().map(|header| format!("`{header}`"));
    headers.collect::<Vec<_>>().join(", ")
}
