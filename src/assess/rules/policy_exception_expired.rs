//! `policy-exception-expired`: a policy exception that has run out and is still active.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::span::Place;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "policy-exception-expired",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a policy exception that has run out and is still active",
    explanation: "The permission to depart from the policy ended on its day, so it permits nothing any \
        more, and holds back the controls that it names and the requirements that its clause \
        addresses. End the exception and close the exception, or have a new one granted.",
};

/// Reports active exceptions whose day has passed.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for exception in corpus.register("policy-exceptions") {
        let (Some(expires), Some(value)) =
            (exception.date("expires_on"), exception.value("expires_on"))
        else {
            continue;
        };
        if exception.has_expired(assessment.today) {
            let message = format!(
                "the exception `{}` ended on {expires} and is still active",
                exception.id.value
            );
            let help =
                "end the exception and say `status: closed`, or have a new exception granted";
            let place = Place::new(&exception.place.path, value.span);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
}
