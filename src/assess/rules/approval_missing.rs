//! `approval-missing`: a document that claims to be in force without a recorded approval.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::{Assessment, Lifecycle};
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-missing",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a document that claims to be in force without a recorded approval",
    explanation: "The effective date has come and no approval is recorded. A document without approvals is \
        a draft; it shows as one everywhere and cannot be public.",
};

/// Reports documents whose effective date has come without an approval.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (document, standing) in corpus.documents.iter().zip(&assessment.documents) {
        let Some(effective) = &document.effective_date else { continue };
        let records = assessment.records.subject(document.id.value.as_str());
        if records.is_some_and(|it| !it.unfinished.is_empty()) {
            continue; // somebody has approved it, and another rule says who is missing
        }
        if standing.lifecycle == Lifecycle::Draft && effective.value <= assessment.today {
            let message = format!(
                "`{}` is to be in force since {} and nobody has approved it",
                document.id.value, effective.value
            );
            let help = "have it approved and record it under `approvals:`, or move the date";
            let place = document.head_place(effective.span);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
}
