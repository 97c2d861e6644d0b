//! `content/registers/*.yaml` to records, by the schema of each register.

use super::fields::{Fields, Sink};
use super::settings::period;
use super::yaml::Node;
use crate::model::disclosure::Disclosure;
use crate::model::register::{Column, ColumnKind, Record, Schema, Value};
use crate::span::Spanned;

/// Reads the records of one register.
pub(crate) fn read(root: &Node, schema: &'static Schema, sink: &mut Sink) -> Vec<Record> {
    let Some(mut fields) = Fields::open(root, "register", sink) else { return Vec::new() };
    let nodes = fields.list(schema.name, sink);
    fields.finish(sink);
    nodes.into_iter().filter_map(|node| record(node, schema, sink)).collect()
}

fn record(node: &Node, schema: &'static Schema, sink: &mut Sink) -> Option<Record> {
    let mut fields = Fields::open(node, schema.singular, sink)?;
    let id = fields.required_id(sink);
    let title = fields.required_text(&["title"], sink);
    let disclosure = fields.word(&["disclosure"], Disclosure::parse, Disclosure::WORDS, sink);
    let mut values = Vec::new();
    for column in schema.columns {
        if let Some(value) = value(&mut fields, column, sink) {
            values.push((column, value));
        }
    }
    fields.finish(sink);
    let id = id?;
    let disclosure = disclosure.map(|word| word.value).unwrap_or_default();
    Some(Record { schema, place: sink.place(id.span), id, title: title?.value, disclosure, values })
}

fn value(fields: &mut Fields<'_>, column: &Column, sink: &mut Sink) -> Option<Spanned<Value>> {
    let names = &[column.key];
    match column.kind {
        ColumnKind::Text
        | ColumnKind::Url
        | ColumnKind::Owner
        | ColumnKind::Document
        | ColumnKind::ClauseOf(_)
        | ColumnKind::Framework => fields.text(names, sink).map(|text| text.map(Value::Text)),
        ColumnKind::Date => fields.date(names, sink).map(|date| date.map(Value::Date)),
        ColumnKind::Period => {
            let (from, until) = period(fields, sink)?;
            let span = from.span;
            Some(Spanned::new(Value::Period(from.value, until.value), span))
        }
        ColumnKind::Number(least, most) => {
            fields.number(column.key, (least, most), sink).map(|number| number.map(Value::Number))
        }
        ColumnKind::CycleSince(_) => {
            fields.cadence(names, sink).map(|cycle| cycle.map(Value::Cycle))
        }
        ColumnKind::YesNo => fields.flag(column.key, sink).map(|flag| flag.map(Value::YesNo)),
        ColumnKind::Choice(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let parse = |word: &str| words.contains(&word).then(|| word.to_owned());
            fields.word(names, parse, &words, sink).map(|word| word.map(Value::Text))
        }
        ColumnKind::List | ColumnKind::Controls => {
            let texts = fields.texts(names, sink);
            let span = texts.first()?.span;
            Some(Spanned::new(Value::List(texts), span))
        }
    }
}
