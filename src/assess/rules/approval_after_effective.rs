//! `approval-after-effective`: an approval that was given after the text was to count.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::{Endorsement, Obstacle};
use crate::signature::Decision;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-after-effective",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "an approval that was given after the text was to count",
    explanation: "A text counts from its effective date on, and not before it is approved. An \
        approval after that date leaves a gap in which the text that it says was in \
        force was not. Where rules of approval are in force they say with \
        `late_approval` whether such an approval counts at all. Move the effective \
        date and have the text approved again.",
};

/// Reports late approvals of the text in the file or in force, unless a rule admits them.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let has_rules = !corpus.mandates.rules.is_empty();
    let documents = corpus.documents.iter().zip(&assessment.documents).zip(&assessment.texts);
    for ((document, standing), text) in documents {
        let id = document.id.value.as_str();
        let Some(records) = assessment.records.subject(id) else { continue };
        let in_force = standing.in_force.as_ref().and_then(|text| text.digest);
        let is_now = |it: &&Endorsement| {
            it.decision == Decision::Approve
                && it.digest.is_none_or(|it| it == *text || Some(it) == in_force)
        };
        for act in records.decisions.iter().filter(is_now) {
            let Some(effective) = act.effective.filter(|effective| *effective < act.on) else {
                continue;
            };
            let outcome = match act.obstacle {
                Some(Obstacle::Late) => ", and does not count",
                None if !has_rules => "",
                _ => continue,
            };
            let message = format!(
                "`{}` approved `{id}` on {}, after it was to count from {effective}{outcome}",
                act.by, act.on
            );
            let help = "move `effective_date` to a day that is still to come, and have it approved";
            let date = document.effective_date.as_ref().map_or(document.id.span, |it| it.span);
            let place = document.head_place(date);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
}
