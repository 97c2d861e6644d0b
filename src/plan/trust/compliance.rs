//! Attestations, frameworks and controls.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::frame::period;
use super::{Page, TrustPlan, owned};
use crate::edition::PublicText;
use crate::edition::trust_center::{
    PublicAttestation, PublicControl, PublicFramework, PublicGroup, PublicMapping,
};
use crate::model::address::Address;
use crate::model::register::AttestationKind;
use crate::model::synonyms;
use crate::plan::handbook::{title_case, words};
use crate::plan::view::trust::{
    AttestationCard, AttestationState, Compliance, ControlGroup, ControlRow, Controls,
    FrameworkGroup, FrameworkSection, RelatedControl, RelatedControls, RequirementRow,
};
use crate::plan::view::{Cell, Chip, Fact, HrefText, Icon, Status, Tone};

impl TrustPlan<'_> {
    pub(super) fn compliance(&self) -> Compliance {
        let page = Page::Compliance;
        let from = self.at(&page);
        let edition = self.edition();
        let summary = "Reports and certificates of third parties, and the frameworks to which controls are mapped.";
        let card = |it: &PublicAttestation| self.attestation(it);
        let (lapsed, current): (Vec<_>, Vec<_>) =
            edition.attestations().iter().partition(|it| *it.is_lapsed());
        Compliance {
            frame: self.frame(&page, "Compliance", summary, vec![self.organisation_node()]),
            title: "Compliance".to_owned(),
            summary: summary.to_owned(),
            current: current.into_iter().map(card).collect(),
            coming: Vec::new(),
            lapsed: lapsed.into_iter().map(card).collect(),
            frameworks: edition
                .frameworks()
                .iter()
                .map(|framework| self.framework(&from, framework))
                .collect(),
            self_reported: self.self_reported(),
            not_covered: self.link(&from, &Page::NotCovered, "What is not covered"),
        }
    }

    pub(super) fn self_reported(&self) -> String {
        let name = &self.edition().organisation().name;
        format!(
            "Controls and mappings are self-reported by {name}. What a report covers is said beside the report."
        )
    }

    /// Returns a report or certificate as a card.
    pub(super) fn attestation(&self, it: &PublicAttestation) -> AttestationCard {
        let is_clean = matches!(it.opinion().as_deref(), None | Some("unqualified"));
        let state = match (it.kind(), it.is_lapsed()) {
            (_, true) => AttestationState::Lapsed,
            (AttestationKind::IsoCertificate, _) => AttestationState::Certified,
            (AttestationKind::PenetrationTestLetter, _) => AttestationState::Tested,
            (_, _) if is_clean => AttestationState::Attested,
            (_, _) => AttestationState::AttestedWithReservation,
        };
        let mut facts = Vec::new();
        let mut add = |label: &str, text: Option<String>| {
            facts.extend(text.map(|text| Fact::new(label, Cell::text(text))));
        };
        add("Period examined", it.period().map(|(from, until)| period(from, until)));
        add(it.kind().date_words(), it.date().map(words::day));
        add("Opinion", it.opinion().as_ref().map(|opinion| title_case(opinion)));
        add(it.kind().issuer_words(), owned(it.issuer().as_ref()));
        let report_date = it.report_date().filter(|date| Some(*date) != *it.date());
        add("Report date", report_date.map(words::day));
        add("Valid until", it.valid_until().map(words::day));
        add("Certificate", owned(it.certificate_number().as_ref()));
        add("Accreditation", owned(it.accreditation().as_ref()));
        let note = (!is_clean)
            .then(|| "The opinion is not unqualified: ask for the report and read it.".to_owned());
        AttestationCard {
            anchor: it.id().to_string(),
            title: it.title().to_string(),
            kind: it.kind().phrase().to_owned(),
            status: state.status(),
            scope: owned(it.scope().as_ref()),
            facts,
            categories: it.categories().iter().map(|text| chip(title_case(text))).collect(),
            access: Some(self.on_request(it.title(), *it.requires_nda())),
            note,
        }
    }

    fn framework(&self, from: &Address, framework: &PublicFramework) -> FrameworkSection {
        let examined = framework.groups().iter().filter(|it| !it.examined_by().is_empty()).count();
        let standing = if examined == framework.groups().len() {
            words::status(Icon::Info, "In scope of an examination", Tone::Info)
        } else if examined > 0 {
            words::status(Icon::Half, "Partly in scope of an examination", Tone::Info)
        } else {
            not_examined()
        };
        let met = framework.groups().iter().map(|group| group.requirements().len()).sum();
        let controls: Vec<&PublicControl> = self
            .edition()
            .controls()
            .iter()
            .filter(|it| mappings(it, framework.id()).next().is_some())
            .collect();
        let listed = controls.iter().filter(|it| *it.is_listed()).count();
        let mut sentence = format!(
            "{} {} mapped to {}",
            words::count(controls.len(), "published control", "published controls"),
            if controls.len() == 1 { "is" } else { "are" },
            words::count(met, framework.requirement_word(), framework.requirements_word()),
        );
        if listed > 0 {
            // Writing to a string cannot fail.
            let _ = write!(sentence, "; {listed} of them by title only");
        }
        sentence.push('.');
        if examined > 0 {
            sentence.push_str(
                " An examination looks at a category or a standard as a whole and vouches for no \
                 single row; whether a control meets a requirement wholly or in part is our own \
                 judgement.",
            );
        }
        FrameworkSection {
            anchor: framework.id().clone(),
            title: framework.short_title().clone(),
            edition: framework.title().clone(),
            standing,
            sentence,
            requirement_word: title_case(framework.requirement_word()),
            groups: framework
                .groups()
                .iter()
                .map(|group| {
                    let group = self.framework_group(from, framework.id(), group);
                    FrameworkGroup { standing: group.standing.filter(|_| examined > 0), ..group }
                })
                .collect(),
        }
    }

    fn framework_group(
        &self,
        from: &Address,
        framework: &str,
        group: &PublicGroup,
    ) -> FrameworkGroup {
        let (standing, relations) = if group.examined_by().is_empty() {
            (not_examined(), ["Related", "Related to a part"])
        } else {
            let word = format!("In scope of {}", group.examined_by().join(", "));
            (words::status(Icon::Info, word, Tone::Info), ["Met by", "Partly met by"])
        };
        let requirements = group.requirements().iter().map(|(id, title)| {
            let related = [false, true].into_iter().zip(relations).map(|(is_partial, relation)| {
                let controls = self.related(from, (framework, id), is_partial);
                RelatedControls { relation: relation.to_owned(), controls }
            });
            RequirementRow {
                id: id.clone(),
                title: title.clone(),
                controls: related.filter(|it| !it.controls.is_empty()).collect(),
            }
        });
        FrameworkGroup {
            title: group.title().clone(),
            standing: Some(standing),
            requirements: requirements.collect(),
        }
    }

    /// Returns the controls that meet a requirement of a framework wholly, or those that meet a
    /// part of it.
    fn related(
        &self,
        from: &Address,
        (framework, requirement): (&str, &str),
        is_partial: bool,
    ) -> Vec<RelatedControl> {
        let controls = self.edition().controls().iter().filter(|control| {
            mappings(control, framework).any(|it| {
                it.requirement().eq_ignore_ascii_case(requirement) && *it.is_partial() == is_partial
            })
        });
        let page = self.address(&Page::Controls);
        let link = |control: &PublicControl| {
            let href = from.href_to(page?, Some(control.id().as_str()));
            let text = format!("{} {}", control.id(), control.title());
            let note = control.is_listed().then(|| "title only, details on request".to_owned());
            Some(RelatedControl { link: HrefText { href, text }, note })
        };
        controls.filter_map(link).collect()
    }

    pub(super) fn controls(&self) -> Controls {
        let page = Page::Controls;
        let edition = self.edition();
        let summary = "What is done to keep the service and its data safe, control by control.";
        let mut groups: Vec<ControlGroup> = Vec::new();
        for control in edition.controls() {
            let title = title_case(control.family());
            if groups.last().is_none_or(|group| group.title != title) {
                groups.push(ControlGroup {
                    anchor: format!("group-{}", control.family().replace('/', "-")),
                    title,
                    ..ControlGroup::default()
                });
            }
            let name = format!("control {} {}", control.id(), control.title());
            let row = ControlRow {
                anchor: control.id().to_string(),
                id: control.id().to_string(),
                title: control.title().to_string(),
                summary: owned(control.summary().as_ref()).unwrap_or_else(|| {
                    "Only the title is published; details on request.".to_owned()
                }),
                request: control.summary().is_none().then(|| self.request(&name)).flatten(),
                words: words_of(control),
                operating: None,
                frameworks: self.control_chips(control),
                documents: Vec::new(),
            };
            if let Some(group) = groups.last_mut() {
                group.controls.push(row);
            }
        }
        for group in &mut groups {
            group.count = words::count(group.controls.len(), "control", "controls");
        }
        Controls {
            frame: self.frame(&page, "Controls", summary, Vec::new()),
            title: "Controls".to_owned(),
            summary: summary.to_owned(),
            self_reported: self.self_reported(),
            groups,
        }
    }

    fn control_chips(&self, control: &PublicControl) -> Vec<Chip> {
        let frameworks = self.edition().frameworks().iter();
        frameworks
            .filter_map(|framework| {
                let ids: Vec<String> = mappings(control, framework.id())
                    .map(|it| {
                        let extent = if *it.is_partial() { " (in part)" } else { "" };
                        format!("{}{extent}", it.requirement())
                    })
                    .collect();
                let text = format!("{}: {}", framework.short_title(), ids.join(", "));
                (!ids.is_empty()).then(|| chip(text))
            })
            .collect()
    }
}

