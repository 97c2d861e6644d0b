//! Documents: one Markdown file each.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use jiff::civil::Date;

use super::cadence::Cadence;
use super::disclosure::{Classification, Disclosure};
use super::fingerprint::Fingerprint;
use super::id::Id;
use super::outline::Outline;
use crate::signature::ring::Method;
use crate::span::{FilePath, Place, Span, Spanned};

/// What a document is, told by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// What we commit to.
    Policy,
    /// How it is carried out.
    Procedure,
    /// A part of the description of the system.
    Narrative,
    /// A page of the trust center.
    Page,
    /// Any Markdown file in a folder that is no workspace.
    Text,
}

impl Kind {
    /// Returns the word for one.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Policy => "Policy",
            Self::Procedure => "Procedure",
            Self::Narrative => "Narrative",
            Self::Page => "Page",
            Self::Text => "Document",
        }
    }

    /// Returns the word for one, as it stands in a sentence.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Procedure => "procedure",
            Self::Narrative => "narrative",
            Self::Page => "page",
            Self::Text => "document",
        }
    }

    /// Returns the word for several.
    #[must_use]
    pub fn plural(self) -> &'static str {
        match self {
            Self::Policy => "Policies",
            Self::Procedure => "Procedures",
            Self::Narrative => "Narratives",
            Self::Page => "Pages",
            Self::Text => "Documents",
        }
    }

    /// Returns whether it is governed: approved, reviewed and versioned.
    #[must_use]
    pub fn is_governed(self) -> bool {
        matches!(self, Self::Policy | Self::Procedure | Self::Narrative)
    }
}

/// One Markdown file, without its tree: facts of the front matter, the outline of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The file.
    pub path: FilePath,
    /// What it is.
    pub kind: Kind,
    /// The id; for documents of a plain folder that state none, made from the path.
    pub id: Spanned<Id>,
    /// Whether the author wrote the id, or it was made from the path.
    pub has_own_id: bool,
    /// The title.
    pub title: Spanned<String>,
    /// The version.
    pub version: Option<Spanned<String>>,
    /// The person or role who answers for it.
    pub owner: Option<Spanned<String>>,
    /// Who wrote this version.
    pub authors: Vec<Spanned<String>>,
    /// The word that is printed.
    pub classification: Option<Spanned<Classification>>,
    /// What decides who outside may see it, and where that is said.
    pub disclosure: Spanned<Disclosure>,
    /// One sentence for lists, for staff.
    pub summary: Option<String>,
    /// One sentence for the trust center.
    pub public_summary: Option<String>,
    /// Words by which customers find it.
    pub public_keywords: Vec<String>,
    /// Whether it is given only under an agreement to keep it confidential.
    pub requires_nda: bool,
    /// The first day on which it counts.
    pub effective_date: Option<Spanned<Date>>,
    /// The interval between reviews.
    pub review_cycle: Option<Spanned<Cadence>>,
    /// A typed date of the last review, which is only a claim.
    pub last_reviewed: Option<Spanned<Date>>,
    /// Requirements that the document as a whole addresses.
    pub addresses: Vec<Addresses>,
    /// For procedures: the policies that they carry out.
    pub carries: Vec<Spanned<String>>,
    /// Controls that it describes.
    pub controls: Vec<Spanned<String>>,
    /// Other documents to read.
    pub related: Vec<Spanned<String>>,
    /// Words for grouping.
    pub tags: Vec<String>,
    /// Approvals of this version.
    pub approvals: Vec<Approval>,
    /// Reviews that changed nothing.
    pub reviews: Vec<Review>,
    /// What earlier versions changed, newest first.
    pub revisions: Vec<Revision>,
    /// The day on which it was retired.
    pub retired_on: Option<Spanned<Date>>,
    /// The document that took its place.
    pub superseded_by: Vec<Spanned<String>>,
    /// Its place among pages of the trust center.
    pub order: i64,
    /// Keys that Avouch does not know, kept and shown in plain folders.
    pub extra: Vec<(String, String)>,
    /// The body, without its tree.
    pub outline: Arc<Outline>,
    /// Where the body begins in the file.
    pub body_start: u32,
    /// Where the front matter stands.
    pub head: Span,
    /// A fingerprint of the whole file.
    pub fingerprint: Fingerprint,
    /// The canonical form of the front matter, for the digest; nothing where there is none.
    pub canonical: Arc<[u8]>,
}

