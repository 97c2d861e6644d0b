//! People and the functions they hold.

use jiff::civil::Date;

use super::acknowledgement::DateOrder;
use super::id::Id;
use crate::signature::ring;
use crate::span::{Place, Spanned};

/// Whose word counts for what, besides roles: what `people.yaml` says of keys, delegations and rules
/// of approval, in the form in which the [ring](crate::signature::Ring) has it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mandates {
    /// Keys.
    pub keys: Vec<Declared<ring::Key>>,
    /// Who may act for whom.
    pub delegations: Vec<Declared<ring::Delegation>>,
    /// Whose time stamps count.
    pub authorities: Vec<Declared<ring::Authority>>,
    /// What an approval takes.
    pub rules: Vec<Declared<ring::Rule>>,
    /// How exports of the list of staff are read. No ring says it.
    pub staff: StaffExport,
}

/// How exports of the list of staff are read, as it was said once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StaffExport {
    /// Which columns hold what.
    pub columns: Vec<StaffColumn>,
    /// In which order they write dates of numbers only.
    pub dates: Option<DateOrder>,
}

/// A column of a list of staff, by its header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffColumn {
    /// What it holds.
    pub field: StaffField,
    /// The words at its top.
    pub header: String,
}

/// What a column of a list of staff holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffField {
    /// The id of the person here.
    Id,
    /// The whole name.
    Name,
    /// The given name, where names stand in two columns.
    GivenName,
    /// The family name.
    FamilyName,
    /// The e-mail address.
    Email,
    /// How they belong to the organisation.
    Kind,
    /// What they do.
    Title,
    /// The first day.
    Since,
    /// The last day.
    Until,
}

impl StaffField {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Id,
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::Email,
        Self::Kind,
        Self::Title,
        Self::Since,
        Self::Until,
    ];

    /// Their words.
    pub const WORDS: &'static [&'static str] =
        &["id", "name", "given-name", "family-name", "email", "kind", "title", "since", "until"];

    /// Returns its word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Name => "name",
            Self::GivenName => "given-name",
            Self::FamilyName => "family-name",
            Self::Email => "email",
            Self::Kind => "kind",
            Self::Title => "title",
            Self::Since => "since",
            Self::Until => "until",
        }
    }

    /// Reads its word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// Something with the place where it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared<T> {
    /// A name of it in the file, by which commands find it.
    pub id: Option<String>,
    /// What is declared.
    pub value: T,
    /// Where.
    pub place: Place,
}

/// Someone in `people.yaml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The id.
    pub id: Spanned<Id>,
    /// The name.
    pub name: String,
    /// How they belong to the organisation.
    pub kind: PersonKind,
    /// What they do.
    pub title: Option<String>,
    /// Where to write to them.
    pub email: Option<String>,
    /// Since when they belong to the organisation.
    pub since: Option<Date>,
    /// Until when.
    pub until: Option<Date>,
    /// Where they are declared.
    pub place: Place,
}

/// How a person belongs to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonKind {
    /// Is employed.
    Employee,
    /// Works under a contract.
    Contractor,
    /// Sits on the board.
    Board,
    /// Belongs to another organisation.
    External,
}

impl PersonKind {
    /// The words that `people.yaml` uses.
    pub const WORDS: &'static [&'static str] = &["employee", "contractor", "board", "external"];

    /// Reads the word that `people.yaml` uses.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "employee" => Some(Self::Employee),
            "contractor" => Some(Self::Contractor),
            "board" => Some(Self::Board),
            "external" => Some(Self::External),
            _ => None,
        }
    }

    /// Returns the word that `people.yaml` uses.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Employee => "employee",
            Self::Contractor => "contractor",
            Self::Board => "board",
            Self::External => "external",
        }
    }

    /// Returns the word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Employee => "Employee",
            Self::Contractor => "Contractor",
            Self::Board => "Board member",
            Self::External => "External",
        }
    }
}

/// A function that people hold over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The id.
    pub id: Spanned<Id>,
    /// What it is called.
    pub title: String,
    /// What it answers for, in a sentence.
    pub duty: Option<String>,
    /// Who holds it, when.
    pub holders: Vec<Holder>,
    /// Where it is declared.
    pub place: Place,
}

/// A person who holds a role for some time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The person's id.
    pub person: Spanned<String>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

impl Holder {
    /// Returns whether the person holds the role on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}
