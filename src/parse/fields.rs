//! Typed readers of [`Node`]s: take a field, report what is wrong with it, go on.
//!
//! A [`Fields`] stands for one mapping. Every `take_…` marks its key as known; [`Fields::finish`]
//! reports the keys that nothing took. Keys are compared without regard to case, spaces, `-` and
//! `_`, and each field may have aliases that real policy sets use.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::date;
use super::rules::{
    duplicate_key, invalid_date, invalid_value, invalid_yaml, missing_fact, unknown_key,
};
use super::yaml::{Entry, Node, NodeKind, YamlFault};
use crate::diagnostic::{Diagnostic, Level, nearest_name};
use crate::model::cadence::Cadence;
use crate::model::id::Id;
use crate::span::{FilePath, Place, Span, Spanned};

/// Where readers report to: the diagnostics of one file.
pub(crate) struct Sink {
    path: FilePath,
    offset: u32,
    /// What was reported so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Names that are declared with a value that could not be read.
    pub(crate) lost: BTreeSet<String>,
}

impl Sink {
    /// Reports about a file whose spans count from `offset`.
    pub(crate) fn new(path: &FilePath, offset: u32) -> Self {
        Self { path: FilePath::clone(path), offset, diagnostics: Vec::new(), lost: BTreeSet::new() }
    }

    /// Returns the path of the file.
    pub(crate) fn path(&self) -> &FilePath {
        &self.path
    }

