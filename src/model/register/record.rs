//! One record of a register.

use jiff::civil::Date;

use super::attestation::AttestationKind;
use super::schema::{Column, ColumnKind, Openness, Schema};
use crate::model::cadence::Cadence;
use crate::model::disclosure::Disclosure;
use crate::model::id::Id;
use crate::signature::canonical::Canonical;
use crate::span::{Place, Spanned};

/// What a record says in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a web address, a chosen word, an owner, an id.
    Text(String),
    /// A date.
    Date(Date),
    /// First and last day.
    Period(Date, Date),
    /// A number.
    Number(i64),
    /// Yes or no.
    YesNo(bool),
    /// How often something is due.
    Cycle(Cadence),
    /// Texts or ids.
    List(Vec<Spanned<String>>),
}

/// One record of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The register.
    pub schema: &'static Schema,
    /// The id.
    pub id: Spanned<Id>,
    /// The title.
    pub title: String,
    /// Who may see it.
    pub disclosure: Disclosure,
    /// What it says, in the order of the columns; columns that it leaves out are not here.
    pub values: Vec<(&'static Column, Spanned<Value>)>,
    /// The entry as it is written, as far as an approval of it covers it.
    pub entry: Canonical,
    /// Where it is declared.
    pub place: Place,
}

impl Record {
    /// Returns what it says in a column, with its place.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Spanned<Value>> {
        self.values.iter().find(|(column, _)| column.key == key).map(|(_, value)| value)
    }

    /// Returns what kind of report or certificate an attestation is.
    #[must_use]
    pub fn attestation_kind(&self) -> AttestationKind {
        self.text("kind").map_or(AttestationKind::Unstated, AttestationKind::parse)
    }

    /// Returns whether it is over and done with.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.text("status") == Some("closed")
    }

    /// Returns whether it permitted something until a day that has passed, and was not closed.
    #[must_use]
    pub fn has_expired(&self, today: Date) -> bool {
        !self.is_closed() && self.date("expires_on").is_some_and(|last| last < today)
    }

    /// Returns whether customers see it.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.schema.shown_from.is_some_and(|least| self.disclosure >= least)
    }

    /// Returns whether everybody may read a column who sees the record.
    #[must_use]
    pub fn is_open(&self, column: &Column) -> bool {
        match column.openness {
            Openness::Internal => false,
            Openness::Open => true,
            Openness::OpenIf(key) => self.is(key),
        }
    }

    /// Returns what everybody may read who sees it: the record without its internal columns.
    #[must_use]
    pub fn open_part(&self) -> Self {
        let open = self.values.iter().filter(|(column, _)| self.is_open(column));
        Self { values: open.cloned().collect(), entry: Canonical::Null, ..self.clone() }
    }

    /// Returns text, or nothing where the column holds something else.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.value(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the words that are printed for the chosen word of a column.
    #[must_use]
    pub fn chosen(&self, key: &str) -> Option<&'static str> {
        let (column, _) = self.values.iter().find(|(column, _)| column.key == key)?;
        let ColumnKind::Choice(words) = column.kind else { return None };
        let typed = self.text(key)?;
        words.iter().find(|(word, _)| *word == typed).map(|(_, label)| *label)
    }

    /// Returns a date, or nothing where the column holds something else.
    #[must_use]
    pub fn date(&self, key: &str) -> Option<Date> {
        match self.value(key)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Returns a period, or nothing where the column holds something else.
    #[must_use]
    pub fn period(&self, key: &str) -> Option<(Date, Date)> {
        match self.value(key)?.value {
            Value::Period(from, until) => Some((from, until)),
            _ => None,
        }
    }

    /// Returns a list, empty where the column holds something else.
    #[must_use]
    pub fn list(&self, key: &str) -> &[Spanned<String>] {
        match self.value(key).map(|value| &value.value) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// Returns the day on which something falls due by a column, unless the record is closed or
    /// has ended.
    #[must_use]
    pub fn due(&self, column: &Column) -> Option<Date> {
        if self.is_closed() || self.value("ended_on").is_some() {
            return None;
        }
        match (&self.value(column.key)?.value, column.kind) {
            (Value::Date(date), _) => Some(*date),
            (Value::Cycle(cycle), ColumnKind::CycleSince(key)) => {
                Some(cycle.after(self.date(key)?))
            }
            _ => None,
        }
    }

    /// Returns whether the column says yes.
    #[must_use]
    pub fn is(&self, key: &str) -> bool {
        matches!(self.value(key).map(|value| &value.value), Some(Value::YesNo(true)))
    }
}