impl Document {
    /// Returns the place of a span of the body in the file.
    #[must_use]
    pub fn body_place(&self, span: Span) -> Place {
        Place::new(&self.path, span.shifted(self.body_start))
    }

    /// Returns the place of a span of the front matter, as its fields carry it, in the file.
    #[must_use]
    pub fn head_place(&self, span: Span) -> Place {
        Place::new(&self.path, span.shifted(self.head.start))
    }

    /// Returns the days of approvals and reviews that are recorded: each time, somebody read it.
    pub fn readings(&self) -> impl Iterator<Item = &Spanned<Date>> {
        let approvals = self.approvals.iter().filter_map(|approval| approval.on.as_ref());
        approvals.chain(self.reviews.iter().filter_map(|review| review.on.as_ref()))
    }

    /// Returns the place to look at where its last review is too long ago: the record of that day,
    /// else the day that was typed, else the id.
    #[must_use]
    pub fn place_of_review(&self, day: Option<Date>) -> Place {
        let recorded = self.readings().find(|date| Some(date.value) == day);
        let date = recorded.or(self.last_reviewed.as_ref());
        self.head_place(date.map_or(self.id.span, |date| date.span))
    }

    /// Returns the path without the parts that every document of a workspace shares: the folder
    /// `content/` and the ending.
    #[must_use]
    pub fn short_path(&self) -> &str {
        let path = self.path.strip_prefix("content/").unwrap_or(&self.path);
        path.rsplit_once('.').map_or(path, |(stem, _)| stem)
    }
}

/// That something addresses a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addresses {
    /// The framework.
    pub framework: Spanned<String>,
    /// The requirement.
    pub requirement: Spanned<String>,
}

/// That someone accepted a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who.
    pub by: Spanned<String>,
    /// In which role.
    pub role: Option<Spanned<String>>,
    /// When, as claimed.
    pub on: Option<Spanned<Date>>,
    /// The digest of the text that was accepted.
    pub digest: Option<Spanned<String>>,
    /// What shows that it happened.
    pub proof: Proof,
    /// Where it is recorded.
    pub span: Span,
}

/// What shows that an act happened.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Proof {
    /// The name of the signed statement.
    pub statement: Option<Spanned<String>>,
    /// How it was done, where it was not signed.
    pub method: Option<Spanned<Method>>,
    /// What names it elsewhere: the id of an envelope, the address of a pull request, the number of
    /// minutes.
    pub reference: Option<String>,
    /// The body that decided.
    pub body: Option<String>,
    /// Who was there.
    pub attendees: Vec<String>,
    /// The SHA-256 of the file that shows it.
    pub sha256: Option<Spanned<String>>,
    /// The path of that file from the root, if it is kept here.
    pub file: Option<Spanned<String>>,
}

/// That someone looked at the text again and left it as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Who.
    pub by: Spanned<String>,
    /// In which role.
    pub role: Option<Spanned<String>>,
    /// When, as claimed.
    pub on: Option<Spanned<Date>>,
    /// The digest of the text that was reviewed.
    pub digest: Option<Spanned<String>>,
    /// What shows that it happened.
    pub proof: Proof,
    /// What was taken into account.
    pub considered: Vec<String>,
    /// What it came to.
    pub conclusion: Option<String>,
}

/// What a version changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// The version.
    pub version: String,
    /// Its date.
    pub date: Option<Date>,
    /// Whether the change was editorial.
    pub is_editorial: bool,
    /// What changed, for staff.
    pub summary: String,
    /// What changed, for customers.
    pub public_summary: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
}

/// A term and its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub term: Spanned<String>,
    /// Its meaning.
    pub definition: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// Who may see it.
    pub disclosure: Disclosure,
    /// Where it is declared.
    pub place: Place,
}
