//! `requirement-uncovered`: a requirement in scope that nothing addresses or meets.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::span::{Place, Span};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "requirement-uncovered",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a requirement in scope that nothing addresses or meets",
    explanation: "An engagement examines the framework and the requirement's category is in scope, but no \
        clause addresses it, no control meets it and no exclusion says why it does not apply. An \
        auditor starts here.",
};

/// Reports requirements in scope that nothing covers, once everything can be read.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    if !corpus.unread.is_empty() {
        return; // what covers it may stand where it could not be read
    }
    for (framework, states) in corpus.frameworks.iter().zip(&assessment.coverage) {
        for ((group, requirement), state) in framework.requirements().zip(states) {
            if !state.in_scope || state.exclusion.is_some() || state.step.is_some() {
                continue;
            }
            let engagement =
                corpus.settings.engagements.iter().find(|it| it.examines(framework, group));
            let span = engagement.map_or(Span::default(), |it| it.id.span);
            let place = Place::new(&corpus.settings.path, span);
            let message = format!(
                "nothing covers {} {} of {}: {}",
                framework.requirement_word,
                requirement.id,
                framework.short_title,
                requirement.title
            );
            let help =
                "address it in a clause, meet it with a control, or exclude it with a reason";
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
}
