//! A list of staff beside `people.yaml`: who joined, who left, and what differs.
//!
//! [`reconcile`] compares and changes nothing. People are matched by id, by e-mail address, and by
//! name where neither is known. A list says nothing about roles and keys, so joiners get none.

mod columns;
mod row;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use self::columns::Columns;
use self::row::{StaffRow, row};
use super::fault::{ImportFault, Reason};
use super::keys::RefusedLine;
use super::matching::{Matching, fold};
use super::table::Table;
use crate::amend::{Refusal, Spot, Value, append, set};
use crate::model::acknowledgement::DateOrder;
use crate::model::corpus::Corpus;
use crate::model::id::Id;
use crate::model::person::{Person, PersonKind, StaffField};

/// An export of a list of staff, and how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffList<'a> {
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Which column holds what, by its header; what is not said is remembered or guessed.
    pub columns: &'a [(StaffField, String)],
    /// In which order dates of numbers only are written; remembered where nothing is said.
    pub dates: Option<DateOrder>,
    /// The day.
    pub today: Date,
}

/// Someone whom `people.yaml` does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joiner {
    /// The line of the list.
    pub line: u32,
    /// An id that nobody has.
    pub id: String,
    /// The name.
    pub name: String,
    /// How they belong to the organisation.
    pub kind: PersonKind,
    /// What they do.
    pub title: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The first day.
    pub since: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// Someone who leaves, and of whom `people.yaml` does not say all that follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaver {
    /// The line of the list.
    pub line: u32,
    /// The id.
    pub id: String,
    /// The last day.
    pub last_day: Date,
    /// The roles that they hold after it.
    pub roles: Vec<String>,
    /// How many keys of theirs may sign after it.
    pub keys: usize,
}

/// Something that the two say differently of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The line of the list.
    pub line: u32,
    /// The id of the person.
    pub id: String,
    /// What differs.
    pub field: StaffField,
    /// What `people.yaml` says; nothing where it says nothing.
    pub here: String,
    /// What the list says.
    pub there: String,
}

/// What came of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reconciled {
    /// Who joined, in the order of the list.
    pub joiners: Vec<Joiner>,
    /// Who left.
    pub leavers: Vec<Leaver>,
    /// What differs.
    pub differences: Vec<Difference>,
    /// Those of `people.yaml` who belong to the organisation and are not on the list, as far as it
    /// holds people of their kind.
    pub absent: Vec<String>,
    /// How many rows say what `people.yaml` says.
    pub same: usize,
    /// How many rows are about people who had left before anybody wrote them down here.
    pub gone: usize,
    /// The rows that were not understood.
    pub refused: Vec<RefusedLine>,
    /// Which column held what.
    pub columns: Vec<(StaffField, String)>,
    /// In which order its dates are read.
    pub dates: Option<DateOrder>,
}

impl Reconciled {
    /// Returns whether both say the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.joiners.is_empty()
            && self.leavers.is_empty()
            && self.differences.is_empty()
            && self.absent.is_empty()
            && self.refused.is_empty()
    }

    /// Writes into the text of `people.yaml` which column holds what, so that nobody says it twice.
    ///
    /// # Errors
    ///
    /// Refuses a text that cannot be changed safely.
    pub fn remember(&self, text: &str) -> Result<String, Refusal> {
        let mut text = text.to_owned();
        for (field, header) in &self.columns {
            let spot = Spot::within(COLUMNS, field.word(), "header");
            text = match set(&text, spot, &Value::text(header)) {
                Err(Refusal::NoItem { .. }) => {
                    let item = [("id", Value::text(field.word())), ("header", Value::text(header))];
                    append(&text, Spot::top(COLUMNS), &item)?
                }
                changed => changed?,
            };
        }
        match self.dates {
            Some(order) => set(&text, Spot::top("staff_dates"), &Value::text(order.word())),
            None => Ok(text),
        }
    }
}

/// The key under which columns are remembered.
const COLUMNS: &str = "staff_columns";

