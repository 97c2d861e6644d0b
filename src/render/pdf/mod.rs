//! A body and its facts to a tagged, archival PDF, by typst and inside this process.
//!
//! The door is [`Typesetter::make`]. Before it: [`PdfDocument`] (facts), [`PdfText`] (body, where
//! links go, files, colours of code). After it: bytes that are PDF/UA-1 and PDF/A-2a at once, the
//! same on every call, or faults with their places in the body.
//!
//! What a text does wrong is found by an examination before that, which sets nothing
//! ([`Typesetter::unprintable`]); a text in which it found something can be set all the same.
//!
//! `source` writes typst code in which every text is a string literal, so no text can become
//! code; `template.typ` holds the looks; `world` is the only importer of typst and serves exactly
//! the files it was handed. Without the feature `pdf` `absent` stands in its place.

#[cfg(not(feature = "pdf"))]
mod absent;
mod anchor;
mod character;
mod columns;
mod document;
mod examine;
mod inline;
mod list;
mod literal;
mod markup;
mod pieces;
mod preamble;
mod source;
mod table;
mod typesetter;
#[cfg(feature = "pdf")]
mod world;

use std::collections::BTreeMap;

pub use self::document::{Approvals, PdfApproval, PdfDocument, PdfRevision};
pub(in crate::render) use self::examine::{each_text, pictures};
pub use self::typesetter::Typesetter;
use crate::model::asset::Asset;
use crate::model::body::{Block, Body, Stage};
use crate::render::highlight::Highlighter;
use crate::span::Span;

/// The text of a PDF and what its references stand for.
pub struct PdfText<'a, S: Stage> {
    /// The text.
    pub body: &'a Body<S>,
    /// What links, images, variables and restricted blocks stand for.
    pub pages: &'a (dyn PdfPages<S> + Sync),
    /// The only files that the text can show, by name.
    pub files: &'a BTreeMap<String, Asset>,
    /// The colours of code.
    pub highlighter: &'a Highlighter,
}

/// What the references of a body stand for in a PDF.
pub trait PdfPages<S: Stage> {
    /// Returns where a link goes.
    fn target(&self, link: &S::Link) -> PdfTarget;
    /// Returns the title of what a link points to.
    fn title(&self, link: &S::Link) -> String;
    /// Returns the name of a picture among the files.
    fn picture(&self, image: &S::Image) -> Option<String>;
    /// Returns what a variable stands for.
    fn value<'b>(&self, value: &'b S::Value) -> &'b str;
    /// Returns the blocks that only staff may read.
    fn restricted<'b>(&self, restricted: &'b S::Restricted) -> &'b [Block<S>];
}

/// Where a link of a PDF goes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PdfTarget {
    /// An anchor of the same body.
    Here(String),
    /// A page of ours, absolute or relative to the base address; its words are enough on paper.
    Page(String),
    /// Somewhere else: the address is printed too, unless the words already say it.
    Web(String),
    /// Nowhere: the words only.
    Nowhere,
}

/// Something that a tagged, archival PDF does not allow, as the typesetter says it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PdfFault {
    /// Where, relative to the body; nothing for what came from the facts.
    pub span: Option<Span>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

#[cfg(all(test, feature = "pdf"))]
mod press;
#[cfg(test)]
mod tests;
