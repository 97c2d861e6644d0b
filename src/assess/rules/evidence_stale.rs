//! `evidence-stale`: a control whose newest evidence is no longer fresh.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "evidence-stale",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a control whose newest evidence is no longer fresh",
    explanation: "Evidence proves something about its own days. Its `valid_for` has run out and nothing \
        newer names the control.",
};

/// Reports controls whose newest evidence is no longer fresh.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (control, state) in corpus.controls.iter().zip(&assessment.controls) {
        let Some(until) = state.fresh_until.filter(|until| *until < assessment.today) else {
            continue;
        };
        let Some(newest) = state.evidence.first().map(|number| &corpus.evidence[*number as usize])
        else {
            continue;
        };
        let message = format!(
            "the newest evidence of control `{}` was fresh until {until}",
            control.id.value
        );
        let help = "collect newer evidence and record it";
        let diagnostic = Diagnostic::new(&RULE, newest.place.clone(), message)
            .related(control.place.clone(), "the control")
            .help(help);
        diagnostics.push(diagnostic);
    }
}
