//! The short texts of a corpus: what authors write outside the bodies of documents.
//!
//! One walk names them all, so that the rules about them, and the values that editions put in the
//! place of their variables, agree on what there is.

use super::corpus::Corpus;
use super::register::{ColumnKind, Value};
use crate::span::{FilePath, Place};

/// How a short text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// As words with variables in them.
    Words,
    /// As Markdown with variables in it.
    Markdown,
}

/// Calls `act` with every short text and the place of what it belongs to.
pub fn each(corpus: &mut Corpus, act: &mut dyn FnMut(&mut String, Reading, &Place)) {
    use Reading::{Markdown, Words};
    for document in &mut corpus.documents {
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
    for control in &mut corpus.controls {
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
    for evidence in &mut corpus.evidence {
        act(&mut evidence.title, Words, &evidence.place);
        for text in evidence.source.iter_mut().chain(&mut evidence.population) {
            act(text, Words, &evidence.place);
        }
    }
    for record in corpus.registers.iter_mut().flat_map(|(_, records)| records) {
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
    for role in &mut corpus.roles {
        act(&mut role.title, Words, &role.place);
        role.duty.iter_mut().for_each(|text| act(text, Words, &role.place));
    }
    for term in &mut corpus.terms {
        act(&mut term.term.value, Words, &term.place);
        act(&mut term.definition, Markdown, &term.place);
    }
    for question in &mut corpus.questions {
        act(&mut question.topic, Words, &question.place);
        act(&mut question.question, Words, &question.place);
        act(&mut question.answer.value, Markdown, &question.place);
        question.keywords.iter_mut().for_each(|text| act(text, Words, &question.place));
    }
    for update in &mut corpus.updates {
        act(&mut update.title, Words, &update.place);
        act(&mut update.text.value, Markdown, &update.place);
    }
    let overview = &mut corpus.overview;
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
