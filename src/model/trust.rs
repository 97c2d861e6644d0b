//! What a workspace says to its customers besides documents.

use jiff::civil::Date;

use super::disclosure::Disclosure;
use super::id::Id;
use crate::span::{FilePath, Place, Spanned};

/// The texts of the trust center's first page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The file that says them, or would.
    pub path: FilePath,
    /// The headline.
    pub headline: Option<Spanned<String>>,
    /// Two sentences under it.
    pub statement: Option<Spanned<String>>,
    /// Facts that reviewers copy: label and text.
    pub glance: Vec<(String, Spanned<String>)>,
    /// What is honestly not covered.
    pub not_covered: Vec<Spanned<String>>,
}

impl Default for Overview {
    fn default() -> Self {
        Self {
            path: "content/trust/overview.yaml".into(),
            headline: None,
            statement: None,
            glance: Vec::new(),
            not_covered: Vec::new(),
        }
    }
}

/// A question that customers ask, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The id.
    pub id: Spanned<Id>,
    /// What it is about, for grouping.
    pub topic: String,
    /// The question.
    pub question: String,
    /// The answer.
    pub answer: Spanned<String>,
    /// Words by which customers find it.
    pub keywords: Vec<String>,
    /// Controls that the answer rests on.
    pub controls: Vec<Spanned<String>>,
    /// Documents that the answer rests on.
    pub documents: Vec<Spanned<String>>,
    /// Who may see it.
    pub disclosure: Disclosure,
    /// Where it is declared.
    pub place: Place,
}

/// Something new that customers should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// The id.
    pub id: Spanned<Id>,
    /// When.
    pub date: Date,
    /// What kind of news.
    pub kind: UpdateKind,
    /// The title.
    pub title: String,
    /// The text.
    pub text: Spanned<String>,
    /// Who may see it.
    pub disclosure: Disclosure,
    /// Where it is declared.
    pub place: Place,
}

/// A kind of news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UpdateKind {
    /// A report or certificate.
    Certification,
    /// A policy.
    Policy,
    /// A subprocessor.
    Subprocessor,
    /// An incident.
    Incident,
    /// A security advisory.
    Advisory,
    /// The product.
    Product,
}

impl UpdateKind {
    /// The words that `updates.yaml` uses.
    pub const WORDS: &'static [&'static str] =
        &["certification", "policy", "subprocessor", "incident", "advisory", "product"];

    /// Reads the word that `updates.yaml` uses.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "certification" => Some(Self::Certification),
            "policy" => Some(Self::Policy),
            "subprocessor" => Some(Self::Subprocessor),
            "incident" => Some(Self::Incident),
            "advisory" => Some(Self::Advisory),
            "product" => Some(Self::Product),
            _ => None,
        }
    }

    /// Returns the word that `updates.yaml` uses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Certification => "certification",
            Self::Policy => "policy",
            Self::Subprocessor => "subprocessor",
            Self::Incident => "incident",
            Self::Advisory => "advisory",
            Self::Product => "product",
        }
    }
}
