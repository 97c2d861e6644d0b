//! `control-without-evidence`: a control that operates, with no proof of it.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "control-without-evidence",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a control that operates, with no proof of it",
    explanation: "The control says since when it operates, and no evidence names it. Without proof it \
        counts as implemented by its owner's word only. Add a record in `content/evidence/`, \
        or enter a finding that says why it did not operate.",
};

/// Reports controls that operate without proof, once everything can be read.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    if !corpus.unread.is_empty() {
        return; // the proof may stand where it could not be read
    }
    for (control, state) in corpus.controls.iter().zip(&assessment.controls) {
        let Some(since) = control.operating_since.filter(|since| *since <= assessment.today) else {
            continue;
        };
        if state.evidence.is_empty() {
            let message = format!(
                "control `{}` operates since {since}, and nothing proves it",
                control.id.value
            );
            let help = "record it in `content/evidence/`, or enter a finding if it did not operate";
            diagnostics.push(Diagnostic::new(&RULE, control.place.clone(), message).help(help));
        }
    }
}
