//! The pages of the handbook, one struct a template.
//!
//! | Template | View |
//! | --- | --- |
//! | `handbook/home.html` | [`Home`] |
//! | `handbook/list.html` | [`List`]: documents of a kind, controls, people, roles, registers, tags |
//! | `handbook/document.html` | [`DocumentPage`] |
//! | `handbook/control.html` | [`ControlPage`] |
//! | `handbook/frameworks.html` | [`FrameworkList`] |
//! | `handbook/framework.html` | [`FrameworkPage`] |
//! | `handbook/requirement.html` | [`RequirementPage`] |
//! | `handbook/matrix.html` | [`Matrix`] |
//! | `handbook/profile.html` | [`Profile`]: a person or a role |
//! | `handbook/register.html` | [`RegisterPage`]: a register, or the list of evidence; every record is an anchor on it |
//! | `handbook/calendar.html` | [`Calendar`] |
//! | `handbook/glossary.html` | [`GlossaryPage`] |
//! | `handbook/search.html` | [`SearchPage`] |
//! | `handbook/404.html` | [`NotFound`] |
//! | `handbook/navigation.html` | [`Navigation`], rendered once a section into [`Frame::nav_html`] |

use serde::Serialize;

use super::{Cell, Fact, HrefText, Html, Notice, Status, Table};

/// What stands around every page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Frame {
    /// The language of the page: `en-GB`.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// The name of the organisation.
    pub organisation: String,
    /// What this site is: "Handbook".
    pub site_title: String,
    /// The title of this page, for the tab of the browser.
    pub page_title: String,
    /// One sentence about this page; empty where there is none.
    pub description: String,
    /// The way from this page to the root of the site: empty, `../` or `../../`.
    pub root: String,
    /// The style sheets, in order.
    pub styles: Vec<String>,
    /// The script that runs before the page is drawn, so that the scheme does not flash.
    pub script: String,
    /// The scripts that run after the page was read.
    pub deferred_scripts: Vec<String>,
    /// The policy for hosts that cannot send headers; absent where the host sends it.
    pub content_security_policy: Option<String>,
    /// Strips above everything.
    pub notices: Vec<Notice>,
    /// Which release this is and which others there are.
    pub releases: Option<Releases>,
    /// The pages above this one, from the home page down; this page is not among them.
    pub breadcrumb: Vec<HrefText>,
    /// The rendered [`Navigation`] of the section, with this page marked by
    /// [`Html::with_current`].
    pub nav_html: Html,
    /// What the footer says about the edition: "Release 2026.3", "built from 7f3a9c1".
    pub edition: Vec<String>,
    /// The links of the footer.
    pub footer: Vec<HrefText>,
}

/// The release switcher.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Releases {
    /// The name of the release that is read now.
    pub current: String,
    /// The same page, or the home page, of the others.
    pub others: Vec<HrefText>,
}

/// The sections of the site, and the pages of the one that is open.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Navigation {
    /// The sections in order.
    pub sections: Vec<NavigationSection>,
}

/// A section of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NavigationSection {
    /// Its list page.
    pub link: HrefText,
    /// Its pages; empty in all sections but the open one.
    pub groups: Vec<NavigationGroup>,
}

/// Some pages of a section.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NavigationGroup {
    /// What they have in common; empty where the section has one group.
    pub title: String,
    /// The pages.
    pub links: Vec<HrefText>,
}

/// A title with what is said of it at once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Head {
    /// What it is, above the title: "Policy", "Control".
    pub kind: String,
    /// Its id; empty where it has none.
    pub id: String,
    /// The title.
    pub title: String,
    /// Icon, word and meaning of its state.
    pub status: Option<Status>,
    /// The rest of the line of standing, after the word: "since 1 February 2026 · next review 20 January 2027".
    pub standing: String,
    /// One sentence under it; empty where there is none.
    pub summary: String,
    /// What must be known before reading: a draft, a proposed change, text older than its approval.
    pub notices: Vec<Notice>,
}

