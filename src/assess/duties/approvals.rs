//! Texts that lack approvals.

use std::collections::BTreeSet;

use super::missing::{Missing, missing};
use super::{Judged, people_of, ring, urgency};
use crate::model::assessment::Urgency;
use crate::model::document::Document;
use crate::model::duty::{Duty, DutyKind, PERSON};
use crate::model::judgement::{Endorsement, SubjectRecords};
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
        let full_by = found.and_then(|text| text.full_by);
        let text = Text { document, digest, records, full_by };
        duties.push(text.duty(shown, written, number));
    }
}

/// A text that lacks approvals.
struct Text<'t> {
    document: &'t Document,
    digest: Digest,
    records: &'t SubjectRecords,
    /// Where it counts in an emergency: the day by which the full approval is due.
    full_by: Option<jiff::civil::Date>,
}

impl Text<'_> {
    fn duty(&self, shown: Judged<'_>, written: Judged<'_>, number: usize) -> Duty {
        let corpus = written.corpus;
        let document = self.document;
        let rule =
            ring(written).rule(document.kind.noun(), document.id.value.as_str(), &document.tags);
        let acts: Vec<&Endorsement> = self
            .records
            .decisions
            .iter()
            .filter(|it| it.digest == Some(self.digest) && it.obstacle.is_none())
            .collect();
        let approvals: Vec<&Endorsement> =
            acts.iter().copied().filter(|it| it.decision == Decision::Approve).collect();
        let lacks = missing(&rule, &approvals);
        let id = document.id.value.to_string();
        let version = document.version.as_ref().map(|it| format!("version {} of ", it.value));
        let version = version.unwrap_or_default();
        let objection = acts
            .iter()
            .filter(|it| !it.decision.is_approval())
            .find(|it| it.decision != Decision::Withdraw);
        let (who, what, why, command) = if let Some(objection) = objection {
            let authors = document.authors.iter().map(|author| author.value.clone());
            let owner = document.owner.iter();
            let owners =
                owner.flat_map(|it| people_of(corpus, &it.value, written.assessment.today));
            let authors: Vec<String> = authors.collect();
            let who = if authors.is_empty() { owners.collect() } else { authors };
            let why = match objection.decision {
                Decision::Reject => "rejected it",
                _ => "asked for changes",
            };
            (who, "Change", format!("{} {why} on {}", objection.by, objection.on), None)
        } else {
            let who = self.who(written, &rule, &lacks, &approvals);
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
        // A day that the text in force has had already says nothing about the new one.
        let in_force = shown.assessment.documents.get(number).and_then(|it| it.in_force.as_ref());
        let effective = document.effective_date.as_ref().map(|date| date.value);
        let effective = effective.filter(|date| in_force.is_none_or(|it| *date > it.effective));
        let by = self.full_by.or(effective);
        Duty {
            kind: DutyKind::Approval,
            title: corpus.filled(&document.title.value).into_owned(),
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
    fn who(
        &self,
        written: Judged<'_>,
        rule: &Rule,
        lacks: &Missing,
        approvals: &[&Endorsement],
    ) -> Vec<String> {
        let Judged { corpus, assessment } = written;
        let mut roles: Vec<&String> = lacks.roles.iter().chain(&lacks.any_of).collect();
        if lacks.people > roles.len() || roles.is_empty() {
            roles.extend(rule.all_of.iter().chain(&rule.any_of));
        }
        let is_named = !roles.is_empty();
        let people = roles.into_iter().flat_map(|role| people_of(corpus, role, assessment.today));
        let is_author = |person: &str| {
            !rule.authors_may_approve && self.document.authors.iter().any(|it| it.value == person)
        };
        let has_approved = |person: &str| approvals.iter().any(|it| it.by == person);
        let people: BTreeSet<String> =
            people.filter(|person| !is_author(person) && !has_approved(person)).collect();
        if is_named {
            return people.into_iter().collect();
        }
        let owner = self.document.owner.iter();
        owner.flat_map(|it| people_of(corpus, &it.value, assessment.today)).collect()
    }
}
