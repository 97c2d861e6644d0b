//! The first page, and pages of tables.

use serde::Serialize;

use super::coverage::Coverage;
use super::document::LinkedGroup;
use super::frame::{Frame, Head};
use crate::model::verdict::Axes;
use crate::plan::view::{Cell, HrefText, Html, Status, Table};

/// The first page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Home {
    /// What stands around.
    pub frame: Frame,
    /// The title.
    pub title: String,
    /// The state in one sentence, numbers emphasised.
    pub state_html: Html,
    /// What needs somebody to act, most urgent first.
    pub attention: Vec<Attention>,
    /// The kinds of pages with their numbers.
    pub kinds: Vec<KindCount>,
    /// What changed lately, newest first.
    pub changes: Vec<Change>,
    /// Coverage, one entry a framework.
    pub coverage: Vec<Coverage>,
}

/// Something that needs somebody to act.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Attention {
    /// "Overdue", "Due soon", "Approval awaited".
    pub status: Status,
    /// The id of what it is about; empty where it has none.
    pub id: String,
    /// What it is about.
    pub subject: HrefText,
    /// What is to be done, in a few words.
    pub detail: String,
    /// Who.
    pub owner: Cell,
    /// By when, as 2026-12-05; empty where there is no date.
    pub date: String,
}

/// A kind of page and how many there are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct KindCount {
    /// Its list.
    pub link: HrefText,
    /// How many.
    pub count: u32,
    /// A few words: "1 draft".
    pub note: String,
}

/// A recent change of a document or control.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Change {
    /// When, as 2026-02-01.
    pub date: String,
    /// The id of what changed.
    pub id: String,
    /// What changed.
    pub subject: HrefText,
    /// The version it became.
    pub version: String,
    /// "material" or "editorial".
    pub kind: String,
    /// What changed, in one line.
    pub summary: String,
    /// The redline, where there is one.
    pub redline: Option<HrefText>,
}

/// A page of tables.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct List {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the tables; may be empty.
    pub intro_html: Html,
    /// The tables.
    pub sections: Vec<TableSection>,
    /// The same in other forms: CSV, calendar.
    pub downloads: Vec<HrefText>,
}

/// A table under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct TableSection {
    /// The anchor of the heading; unique on the page.
    pub anchor: String,
    /// The heading; empty where the title of the page is enough.
    pub heading: String,
    /// The table.
    pub table: Table,
}

/// The search page, which lists every page for readers without scripts.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SearchPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// All pages, by kind.
    pub index: Vec<LinkedGroup>,
}

/// The page for addresses that lead nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NotFound {
    /// What stands around. Its references start with `/`, for it is served at any address.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Where to go instead.
    pub links: Vec<HrefText>,
}

/// The standing of a document in a form for machines.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DocumentState {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// `policy`, `procedure` or `narrative`.
    pub kind: String,
    /// The version of the text that is shown.
    pub version: Option<String>,
    /// Its page.
    pub address: String,
    /// The three axes.
    pub standing: Axes,
    /// The same as its page says it.
    pub words: String,
    /// The digest of the text that is shown.
    pub digest: String,
    /// The first day on which it counts.
    pub effective: Option<String>,
    /// The day on which it was last reviewed or approved.
    pub last_reviewed: Option<String>,
    /// The day by which it is to be reviewed.
    pub next_review: Option<String>,
    /// The weakest way in which it was approved; nothing where it is not approved.
    pub method: Option<&'static str>,
    /// Whether somebody outside saw every approval that it needed.
    pub is_witnessed: bool,
    /// Who approved it when, a line each.
    pub approvals: Vec<String>,
}
