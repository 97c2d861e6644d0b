//! `review-due-soon`: a document whose review is due soon.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::{Assessment, ReviewState};
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "review-due-soon",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a document whose review is due soon",
    explanation: "The next review falls within `review.due_soon` of the settings, 30 days unless they say \
        otherwise.",
};

/// Reports documents whose review is due soon.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (document, standing) in corpus.documents.iter().zip(&assessment.documents) {
        let (ReviewState::DueSoon, Some(next)) = (standing.review, standing.next_review) else {
            continue;
        };
        let place = document.place_of_review(standing.last_reviewed);
        let days = (next - assessment.today).get_days();
        let when = match days {
            0 => "today".to_owned(),
            1 => "tomorrow".to_owned(),
            days => format!("in {days} days"),
        };
        let message = format!("`{}` is to be reviewed by {next}, {when}", document.id.value);
        let help = "review it and record the review under `reviews:`";
        diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
    }
}
