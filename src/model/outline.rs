//! What the corpus holds of a document's text instead of its tree.
//!
//! An [`Outline`] is made once, when a body is read, and needs neither the tree nor the text
//! afterwards. All spans are relative to the body.

use serde::{Deserialize, Serialize};

use super::body::{Reference, VariableName};
use super::fingerprint::Fingerprint;
use super::terms::Terms;
use crate::span::{Span, Spanned};

/// Everything about a body that other stages ask for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Outline {
    /// The level-1 heading that opens the body, if there is one. It is no block of the tree, so
    /// that it can serve as title.
    pub first_heading: Option<SectionHeading>,
    /// The headings in order, without the first.
    pub headings: Vec<SectionHeading>,
    /// The clauses in order.
    pub clauses: Vec<Clause>,
    /// The references; the index is the slot. Those of text that is left out, as of a footnote
    /// that nothing mentions, count as restricted.
    pub references: Vec<Mention>,
    /// The variables in the order of the text, those in link targets included.
    pub variables: Vec<VariableUse>,
    /// All anchors of the body, sorted by name.
    pub anchors: Vec<Anchor>,
    /// The words of the text that anyone may read.
    pub open_terms: Terms,
    /// The words of restricted blocks.
    pub restricted_terms: Terms,
    /// The beginning of the first open paragraph, about 160 characters.
    pub excerpt: String,
    /// The texts of blocks that ask for a table of what applies, see
    /// [`Applicability`](super::applicability::Applicability).
    pub applicability: Vec<Spanned<String>>,
    /// The hash of the body's bytes.
    pub body_hash: Fingerprint,
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SectionHeading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor.
    pub anchor: String,
    /// The number of its section.
    pub number: Option<String>,
    /// The title as plain text, variables unexpanded.
    pub text: String,
    /// The requirements that the section addresses.
    pub mappings: Vec<Mapping>,
    /// Whether it stands in a restricted block.
    pub restricted: bool,
    /// Where.
    pub span: Span,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clause {
    /// The anchor.
    pub anchor: String,
    /// The number, `4.2`; empty where the document does not number its sections.
    pub number: String,
    /// The clause as plain text, variables unexpanded, at most about 400 characters, without
    /// restricted blocks unless all of it is restricted.
    pub text: String,
    /// The points of view for which it matters.
    pub audiences: Vec<String>,
    /// The requirements that it addresses.
    pub mappings: Vec<Mapping>,
    /// Whether it stands in a restricted block.
    pub restricted: bool,
    /// Where.
    pub span: Span,
}

/// The requirements of one framework that a clause or section addresses.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mapping {
    /// The framework, as typed.
    pub framework: Spanned<String>,
    /// The requirements, as typed.
    pub requirements: Vec<Spanned<String>>,
}

/// A reference and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mention {
    /// The reference.
    pub reference: Reference,
    /// The sentence in which it stands, as plain text.
    pub sentence: String,
    /// The anchor of the section in which it stands.
    pub section: Option<String>,
    /// Whether only restricted text makes it.
    pub restricted: bool,
    /// Whether it is the source of an image.
    pub image: bool,
}

/// A variable and whether open text uses it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct VariableUse {
    /// Its name and place.
    pub name: VariableName,
    /// Whether it stands in restricted text.
    pub restricted: bool,
}

/// A place to which links can point.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// Its name, without `#`.
    pub name: String,
    /// Whether it stands in a restricted block.
    pub restricted: bool,
}

impl Outline {
    /// Returns the anchor of that name.
    #[must_use]
    pub fn anchor(&self, name: &str) -> Option<&Anchor> {
        let index = self.anchors.binary_search_by(|anchor| anchor.name.as_str().cmp(name)).ok()?;
        self.anchors.get(index)
    }
}
