//! `review-overdue`: a document whose review has lapsed.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::{Assessment, ReviewState};
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "review-overdue",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a document whose review has lapsed",
    explanation: "The next review is the last approval or recorded review, plus `review_cycle`. That day \
        has passed. Review the document and record it; a typed date does not help.",
};

/// Reports documents whose review has lapsed.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (document, standing) in corpus.documents.iter().zip(&assessment.documents) {
        let (ReviewState::Overdue, Some(next)) = (standing.review, standing.next_review) else {
            continue;
        };
        let place = document.place_of_review(standing.last_reviewed);
        let days = (assessment.today - next).get_days();
        let plural = if days == 1 { "" } else { "s" };
        let message = format!(
            "the review of `{}` lapsed on {next}, {days} day{plural} ago",
            document.id.value
        );
        let help = "review it and record the review under `reviews:`";
        diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
    }
}
