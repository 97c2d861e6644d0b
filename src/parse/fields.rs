//! Typed readers of [`Node`]s: take a field, report what is wrong with it, go on.
//!
//! A [`Fields`] stands for one mapping. Every reader takes a [`Key`] and marks it as known; what
//! nothing took is reported in the end. Keys are compared without regard to case, spaces, `-` and
//! `_`, and each may have other names that real policy sets use.
//!
//! The same readers describe themselves: [`Fields::describe`] shows them a mapping and notes what
//! they ask for. So a schema cannot say anything else than the reader does.

use std::borrow::Cow;

use jiff::civil::Date;

use super::canonical;
use super::date;
use super::description::{Described, Key, Mapping, Shape, key};
use super::rules::{duplicate_key, invalid_date, invalid_value, missing_fact, unknown_key};
use super::sink::Sink;
use super::yaml::{Entry, Node, NodeKind};
use crate::diagnostic::{Diagnostic, Level, nearest_name};
use crate::model::cadence::Cadence;
use crate::model::disclosure::Disclosure;
use crate::model::id::Id;
use crate::signature::canonical::Canonical;
use crate::span::{FilePath, Span, Spanned};

/// What people type into the front matter and Avouch computes from records: folded keys, and what to
/// write instead.
const COMPUTED: [(&[&str], &str); 2] = [
    (
        &["status", "state", "approved", "approvalstatus", "documentstatus"],
        "the status is computed: a document without `approvals:` is a draft, and `effective_date:` \
         and `retired_on:` say when it counts; remove the key",
    ),
    (
        &[
            "approvedby",
            "approver",
            "approvers",
            "approvaldate",
            "approvedon",
            "dateapproved",
            "approvedate",
            "approval",
            "lastapproved",
        ],
        "write each approval as a line under `approvals:`, such as \
         `- { by: mara, role: ciso, on: 2026-01-20 }`",
    ),
];

/// One mapping that is being read.
pub(crate) struct Fields<'n> {
    /// What it describes, for messages: "policy", "control".
    noun: &'static str,
    span: Span,
    /// Its entries, each with whether it was taken.
    entries: Vec<(&'n Entry, bool)>,
    /// Folded keys in their order, with the numbers of their entries.
    places: Vec<(Cow<'n, str>, usize)>,
    /// The keys that were asked for.
    known: Vec<Key>,
    /// Whether it could not be read, so that nothing is missed in it.
    is_unread: bool,
    /// What the keys hold, where the reader is to be described.
    described: Option<Vec<Described>>,
}

/// Puts `a` or `an` before a noun.
pub(crate) fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Folds a key so that case and separators do not matter.
pub(crate) fn fold(key: &str) -> Cow<'_, str> {
    if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return Cow::Borrowed(key);
    }
    key.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// Returns the letters of a name of ours, which is in lower case: its folded form, without making it.
fn letters(name: &'static str) -> impl Iterator<Item = u8> {
    name.bytes().filter(|byte| !matches!(byte, b'-' | b'_'))
}

/// Decides who outside may see something.
pub(crate) const DISCLOSURE: Key = key(
    "disclosure",
    "Who outside may see it: `public` for everyone, `listed` for its title and a few facts, \
     `withheld` for nobody. Withheld where nothing is said.",
);

/// Stands for what is not there, while a reader is described.
pub(super) static NOTHING: Node = Node { kind: NodeKind::Null, span: Span { start: 0, end: 0 } };

impl<'n> Fields<'n> {
    /// Opens a mapping; reports anything else.
    pub(crate) fn open(node: &'n Node, noun: &'static str, sink: &mut Sink) -> Option<Self> {
        let NodeKind::Map(entries) = &node.kind else {
            let (a_mapping, kind) = (with_article(noun), node.kind_word());
            let message = format!("{a_mapping} is a mapping of keys and values, not {kind}");
            sink.invalid(node.span, message);
            return None;
        };
        let mut fields = Self { span: node.span, ..Self::empty(noun) };
        fields.is_unread = false;
        fields.entries.extend(entries.iter().map(|entry| (entry, false)));
        fields.places.extend((0..).zip(entries).map(|(at, entry)| (fold(&entry.key.value), at)));
        fields.places.sort();
        fields.places.dedup_by(|(second_key, second), (key, first)| {
            let is_same = second_key == key;
            if is_same {
                let (second, is_taken) = &mut fields.entries[*second];
                *is_taken = true;
                let second = &second.key;
                let first = &entries[*first].key;
                let message = format!("`{}` and `{}` are the same key", first.value, second.value);
                let diagnostic =
                    Diagnostic::new(&duplicate_key::RULE, sink.place(second.span), message)
                        .related(sink.place(first.span), "the first one")
                        .help("keep one of the two");
                sink.report(diagnostic);
            }
            is_same
        });
        Some(fields)
    }

