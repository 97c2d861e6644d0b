//! Corpus and today to [`Assessment`]: every state that is shown anywhere is computed here, once.
//!
//! [`standing`] judges documents, [`evidence`] files of proof, [`occurrences`] and [`coverage`]
//! controls and requirements, [`agenda`] says what is due when; each rule has a file of its own in
//! `rules`.

mod agenda;
mod coverage;
mod evidence;
mod occurrences;
pub(crate) mod rules;
mod standing;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::workspace::Snapshot;

/// Judges the corpus on a day.
pub fn assess(corpus: &Corpus, snapshot: &Snapshot, today: Date) -> (Assessment, Vec<Diagnostic>) {
    let standings = (0..corpus.documents.len())
        .into_par_iter()
        .map(|index| standing::of(corpus, snapshot, index, today))
        .collect();
    let mut assessment = Assessment {
        today,
        documents: standings,
        evidence: evidence::proofs(corpus, snapshot),
        controls: Vec::new(),
        coverage: Vec::new(),
        agenda: Vec::new(),
    };
    assessment.controls = coverage::controls(corpus, &assessment);
    assessment.coverage = coverage::frameworks(corpus, &assessment);
    assessment.agenda = agenda::agenda(corpus, &assessment);
    let diagnostics = rules::check(corpus, &assessment);
    (assessment, diagnostics)
}