/// The five steps of one requirement or control, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Ladder {
    /// Cited, documented, implemented, evidenced, fresh.
    pub steps: Vec<LadderStep>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct LadderStep {
    /// Its name.
    pub word: String,
    /// Whether it is reached.
    pub reached: bool,
    /// What there is to say: "since 10 January 2025", "3 of 4 expected occurrences"; may be empty.
    pub note: String,
}

/// The five steps of a framework: how many of its requirements have reached each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Coverage {
    /// The framework.
    pub framework: HrefText,
    /// Its edition and what one requirement is called: "2017 (2022) · 61 criteria".
    pub note: String,
    /// The steps in order.
    pub steps: Vec<CoverageStep>,
}

/// How many requirements have reached a step.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct CoverageStep {
    /// Its name.
    pub word: String,
    /// How many have reached it.
    pub reached: u32,
    /// Of how many that apply.
    pub total: u32,
}

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

/// An entry of the outline of a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct OutlineEntry {
    /// `#anchor`.
    pub href: String,
    /// The number of the section; empty where there is none.
    pub number: String,
    /// The heading.
    pub text: String,
    /// 2 or 3.
    pub level: u8,
}

/// A policy, procedure or narrative.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct DocumentPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title and standing.
    pub head: Head,
    /// The seven facts, classification, frameworks.
    pub facts: Vec<Fact>,
    /// The sections of the body.
    pub outline: Vec<OutlineEntry>,
    /// The text.
    pub body_html: Html,
    /// Who approved this version.
    pub approvals: Vec<Approval>,
    /// The requirements that it addresses, by framework.
    pub requirements: Vec<RequirementGroup>,
    /// Lists of related documents, each under its heading: "Procedures", "Carries out".
    pub documents: Vec<LinkedGroup>,
    /// The controls that are described in it.
    pub controls: Vec<Linked>,
    /// Where other pages speak of it.
    pub mentions: Vec<Mention>,
    /// Its versions, newest first.
    pub revisions: Vec<Revision>,
    /// Other forms: PDF, Markdown.
    pub downloads: Vec<HrefText>,
}

/// An approval.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Approval {
    /// Who.
    pub person: Cell,
    /// As what.
    pub role: Cell,
    /// When, as 2026-01-20.
    pub date: String,
    /// "Unsigned", "Verified", "Of an older text".
    pub status: Status,
    /// The fingerprint of the key, or the start of the digest; empty where there is none.
    pub fingerprint: String,
    /// The whole statement; empty where there is none.
    pub statement: String,
}

/// Requirements of one framework.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementGroup {
    /// The framework.
    pub framework: HrefText,
    /// The requirements.
    pub requirements: Vec<RequirementLink>,
}

/// A requirement as other pages name it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementLink {
    /// Its page, and its id as words.
    pub link: HrefText,
    /// Its title.
    pub title: String,
    /// The step it has reached.
    pub status: Option<Status>,
    /// The clauses that address it, or why a control meets it: see `reason`.
    pub clauses: Vec<HrefText>,
    /// Why, in one sentence; may be empty.
    pub reason: String,
}

/// Links under a heading.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct LinkedGroup {
    /// The heading.
    pub heading: String,
    /// The links.
    pub links: Vec<Linked>,
}

/// Something that has an id, a title and a state.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Linked {
    /// Its id.
    pub id: String,
    /// Its page, and its title as words.
    pub link: HrefText,
    /// Its state.
    pub status: Option<Status>,
    /// A few words more; may be empty.
    pub note: String,
}

/// A sentence elsewhere that refers to this page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Mention {
    /// The id of the page it stands on.
    pub id: String,
    /// Where it stands, and the title of that page.
    pub link: HrefText,
    /// The sentence, the reference marked.
    pub sentence_html: Html,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Revision {
    /// Its number.
    pub version: String,
    /// When, as 2026-02-01.
    pub date: String,
    /// "Material" or "Editorial".
    pub kind: String,
    /// What changed.
    pub summary: String,
    /// The redline against the one before.
    pub redline: Option<HrefText>,
}

