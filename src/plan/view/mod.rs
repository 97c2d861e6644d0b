//! Views: all that a template sees of a page.
//!
//! A view is flat, owned and finished: strings are formatted for print, references are relative
//! to the page, nothing is left to compute but which parts to show. Its [`Hash`] is the
//! fingerprint of its page, so every field counts and none holds a float or a map.
//!
//! Text is escaped by the templates. Only a field whose name ends in `_html` holds markup, its
//! type is [`Html`], and templates mark it `safe`.

pub mod handbook;
pub mod structured_data;
pub mod trust;

use serde::Serialize;

/// Markup that our own writers made and that needs no escaping.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct Html(pub String);

impl Html {
    /// Returns a navigation fragment in which the links to `href` are marked as the current page.
    ///
    /// A fragment is rendered once a section; this is the one thing about it that differs from
    /// page to page.
    #[must_use]
    pub fn with_current(&self, href: &str) -> Self {
        let href = href.replace('&', "&amp;");
        let plain = format!("<a href=\"{href}\"");
        Self(self.0.replace(&plain, &format!("<a aria-current=\"page\" href=\"{href}\"")))
    }
}

/// A link and its words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct HrefText {
    /// Where it goes, relative to the page.
    pub href: String,
    /// Its words.
    pub text: String,
}

/// What a state means to the reader; themes turn it into a colour, never without icon and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// As it should be.
    Success,
    /// Something to do before long.
    Attention,
    /// Something is wrong now.
    Danger,
    /// Neither good nor bad.
    #[default]
    Neutral,
    /// Worth knowing.
    Info,
}

/// The pictures that themes draw. A theme has one for each of these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Icon {
    /// A check mark: in force, reached, met, verified.
    Check,
    /// A half-filled circle: partly.
    Half,
    /// A clock: due soon, awaited, stale.
    Clock,
    /// A triangle with an exclamation mark: overdue, expired.
    Alert,
    /// A cross: missing, failed.
    Cross,
    /// A dash: not applicable, not reached.
    Dash,
    /// A pencil: draft, proposed change.
    Draft,
    /// A box: superseded, retired, an old release.
    Archive,
    /// A padlock: restricted.
    Lock,
    /// A letter i in a circle.
    #[default]
    Info,
}

/// A state: icon and word, and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Status {
    /// The picture.
    pub icon: Icon,
    /// The word, such as "In force".
    pub word: String,
    /// What it means.
    pub tone: Tone,
}

/// A short fact in a box: a framework, a classification, a tag.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Chip {
    /// Its words.
    pub text: String,
    /// Where it leads, if anywhere.
    pub href: Option<String>,
}

/// The content of one place in a table or a list of facts. Every part may be absent; they are
/// shown in the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Cell {
    /// A state.
    pub status: Option<Status>,
    /// Words; empty where there are none.
    pub text: String,
    /// Where the words lead.
    pub href: Option<String>,
    /// Smaller words under them.
    pub note: Option<String>,
    /// Further links.
    pub links: Vec<HrefText>,
    /// Chips.
    pub chips: Vec<Chip>,
}

impl Cell {
    /// Makes a cell of words.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Makes a cell of words that lead somewhere.
    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { text: text.into(), href: Some(href.into()), ..Self::default() }
    }

    /// Makes a cell of a state.
    #[must_use]
    pub fn status(status: Status) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// Makes a cell of chips.
    #[must_use]
    pub fn chips(chips: Vec<Chip>) -> Self {
        Self { chips, ..Self::default() }
    }

    /// Adds smaller words.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// One row of a list of facts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Fact {
    /// What it is: "Owner".
    pub label: String,
    /// The value.
    pub value: Cell,
}

impl Fact {
    /// Names a value.
    pub fn new(label: impl Into<String>, value: Cell) -> Self {
        Self { label: label.into(), value }
    }
}

/// A strip above everything: a demonstration, an old release, a draft.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Notice {
    /// Icon, word ("Fictional demonstration") and meaning.
    pub status: Status,
    /// The sentence after the word; empty where the word is enough.
    pub text: String,
    /// Where to go from here.
    pub link: Option<HrefText>,
}

/// A table of a kind that every theme can lay out, as columns or as one card a row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Table {
    /// What it shows; read out by screen readers, shown where `heading` is empty and more than
    /// one table stands on the page.
    pub caption: String,
    /// The columns. The first one holds the header of each row.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Where there are no rows: what would be here and how to add it.
    pub empty: String,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Column {
    /// Its header.
    pub title: String,
    /// How its cells are set.
    pub kind: ColumnKind,
}

impl Column {
    /// Names a column.
    pub fn new(title: impl Into<String>, kind: ColumnKind) -> Self {
        Self { title: title.into(), kind }
    }
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnKind {
    /// As running text.
    #[default]
    Text,
    /// An id: never broken.
    Id,
    /// A date as 2026-02-01: never broken.
    Date,
    /// A number: at the end of the column, in tabular figures.
    Numeric,
    /// A state: never broken.
    Status,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Row {
    /// The anchor by which links reach the row.
    pub anchor: Option<String>,
    /// One cell a column.
    pub cells: Vec<Cell>,
}
