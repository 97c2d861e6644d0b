//! Campaigns: many documents, reviewed by one day.
//!
//! A campaign is a file that says which texts were in force when it began and who is to review them.
//! How far it is follows from signed reviews and approvals since, and is stored nowhere. It ends with a
//! closing report whose digest somebody signs.

use jiff::civil::Date;

use super::id::Id;
use crate::signature::Digest;
use crate::span::{FilePath, Place, Spanned};

/// Where campaigns stand, each in a folder of its own.
pub const CAMPAIGNS: &str = "content/records/campaigns";
/// The file that says what a campaign is.
pub const CAMPAIGN: &str = "campaign.yaml";
/// The report that is signed when a campaign is closed.
pub const CLOSING: &str = "closing.txt";
/// The word that statements use for what is closed.
pub const KIND: &str = "campaign";

/// A campaign as it was started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its name, which is that of its folder.
    pub name: Id,
    /// Its file.
    pub path: FilePath,
    /// What it is for, in a few words.
    pub title: Option<String>,
    /// The day by which it is to be done.
    pub due: Date,
    /// Who started it.
    pub started_by: Spanned<String>,
    /// The day on which it began: what was done since counts.
    pub started_on: Date,
    /// What is to be reviewed.
    pub documents: Vec<Scoped>,
    /// The bytes of its closing report, if there is one.
    pub closing: Option<Vec<u8>>,
}

/// A document of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scoped {
    /// The id.
    pub id: Spanned<String>,
    /// The version in force when the campaign began.
    pub version: Option<String>,
    /// The digest of the text in force when the campaign began.
    pub digest: Digest,
    /// Who is to review it.
    pub reviewers: Vec<String>,
    /// Where it is declared.
    pub place: Place,
}

impl Campaign {
    /// Returns the path of a file of the campaign.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        format!("{CAMPAIGNS}/{}/{name}", self.name)
    }

    /// Returns everyone who is to review something, each once, sorted.
    #[must_use]
    pub fn reviewers(&self) -> Vec<&str> {
        let all = self.documents.iter().flat_map(|it| &it.reviewers).map(String::as_str);
        let all: std::collections::BTreeSet<&str> = all.collect();
        all.into_iter().collect()
    }
}

/// How far a campaign is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// For each document, what came of it.
    pub outcomes: Vec<Outcome>,
    /// What is held of its closing.
    pub closing: Closing,
}

impl Progress {
    /// Counts the documents that still wait for a review.
    #[must_use]
    pub fn open(&self) -> usize {
        self.outcomes.iter().filter(|it| !it.is_done()).count()
    }
}

/// What came of a document in a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has reviewed it yet.
    Open,
    /// It was reviewed and stays as it is.
    Reviewed(Deed),
    /// A new text of it was approved.
    Changed {
        /// The last approval that it needed.
        deed: Deed,
        /// The version of the new text.
        version: Option<String>,
    },
    /// It no longer counts, since this day if one is known.
    Retired(Option<Date>),
    /// There is no such document any more.
    Gone,
}

impl Outcome {
    /// Returns whether there is nothing left to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        match self {
            Self::Reviewed(_) | Self::Changed { .. } | Self::Retired(_) => true,
            Self::Open | Self::Gone => false,
        }
    }

    /// Returns the words that are printed.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::Reviewed(_) => "Reviewed, no change",
            Self::Changed { .. } => "Changed and approved",
            Self::Retired(_) => "Retired",
            Self::Gone => "Missing",
        }
    }
}

/// Who did something with a document, when, and how it is proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The id of the person.
    pub by: String,
    /// The day, as claimed.
    pub on: Date,
    /// Whether somebody outside saw it.
    pub is_witnessed: bool,
}

/// What is held of the closing of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closing {
    /// It goes on.
    Open,
    /// It was closed, by whom and when.
    Closed(Deed),
    /// There is a closing report that nobody has signed so that it counts.
    Unsigned,
    /// The closing report is not the one that was signed.
    Altered,
}
