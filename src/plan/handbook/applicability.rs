//! The table of which requirements of a framework apply, in place of a block that asks for it.

use super::HandbookPlan;
use crate::model::applicability::{Applicability, LANGUAGE};
use crate::model::assessment::{RequirementState, Step};
use crate::model::body::{Alignment, BlockKind, Body, Inline, Resolved, Table};
use crate::model::framework::{Framework, Requirement};
use crate::model::link::{Link, Target};

/// The slot of links that no author wrote: behind all others.
const NO_SLOT: u32 = u32::MAX;

type Cell = Vec<Inline<Resolved>>;

impl HandbookPlan<'_> {
    /// Puts tables in place of the blocks of a text that ask for them. A block that names no
    /// framework stays what it is; it was reported.
    #[must_use]
    pub fn with_tables(&self, mut body: Body<Resolved>) -> Body<Resolved> {
        for block in &mut body.blocks {
            if let BlockKind::Code { language: Some(language), text } = &block.kind
                && language == LANGUAGE
                && let Some(table) = self.applicability(text)
            {
                block.kind = BlockKind::Table(table);
            }
        }
        body
    }

    /// Returns the tables of a document, which decide the bytes of its page and of its PDF.
    #[must_use]
    pub fn tables(&self, index: u32) -> Vec<Option<Table<Resolved>>> {
        let outline = &self.handbook.corpus().document(index).outline;
        outline.applicability.iter().map(|block| self.applicability(&block.value)).collect()
    }

    fn applicability(&self, text: &str) -> Option<Table<Resolved>> {
        let asked = Applicability::read(text);
        let corpus = self.handbook.corpus();
        let index = corpus.frameworks.iter().position(|it| it.id == asked.framework)?;
        let framework = &corpus.frameworks[index];
        let states = &self.handbook.assessment().coverage[index];
        let rows = framework
            .requirements()
            .zip(states)
            .filter(|((group, _), _)| asked.asks_for(&group.id))
            .map(|((_, requirement), state)| self.row(framework, requirement, state));
        let head = |words: &str| vec![Inline::Text(words.to_owned())];
        Some(Table {
            alignments: vec![Alignment::Natural; 4],
            head: vec![
                head(&super::frame::title_case(&framework.requirement_word)),
                head("Necessary"),
                head("Reason"),
                head("State"),
            ],
            rows: rows.collect(),
        })
    }

    fn row(
        &self,
        framework: &Framework,
        requirement: &Requirement,
        state: &RequirementState,
    ) -> Vec<Cell> {
        let target = Target::Requirement(framework.id.clone(), requirement.id.clone());
        let name = vec![
            Inline::Link(
                Link { slot: NO_SLOT, target },
                vec![Inline::Text(requirement.id.clone())],
            ),
            Inline::Text(format!(" {}", requirement.title)),
        ];
        let text = |words: &str| vec![Inline::Text(words.to_owned())];
        if let Some(reason) = &state.exclusion {
            return vec![name, text("Left out"), text(&self.plain(reason)), text("—")];
        }
        let reason = self.reasons(framework, requirement, state);
        let reason = if reason.is_empty() { text("No reason is recorded.") } else { reason };
        vec![name, text("Necessary"), reason, text(self.implemented(state))]
    }

    /// Returns the controls that meet a requirement, each on a line with its reason; where there
    /// are none, the documents that address it.
    fn reasons(
        &self,
        framework: &Framework,
        requirement: &Requirement,
        state: &RequirementState,
    ) -> Cell {
        let corpus = self.handbook.corpus();
        let mut cell = Cell::new();
        for (number, is_partial) in &state.controls {
            let control = &corpus.controls[*number as usize];
            let reason = super::framework::reason(control, &framework.id, &requirement.id);
            let extent = if *is_partial { " (in part)" } else { "" };
            if !cell.is_empty() {
                cell.push(Inline::HardBreak);
            }
            let id = control.id.value.to_string();
            let target = Target::Control(id.clone());
            cell.push(Inline::Link(Link { slot: NO_SLOT, target }, vec![Inline::Text(id)]));
            cell.push(Inline::Text(format!("{extent}: {}", self.plain(&reason))));
        }
        if !cell.is_empty() {
            return cell;
        }
        let clauses = state.clauses.iter().map(|(document, _)| *document);
        let documents: std::collections::BTreeSet<u32> =
            clauses.chain(state.documents.iter().copied()).collect();
        for index in documents {
            cell.push(Inline::Text(
                if cell.is_empty() { "Addressed in " } else { ", " }.to_owned(),
            ));
            let target = Target::Document { index, anchor: None };
            let id = corpus.document(index).id.value.to_string();
            cell.push(Inline::Link(Link { slot: NO_SLOT, target }, vec![Inline::Text(id)]));
        }
        cell
    }

    /// Says whether a requirement is implemented: a control that meets it operates, as its owner
    /// states. Proof and findings stand on the page of the requirement.
    fn implemented(&self, state: &RequirementState) -> &'static str {
        let controls = &self.handbook.assessment().controls;
        let operates = |number: u32| controls[number as usize].step >= Step::Implemented;
        if state.step >= Some(Step::Implemented) {
            "Implemented"
        } else if state.controls.iter().any(|(number, _)| operates(*number)) {
            "Partly implemented"
        } else {
            "Not implemented"
        }
    }
}
