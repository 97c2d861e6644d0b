//! What a PDF says besides the body: the facts of page 1, running lines, records.
//!
//! Everything here is text that was decided elsewhere; nothing is computed. All types are
//! hashable, so that a recipe's fingerprint can cover them.

use jiff::civil::Date;

use crate::model::settings::Paper;

/// The facts of one PDF.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PdfDocument {
    /// Who issues it.
    pub organisation: String,
    /// Its id, `POL-AC`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its version, `2.1`.
    pub version: Option<String>,
    /// The word for its kind, `Policy`.
    pub kind_word: String,
    /// The classification as printed, `Internal`.
    pub classification: String,
    /// The facts that auditors look for first, as label and value.
    pub facts: Vec<(String, String)>,
    /// Who approved it.
    pub approvals: Approvals,
    /// Its versions, newest first.
    pub revisions: Vec<PdfRevision>,
    /// Its language, `en-GB`.
    pub language: String,
    /// The size of its pages.
    pub paper: Paper,
    /// The colour of the organisation, as red, green and blue.
    pub brand: [u8; 3],
    /// Words for every page, as `Draft: not approved`.
    pub notice: Option<String>,
    /// The left side of the footer, `POL-AC · version 2.1 · effective 2026-02-01`.
    pub footer_left: String,
    /// The newest day among the records that it shows. Archival files must carry one: texts that
    /// have no date at all get the first day of 2000.
    pub date: Option<Date>,
    /// How a reader checks the document, a paragraph each; one that starts with `$ ` is a command.
    pub verify_text: Vec<String>,
    /// Where relative addresses of links start, `https://handbook.example.com/`. Without it links
    /// to relative addresses are printed as their words alone.
    pub base_url: Option<String>,
}

/// Whether the approval block is printed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Approvals {
    /// No block at all, as in the trust center.
    Hidden,
    /// The block, which says so when there is no approval.
    Shown(Vec<PdfApproval>),
}

/// One approval.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PdfApproval {
    /// The name of the person.
    pub name: String,
    /// The function in which the person approved.
    pub role: String,
    /// The date, `2026-01-20`.
    pub on: String,
    /// How it was made, and how sure the date is: `Signed, valid; the day is claimed`.
    pub method: String,
    /// The key, in its short form.
    pub fingerprint: Option<String>,
}

/// One row of the revision history.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PdfRevision {
    /// The version.
    pub version: String,
    /// Its date, `2026-02-01`.
    pub date: String,
    /// `material`, `editorial`.
    pub kind: String,
    /// What changed.
    pub summary: String,
    /// Who changed it.
    pub authors: String,
    /// Who approved it.
    pub approvers: String,
}
