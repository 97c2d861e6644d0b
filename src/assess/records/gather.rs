//! Everything that was done with each subject: by signed records, and by lines without one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::assess::campaigns::subject_key;
use crate::model::campaign::KIND;
use crate::model::corpus::Corpus;
use crate::model::document::{Approval, Document, Proof, Review};
use crate::model::judgement::{Elsewhere, Endorsement, Flaw, Judgement, Obstacle, SubjectRecords};
use crate::signature::ring::Method;
use crate::signature::{Act, Change, Decision, Digest, Statement, Subject};

/// Gathers what was done until a day with each subject, by its id in lower case.
pub(super) fn gather(
    corpus: &Corpus,
    digests: &[Digest],
    judgements: &[Judgement],
    today: Date,
) -> BTreeMap<String, SubjectRecords> {
    let mut all: BTreeMap<String, SubjectRecords> = BTreeMap::new();
    for ((number, record), judgement) in (0_u32..).zip(&corpus.records.signed).zip(judgements) {
        let statement = &record.statement;
        if judgement.flaws.iter().any(|flaw| matches!(flaw, Flaw::Future(_))) {
            continue;
        }
        for subject in &statement.subjects {
            let id = subject.id.to_ascii_lowercase();
            // A campaign never is a document, whatever its name.
            let id = if subject.kind == KIND { subject_key(&id) } else { id };
            let entry = all.entry(id).or_default();
            let endorsement = endorsement(statement, subject, (number, judgement));
            match statement.decision.act() {
                Act::Approval => entry.decisions.push(endorsement),
                Act::Review => entry.reviews.push(endorsement),
                Act::Acknowledgement => entry.acknowledgements.push(endorsement),
                Act::Ring => {}
            }
        }
    }
    let documents = corpus.documents.iter().zip(digests);
    for (document, text) in documents.filter(|(document, _)| document.kind.is_governed()) {
        let id = document.id.value.as_str().to_ascii_lowercase();
        let earlier = corpus.records.earlier.get(&id);
        let approvals = document.approvals.iter().map(|it| (it, true));
        let before = earlier.into_iter().flat_map(|it| &it.approvals).map(|it| (it, false));
        let approvals = approvals.chain(before);
        let approvals = approvals.filter_map(|it| approval((document, *text), it, today));
        let approvals: Vec<Endorsement> = approvals.collect();
        let before = earlier.into_iter().flat_map(|it| &it.reviews);
        let reviews = document.reviews.iter().chain(before);
        let reviews: Vec<Endorsement> = reviews.filter_map(|it| review(it, today)).collect();
        if !(approvals.is_empty() && reviews.is_empty()) {
            let entry = all.entry(id).or_default();
            entry.decisions.extend(approvals);
            entry.reviews.extend(reviews);
        }
    }
    for records in all.values_mut() {
        let by_time = |one: &Endorsement, other: &Endorsement| {
            (one.on, one.signed_at, &one.by).cmp(&(other.on, other.signed_at, &other.by))
        };
        records.decisions.sort_by(by_time);
        records.reviews.sort_by(by_time);
        records.acknowledgements.sort_by(by_time);
    }
    all
}

fn endorsement(
    statement: &Statement,
    subject: &Subject,
    (number, judgement): (u32, &Judgement),
) -> Endorsement {
    Endorsement {
        by: statement.by.clone(),
        role: statement.role.clone(),
        on_behalf_of: statement.on_behalf_of.clone(),
        decision: statement.decision,
        on: statement.decided_on,
        signed_at: Some(statement.signed_at),
        witnessed: judgement.witness.as_ref().map(|it| it.at),
        method: Method::Signature,
        digest: Some(subject.digest),
        previous: subject.previous,
        version: subject.version.clone(),
        tags: subject.tags.clone(),
        effective: subject.effective,
        retired: subject.retired,
        change: subject.change,
        authors: subject.authors.clone(),
        reason: statement.reason.clone(),
        considered: statement.considered.clone(),
        conclusion: statement.conclusion.clone(),
        elsewhere: None,
        record: Some(number),
        obstacle: (!judgement.stands()).then_some(Obstacle::Flawed),
    }
}

/// Returns what an unsigned line under `approvals` says, unless its day has not come. What the file
/// says of its text is only known of the text that is approved where they are the same.
fn approval(
    (document, text): (&Document, Digest),
    (approval, is_current): (&Approval, bool),
    today: Date,
) -> Option<Endorsement> {
    let Approval { by, role, on, digest, proof, span: _ } = approval;
    let on = unsigned(proof, on.as_ref().map(|on| on.value), today)?;
    let line = line(
        (&by.value, role.as_ref().map(|role| &role.value)),
        on,
        proof,
        digest.as_ref().map(|digest| &digest.value),
    );
    if !is_current || line.digest.is_some_and(|it| it != text) {
        return Some(line);
    }
    Some(Endorsement {
        version: document.version.as_ref().map(|it| it.value.clone()),
        tags: document.tags.clone(),
        effective: document.effective_date.as_ref().map(|date| date.value),
        retired: document.retired_on.as_ref().map(|date| date.value),
        authors: document.authors.iter().map(|author| author.value.clone()).collect(),
        ..line
    })
}

fn review(review: &Review, today: Date) -> Option<Endorsement> {
    let Review { by, role, on, digest, proof, considered, conclusion } = review;
    let on = unsigned(proof, on.as_ref().map(|on| on.value), today)?;
    let digest = digest.as_ref().map(|digest| &digest.value);
    let role = role.as_ref().map(|role| &role.value);
    Some(Endorsement {
        decision: Decision::Keep,
        considered: considered.clone(),
        conclusion: conclusion.clone(),
        ..line((&by.value, role), on, proof, digest)
    })
}

/// Returns the day of a line that no statement stands behind.
fn unsigned(proof: &Proof, on: Option<Date>, today: Date) -> Option<Date> {
    on.filter(|on| proof.statement.is_none() && *on <= today)
}

fn line(
    (by, role): (&String, Option<&String>),
    on: Date,
    proof: &Proof,
    digest: Option<&String>,
) -> Endorsement {
    Endorsement {
        by: by.clone(),
        role: role.cloned(),
        on_behalf_of: None,
        decision: Decision::Approve,
        on,
        signed_at: None,
        witnessed: None,
        method: proof.method.as_ref().map_or(Method::Recorded, |method| method.value),
        // What cannot be a digest is one of no text.
        digest: digest.map(|it| Digest::parse(it).unwrap_or(Digest::OF_NOTHING)),
        previous: None,
        version: None,
        tags: Vec::new(),
        effective: None,
        retired: None,
        change: Change::Material,
        authors: Vec::new(),
        reason: None,
        considered: Vec::new(),
        conclusion: None,
        elsewhere: Some(Elsewhere {
            reference: proof.reference.clone(),
            body: proof.body.clone(),
            file: proof.file.as_ref().map(|it| it.value.clone()),
            sha256: proof.sha256.as_ref().map(|it| it.value.clone()),
        }),
        record: None,
        obstacle: None,
    }
}
