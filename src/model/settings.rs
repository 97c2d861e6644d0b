//! What `content/workspace.yaml` says, typed.

use jiff::civil::Date;

use super::acknowledgement::Demand;
use super::cadence::Cadence;
use super::disclosure::Disclosure;
use super::framework::{Framework, Group};
use super::id::Id;
use crate::diagnostic::Level;
use crate::signature::canonical::Canonical;
use crate::span::{FilePath, Place, Span, Spanned};

/// The settings of a workspace. The default is what a folder without `workspace.yaml` gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The file that says them, or would.
    pub path: FilePath,
    /// Whether there is a `workspace.yaml`. Without one there is no trust center.
    pub is_workspace: bool,
    /// 128 random bits in hexadecimal, which bind signatures to this workspace.
    pub workspace_id: String,
    /// The organisation.
    pub organisation: Organisation,
    /// Whether all this is a fictional demonstration, which every output says.
    pub is_demo: bool,
    /// A fixed date of the build.
    pub today: Option<Spanned<Date>>,
    /// The time zone in which days begin and end, an IANA name.
    pub time_zone: String,
    /// The language of the texts, a BCP 47 tag.
    pub language: String,
    /// The paper of PDFs.
    pub paper: Paper,
    /// Where the handbook will be served, without a final slash.
    pub handbook_url: Option<String>,
    /// Where the trust center will be served, without a final slash.
    pub trust_url: Option<String>,
    /// The ids of the frameworks that are loaded, in order.
    pub frameworks: Vec<Spanned<String>>,
    /// Examinations, past and coming.
    pub engagements: Vec<Engagement>,
    /// Requirements that do not apply.
    pub exclusions: Vec<Exclusion>,
    /// The interval between reviews of documents that state none.
    pub review_cycle: Cadence,
    /// How long after its date a review is not yet called overdue.
    pub review_grace: Option<Cadence>,
    /// How long before its date a review is called due soon.
    pub due_soon: Cadence,
    /// Who must accept which documents.
    pub acknowledgements: Vec<Demand>,
    /// What may be published.
    pub publish: Publish,
    /// Words that must never occur in public output.
    pub never_publish: Vec<Spanned<String>>,
    /// Where to write about security.
    pub security_contact: Option<String>,
    /// Where to write about privacy.
    pub privacy_contact: Option<String>,
    /// What `security.txt` says besides the contact.
    pub security_txt: Option<SecurityTxt>,
    /// Facts that texts use by name, sorted by name.
    pub facts: Vec<Fact>,
    /// Levels of rules that differ from their own.
    pub levels: Vec<(String, Level)>,
    /// The name of the theme: a folder in `themes/`.
    pub theme: Spanned<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            path: "content/workspace.yaml".into(),
            is_workspace: false,
            workspace_id: String::new(),
            organisation: Organisation::default(),
            is_demo: false,
            today: None,
            time_zone: "UTC".to_owned(),
            language: "en".to_owned(),
            paper: Paper::A4,
            handbook_url: None,
            trust_url: None,
            frameworks: Vec::new(),
            engagements: Vec::new(),
            exclusions: Vec::new(),
            review_cycle: Cadence::months(12),
            review_grace: None,
            due_soon: Cadence::days(30),
            acknowledgements: Vec::new(),
            publish: Publish::default(),
            never_publish: Vec::new(),
            security_contact: None,
            privacy_contact: None,
            security_txt: None,
            facts: Vec::new(),
            levels: Vec::new(),
            theme: Spanned::new(Self::THEME.to_owned(), Span::default()),
        }
    }
}

impl Settings {
    /// The name of the built-in theme.
    pub const THEME: &str = "default";

    /// Returns what a workspace has whose file of settings says nothing.
    #[must_use]
    pub fn of(path: &FilePath) -> Self {
        Self { path: FilePath::clone(path), is_workspace: true, ..Self::default() }
    }
}

/// The organisation whose policies these are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Organisation {
    /// The name that people use.
    pub name: String,
    /// The name in contracts.
    pub legal_name: String,
    /// Its web site.
    pub url: Option<String>,
    /// What it does, in a sentence.
    pub description: String,
}

/// A size of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 in.
    UsLetter,
}

/// One examination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Engagement {
    /// Its id.
    pub id: Spanned<Id>,
    /// The framework it is about.
    pub framework: Spanned<String>,
    /// 1 or 2 for SOC examinations.
    pub report_type: Option<u8>,
    /// First and last day of the period.
    pub period: Option<(Date, Date)>,
    /// The day, where there is no period.
    pub date: Option<Date>,
    /// Who examines.
    pub auditor: Option<String>,
    /// The categories that are in scope; empty means all.
    pub categories: Vec<Spanned<String>>,
}

impl Engagement {
    /// Returns whether it is about a group of a framework: the framework is named, and the
    /// group's category is named or none is.
    #[must_use]
    pub fn examines(&self, framework: &Framework, group: &Group) -> bool {
        self.framework.value == framework.id
            && (self.categories.is_empty()
                || group
                    .category
                    .as_ref()
                    .is_none_or(|category| self.categories.iter().any(|it| it.value == *category)))
    }
}

/// A requirement that does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// The framework.
    pub framework: Spanned<String>,
    /// The requirement.
    pub requirement: Spanned<String>,
    /// Why it does not apply.
    pub reason: String,
    /// The entry as it is written, as far as an approval of it covers it.
    pub entry: Canonical,
    /// Where it is declared.
    pub place: Place,
}

/// What may be published.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Publish {
    /// The workspace switch: without it there is no trust center.
    pub trust_center: bool,
    /// What a document needs before its text may be public.
    pub requires: PublishRequires,
    /// What happens to a public document whose review has lapsed.
    pub lapsed: Lapsed,
}

/// What a document needs before its text may be public.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum PublishRequires {
    /// An approval that is written down.
    #[default]
    Recorded,
    /// An approval whose signature verifies.
    Signed,
}

/// What happens to a public document whose review has lapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lapsed {
    /// It stays, as last approved.
    #[default]
    Keep,
    /// Its row says "under review" and its text is not shown.
    UnderReview,
}

/// What `security.txt` says besides the contact (RFC 9116).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecurityTxt {
    /// The day after which it must not be used.
    pub expires: Spanned<Date>,
    /// The disclosure policy.
    pub policy: Option<String>,
    /// Preferred languages.
    pub languages: Vec<String>,
}

/// A value that texts use by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The dotted path: `facts.rto`, `organisation.name`.
    pub path: String,
    /// The value as it is printed.
    pub text: String,
    /// Who may see it. Withheld unless the author says otherwise.
    pub disclosure: Disclosure,
    /// Where it is declared.
    pub place: Option<Place>,
}
