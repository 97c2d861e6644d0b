//! Texts that lack approvals.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Judged, people_of, ring, urgency};
use crate::model::assessment::Urgency;
use crate::model::duty::{Duty, DutyKind, PERSON};
use crate::model::item::ItemState;
use crate::model::judgement::{Endorsement, SubjectRecords};
use crate::model::lack::Lack;
use crate::signature::ring::Rule;
use crate::signature::{Decision, Digest};

/// Adds texts of files that nobody approved or not everyone who must, and emergency approvals that wait
/// for the full one.
pub(super) fn add(shown: Judged<'_>, written: Judged<'_>, duties: &mut Vec<Duty>) {
    let nothing = SubjectRecords::default();
    for (number, document) in written.corpus.documents.iter().enumerate() {
        if !document.kind.is_governed() {
            continue;
        }
        let id = document.id.value.as_str();
        let digest = written.assessment.documents[number].digest;
        let records = written.assessment.records.subject(id).unwrap_or(&nothing);
        let found = records.approved.iter().find(|text| text.digest.is_none_or(|it| it == digest));
        if let Some(text) = found
            && text.full_by.is_none()
        {
            continue;
        }
        // A day that the text in force has had already says nothing about the new one.
        let in_force = shown.assessment.documents.get(number).and_then(|it| it.in_force.as_ref());
        let effective = document.effective_date.as_ref().map(|date| date.value);
        let text = Text {
            id,
            title: &document.title.value,
            version: document.version.as_ref().map(|it| it.value.as_str()),
            rule: ring(written).rule(document.kind.noun(), id, &document.tags),
            authors: document.authors.iter().map(|author| author.value.as_str()).collect(),
            owner: document.owner.as_ref().map(|it| it.value.as_str()),
            effective: effective.filter(|date| in_force.is_none_or(|it| *date > it.effective)),
            digest,
            records,
            full_by: found.and_then(|text| text.full_by),
        };
        duties.push(text.duty(written));
    }
    items(written, duties);
}

/// Adds controls, records of registers, mappings and exclusions that changed since they were approved, or
/// that lack approvals.
fn items(written: Judged<'_>, duties: &mut Vec<Duty>) {
    let nothing = SubjectRecords::default();
    for (id, standing) in &written.assessment.items {
        let facts = written.corpus.item_facts(standing.item);
        let records = written.assessment.records.subject(id).unwrap_or(&nothing);
        let full_by = standing.in_force.as_ref().and_then(|text| text.full_by);
        let is_wanted = match standing.state() {
            ItemState::Changed => true,
            ItemState::Unapproved if facts.is_closed => false,
            ItemState::Unapproved => standing.is_governed || !records.decisions.is_empty(),
            ItemState::Approved | ItemState::Awaiting => full_by.is_some(),
        };
        if !is_wanted {
            continue;
        }
        let text = Text {
            id: &facts.id,
            title: &facts.title,
            version: facts.version,
            rule: ring(written).rule(&facts.kind, &facts.id, facts.tags),
            authors: Vec::new(),
            owner: facts.owner,
            effective: None,
            digest: standing.digest,
            records,
            full_by: full_by.filter(|_| standing.state() == ItemState::Approved),
        };
        duties.push(text.duty(written));
    }
}

/// A text that lacks approvals.
struct Text<'t> {
    id: &'t str,
    title: &'t str,
    version: Option<&'t str>,
    /// What an approval of it takes today.
    rule: Rule,
    authors: Vec<&'t str>,
    owner: Option<&'t str>,
    /// The day from which it is to count.
    effective: Option<Date>,
    digest: Digest,
    records: &'t SubjectRecords,
    /// Where it counts in an emergency: the day by which the full approval is due.
    full_by: Option<Date>,
}

impl Text<'_> {
    fn duty(&self, written: Judged<'_>) -> Duty {
        let corpus = written.corpus;
        let acts: Vec<&Endorsement> = self
            .records
            .decisions
            .iter()
            .filter(|it| it.digest == Some(self.digest) && it.obstacle.is_none())
            .collect();
        let approvals: Vec<&Endorsement> =
            acts.iter().copied().filter(|it| it.decision == Decision::Approve).collect();
        let lacks = Lack::of(&self.rule, &approvals);
        let id = self.id.to_owned();
        let version = self.version.map(|it| format!("version {it} of "));
        let version = version.unwrap_or_default();
        let objection = acts
            .iter()
            .filter(|it| !it.decision.is_approval())
            .find(|it| it.decision != Decision::Withdraw);
        let (who, what, why, command) = if let Some(objection) = objection {
            let authors: Vec<String> = self.authors.iter().map(|&it| it.to_owned()).collect();
            let who = if authors.is_empty() { self.owners(written) } else { authors };
            let why = match objection.decision {
                Decision::Reject => "rejected it",
                _ => "asked for changes",
            };
            (who, "Change", format!("{} {why} on {}", objection.by, objection.on), None)
        } else {
            let who = self.who(written, &lacks, &approvals);
            let lacks_words =
                if lacks.is_nothing() { "one person".to_owned() } else { lacks.words() };
            let mut why = format!("missing: {lacks_words}");
            if !approvals.is_empty() {
                let by: Vec<&str> = approvals.iter().map(|it| it.by.as_str()).collect();
                why = format!("approved by {}; {why}", by.join(", "));
            }
            if self.full_by.is_some() {
                why = format!("counts by an emergency approval; {why}");
            }
            if who.is_empty() {
                why += "; nobody can give it today";
            }
            let command = (!who.is_empty()).then(|| format!("avouch approve {id} --as {PERSON}"));
            (who, "Approve", why, command)
        };
        let by = self.full_by.or(self.effective);
        Duty {
            kind: DutyKind::Approval,
            title: corpus.filled(self.title).into_owned(),
            what: format!("{what} {version}").trim_end().to_owned(),
            who,
            by,
            urgency: by.map_or(Urgency::Soon, |by| urgency(written, by)),
            why,
            command,
            id,
        }
    }

    /// Returns who can give what is missing today. Where the rule names no role, whoever owns the text
    /// answers for finding somebody.
    fn who(&self, written: Judged<'_>, lacks: &Lack, approvals: &[&Endorsement]) -> Vec<String> {
        let Judged { corpus, assessment } = written;
        let rule = &self.rule;
        let mut roles: Vec<&String> = lacks.roles.iter().chain(&lacks.any_of).collect();
        if lacks.people > roles.len() || roles.is_empty() {
            roles.extend(rule.all_of.iter().chain(&rule.any_of));
        }
        let is_named = !roles.is_empty();
        let people = roles.into_iter().flat_map(|role| people_of(corpus, role, assessment.today));
        let is_author = |person: &str| !rule.authors_may_approve && self.authors.contains(&person);
        let has_approved = |person: &str| approvals.iter().any(|it| it.by == person);
        let people: BTreeSet<String> =
            people.filter(|person| !is_author(person) && !has_approved(person)).collect();
        if is_named {
            return people.into_iter().collect();
        }
        self.owners(written)
    }

    /// Returns the people who answer for it today.
    fn owners(&self, written: Judged<'_>) -> Vec<String> {
        let Judged { corpus, assessment } = written;
        let owner = self.owner.iter();
        owner.flat_map(|it| people_of(corpus, it, assessment.today)).collect()
    }
}