    /// Stands for a mapping that could not be read: nothing is in it and nothing is missed.
    pub(crate) fn empty(noun: &'static str) -> Self {
        let (entries, places, known) = Default::default();
        let span = Span::default();
        Self { noun, span, entries, places, known, is_unread: true, described: None }
    }

    /// Stands for a mapping of which not everything could be read: nothing is missed in it.
    pub(crate) fn in_part(mut self) -> Self {
        self.is_unread = true;
        self
    }

    /// Reads a mapping, and reports the keys in it that `read` does not take.
    pub(crate) fn read<T>(
        node: &'n Node,
        noun: &'static str,
        sink: &mut Sink,
        read: impl FnOnce(&mut Self, &mut Sink) -> T,
    ) -> Option<T> {
        let mut fields = Self::open(node, noun, sink)?;
        let value = read(&mut fields, sink);
        fields.finish(sink);
        Some(value)
    }

    /// Describes what `read` asks for. It may be shown a mapping that has something; a value that
    /// is not there is described too.
    pub(crate) fn describe<T>(
        node: &'n Node,
        noun: &'static str,
        read: impl FnOnce(&mut Self, &mut Sink) -> T,
    ) -> Mapping {
        let sink = &mut Sink::new(&FilePath::default(), 0);
        let mut fields = Self::open(node, noun, sink).unwrap_or_else(|| Self::empty(noun));
        fields.described = Some(Vec::new());
        read(&mut fields, sink);
        Mapping { noun, keys: fields.described.unwrap_or_default() }
    }

    /// Returns a field that was taken, as name and text, for showing what could not be understood.
    pub(crate) fn shown(&self, key: Key) -> Option<(String, String)> {
        let (entry, _) = self.entries[key.names().find_map(|name| self.position(name))?];
        Some((entry.key.value.clone(), plain(&entry.value)))
    }

    /// Returns everything that the mapping says but the keys that an approval of it does not cover.
    pub(crate) fn entry(&self, not_covered: &[&str]) -> Canonical {
        canonical::entry(self.entries.iter().map(|(entry, _)| *entry), not_covered)
    }

