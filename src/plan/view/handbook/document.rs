//! A policy, procedure or narrative.

use serde::Serialize;

use super::frame::{Frame, Head};
use crate::plan::view::{Fact, HrefText, Html, Status, Table};

/// An entry of the outline of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct OutlineEntry {
    /// `#anchor`.
    pub href: String,
    /// The number of the section; empty where there is none.
    pub number: String,
    /// The heading.
    pub text: String,
    /// 2 or 3.
    pub level: u8,
}

/// A policy, procedure or narrative.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct DocumentPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title and standing.
    pub head: Head,
    /// The seven facts, classification, frameworks.
    pub facts: Vec<Fact>,
    /// The sections of the body.
    pub outline: Vec<OutlineEntry>,
    /// The text.
    pub body_html: Html,
    /// Whether it is approved and reviewed at all: not a document of a plain folder.
    pub is_governed: bool,
    /// Who approved the text in force, or the nearest to it.
    pub approvals: Endorsed,
    /// Who approved the text that is shown, where another one is in force; empty where that is shown.
    pub proposal: Option<Endorsed>,
    /// Reviews that left the text as it is, newest first.
    pub reviews: Endorsed,
    /// The records that name it: policy exceptions.
    pub records: Vec<Linked>,
    /// The requirements that it addresses, by framework.
    pub requirements: Vec<RequirementGroup>,
    /// Lists of related documents, each under its heading: "Procedures", "Carries out".
    pub documents: Vec<LinkedGroup>,
    /// The controls that are described in it.
    pub controls: Vec<Linked>,
    /// Where other pages speak of it.
    pub mentions: Vec<Mention>,
    /// Its versions, newest first.
    pub revisions: Vec<Revision>,
    /// Other forms: PDF, Markdown.
    pub downloads: Vec<HrefText>,
}

/// What was done with one text, and whether that is enough.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Endorsed {
    /// "Signed", "Recorded, unsigned", "Approval missing"; absent where nothing is asked for.
    pub status: Option<Status>,
    /// How many people of how many, and who is missing.
    pub words: String,
    /// The digest of the text; empty where none is recorded.
    pub digest: String,
    /// Who did what when, how, and whether it counts.
    pub table: Table,
    /// The statements that were signed.
    pub statements: Vec<SignedText>,
}

/// A signed statement as it is filed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SignedText {
    /// Who signed when.
    pub title: String,
    /// Its file from the root of the workspace.
    pub file: String,
    /// Key and ring.
    pub words: String,
    /// Its bytes.
    pub text: String,
}

/// A text that a file holds while another one is in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ProposedPage {
    /// What stands around.
    pub frame: Frame,
    /// The title, and what it is.
    pub head: Head,
    /// Version, authors, the day from which it is to count.
    pub facts: Vec<Fact>,
    /// Who has approved it so far, and who is missing.
    pub approvals: Endorsed,
    /// What differs from the text in force.
    pub redline_html: Html,
}

/// Requirements of one framework.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementGroup {
    /// The framework.
    pub framework: HrefText,
    /// The requirements.
    pub requirements: Vec<RequirementLink>,
}

/// A requirement as other pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementLink {
    /// Its page, and its id as words.
    pub link: HrefText,
    /// Its title.
    pub title: String,
    /// The step it has reached.
    pub status: Option<Status>,
    /// The clauses that address it, or why a control meets it: see `reason`.
    pub clauses: Vec<HrefText>,
    /// Why, in one sentence; may be empty.
    pub reason: String,
}

/// Links under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct LinkedGroup {
    /// The heading.
    pub heading: String,
    /// The links.
    pub links: Vec<Linked>,
}

/// Something that has an id, a title and a state.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Linked {
    /// Its id.
    pub id: String,
    /// Its page, and its title as words.
    pub link: HrefText,
    /// Its state.
    pub status: Option<Status>,
    /// A few words more; may be empty.
    pub note: String,
}

/// A sentence elsewhere that refers to this page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Mention {
    /// The id of the page it stands on.
    pub id: String,
    /// Where it stands, and the title of that page.
    pub link: HrefText,
    /// The sentence, the reference marked.
    pub sentence_html: Html,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Revision {
    /// Its number.
    pub version: String,
    /// When, as 2026-02-01.
    pub date: String,
    /// "Material" or "Editorial".
    pub kind: String,
    /// What changed.
    pub summary: String,
    /// Who wrote it, by name; may be empty.
    pub authors: String,
    /// Who approved it, by name and role; may be empty.
    pub approvers: String,
    /// The redline against the one before.
    pub redline: Option<HrefText>,
}
