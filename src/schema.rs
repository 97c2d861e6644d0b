//! JSON Schemas (draft 2020-12) of the files of a workspace, for editors that complete and check.
//!
//! Takes what the readers say of themselves, [`FileDescription`]. A schema knows one spelling of
//! each key and word, the one that the documentation uses, although `avouch check` also accepts
//! others; what it refuses beyond that, `avouch check` reports.

use serde_json::{Map, Value, json};

use crate::model::cadence::Cadence;
use crate::parse::description::{Described, FileDescription, Mapping, Shape};

const SPELLING: &str = "Case, spaces, `-` and `_` in keys do not matter to `avouch check`; this \
    schema knows one spelling of each.";

/// An identifier, see [`Id`](crate::model::id::Id).
const ID: &str = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
/// A date in words, or with the time of the day behind it. The usual form is a format of its own.
const LONG_DATE: &str = r"[A-Za-z]{3}|^\d{4}-\d{2}-\d{2}[T ]\d{2}";
/// An interval, see [`Cadence`].
const CADENCE: &str = r"^(every )?[1-9]\d{0,3} (day|week|month|year)s?$";

/// Returns the name of the file of a schema.
#[must_use]
pub fn file_name(file: &FileDescription) -> String {
    format!("{}.schema.json", file.name)
}

/// Returns the schema of a kind of file, as text that ends with a line.
#[must_use]
pub fn text(file: &FileDescription) -> String {
    format!("{:#}\n", json(file))
}

/// Returns the schema of a kind of file.
#[must_use]
pub fn json(file: &FileDescription) -> Value {
    let mut writer = Writer::default();
    let is_needed = file.root.keys.iter().any(|it| it.is_required);
    let mut schema = writer.mapping(&file.root, is_needed);
    let id = format!("https://github.com/avouch/avouch/schemas/{}", file_name(file));
    let head = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": id,
        "title": file.place,
        "description": format!("{} {SPELLING}", file.about),
    });
    schema.extend(object(head));
    if !writer.definitions.is_empty() {
        schema.insert("$defs".to_owned(), Value::Object(writer.definitions));
    }
    Value::Object(schema)
}

/// Writes a schema, and the parts of it that mention themselves.
#[derive(Default)]
struct Writer {
    definitions: Map<String, Value>,
}

impl Writer {
    fn mapping(&mut self, mapping: &Mapping, is_required: bool) -> Map<String, Value> {
        let mut properties = Map::new();
        let (mut required, mut either) = (Vec::new(), Vec::new());
        for Described { key, shape, is_required } in &mapping.keys {
            if key.is_refused {
                continue;
            }
            let value = self.shape(key.name, shape, *is_required);
            for other in key.others {
                let about = format!("Another name of `{}`.", key.name);
                let words = json!({ "description": about, "doNotSuggest": true });
                properties.insert((*other).to_owned(), with(value.clone(), words));
            }
            let value = with(value, json!({ "description": key.about }));
            properties.insert(key.name.to_owned(), value);
            if *is_required && key.others.is_empty() {
                required.push(key.name);
            } else if *is_required {
                let names = key.names().map(|name| json!({ "required": [name] }));
                either.push(json!({ "anyOf": names.collect::<Vec<_>>() }));
            }
        }
        let mut schema = object(json!({
            "type": types(&["object"], is_required),
            "properties": properties,
            "additionalProperties": false,
        }));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        if !either.is_empty() {
            schema.insert("allOf".to_owned(), json!(either));
        }
        schema
    }

    /// Writes what a key holds. A key without a value is as good as none, unless it is required.
    fn shape(&mut self, name: &str, shape: &Shape, is_required: bool) -> Map<String, Value> {
        let text = types(&["string", "number", "boolean"], is_required);
        object(match shape {
            Shape::Text => json!({ "type": text }),
            Shape::Pattern(_, pattern) => json!({ "type": text, "pattern": pattern }),
            Shape::Id => json!({ "type": text, "pattern": ID }),
            Shape::Date => json!({
                "type": types(&["string"], is_required),
                "anyOf": [{ "format": "date" }, { "pattern": LONG_DATE }],
            }),
            Shape::Cadence => json!({
                "type": types(&["string"], is_required),
                "anyOf": [{ "pattern": CADENCE }, { "enum": Cadence::names().collect::<Vec<_>>() }],
            }),
            Shape::Number(least, most) => {
                let integer = types(&["integer"], is_required);
                json!({ "type": integer, "minimum": least, "maximum": most })
            }
            Shape::Flag => {
                let words = [json!(true), json!(false)].into_iter();
                choice(words.chain(["yes", "no", "on", "off"].map(Value::from)), is_required)
            }
            Shape::Words(words) => {
                // `type: 2` is a number to editors, and the word `2` to `avouch check`.
                let numbers =
                    words.iter().filter_map(|word| Some(json!(word.parse::<i64>().ok()?)));
                choice(words.iter().map(|word| json!(word)).chain(numbers), is_required)
            }
            Shape::SomeWords(words) => json!({
                "oneOf": [
                    { "enum": words },
                    { "type": "array", "items": { "enum": words } },
                ]
            }),
            Shape::Texts => json!({
                "type": types(&["string", "number", "boolean", "array"], is_required),
                "items": { "type": types(&["string", "number", "boolean"], true) },
            }),
            Shape::List(item) => json!({
                "type": types(&["array"], is_required),
                "items": self.mapping(item, true),
            }),
            Shape::Mapping(inside) => return self.mapping(inside, is_required),
            Shape::Free(value) => json!({
                "type": types(&["object"], is_required),
                "additionalProperties": self.shape(name, value, true),
            }),
            Shape::Tree(leaf) => {
                let branches = json!({ "$ref": format!("#/$defs/{name}") });
                // A mapping that has what a leaf must have is no branch.
                let branch = json!({
                    "type": "object",
                    "additionalProperties": branches,
                    "not": { "required": required(leaf) },
                });
                let leaf = self.shape(name, leaf, true);
                self.definitions.insert(name.to_owned(), json!({ "anyOf": [leaf, branch] }));
                let mapping = types(&["object"], is_required);
                json!({ "type": mapping, "additionalProperties": branches })
            }
            Shape::Either(both) => {
                let (one, other) = &**both;
                let both =
                    [self.shape(name, one, is_required), self.shape(name, other, is_required)];
                json!({ "anyOf": both })
            }
        })
    }
}

/// Returns the types that a value may have.
fn types(types: &[&str], is_required: bool) -> Value {
    let nothing = if is_required { None } else { Some(&"null") };
    types.iter().chain(nothing).copied().collect()
}

/// Returns the values of which one may stand.
fn choice(words: impl Iterator<Item = Value>, is_required: bool) -> Value {
    let nothing = if is_required { None } else { Some(Value::Null) };
    json!({ "enum": words.chain(nothing).collect::<Vec<_>>() })
}

/// Returns the names of the keys that a mapping must have.
fn required(shape: &Shape) -> Vec<&'static str> {
    match shape {
        Shape::Mapping(Mapping { keys, .. }) => {
            keys.iter().filter(|it| it.is_required).map(|it| it.key.name).collect()
        }
        Shape::Either(both) => [required(&both.0), required(&both.1)].concat(),
        _ => Vec::new(),
    }
}

fn with(mut schema: Map<String, Value>, more: Value) -> Value {
    schema.extend(object(more));
    Value::Object(schema)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(entries) => entries,
        _ => Map::new(),
    }
}
