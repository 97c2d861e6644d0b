//! `approval-rolled-back`: an older approved text, or records from which one is missing.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::{GoneRecord, SubjectRecords};
use crate::span::{Place, Span};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-rolled-back",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "an older approved text, or records from which one is missing",
    explanation: "The file holds a text that was approved once, and another one was approved \
        after it; or an approved text follows one of which no record is left. Either \
        an old text was put back, or records were taken away. A signed record that \
        only the history still holds was taken away too. The newest approved \
        text stays in force. To go back to an old text, have it approved again. No \
        setting lowers this rule.",
};

/// Reports files that hold an older approved text, and chains from which records are missing.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (document, text) in corpus.documents.iter().zip(&assessment.texts) {
        let id = document.id.value.as_str();
        let Some(records) = assessment.records.subject(id) else { continue };
        let is_text = |digest: Option<_>| digest == Some(*text);
        let newest = records.approved.last().filter(|it| !is_text(it.digest));
        let old = records.approved.iter().rfind(|it| is_text(it.digest));
        if let (Some(newest), Some(old)) = (newest.filter(|it| it.digest.is_some()), old) {
            let message = format!(
                "the file holds the text of `{id}` that was approved on {}, and another was \
                 approved on {}",
                old.on, newest.on
            );
            let help = format!("bring the newer text back, or go back by `avouch approve {id}`");
            let place = document.head_place(document.id.span);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
    for (id, records) in &assessment.records.subjects {
        diagnostics.extend(gap(corpus, id, records));
    }
    diagnostics.extend(assessment.records.gone.iter().map(taken_away));
}

/// Reports a signed record that was taken away.
fn taken_away(gone: &GoneRecord) -> Diagnostic {
    let GoneRecord { path, commit, statement } = gone;
    let subjects: Vec<&str> = statement.subjects.iter().map(|it| it.id.as_str()).collect();
    let message = format!(
        "a record that `{}` signed was taken away: {} {}, on {}",
        statement.by,
        statement.decision.word(),
        subjects.join(", "),
        statement.decided_on
    );
    let commit = commit.get(..12).unwrap_or(commit);
    let help = format!(
        "bring it back: `git checkout {commit} -- '{path}' '{path}.sig'`; what no longer holds is \
         withdrawn by another record"
    );
    Diagnostic::new(&RULE, Place::new(path, Span::new(0, 0)), message).help(help)
}

/// Finds an approved text that follows one of which there is no record.
fn gap(corpus: &Corpus, id: &str, records: &SubjectRecords) -> Option<Diagnostic> {
    let is_known = |digest| records.decisions.iter().any(|it| it.digest == Some(digest));
    let text =
        records.approved.iter().find(|text| text.previous.is_some_and(|it| !is_known(it)))?;
    let same = |it: &&crate::model::judgement::Endorsement| {
        it.obstacle.is_none() && it.digest == text.digest && it.previous == text.previous
    };
    let record = records.decisions.iter().find(same)?.record?;
    let record = corpus.records.signed.get(record as usize)?;
    let subject = record.statement.subjects.iter().find(|it| it.id.eq_ignore_ascii_case(id))?;
    let message = format!(
        "this text of `{}` follows one that was approved before, and no record of that is left",
        subject.id
    );
    let help = "take the records of the text before back from git";
    Some(Diagnostic::new(&RULE, record.place(), message).help(help))
}