    /// Returns where the mapping stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Finds an entry by one of our names.
    fn position(&self, name: &'static str) -> Option<usize> {
        let by = |(folded, _): &(Cow<'_, str>, usize)| folded.bytes().cmp(letters(name));
        self.places.binary_search_by(by).ok().map(|found| self.places[found].1)
    }

    /// Takes a field by the first of its names that is there. `shape` says what it holds, in words
    /// for people and programs; it is shown what is there, if anything.
    pub(crate) fn take(
        &mut self,
        key: Key,
        shape: impl FnOnce(&'n Node) -> Shape,
    ) -> Option<&'n Entry> {
        self.known.push(key);
        let untaken = |name| self.position(name).filter(|at| !self.entries[*at].1);
        let entry = key.names().find_map(untaken).map(|position| {
            // Another name of the same field stays untaken and is reported in the end.
            let (entry, is_taken) = &mut self.entries[position];
            *is_taken = true;
            *entry
        });
        if let Some(described) = &mut self.described {
            let shape = shape(entry.map_or(&NOTHING, |entry| &entry.value));
            described.push(Described { key, shape, is_required: false });
        }
        entry.filter(|entry| entry.value.kind != NodeKind::Null)
    }

    /// Reports that a field must be there, unless one is there that could not be understood.
    pub(crate) fn missing(&mut self, name: &str, help: &str, sink: &mut Sink) {
        let described = self.described.iter_mut().flatten();
        described.filter(|it| it.key.name == name).for_each(|it| it.is_required = true);
        let is_there = |(entry, taken): &(&Entry, bool)| {
            *taken && entry.value.kind != NodeKind::Null && self.alias(entry) == Some(name)
        };
        if self.is_unread || self.entries.iter().any(is_there) {
            return;
        }
        let at = Span { start: self.span.start, end: self.span.start };
        let message = format!("this {} has no `{name}`", self.noun);
        let place = sink.place(at);
        sink.report(Diagnostic::new(&missing_fact::RULE, place, message).help(help));
    }

    /// Takes text.
    pub(crate) fn text(&mut self, key: Key, sink: &mut Sink) -> Option<Spanned<String>> {
        self.text_of(key, Shape::Text, sink)
    }

    /// Takes text of a shape that the caller looks at.
    pub(crate) fn text_of(
        &mut self,
        key: Key,
        shape: Shape,
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        let entry = self.take(key, |_| shape)?;
        text(&entry.value, key.name, sink)
    }

    /// Takes text that must be there.
    pub(crate) fn required_text(&mut self, key: Key, sink: &mut Sink) -> Option<Spanned<String>> {
        self.required_text_of(key, Shape::Text, sink)
    }

    /// Takes text of a shape that the caller looks at, which must be there.
    pub(crate) fn required_text_of(
        &mut self,
        key: Key,
        shape: Shape,
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        match self.take(key, |_| shape) {
            Some(entry) => text(&entry.value, key.name, sink),
            None => {
                self.missing(key.name, &format!("add `{}:`", key.name), sink);
                None
            }
        }
    }

    /// Takes the identifier, which must be there.
    pub(crate) fn required_id(
        &mut self,
        about: &'static str,
        sink: &mut Sink,
    ) -> Option<Spanned<Id>> {
        let text = self.required_text_of(key("id", about), Shape::Id, sink)?;
        id(&text, sink)
    }

    /// Takes a date.
    pub(crate) fn date(&mut self, key: Key, sink: &mut Sink) -> Option<Spanned<Date>> {
        let text = self.text_of(key, Shape::Date, sink)?;
        match date::read(&text.value) {
            Ok(date) => Some(Spanned::new(date, text.span)),
            Err(fault) => {
                let (message, help) = fault.explain(&text.value);
                let place = sink.place(text.span);
                sink.report(Diagnostic::new(&invalid_date::RULE, place, message).help(help));
                None
            }
        }
    }

    /// Takes a whole number within bounds.
    pub(crate) fn number(
        &mut self,
        key: Key,
        (least, most): (i64, i64),
        sink: &mut Sink,
    ) -> Option<Spanned<i64>> {
        let text = self.text_of(key, Shape::Number(least, most), sink)?;
        match text.value.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Some(Spanned::new(number, text.span)),
            _ => {
                let message = format!("`{}` is a whole number from {least} to {most}", key.name);
                sink.invalid(text.span, message);
                None
            }
        }
    }

