//! The short texts of a corpus: what authors write outside the bodies of documents.
//!
//! One walk names them all, so that the rules about them, and the values that editions put in the
//! place of their variables, agree on what there is.

use std::sync::Arc;

use super::control::{Control, Evidence};
use super::corpus::Corpus;
use super::document::{Document, Revision, Term};
use super::person::Role;
use super::register::{ColumnKind, Record, Schema, Value};
use super::trust::{Overview, Question, Update};
use crate::span::{FilePath, Place};

/// How a short text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As words with variables in them.
    Words,
    /// As Markdown with variables in it.
    Markdown,
}

/// What holds short texts.
#[expect(missing_docs, reason = "the fields are those of the corpus")]
pub struct Holders<'h> {
    pub documents: &'h mut [Arc<Document>],
    pub controls: &'h mut [Control],
    pub evidence: &'h mut [Evidence],
    pub registers: &'h mut [(&'static Schema, Vec<Record>)],
    pub roles: &'h mut [Role],
    pub terms: &'h mut [Term],
    pub questions: &'h mut [Question],
    pub updates: &'h mut [Update],
    pub overview: &'h mut Overview,
}

impl<'h> From<&'h mut Corpus> for Holders<'h> {
    fn from(corpus: &'h mut Corpus) -> Self {
        Self {
            documents: &mut corpus.documents,
            controls: &mut corpus.controls,
            evidence: &mut corpus.evidence,
            registers: &mut corpus.registers,
            roles: &mut corpus.roles,
            terms: &mut corpus.terms,
            questions: &mut corpus.questions,
            updates: &mut corpus.updates,
            overview: &mut corpus.overview,
        }
    }
}

/// Calls `act` with every short text and the place of what it belongs to. Documents whose words hold
/// nothing to put in are passed over, and stay shared with the memo.
pub fn each<'h>(
    holders: impl Into<Holders<'h>>,
    act: &mut dyn FnMut(&mut String, Reading, &Place),
) {
    use Reading::{Markdown, Words};
    let Holders {
        documents,
        controls,
        evidence,
        registers,
        roles,
        terms,
        questions,
        updates,
        overview,
    } = holders.into();
    for document in documents {
        if !words_of(document).any(has_tag) {
            continue;
        }
        let document = Arc::make_mut(document);
        let place = document.head_place(document.title.span);
        act(&mut document.title.value, Words, &place);
        let place = Place::new(&document.path, document.head);
        for text in document.summary.iter_mut().chain(&mut document.public_summary) {
            act(text, Words, &place);
        }
        document.public_keywords.iter_mut().for_each(|text| act(text, Words, &place));
        for revision in &mut document.revisions {
            act(&mut revision.summary, Words, &place);
            revision.public_summary.iter_mut().for_each(|text| act(text, Words, &place));
        }
    }
    for control in controls {
        let place = &control.place;
        act(&mut control.title, Words, place);
        act(&mut control.statement, Markdown, place);
        for text in control.test_of_design.iter_mut().chain(&mut control.test_of_operation) {
            act(text, Markdown, place);
        }
        control.meets.iter_mut().for_each(|it| act(&mut it.reason, Words, place));
        let texts = control.public_summary.iter_mut().chain(&mut control.public_keywords);
        texts.for_each(|text| act(text, Words, place));
    }
    for evidence in evidence {
        act(&mut evidence.title, Words, &evidence.place);
        for text in evidence.source.iter_mut().chain(&mut evidence.population) {
            act(text, Words, &evidence.place);
        }
    }
    for record in registers.iter_mut().flat_map(|(_, records)| records) {
        let place = &record.place;
        act(&mut record.title, Words, place);
        for (column, value) in &mut record.values {
            match &mut value.value {
                Value::Text(text) if column.kind == ColumnKind::Text => act(text, Markdown, place),
                Value::List(list) if column.kind == ColumnKind::List => {
                    list.iter_mut().for_each(|it| act(&mut it.value, Words, place));
                }
                Value::Text(_)
                | Value::List(_)
                | Value::Date(_)
                | Value::Period(..)
                | Value::Number(_)
                | Value::Cycle(_)
                | Value::YesNo(_) => {}
            }
        }
    }
    for role in roles {
        act(&mut role.title, Words, &role.place);
        role.duty.iter_mut().for_each(|text| act(text, Words, &role.place));
    }
    for term in terms {
        act(&mut term.term.value, Words, &term.place);
        act(&mut term.definition, Markdown, &term.place);
    }
    for question in questions {
        act(&mut question.topic, Words, &question.place);
        act(&mut question.question, Words, &question.place);
        let place = Place::new(&question.place.path, question.answer.span);
        act(&mut question.answer.value, Markdown, &place);
        question.keywords.iter_mut().for_each(|text| act(text, Words, &question.place));
    }
    for update in updates {
        act(&mut update.title, Words, &update.place);
        let place = Place::new(&update.place.path, update.text.span);
        act(&mut update.text.value, Markdown, &place);
    }
    let file = FilePath::clone(&overview.path);
    let texts = overview.headline.iter_mut().chain(&mut overview.statement);
    for text in texts.chain(&mut overview.not_covered) {
        act(&mut text.value, Markdown, &Place::new(&file, text.span));
    }
    for (label, text) in &mut overview.glance {
        let place = Place::new(&file, text.span);
        act(label, Words, &place);
        act(&mut text.value, Markdown, &place);
    }
}

/// Returns whether a text holds a variable, or a tag of another template.
#[must_use]
pub fn has_tag(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Returns the words of a document, those that [`each`] names.
fn words_of(document: &Document) -> impl Iterator<Item = &str> {
    let of_revisions =
        |summary: fn(&Revision) -> Option<&String>| document.revisions.iter().filter_map(summary);
    [&document.title.value]
        .into_iter()
        .chain(&document.summary)
        .chain(&document.public_summary)
        .chain(&document.public_keywords)
        .chain(of_revisions(|it| Some(&it.summary)))
        .chain(of_revisions(|it| it.public_summary.as_ref()))
        .map(String::as_str)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{each, words_of};
    use crate::memo::Memo;
    use crate::parse::{Options, parse};
    use crate::resolve::resolve;
    use crate::workspace::{Layout, Snapshot};

    #[test]
    fn the_words_of_a_document_are_looked_at_before_it_is_copied() {
        let text = "---\nid: X\ntitle: \"{{ a }}\"\nsummary: \"{{ b }}\"\n\
            public_summary: \"{{ c }}\"\npublic_keywords: [\"{{ d }}\"]\nrevisions:\n  \
            - { version: \"1\", summary: \"{{ e }}\", public_summary: \"{{ f }}\" }\n---\n";
        let files = [("content/workspace.yaml", "a: 1"), ("content/policies/x.md", text)];
        let snapshot = Snapshot::from_files(files);
        let options = Options { layout: Layout::Workspace, rules: &[], names: &[] };
        let (mut corpus, _) = resolve(parse(&snapshot, options, &Memo::default()).0, &snapshot);
        let looked_at: BTreeSet<String> =
            words_of(&corpus.documents[0]).map(str::to_owned).collect();
        let mut named = BTreeSet::new();
        each(&mut corpus, &mut |text, _, _| {
            named.insert(text.clone());
        });
        assert_eq!(looked_at, named);
        assert_eq!(named.len(), 6);
    }
}
