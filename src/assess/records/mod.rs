//! Whether records stand, and what they approve.
//!
//! [`rings`] follows the chain of rings, [`signed`] looks at every signed record as the ring of its
//! time did, and [`approved`] finds the texts that bear what their rule demands. Nothing of this is
//! kept for the next run: a verdict is always worked out anew.

mod approved;
mod gather;
mod rings;
mod signed;
mod witness;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use self::rings::Rings;
use crate::model::corpus::Corpus;
use crate::model::judgement::Judgements;
use crate::span::FilePath;
use crate::workspace::Snapshot;

/// Judges all records on a day. `seen` says since when the main line of the history holds which.
pub(super) fn judge(
    corpus: &Corpus,
    snapshot: &Snapshot,
    seen: &BTreeMap<FilePath, Timestamp>,
    today: Date,
) -> Judgements {
    let written = rings::written(corpus);
    let signatures = signed::signatures(corpus, seen);
    let rings = Rings::follow(corpus, &signatures, today);
    let signed = signed::judge(corpus, snapshot, &signatures, &rings, &written, today);
    let mut subjects = gather::gather(corpus, &signed, today);
    for (id, records) in &mut subjects {
        approved::find(corpus, id, records, &rings, &written);
    }
    Judgements { signed, rings: rings.into_judgements(), written, subjects }
}
