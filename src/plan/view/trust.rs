//! The pages of the trust center, one struct a template.
//!
//! | Template | View |
//! | --- | --- |
//! | `trust/overview.html` | [`Overview`] |
//! | `trust/compliance.html` | [`Compliance`] |
//! | `trust/controls.html` | [`Controls`] |
//! | `trust/documents.html` | [`Documents`] |
//! | `trust/document.html` | [`DocumentPage`] |
//! | `trust/subprocessors.html` | [`Subprocessors`] |
//! | `trust/questions.html` | [`Questions`] |
//! | `trust/updates.html` | [`Updates`] |
//! | `trust/page.html` | [`FreePage`] |
//! | `trust/glossary.html` | [`Glossary`] |
//! | `trust/contact.html` | [`Contact`] |
//! | `trust/not-covered.html` | [`NotCovered`] |
//! | `trust/404.html` | [`NotFound`] |
//!
//! Every reference is relative to the page that holds it (on the page "not found", which a host
//! serves at any depth, it starts at the root: `/controls.html`). Every date was worded by the
//! plan so that it stays true on a later day: "1 January to 31 December 2025", never "active" and
//! never "in 12 days". A list that is empty and an option that is `None` are not printed, heading
//! included.

mod compliance;
mod controls;
mod documents;
pub mod machine;
mod overview;
mod pages;
mod questions;
mod subprocessors;
mod updates;

pub use compliance::{
    AttestationCard, AttestationState, Compliance, FrameworkGroup, FrameworkSection,
    RelatedControl, RelatedControls, RequirementRow,
};
pub use controls::{ControlGroup, ControlRow, Controls};
pub use documents::{
    DocumentGroup, DocumentPage, DocumentRow, Documents, OutlineEntry, RevisionRow,
};
pub use machine::{
    Feed, FeedEntry, LlmsLink, LlmsSection, LlmsTxt, SecurityTxt, SitemapEntry, SubprocessorEntry,
    SubprocessorList, SubprocessorStatus,
};
pub use overview::{ControlsSummary, ControlsSummaryGroup, GlanceFact, Overview};
pub use pages::{
    Contact, ContactWay, FreePage, Glossary, GlossaryTerm, NotCovered, NotFound,
    VulnerabilityReport,
};
pub use questions::{QuestionRow, QuestionTopic, Questions};
pub use subprocessors::{SubprocessorChange, SubprocessorRow, Subprocessors};
pub use updates::{Update, UpdateYear, Updates};

use serde::Serialize;

use crate::plan::view::structured_data::DataBlock;
use crate::plan::view::{HrefText, Notice};

/// What every page of the trust center shares: all that stands outside `<main>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Frame {
    /// The name that customers know: `Harbourlight`.
    pub organisation: String,
    /// The title of the page without the organisation: `Subprocessors`.
    pub title: String,
    /// One sentence for search engines and link previews; plain text.
    pub description: String,
    /// The language tag: `en-GB`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// A strip above everything on every page: `Fictional demonstration`.
    pub notice: Option<Notice>,
    /// Whether search engines are asked to stay away.
    pub is_hidden_from_search: bool,
    /// The way from this page to the root of the site: empty, `../` or `/`.
    pub root: String,
    /// The front page, as seen from here.
    pub home: String,
    /// The pages in the order of the menu; a page without content is absent.
    pub navigation: Vec<NavigationEntry>,
    /// Pages that stand in the footer only: accessibility, what is not covered, free pages.
    pub footer: Vec<HrefText>,
    /// Forms for machines, in the footer: subprocessors as JSON, `llms.txt`, `security.txt`.
    pub machine_forms: Vec<HrefText>,
    /// The policy for hosts that cannot send headers; absent where the host sends it.
    pub content_security_policy: Option<String>,
    /// Style sheets in their order.
    pub styles: Vec<String>,
    /// The one script; the pages are complete without it.
    pub script: Option<String>,
    /// Where to ask, in the same place on every page.
    pub contact: Option<ContactLine>,
    /// The full address of this page where the site has one.
    pub canonical: Option<String>,
    /// What the page says in schema.org's terms.
    pub structured_data: Option<DataBlock>,
    /// Feeds to be discovered.
    pub feeds: Vec<FeedLink>,
    /// The line about time: `Content as of 16 November 2026`.
    pub freshness: String,
}

/// An entry of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NavigationEntry {
    /// Its words.
    pub text: String,
    /// Where it goes.
    pub href: String,
    /// Whether it is this page or holds it.
    pub is_current: bool,
}

/// Where to ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ContactLine {
    /// The address as people read it: `security@harbourlight.example`.
    pub text: String,
    /// The same as a link: `mailto:security@harbourlight.example`.
    pub href: String,
}

/// A feed that readers can discover.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FeedLink {
    /// Its title: `Updates`.
    pub title: String,
    /// Its form in a word: `Atom`, `JSON Feed`.
    pub form: String,
    /// Its media type: `application/atom+xml`.
    pub media_type: String,
    /// Where it is.
    pub href: String,
}

/// A day in words and in ISO form.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Day {
    /// `16 November 2026`
    pub text: String,
    /// `2026-11-16`
    pub iso: String,
}

/// How a reader gets at something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Access {
    /// Whether it can be read at once; else the lock is shown.
    pub is_public: bool,
    /// `Public` or `On request`.
    pub word: String,
    /// `Under a confidentiality agreement`, where one is needed.
    pub condition: Option<String>,
    /// `Read`, `PDF`, or a request by mail with the subject filled in. The first is the main one.
    pub actions: Vec<Action>,
}

/// A link that does something for one row; its accessible name holds the row's title.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Action {
    /// The words that are seen: `Request`.
    pub text: String,
    /// What is added for readers who hear the link alone: `SOC 2 Type 2 report`.
    pub of: String,
    /// Where it goes.
    pub href: String,
}
