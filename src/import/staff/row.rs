//! A row of a list of staff.

use jiff::civil::Date;

use super::columns::Columns;
use crate::import::matching::fold;
use crate::import::table::Row;
use crate::model::person::{PersonKind, StaffField};
use crate::parse::date;

/// What a row says.
pub(super) struct StaffRow {
    pub(super) line: u32,
    pub(super) id: Option<String>,
    /// The name, the family name last; empty where there is none.
    pub(super) name: String,
    pub(super) email: Option<String>,
    pub(super) kind: Option<PersonKind>,
    pub(super) title: Option<String>,
    pub(super) since: Option<Date>,
    pub(super) until: Option<Date>,
    /// Why a cell of it cannot be read.
    pub(super) fault: Option<String>,
}

/// Reads a row.
pub(super) fn row(row: &Row, columns: &Columns) -> StaffRow {
    let cell = |field: StaffField| columns.cell(row, field);
    let text = |field: StaffField| cell(field).map(str::to_owned);
    let mut faults = Vec::new();
    let mut day = |field: StaffField| {
        let read = date::read_exported(cell(field)?, columns.dates);
        read.map_err(|fault| faults.push(fault)).ok()
    };
    let (since, until) = (day(StaffField::Since), day(StaffField::Until));
    let kind = cell(StaffField::Kind).and_then(|word| {
        let kind = kind(word);
        if kind.is_none() {
            let known = PersonKind::WORDS.join(", ");
            faults.push(format!("`{word}` is no kind of person; there are {known}"));
        }
        kind
    });
    let parts = [StaffField::GivenName, StaffField::FamilyName];
    let name = cell(StaffField::Name)
        .map_or_else(|| parts.into_iter().filter_map(cell).collect::<Vec<_>>().join(" "), turned);
    let texts = [name.as_str(), cell(StaffField::Email).unwrap_or_default()];
    if texts.iter().any(|text| text.chars().any(char::is_control)) {
        faults.push("it holds a control character".to_owned());
    }
    if let (Some(since), Some(until)) = (since, until)
        && until < since
    {
        faults.push(format!("the last day, {until}, is before the first, {since}"));
    }
    StaffRow {
        line: row.line,
        id: text(StaffField::Id),
        name,
        email: text(StaffField::Email),
        kind,
        title: text(StaffField::Title),
        since,
        until,
        fault: faults.into_iter().next(),
    }
}

/// Puts the family name last: `Byrne, Ada` is Ada Byrne.
fn turned(name: &str) -> String {
    let name = match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    };
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads how somebody belongs to the organisation, in the words of lists of staff.
fn kind(word: &str) -> Option<PersonKind> {
    let word = fold(word).replace([' ', '_'], "-");
    PersonKind::parse(&word).or(match word.as_str() {
        "full-time" | "part-time" | "permanent" | "regular" | "intern" | "apprentice" | "staff"
        | "working-student" | "fixed-term" => Some(PersonKind::Employee),
        "contingent-worker" | "freelancer" | "freelance" | "consultant" | "agency" => {
            Some(PersonKind::Contractor)
        }
        "board-member" => Some(PersonKind::Board),
        _ => None,
    })
}
