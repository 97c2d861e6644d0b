//! Pages without lists of their own: free pages, contact, what is not covered, not found.

use serde::Serialize;

use crate::plan::view::trust::{ContactLine, Frame, OutlineEntry};
use crate::plan::view::{Fact, HrefText, Html};

/// A free page: Markdown of `trust/pages`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FreePage {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One sentence.
    pub summary: Option<String>,
    /// Version and date.
    pub facts: Vec<Fact>,
    /// The headings of the second and third level.
    pub outline: Vec<OutlineEntry>,
    /// The text.
    pub body_html: Html,
}

/// `contact.html`: whom to ask, and how to report a vulnerability.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Contact {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The ways to ask.
    pub ways: Vec<ContactWay>,
    /// How to report a vulnerability.
    pub vulnerability: Option<VulnerabilityReport>,
}

/// A way to ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ContactWay {
    /// Its anchor.
    pub anchor: String,
    /// `Security questions and documents`
    pub title: String,
    /// What it is for.
    pub text: String,
    /// Where to write.
    pub contact: ContactLine,
}

/// How to report a vulnerability.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct VulnerabilityReport {
    /// What to do and what to expect, in a few sentences.
    pub text: String,
    /// Where to write.
    pub contact: ContactLine,
    /// The policy.
    pub policy: Option<HrefText>,
    /// `security.txt`
    pub security_txt: Option<HrefText>,
}

/// `not-covered.html`: limits that the organisation states itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NotCovered {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The limits.
    pub limits: Vec<String>,
}

/// `glossary.html`: what words mean here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Glossary {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The terms in the order of the alphabet.
    pub terms: Vec<GlossaryTerm>,
}

/// A word and its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct GlossaryTerm {
    /// Its anchor.
    pub anchor: String,
    /// The word.
    pub term: String,
    /// What it means.
    pub definition_html: Html,
    /// Words by which it is found besides those that are seen.
    pub words: String,
}

/// `404.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NotFound {
    /// The frame; its references start at the root.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// What may have happened.
    pub text: String,
}
