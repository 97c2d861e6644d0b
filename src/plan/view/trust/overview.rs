//! The front page.

use serde::Serialize;

use crate::plan::view::trust::{AttestationCard, DocumentRow, Frame, SubprocessorChange, Update};
use crate::plan::view::{HrefText, Html};

/// `index.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Overview {
    /// The frame.
    pub frame: Frame,
    /// The heading: `Security and compliance at Harbourlight`.
    pub headline: String,
    /// Two sentences.
    pub statement: String,
    /// What to do next; the first is the main one.
    pub actions: Vec<HrefText>,
    /// Six to eight facts that reviewers copy.
    pub glance: Vec<GlanceFact>,
    /// Attestations that have been issued and hold.
    pub attestations: Vec<AttestationCard>,
    /// The rest, with a link: `Mappings, planned work and lapsed reports`.
    pub compliance: Option<HrefText>,
    /// The controls in numbers.
    pub controls: Option<ControlsSummary>,
    /// A handful of documents.
    pub documents: Vec<DocumentRow>,
    /// All documents: `All 14 documents`.
    pub all_documents: Option<HrefText>,
    /// Changes of subprocessors that were announced and aren't in effect.
    pub changes: Vec<SubprocessorChange>,
    /// The latest updates.
    pub updates: Vec<Update>,
    /// All updates.
    pub all_updates: Option<HrefText>,
    /// The questions asked most.
    pub questions: Vec<HrefText>,
    /// All questions.
    pub all_questions: Option<HrefText>,
}

/// A fact that reviewers copy.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct GlanceFact {
    /// `Encryption`
    pub label: String,
    /// The fact, perhaps with a link to where it is said in full.
    pub text_html: Html,
}

/// The controls in numbers, on the front page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ControlsSummary {
    /// `46 controls are published, in nine groups. They are self-reported by Harbourlight.`
    pub sentence: String,
    /// The groups.
    pub groups: Vec<ControlsSummaryGroup>,
    /// All controls: `All 46 controls`.
    pub all: HrefText,
}

/// A group of controls on the front page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ControlsSummaryGroup {
    /// `Access`
    pub title: String,
    /// Where its controls are.
    pub href: String,
    /// `8 controls`
    pub count: String,
    /// The titles of a few of them.
    pub examples: Vec<String>,
}