/// Compares a list of staff with `people.yaml`.
///
/// # Errors
///
/// Fails where the list cannot be read as a whole.
pub fn reconcile(corpus: &Corpus, list: &StaffList<'_>) -> Result<Reconciled, ImportFault> {
    let table = Table::read(list.bytes)?;
    let columns = Columns::new(&table, &corpus.mandates.staff, list)?;
    let mut comparison = Comparison {
        corpus,
        matching: Matching::new(corpus),
        today: list.today,
        has_last_days: columns.has(StaffField::Until),
        seen: BTreeMap::new(),
        kinds: BTreeSet::new(),
        found: Reconciled::default(),
    };
    for cells in &table.rows {
        let line = cells.line;
        let refused = if cells.len() > table.headers.len() {
            Some("it has more cells than there are columns".to_owned())
        } else {
            let read = row(cells, &columns);
            comparison.compare(&read).err().or(read.fault)
        };
        comparison.found.refused.extend(refused.map(|reason| RefusedLine { line, reason }));
    }
    if !columns.has(StaffField::Kind) {
        comparison.kinds.insert(PersonKind::Employee.key());
    }
    comparison.absent();
    let (columns, dates) = columns.remembered();
    Ok(Reconciled { columns, dates, ..comparison.found })
}

/// A comparison under way.
struct Comparison<'c> {
    corpus: &'c Corpus,
    matching: Matching<'c>,
    today: Date,
    /// Whether the list says who left.
    has_last_days: bool,
    /// The lines of people who were seen, by their ids or the names of joiners.
    seen: BTreeMap<String, u32>,
    /// The kinds of people that the list holds.
    kinds: BTreeSet<&'static str>,
    found: Reconciled,
}

impl<'c> Comparison<'c> {
    /// Compares one row. What cannot be read of it does not hide who is on the list.
    fn compare(&mut self, row: &StaffRow) -> Result<(), String> {
        self.kinds.extend(row.kind.map(PersonKind::key));
        let person = self.person(row)?;
        let who = match person {
            Some(person) => person.id.value.to_string(),
            None => format!("{} {}", fold(&row.name), fold(row.email.as_deref().unwrap_or(""))),
        };
        if let Some(line) = self.seen.get(&who) {
            return Err(format!("line {line} is about the same person"));
        }
        self.seen.insert(who, row.line);
        match person {
            _ if row.fault.is_some() => {}
            Some(person) => self.differences(person, row),
            None if row.until.is_some_and(|until| until < self.today) => self.found.gone += 1,
            None => {
                let joiner = self.joiner(row)?;
                self.found.joiners.push(joiner);
            }
        }
        Ok(())
    }

