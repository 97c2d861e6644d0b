//! Markdown to a [`Body`] and its [`Outline`]. The only importer of `pulldown_cmark`.
//!
//! Reading never fails: what is wrong with a text comes back as [`Fault`]s, which callers turn
//! into diagnostics. Work is linear in the length of the text, and nesting is capped, so that no
//! later walk over the tree can run out of stack.
//!
//! The steps: `build` and `close` make the tree from the parser's events; `text`, `autolink`, `target`, `tag`,
//! `quote` and `lettered` read what `CommonMark` does not know; `finish` gives anchors and numbers;
//! `gather` takes the outline.

mod attributes;
mod autolink;
mod build;
mod close;
mod fault;
mod finish;
mod footnotes;
mod frame;
mod gather;
mod lettered;
mod marker;
mod plain;
mod quote;
mod raw;
mod slug;
mod tag;
mod target;
mod text;

pub use fault::{Dialect, Fault, FaultKind};
pub(crate) use tag::character_reference;
pub(in crate::parse) use text::is_hidden;

use crate::model::body::{Body, Written};
use crate::model::document::Kind;
use crate::model::outline::Outline;

/// How to read a text. By default as the short texts of data files are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Options {
    /// Whether level-2 sections and the ordered lists in them are numbered.
    pub numbering: bool,
}

impl Options {
    /// Returns how the documents of a kind are read: those that approvals make count are numbered,
    /// pages and the texts of other people's folders are not.
    #[must_use]
    pub fn of(kind: Kind) -> Self {
        Self { numbering: kind.is_governed() }
    }
}

/// A text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed {
    /// Its tree.
    pub body: Body<Written>,
    /// What the corpus keeps of it.
    pub outline: Outline,
    /// What is wrong with it, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Reads a body. `text` is what follows the front matter; all spans are relative to it.
#[must_use]
pub fn read(text: &str, options: &Options) -> Parsed {
    let mut faults = fault::Faults::new(text);
    text::hidden_characters(text, &mut faults);
    let draft = build::tree(text, &mut faults);
    let mut body = draft.body;
    let openness = footnotes::arrange(&mut body, &draft.definitions, &mut faults);
    let finished = finish::finish(text, &mut body, &openness, *options, &mut faults);
    let outline = gather::outline(text, &body, &openness, finished, draft.references);
    Parsed { body, outline, faults: faults.sorted() }
}

/// Reads the tree of a body and nothing else, for pages: what the corpus keeps of it, and what is
/// wrong with it, is known by then.
#[must_use]
pub fn body(text: &str, options: &Options) -> Body<Written> {
    let mut faults = fault::Faults::new(text);
    let draft = build::tree(text, &mut faults);
    let mut body = draft.body;
    let openness = footnotes::arrange(&mut body, &draft.definitions, &mut faults);
    finish::finish(text, &mut body, &openness, *options, &mut faults);
    body
}

#[cfg(test)]
mod tests;
