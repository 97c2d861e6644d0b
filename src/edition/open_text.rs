//! The texts that their authors made public, as they wrote them.

use rayon::prelude::*;

use super::rules::misleading_claim;
use crate::diagnostic::Diagnostic;
use crate::model::body::{Block, BlockKind, Written};
use crate::model::corpus::Corpus;
use crate::model::disclosure::Disclosure;
use crate::model::document::Document;
use crate::model::register::{Column, Record, Value};
use crate::model::variable;
use crate::parse::markdown;
use crate::span::{Place, Span};
use crate::workspace::Snapshot;

/// A text that its author made public, as it was written, and where it stands or what it
/// belongs to.
pub(super) struct Open {
    pub(super) text: String,
    pub(super) place: Place,
}

impl Open {
    fn new(place: &Place, text: &str) -> Self {
        Self { text: text.to_owned(), place: place.clone() }
    }
}

/// The texts that their authors made public, as they wrote them. Taken from the sources and not from
/// the edition, so that a mistake in the edition cannot excuse itself.
pub struct OpenTexts(Vec<Open>);

impl OpenTexts {
    /// Collects them.
    #[must_use]
    pub fn new(corpus: &Corpus, snapshot: &Snapshot) -> Self {
        Self(open_texts(corpus, snapshot))
    }

    /// Reports words that claim more than is so.
    #[must_use]
    pub fn check(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        misleading_claim::check(&self.0, snapshot)
    }

    pub(super) fn as_slice(&self) -> &[Open] {
        &self.0
    }
}

fn open_texts(corpus: &Corpus, snapshot: &Snapshot) -> Vec<Open> {
    let of_documents: Vec<Vec<Open>> =
        corpus.documents.par_iter().map(|it| document_texts(it, snapshot)).collect();
    let mut texts: Vec<Open> = of_documents.into_iter().flatten().collect();
    let mut add = |place: &Place, text: &str| texts.push(Open::new(place, text));
    for control in corpus.controls.iter().filter(|it| it.disclosure != Disclosure::Withheld) {
        add(&control.place, &control.title);
        let texts = control.public_summary.iter().chain(&control.public_keywords);
        texts.for_each(|text| add(&control.place, text));
    }
    for (_, records) in &corpus.registers {
        for record in records.iter().filter(|it| it.disclosure != Disclosure::Withheld) {
            record_texts(record).iter().for_each(|text| add(&record.place, text));
        }
    }
    for question in corpus.questions.iter().filter(|it| it.disclosure == Disclosure::Public) {
        let answer = Place::new(&question.place.path, question.answer.span);
        add(&answer, &question.answer.value);
        for text in [&question.question, &question.topic].into_iter().chain(&question.keywords) {
            add(&question.place, text);
        }
    }
    for update in corpus.updates.iter().filter(|it| it.disclosure == Disclosure::Public) {
        add(&update.place, &update.title);
        add(&Place::new(&update.place.path, update.text.span), &update.text.value);
    }
    for term in corpus.terms.iter().filter(|it| it.disclosure == Disclosure::Public) {
        add(&term.place, &term.term.value);
        add(&term.place, &term.definition);
    }
    let overview = &corpus.overview;
    for it in overview.headline.iter().chain(&overview.statement).chain(&overview.not_covered) {
        add(&Place::new(&overview.path, it.span), &it.value);
    }
    for (label, it) in &overview.glance {
        add(&Place::new(&overview.path, it.span), &it.value);
        add(&Place::new(&overview.path, Span::default()), label);
    }
    let settings = Place::new(&corpus.settings.path, Span::default());
    let organisation = &corpus.settings.organisation;
    for text in [&organisation.name, &organisation.legal_name, &organisation.description] {
        add(&settings, text);
    }
    for policy in corpus.settings.security_txt.iter().filter_map(|it| it.policy.as_ref()) {
        add(&settings, &format!("policy: {policy}"));
    }
    corpus.roles.iter().for_each(|it| add(&it.place, &it.title));
    for framework in &corpus.frameworks {
        add(&settings, &framework.title);
        add(&settings, &framework.licence);
        framework.groups.iter().for_each(|it| add(&settings, &it.title));
        for (_, it) in framework.requirements() {
            add(&settings, &format!("{} {}", it.id, it.title));
        }
    }
    // Values stand where variables do, so the open texts are taken with and without them.
    let expanded: Vec<Open> = texts
        .iter()
        .filter(|it| it.text.contains("{{"))
        .map(|it| Open { text: expand(corpus, &it.text), place: it.place.clone() })
        .collect();
    texts.extend(expanded);
    texts
}

