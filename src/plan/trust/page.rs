//! The other pages: overview, subprocessors, questions, updates, contact, limits.

use std::collections::BTreeMap;

use super::compliance::with_synonyms;
use super::frame::{contact_line, day, mail};
use super::{Page, TrustPlan, owned};
use crate::edition::PublicText;
use crate::edition::trust_center::{PublicQuestion, PublicSubprocessor, PublicUpdate};
use crate::model::address::Address;
use crate::model::id::PublicId;
use crate::model::link::PublicTarget;
use crate::plan::handbook::{title_case, words};
use crate::plan::view::structured_data::Node;
use crate::plan::view::trust::{
    Contact, ContactWay, ControlsSummary, ControlsSummaryGroup, GlanceFact, Glossary, GlossaryTerm,
    NotCovered, NotFound, Overview, QuestionRow, QuestionTopic, Questions, SubprocessorChange,
    SubprocessorRow, Subprocessors, Update, UpdateYear, Updates, VulnerabilityReport,
};
use crate::plan::view::{Cell, Fact, HrefText, Icon, Status, Tone};

impl TrustPlan<'_> {
    pub(super) fn overview(&self) -> Overview {
        let page = Page::Overview;
        let from = self.at(&page);
        let edition = self.edition();
        let name = &edition.organisation().name;
        let headline = edition
            .headline()
            .as_ref()
            .map_or_else(|| format!("Security and compliance at {name}"), |body| self.plain(body));
        let statement =
            edition.statement().as_ref().map(|body| self.plain(body)).unwrap_or_default();
        let governed =
            edition.documents().iter().enumerate().filter(|(_, document)| !document.is_page());
        let documents = governed
            .take(4)
            .map(|(index, document)| self.document_row(&from, index, document))
            .collect();
        let all = edition.documents().iter().filter(|it| !it.is_page()).count()
            + edition.listed_documents().len()
            + edition.attestations().len();
        let actions = [
            self.link(&from, &Page::Documents, "Request documents"),
            self.link(&from, &Page::Questions, "Read the answers"),
        ];
        let glance = edition
            .glance()
            .iter()
            .map(|(label, body)| GlanceFact {
                label: label.to_string(),
                text_html: self.html(&from, body),
            })
            .collect();
        Overview {
            frame: self.frame(&page, "Trust center", &statement, vec![self.organisation_node()]),
            headline,
            statement,
            actions: actions.into_iter().flatten().collect(),
            glance,
            attestations: edition
                .attestations()
                .iter()
                .filter(|it| !it.is_lapsed())
                .map(|it| self.attestation(it))
                .collect(),
            compliance: self.link(
                &from,
                &Page::Compliance,
                "All reports, certificates and mappings",
            ),
            controls: self.controls_summary(&from),
            documents,
            all_documents: self.link(
                &from,
                &Page::Documents,
                format!("All {}", words::count(all, "document", "documents")),
            ),
            changes: self.changes(&from),
            updates: edition.updates().iter().take(3).map(|it| self.update(&from, it)).collect(),
            all_updates: self.link(&from, &Page::Updates, "All updates"),
            questions: self
                .first_of_each_topic()
                .into_iter()
                .take(5)
                .filter_map(|it| {
                    let href =
                        from.href_to(self.address(&Page::Questions)?, Some(it.id().as_str()));
                    Some(HrefText { href, text: it.question().to_string() })
                })
                .collect(),
            all_questions: self.link(
                &from,
                &Page::Questions,
                format!("All {}", words::count(edition.questions().len(), "question", "questions")),
            ),
        }
    }

    /// Returns the first question of each topic, then the second of each, and so on.
    fn first_of_each_topic(&self) -> Vec<&PublicQuestion> {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ranked: Vec<(usize, &PublicQuestion)> = Vec::new();
        for question in self.edition().questions() {
            let rank = seen.entry(question.topic()).or_default();
            ranked.push((*rank, question));
            *rank += 1;
        }
        ranked.sort_by_key(|(rank, _)| *rank);
        ranked.into_iter().map(|(_, question)| question).collect()
    }

    fn controls_summary(&self, from: &Address) -> Option<ControlsSummary> {
        let view = self.controls();
        let number: usize = view.groups.iter().map(|group| group.controls.len()).sum();
        let page = self.address(&Page::Controls)?;
        let groups = view.groups.iter().map(|group| ControlsSummaryGroup {
            title: group.title.clone(),
            href: from.href_to(page, Some(&group.anchor)),
            count: group.count.clone(),
            examples: group.controls.iter().take(3).map(|control| control.title.clone()).collect(),
        });
        Some(ControlsSummary {
            sentence: format!(
                "{} published, self-reported by {}.",
                words::count(number, "control is", "controls are"),
                self.edition().organisation().name
            ),
            groups: groups.collect(),
            all: self.link(
                from,
                &Page::Controls,
                format!("All {}", words::count(number, "control", "controls")),
            )?,
        })
    }

    /// Returns the changes of subprocessors that were announced and are not in effect.
    fn changes(&self, from: &Address) -> Vec<SubprocessorChange> {
        let upcoming = self.edition().subprocessors().iter().filter(|it| *it.is_upcoming());
        upcoming.map(|it| self.change(from, it)).collect()
    }

    fn change(&self, from: &Address, it: &PublicSubprocessor) -> SubprocessorChange {
        let mut facts = Vec::new();
        let mut add = |label: &str, text: Option<String>| {
            facts.extend(
                text.filter(|text| !text.is_empty()).map(|text| Fact::new(label, Cell::text(text))),
            );
        };
        add("Data", Some(it.data_categories().join(", ")));
        add("Locations", Some(it.locations().join(", ")));
        add("Announced", it.announced_on().map(words::day));
        add("Objections until", it.objection_until().map(words::day));
        add("Effective", it.effective_on().map(words::day));
        let page = self.address(&Page::Subprocessors);
        let is_here = page == Some(from);
        let contact = self
            .edition()
            .privacy_contact()
            .as_ref()
            .or(self.edition().security_contact().as_ref());
        SubprocessorChange {
            anchor: format!("change-{}", it.id()),
            href: page
                .filter(|_| !is_here)
                .map(|page| from.href_to(page, Some(&format!("change-{}", it.id())))),
            title: format!("{} joins", it.name()),
            purpose: owned(it.purpose().as_ref()).unwrap_or_default(),
            facts,
            action: contact.map(|contact| HrefText {
                href: mail(
                    contact,
                    &format!("Objection: {}", it.name()),
                    &format!(
                        "We object to: {}\n\nCompany: \nName and role: \nReason: \n",
                        it.name()
                    ),
                ),
                text: "Object by mail".to_owned(),
            }),
        }
    }

    pub(super) fn subprocessors(&self) -> Subprocessors {
        let page = Page::Subprocessors;
        let from = self.at(&page);
        let all = self.edition().subprocessors();
        let changes = self.changes(&from);
        let summary =
            "Organisations that process customers' personal data for us, what they do and where.";
        let forms = [
            (Page::SubprocessorsAtom, "Changes as Atom feed"),
            (Page::SubprocessorsJson, "List as JSON"),
            (Page::SubprocessorsCsv, "List as CSV"),
        ];
        let in_use = all.iter().filter(|it| !it.is_upcoming() && !it.has_ended());
        Subprocessors {
            frame: self.frame(&page, "Subprocessors", summary, Vec::new()),
            title: "Subprocessors".to_owned(),
            summary: summary.to_owned(),
            no_changes: changes.is_empty().then(|| "No change is announced.".to_owned()),
            changes,
            rows: in_use.map(row).collect(),
            ended: all.iter().filter(|it| *it.has_ended()).map(row).collect(),
            forms: forms
                .into_iter()
                .filter_map(|(page, text)| self.link(&from, &page, text))
                .collect(),
        }
    }

    pub(super) fn questions(&self) -> Questions {
        let page = Page::Questions;
        let from = self.at(&page);
        let summary = "What customers ask, answered by the people who do the work.";
        let mut topics: Vec<QuestionTopic> = Vec::new();
        let mut pairs = Vec::new();
        for it in self.edition().questions() {
            let sources = it.controls().iter().map(|id| PublicTarget::Control(id.clone()));
            let documents =
                it.documents().iter().map(|id: &PublicId| PublicTarget::Document(id.clone(), None));
            let sources = sources.chain(documents).filter_map(|target| {
                Some(HrefText {
                    href: self.destination(&from, &target)?,
                    text: self.title(&target)?,
                })
            });
            let row = QuestionRow {
                anchor: it.id().to_string(),
                question: it.question().to_string(),
                answer_html: self.html(&from, it.answer()),
                sources: sources.collect(),
                words: self.words_of_question(it),
            };
            pairs.push((it.question().to_string(), self.plain(it.answer())));
            match topics.iter_mut().find(|topic| topic.title == it.topic().as_str()) {
                Some(topic) => topic.questions.push(row),
                None => topics.push(QuestionTopic {
                    anchor: format!("topic-{}", anchor(it.topic())),
                    title: it.topic().to_string(),
                    questions: vec![row],
                }),
            }
        }
        Questions {
            frame: self.frame(&page, "Questions", summary, vec![Node::questions(&pairs)]),
            title: "Questions".to_owned(),
            summary: summary.to_owned(),
            topics,
        }
    }

    /// Returns the words by which a question is found besides those that are seen: its own, and
    /// the requirements that its controls are mapped to.
    fn words_of_question(&self, question: &PublicQuestion) -> String {
        let mut words: Vec<&str> = question.keywords().iter().map(PublicText::as_str).collect();
        let controls = self.edition().controls().iter();
        for control in controls.filter(|it| question.controls().contains(it.id())) {
            words.push(control.id().as_str());
            for it in control.meets() {
                words.extend([it.framework().as_str(), it.requirement().as_str()]);
            }
        }
        with_synonyms(&words.join(" "), &[question.question(), &self.plain(question.answer())])
    }

    pub(super) fn glossary(&self) -> Glossary {
        let page = Page::Glossary;
        let from = self.at(&page);
        let summary = "What words mean in our documents and answers.";
        let mut terms: Vec<GlossaryTerm> = self
            .edition()
            .terms()
            .iter()
            .map(|it| GlossaryTerm {
                anchor: format!("term-{}", anchor(it.term())),
                term: it.term().to_string(),
                definition_html: self.html(&from, it.definition()),
                words: with_synonyms("", &[it.term()]),
            })
            .collect();
        terms.sort_by_key(|it| it.term.to_lowercase());
        Glossary {
            frame: self.frame(&page, "Glossary", summary, Vec::new()),
            title: "Glossary".to_owned(),
            summary: summary.to_owned(),
            terms,
        }
    }

    pub(super) fn updates(&self) -> Updates {
        let page = Page::Updates;
        let from = self.at(&page);
        let summary = "What is new about security and compliance.";
        let mut years: Vec<UpdateYear> = Vec::new();
        for it in self.edition().updates() {
            let year = it.date().year().to_string();
            if years.last().is_none_or(|last| last.year != year) {
                years.push(UpdateYear { year, updates: Vec::new() });
            }
            if let Some(last) = years.last_mut() {
                last.updates.push(self.update(&from, it));
            }
        }
        Updates {
            frame: self.frame(&page, "Updates", summary, Vec::new()),
            title: "Updates".to_owned(),
            summary: summary.to_owned(),
            years,
        }
    }

    fn update(&self, from: &Address, it: &PublicUpdate) -> Update {
        let page = self.address(&Page::Updates);
        Update {
            anchor: it.id().to_string(),
            href: page.map(|page| from.href_to(page, Some(it.id().as_str()))).unwrap_or_default(),
            date: day(*it.date()),
            kind: update_status(it.kind()),
            title: it.title().to_string(),
            text: self.plain(it.text()),
        }
    }

    pub(super) fn contact(&self) -> Contact {
        let page = Page::Contact;
        let from = self.at(&page);
        let edition = self.edition();
        let summary = "Whom to ask, and how to report a vulnerability.";
        let way = |anchor: &str, title: &str, text: &str, contact: &Option<String>| {
            Some(ContactWay {
                anchor: anchor.to_owned(),
                title: title.to_owned(),
                text: text.to_owned(),
                contact: contact_line(contact.as_ref()?),
            })
        };
        let ways = [
            way(
                "security",
                "Security questions and documents",
                "Ask about security and compliance, or for documents that are given on request.",
                edition.security_contact(),
            ),
            way(
                "privacy",
                "Privacy",
                "Ask about personal data, subprocessors or your rights.",
                edition.privacy_contact(),
            ),
        ];
        let disclosure = edition
            .documents()
            .iter()
            .position(|it| *it.is_page() && it.title().to_lowercase().contains("vulnerability"));
        let vulnerability = edition.security_contact().as_ref().map(|contact| VulnerabilityReport {
            text: "Tell us what you found, where, and how to see it. Please give us time to mend it before you \
                tell others."
                .to_owned(),
            contact: contact_line(contact),
            policy: disclosure.and_then(|index| self.link(&from, &Page::Free(index), "Vulnerability disclosure policy")),
            security_txt: self.link(&from, &Page::SecurityTxt, "security.txt"),
        });
        Contact {
            frame: self.frame(&page, "Contact", summary, Vec::new()),
            title: "Contact".to_owned(),
            summary: summary.to_owned(),
            ways: ways.into_iter().flatten().collect(),
            vulnerability,
        }
    }

    pub(super) fn not_covered(&self) -> NotCovered {
        let summary =
            "What our reports, certificates and controls do not cover, said by ourselves.";
        NotCovered {
            frame: self.frame(&Page::NotCovered, "What is not covered", summary, Vec::new()),
            title: "What is not covered".to_owned(),
            summary: summary.to_owned(),
            limits: self.edition().not_covered().iter().map(|body| self.plain(body)).collect(),
        }
    }

    pub(super) fn not_found(&self) -> NotFound {
        NotFound {
            frame: self.frame(&Page::NotFound, "Not found", "", Vec::new()),
            title: "There is no such page".to_owned(),
            text: "It may have moved, or it was never here.".to_owned(),
        }
    }
}

