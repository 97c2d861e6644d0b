//! What readers ask for, as data: JSON Schemas and the pages of reference are made of it.
//!
//! Nothing here is written down twice. [`Fields`](super::fields::Fields) notes every key that a
//! reader takes, so that a key that is read is described and no other.

/// A key, as a reader asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Its name, in lower case with `_` between words.
    pub name: &'static str,
    /// Other names that are accepted, since real policy sets use them.
    pub others: &'static [&'static str],
    /// What it says, in one line for people.
    pub about: &'static str,
    /// Whether it is only asked for to say what to write instead.
    pub is_refused: bool,
}

/// Makes a key of its name and what it says.
pub(crate) const fn key(name: &'static str, about: &'static str) -> Key {
    Key { name, others: &[], about, is_refused: false }
}

impl Key {
    /// Accepts other names too.
    pub(crate) const fn or(self, others: &'static [&'static str]) -> Self {
        Self { others, ..self }
    }

    /// Marks a key that nobody should write.
    pub(crate) const fn refused(self) -> Self {
        Self { is_refused: true, ..self }
    }

    /// Returns all its names, the one that messages use first.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.others.iter().copied())
    }
}

/// A key with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// The key.
    pub key: Key,
    /// What it holds.
    pub shape: Shape,
    /// Whether a mapping without it is reported.
    pub is_required: bool,
}

/// A mapping whose keys are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The word for what it describes: "control".
    pub noun: &'static str,
    /// Its keys in the order in which they are read.
    pub keys: Vec<Described>,
}

/// What a key holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Text. A number is the text that was typed.
    Text,
    /// Text that fits a regular expression: what people call it, and the expression.
    Pattern(&'static str, &'static str),
    /// An identifier.
    Id,
    /// A day.
    Date,
    /// An interval of the calendar.
    Cadence,
    /// A whole number within bounds.
    Number(i64, i64),
    /// Yes or no.
    Flag,
    /// One of these words.
    Words(Vec<&'static str>),
    /// Some of these words: a list, or one.
    SomeWords(Vec<&'static str>),
    /// A list of texts, or one text.
    Texts,
    /// A list of mappings.
    List(Mapping),
    /// A mapping.
    Mapping(Mapping),
    /// A mapping whose keys its author chooses, each of which holds this.
    Free(Box<Self>),
    /// A mapping whose keys its author chooses, each of which holds this or such a mapping again.
    Tree(Box<Self>),
    /// One of two.
    Either(Box<(Self, Self)>),
}

/// A kind of file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDescription {
    /// Its name: `controls`.
    pub name: &'static str,
    /// Where such files stand: `content/controls/*.yaml`.
    pub place: String,
    /// What it is for, in one line.
    pub about: &'static str,
    /// What may stand in it.
    pub root: Mapping,
}

