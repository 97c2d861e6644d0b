//! What the files for machines hold; `render::trust_files` writes them.
//!
//! Days are ISO dates, `2026-11-16`. Addresses are full, `https://…`: these files are read away
//! from the site.

use serde::Serialize;

/// `.well-known/security.txt` (RFC 9116).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SecurityTxt {
    /// Where to report, most wanted first: `mailto:…`, `https://…`.
    pub contacts: Vec<String>,
    /// The last day on which the file may be trusted.
    pub expires_on: String,
    /// The addresses at which the file is served.
    pub canonical: Vec<String>,
    /// The policy.
    pub policy: Option<String>,
    /// The languages that reporters may use: `en`.
    pub languages: Vec<String>,
}

/// A page in `sitemap.xml`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SitemapEntry {
    /// Its full address.
    pub url: String,
    /// The day of its last change, where it is known.
    pub changed_on: Option<String>,
}

/// A feed, written as Atom and as JSON Feed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Feed {
    /// Its name for ever: `tag:trust.harbourlight.example,2024:updates`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One sentence; for a demonstration it says so.
    pub description: String,
    /// Who speaks.
    pub author: String,
    /// The language tag.
    pub language: String,
    /// The page that shows the same.
    pub page_url: String,
    /// Where the Atom form is.
    pub atom_url: String,
    /// Where the JSON form is; absent where there is none.
    pub json_url: Option<String>,
    /// The day of the latest change in it, never the day of the build.
    pub updated_on: String,
    /// Latest first.
    pub entries: Vec<FeedEntry>,
}

/// An entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FeedEntry {
    /// Its name for ever: `tag:trust.harbourlight.example,2026-11-02:U-2026-03`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub url: String,
    /// Its day.
    pub published_on: String,
    /// A word for its kind: `incident`.
    pub category: String,
    /// What happened, as plain text.
    pub text: String,
}

/// The list of subprocessors, written as JSON and as CSV.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SubprocessorList {
    /// The name of the organisation.
    pub organisation: String,
    /// `Fictional demonstration`, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// The page that shows the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The day of the content.
    pub content_as_of: String,
    /// Those in use, announced and ended, by id.
    pub subprocessors: Vec<SubprocessorEntry>,
}

/// A subprocessor in the list for machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SubprocessorEntry {
    /// `SUB-01`
    pub id: String,
    /// What has become of it.
    pub status: SubprocessorStatus,
    /// The name that people know.
    pub name: String,
    /// The legal entity.
    pub legal_name: String,
    /// The country of the entity.
    pub country: String,
    /// What it is for.
    pub purpose: String,
    /// The categories of data.
    pub data_categories: Vec<String>,
    /// Where it processes.
    pub locations: Vec<String>,
    /// The products that use it.
    pub products: Vec<String>,
    /// The mechanism of transfer: `scc`, `none-eea`.
    pub transfer: String,
    /// In use since.
    pub since: Option<String>,
    /// When the change was announced.
    pub announced_on: Option<String>,
    /// The last day for objections.
    pub objection_until: Option<String>,
    /// When the change takes effect.
    pub effective_on: Option<String>,
    /// When its use ended.
    pub ended_on: Option<String>,
    /// Its own page.
    pub url: Option<String>,
}

/// What has become of a subprocessor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubprocessorStatus {
    /// It processes data.
    #[default]
    InUse,
    /// It will.
    Announced,
    /// It no longer does.
    Ended,
}

impl SubprocessorStatus {
    /// Returns the word, as in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::InUse => "in-use",
            Self::Announced => "announced",
            Self::Ended => "ended",
        }
    }
}

/// `llms.txt`: the site in brief, for language models.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct LlmsTxt {
    /// The heading.
    pub title: String,
    /// The summary; for a demonstration it says so.
    pub summary: String,
    /// Sentences of free text: how to cite, what is not public and how to ask.
    pub notes: Vec<String>,
    /// Lists of links.
    pub sections: Vec<LlmsSection>,
}

/// A list of links in `llms.txt`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct LlmsSection {
    /// Its heading.
    pub title: String,
    /// Its links.
    pub links: Vec<LlmsLink>,
}

/// A link in `llms.txt`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct LlmsLink {
    /// Its words.
    pub text: String,
    /// The full address.
    pub url: String,
    /// What is there.
    pub note: String,
}
