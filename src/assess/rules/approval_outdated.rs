//! `approval-outdated`: an approval of another text than this one.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::item::{ItemFacts, ItemStanding, ItemState};
use crate::model::shown::Shown;
use crate::model::unread::Declares;
use crate::signature::Digest;
use crate::span::Place;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-outdated",
    level: Level::Note,
    fixed: false,
    is_secret: false,
    summary: "an approval of another text than this one",
    explanation: "An approval covers one exact text: every key of the front matter except the \
        records and mappings, the body, the values of the variables and the images \
        it uses. Its digest differs from the digest of the text as it stands, so the \
        change is only proposed, and what was approved stays in force. Have the new \
        text approved, or take the change back. A control, a record of a register, a mapping or an \
        exclusion has no text in force besides its entry: what stands there is shown and nobody \
        approved it, so this is a warning.",
};

/// Reports documents whose text is not the one that was approved, at the approvals of other texts.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    if corpus.unread.kinds.contains(&Declares::Settings) {
        return; // the digest covers facts that could not be read
    }
    let documents = corpus.documents.iter().zip(&assessment.documents).zip(&assessment.texts);
    for ((document, standing), text) in documents {
        let now = text.to_string();
        let rows = document.approvals.iter().filter_map(|approval| approval.digest.as_ref());
        let others = rows.filter(|it| Digest::is_one(&it.value) && it.value != now);
        let mut places: Vec<Place> = others.map(|it| document.head_place(it.span)).collect();
        let in_force = standing.in_force.as_ref().and_then(|text| text.digest);
        if places.is_empty() && in_force.is_some_and(|it| it != *text) {
            places.push(document.head_place(document.id.span));
        }
        let id = &document.id.value;
        for place in places {
            let message = format!("the text of `{id}` is not the one that was approved");
            let how = if corpus.mandates.keys.is_empty() {
                format!("; the digest of the text is now `{now}`")
            } else {
                format!(": `avouch approve {id}`")
            };
            let why = match &standing.shown {
                Some(Shown::Proposed { reason: Some(reason), .. }) => {
                    format!("; the text in force cannot be shown: {reason}")
                }
                _ => String::new(),
            };
            let help = format!("the change is only proposed; have it approved{how}{why}");
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
    for standing in assessment.items.values() {
        diagnostics.extend(changed(corpus, standing));
    }
}

/// Reports an item that has changed since it was approved.
fn changed(corpus: &Corpus, standing: &ItemStanding) -> Option<Diagnostic> {
    let approved = standing.approved().filter(|_| standing.state() == ItemState::Changed)?;
    let ItemFacts { id, place, .. } = corpus.item_facts(standing.item);
    let message = format!("`{id}` has changed since it was approved on {}", approved.on);
    let help = format!("have it approved: `avouch approve {id}`; or take the change back");
    let mut diagnostic = Diagnostic::new(&RULE, place, message).help(help);
    diagnostic.level = Level::Warning;
    Some(diagnostic)
}
