//! `approval-missing`: a document that claims to be in force without a recorded approval, or an item that
//! a rule wants to be approved.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::{Assessment, Lifecycle};
use crate::model::corpus::Corpus;
use crate::model::item::ItemState;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-missing",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a document that claims to be in force without a recorded approval",
    explanation: "The effective date has come and no approval is recorded. A document without approvals is \
        a draft; it shows as one everywhere and cannot be public. A control, a record of a register, a \
        mapping or an exclusion is reported where a rule of approval names it, its kind or a tag of it; \
        one that is closed needs no approval.",
};

/// Reports documents whose effective date has come without an approval, and items that lack one.
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
    for (id, standing) in &assessment.items {
        let records = assessment.records.subject(id);
        let is_it = |digest: Option<_>| digest == Some(standing.digest);
        let has_begun = records.is_some_and(|it| it.unfinished.iter().any(|it| is_it(it.digest)));
        let facts = corpus.item_facts(standing.item);
        let is_due = standing.is_governed && !facts.is_closed && !has_begun;
        if is_due && standing.state() == ItemState::Unapproved {
            let message = format!("nobody has approved `{}`, as a rule demands", facts.id);
            let help = format!("have it approved: `avouch approve {}`", facts.id);
            diagnostics.push(Diagnostic::new(&RULE, facts.place, message).help(help));
        }
    }
}
