//! `approver-is-author`: an approval by somebody who wrote the text.

use crate::assess::acts::ring_on;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::{Endorsement, Obstacle};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approver-is-author",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "an approval by somebody who wrote the text",
    explanation: "The rule of approval keeps authors and approvers apart: who wrote a text, \
        and who lends a role to somebody who did, cannot approve it. The approval \
        does not count. Where neither the text nor the statement says who wrote it, \
        nothing shows that they are apart: add `authors:`.",
};

/// Reports approvals of the text in the file or in force by its authors, and texts of which nobody
/// says who wrote them.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let documents = corpus.documents.iter().zip(&assessment.documents).zip(&assessment.texts);
    for ((document, standing), text) in documents {
        let id = document.id.value.as_str();
        let Some(records) = assessment.records.subject(id) else { continue };
        let in_force = standing.in_force.as_ref();
        let is_now = |it: &&Endorsement| {
            it.decision.is_approval()
                && (it.digest.is_none_or(|digest| digest == *text)
                    || in_force.is_some_and(|in_force| in_force.digest == it.digest))
        };
        let place = document.head_place(document.id.span);
        let mut unknown: Vec<&str> = Vec::new();
        for act in records.decisions.iter().filter(is_now) {
            let author = act.on_behalf_of.as_ref().filter(|it| act.authors.contains(it));
            if act.obstacle == Some(Obstacle::Author) {
                let message = match author {
                    Some(author) => {
                        format!("`{}` approved `{id}` for `{author}`, who wrote it", act.by)
                    }
                    None => format!("`{}` approved `{id}` and wrote it", act.by),
                };
                let help = "have it approved by somebody who did not write it";
                diagnostics.push(Diagnostic::new(&RULE, place.clone(), message).help(help));
            }
            let keeps_apart = ring_on(corpus, assessment, act.on).is_some_and(|ring| {
                !ring.rule(document.kind.noun(), id, &document.tags).authors_may_approve
            });
            if act.obstacle.is_none()
                && keeps_apart
                && act.authors.is_empty()
                && document.authors.is_empty()
                && !unknown.contains(&act.by.as_str())
            {
                unknown.push(&act.by);
            }
        }
        if !unknown.is_empty() {
            let message =
                format!("nobody says who wrote `{id}`, so nothing shows that others approved it");
            let help = "add `authors:` and have it approved again";
            let mut diagnostic = Diagnostic::new(&RULE, place, message).help(help);
            diagnostic.level = Level::Warning;
            diagnostics.push(diagnostic);
        }
    }
}
