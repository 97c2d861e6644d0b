//! Pages of controls.

use std::collections::BTreeMap;

use super::frame::title_case;
use super::{HandbookPlan, Page, evidence, number, words};
use crate::model::address::Address;
use crate::model::assessment::{ControlState, Step};
use crate::model::control::Control;
use crate::model::item::Item;
use crate::model::link::Target;
use crate::plan::view::handbook::{
    ControlPage, Ladder, List, RequirementGroup, RequirementLink, TableSection,
};
use crate::plan::view::{Cell, Column, ColumnKind, Fact, Html, Row, Table};

impl HandbookPlan<'_> {
    pub(super) fn control_list(&self) -> List {
        let corpus = self.handbook.corpus();
        let page = Page::Controls;
        let from = self.at(&page);
        let mut sections: Vec<TableSection> = Vec::new();
        for (index, control) in corpus.controls.iter().enumerate() {
            let heading = title_case(&control.family);
            if sections.last().is_none_or(|section| section.heading != heading) {
                sections.push(TableSection {
                    anchor: control.family.replace('/', "-"),
                    table: Table {
                        caption: format!("Controls: {heading}"),
                        columns: vec![
                            Column::new("Control", ColumnKind::Text),
                            Column::new("Owner", ColumnKind::Text),
                            Column::new("Frequency", ColumnKind::Text),
                            Column::new("Step", ColumnKind::Status),
                        ],
                        rows: Vec::new(),
                        empty: String::new(),
                    },
                    heading,
                });
            }
            let state = &self.handbook.assessment().controls[index];
            let link = self.link(&from, &Page::Control(number(index)), control.title.clone());
            let row = Row {
                anchor: None,
                cells: vec![
                    Cell::link(link.href, link.text).note(control.id.value.as_str()),
                    control
                        .owner
                        .as_ref()
                        .map_or_else(Cell::default, |owner| self.owner(&from, &owner.value)),
                    Cell::text(control.frequency.map_or("", |it| it.word())),
                    Cell::status(words::step(Some(state.step))),
                ],
            };
            if let Some(section) = sections.last_mut() {
                section.table.rows.push(row);
            }
        }
        let mut head = Self::head("", "", "Controls");
        head.summary = "Safeguards that operate, stated so that they can be tested.".to_owned();
        if sections.is_empty() {
            sections.push(empty(
                "There are no controls yet. Add them in `content/controls/`, one file a family.",
            ));
        }
        List {
            frame: self.frame(&page, "Controls", &[]),
            head,
            intro_html: Html::default(),
            sections,
            downloads: Vec::new(),
        }
    }

    pub(super) fn control(&self, index: u32) -> ControlPage {
        let corpus = self.handbook.corpus();
        let control = &corpus.controls[index as usize];
        let state = &self.handbook.assessment().controls[index as usize];
        let page = Page::Control(index);
        let from = self.at(&page);
        let mut head = Self::head("Control", control.id.value.as_str(), &control.title);
        head.status = Some(words::step(Some(state.step)));
        head.standing = match control.operating_since {
            Some(since) => format!("operating since {}, as its owner states", words::day(since)),
            None => "not operating yet".to_owned(),
        };
        let id = control.id.value.to_string();
        let text = |text: &Option<String>| {
            text.as_ref().map(|it| self.text_html(&from, it)).unwrap_or_default()
        };
        let beside = |index: Option<u32>| {
            let index = index.filter(|index| (*index as usize) < corpus.controls.len())?;
            let control = &corpus.controls[index as usize];
            Some(self.link(
                &from,
                &Page::Control(index),
                format!("{} {}", control.id.value, control.title),
            ))
        };
        ControlPage {
            frame: self.frame(
                &page,
                &format!("{id} {}", control.title),
                &[(&Page::Controls, "Controls")],
            ),
            head,
            statement_html: self.text_html(&from, &control.statement),
            facts: self.control_facts(&from, index),
            ladder: self.control_ladder(index),
            test_of_design_html: text(&control.test_of_design),
            test_of_operation_html: text(&control.test_of_operation),
            meets: self.meets(&from, control),
            documents: control
                .documents
                .iter()
                .filter_map(|name| corpus.document_by_id(&name.value))
                .map(|(index, _)| self.linked_document(&from, index))
                .collect(),
            evidence: self.evidence_table(
                &from,
                &state.evidence,
                &[index],
                "Nothing proves this control yet.",
            ),
            records: self.records_about(&from, &Target::Control(id.clone())),
            mentions: self.mentions(&from, &Target::Control(id)),
            previous: beside(index.checked_sub(1)),
            next: beside(index.checked_add(1)),
        }
    }

    fn control_facts(&self, from: &Address, index: u32) -> Vec<Fact> {
        let control = &self.handbook.corpus().controls[index as usize];
        let mut facts = Vec::new();
        if let Some(owner) = &control.owner {
            facts.push(Fact::new("Owner", self.owner(from, &owner.value)));
        }
        let words = [
            ("Version", control.version.clone()),
            ("Frequency", control.frequency.map(|it| it.word().to_owned())),
            ("Carried out", control.nature.map(|it| it.word().to_owned())),
            ("Effect", control.effect.map(|it| it.word().to_owned())),
            ("Kind", control.category.map(|it| it.word().to_owned())),
            ("Operating since", control.operating_since.map(words::day)),
        ];
        let known =
            words.into_iter().filter_map(|(label, text)| Some(Fact::new(label, Cell::text(text?))));
        facts.extend(known);
        facts.extend(self.approval_of_item("Approval", Item::Control(index)));
        if !control.tags.is_empty() {
            facts.push(Fact::new("Tags", Cell::chips(Self::chips(control.tags.iter().cloned()))));
        }
        facts
    }

    /// Returns the steps of a control, each with what there is to say.
    pub(super) fn control_ladder(&self, index: u32) -> Ladder {
        let control = &self.handbook.corpus().controls[index as usize];
        let state = &self.handbook.assessment().controls[index as usize];
        words::ladder(Some(state.step), |step| control_note(control, state, step))
    }

    fn meets(&self, from: &Address, control: &Control) -> Vec<RequirementGroup> {
        let corpus = self.handbook.corpus();
        let mut groups: BTreeMap<usize, Vec<RequirementLink>> = BTreeMap::new();
        for it in &control.meets {
            let Some(index) =
                corpus.frameworks.iter().position(|framework| framework.id == it.framework.value)
            else {
                continue;
            };
            let mut requirements = corpus.frameworks[index].requirements().enumerate();
            let found = requirements
                .find(|(_, (_, other))| other.id.eq_ignore_ascii_case(&it.requirement.value));
            let Some((inner, (_, requirement))) = found else { continue };
            let state = &self.handbook.assessment().coverage[index][inner];
            let page = Page::Requirement(number(index), number(inner));
            groups.entry(index).or_default().push(RequirementLink {
                link: self.link(from, &page, requirement.id.clone()),
                title: requirement.title.clone(),
                status: Some(words::step(state.step)),
                clauses: Vec::new(),
                reason: if it.is_partial {
                    format!("Partly: {}", it.reason)
                } else {
                    it.reason.clone()
                },
            });
        }
        groups
            .into_iter()
            .map(|(index, requirements)| RequirementGroup {
                framework: self.link(
                    from,
                    &Page::Framework(number(index)),
                    corpus.frameworks[index].short_title.clone(),
                ),
                requirements,
            })
            .collect()
    }
}

