//! `id-reused`: an id that records give to something that was retired or is of another kind.

use crate::assess::acts::signed;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::span::Place;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "id-reused",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "an id that records give to something that was retired or is of another kind",
    explanation: "Records name what they are about by its id for ever. An id whose text was \
        retired, or that stands under a document or control of another kind now, \
        would lend its records to something else. Give the new text an id of its \
        own.",
};

/// Reports ids of retired texts under other texts, and ids that changed their kind.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let help = "give the new text an id of its own";
    for (document, text) in corpus.documents.iter().zip(&assessment.texts) {
        let id = document.id.value.as_str();
        let Some(records) = assessment.records.subject(id) else { continue };
        let retired = records
            .approved
            .iter()
            .rfind(|it| it.retired.is_some_and(|date| date <= assessment.today));
        let Some(date) = retired.and_then(|it| it.retired) else { continue };
        let is_other = retired.is_some_and(|it| it.digest.is_some_and(|it| it != *text));
        if is_other && document.retired_on.is_none() {
            let message = format!("the records of `{id}` say that it was retired on {date}");
            let place = document.head_place(document.id.span);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for it in signed(corpus, assessment).filter(|it| it.judgement.stands()) {
        for subject in &it.record.statement.subjects {
            let kind = corpus.kind_of_subject(&subject.id);
            if kind.is_empty() || kind == subject.kind || seen.contains(&subject.id.as_str()) {
                continue;
            }
            seen.push(&subject.id);
            let message = format!(
                "`{}` is a {kind} now, and its records are about a {}",
                subject.id, subject.kind
            );
            let place = place(corpus, &subject.id).unwrap_or_else(|| it.record.place());
            let diagnostic = Diagnostic::new(&RULE, place, message).help(help);
            diagnostics.push(diagnostic.related(it.record.place(), "a record"));
        }
    }
}

/// Returns where an id is declared.
fn place(corpus: &Corpus, id: &str) -> Option<Place> {
    let document = corpus.document_by_id(id).map(|(_, it)| it.head_place(it.id.span));
    document.or_else(|| corpus.item(id).map(|item| corpus.item_facts(item).place))
}