    /// Finds the person of a row; nothing where there is none.
    fn person(&self, row: &StaffRow) -> Result<Option<&'c Person>, String> {
        if let Some(person) = row.id.as_ref().and_then(|id| self.corpus.person(id)) {
            return Ok(Some(person));
        }
        if let Some(person) = row.email.as_ref().and_then(|email| self.matching.address(email)) {
            return Ok(Some(person));
        }
        if row.name.is_empty() {
            return Err("it names nobody".to_owned());
        }
        match self.matching.person(&row.name) {
            Ok(person) => Ok(Some(person)),
            Err(Reason::AmbiguousPerson(name)) => {
                Err(format!("several people are called `{name}`; add a column with their ids"))
            }
            Err(_) => Ok(None),
        }
    }

    fn differences(&mut self, person: &Person, row: &StaffRow) {
        let before = self.found.differences.len() + self.found.leavers.len();
        let mut differ = |field: StaffField, here: &str, there: &str| {
            self.found.differences.push(Difference {
                line: row.line,
                id: person.id.value.to_string(),
                field,
                here: here.to_owned(),
                there: there.to_owned(),
            });
        };
        if fold(&person.name) != fold(&row.name) && !row.name.is_empty() {
            differ(StaffField::Name, &person.name, &row.name);
        }
        if let Some(kind) = row.kind.filter(|kind| *kind != person.kind) {
            differ(StaffField::Kind, person.kind.key(), kind.key());
        }
        let here = person.email.as_deref().unwrap_or_default();
        if let Some(there) = row.email.as_ref().filter(|there| fold(there) != fold(here)) {
            differ(StaffField::Email, here, there);
        }
        match (row.until, person.until) {
            (Some(last), here) if here.is_some_and(|here| here < last) => {
                let here = here.map(|it| it.to_string()).unwrap_or_default();
                differ(StaffField::Until, &here, &last.to_string());
            }
            (Some(last), here) => self.leave(person, (here, last), row.line),
            (None, Some(here)) if self.has_last_days => {
                differ(StaffField::Until, &here.to_string(), "");
            }
            (None, _) => {}
        }
        if self.found.differences.len() + self.found.leavers.len() == before {
            self.found.same += 1;
        }
    }

    /// Keeps a person who leaves, unless `people.yaml` says so with all that follows.
    fn leave(&mut self, person: &Person, (here, last_day): (Option<Date>, Date), line: u32) {
        let id = person.id.value.as_str();
        let goes_on = |until: Option<Date>| until.is_none_or(|until| until > last_day);
        let roles = self.corpus.roles.iter().filter(|role| {
            role.holders.iter().any(|it| it.person.value == id && goes_on(it.until))
        });
        let roles: Vec<String> = roles.map(|role| role.id.value.to_string()).collect();
        let keys = self.corpus.mandates.keys.iter().map(|it| &it.value);
        let keys = keys.filter(|key| {
            let is_retired =
                key.retired.is_some_and(|day| day.yesterday().is_ok_and(|day| day <= last_day));
            key.person == id && goes_on(key.days.until) && !is_retired
        });
        let keys = keys.count();
        if here != Some(last_day) || !roles.is_empty() || keys > 0 {
            self.found.leavers.push(Leaver { line, id: id.to_owned(), last_day, roles, keys });
        }
    }

    fn joiner(&self, row: &StaffRow) -> Result<Joiner, String> {
        if row.name.is_empty() {
            return Err("nobody has this address, and there is no name".to_owned());
        }
        Ok(Joiner {
            line: row.line,
            id: self.new_id(row)?,
            name: row.name.clone(),
            kind: row.kind.unwrap_or(PersonKind::Employee),
            title: row.title.clone(),
            email: row.email.clone(),
            since: row.since,
            until: row.until,
        })
    }

    /// Makes an id: the one of the list, else what stands before the `@`, else the first name.
    fn new_id(&self, row: &StaffRow) -> Result<String, String> {
        let of_email = row.email.as_ref().and_then(|it| it.split(['@', '+']).next());
        let of_name = row.name.split_whitespace().next().filter(|it| it.is_ascii());
        let made = of_email.or(of_name).map(str::to_ascii_lowercase);
        let id = row.id.clone().or(made);
        let Some(id) = id.filter(|id| Id::parse(id).is_some()) else {
            return Err(
                "no id can be made of it; add a column with ids, and `--map id=HEADER`".to_owned()
            );
        };
        let is_same = |other: &str| other.eq_ignore_ascii_case(&id);
        let mut taken = self.corpus.people.iter().map(|it| it.id.value.as_str());
        let mut roles = self.corpus.roles.iter().map(|it| it.id.value.as_str());
        let mut joiners = self.found.joiners.iter().map(|it| it.id.as_str());
        if taken.any(is_same) || roles.any(is_same) || joiners.any(is_same) {
            return Err(format!(
                "the id `{id}` is taken; add a column with ids, and `--map id=HEADER`"
            ));
        }
        Ok(id)
    }

    /// Finds those who are not on the list.
    fn absent(&mut self) {
        let is_absent = |person: &&Person| {
            self.kinds.contains(person.kind.key())
                && person.until.is_none_or(|until| self.today <= until)
                && !self.seen.contains_key(person.id.value.as_str())
        };
        let absent = self.corpus.people.iter().filter(is_absent);
        self.found.absent = absent.map(|it| it.id.value.to_string()).collect();
    }
}