    /// Returns the place of a span in the whole file.
    pub(crate) fn place(&self, span: Span) -> Place {
        Place::new(&self.path, span.shifted(self.offset))
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a value of the wrong kind.
    pub(crate) fn invalid(&mut self, span: Span, message: impl Into<String>) {
        let place = self.place(span);
        let is_refused =
            |one: &Diagnostic| one.rule == &invalid_yaml::RULE && one.place.span == place.span;
        if !self.diagnostics.iter().any(is_refused) {
            self.report(Diagnostic::new(&invalid_value::RULE, place, message));
        }
    }

    /// Reports a fault of the text itself.
    pub(crate) fn yaml(&mut self, fault: YamlFault) {
        let place = self.place(fault.span);
        let rule = if fault.first.is_some() { &duplicate_key::RULE } else { &invalid_yaml::RULE };
        let mut diagnostic = Diagnostic::new(rule, place, fault.message);
        if let Some(first) = fault.first {
            diagnostic = diagnostic.related(self.place(first), "the first one");
        }
        diagnostic.help = fault.help;
        self.report(diagnostic);
    }
}

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
    what: String,
    span: Span,
    /// Its entries, each with whether it was taken.
    entries: Vec<(&'n Entry, bool)>,
    /// The numbers of the entries by their folded keys.
    places: BTreeMap<Cow<'n, str>, usize>,
    known: Vec<&'static str>,
    /// Other names of what was taken, and the name that messages use.
    aliases: Vec<(&'static str, &'static str)>,
    /// Whether it could not be read, so that nothing is missed in it.
    is_unread: bool,
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

impl<'n> Fields<'n> {
    /// Opens a mapping; reports anything else.
    pub(crate) fn open(node: &'n Node, what: &str, sink: &mut Sink) -> Option<Self> {
        let NodeKind::Map(entries) = &node.kind else {
            sink.invalid(
                node.span,
                format!(
                    "{} is a mapping of keys and values, not {}",
                    with_article(what),
                    node.kind_word()
                ),
            );
            return None;
        };
        let mut kept: Vec<(&Entry, bool)> = Vec::with_capacity(entries.len());
        let mut places: BTreeMap<Cow<'_, str>, usize> = BTreeMap::new();
        for entry in entries {
            let position = *places.entry(fold(&entry.key.value)).or_insert(kept.len());
            if let Some((first, _)) = kept.get(position) {
                let message =
                    format!("`{}` and `{}` are the same key", first.key.value, entry.key.value);
                let diagnostic =
                    Diagnostic::new(&duplicate_key::RULE, sink.place(entry.key.span), message)
                        .related(sink.place(first.key.span), "the first one")
                        .help("keep one of the two");
                sink.report(diagnostic);
            } else {
                kept.push((entry, false));
            }
        }
        let what = what.to_owned();
        Some(Self {
            what,
            span: node.span,
            entries: kept,
            places,
            known: Vec::new(),
            aliases: Vec::new(),
            is_unread: false,
        })
    }

    /// Stands for a mapping that could not be read: nothing is in it and nothing is missed.
    pub(crate) fn empty(what: &str) -> Self {
        let what = what.to_owned();
        let (entries, places, known, aliases) = Default::default();
        Self { what, span: Span::default(), entries, places, known, aliases, is_unread: true }
    }

    /// Stands for a mapping of which not everything could be read: nothing is missed in it.
    pub(crate) fn in_part(mut self) -> Self {
        self.is_unread = true;
        self
    }

    /// Returns a field that was taken, as name and text, for showing what could not be understood.
    pub(crate) fn shown(&self, name: &str) -> Option<(String, String)> {
        let (entry, _) = self.entries[*self.places.get(&fold(name))?];
        Some((entry.key.value.clone(), plain(&entry.value)))
    }

    /// Returns where the mapping stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// Takes a field by the first of its names that is there. `names[0]` is the name in messages.
    pub(crate) fn take(&mut self, names: &[&'static str]) -> Option<&'n Entry> {
        self.known.push(names[0]);
        let position = names.iter().find_map(|name| {
            let position = *self.places.get(&fold(name))?;
            (!self.entries[position].1).then_some(position)
        });
        let (entry, taken) = &mut self.entries[position?];
        *taken = true;
        let entry: &'n Entry = entry;
        // Another name of the same field stays untaken and is reported in the end.
        self.aliases.extend(names.iter().map(|name| (*name, names[0])));
        Some(entry).filter(|entry| entry.value.kind != NodeKind::Null)
    }

    /// Takes all entries that nothing took, as for a mapping with free keys.
    pub(crate) fn take_rest(&mut self) -> Vec<&'n Entry> {
        let rest = self.entries.iter_mut().filter(|(_, taken)| !*taken);
        rest.map(|(entry, taken)| {
            *taken = true;
            *entry
        })
        .collect()
    }

    /// Reports that a field must be there, unless one is there that could not be understood.
    pub(crate) fn missing(&self, name: &str, help: &str, sink: &mut Sink) {
        let is_there = |(entry, taken): &(&Entry, bool)| {
            *taken && entry.value.kind != NodeKind::Null && self.alias(entry) == Some(name)
        };
        if self.is_unread || self.entries.iter().any(is_there) {
            return;
        }
        let at = Span { start: self.span.start, end: self.span.start };
        let message = format!("this {} has no `{name}`", self.what);
        let place = sink.place(at);
        sink.report(Diagnostic::new(&missing_fact::RULE, place, message).help(help));
    }

    /// Takes text.
    pub(crate) fn text(
        &mut self,
        names: &[&'static str],
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        let entry = self.take(names)?;
        text(&entry.value, names[0], sink)
    }

    /// Takes text that must be there.
    pub(crate) fn required_text(
        &mut self,
        names: &[&'static str],
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        let known = self.take(names);
        match known {
            Some(entry) => text(&entry.value, names[0], sink),
            None => {
                self.missing(names[0], &format!("add `{}:`", names[0]), sink);
                None
            }
        }
    }

    /// Takes an identifier that must be there.
    pub(crate) fn required_id(&mut self, sink: &mut Sink) -> Option<Spanned<Id>> {
        let text = self.required_text(&["id"], sink)?;
        id(&text, sink)
    }

    /// Takes a date.
    pub(crate) fn date(
        &mut self,
        names: &[&'static str],
        sink: &mut Sink,
    ) -> Option<Spanned<Date>> {
        let text = self.text(names, sink)?;
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
        name: &'static str,
        bounds: (i64, i64),
        sink: &mut Sink,
    ) -> Option<Spanned<i64>> {
        let text = self.text(&[name], sink)?;
        match text.value.parse::<i64>() {
            Ok(number) if (bounds.0..=bounds.1).contains(&number) => {
                Some(Spanned::new(number, text.span))
            }
            _ => {
                sink.invalid(
                    text.span,
                    format!("`{name}` is a whole number from {} to {}", bounds.0, bounds.1),
                );
                None
            }
        }
    }

    /// Takes a yes or a no.
    pub(crate) fn flag(&mut self, name: &'static str, sink: &mut Sink) -> Option<Spanned<bool>> {
        let text = self.text(&[name], sink)?;
        match text.value.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(Spanned::new(true, text.span)),
            "false" | "no" | "off" => Some(Spanned::new(false, text.span)),
            _ => {
                sink.invalid(text.span, format!("`{name}` is `true` or `false`"));
                None
            }
        }
    }

    /// Takes one of the words that `parse` knows; `words` are offered when it does not.
    pub(crate) fn word<T>(
        &mut self,
        names: &[&'static str],
        parse: impl Fn(&str) -> Option<T>,
        words: &[&'static str],
        sink: &mut Sink,
    ) -> Option<Spanned<T>> {
        let text = self.text(names, sink)?;
        if let Some(value) = parse(&text.value.to_ascii_lowercase()) {
            return Some(Spanned::new(value, text.span));
        }
        let place = sink.place(text.span);
        let message = format!("`{}` is none of {}", text.value, quoted(words));
        let diagnostic = Diagnostic::new(&invalid_value::RULE, place, message)
            .nearest(&text.value, words.iter().copied());
        sink.report(diagnostic);
        None
    }

    /// Takes an interval.
    pub(crate) fn cadence(
        &mut self,
        names: &[&'static str],
        sink: &mut Sink,
    ) -> Option<Spanned<Cadence>> {
        let text = self.text(names, sink)?;
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
    pub(crate) fn texts(
        &mut self,
        names: &[&'static str],
        sink: &mut Sink,
    ) -> Vec<Spanned<String>> {
        let Some(entry) = self.take(names) else { return Vec::new() };
        texts(&entry.value, names[0], sink)
    }

    /// Takes text, or a list of texts as one text, as other people's folders write it.
    pub(crate) fn joined(
        &mut self,
        names: &[&'static str],
        sink: &mut Sink,
    ) -> Option<Spanned<String>> {
        let entry = self.take(names)?;
        let all: Vec<String> =
            texts(&entry.value, names[0], sink).into_iter().map(|text| text.value).collect();
        (!all.is_empty()).then(|| Spanned::new(all.join(", "), entry.value.span))
    }

    /// Takes a list of mappings.
    pub(crate) fn list(&mut self, name: &'static str, sink: &mut Sink) -> Vec<&'n Node> {
        let Some(entry) = self.take(&[name]) else { return Vec::new() };
        if let NodeKind::List(items) = &entry.value.kind {
            return items.iter().collect();
        }
        sink.invalid(
            entry.value.span,
            format!("`{name}` is a list, not {}", entry.value.kind_word()),
        );
        Vec::new()
    }

    /// Takes a mapping.
    pub(crate) fn fields(&mut self, name: &'static str, sink: &mut Sink) -> Option<Fields<'n>> {
        let entry = self.take(&[name])?;
        Fields::open(&entry.value, name, sink)
    }

    /// Reports the keys that nothing took.
    pub(crate) fn finish(self, sink: &mut Sink) {
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
            let what = with_article(&self.what);
            let message = format!("{what} has no key `{}`", entry.key.value);
            let place = sink.place(entry.key.span);
            let help = self.help_for(&entry.key.value);
            sink.report(Diagnostic::new(&unknown_key::RULE, place, message).help(help));
        }
    }

    /// Says what to write instead of a key that is not known: what computes it, or the keys that
    /// there are, the nearest first.
    fn help_for(&self, key: &str) -> String {
        let is_document = self.known.contains(&"approvals");
        let computed = COMPUTED.iter().find(|(keys, _)| keys.contains(&&*fold(key)));
        if let Some((_, help)) = computed.filter(|_| is_document) {
            return (*help).to_owned();
        }
        let nearest = nearest_name(key, self.known.iter().copied())
            .or_else(|| self.known.iter().copied().find(|name| name.contains(key)));
        let is_other = |name: &&&str| {
            Some(**name) != nearest && !matches!(**name, "review_date" | "next_review")
        };
        let others = self.known.iter().filter(is_other).copied();
        let names: Vec<&str> = nearest.into_iter().chain(others).collect();
        match nearest {
            Some(nearest) if names.len() > 20 => format!("did you mean `{nearest}`?"),
            Some(nearest) => format!("did you mean `{nearest}`? its keys are {}", quoted(&names)),
            None => format!("its keys are {}", quoted(&names)),
        }
    }

    /// Returns the field that was read by another name than this one.
    fn alias(&self, entry: &Entry) -> Option<&'static str> {
        let folded = fold(&entry.key.value);
        self.aliases.iter().find(|(alias, _)| fold(alias) == folded).map(|(_, name)| *name)
    }

    /// Returns the keys that nothing took with their values as text, and notes each.
    pub(crate) fn keep_rest(self, sink: &mut Sink) -> Vec<(String, String)> {
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
