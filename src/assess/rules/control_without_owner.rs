//! `control-without-owner`: a control that nobody answers for.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "control-without-owner",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a control that nobody answers for",
    explanation: "A control operates because someone makes it operate. Add `owner:` with a role or a \
        person of `people.yaml`.",
};

/// Reports controls without an owner.
pub(super) fn check(corpus: &Corpus, diagnostics: &mut Vec<Diagnostic>) {
    for control in corpus.controls.iter().filter(|control| control.owner.is_none()) {
        let message = format!("nobody answers for control `{}`", control.id.value);
        let help = "add `owner:` with a role or a person";
        diagnostics.push(Diagnostic::new(&RULE, control.place.clone(), message).help(help));
    }
}
