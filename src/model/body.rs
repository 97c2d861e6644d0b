//! The text of a document as a tree, and the stages it passes through.
//!
//! A [`Body`] is generic over its [`Stage`]: what a link holds, what an image holds, whether a
//! variable has a value, and whether restricted blocks can occur at all. The stage in the type
//! is the first wall of the public boundary: in [`Disclosed`] the restricted block is
//! [`Infallible`] and cannot be constructed, and a link can only point to something public.

use std::convert::Infallible;
use std::fmt::Debug;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use super::link::{Link, PublicLink};
use crate::span::Span;

mod sealed {
    pub trait Sealed {}
}

/// What a body may hold at one step of its way from source to page.
pub trait Stage: sealed::Sealed + Debug + Clone + PartialEq + Eq + Hash + 'static {
    /// Where a link goes.
    type Link: Slotted + Debug + Clone + PartialEq + Eq + Hash + Send + Sync;
    /// Where the bytes of an image come from.
    type Image: Slotted + Debug + Clone + PartialEq + Eq + Hash + Send + Sync;
    /// What a variable stands for.
    type Value: Debug + Clone + PartialEq + Eq + Hash + Send + Sync;
    /// A block that only staff may read.
    type Restricted: Debug + Clone + PartialEq + Eq + Hash + Send + Sync;
}

/// Something that has a numbered place among the references of its document.
pub trait Slotted {
    /// Returns the number, counted from 0 over links and images in the order of the source.
    fn slot(&self) -> u32;
}

/// As the author wrote it: references may be wrong, variables have no value yet.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Written {}

/// As staff and auditors read it: every reference was looked up, every variable has its value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Resolved {}

/// As anyone may read it: no restricted block, no link to anything that is not public.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Disclosed {}

impl sealed::Sealed for Written {}
impl sealed::Sealed for Resolved {}
impl sealed::Sealed for Disclosed {}

impl Stage for Written {
    type Link = Reference;
    type Image = Reference;
    type Value = VariableName;
    type Restricted = Vec<Block<Written>>;
}

impl Stage for Resolved {
    type Link = Link;
    type Image = Link;
    type Value = Value;
    type Restricted = Vec<Block<Resolved>>;
}

impl Stage for Disclosed {
    type Link = PublicLink;
    type Image = PublicLink;
    type Value = Infallible;
    type Restricted = Infallible;
}

/// A reference as typed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference {
    /// Its number in the document, see [`Slotted::slot`].
    pub slot: u32,
    /// What was typed, variables unexpanded: `../policies/access.md#scope`, `POL-AC`, `https://…`.
    pub target: String,
    /// How it was typed.
    pub form: ReferenceForm,
    /// Where, relative to the body.
    pub span: Span,
}

impl Slotted for Reference {
    fn slot(&self) -> u32 {
        self.slot
    }
}

/// How a reference was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReferenceForm {
    /// `[text](target)` and its reference-style forms, or an image.
    Path,
    /// `[[target]]` or `[[target|text]]`.
    Wiki,
    /// A bare or bracketed web or e-mail address.
    Bare,
}

/// The dotted path of a variable, as in `{{ facts.rto }}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VariableName {
    /// The path without braces and spaces: `facts.rto`.
    pub path: String,
    /// Where it was written, relative to the body.
    pub span: Span,
}

/// A variable with its value. Its path is kept so that disclosure can decide about the fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Value {
    /// The path by which the text named it.
    pub path: String,
    /// The value as it is printed.
    pub text: String,
}

/// The text of a document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Body<S: Stage> {
    /// Its blocks in order.
    pub blocks: Vec<Block<S>>,
    /// Its footnotes in the order of their first mention; an index into this list is what
    /// [`Inline::Footnote`] holds.
    pub footnotes: Vec<Footnote<S>>,
}

impl<S: Stage> Default for Body<S> {
    fn default() -> Self {
        Self { blocks: Vec::new(), footnotes: Vec::new() }
    }
}

/// A footnote.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Footnote<S: Stage> {
    /// The label that the author chose, `iso` in `[^iso]`; never printed.
    pub label: String,
    /// Its text.
    pub blocks: Vec<Block<S>>,
}

