//! Which column of a list of staff holds what.

use std::collections::BTreeMap;

use super::StaffList;
use crate::import::fault::ImportFault;
use crate::import::mapping::{column, headers};
use crate::import::table::{Row, Table};
use crate::model::acknowledgement::DateOrder;
use crate::model::person::{StaffExport, StaffField};

/// Headers that are taken for a field where nobody said which column holds it, the best first.
fn guesses(field: StaffField) -> &'static [&'static str] {
    match field {
        StaffField::Id => &["person", "person id", "username", "user name", "login"],
        StaffField::Name => &["name", "full name", "employee name", "employee", "display name"],
        StaffField::GivenName => &["given name", "first name", "forename"],
        StaffField::FamilyName => &["family name", "last name", "surname"],
        StaffField::Email => {
            &["work email", "work e-mail", "email", "e-mail", "email address", "e-mail address"]
        }
        StaffField::Kind => &["kind", "employment type", "worker type", "contract type", "type"],
        StaffField::Title => &["job title", "title", "position"],
        StaffField::Since => {
            &["since", "start date", "hire date", "hired on", "first day", "joined"]
        }
        StaffField::Until => {
            &["until", "end date", "termination date", "last day", "left on", "leaving date"]
        }
    }
}

/// The columns of a list.
pub(super) struct Columns {
    /// For each field that there is, its header and the number of its column.
    found: BTreeMap<StaffField, (String, usize)>,
    /// In which order dates of numbers only are written.
    pub(super) dates: Option<DateOrder>,
}

impl Columns {
    /// Finds the columns: as they were named, else as they are remembered, else by their headers.
    pub(super) fn new(
        table: &Table,
        remembered: &StaffExport,
        list: &StaffList<'_>,
    ) -> Result<Self, ImportFault> {
        let mut found = BTreeMap::new();
        for field in StaffField::ALL {
            let named = list.columns.iter().find(|(it, _)| *it == field).map(|(_, header)| header);
            let before = remembered.columns.iter().find(|it| it.field == field);
            let at = match named.or(before.map(|it| &it.header)) {
                Some(header) => Some(column(table, header)?),
                None => guesses(field).iter().find_map(|guess| column(table, guess).ok()),
            };
            if let Some(at) = at {
                found.insert(field, (table.headers[at].clone(), at));
            }
        }
        let has = |field| found.contains_key(&field);
        let has_parts = has(StaffField::GivenName) && has(StaffField::FamilyName);
        if !has_parts && !has(StaffField::Name) {
            let help = format!("say it: `--map name=HEADER`; the headers are {}", headers(table));
            return Err(ImportFault::new("it is not known which column holds the names", help));
        }
        Ok(Self { found, dates: list.dates.or(remembered.dates) })
    }

    /// Returns whether there is a column for a field.
    pub(super) fn has(&self, field: StaffField) -> bool {
        self.found.contains_key(&field)
    }

    /// Returns what a row says of a field.
    pub(super) fn cell<'r>(&self, row: &'r Row, field: StaffField) -> Option<&'r str> {
        row.cell(self.found.get(&field)?.1)
    }

    /// Returns what is to be remembered.
    pub(super) fn remembered(self) -> (Vec<(StaffField, String)>, Option<DateOrder>) {
        let columns = self.found.into_iter().map(|(field, (header, _))| (field, header));
        (columns.collect(), self.dates)
    }
}
