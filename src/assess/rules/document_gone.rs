//! `document-gone`: a text in force of which there is no file.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::Endorsement;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "document-gone",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a text in force of which there is no file",
    explanation: "Records say that the text is approved and counts, and no file has its id. \
        Deleting a file does not take its text out of force. Bring the file back; to \
        end it, write `retired_on:` and have that approved.",
};

/// Reports approved texts in force whose id nothing has any more.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    if !corpus.unread.is_empty() {
        return; // the file may be one that could not be read
    }
    for (id, records) in &assessment.records.subjects {
        if corpus.names.contains_key(id) {
            continue;
        }
        let today = assessment.today;
        let in_force = records.approved.iter().rfind(|text| text.effective <= today);
        let in_force = in_force.filter(|it| it.retired.is_none_or(|date| today < date));
        let Some(text) = in_force else { continue };
        let is_of = |it: &&Endorsement| it.obstacle.is_none() && it.digest == text.digest;
        let act = records.decisions.iter().find(is_of);
        let record = act.and_then(|it| corpus.records.signed.get(it.record? as usize));
        let subject = record.and_then(|record| {
            let mut subjects = record.statement.subjects.iter();
            subjects.find(|it| it.id.eq_ignore_ascii_case(id)).map(|it| (record, it))
        });
        let Some((record, subject)) = subject else { continue };
        if !KINDS.contains(&subject.kind.as_str()) {
            continue;
        }
        let message = format!(
            "the {} `{}` is in force since {}, and there is no file with this id",
            subject.kind, subject.id, text.effective
        );
        let help = "bring the file back, or retire the text: `retired_on:`, approved like a change";
        diagnostics.push(Diagnostic::new(&RULE, record.place(), message).help(help));
    }
}

/// What has a file or an entry of its own.
const KINDS: [&str; 4] = ["policy", "procedure", "narrative", "control"];
