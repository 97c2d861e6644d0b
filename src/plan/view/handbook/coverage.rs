//! Controls, frameworks and requirements, and how far they have come.

use serde::Serialize;

use super::document::{Linked, Mention, OutlineEntry, RequirementGroup};
use super::frame::{Frame, Head};
use crate::plan::view::{Cell, Fact, HrefText, Html, Status, Table};

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
    /// The matrix.
    pub matrix: HrefText,
    /// Other forms: CSV, OSCAL.
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
    /// The sections of the page.
    pub outline: Vec<OutlineEntry>,
    /// The official text, where it is free; may be empty.
    pub text_html: Html,
    /// Why it does not apply; may be empty.
    pub exclusion_html: Html,
    /// The controls that meet it.
    pub controls: Vec<RequirementControl>,
    /// Open deviations and deficiencies of these controls, and policy exceptions that have run out;
    /// they hold the requirement back.
    pub deviations: Vec<Linked>,
    /// The evidence of these controls.
    pub evidence: Table,
    /// The documents that address it, with their clauses.
    pub documents: Vec<ClauseGroup>,
    /// The requirement before it.
    pub previous: Option<HrefText>,
    /// The requirement after it.
    pub next: Option<HrefText>,
}

/// A document that addresses a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ClauseGroup {
    /// The anchor; unique on the page.
    pub anchor: String,
    /// The document.
    pub document: Linked,
    /// Who owns it.
    pub owner: Cell,
    /// How many clauses and which: "3 clauses: 2.1, 4.2, 4.3"; or that it does so as a whole.
    pub summary: String,
    /// The clauses; none where the document addresses the requirement as a whole.
    pub clauses: Vec<ClauseQuote>,
    /// Whether the clauses are folded away because the page has many.
    pub is_folded: bool,
}

/// A clause, quoted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ClauseQuote {
    /// Its place, and its number as words: "4.2".
    pub link: HrefText,
    /// Its text.
    pub quote_html: Html,
}

/// A control as the requirement sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementControl {
    /// The anchor; unique on the page.
    pub anchor: String,
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
