//! All Markdown files of a snapshot to [`Document`]s, several at a time.

use std::sync::Arc;

use rayon::prelude::*;

use super::document::{self, Strictness};
use super::rules::{invalid_date, invalid_value, unread_file};
use super::{FOLDERS, Options, campaigns, front_matter, lenient, text};
use crate::diagnostic::Diagnostic;
use crate::memo::{Memo, ReadDocument};
use crate::model::document::{Document, Kind};
use crate::model::fingerprint::Fingerprint;
use crate::model::settings::Settings;
use crate::model::unread::{Declares, Unread};
use crate::span::{FilePath, Place, Span};
use crate::workspace::{File, Layout, Snapshot, is_markdown};

/// What reading all Markdown files gave.
pub(super) struct ReadDocuments {
    /// The documents in the order of their paths.
    pub(super) documents: Vec<Arc<Document>>,
    /// What of them could not be read.
    pub(super) unread: Unread,
    /// What was wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The documents for the next run.
    pub(super) memo: Memo,
}

/// What reading a Markdown file gave: a document with the fingerprint that the memo knows it by,
/// unless the file is none; and what was wrong.
type ReadFile = (Option<(Fingerprint, ReadDocument)>, Vec<Diagnostic>);

/// Reads all Markdown files, and takes from the memo what was read before.
pub(super) fn read(
    snapshot: &Snapshot,
    options: Options<'_>,
    settings: &Settings,
    memo: &Memo,
) -> ReadDocuments {
    let is_workspace = options.layout == Layout::Workspace;
    let strictness = Strictness {
        is_workspace,
        is_published: is_workspace && settings.publish.trust_center,
        names: options.names,
    };
    let is_ours = |path: &str| is_markdown(path) && (!is_workspace || path.starts_with("content/"));
    let files: Vec<(&FilePath, &File)> =
        snapshot.iter().filter(|(path, _)| is_ours(path)).collect();
    let read: Vec<ReadFile> =
        files.par_iter().map(|(path, file)| read_file(path, file, strictness, memo)).collect();

    let mut unread = Unread::default();
    let mut documents = Vec::with_capacity(read.len());
    let mut diagnostics = Vec::new();
    let mut used = Vec::with_capacity(read.len());
    for ((path, file), (read, mut found)) in files.into_iter().zip(read) {
        diagnostics.append(&mut found);
        let Some((key, read)) = read else {
            if is_workspace && file.text().is_err() && kind(path, true).is_some() {
                miss(&mut unread, path, file);
            }
            continue;
        };
        if is_workspace && read.diagnostics.iter().any(hides_facts) {
            miss(&mut unread, path, file);
        }
        documents.push(Arc::clone(&read.document));
        diagnostics.extend(read.diagnostics.iter().cloned());
        used.push((key, read));
    }
    ReadDocuments { documents, unread, diagnostics, memo: used.into_iter().collect() }
}

fn read_file(path: &FilePath, file: &File, strictness: Strictness<'_>, memo: &Memo) -> ReadFile {
    let is_workspace = strictness.is_workspace;
    let mut diagnostics = Vec::new();
    let Some(kind) = kind(path, is_workspace) else {
        if !is_readme(path) && !campaigns::is_packet(path) {
            let place = Place::new(path, Span::default());
            let message = "nothing reads a Markdown file here";
            let help = "documents stand in `content/policies`, `content/procedures`, \
                `content/narratives` or `content/trust/pages`";
            diagnostics.push(Diagnostic::new(&unread_file::RULE, place, message).help(help));
        }
        return (None, diagnostics);
    };
    let Some(text) = text(path, file, &mut diagnostics) else { return (None, diagnostics) };
    if is_workspace && is_readme(path) && front_matter::is_absent(text) {
        return (None, diagnostics);
    }
    let fingerprint = file.fingerprint();
    let key = Fingerprint::of(&(path, fingerprint, kind, strictness));
    let read = memo.document(key).unwrap_or_else(|| {
        let (document, found) = document::read(path, (text, fingerprint), kind, strictness);
        ReadDocument { document: document.into(), diagnostics: found.into() }
    });
    (Some((key, read)), diagnostics)
}

/// Notes that the facts of a document could not be read, or not all of them.
fn miss(unread: &mut Unread, path: &FilePath, file: &File) {
    let text = String::from_utf8_lossy(file.bytes());
    let head = lenient::top(&text);
    let mut names = lenient::ids(head).map(|id| id.to_ascii_lowercase()).peekable();
    if names.peek().is_none() {
        unread.kinds.insert(Declares::Documents);
    }
    unread.names.extend(names);
    unread.documents.insert(FilePath::clone(path));
}

/// Returns whether a diagnostic about a document says that facts of it are not known.
fn hides_facts(diagnostic: &Diagnostic) -> bool {
    let values = [&invalid_value::RULE, &invalid_date::RULE];
    diagnostic.is_error() && (diagnostic.rule.hides_content() || values.contains(&diagnostic.rule))
}

/// Returns whether a file tells people about its folder, as git hosts show it.
fn is_readme(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case("readme.md"))
}

fn kind(path: &str, is_workspace: bool) -> Option<Kind> {
    if !is_workspace {
        return Some(Kind::Text);
    }
    let is_in = |folder: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    FOLDERS.iter().find(|(folder, _)| is_in(folder)).map(|(_, kind)| *kind)
}