fn document_texts(document: &Document, snapshot: &Snapshot) -> Vec<Open> {
    let mut open = Vec::new();
    if document.disclosure.value == Disclosure::Withheld {
        return open;
    }
    let mut add = |place: &Place, text: &str| open.push(Open::new(place, text));
    let head = Place::new(&document.path, document.head);
    add(&document.head_place(document.title.span), &document.title.value);
    let texts = document.public_summary.iter().chain(&document.public_keywords);
    texts.for_each(|text| add(&head, text));
    document
        .revisions
        .iter()
        .filter_map(|it| it.public_summary.as_ref())
        .for_each(|it| add(&head, it));
    if document.disclosure.value != Disclosure::Public {
        return open;
    }
    let body = snapshot.body(document);
    let read = markdown::read(body, &markdown::Options::default());
    let mut hidden = Vec::new();
    restricted(&read.body.blocks, &mut hidden);
    read.body.footnotes.iter().for_each(|footnote| restricted(&footnote.blocks, &mut hidden));
    for (at, piece) in without(body, &mut hidden) {
        let span = Span::new(at, at + piece.len());
        add(&document.body_place(span), piece);
    }
    let all = document.body_place(Span::default());
    for clause in read.outline.clauses.iter().filter(|it| !it.restricted) {
        add(&document.body_place(clause.span), &clause.text);
    }
    for text in crate::markup::open_text(&read.body.blocks) {
        add(&all, &text);
    }
    for text in read.body.footnotes.iter().flat_map(|it| crate::markup::open_text(&it.blocks)) {
        add(&all, &text);
    }
    open
}

/// Collects the places of restricted blocks.
fn restricted(blocks: &[Block<Written>], hidden: &mut Vec<Span>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Restricted(_) => hidden.push(block.span),
            BlockKind::List(list) => {
                list.items.iter().for_each(|item| restricted(&item.blocks, hidden));
            }
            BlockKind::Quote(inside) | BlockKind::Alert(_, inside) => restricted(inside, hidden),
            BlockKind::Definitions(definitions) => {
                definitions
                    .iter()
                    .flat_map(|it| &it.meanings)
                    .for_each(|meaning| restricted(meaning, hidden));
            }
            BlockKind::Heading(_)
            | BlockKind::Paragraph(_)
            | BlockKind::Code { .. }
            | BlockKind::Table(_)
            | BlockKind::Html(_)
            | BlockKind::Break => {}
        }
    }
}

/// Returns a text in pieces, each with its offset, without some places.
fn without<'t>(text: &'t str, hidden: &mut [Span]) -> Vec<(usize, &'t str)> {
    hidden.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for span in hidden.iter() {
        pieces.extend(text.get(at..span.start as usize).map(|piece| (at, piece)));
        at = span.end as usize;
    }
    pieces.extend(text.get(at..).map(|piece| (at, piece)));
    pieces
}

/// Returns what a record makes public: its title, and what customers see of it besides.
fn record_texts(record: &Record) -> Vec<String> {
    let mut texts = vec![record.title.clone()];
    let is_open = |(column, _): &&(&Column, _)| record.is_shown() && record.is_open(column);
    for (column, value) in record.values.iter().filter(is_open) {
        match &value.value {
            Value::Text(text) => texts.extend([text.clone(), format!("{} {text}", column.label)]),
            Value::List(list) => {
                texts.push(list.iter().map(|it| it.value.as_str()).collect::<Vec<_>>().join(", "));
            }
            Value::Date(_)
            | Value::Period(..)
            | Value::Number(_)
            | Value::YesNo(_)
            | Value::Cycle(_) => {}
        }
    }
    texts
}

fn expand(corpus: &Corpus, text: &str) -> String {
    let value =
        |path: &str| Some(corpus.fact(path).map(|fact| fact.text.clone()).unwrap_or_default());
    variable::fill(text, &value).into_owned()
}

#[cfg(test)]
mod tests {
    use super::record_texts;
    use crate::model::disclosure::Disclosure;
    use crate::model::id::Id;
    use crate::model::register::{Column, Openness, REGISTERS, Record, Schema, Value};
    use crate::signature::canonical::Canonical;
    use crate::span::{Place, Span, Spanned};

    /// Returns a record with a text of its own in every column, of whatever kind, but for a column
    /// that another one depends on.
    fn full(schema: &'static Schema, disclosure: Disclosure, consents: bool) -> Record {
        let conditions: Vec<&str> = schema.columns.iter().filter_map(condition).collect();
        let value = |key: &str| {
            if conditions.contains(&key) {
                Value::YesNo(consents)
            } else {
                Value::Text(format!("({key})"))
            }
        };
        let values = schema.columns.iter();
        let values = values.map(|it| (it, Spanned::new(value(it.key), Span::default())));
        Record {
            schema,
            id: Spanned::new(Id::parse("X-1").unwrap(), Span::default()),
            title: "Title".to_owned(),
            disclosure,
            values: values.collect(),
            entry: Canonical::Null,
            place: Place::new(&"x.yaml".into(), Span::default()),
        }
    }

    fn condition(column: &Column) -> Option<&'static str> {
        match column.openness {
            Openness::OpenIf(key) => Some(key),
            Openness::Internal | Openness::Open => None,
        }
    }

    #[test]
    fn internal_columns_excuse_nothing() {
        for schema in REGISTERS {
            for (disclosure, consents) in [
                (Disclosure::Listed, true),
                (Disclosure::Public, false),
                (Disclosure::Public, true),
            ] {
                let record = full(schema, disclosure, consents);
                let texts = record_texts(&record);
                for column in schema.columns {
                    let is_shown = schema.shown_from.is_some_and(|least| disclosure >= least);
                    let is_open = match column.openness {
                        Openness::Internal => false,
                        Openness::Open => true,
                        Openness::OpenIf(_) => consents,
                    };
                    let is_excused = texts.contains(&format!("({})", column.key));
                    let name = format!("{}.{}", schema.name, column.key);
                    assert_eq!(is_excused, is_shown && is_open, "{name} {disclosure:?} {consents}");
                }
            }
        }
    }
}