impl FileDescription {
    /// Returns whether it describes the file at a path.
    #[must_use]
    pub fn is_of(&self, path: &str) -> bool {
        let ending = self.place.rsplit_once('.').map_or("", |(_, ending)| ending);
        match self.place.split_once('*') {
            Some((folder, rest)) => path.strip_prefix(folder).is_some_and(|name| {
                name.ends_with(ending) && (rest.starts_with("*/") || !name.contains('/'))
            }),
            None => self.place == path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memo::Memo;
    use crate::model::document::Kind;
    use crate::parse::document::{self, Strictness};
    use crate::parse::{Options, described, descriptions, parse, yaml};
    use crate::pipeline;
    use crate::workspace::{Layout, Snapshot};

    const STRICT: Strictness<'_> =
        Strictness { is_workspace: true, is_published: false, names: &[] };

    /// Visits all mappings in a shape.
    fn visit(shape: &Shape, see: &mut impl FnMut(&Mapping)) {
        match shape {
            Shape::List(mapping) | Shape::Mapping(mapping) => {
                see(mapping);
                mapping.keys.iter().for_each(|it| visit(&it.shape, see));
            }
            Shape::Free(inside) | Shape::Tree(inside) => visit(inside, see),
            Shape::Either(both) => {
                visit(&both.0, see);
                visit(&both.1, see);
            }
            _ => {}
        }
    }

    /// Returns a file in which every key has a value, as YAML in braces.
    fn full(mapping: &Mapping) -> String {
        let keys = mapping.keys.iter().filter(|it| !it.key.is_refused);
        let entries = keys.map(|it| format!("\"{}\": {}", it.key.name, value(&it.shape)));
        format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
    }

    fn value(shape: &Shape) -> String {
        match shape {
            Shape::Text | Shape::Id | Shape::Texts => "UTC".to_owned(),
            Shape::Pattern("web address", _) => "\"https://a.example\"".to_owned(),
            Shape::Pattern("digest", _) => {
                format!("\"sha256:{}\"", "0".repeat(64))
            }
            Shape::Pattern("SHA-256", _) => "a".repeat(64),
            Shape::Pattern("public key", _) => "ssh-ed25519 AAAA".to_owned(),
            Shape::Pattern("moment", _) => "\"2026-02-01T10:00:00Z\"".to_owned(),
            Shape::Pattern(..) => "0".repeat(32),
            Shape::Date => "2026-02-01".to_owned(),
            Shape::Cadence => "2 weeks".to_owned(),
            Shape::Number(least, _) => least.to_string(),
            Shape::Flag => "true".to_owned(),
            Shape::Words(words) | Shape::SomeWords(words) => words[0].to_owned(),
            Shape::List(mapping) => format!("[ {} ]", full(mapping)),
            Shape::Mapping(mapping) => full(mapping),
            Shape::Free(inside) | Shape::Tree(inside) => format!("{{ own: {} }}", value(inside)),
            Shape::Either(both) => value(&both.1),
        }
    }

    /// Returns the keys, also those of what is inside, without what is required.
    fn keys(mapping: &Mapping) -> Vec<String> {
        let mut all = Vec::new();
        let shape = Shape::Mapping(mapping.clone());
        visit(&shape, &mut |mapping| {
            all.extend(mapping.keys.iter().map(|it| format!("{} {}", mapping.noun, it.key.name)));
        });
        all
    }

    #[test]
    fn every_key_has_a_description_and_a_canonical_name() {
        for file in descriptions(&pipeline::rules()) {
            visit(&Shape::Mapping(file.root), &mut |mapping| {
                for Described { key, .. } in &mapping.keys {
                    let is_rule = mapping.noun == "rules";
                    let is_sentence = is_rule || key.about.ends_with(['.', '`']);
                    assert!(is_sentence && key.about.len() > 8, "{}: `{}`", file.name, key.name);
                    let is_canonical = |name: &str| {
                        name.bytes().all(|b| b.is_ascii_lowercase() || b"-_0123456789".contains(&b))
                    };
                    assert!(key.names().all(is_canonical), "{}: `{}`", file.name, key.name);
                }
            });
        }
    }

    #[test]
    fn readers_ask_for_the_same_keys_whatever_there_is() {
        let rules = pipeline::rules();
        let empty = descriptions(&rules);
        let path = |it: &FileDescription| it.place.replace("**/", "").replace('*', "own");
        let data = empty.iter().filter(|it| it.place.ends_with(".yaml"));
        let files = data.map(|it| (path(it), full(&it.root).into_bytes()));
        let snapshot = Snapshot::from_files(files);
        for (file, again) in empty.iter().zip(described(&snapshot, &rules)) {
            assert_eq!(keys(&file.root), keys(&again.root), "{}", file.place);
        }
        let options = Options { layout: Layout::Workspace, rules: &rules, names: &[] };
        let (parsed, _) = parse(&snapshot, options, &Memo::default());
        assert_eq!(parsed.diagnostics, [], "what is described is read");

        for (file, kind) in empty.iter().zip([Kind::Policy, Kind::Page]) {
            let (head, _) = yaml::read(&full(&file.root)).unwrap();
            assert_eq!(keys(&file.root), keys(&document::describe(kind, STRICT, &head)));
        }
    }
}