/// A block and where it was written, relative to the body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Block<S: Stage> {
    /// What it is.
    pub kind: BlockKind<S>,
    /// Where it was written; kept for messages about rendered forms, as when a PDF lacks a glyph.
    pub span: Span,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum BlockKind<S: Stage> {
    /// A heading that opens a section.
    Heading(Heading<S>),
    /// Running text.
    Paragraph(Vec<Inline<S>>),
    /// A list of any kind.
    List(List<S>),
    /// A quotation.
    Quote(Vec<Block<S>>),
    /// A call-out such as `> [!NOTE]`.
    Alert(AlertKind, Vec<Block<S>>),
    /// A `> [!INTERNAL]` block.
    Restricted(S::Restricted),
    /// A block of code.
    Code {
        /// The first word of the info string, lower case: `yaml`.
        language: Option<String>,
        /// The code without its last line end.
        text: String,
    },
    /// A table.
    Table(Table<S>),
    /// A definition list.
    Definitions(Vec<Definition<S>>),
    /// Author's HTML, already cleaned: it holds no script, style, form, id, class or relative address.
    Html(String),
    /// A thematic break.
    Break,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Heading<S: Stage> {
    /// 1 to 6, as written.
    pub level: u8,
    /// The anchor: written as `{#id}` or made from the unexpanded text; unique in its body.
    pub anchor: String,
    /// The number of its section, `4` or `4.2`, where the document numbers its sections.
    pub number: Option<String>,
    /// The title.
    pub text: Vec<Inline<S>>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List<S: Stage> {
    /// What stands before its items.
    pub marker: Marker,
    /// Whether items are set without space between them.
    pub tight: bool,
    /// The items.
    pub items: Vec<Item<S>>,
}

/// What stands before the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marker {
    /// Bullets.
    Bullet,
    /// Counted items.
    Ordered {
        /// The number of the first item, counted from 1 also for letters.
        start: u64,
        /// How numbers are written.
        numbering: Numbering,
        /// What stands around them.
        delimiter: Delimiter,
    },
}

/// How the numbers of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Numbering {
    /// 1, 2, 3
    Decimal,
    /// a, b, c
    LowerLetter,
    /// A, B, C
    UpperLetter,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
}

/// What stands around the numbers of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delimiter {
    /// `1.`
    Period,
    /// `1)`
    Parenthesis,
    /// `(1)`
    Parentheses,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item<S: Stage> {
    /// For task lists: whether the task is done.
    pub task: Option<bool>,
    /// For statements: what makes the item a clause.
    pub clause: Option<ClauseMark>,
    /// Its content.
    pub blocks: Vec<Block<S>>,
}

/// What makes an item of a list a clause: a stable anchor and a number in its section.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClauseMark {
    /// The anchor: written as `{#id}`, else `<section anchor>-<n>`; unique in its body.
    pub anchor: String,
    /// Its number, `4.2`; empty where the document does not number its sections.
    pub number: String,
    /// The points of view for which it matters: `engineering`, `people` …
    pub audiences: Vec<String>,
}

/// The kinds of call-outs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// Worth knowing.
    Note,
    /// Makes things easier.
    Tip,
    /// Needed for success.
    Important,
    /// Needs attention at once.
    Warning,
    /// Has bad consequences.
    Caution,
}

impl AlertKind {
    /// Returns the word that is printed and that names the kind in themes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "Note",
            Self::Tip => "Tip",
            Self::Important => "Important",
            Self::Warning => "Warning",
            Self::Caution => "Caution",
        }
    }
}

/// A table. Every row has as many cells as there are alignments.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Table<S: Stage> {
    /// One alignment a column.
    pub alignments: Vec<Alignment>,
    /// The header row.
    pub head: Vec<Vec<Inline<S>>>,
    /// The other rows.
    pub rows: Vec<Vec<Vec<Inline<S>>>>,
}

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Alignment {
    /// As the theme does it.
    Natural,
    /// To the start of the line.
    Left,
    /// In the middle.
    Center,
    /// To the end of the line, with tabular figures.
    Right,
}

/// A term and its definitions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Definition<S: Stage> {
    /// The term.
    pub term: Vec<Inline<S>>,
    /// What it means.
    pub meanings: Vec<Vec<Block<S>>>,
}

/// Text inside a block.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Inline<S: Stage> {
    /// Plain text, unescaped.
    Text(String),
    /// Code.
    Code(String),
    /// Emphasis.
    Emphasis(Vec<Inline<S>>),
    /// Strong emphasis.
    Strong(Vec<Inline<S>>),
    /// Struck text.
    Strikethrough(Vec<Inline<S>>),
    /// One of the few HTML elements without attributes that authors may use inside text.
    Element(Element, Vec<Inline<S>>),
    /// A link with its own words.
    Link(S::Link, Vec<Inline<S>>),
    /// A link whose words are the title of what it points to.
    AutoTitle(S::Link),
    /// An image.
    Image {
        /// Where its bytes come from.
        source: S::Image,
        /// What it shows, in words; empty for decoration.
        alt: String,
    },
    /// A variable.
    Value(S::Value),
    /// The mention of a footnote: an index into [`Body::footnotes`].
    Footnote(u32),
    /// A place to jump to inside text, from `<a name>` or `<a id>`.
    Anchor(String),
    /// A line end in the source that is a space on the page.
    SoftBreak,
    /// A line end on the page.
    HardBreak,
}

/// The HTML elements without attributes that authors may use inside text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// `<sub>`
    Subscript,
    /// `<sup>`
    Superscript,
    /// `<kbd>`
    Keyboard,
    /// `<mark>`
    Mark,
    /// `<small>`
    Small,
    /// `<u>` and `<ins>`
    Inserted,
}
