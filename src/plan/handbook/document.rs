//! The page of a document.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::endorsed::Proposed;
use super::{HandbookPlan, Page, endorsed, number, words};
use crate::model::address::Address;
use crate::model::assessment::{Lifecycle, Standing};
use crate::model::document::Document;
use crate::model::link::Target;
use crate::plan::view::handbook::{
    DocumentPage, Endorsed, Head, Linked, LinkedGroup, OutlineEntry, RequirementGroup,
    RequirementLink,
};
use crate::plan::view::{Cell, Fact, HrefText, Html, Icon, Notice, Tone};

impl HandbookPlan<'_> {
    /// Returns what the page of a document shows, but for its body.
    #[must_use]
    pub fn document(&self, index: u32) -> DocumentPage {
        let corpus = self.handbook.corpus();
        let document = corpus.document(index);
        let standing = &self.handbook.assessment().documents[index as usize];
        let page = Page::Document(index);
        let from = self.at(&page);
        let section = self.section_of(&page).map(|index| &self.sections()[index]);
        let crumbs: Vec<(&Page, &str)> = section
            .filter(|section| {
                section.page != Page::Home && self.address(&section.page) != Some(&from)
            })
            .map(|section| (&section.page, section.title.as_str()))
            .into_iter()
            .collect();
        let mut frame = self.frame(&page, &document.title.value, &crumbs);
        frame.description = document
            .summary
            .clone()
            .unwrap_or_else(|| corpus.filled(&document.outline.excerpt).into_owned());
        let (approvals, reviews) = if document.kind.is_governed() {
            (self.approvals(&from, document, standing), self.reviews(&from, document))
        } else {
            (Endorsed::default(), Endorsed::default())
        };
        DocumentPage {
            frame,
            head: self.document_head(&from, index),
            facts: self.document_facts(&from, document, standing),
            outline: outline(document),
            body_html: Html::default(),
            is_governed: document.kind.is_governed(),
            approvals,
            proposal: Proposed::shown(document, standing)
                .map(|text| self.approvals_so_far(&from, document, standing, &text)),
            reviews,
            records: self.records_about(&from, &Target::Document { index, anchor: None }),
            requirements: self.addressed(&from, document),
            documents: self.related(&from, index, document),
            controls: self.document_controls(&from, index, document),
            mentions: self.mentions(&from, &Target::Document { index, anchor: None }),
            revisions: self.revisions(document),
            downloads: self.downloads(&from, index),
        }
    }

    fn document_head(&self, from: &Address, index: u32) -> Head {
        let document = self.handbook.corpus().document(index);
        let standing = &self.handbook.assessment().documents[index as usize];
        let mut parts = Vec::new();
        if standing.lifecycle == Lifecycle::InForce
            && let Some(text) = &standing.in_force
        {
            parts.push(format!("since {}", words::day(text.effective)));
        }
        if let Some(next) = standing.next_review {
            parts.push(format!("next review {}", words::day(next)));
        }
        let mut notices = self.text_notices(from, index, document, standing);
        notices.extend(self.exceptions(from, document));
        Head {
            kind: document.kind.word().to_owned(),
            id: Self::shown_id(document),
            title: document.title.value.clone(),
            status: words::lifecycle(standing),
            standing: parts.join(" · "),
            summary: document.summary.clone().unwrap_or_default(),
            notices,
        }
    }

    /// Returns a strip for each policy exception that is open: whoever reads the rule must know who
    /// may depart from it.
    fn exceptions(&self, from: &Address, document: &Document) -> Vec<Notice> {
        let corpus = self.handbook.corpus();
        let of_this = |name: &str| document.id.value.as_str().eq_ignore_ascii_case(name);
        corpus
            .register("policy-exceptions")
            .iter()
            .filter(|record| record.text("document").is_some_and(of_this))
            .filter(|record| !record.is_closed())
            .map(|record| {
                let line = self.linked_record(from, record);
                let has_expired = record.has_expired(self.handbook.assessment().today);
                let (icon, tone) = if has_expired {
                    (Icon::Alert, Tone::Danger)
                } else {
                    (Icon::Info, Tone::Attention)
                };
                Notice {
                    status: words::status(icon, line.note, tone),
                    text: String::new(),
                    link: Some(line.link),
                }
            })
            .collect()
    }

    fn document_facts(
        &self,
        from: &Address,
        document: &Document,
        standing: &Standing,
    ) -> Vec<Fact> {
        if !document.kind.is_governed() {
            return Self::plain_facts(document);
        }
        let or_dash = |text: Option<String>| Cell::text(text.unwrap_or_else(|| "—".to_owned()));
        let last = standing.last_reviewed.map(words::day);
        let last = match (last, standing.is_claimed) {
            (Some(day), true) => Cell::text(day).note("claimed, not recorded"),
            (day, _) => or_dash(day),
        };
        let authors = Cell {
            links: document.authors.iter().map(|it| self.person_link(from, &it.value)).collect(),
            ..Cell::default()
        };
        let mut facts = vec![
            Fact::new("Id", Cell::text(document.id.value.as_str())),
            Fact::new("Version", or_dash(document.version.as_ref().map(|it| it.value.clone()))),
            Fact::new(
                "Owner",
                document
                    .owner
                    .as_ref()
                    .map_or_else(|| or_dash(None), |it| self.owner(from, &it.value)),
            ),
        ];
        facts.extend(self.approver_facts(from, document, standing));
        facts.extend([
            Fact::new("Effective", or_dash(standing.effective_day(document).map(words::day))),
            Fact::new("Last reviewed", last),
            Fact::new("Next review", {
                let mut cell = or_dash(standing.next_review.map(words::day));
                cell.status = words::review(standing).filter(|status| status.tone != Tone::Success);
                cell
            }),
        ]);
        if !document.authors.is_empty() {
            let word = if document.authors.len() == 1 { "Author" } else { "Authors" };
            facts.push(Fact::new(word, authors));
        }
        if let Some(classification) = &document.classification {
            let disclosure = match document.disclosure.value {
                crate::model::disclosure::Disclosure::Public => "in the trust center",
                crate::model::disclosure::Disclosure::Listed => "listed in the trust center",
                crate::model::disclosure::Disclosure::Withheld => "for staff only",
            };
            facts.push(Fact::new(
                "Classification",
                Cell::text(classification.value.word()).note(disclosure),
            ));
        }
        let frameworks: BTreeSet<&str> = framework_ids(document);
        let corpus = self.handbook.corpus();
        let chips: Vec<_> = corpus
            .frameworks
            .iter()
            .enumerate()
            .filter(|(_, framework)| frameworks.contains(framework.id.as_str()))
            .map(|(index, framework)| crate::plan::view::Chip {
                text: framework.short_title.clone(),
                href: self
                    .destination(from, &Target::Framework(framework.id.clone()))
                    .filter(|_| corpus.frameworks.len() > index),
            })
            .collect();
        if !chips.is_empty() {
            facts.push(Fact::new("Frameworks", Cell::chips(chips)));
        }
        if !document.tags.is_empty() {
            facts.push(Fact::new("Tags", Cell::chips(Self::chips(document.tags.iter().cloned()))));
        }
        facts
    }

    /// Returns what a document of a plain folder says of itself, as it says it.
    fn plain_facts(document: &Document) -> Vec<Fact> {
        let mut facts = Vec::new();
        let mut add = |label: &str, text: Option<String>| {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                facts.push(Fact::new(label, Cell::text(text)));
            }
        };
        let joined = |texts: &[crate::span::Spanned<String>]| {
            Some(texts.iter().map(|it| it.value.as_str()).collect::<Vec<_>>().join(", "))
        };
        add("Id", Some(Self::shown_id(document)));
        add("Version", document.version.as_ref().map(|it| it.value.clone()));
        add("Owner", document.owner.as_ref().map(|it| it.value.clone()));
        add("Authors", joined(&document.authors));
        add(
            "Classification",
            document.classification.as_ref().map(|it| it.value.word().to_owned()),
        );
        add("Effective", document.effective_date.as_ref().map(|it| words::day(it.value)));
        add(
            "Last reviewed (claimed)",
            document.last_reviewed.as_ref().map(|it| words::day(it.value)),
        );
        add("Review cycle", document.review_cycle.as_ref().map(|it| it.value.to_string()));
        add("Controls", joined(&document.controls));
        add("Related", joined(&document.related));
        for (key, value) in &document.extra {
            add(&super::frame::title_case(key), Some(value.clone()));
        }
        if !document.tags.is_empty() {
            facts.push(Fact::new("Tags", Cell::chips(Self::chips(document.tags.iter().cloned()))));
        }
        facts
    }

    /// Returns the first day on which a text counts: as its records have it, else as it says itself.
    #[must_use]
    pub fn effective(&self, document: &Document, standing: &Standing) -> Option<Date> {
        standing.effective_day(document)
    }

    /// Returns who approved the text that counts, a fact each: by what, and how sure the day is.
    fn approver_facts(
        &self,
        from: &Address,
        document: &Document,
        standing: &Standing,
    ) -> Vec<Fact> {
        let text = standing.in_force.as_ref().or(standing.awaiting.as_ref());
        let Some(text) = text else {
            return vec![Fact::new("Approver", Cell::text("Not approved"))];
        };
        let status = endorsed::approved_status(text);
        let counted = self.counted(document, standing);
        let cells = counted.iter().map(|act| {
            let cell = self.actor_cell(from, act);
            let day = format!("{}, {}", words::day(act.on), self.certainty(act));
            let parts = cell.note.clone().into_iter().chain([day]).chain(self.key_of(act));
            let note = parts.collect::<Vec<_>>().join(" · ");
            Fact::new("Approver", Cell { status: Some(status.clone()), note: Some(note), ..cell })
        });
        cells.collect()
    }

    fn person_link(&self, from: &Address, person: &str) -> HrefText {
        let cell = self.owner(from, person);
        HrefText { href: cell.href.unwrap_or_default(), text: cell.text }
    }

    /// Returns the requirements that a document addresses, each with its clauses.
    fn addressed(&self, from: &Address, document: &Document) -> Vec<RequirementGroup> {
        let corpus = self.handbook.corpus();
        let mut clauses: BTreeMap<(&str, String), Vec<HrefText>> = BTreeMap::new();
        for it in &document.addresses {
            clauses
                .entry((&it.framework.value, it.requirement.value.to_ascii_lowercase()))
                .or_default();
        }
        for clause in &document.outline.clauses {
            for mapping in &clause.mappings {
                for id in &mapping.requirements {
                    let text = if clause.number.is_empty() {
                        "§".to_owned()
                    } else {
                        clause.number.clone()
                    };
                    let link = HrefText { href: format!("#{}", clause.anchor), text };
                    let key = (mapping.framework.value.as_str(), id.value.to_ascii_lowercase());
                    clauses.entry(key).or_default().push(link);
                }
            }
        }
        corpus
            .frameworks
            .iter()
            .enumerate()
            .filter_map(|(index, framework)| {
                let requirements: Vec<RequirementLink> = framework
                    .requirements()
                    .enumerate()
                    .filter_map(|(inner, (_, requirement))| {
                        let key = (framework.id.as_str(), requirement.id.to_ascii_lowercase());
                        let clauses = clauses.get(&key)?.clone();
                        let state = &self.handbook.assessment().coverage[index][inner];
                        let page = Page::Requirement(number(index), number(inner));
                        Some(RequirementLink {
                            link: self.link(from, &page, requirement.id.clone()),
                            title: requirement.title.clone(),
                            status: Some(words::step(state.step)),
                            clauses,
                            reason: String::new(),
                        })
                    })
                    .collect();
                let page = Page::Framework(number(index));
                let framework = self.link(from, &page, framework.short_title.clone());
                (!requirements.is_empty()).then_some(RequirementGroup { framework, requirements })
            })
            .collect()
    }

    fn related(&self, from: &Address, index: u32, document: &Document) -> Vec<LinkedGroup> {
        let corpus = self.handbook.corpus();
        let named = |names: &[crate::span::Spanned<String>]| -> Vec<Linked> {
            let found = names.iter().filter_map(|name| corpus.document_by_id(&name.value));
            found.map(|(index, _)| self.linked_document(from, index)).collect()
        };
        let id = document.id.value.as_str().to_ascii_lowercase();
        let before = self.superseded.get(&id).into_iter().flatten();
        let before = before.map(|index| self.linked_document(from, *index)).collect();
        let carried = self.procedures.get(&id);
        let carried = carried.into_iter().flatten().filter(|other| **other != index);
        let procedures = carried.map(|index| self.linked_document(from, *index)).collect();
        [
            ("Superseded by", named(&document.superseded_by)),
            ("Takes the place of", before),
            ("Carried out by", procedures),
            ("Carries out", named(&document.carries)),
            ("Related documents", named(&document.related)),
        ]
        .into_iter()
        .filter(|(_, links): &(&str, Vec<Linked>)| !links.is_empty())
        .map(|(heading, links)| LinkedGroup { heading: heading.to_owned(), links })
        .collect()
    }

    fn document_controls(&self, from: &Address, index: u32, document: &Document) -> Vec<Linked> {
        let corpus = self.handbook.corpus();
        let id = document.id.value.as_str();
        let describes = |position: usize| {
            let control = &corpus.controls[position];
            control.documents.iter().any(|name| name.value.eq_ignore_ascii_case(id))
                || document.controls.iter().any(|name| name.value == control.id.value.as_str())
                || self.handbook.assessment().controls[position].documents.contains(&index)
        };
        (0..corpus.controls.len())
            .filter(|position| describes(*position))
            .map(|position| self.linked_control(from, number(position)))
            .collect()
    }

    fn downloads(&self, from: &Address, index: u32) -> Vec<HrefText> {
        [(Page::Pdf(index), "PDF"), (Page::Source(index), "Markdown")]
            .into_iter()
            .filter(|(page, _)| self.address(page).is_some())
            .map(|(page, text)| self.link(from, &page, text.to_owned()))
            .collect()
    }
}

/// Returns the frameworks that a document or a clause of it addresses.
fn framework_ids(document: &Document) -> BTreeSet<&str> {
    let clauses = document.outline.clauses.iter().flat_map(|clause| &clause.mappings);
    let named = document.addresses.iter().map(|it| it.framework.value.as_str());
    clauses.map(|mapping| mapping.framework.value.as_str()).chain(named).collect()
}

fn outline(document: &Document) -> Vec<OutlineEntry> {
    let headings =
        document.outline.headings.iter().filter(|heading| matches!(heading.level, 1..=3));
    headings
        .map(|heading| OutlineEntry {
            href: format!("#{}", heading.anchor),
            number: heading.number.clone().unwrap_or_default(),
            text: heading.text.clone(),
            level: heading.level.max(2),
        })
        .collect()
}
