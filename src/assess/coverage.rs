//! How far controls and requirements have come.
//!
//! The steps are cited < documented < implemented < evidenced < fresh and never merge:
//!
//! - *cited*: a document or a control names the requirement;
//! - *documented*: a clause of a document in force addresses it, or a control that meets it is
//!   described in a document in force;
//! - *implemented*: a control that meets it wholly operates, as its owner states;
//! - *evidenced*: there is proof of every occurrence that was to be expected in the period that is
//!   looked at, or, where the first interval has not ended, of one in it; proof of some is shown
//!   and does not count, nor does a file that is missing or not the one that was registered. That
//!   a finding explains a miss leaves nothing to do and proves nothing;
//! - *fresh*: the newest proof has not gone stale.
//!
//! A requirement is as far as its weakest necessary control: of the controls that meet it wholly,
//! those that operate, or all of them where none does yet. A requirement that is only partly met
//! never gets past documented. A known deviation keeps a control, and every requirement that it
//! meets wholly or partly, at implemented; so does a policy exception that has run out and is not
//! closed, for the controls that it names and the requirements that its clause addresses. Clauses that bind our customers (`for="customers"`) are theirs to carry out and do not count as ours.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::occurrences;
use crate::model::assessment::{
    Assessment, ControlState, Lifecycle, Occurrences, RequirementState, Step,
};
use crate::model::control::Control;
use crate::model::corpus::Corpus;
use crate::model::framework::{Framework, Group};
use crate::model::register::Record;

/// Judges every control.
pub(super) fn controls(corpus: &Corpus, assessment: &Assessment) -> Vec<ControlState> {
    let mut evidence: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let counting = (0u32..).zip(&corpus.evidence).zip(&assessment.evidence);
    for ((number, it), _) in counting.filter(|(_, proof)| proof.counts()) {
        for control in &it.controls {
            evidence.entry(&control.value).or_default().push(number);
        }
    }
    for numbers in evidence.values_mut() {
        let last = |number: &u32| {
            corpus.evidence[*number as usize].period.as_ref().map(|(_, last)| last.value)
        };
        numbers.sort_by_key(|number| std::cmp::Reverse(last(number)));
    }
    let mut described: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for (number, document) in (0u32..).zip(&corpus.documents) {
        for control in &document.controls {
            described.entry(&control.value).or_default().insert(number);
        }
    }
    corpus
        .controls
        .iter()
        .map(|control| {
            let id = control.id.value.as_str();
            let evidence = evidence.remove(id).unwrap_or_default();
            let mut documents = described.remove(id).unwrap_or_default();
            let named =
                control.documents.iter().filter_map(|name| corpus.document_by_id(&name.value));
            documents.extend(named.map(|(number, _)| number));
            documents.retain(|number| in_force(assessment, *number));
            control_state(
                corpus,
                control,
                documents.into_iter().collect(),
                evidence,
                assessment.today,
            )
        })
        .collect()
}

fn in_force(assessment: &Assessment, document: u32) -> bool {
    assessment.documents[document as usize].lifecycle == Lifecycle::InForce
}

fn control_state(
    corpus: &Corpus,
    control: &Control,
    documents: Vec<u32>,
    evidence: Vec<u32>,
    today: Date,
) -> ControlState {
    let id = control.id.value.as_str();
    let deviations: Vec<String> = open_deviations(corpus, today)
        .filter(|record| record.list("controls").iter().any(|it| it.value == id))
        .map(|record| record.id.value.to_string())
        .collect();
    let fresh_until =
        evidence.iter().filter_map(|it| corpus.evidence[*it as usize].fresh_until()).max();
    let occurrences = occurrences::of(corpus, control, &evidence, today);
    let operates =
        control.operating_since.is_some_and(|since| since <= today) && control.owner.is_some();
    let is_proven =
        !evidence.is_empty() && occurrences.as_ref().is_none_or(Occurrences::is_complete);
    let step = match (documents.is_empty(), operates) {
        (true, _) => Step::Cited,
        (false, false) => Step::Documented,
        (false, true) if !is_proven || !deviations.is_empty() => Step::Implemented,
        (false, true) if fresh_until.is_some_and(|until| until >= today) => Step::Fresh,
        (false, true) => Step::Evidenced,
    };
    ControlState { step, documents, evidence, occurrences, fresh_until, deviations }
}

/// Returns the departures that nothing permits: open findings that are deviations or deficiencies,
/// and policy exceptions that have run out.
fn open_deviations(corpus: &Corpus, today: Date) -> impl Iterator<Item = &Record> {
    let findings = corpus.register("findings").iter().filter(|finding| {
        matches!(finding.text("kind"), Some("deviation" | "deficiency")) && !finding.is_closed()
    });
    let exceptions = corpus.register("policy-exceptions").iter();
    findings.chain(exceptions.filter(move |it| it.has_expired(today)))
}