fn mappings<'c>(
    control: &'c PublicControl,
    framework: &'c str,
) -> impl Iterator<Item = &'c PublicMapping> {
    control.meets().iter().filter(move |it| it.framework() == framework)
}

fn chip(text: impl Into<String>) -> Chip {
    Chip { text: text.into(), href: None }
}

/// Returns the words by which a control is found besides those that are seen.
fn words_of(control: &PublicControl) -> String {
    let frameworks: BTreeSet<&str> =
        control.meets().iter().map(|it| it.framework().as_str()).collect();
    let keywords = control.keywords().iter().map(PublicText::as_str);
    let words = keywords.chain(frameworks).collect::<Vec<_>>().join(" ");
    let summary = control.summary().as_deref().unwrap_or_default();
    with_synonyms(&words, &[control.title(), summary])
}

/// Adds what else people may type to find a text.
pub(super) fn with_synonyms(words: &str, seen: &[&str]) -> String {
    let others = synonyms::others(&format!("{} {words}", seen.join(" ")));
    std::iter::once(words)
        .filter(|words| !words.is_empty())
        .chain(others)
        .collect::<Vec<_>>()
        .join(" ")
}

fn not_examined() -> Status {
    words::status(Icon::Dash, "Mapped, not examined", Tone::Neutral)
}

/// Returns the state of a document's row.
pub(super) fn under_review(is_under_review: bool) -> Option<Status> {
    is_under_review.then(|| words::status(Icon::Clock, "Under review", Tone::Attention))
}
