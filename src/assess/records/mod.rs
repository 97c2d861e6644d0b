//! Whether records stand, and what they approve.
//!
//! [`rings`] follows the chain of rings, [`signed`] looks at every signed record as the ring of its
//! time did, and [`approved`] finds the texts that bear what their rule demands. Nothing of this is
//! kept for the next run: a verdict is always worked out anew.

mod approved;
mod gather;
mod gone;
mod rings;
mod signed;
mod witness;

use jiff::civil::Date;

use self::approved::{Law, Text};
pub(super) use self::rings::day;
use self::rings::{Files, Rings};
use self::signed::Bench;
use crate::model::corpus::Corpus;
use crate::model::judgement::{Judgements, Seen};
use crate::signature::Digest;
use crate::workspace::Snapshot;

/// Judges all records on a day. `digests` are those of the texts that stand in files, and `seen` says
/// when which record can be shown to have existed.
pub(super) fn judge(
    corpus: &Corpus,
    snapshot: &Snapshot,
    digests: &[Digest],
    seen: &Seen,
    today: Date,
) -> Judgements {
    let written = rings::written(corpus);
    let signatures = signed::signatures(corpus, &seen.main_line);
    let rings = Rings::follow(&Files {
        corpus,
        snapshot,
        signatures: &signatures,
        witnesses: &seen.witnesses,
        today,
    });
    let signed = signed::judge(
        corpus,
        (snapshot, &seen.witnesses),
        &signatures,
        Bench { rings: &rings, written: &written, today },
    );
    let mut subjects = gather::gather(corpus, digests, &signed, today);
    for (id, records) in &mut subjects {
        let text = text(corpus, digests, id);
        Law { corpus, id, text, rings: &rings, written: &written, judgements: &signed }
            .find(records);
    }
    let gone = gone::records(corpus, snapshot, &seen.gone);
    Judgements { signed, rings: rings.into_judgements(), written, subjects, gone }
}

/// Returns the text that stands in a file for the subject with an id: a document, or an item.
fn text<'c>(corpus: &'c Corpus, digests: &[Digest], id: &str) -> Option<Text<'c>> {
    if let Some((index, document)) = corpus.document_by_id(id) {
        let authors = document.authors.iter().map(|author| author.value.as_str()).collect();
        return Some(Text { digest: digests[index as usize], tags: &document.tags, authors });
    }
    let item = corpus.item(id)?;
    let tags = corpus.item_facts(item).tags;
    Some(Text { digest: corpus.item_digest(item), tags, authors: Vec::new() })
}
