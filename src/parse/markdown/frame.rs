//! What is open while a tree is built.

use super::lettered::Lines;
use super::quote::Quote;
use crate::model::body::{Alignment, Block, Definition, Element, Inline, Item, Reference, Written};

/// Something that was opened and not yet closed.
pub(super) struct Frame {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it begins and ends in the source.
    pub(super) start: usize,
    pub(super) end: usize,
    /// For what a tag of raw HTML opened: the name of the tag.
    pub(super) tag: Option<String>,
    /// The blocks in it.
    pub(super) blocks: Vec<Block<Written>>,
    /// The text in it; for frames of blocks the text that has no paragraph yet.
    pub(super) inlines: Vec<Inline<Written>>,
    /// Where each of `inlines` begins.
    pub(super) starts: Vec<usize>,
    /// Where the last of `inlines` ends.
    pub(super) text_end: usize,
    /// The paragraphs among `blocks` that may hold items of lettered lists.
    pub(super) lines: Vec<Lines>,
}

impl Frame {
    pub(super) fn new(kind: Kind, range: std::ops::Range<usize>) -> Self {
        Self {
            kind,
            start: range.start,
            end: range.end,
            tag: None,
            blocks: Vec::new(),
            inlines: Vec::new(),
            starts: Vec::new(),
            text_end: range.start,
            lines: Vec::new(),
        }
    }

    /// Tells whether the next text is the first of a line.
    pub(super) fn at_line_start(&self) -> bool {
        match self.inlines.last() {
            None => !matches!(self.kind.shape(), Shape::Inline),
            Some(last) => matches!(last, Inline::SoftBreak | Inline::HardBreak),
        }
    }
}

/// What can be open.
pub(super) enum Kind {
    Root,
    Paragraph,
    Heading(u8),
    Quote(Quote),
    Code { language: Option<String>, text: String },
    Html(String),
    List { start: Option<u64>, loose: bool, items: Vec<Item<Written>> },
    Item { task: Option<bool> },
    Footnote { label: String },
    Definitions(Vec<Definition<Written>>),
    Term,
    Meaning,
    Table(Box<OpenTable>),
    Row { head: bool, cells: Vec<Vec<Inline<Written>>> },
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    CodeText,
    Element(Element),
    Words,
    Link(Reference),
    AutoTitle(Reference),
    Image(Reference),
}

/// A table whose rows are still coming.
pub(super) struct OpenTable {
    pub(super) alignments: Vec<Alignment>,
    pub(super) head: Vec<Vec<Inline<Written>>>,
    pub(super) rows: Vec<Vec<Vec<Inline<Written>>>>,
}

/// What a frame can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Blocks, and text that becomes a paragraph.
    Blocks,
    /// Text, and is a block or part of one.
    Text,
    /// Text, and is text.
    Inline,
    /// Its own parts only.
    Parts,
}

impl Kind {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Root
            | Self::Quote(_)
            | Self::Item { .. }
            | Self::Footnote { .. }
            | Self::Meaning => Shape::Blocks,
            Self::Paragraph | Self::Heading(_) | Self::Term | Self::Cell => Shape::Text,
            Self::Code { .. }
            | Self::Html(_)
            | Self::List { .. }
            | Self::Definitions(_)
            | Self::Table(_)
            | Self::Row { .. } => Shape::Parts,
            Self::Emphasis
            | Self::Strong
            | Self::Strikethrough
            | Self::CodeText
            | Self::Element(_)
            | Self::Words
            | Self::Link(_)
            | Self::AutoTitle(_)
            | Self::Image(_) => Shape::Inline,
        }
    }

    /// Tells whether no link may begin inside.
    pub(super) fn bars_links(&self) -> bool {
        matches!(self, Self::Link(_) | Self::AutoTitle(_) | Self::Image(_))
    }
}
