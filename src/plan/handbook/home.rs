//! The first page: the state in a sentence, and what needs somebody to act.

use jiff::civil::Date;

use super::{HandbookPlan, Page, number, words};
use crate::markup;
use crate::model::address::Address;
use crate::model::assessment::{Lifecycle, ReviewState};
use crate::model::document::Kind;
use crate::model::link::Target;
use crate::plan::view::handbook::{Attention, Change, Home, KindCount};
use crate::plan::view::{Cell, HrefText, Html, Icon, Tone};

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
        add(drafts, "draft", "drafts");
        Html(parts.join("; "))
    }

    fn attention(&self, from: &Address) -> Vec<Attention> {
        let corpus = self.handbook.corpus();
        let assessment = self.handbook.assessment();
        let mut found: Vec<(Date, Attention)> = Vec::new();
        for (index, document) in self.shown_documents() {
            let standing = &assessment.documents[index as usize];
            let subject = self.link(from, &Page::Document(index), document.title.value.clone());
            let owner = document
                .owner
                .as_ref()
                .map_or_else(Cell::default, |owner| self.owner(from, &owner.value));
            let mut add = |status, detail: &str, date: Option<Date>| {
                let item = Attention {
                    status,
                    id: Self::shown_id(document),
                    subject: subject.clone(),
                    detail: detail.to_owned(),
                    owner: owner.clone(),
                    date: date.map(|date| date.to_string()).unwrap_or_default(),
                };
                found.push((date.unwrap_or(assessment.today), item));
            };
            match standing.review {
                ReviewState::Overdue => add(
                    words::status(Icon::Alert, "Overdue", Tone::Danger),
                    "Review it and record the review",
                    standing.next_review,
                ),
                ReviewState::DueSoon => add(
                    words::status(Icon::Clock, "Due soon", Tone::Attention),
                    "Review it and record the review",
                    standing.next_review,
                ),
                ReviewState::None | ReviewState::Current => {}
            }
            if standing.proposed_change {
                add(
                    words::status(Icon::Draft, "Proposed change", Tone::Attention),
                    "Have the change approved",
                    None,
                );
            }
            if standing.lifecycle == Lifecycle::Draft && document.kind.is_governed() {
                add(words::status(Icon::Draft, "Draft", Tone::Neutral), "Have it approved", None);
            }
        }
        for exception in corpus.register("policy-exceptions") {
            let Some(expires) = exception.date("expires_on") else { continue };
            if exception.text("status") == Some("closed") || expires >= assessment.today {
                continue;
            }
            found.push((
                expires,
                self.record_attention(from, exception, ("Expired", "End the departure"), expires),
            ));
        }
        for finding in corpus.register("findings") {
            let Some(due) = finding.date("due_on") else { continue };
            if finding.text("status") == Some("closed") || due >= assessment.today {
                continue;
            }
            found.push((
                due,
                self.record_attention(from, finding, ("Overdue", "Remedy the finding"), due),
            ));
        }
        for (index, (control, state)) in
            corpus.controls.iter().zip(&assessment.controls).enumerate()
        {
            let Some(until) = state.fresh_until.filter(|until| *until < assessment.today) else {
                continue;
            };
            let item = Attention {
                status: words::status(Icon::Clock, "Stale evidence", Tone::Attention),
                id: control.id.value.to_string(),
                subject: self.link(from, &Page::Control(number(index)), control.title.clone()),
                detail: "Collect newer evidence".to_owned(),
                owner: control
                    .owner
                    .as_ref()
                    .map_or_else(Cell::default, |owner| self.owner(from, &owner.value)),
                date: until.to_string(),
            };
            found.push((until, item));
        }
        found.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
        found.into_iter().map(|(_, item)| item).collect()
    }

    fn record_attention(
        &self,
        from: &Address,
        record: &crate::model::register::Record,
        (word, detail): (&str, &str),
        date: Date,
    ) -> Attention {
        let id = record.id.value.to_string();
        let href = self.destination(from, &Target::Record(id.clone())).unwrap_or_default();
        Attention {
            status: words::status(Icon::Alert, word, Tone::Danger),
            subject: HrefText { href, text: record.title.clone() },
            detail: detail.to_owned(),
            owner: record.text("owner").map_or_else(Cell::default, |owner| self.owner(from, owner)),
            date: date.to_string(),
            id,
        }
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
        vec![
            entry(Page::Kind(Kind::Policy), "Policies", of_kind(Kind::Policy)),
            entry(Page::Kind(Kind::Procedure), "Procedures", of_kind(Kind::Procedure)),
            entry(Page::Kind(Kind::Narrative), "Narratives", of_kind(Kind::Narrative)),
            entry(Page::Controls, "Controls", corpus.controls.len()),
            entry(Page::Frameworks, "Requirements", requirements),
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
