//! `evidence-changed`: a file of evidence that is missing or not the one that was registered.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::{Assessment, Proof};
use crate::model::corpus::Corpus;
use crate::span::Place;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "evidence-changed",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a file of evidence that is missing or not the one that was registered",
    explanation: "The record of evidence holds the SHA-256 of its file, and the file does not have it any \
        more, or is gone. Such evidence proves nothing and does not count. Bring the file back, or \
        register a new one under a new id.",
};

/// Reports files that are missing or changed.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (evidence, proof) in corpus.evidence.iter().zip(&assessment.evidence) {
        let Some(file) = evidence.file.as_ref().filter(|_| !proof.counts()) else { continue };
        let id = &evidence.id.value;
        let (span, message, help) = match (proof, &evidence.sha256) {
            (Proof::Changed, Some(hash)) => (
                hash.span,
                format!("the file of `{id}` is not the one that was registered"),
                "bring the registered file back, or register this one under a new id",
            ),
            _ => (
                file.span,
                format!("there is no file `content/evidence/{}`", file.value),
                "put the file there, or name the system that holds it under `source:`",
            ),
        };
        let place = Place::new(&evidence.place.path, span);
        diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
    }
}
