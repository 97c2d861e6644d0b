//! The library, and the page of one public document.

use serde::Serialize;

use crate::plan::view::trust::{Access, Day, Frame};
use crate::plan::view::{Chip, Fact, HrefText, Html, Status};

/// `documents.html`: the library.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Documents {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Kinds of documents.
    pub groups: Vec<DocumentGroup>,
    /// How to ask for what isn't public, in one sentence.
    pub how_to_request: Option<String>,
    /// A request by mail for several documents at once.
    pub request: Option<HrefText>,
    /// The address to which requests go, to be copied.
    pub address: Option<String>,
}

/// A kind of documents.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct DocumentGroup {
    /// Its anchor.
    pub anchor: String,
    /// `Reports and certificates`
    pub title: String,
    /// Its documents.
    pub documents: Vec<DocumentRow>,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct DocumentRow {
    /// Its title.
    pub title: String,
    /// Its page; absent where it isn't public.
    pub href: Option<String>,
    /// One sentence.
    pub summary: Option<String>,
    /// `2.1`
    pub version: Option<String>,
    /// What the date means: `Effective`.
    pub date_label: String,
    /// The date.
    pub date: Option<Day>,
    /// How to get at it.
    pub access: Access,
    /// Words by which it is found besides those that are seen.
    pub words: String,
    /// `Under review`, where the published text is not the one that would be in force.
    pub status: Option<Status>,
}

/// The page of a public document.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct DocumentPage {
    /// The frame.
    pub frame: Frame,
    /// The way here, without this page.
    pub breadcrumb: Vec<HrefText>,
    /// Its title.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// `In force since 1 February 2026`, where it has a standing.
    pub status: Option<Status>,
    /// Version, effective date, owner's role, approver's role and date: no name, no signature.
    pub facts: Vec<Fact>,
    /// The headings of the second and third level.
    pub outline: Vec<OutlineEntry>,
    /// The text.
    pub body_html: Html,
    /// What it says in terms of frameworks.
    pub frameworks: Vec<Chip>,
    /// Public controls that are described in it.
    pub controls: Vec<HrefText>,
    /// Its public history, latest first.
    pub revisions: Vec<RevisionRow>,
    /// Other forms: PDF.
    pub forms: Vec<HrefText>,
}

/// A heading in the list of what stands on a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct OutlineEntry {
    /// Where it stands.
    pub href: String,
    /// Its words.
    pub text: String,
    /// The headings under it.
    pub under: Vec<HrefText>,
}

/// A version of a document in its public history.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RevisionRow {
    /// `2.1`
    pub version: String,
    /// Its date.
    pub date: Day,
    /// What the author wrote for the public.
    pub summary: String,
}