/// A control.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ControlPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title and standing.
    pub head: Head,
    /// What it says, so that it can be tested.
    pub statement_html: Html,
    /// Owner, version, frequency, nature, type, category, operating since.
    pub facts: Vec<Fact>,
    /// How far it has come.
    pub ladder: Ladder,
    /// How its design is tested; may be empty.
    pub test_of_design_html: Html,
    /// How its operation is tested; may be empty.
    pub test_of_operation_html: Html,
    /// The requirements that it meets, by framework, each with its reason.
    pub meets: Vec<RequirementGroup>,
    /// Where it is described.
    pub documents: Vec<Linked>,
    /// Its evidence.
    pub evidence: Table,
    /// Findings, exceptions and risks that concern it.
    pub records: Vec<Linked>,
    /// Where other pages speak of it.
    pub mentions: Vec<Mention>,
    /// The control before it.
    pub previous: Option<HrefText>,
    /// The control after it.
    pub next: Option<HrefText>,
}

/// All frameworks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FrameworkList {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the list; may be empty.
    pub intro_html: Html,
    /// One entry a framework.
    pub coverage: Vec<Coverage>,
}

/// A framework and its requirements.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FrameworkPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Publisher, edition, source, engagement.
    pub facts: Vec<Fact>,
    /// How far it has come.
    pub coverage: Coverage,
    /// The word for one requirement: "Criterion".
    pub requirement_word: String,
    /// Its groups.
    pub groups: Vec<FrameworkGroup>,
    /// The matrix, and other forms: CSV, OSCAL.
    pub downloads: Vec<HrefText>,
}

/// A group of requirements.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FrameworkGroup {
    /// The anchor; unique on the page.
    pub anchor: String,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The requirements.
    pub rows: Vec<RequirementRow>,
}

/// A requirement in the table of its framework.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementRow {
    /// Its page, and its id as words.
    pub link: HrefText,
    /// Its title.
    pub title: String,
    /// The step it has reached, or that it is excluded.
    pub status: Status,
    /// Its steps; empty where it is excluded.
    pub ladder: Ladder,
    /// The documents that address it.
    pub documents: Vec<HrefText>,
    /// The controls that meet it.
    pub controls: Vec<HrefText>,
}

/// A requirement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title and the step it has reached.
    pub head: Head,
    /// Framework, group, owner, engagement.
    pub facts: Vec<Fact>,
    /// How far it has come; no steps where it is excluded.
    pub ladder: Ladder,
    /// The official text, where it is free; may be empty.
    pub text_html: Html,
    /// Why it does not apply; may be empty.
    pub exclusion_html: Html,
    /// The clauses that address it.
    pub clauses: Vec<ClauseQuote>,
    /// The controls that meet it.
    pub controls: Vec<RequirementControl>,
    /// The evidence of these controls.
    pub evidence: Table,
    /// The requirement before it.
    pub previous: Option<HrefText>,
    /// The requirement after it.
    pub next: Option<HrefText>,
}

/// A clause, quoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ClauseQuote {
    /// Its document.
    pub document: Linked,
    /// Its place, and its number as words: "4.2".
    pub link: HrefText,
    /// Its text.
    pub quote_html: Html,
    /// Who owns the document.
    pub owner: Cell,
}

/// A control as the requirement sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementControl {
    /// The control.
    pub control: Linked,
    /// "Wholly" or "Partly".
    pub extent: String,
    /// Why it meets the requirement.
    pub reason: String,
    /// How its operation is tested; may be empty.
    pub test: String,
    /// How far it has come.
    pub ladder: Ladder,
}

