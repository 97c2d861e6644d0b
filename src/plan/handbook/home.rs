//! The first page: the state in a sentence, and what needs somebody to act.

use super::{HandbookPlan, Page, evidence, number, words};
use crate::markup;
use crate::model::address::Address;
use crate::model::assessment::{Lifecycle, Occurrences, ReviewState, Step, Subject, Urgency};
use crate::model::document::Kind;
use crate::plan::view::handbook::{Attention, Change, Home, KindCount};
use crate::plan::view::{Cell, Html, Icon, Status, Tone};

/// The most changes that the first page lists.
const CHANGES: usize = 6;

impl HandbookPlan<'_> {
    pub(super) fn home(&self) -> Home {
        let page = Page::Home;
        let from = self.at(&page);
        let settings = &self.handbook.corpus().settings;
        let name = &settings.organisation.name;
        let title =
            if name.is_empty() { "Handbook".to_owned() } else { format!("{name} handbook") };
        Home {
            frame: self.frame(&page, "Home", &[]),
            title,
            state_html: self.state(),
            attention: self.attention(&from),
            kinds: self.kinds(&from),
            changes: self.changes(&from),
            coverage: self.all_coverage(&from),
        }
    }

    fn state(&self) -> Html {
        if !self.handbook.corpus().settings.is_workspace {
            return Html(markup::escape(&self.document_count()));
        }
        let standings: Vec<_> = self
            .shown_documents()
            .map(|(index, _)| &self.handbook.assessment().documents[index as usize])
            .collect();
        let in_force = standings.iter().filter(|it| it.lifecycle == Lifecycle::InForce).count();
        let drafts = standings.iter().filter(|it| it.lifecycle == Lifecycle::Draft).count();
        let overdue = standings.iter().filter(|it| it.review == ReviewState::Overdue).count();
        let due_soon = standings.iter().filter(|it| it.review == ReviewState::DueSoon).count();
        let proposed = standings.iter().filter(|it| it.proposed_change).count();
        let mut parts =
            vec![format!("<strong>{in_force} of {}</strong> documents in force", standings.len())];
        let mut add = |number: usize, one: &str, many: &str| {
            if number > 0 {
                parts.push(format!(
                    "<strong>{number}</strong> {}",
                    if number == 1 { one } else { many }
                ));
            }
        };
        add(overdue, "review overdue", "reviews overdue");
        add(due_soon, "review due soon", "reviews due soon");
        add(proposed, "change proposed", "changes proposed");
        add(drafts, "draft", "drafts");
        Html(parts.join("; "))
    }

    /// Lists what needs somebody to act: what is due by the agenda, then what has no day.
    fn attention(&self, from: &Address) -> Vec<Attention> {
        let agenda = &self.handbook.assessment().agenda;
        let due = agenda
            .iter()
            .filter(|due| due.deadline.missed.is_some() && due.urgency != Urgency::Later)
            .map(|due| {
                let status = match (due.urgency, due.deadline.missed) {
                    (Urgency::Missed, Some(word)) => words::status(Icon::Alert, word, Tone::Danger),
                    _ => words::status(Icon::Clock, "Due soon", Tone::Attention),
                };
                Attention {
                    date: due.date.to_string(),
                    ..self.act(from, due.subject, status, due.deadline.remedy)
                }
            });
        due.chain(self.unproven(from))
            .chain(self.unapproved(from))
            .chain(self.uncovered(from))
            .collect()
    }

    fn act(&self, from: &Address, subject: Subject, status: Status, remedy: &str) -> Attention {
        let (line, owner) = self.subject(from, subject);
        Attention {
            status,
            id: line.id,
            subject: line.link,
            detail: remedy.to_owned(),
            owner,
            date: String::new(),
        }
    }

    /// Documents of which nobody approved the text as it stands.
    fn unapproved(&self, from: &Address) -> impl Iterator<Item = Attention> {
        let today = self.handbook.assessment().today;
        let standings = (0u32..).zip(&self.handbook.assessment().documents);
        standings.filter_map(move |(number, standing)| {
            let subject = Subject::Document(number);
            let full_by = standing.in_force.as_ref().and_then(|text| text.full_by);
            if let Some(by) = full_by {
                let tone = if by < today { Tone::Danger } else { Tone::Attention };
                let status = words::status(Icon::Alert, "Emergency", tone);
                let remedy = "Have it fully approved, or enter a finding";
                let date = by.to_string();
                return Some(Attention { date, ..self.act(from, subject, status, remedy) });
            }
            let (word, tone, remedy) = match standing.lifecycle {
                _ if standing.proposed_change && !self.is_next_approved(number, standing) => {
                    ("Proposed change", Tone::Attention, "Have the change approved")
                }
                Lifecycle::Draft => ("Draft", Tone::Neutral, "Have it approved"),
                _ => return None,
            };
            let status = words::status(Icon::Draft, word, tone);
            Some(self.act(from, subject, status, remedy))
        })
    }

    /// Controls that operate, as their owners state, without proof of every occurrence; those whose
    /// proof has gone stale are on the agenda already. What a finding explains was missed, and
    /// nobody can record it any more.
    fn unproven(&self, from: &Address) -> impl Iterator<Item = Attention> {
        let assessment = self.handbook.assessment();
        (0u32..).zip(&assessment.controls).filter_map(move |(number, state)| {
            let is_stale = state.fresh_until.is_some_and(|until| until < assessment.today);
            if state.step != Step::Implemented || is_stale {
                return None;
            }
            let missing = state.occurrences.as_ref().map(Occurrences::unexplained);
            let missing = missing.map(evidence::intervals).unwrap_or_default();
            let (word, remedy) = match (state.evidence.is_empty(), missing.is_empty()) {
                (true, _) if !state.deviations.is_empty() => {
                    ("No evidence", format!("Held back by {}", state.deviations.join(", ")))
                }
                (true, true) => ("No evidence", "Record it, or enter a finding".to_owned()),
                (_, false) => (
                    "Evidence missing",
                    format!("Nothing shows {missing}. Record it, or enter a finding"),
                ),
                (false, true) => return None,
            };
            let status = words::status(Icon::Half, word, Tone::Attention);
            Some(self.act(from, Subject::Control(number), status, &remedy))
        })
    }

    /// Requirements that an engagement examines and nothing covers.
    fn uncovered(&self, from: &Address) -> Vec<Attention> {
        let corpus = self.handbook.corpus();
        let mut found = Vec::new();
        for (index, framework) in corpus.frameworks.iter().enumerate() {
            let states = &self.handbook.assessment().coverage[index];
            for (inner, ((_, requirement), state)) in
                framework.requirements().zip(states).enumerate()
            {
                if state.in_scope && state.step.is_none() && state.exclusion.is_none() {
                    let page = Page::Requirement(number(index), number(inner));
                    found.push(Attention {
                        status: words::status(Icon::Cross, "Not covered", Tone::Danger),
                        id: requirement.id.clone(),
                        subject: self.link(from, &page, requirement.title.clone()),
                        detail: format!(
                            "{}: address it, meet it or exclude it",
                            framework.short_title
                        ),
                        owner: Cell::default(),
                        date: String::new(),
                    });
                }
            }
        }
        found
    }

    fn kinds(&self, from: &Address) -> Vec<KindCount> {
        let corpus = self.handbook.corpus();
        if !corpus.settings.is_workspace {
            let top = self.sections().iter().filter(
                |section| !matches!(&section.page, Page::Folder(path) if path.contains('/')),
            );
            return top
                .filter(|section| section.page != Page::Home)
                .map(|section| KindCount {
                    link: self.link(from, &section.page, section.title.clone()),
                    count: number(section.groups.iter().map(|(_, pages)| pages.len()).sum()),
                    note: String::new(),
                })
                .collect();
        }
        let of_kind = |kind: Kind| self.shown_documents().filter(|(_, it)| it.kind == kind).count();
        let entry = |page: Page, text: &str, count: usize| KindCount {
            link: self.link(from, &page, text.to_owned()),
            count: number(count),
            note: String::new(),
        };
        let requirements = corpus.frameworks.iter().map(|it| it.requirements().count()).sum();
        let excluded = self.handbook.assessment().coverage.iter().flatten();
        let excluded = excluded.filter(|state| state.exclusion.is_some()).count();
        vec![
            entry(Page::Kind(Kind::Policy), "Policies", of_kind(Kind::Policy)),
            entry(Page::Kind(Kind::Procedure), "Procedures", of_kind(Kind::Procedure)),
            entry(Page::Kind(Kind::Narrative), "Narratives", of_kind(Kind::Narrative)),
            entry(Page::Controls, "Controls", corpus.controls.len()),
            KindCount {
                note: if excluded > 0 { format!("{excluded} excluded") } else { String::new() },
                ..entry(Page::Frameworks, "Requirements", requirements)
            },
            entry(
                Page::Registers,
                "Records",
                corpus.registers.iter().map(|(_, records)| records.len()).sum(),
            ),
            entry(Page::Evidence, "Evidence", corpus.evidence.len()),
            entry(Page::People, "People", corpus.people.len()),
        ]
    }

    fn changes(&self, from: &Address) -> Vec<Change> {
        let today = self.handbook.assessment().today;
        let mut changes: Vec<Change> = self
            .shown_documents()
            .flat_map(|(index, document)| {
                let dated = document.revisions.iter().filter_map(|it| Some((it.date?, it)));
                dated.filter(|(date, _)| *date <= today).map(move |(date, it)| Change {
                    date: date.to_string(),
                    id: Self::shown_id(document),
                    subject: self.link(from, &Page::Document(index), document.title.value.clone()),
                    version: it.version.clone(),
                    kind: if it.is_editorial { "editorial" } else { "material" }.to_owned(),
                    summary: it.summary.clone(),
                    redline: None,
                })
            })
            .collect();
        changes.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.id.cmp(&b.id)));
        changes.truncate(CHANGES);
        changes
    }
}
