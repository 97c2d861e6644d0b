//! What is written into a file: values, and how they are spelled.

use std::fmt::Write as _;

use crate::parse::fields::fold;
use crate::parse::yaml::{Entry, Node, NodeKind};

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a date, an id. In quotes only where it needs them.
    Text(String),
    /// A whole number, never in quotes.
    Number(i64),
    /// Texts, written in brackets.
    List(Vec<String>),
}

impl Value {
    /// Makes a text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// Spells the value of a key in one line, so that it can stand in braces too.
    pub(super) fn spelled(&self, key: &str) -> String {
        match self {
            Self::Text(text) if is_quoted(key) => double(text),
            Self::Text(text) => spell(text),
            Self::Number(number) => number.to_string(),
            Self::List(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| spell(text)).collect();
                format!("[{}]", texts.join(", "))
            }
        }
    }

    /// Spells the value of a key in the place of a scalar that is spelled `old`, with its quotes.
    pub(super) fn spelled_like(&self, old: &str, key: &str) -> String {
        match self {
            Self::Text(text) if old.starts_with('"') => double(text),
            Self::Text(text) if old.starts_with('\'') && !text.chars().any(is_escaped) => {
                format!("'{}'", text.replace('\'', "''"))
            }
            _ => self.spelled(key),
        }
    }
}

/// What is read, without where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Tree {
    /// Nothing.
    Null,
    /// Text as it stands in a file that was read, and whether it is plain.
    Read(String, bool),
    /// Text that is to be written.
    Written(String),
    /// A list.
    List(Vec<Tree>),
    /// A mapping.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// Takes the places away.
    pub(super) fn of(node: &Node) -> Self {
        match &node.kind {
            NodeKind::Null => Self::Null,
            NodeKind::Scalar { text, plain } => Self::Read(text.clone(), *plain),
            NodeKind::List(items) => Self::List(items.iter().map(Self::of).collect()),
            NodeKind::Map(entries) => Self::Map(
                entries.iter().map(|it| (it.key.value.clone(), Self::of(&it.value))).collect(),
            ),
        }
    }

    /// Makes the tree of a value that is to be written.
    pub(super) fn written(value: &Value) -> Self {
        match value {
            Value::Text(text) => Self::Written(text.clone()),
            Value::Number(number) => Self::Written(number.to_string()),
            Value::List(texts) => Self::List(texts.iter().cloned().map(Self::Written).collect()),
        }
    }

    /// Returns an item of a list, or the value of an entry of a mapping, by its number.
    pub(super) fn at(&mut self, number: usize) -> &mut Self {
        match self {
            Self::List(items) => &mut items[number],
            Self::Map(entries) => &mut entries[number].1,
            Self::Null | Self::Read(..) | Self::Written(_) => self,
        }
    }

    /// Returns the entries of a mapping. What is none becomes an empty one.
    pub(super) fn entries(&mut self) -> &mut Vec<(String, Self)> {
        if !matches!(self, Self::Map(_)) {
            *self = Self::Map(Vec::new());
        }
        match self {
            Self::Map(entries) => entries,
            _ => unreachable!("it was just made a mapping"),
        }
    }

    /// Returns whether a text was read just so. Only text that was written may be plain or not.
    pub(super) fn is(&self, node: &Node) -> bool {
        match (self, &node.kind) {
            (Self::Null, NodeKind::Null) => true,
            (Self::Read(text, plain), NodeKind::Scalar { text: found, plain: is_plain }) => {
                text == found && plain == is_plain
            }
            (Self::Written(text), NodeKind::Scalar { text: found, .. }) => text == found,
            (Self::List(items), NodeKind::List(found)) => {
                items.len() == found.len() && items.iter().zip(found).all(|(it, node)| it.is(node))
            }
            (Self::Map(entries), NodeKind::Map(found)) => {
                let is_same = |((key, value), entry): (&(String, Self), &Entry)| {
                    *key == entry.key.value && value.is(&entry.value)
                };
                entries.len() == found.len() && entries.iter().zip(found).all(is_same)
            }
            // A text of nothing is a mapping of nothing.
            (Self::Map(entries), NodeKind::Null) => entries.is_empty(),
            _ => false,
        }
    }

    /// Spells it in one line.
    pub(super) fn spelled(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Read(text, true) if is_plain_in_brackets(text) => text.clone(),
            Self::Read(text, false) => double(text),
            Self::Read(text, true) | Self::Written(text) => spell(text),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::spelled).collect();
                format!("[{}]", items.join(", "))
            }
            Self::Map(entries) => {
                let entries = entries.iter();
                let entries: Vec<String> = entries
                    .map(|(key, value)| format!("{}: {}", spell_key(key), value.spelled()))
                    .collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }
}

/// Spells a text, in quotes if YAML or a reader other than ours would take it for something else.
pub(super) fn spell(text: &str) -> String {
    if is_safe(text) { text.to_owned() } else { double(text) }
}

/// Spells a key. Our own are plain, also `on`, which is a truth to YAML 1.1.
pub(super) fn spell_key(key: &str) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let is_plain = key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_word);
    if is_plain { key.to_owned() } else { double(key) }
}

/// Returns whether the values of a key are always in quotes: `1.10` is a version and no number.
fn is_quoted(key: &str) -> bool {
    fold(key) == "version"
}

/// Returns whether a text may stand without quotes, wherever that is. Strict, since quotes do no
/// harm: words with simple punctuation, and nothing that is a number or a truth to anyone.
fn is_safe(text: &str) -> bool {
    const WORDS: [&str; 11] =
        ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "inf", "nan"];
    let is_word = |c: char| c.is_alphanumeric() || " -_./+()@';!?&*$%=".contains(c);
    let begins = text.starts_with(char::is_alphanumeric);
    let is_number = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_hexdigit() || " -_.+xoXO".contains(c))
        && !is_date(text);
    begins
        && !text.ends_with(' ')
        && text.chars().all(is_word)
        && !is_number
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}

/// Returns whether a text that was plain where it stood is plain between brackets as well.
fn is_plain_in_brackets(text: &str) -> bool {
    !text.contains([',', '[', ']', '{', '}', ':', '#', '\n'])
}

fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && (0..).zip(bytes).all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Spells a text in double quotes.
fn double(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\t' => out += "\\t",
            '\r' => out += "\\r",
            c if is_escaped(c) => {
                // Writing to a `String` does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Returns whether a character is written by its number: it ends a line for some readers, or it
/// cannot be seen. All of these are below U+10000.
fn is_escaped(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}