/// Requirements against documents, controls or steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Matrix {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the table; may be empty.
    pub intro_html: Html,
    /// Other choices of rows or columns, as links to their pages.
    pub filters: Vec<Filter>,
    /// What the table shows, for screen readers.
    pub caption: String,
    /// The header of the first column: "Criterion".
    pub row_title: String,
    /// The other columns.
    pub columns: Vec<MatrixColumn>,
    /// The rows, by category.
    pub groups: Vec<MatrixGroup>,
    /// Other forms: CSV.
    pub downloads: Vec<HrefText>,
}

/// A choice between pages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Filter {
    /// What is chosen: "Framework".
    pub label: String,
    /// The pages.
    pub choices: Vec<Choice>,
}

/// One of the pages to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Choice {
    /// The page.
    pub link: HrefText,
    /// Whether it is this one.
    pub current: bool,
}

/// A column of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixColumn {
    /// Its header, short: an id or a step.
    pub text: String,
    /// What the header stands for; may be empty.
    pub title: String,
    /// Its page, if it has one.
    pub href: Option<String>,
}

/// Rows of one category.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixGroup {
    /// The category.
    pub title: String,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// A row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixRow {
    /// The requirement, and its id as words.
    pub link: HrefText,
    /// Its title.
    pub title: String,
    /// One cell a column.
    pub cells: Vec<MatrixCell>,
}

/// A cell of a matrix: an icon with a name, or links, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixCell {
    /// The icon and its name: "Met wholly", "Reached".
    pub status: Option<Status>,
    /// Where the icon leads.
    pub href: Option<String>,
    /// Links instead of an icon.
    pub links: Vec<HrefText>,
}

/// A person or a role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Profile {
    /// What stands around.
    pub frame: Frame,
    /// The name.
    pub head: Head,
    /// Title, e-mail, roles; or duty and holders.
    pub facts: Vec<Fact>,
    /// What it owns, what it has approved.
    pub sections: Vec<TableSection>,
}

/// A register with all its records, or all evidence.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RegisterPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the table; may be empty.
    pub intro_html: Html,
    /// The records in brief. The first cell of a row links to the anchor of its record.
    pub table: Table,
    /// The records in full.
    pub records: Vec<RecordEntry>,
    /// Other forms: CSV.
    pub downloads: Vec<HrefText>,
}

/// A record in full.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RecordEntry {
    /// Its id, which is also its anchor.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its state.
    pub status: Option<Status>,
    /// Its text; may be empty.
    pub body_html: Html,
    /// Its other fields.
    pub facts: Vec<Fact>,
    /// Where other pages speak of it.
    pub mentions: Vec<Mention>,
}

/// What is due, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Calendar {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the months; may be empty.
    pub intro_html: Html,
    /// The months that have something.
    pub months: Vec<Month>,
    /// The same as an iCalendar file.
    pub downloads: Vec<HrefText>,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Month {
    /// The anchor: `m-2026-12`.
    pub anchor: String,
    /// Its name: "December 2026", or "Overdue".
    pub title: String,
    /// What is due in it.
    pub entries: Vec<Due>,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Due {
    /// When, as 2026-12-05.
    pub date: String,
    /// What.
    pub subject: Linked,
    /// What is due: "Review", "Certificate expires".
    pub kind: String,
    /// Who.
    pub owner: Cell,
}

/// The glossary.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct GlossaryPage {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// The first letters that occur.
    pub letters: Vec<Letter>,
    /// Where there are no terms: what would be here and how to add it.
    pub empty: String,
}

/// The terms with one first letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Letter {
    /// The letter.
    pub letter: String,
    /// Its anchor; unique on the page.
    pub anchor: String,
    /// The terms.
    pub terms: Vec<TermEntry>,
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct TermEntry {
    /// Its anchor.
    pub anchor: String,
    /// The term.
    pub term: String,
    /// Other words for it.
    pub aliases: Vec<String>,
    /// What it means.
    pub definition_html: Html,
    /// Where it is used.
    pub used_in: Vec<HrefText>,
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