fn row(it: &PublicSubprocessor) -> SubprocessorRow {
    let entity = [it.legal_name(), it.country()]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    SubprocessorRow {
        anchor: it.id().to_string(),
        name: it.name().to_string(),
        url: it.url().clone(),
        entity,
        purpose: owned(it.purpose().as_ref()).unwrap_or_default(),
        data: it.data_categories().join(", "),
        locations: it.locations().join(", "),
        transfer: it.transfer().as_deref().map(transfer).unwrap_or_default().to_owned(),
        products: it.products().join(", "),
        date: if *it.has_ended() { *it.ended_on() } else { it.since().or(*it.effective_on()) }
            .map(day),
    }
}

/// Returns the words for a mechanism of transfer.
fn transfer(word: &str) -> &'static str {
    match word {
        "none-eea" => "None: stays in the EEA",
        "adequacy" => "Adequacy decision",
        "scc" => "Standard contractual clauses",
        "dpf" => "Data Privacy Framework",
        "bcr" => "Binding corporate rules",
        _ => "",
    }
}

fn update_status(kind: &str) -> Status {
    let (icon, tone) = match kind {
        "certification" => (Icon::Check, Tone::Success),
        "incident" => (Icon::Alert, Tone::Attention),
        "subprocessor" | "advisory" => (Icon::Info, Tone::Info),
        _ => (Icon::Info, Tone::Neutral),
    };
    words::status(icon, title_case(kind), tone)
}

fn anchor(text: &str) -> String {
    text.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}
