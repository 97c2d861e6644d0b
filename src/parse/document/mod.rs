//! One Markdown file to a [`Document`]: facts of the front matter, outline of the body.

pub(super) mod acts;
mod explain;
mod facts;
mod from_path;
mod head;

use std::sync::Arc;

pub(super) use self::facts::describe;
use self::facts::{FileFacts, facts};
use self::head::{Head, read_head, rename, report_oddity, unless_text};
use super::canonical;
use super::fields::Fields;
use super::residue::Exposure;
use super::sink::Sink;
use super::{characters, conflict, front_matter, markdown, residue};
use crate::diagnostic::Diagnostic;
use crate::model::disclosure::Disclosure;
use crate::model::document::{Document, Kind};
use crate::model::fingerprint::Fingerprint;
use crate::span::{FilePath, Span};

/// How strictly documents are read.
#[derive(Debug, Clone, Copy, Hash)]
pub(crate) struct Strictness<'a> {
    /// Whether the folder is a workspace: then front matter is required and every key is known.
    pub(crate) is_workspace: bool,
    /// Whether the trust center is on.
    pub(crate) is_published: bool,
    /// Names of keys of other people's folders: ours, theirs.
    pub(crate) names: &'a [(String, String)],
}

/// Reads a document from a text with its fingerprint. Whatever is wrong with the file, there is one.
pub(crate) fn read(
    path: &FilePath,
    (text, fingerprint): (&str, Fingerprint),
    kind: Kind,
    strictness: Strictness<'_>,
) -> (Document, Vec<Diagnostic>) {
    let parts = front_matter::split(text);
    let parts = if strictness.is_workspace { parts } else { unless_text(parts, text) };
    let mut sink = Sink::new(path, u32::try_from(parts.head_start).unwrap_or(u32::MAX));
    report_oddity(&parts, text, strictness, &mut sink);
    let Head { mut node, is_whole } = read_head(&parts, strictness, &mut sink);
    if let Some(node) = &mut node {
        rename(node, strictness.names);
    }

    let read = markdown::read(parts.body, &markdown::Options::of(kind));
    let unfinished = residue::find(&read.body, parts.body);
    let canonical = node
        .as_ref()
        .filter(|_| is_whole)
        .map_or_else(canonical::no_facts, canonical::front_matter);
    let file = FileFacts {
        path,
        kind,
        outline: Arc::new(read.outline),
        body_start: u32::try_from(parts.body_start).unwrap_or(u32::MAX),
        head: Span::new(parts.head_start, parts.head_start + parts.head.map_or(0, str::len)),
        fingerprint,
        canonical: canonical.into(),
    };
    let fields = node.as_ref().and_then(|node| Fields::open(node, kind.noun(), &mut sink));
    let fields = fields.unwrap_or_else(|| Fields::empty(kind.noun()));
    let is_whole = is_whole && parts.oddity.is_none();
    let mut fields = if is_whole { fields } else { fields.in_part() };
    let document = facts(file, &mut fields, strictness, &mut sink);

    let mut diagnostics = sink.diagnostics;
    characters::check(path, text, parts.body_start, &mut diagnostics);
    let is_disclosed = strictness.is_published && document.disclosure.value != Disclosure::Withheld;
    let exposure = Exposure::Disclosed.published(is_disclosed);
    let values = node
        .as_ref()
        .filter(|_| strictness.is_workspace)
        .map(|head| residue::values(head, parts.head.unwrap_or_default(), exposure));
    let values = values.unwrap_or_default();
    diagnostics.extend(explain::unfinished(&document, text, values, unfinished, strictness));
    let conflicts = conflict::in_body(parts.body, &read.body).into_iter();
    let conflicts = conflicts.map(|it| conflict::explain(path, it, document.body_start));
    // The line that ends a conflict which began before the body is told with it.
    let is_told = |it: &Diagnostic| {
        diagnostics.iter().flat_map(|one| &one.related).any(|(place, _)| *place == it.place)
    };
    let conflicts: Vec<Diagnostic> = conflicts.filter(|it| !is_told(it)).collect();
    diagnostics.extend(conflicts);
    let faults = read.faults.iter();
    diagnostics.extend(faults.map(|fault| explain::fault(&document, fault, strictness)));
    (document, diagnostics)
}
