//! `content/trust/*.yaml` and `content/glossary.yaml`.

use super::fields::{Fields, Sink};
use super::yaml::Node;
use crate::model::disclosure::Disclosure;
use crate::model::document::Term;
use crate::model::trust::{Overview, Question, Update, UpdateKind};
use crate::span::FilePath;

/// Reads `overview.yaml`.
pub(crate) fn overview(root: &Node, sink: &mut Sink) -> Overview {
    let path = FilePath::clone(sink.path());
    let Some(mut fields) = Fields::open(root, "overview", sink) else {
        return Overview { path, ..Overview::default() };
    };
    let headline = fields.text(&["headline"], sink);
    let statement = fields.text(&["statement"], sink);
    let mut glance = Vec::new();
    for node in fields.list("glance", sink) {
        let Some(mut item) = Fields::open(node, "fact at a glance", sink) else { continue };
        let label = item.required_text(&["label"], sink);
        let text = item.required_text(&["text"], sink);
        item.finish(sink);
        glance.extend(label.zip(text).map(|(label, text)| (label.value, text)));
    }
    let not_covered = fields.texts(&["not_covered"], sink);
    fields.finish(sink);
    Overview { path, headline, statement, glance, not_covered }
}

/// Reads `questions.yaml`.
pub(crate) fn questions(root: &Node, sink: &mut Sink) -> Vec<Question> {
    let Some(mut fields) = Fields::open(root, "file of questions", sink) else { return Vec::new() };
    let nodes = fields.list("questions", sink);
    fields.finish(sink);
    nodes.into_iter().filter_map(|node| question(node, sink)).collect()
}

fn question(node: &Node, sink: &mut Sink) -> Option<Question> {
    let mut fields = Fields::open(node, "question", sink)?;
    let id = fields.required_id(sink);
    let topic =
        fields.text(&["topic"], sink).map_or_else(|| "General".to_owned(), |text| text.value);
    let question = fields.required_text(&["question"], sink);
    let answer = fields.required_text(&["answer"], sink);
    let keywords = fields.texts(&["keywords"], sink);
    let controls = fields.texts(&["controls"], sink);
    let documents = fields.texts(&["documents"], sink);
    let disclosure = fields.word(&["disclosure"], Disclosure::parse, Disclosure::WORDS, sink);
    fields.finish(sink);
    let id = id?;
    Some(Question {
        place: sink.place(id.span),
        id,
        topic,
        question: question?.value,
        answer: answer?,
        keywords: keywords.into_iter().map(|word| word.value).collect(),
        controls,
        documents,
        disclosure: disclosure.map(|word| word.value).unwrap_or_default(),
    })
}

/// Reads `updates.yaml`.
pub(crate) fn updates(root: &Node, sink: &mut Sink) -> Vec<Update> {
    let Some(mut fields) = Fields::open(root, "file of updates", sink) else { return Vec::new() };
    let nodes = fields.list("updates", sink);
    fields.finish(sink);
    nodes.into_iter().filter_map(|node| update(node, sink)).collect()
}

fn update(node: &Node, sink: &mut Sink) -> Option<Update> {
    let mut fields = Fields::open(node, "update", sink)?;
    let id = fields.required_id(sink);
    let date = fields.date(&["date"], sink);
    if date.is_none() {
        fields.missing("date", "add `date: 2026-02-01`", sink);
    }
    let kind = fields.word(&["kind"], UpdateKind::parse, UpdateKind::WORDS, sink);
    let title = fields.required_text(&["title"], sink);
    let text = fields.required_text(&["text"], sink);
    let disclosure = fields.word(&["disclosure"], Disclosure::parse, Disclosure::WORDS, sink);
    fields.finish(sink);
    let id = id?;
    Some(Update {
        place: sink.place(id.span),
        id,
        date: date?.value,
        kind: kind.map_or(UpdateKind::Product, |word| word.value),
        title: title?.value,
        text: text?,
        disclosure: disclosure.map(|word| word.value).unwrap_or_default(),
    })
}

/// Reads `glossary.yaml`.
pub(crate) fn glossary(root: &Node, sink: &mut Sink) -> Vec<Term> {
    let Some(mut fields) = Fields::open(root, "glossary", sink) else { return Vec::new() };
    let nodes = fields.list("terms", sink);
    fields.finish(sink);
    nodes.into_iter().filter_map(|node| term(node, sink)).collect()
}

fn term(node: &Node, sink: &mut Sink) -> Option<Term> {
    let mut fields = Fields::open(node, "term", sink)?;
    let term = fields.required_text(&["term"], sink);
    let definition = fields.required_text(&["definition"], sink);
    let aliases = fields.texts(&["aliases"], sink).into_iter().map(|text| text.value).collect();
    let disclosure = fields.word(&["disclosure"], Disclosure::parse, Disclosure::WORDS, sink);
    fields.finish(sink);
    let term = term?;
    Some(Term {
        place: sink.place(term.span),
        term,
        definition: definition?.value,
        aliases,
        disclosure: disclosure.map(|word| word.value).unwrap_or_default(),
    })
}
