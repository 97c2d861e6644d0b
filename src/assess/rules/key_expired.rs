//! `key-expired`: a record that can only be shown after its key was no longer valid.

use crate::assess::acts::signed;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::Flaw;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "key-expired",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a record that can only be shown after its key was no longer valid",
    explanation: "The entry of the key in the ring ends on that day. A signature counts from a \
        key that was valid when it can first be shown to have existed: when a \
        witness saw it, else when the main line of the history holds it, else on the \
        day that it claims. Sign again with a key that is valid. Where the text is \
        approved by others in the meantime this is only a note.",
};

/// Reports records of keys that had expired.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for it in signed(corpus, assessment) {
        for flaw in &it.judgement.flaws {
            let Flaw::KeyExpired(until) = flaw else { continue };
            let by = &it.record.statement.by;
            let message = format!(
                "the key of `{by}` was valid until {until}, and this record can only be shown later"
            );
            let help = "sign again with a key that is valid now";
            let mut diagnostic = Diagnostic::new(&RULE, it.record.place(), message).help(help);
            if it.is_replaced {
                diagnostic.level = Level::Note;
            }
            diagnostics.push(diagnostic);
        }
    }
}