    /// Takes a yes or a no.
    pub(crate) fn flag(&mut self, key: Key, sink: &mut Sink) -> Option<Spanned<bool>> {
        let text = self.text_of(key, Shape::Flag, sink)?;
        match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(Spanned::new(true, text.span)),
            "false" | "no" | "off" => Some(Spanned::new(false, text.span)),
            _ => {
                sink.invalid(text.span, format!("`{}` is `true` or `false`", key.name));
                None
            }
        }
    }

    /// Takes one of these words, as `parse` knows it.
    pub(crate) fn word<T>(
        &mut self,
        key: Key,
        words: &[&'static str],
        parse: impl Fn(&str) -> Option<T>,
        sink: &mut Sink,
    ) -> Option<Spanned<T>> {
        let entry = self.take(key, |_| Shape::Words(words.to_vec()))?;
        let text = text(&entry.value, key.name, sink)?;
        let word = text.value.to_ascii_lowercase();
        // A word that is not listed is not read, so that the list is whole.
        if let Some(value) = parse(&word).filter(|_| words.contains(&word.as_str())) {
            return Some(Spanned::new(value, text.span));
        }
        let place = sink.place(text.span);
        let message = format!("`{}` is none of {}", text.value, quoted(words));
        let diagnostic = Diagnostic::new(&invalid_value::RULE, place, message)
            .nearest(&text.value, words.iter().copied());
        sink.report(diagnostic);
        None
    }

    /// Takes some of these words, as `parse` knows them; one word counts as a list of one.
    pub(crate) fn words<T>(
        &mut self,
        key: Key,
        words: &[&'static str],
        parse: impl Fn(&str) -> Option<T>,
        sink: &mut Sink,
    ) -> Vec<T> {
        let Some(entry) = self.take(key, |_| Shape::SomeWords(words.to_vec())) else {
            return Vec::new();
        };
        let mut all = Vec::new();
        for text in texts(&entry.value, key.name, sink) {
            let word = text.value.to_ascii_lowercase();
            if let Some(value) = parse(&word).filter(|_| words.contains(&word.as_str())) {
                all.push(value);
                continue;
            }
            let message = format!("`{}` is none of {}", text.value, quoted(words));
            let place = sink.place(text.span);
            let diagnostic = Diagnostic::new(&invalid_value::RULE, place, message);
            sink.report(diagnostic.nearest(&text.value, words.iter().copied()));
        }
        all
    }

    /// Takes what decides who may see it; withheld where nothing is said.
    pub(crate) fn disclosure(&mut self, sink: &mut Sink) -> Disclosure {
        let word = self.word(DISCLOSURE, Disclosure::WORDS, Disclosure::parse, sink);
        word.map(|word| word.value).unwrap_or_default()
    }

    /// Takes an interval.
    pub(crate) fn cadence(&mut self, key: Key, sink: &mut Sink) -> Option<Spanned<Cadence>> {
        let text = self.text_of(key, Shape::Cadence, sink)?;
        match Cadence::parse(&text.value) {
            Some(cadence) => Some(Spanned::new(cadence, text.span)),
            None => {
                let place = sink.place(text.span);
                let message = format!("`{}` is not an interval", text.value);
                let help = "write `12 months`, `90 days`, `annual`, `quarterly` …";
                sink.report(Diagnostic::new(&invalid_value::RULE, place, message).help(help));
                None
            }
        }
    }

    /// Takes a list of texts; one text counts as a list of one.
    pub(crate) fn texts(&mut self, key: Key, sink: &mut Sink) -> Vec<Spanned<String>> {
        let Some(entry) = self.take(key, |_| Shape::Texts) else { return Vec::new() };
        texts(&entry.value, key.name, sink)
    }

    /// Takes text, or a list of texts as one text, as other people's folders write it.
    pub(crate) fn joined(&mut self, key: Key, sink: &mut Sink) -> Option<Spanned<String>> {
        let entry = self.take(key, |_| Shape::Texts)?;
        let all: Vec<String> =
            texts(&entry.value, key.name, sink).into_iter().map(|text| text.value).collect();
        (!all.is_empty()).then(|| Spanned::new(all.join(", "), entry.value.span))
    }

    /// Takes a list of mappings and reads each, leaving out those that `read` gives nothing for.
    /// `noun` is the word for one.
    pub(crate) fn list<T>(
        &mut self,
        key: Key,
        noun: &'static str,
        sink: &mut Sink,
        mut read: impl FnMut(&mut Self, &mut Sink) -> Option<T>,
    ) -> Vec<T> {
        let entry = self.take(key, |node| {
            let first = node.items().first().unwrap_or(&NOTHING);
            Shape::List(Self::describe(first, noun, &mut read))
        });
        let Some(Entry { value, .. }) = entry else { return Vec::new() };
        if !matches!(value.kind, NodeKind::List(_)) {
            sink.invalid(
                value.span,
                format!("`{}` is a list, not {}", key.name, value.kind_word()),
            );
        }
        let items = value.items().iter();
        items.filter_map(|item| Self::read(item, noun, sink, &mut read).flatten()).collect()
    }

    /// Takes a mapping and reads it.
    pub(crate) fn mapping<T>(
        &mut self,
        key: Key,
        sink: &mut Sink,
        mut read: impl FnMut(&mut Self, &mut Sink) -> T,
    ) -> Option<T> {
        let describe = |node| Shape::Mapping(Self::describe(node, key.name, &mut read));
        let entry = self.take(key, describe)?;
        Self::read(&entry.value, key.name, sink, read)
    }

    /// Takes a mapping whose keys its author chooses. `shape` says what each holds.
    pub(crate) fn free(
        &mut self,
        key: Key,
        noun: &'static str,
        shape: impl FnOnce() -> Shape,
        sink: &mut Sink,
    ) -> &'n [Entry] {
        let entry = self.take(key, |_| shape());
        let mapping = entry.and_then(|entry| Self::open(&entry.value, noun, sink).map(|_| entry));
        mapping.map_or(&[], |entry| entry.value.entries())
    }

    /// Reports the keys that nothing took.
    pub(crate) fn finish(&self, sink: &mut Sink) {
        for (entry, _) in self.entries.iter().filter(|(_, taken)| !taken) {
            if let Some(name) = self.alias(entry) {
                let message = format!(
                    "`{}` is another name of `{name}`, which is given too",
                    entry.key.value
                );
                let place = sink.place(entry.key.span);
                sink.report(
                    Diagnostic::new(&duplicate_key::RULE, place, message)
                        .help("keep one of the two"),
                );
                continue;
            }
            let what = with_article(self.noun);
            let message = format!("{what} has no key `{}`", entry.key.value);
            let place = sink.place(entry.key.span);
            let help = self.help_for(&entry.key.value);
            sink.report(Diagnostic::new(&unknown_key::RULE, place, message).help(help));
        }
    }

    /// Says what to write instead of a key that is not known: what computes it, or the keys that
    /// there are, the nearest first.
    fn help_for(&self, typed: &str) -> String {
        let known: Vec<&str> =
            self.known.iter().filter(|key| !key.is_refused).map(|key| key.name).collect();
        let is_document = known.contains(&"approvals");
        let computed = COMPUTED.iter().find(|(keys, _)| keys.contains(&&*fold(typed)));
        if let Some((_, help)) = computed.filter(|_| is_document) {
            return (*help).to_owned();
        }
        let nearest = nearest_name(typed, known.iter().copied())
            .or_else(|| known.iter().copied().find(|name| name.contains(typed)));
        let others = known.iter().copied().filter(|name| Some(*name) != nearest);
        let names: Vec<&str> = nearest.into_iter().chain(others).collect();
        match nearest {
            Some(nearest) if names.len() > 20 => format!("did you mean `{nearest}`?"),
            Some(nearest) => format!("did you mean `{nearest}`? its keys are {}", quoted(&names)),
            None => format!("its keys are {}", quoted(&names)),
        }
    }

    /// Returns the name of the field that an entry gives.
    fn alias(&self, entry: &Entry) -> Option<&'static str> {
        let folded = fold(&entry.key.value);
        let is_it = |key: &&Key| key.names().any(|name| folded.bytes().eq(letters(name)));
        self.known.iter().find(is_it).map(|key| key.name)
    }

    /// Returns the keys that nothing took with their values as text, and notes each.
    pub(crate) fn keep_rest(&self, sink: &mut Sink) -> Vec<(String, String)> {
        let mut kept = Vec::new();
        for (entry, _) in self.entries.iter().filter(|(_, taken)| !taken) {
            let message = match self.alias(entry) {
                Some(name) => format!(
                    "`{}` is another name of `{name}`; it is kept and shown",
                    entry.key.value
                ),
                None => format!(
                    "`{}` is not a key that Avouch knows; it is kept and shown",
                    entry.key.value
                ),
            };
            let mut diagnostic =
                Diagnostic::new(&unknown_key::RULE, sink.place(entry.key.span), message);
            diagnostic.level = Level::Note;
            sink.report(diagnostic);
            kept.push((entry.key.value.clone(), plain(&entry.value)));
        }
        kept
    }
}

