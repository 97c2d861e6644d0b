//! `key-compromised`: a record of a key that was retired, or that others may have had.

use crate::assess::acts::signed;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::Flaw;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "key-compromised",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a record of a key that was retired, or that others may have had",
    explanation: "What a retired key signed before stands; what can only be shown from the day \
        of its retirement on does not. A key that others may have had since some day \
        proves nothing any more, whatever date the record claims, unless a witness \
        from outside saw the record before that day. Sign again with another key. \
        Where the text is approved by others in the meantime this is only a note. No \
        setting lowers this rule.",
};

/// Reports records of keys that were retired or compromised.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for it in signed(corpus, assessment) {
        for flaw in &it.judgement.flaws {
            let by = &it.record.statement.by;
            let message = match flaw {
                Flaw::KeyRetired(day) => format!(
                    "the key of `{by}` was retired on {day}, and nothing shows this record before"
                ),
                Flaw::KeyCompromised(day) => format!(
                    "others may have had the key of `{by}` since {day}, and no witness saw this \
                     record before"
                ),
                _ => continue,
            };
            let help = "sign again with a key that is valid now";
            let mut diagnostic = Diagnostic::new(&RULE, it.record.place(), message).help(help);
            if it.is_replaced {
                diagnostic.level = Level::Note;
            }
            diagnostics.push(diagnostic);
        }
    }
}
