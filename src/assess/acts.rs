//! What people did, as it is written down: lines in files, and signed statements, each with its place.

use jiff::civil::Date;

use super::records::day;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::document::{Approval, Proof, Review};
use crate::model::judgement::{Judgement, RingJudgement};
use crate::model::record::SignedRecord;
use crate::signature::{Act, Ring};
use crate::span::{FilePath, Place, Span, Spanned};

/// A line under `approvals` or `reviews`, of a document or of the records of its earlier versions.
pub(super) struct Line<'c> {
    /// The id of the document.
    pub(super) id: &'c str,
    /// What was done.
    pub(super) act: Act,
    pub(super) by: &'c Spanned<String>,
    pub(super) role: Option<&'c Spanned<String>>,
    pub(super) on: Option<&'c Spanned<Date>>,
    pub(super) digest: Option<&'c Spanned<String>>,
    pub(super) proof: &'c Proof,
    file: &'c FilePath,
    /// Where the file's spans count from.
    start: u32,
}

impl Line<'_> {
    /// Returns the place of something that the line says.
    pub(super) fn place(&self, span: Span) -> Place {
        Place::new(self.file, span.shifted(self.start))
    }
}

/// Returns all lines.
pub(super) fn lines(corpus: &Corpus) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for document in &corpus.documents {
        let at = (&document.path, document.head.start);
        let id = document.id.value.as_str();
        add((&document.approvals, &document.reviews), id, at, &mut lines);
    }
    for (id, earlier) in &corpus.records.earlier {
        add((&earlier.approvals, &earlier.reviews), id, (&earlier.path, 0), &mut lines);
    }
    lines
}

fn add<'c>(
    (approvals, reviews): (&'c [Approval], &'c [Review]),
    id: &'c str,
    (file, start): (&'c FilePath, u32),
    lines: &mut Vec<Line<'c>>,
) {
    lines.extend(approvals.iter().map(|it| Line {
        id,
        act: Act::Approval,
        by: &it.by,
        role: it.role.as_ref(),
        on: it.on.as_ref(),
        digest: it.digest.as_ref(),
        proof: &it.proof,
        file,
        start,
    }));
    lines.extend(reviews.iter().map(|it| Line {
        id,
        act: Act::Review,
        by: &it.by,
        role: it.role.as_ref(),
        on: it.on.as_ref(),
        digest: it.digest.as_ref(),
        proof: &it.proof,
        file,
        start,
    }));
}

/// A signed record, with what is held of it.
pub(super) struct Signed<'c> {
    pub(super) record: &'c SignedRecord,
    pub(super) judgement: &'c Judgement,
    /// Whether every text that it is about is approved, or reviewed since, without it.
    pub(super) is_replaced: bool,
}

/// Returns all signed records in the order of their names.
pub(super) fn signed<'c>(
    corpus: &'c Corpus,
    assessment: &'c Assessment,
) -> impl Iterator<Item = Signed<'c>> {
    let records = corpus.records.signed.iter().zip(&assessment.records.signed);
    records.map(|(record, judgement)| {
        let statement = &record.statement;
        let is_replaced = statement.subjects.iter().all(|subject| {
            let records = assessment.records.subject(&subject.id);
            records.is_some_and(|it| match statement.decision.act() {
                Act::Approval => it.approved.iter().any(|it| it.digest == Some(subject.digest)),
                Act::Review => it
                    .reviews
                    .iter()
                    .any(|review| review.obstacle.is_none() && review.on >= statement.decided_on),
                Act::Acknowledgement | Act::Ring => false,
            })
        });
        Signed { record, judgement, is_replaced }
    })
}

/// Returns the ring that was in force on a day, the first one for days before it.
pub(super) fn ring_on<'c>(
    corpus: &'c Corpus,
    assessment: &Assessment,
    on: Date,
) -> Option<&'c Ring> {
    let rings = &assessment.records.rings;
    let since = |it: &RingJudgement| it.since;
    let found = rings.iter().rposition(|it| since(it).is_some_and(|since| day(since) <= on));
    let first = rings.first().and_then(since).map(|_| 0);
    Some(&corpus.records.rings.get(found.or(first)?)?.ring)
}

/// Joins words as a sentence does: `a`, `b` and `c`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}