/// Reads a node as text.
pub(crate) fn text(node: &Node, name: &str, sink: &mut Sink) -> Option<Spanned<String>> {
    match &node.kind {
        NodeKind::Scalar { text, .. } => Some(Spanned::new(text.trim().to_owned(), node.span)),
        NodeKind::Null => None,
        NodeKind::List(_) | NodeKind::Map(_) => {
            sink.invalid(node.span, format!("`{name}` is text, not {}", node.kind_word()));
            None
        }
    }
}

/// Reads a node as a list of texts; one text counts as a list of one.
pub(crate) fn texts(node: &Node, name: &str, sink: &mut Sink) -> Vec<Spanned<String>> {
    match &node.kind {
        NodeKind::List(items) => items.iter().filter_map(|item| text(item, name, sink)).collect(),
        _ => text(node, name, sink).into_iter().collect(),
    }
}

/// Reads text as an identifier.
pub(crate) fn id(text: &Spanned<String>, sink: &mut Sink) -> Option<Spanned<Id>> {
    let parsed = Id::parse(&text.value);
    if parsed.is_none() {
        let place = sink.place(text.span);
        let message = format!("`{}` cannot be an id", text.value.escape_debug());
        let help = "an id is at most 64 ASCII letters, digits, `-`, `_` and `.`, and begins with a letter or digit";
        sink.report(Diagnostic::new(&invalid_value::RULE, place, message).help(help));
    }
    parsed.map(|id| Spanned::new(id, text.span))
}

/// Lists words in backticks.
pub(crate) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Writes a node as one line of text, for keys that are kept and shown.
fn plain(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => String::new(),
        NodeKind::Scalar { text, .. } => text.trim().to_owned(),
        NodeKind::List(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        NodeKind::Map(entries) => entries
            .iter()
            .map(|entry| format!("{}: {}", entry.key.value, plain(&entry.value)))
            .collect::<Vec<_>>()
            .join("; "),
    }
}
