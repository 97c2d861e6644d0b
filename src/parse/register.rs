//! `content/registers/*.yaml` to records, by the schema of each register.

use super::description::{Key, key};
use super::fields::Fields;
use super::settings::period;
use super::sink::Sink;
use crate::model::register::{Column, ColumnKind, Record, Schema, Value};
use crate::signature::canonical::not_covered;
use crate::span::Spanned;

/// Reads the records of one register.
pub(crate) fn read(
    fields: &mut Fields<'_>,
    schema: &'static Schema,
    sink: &mut Sink,
) -> Vec<Record> {
    let records = key(schema.name, schema.purpose);
    fields.list(records, schema.singular, sink, |fields, sink| record(fields, schema, sink))
}

fn record(fields: &mut Fields<'_>, schema: &'static Schema, sink: &mut Sink) -> Option<Record> {
    let id = fields.required_id("Stable and unique.", sink);
    let title = fields.required_text(key("title", "What it is, in a few words."), sink);
    let disclosure = fields.disclosure(sink);
    let mut values = Vec::new();
    for column in schema.columns {
        if let Some(value) = value(fields, column, sink) {
            values.push((column, value));
        }
    }
    let id = id?;
    let entry = fields.entry(not_covered(&schema.kind()));
    let place = sink.place(id.span);
    Some(Record { schema, place, id, title: title?.value, disclosure, values, entry })
}

fn value(
    fields: &mut Fields<'_>,
    column: &'static Column,
    sink: &mut Sink,
) -> Option<Spanned<Value>> {
    let key: Key = key(column.key, column.about);
    match column.kind {
        ColumnKind::Text
        | ColumnKind::Url
        | ColumnKind::Owner
        | ColumnKind::Document
        | ColumnKind::ClauseOf(_)
        | ColumnKind::Framework => fields.text(key, sink).map(|text| text.map(Value::Text)),
        ColumnKind::Date => fields.date(key, sink).map(|date| date.map(Value::Date)),
        ColumnKind::Period => {
            let (from, until) = period(column.about, fields, sink)?;
            let span = from.span;
            Some(Spanned::new(Value::Period(from.value, until.value), span))
        }
        ColumnKind::Number(least, most) => {
            fields.number(key, (least, most), sink).map(|number| number.map(Value::Number))
        }
        ColumnKind::CycleSince(_) => fields.cadence(key, sink).map(|cycle| cycle.map(Value::Cycle)),
        ColumnKind::YesNo => fields.flag(key, sink).map(|flag| flag.map(Value::YesNo)),
        ColumnKind::Choice(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let text = |word: &str| Some(word.to_owned());
            fields.word(key, &words, text, sink).map(|word| word.map(Value::Text))
        }
        ColumnKind::List | ColumnKind::Controls => {
            let texts = fields.texts(key, sink);
            let span = texts.first()?.span;
            Some(Spanned::new(Value::List(texts), span))
        }
    }
}
