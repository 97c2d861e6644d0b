//! Records that lie ahead of the day for which a report holds, and not ahead of today.
//!
//! Whoever verifies for an earlier day finds records in the folder that were signed since. They are
//! no forgeries: they do not count yet.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::evidence::Evidence;
use super::report::RING;
use crate::model::judgement::Flaw;
use crate::model::record::SignedRecord;
use crate::signature::{Decision, Digest};

/// What does not count yet.
#[derive(Debug, Default)]
pub(super) struct Later {
    /// The day from which a record counts, by its number.
    records: BTreeMap<u32, Date>,
    /// The first of them that names a text, by the id of its subject in lower case and its digest.
    texts: BTreeMap<(String, Digest), Date>,
}

impl Later {
    /// Finds all of it.
    pub(super) fn of(evidence: &Evidence<'_>) -> Self {
        let mut later = Self::default();
        let records = evidence.corpus.records.signed.iter().zip(&evidence.judgements().signed);
        for (number, (record, judgement)) in (0_u32..).zip(records) {
            let day = match judgement.flaws.as_slice() {
                [Flaw::Future(day)] => *day,
                // Names begin with moments, so that the signature of the ring before comes first.
                [Flaw::Ring] if later.follows(record) => record.statement.decided_on,
                _ => continue,
            };
            if day <= evidence.assessment.today || !has_come(record, evidence.latest) {
                continue;
            }
            later.records.insert(number, day);
            for subject in &record.statement.subjects {
                let text = (subject.id.to_ascii_lowercase(), subject.digest);
                let first = later.texts.entry(text).or_insert(day);
                *first = (*first).min(day);
            }
        }
        later
    }

    /// Returns whether a record asks for a ring that follows one of a later day.
    fn follows(&self, record: &SignedRecord) -> bool {
        let statement = &record.statement;
        statement.decision == Decision::Enrol
            && statement.ring.is_some_and(|ring| self.text(RING, ring).is_some())
    }

    /// Returns the day from which a record counts that does not yet.
    pub(super) fn record(&self, number: u32) -> Option<Date> {
        self.records.get(&number).copied()
    }

    /// Returns the day of the first of them that names a text.
    pub(super) fn text(&self, id: &str, digest: Digest) -> Option<Date> {
        self.texts.get(&(id.to_ascii_lowercase(), digest)).copied()
    }
}

/// Returns whether the days of a record have come, and fit together. Days of people are those of where
/// they are, so that they may be one ahead of those of signatures.
fn has_come(record: &SignedRecord, latest: Date) -> bool {
    let statement = &record.statement;
    let signed = statement.signed_at.to_zoned(TimeZone::UTC).date();
    let tomorrow = |date: Date| date.tomorrow().unwrap_or(date);
    statement.decided_on <= latest.min(tomorrow(signed)) && signed <= tomorrow(latest)
}
