//! `history-incomplete`: a history from which the text in force cannot be taken.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::shown::{NOT_IN_HISTORY, Shown};
use crate::span::{Place, Span};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "history-incomplete",
    level: Level::Note,
    fixed: false,
    is_secret: false,
    summary: "a history from which the text in force cannot be taken",
    explanation: "The text in force stands in the history of the repository where the file \
        holds a newer one. Only a part of the history is here, or none, so the text \
        of the file is shown as what it is, a proposal. Give the build the whole \
        history: `git fetch --unshallow`, in CI `fetch-depth: 0`.",
};

/// Reports that nobody can say since when the history holds signed records, so that their dates are
/// claims alone.
pub(crate) fn unread(corpus: &Corpus, reason: &str) -> Option<Diagnostic> {
    let record = corpus.records.signed.first()?;
    let place = Place::new(&record.path, Span::new(0, 0));
    let message =
        format!("since when signed records stand in the history cannot be read: {reason}");
    let help = "mend the repository; until then the days of records are only claimed";
    Some(Diagnostic::new(&RULE, place, message).help(help))
}

/// Reports once that the history is too short, where a text in force is wanted from it.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let documents = corpus.documents.iter().zip(&assessment.documents);
    let mut lost = documents.filter_map(|(document, standing)| match &standing.shown {
        Some(Shown::Proposed { reason: Some(reason), .. }) if reason != NOT_IN_HISTORY => {
            Some((document, reason))
        }
        _ => None,
    });
    let Some((document, reason)) = lost.next() else { return };
    let others = match lost.count() {
        0 => String::new(),
        1 => " and one other document".to_owned(),
        more => format!(" and {more} other documents"),
    };
    let message = format!(
        "the text in force of `{}`{others} cannot be taken from the history: {reason}",
        document.id.value
    );
    let help = "give the build the whole history: `git fetch --unshallow`, in CI `fetch-depth: 0`";
    let place = document.head_place(document.id.span);
    diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
}
