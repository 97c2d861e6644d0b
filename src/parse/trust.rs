//! `content/trust/*.yaml` and `content/glossary.yaml`.

use super::description::key;
use super::fields::Fields;
use super::sink::Sink;
use crate::model::document::Term;
use crate::model::trust::{Overview, Question, Update, UpdateKind};
use crate::span::FilePath;

/// Reads `overview.yaml`.
pub(crate) fn overview(fields: &mut Fields<'_>, sink: &mut Sink) -> Overview {
    let headline = key("headline", "The words over the first page, in one line.");
    let headline = fields.text(headline, sink);
    let statement = key("statement", "What you say about security, in a paragraph.");
    let statement = fields.text(statement, sink);
    let glance = key("glance", "Facts at a glance, in the order in which they are shown.");
    let glance = fields.list(glance, "fact at a glance", sink, |item, sink| {
        let label = item.required_text(key("label", "What it is about, in a word or two."), sink);
        let text = item.required_text(key("text", "What is so, in a phrase."), sink);
        label.zip(text).map(|(label, text)| (label.value, text))
    });
    let not_covered = key("not_covered", "What nobody should take for granted, one line each.");
    let not_covered = fields.texts(not_covered, sink);
    Overview { path: FilePath::clone(sink.path()), headline, statement, glance, not_covered }
}

/// Reads `questions.yaml`.
pub(crate) fn questions(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Question> {
    let questions = key("questions", "Questions of customers, with answers.");
    fields.list(questions, "question", sink, question)
}

fn question(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Question> {
    let id =
        fields.required_id("Stable and unique; the address of the question ends with it.", sink);
    let topic = key("topic", "The heading it stands under; `General` where nothing is said.");
    let topic = fields.text(topic, sink).map_or_else(|| "General".to_owned(), |text| text.value);
    let question = fields.required_text(key("question", "The question."), sink);
    let answer = fields.required_text(key("answer", "The answer."), sink);
    let keywords = key("keywords", "Words by which customers find it.");
    let keywords = fields.texts(keywords, sink);
    let controls = key("controls", "Ids of the controls that the answer rests on.");
    let controls = fields.texts(controls, sink);
    let documents = key("documents", "Ids of the documents that the answer rests on.");
    let documents = fields.texts(documents, sink);
    let disclosure = fields.disclosure(sink);
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
        disclosure,
    })
}

/// Reads `updates.yaml`.
pub(crate) fn updates(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Update> {
    fields.list(key("updates", "News for customers."), "update", sink, update)
}

fn update(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Update> {
    let id = fields.required_id("Stable and unique; feed readers know the update by it.", sink);
    let date = fields.date(key("date", "The day on which it is announced."), sink);
    if date.is_none() {
        fields.missing("date", "add `date: 2026-02-01`", sink);
    }
    let kind = key("kind", "What it is about; `product` where nothing is said.");
    let kind = fields.word(kind, UpdateKind::WORDS, UpdateKind::parse, sink);
    let title = fields.required_text(key("title", "What is new, in one line."), sink);
    let text = fields.required_text(key("text", "What customers should know."), sink);
    let disclosure = fields.disclosure(sink);
    let id = id?;
    Some(Update {
        place: sink.place(id.span),
        id,
        date: date?.value,
        kind: kind.map_or(UpdateKind::Product, |word| word.value),
        title: title?.value,
        text: text?,
        disclosure,
    })
}

/// Reads `glossary.yaml`.
pub(crate) fn glossary(fields: &mut Fields<'_>, sink: &mut Sink) -> Vec<Term> {
    fields.list(key("terms", "Terms that texts use."), "term", sink, term)
}

fn term(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Term> {
    let term = fields.required_text(key("term", "The term, as texts write it."), sink);
    let definition = fields.required_text(key("definition", "What it means."), sink);
    let aliases = fields.texts(key("aliases", "Other words for it: `[MFA, 2FA]`."), sink);
    let disclosure = fields.disclosure(sink);
    let term = term?;
    Some(Term {
        place: sink.place(term.span),
        term,
        definition: definition?.value,
        aliases: aliases.into_iter().map(|text| text.value).collect(),
        disclosure,
    })
}