fn control_note(control: &Control, state: &ControlState, step: Step) -> String {
    match step {
        Step::Cited => words::count(control.meets.len(), "requirement", "requirements"),
        Step::Documented => match state.documents.len() {
            0 => "in no document in force".to_owned(),
            number => {
                format!("in {}", words::count(number, "document in force", "documents in force"))
            }
        },
        Step::Implemented => match control.operating_since {
            Some(since) => format!("since {}, stated by its owner, unsigned", words::day(since)),
            None => "not operating yet".to_owned(),
        },
        Step::Evidenced => {
            let held_back = (!state.deviations.is_empty())
                .then(|| format!("held back by {}", state.deviations.join(", ")));
            let shown = state.occurrences.as_ref().map(evidence::occurrences);
            let records = || words::count(state.evidence.len(), "record", "records");
            let shown = shown.or_else(|| held_back.is_none().then(records));
            held_back.into_iter().chain(shown).collect::<Vec<_>>().join("; ")
        }
        Step::Fresh => state
            .fresh_until
            .map(|until| format!("until {}", words::day(until)))
            .unwrap_or_default(),
    }
}

/// Returns a section that says what would be here.
pub(super) fn empty(words: &str) -> TableSection {
    TableSection {
        table: Table { empty: words.replace('`', ""), ..Table::default() },
        ..TableSection::default()
    }
}
