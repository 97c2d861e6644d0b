//! Corpus and today to [`Assessment`]: every state that is shown anywhere is computed here, once.
//!
//! [`records`] judges what was signed, [`standing`] judges documents, [`evidence`] files of proof, [`occurrences`] and [`coverage`]
//! controls and requirements, [`acknowledgements`] who has accepted what, [`agenda`] says what is due when; each rule has a file of its own in
//! `rules`.

mod acknowledgements;
mod acts;
mod agenda;
pub mod campaigns;
mod coverage;
pub mod duties;
mod evidence;
mod items;
mod occurrences;
mod records;
pub(crate) mod rules;
mod standing;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::model::assessment::{Assessment, Standing};
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::item::ItemStanding;
use crate::model::judgement::{Judgements, Seen};
use crate::model::shown::{Shown, ShownTexts};
use crate::signature::Digest;
use crate::workspace::Snapshot;

pub(crate) use self::standing::{Values, dependencies};

/// What is known of records and texts before it is decided which texts are shown.
#[derive(Debug, Clone)]
pub struct Verdicts {
    /// For each document, the digest of the text of its file.
    pub digests: Vec<Digest>,
    /// What is held of records.
    pub records: Judgements,
    /// Where items stand.
    pub items: BTreeMap<String, ItemStanding>,
}

/// A text in force that is not the one in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The number of the document.
    pub document: usize,
    /// The digest of the text.
    pub digest: Digest,
    /// The words that group it, as those say who signed it: they decided which rule it was judged by.
    pub tags: Option<Vec<String>>,
}

/// Judges records on a day. `seen` says since when the main line of the history holds which record.
pub fn judge(corpus: &Corpus, snapshot: &Snapshot, seen: &Seen, today: Date) -> Verdicts {
    let documents = (0..corpus.documents.len()).into_par_iter();
    let digests: Vec<Digest> =
        documents.map(|index| standing::digest(corpus, snapshot, index)).collect();
    let records = records::judge(corpus, snapshot, &digests, seen, today);
    let items = items::standings(corpus, &records, today);
    Verdicts { digests, records, items }
}

/// Computes digest v1 of the text of a document, by its number.
#[must_use]
pub fn digest(corpus: &Corpus, snapshot: &Snapshot, document: usize) -> Digest {
    standing::digest(corpus, snapshot, document)
}

/// Writes the canonical form of the text of a document, by its number: the bytes whose SHA-256 is
/// its digest.
#[must_use]
pub fn form(corpus: &Corpus, snapshot: &Snapshot, document: usize) -> Vec<u8> {
    standing::form(corpus, snapshot, document)
}

/// Says that the history of signed records could not be read, and why.
#[must_use]
pub fn unread_history(corpus: &Corpus, reason: &str) -> Option<Diagnostic> {
    rules::history_incomplete::unread(corpus, reason)
}

/// Returns the texts in force that stand in no file.
#[must_use]
pub fn wanted(corpus: &Corpus, verdicts: &Verdicts, today: Date) -> Vec<Wanted> {
    let documents = corpus.documents.iter().zip(&verdicts.digests).enumerate();
    let wanted = |(document, (it, digest)): (usize, (&Arc<Document>, &Digest))| {
        let records = verdicts.records.subject(it.id.value.as_str())?;
        let text = standing::in_force(records, today)?;
        let (in_force, tags) = (text.digest?, text.tags.clone());
        let wanted = Wanted { document, digest: in_force, tags };
        (it.kind.is_governed() && in_force != *digest).then_some(wanted)
    };
    documents.filter_map(wanted).collect()
}

/// Says of texts in force that nobody asked for them: whoever writes wants to see what they write.
#[must_use]
pub fn left_alone(wanted: &[Wanted]) -> ShownTexts {
    let proposed = |it: &Wanted| Shown::Proposed { digest: it.digest, reason: None };
    wanted.iter().map(|it| (it.document, proposed(it))).collect()
}

/// Computes all states on a day, of the corpus as it is shown.
#[must_use]
pub fn assess(
    corpus: &Corpus,
    snapshot: &Snapshot,
    verdicts: Verdicts,
    shown: &ShownTexts,
    today: Date,
) -> Assessment {
    let Verdicts { digests, records, items } = verdicts;
    let digest = |index: usize| match shown.get(&index) {
        Some(Shown::InForce { digest, .. }) => *digest,
        _ => digests[index],
    };
    let standings: Vec<Standing> = (0..corpus.documents.len())
        .into_par_iter()
        .map(|index| {
            standing::of(corpus, &records, index, (digest(index), shown.get(&index)), today)
        })
        .collect();
    let acknowledgements = acknowledgements::of(corpus, &standings, &records, today);
    let mut assessment = Assessment {
        today,
        documents: standings,
        evidence: evidence::proofs(corpus, snapshot),
        controls: Vec::new(),
        coverage: Vec::new(),
        agenda: Vec::new(),
        records,
        items,
        acknowledgements,
        texts: digests,
    };
    assessment.controls = coverage::controls(corpus, &assessment);
    assessment.coverage = coverage::frameworks(corpus, &assessment);
    assessment.agenda = agenda::agenda(corpus, &assessment);
    assessment
}

/// Reports what is wrong. `written` is what the files say, where that is not what is shown.
#[must_use]
pub fn check(written: &Corpus, corpus: &Corpus, assessment: &Assessment) -> Vec<Diagnostic> {
    rules::check(written, corpus, assessment)
}