/// Judges every requirement of every framework.
pub(super) fn frameworks(corpus: &Corpus, assessment: &Assessment) -> Vec<Vec<RequirementState>> {
    let mut citations = Citations::collect(corpus);
    corpus
        .frameworks
        .iter()
        .map(|framework| {
            framework
                .requirements()
                .map(|(group, requirement)| {
                    let key = (framework.id.clone(), requirement.id.to_ascii_lowercase());
                    let mut state = citations.0.remove(&key).unwrap_or_else(nothing);
                    state.exclusion = exclusion(corpus, framework, &requirement.id);
                    state.in_scope = in_scope(corpus, framework, group);
                    state.deviations = deviations(corpus, &state, assessment);
                    state.step = step(&state, assessment);
                    state
                })
                .collect()
        })
        .collect()
}

/// What names each requirement, by framework and id in lower case.
struct Citations(BTreeMap<(String, String), RequirementState>);

impl Citations {
    fn collect(corpus: &Corpus) -> Self {
        let mut all = Self(BTreeMap::new());
        for (number, document) in (0u32..).zip(&corpus.documents) {
            for it in &document.addresses {
                let state = all.state(&it.framework.value, &it.requirement.value);
                if !state.documents.contains(&number) {
                    state.documents.push(number);
                }
            }
            for (clause_number, clause) in (0u32..).zip(&document.outline.clauses) {
                if clause.audiences.iter().any(|audience| audience == "customers") {
                    continue;
                }
                for mapping in &clause.mappings {
                    for id in &mapping.requirements {
                        all.state(&mapping.framework.value, &id.value)
                            .clauses
                            .push((number, clause_number));
                    }
                }
            }
        }
        for (number, control) in (0u32..).zip(&corpus.controls) {
            for it in &control.meets {
                all.state(&it.framework.value, &it.requirement.value)
                    .controls
                    .push((number, it.is_partial));
            }
        }
        all
    }

    fn state(&mut self, framework: &str, requirement: &str) -> &mut RequirementState {
        let key = (framework.to_owned(), requirement.to_ascii_lowercase());
        self.0.entry(key).or_insert_with(nothing)
    }
}

fn nothing() -> RequirementState {
    RequirementState {
        exclusion: None,
        in_scope: false,
        step: None,
        clauses: Vec::new(),
        documents: Vec::new(),
        controls: Vec::new(),
        deviations: Vec::new(),
    }
}

/// Returns what holds back the controls that meet a requirement, and the policy exceptions that
/// have run out from clauses that address it; each once.
fn deviations(corpus: &Corpus, state: &RequirementState, assessment: &Assessment) -> Vec<String> {
    let controls = state.controls.iter().map(|(number, _)| &assessment.controls[*number as usize]);
    let mut all: BTreeSet<&str> =
        controls.flat_map(|control| &control.deviations).map(String::as_str).collect();
    for exception in corpus.register("policy-exceptions") {
        let departs = state.clauses.iter().any(|(document, clause)| {
            let document = corpus.document(*document);
            let clause = &document.outline.clauses[*clause as usize];
            let is = |key: &str, id: &str| {
                exception.text(key).is_some_and(|it| it.eq_ignore_ascii_case(id))
            };
            is("document", document.id.value.as_str()) && is("clause", &clause.anchor)
        });
        if departs && exception.has_expired(assessment.today) {
            all.insert(exception.id.value.as_str());
        }
    }
    all.into_iter().map(str::to_owned).collect()
}

fn exclusion(corpus: &Corpus, framework: &Framework, requirement: &str) -> Option<String> {
    let mut exclusions = corpus.settings.exclusions.iter();
    let found = exclusions.find(|it| {
        it.framework.value == framework.id && it.requirement.value.eq_ignore_ascii_case(requirement)
    })?;
    Some(found.reason.clone())
}

/// Returns whether any engagement examines the group: its framework is named, and its category is
/// named or none is.
fn in_scope(corpus: &Corpus, framework: &Framework, group: &Group) -> bool {
    corpus.settings.engagements.iter().any(|it| it.examines(framework, group))
}

fn step(state: &RequirementState, assessment: &Assessment) -> Option<Step> {
    if state.clauses.is_empty() && state.documents.is_empty() && state.controls.is_empty() {
        return None;
    }
    let is_described = state.clauses.iter().any(|(document, _)| in_force(assessment, *document));
    let documented = if is_described { Step::Documented } else { Step::Cited };
    let steps = |is_counted: &dyn Fn(bool, Step) -> bool| {
        let steps = state
            .controls
            .iter()
            .map(|(number, is_partial)| (*is_partial, assessment.controls[*number as usize].step));
        steps
            .filter(|(is_partial, step)| is_counted(*is_partial, *step))
            .map(|(_, step)| step)
            .min()
    };
    let operating = steps(&|is_partial, step| !is_partial && step >= Step::Implemented);
    let planned = steps(&|is_partial, _| !is_partial);
    let partial = steps(&|_, _| true).map(|step| step.min(Step::Documented));
    let reached = operating.or(planned).or(partial).map_or(documented, |step| step.max(documented));
    let cap = if state.deviations.is_empty() { Step::Fresh } else { Step::Implemented };
    Some(reached.min(cap))
}
