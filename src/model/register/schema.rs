//! What the records of a register look like, and who may read which part of them.

use crate::model::disclosure::Disclosure;

/// What the records of a register look like.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// The name of the file and of the list in it: `risks`.
    pub name: &'static str,
    /// The title of the register.
    pub title: &'static str,
    /// The word for one record: "risk".
    pub singular: &'static str,
    /// What the register is for; shown when it is empty.
    pub purpose: &'static str,
    /// The least that the disclosure of a record says where customers see it; nothing where they
    /// never do.
    pub shown_from: Option<Disclosure>,
    /// The columns besides `id`, `title` and `disclosure`.
    pub columns: &'static [Column],
}

impl Schema {
    /// Returns what rules of approval and statements call one record: `policy-exception`.
    #[must_use]
    pub fn kind(&self) -> String {
        self.singular.replace(' ', "-")
    }
}

/// One column of a register.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The key in the file.
    pub key: &'static str,
    /// The words over the column.
    pub label: &'static str,
    /// What it says, in one line for whoever fills it in.
    pub about: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether the table of the register shows it; records show all.
    pub in_table: bool,
    /// Who may read it.
    pub openness: Openness,
    /// What falls due on its day, in columns that hold one.
    pub deadline: Option<Deadline>,
}

/// Who may read a column. Both [`disclose`](crate::edition::TrustCenter::disclose) and the search
/// of the public bytes go by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Staff.
    Internal,
    /// Whoever sees the record.
    Open,
    /// Whoever sees the record, where it says yes in the column of this name.
    OpenIf(&'static str),
}

/// What falls due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// What the calendar calls it: "Finding due".
    pub label: &'static str,
    /// The word for it once the day has passed; nothing for what merely happens on that day.
    pub missed: Option<&'static str>,
    /// What should have happened by then, as a noun: "renewal".
    pub act: &'static str,
    /// What is to be done.
    pub remedy: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A web address.
    Url,
    /// A date.
    Date,
    /// First and last day.
    Period,
    /// A whole number within bounds.
    Number(i64, i64),
    /// Yes or no.
    YesNo,
    /// How often something is due; the day is that interval after the column of this name.
    CycleSince(&'static str),
    /// One of some words, each with the words that are printed for it.
    Choice(&'static [(&'static str, &'static str)]),
    /// Texts.
    List,
    /// A person or role.
    Owner,
    /// Ids of controls.
    Controls,
    /// The id of a document.
    Document,
    /// The anchor of a clause of the document that the column of this name gives.
    ClauseOf(&'static str),
    /// The id of a framework.
    Framework,
}

impl Column {
    /// Declares a column that staff may read.
    pub(super) const fn internal(
        key: &'static str,
        label: &'static str,
        kind: ColumnKind,
        about: &'static str,
    ) -> Self {
        Self {
            key,
            label,
            about,
            kind,
            in_table: false,
            openness: Openness::Internal,
            deadline: None,
        }
    }

    /// Declares a column that everybody may read who sees the record.
    pub(super) const fn open(
        key: &'static str,
        label: &'static str,
        kind: ColumnKind,
        about: &'static str,
    ) -> Self {
        Self { openness: Openness::Open, ..Self::internal(key, label, kind, about) }
    }

    /// Declares a column that everybody may read who sees the record, where the record says yes in
    /// the column with the key `condition`.
    pub(super) const fn open_if(
        condition: &'static str,
        key: &'static str,
        label: &'static str,
        kind: ColumnKind,
        about: &'static str,
    ) -> Self {
        Self { openness: Openness::OpenIf(condition), ..Self::internal(key, label, kind, about) }
    }

    /// Puts a column into the table of the register.
    pub(super) const fn in_table(self) -> Self {
        Self { in_table: true, ..self }
    }

    /// Says what falls due on the day of a column.
    pub(super) const fn due(
        self,
        (label, missed): (&'static str, &'static str),
        act: &'static str,
        remedy: &'static str,
    ) -> Self {
        Self { deadline: Some(Deadline { label, missed: Some(missed), act, remedy }), ..self }
    }

    /// Says what happens on the day of a column, whether anybody acts or not.
    pub(super) const fn happens(self, label: &'static str, remedy: &'static str) -> Self {
        Self { deadline: Some(Deadline { label, missed: None, act: "", remedy }), ..self }
    }
}
