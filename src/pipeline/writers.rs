//! Who wrote a text, as the history claims it.
//!
//! Authors of commits are claims of whoever made them. So all of them are named, those who are named
//! beside them too, and nothing of this decides anything but that an author more is known.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Inputs;
use super::in_force::past;
use crate::memo::Memo;
use crate::model::corpus::Corpus;
use crate::parse::{self, parse};
use crate::signature::Digest;
use crate::span::FilePath;
use crate::workspace::history::{Extent, FileVersion, Identity};
use crate::workspace::{File, Snapshot};

/// Who wrote a text since another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writers {
    /// Everyone whom a commit names as an author that changed the text.
    pub found: BTreeSet<Identity>,
    /// Whether the text of the file is committed; nobody says who wrote what is not.
    pub is_committed: bool,
    /// How much of the past there is.
    pub extent: Extent,
    /// Why the text before could not be found, so that all commits of the file count.
    pub lost: Option<String>,
}

/// What an approval covers of a file by itself: the canonical front matter and the body.
type Covered = (Arc<[u8]>, String);

/// Finds who changed the text of a document since the one with a digest; since ever where nothing is
/// named. Commits that change only what no approval covers, such as its rows, do not count.
///
/// # Errors
///
/// Says why the history cannot be read.
pub fn writers(
    inputs: &Inputs,
    corpus: &Corpus,
    document: usize,
    since: Option<Digest>,
) -> Result<Writers, String> {
    let history = inputs.history.history().map_err(ToString::to_string)?;
    let path = &corpus.documents[document].path;
    let versions = history.versions_of(&[FilePath::clone(path)]);
    let versions = versions.map_err(|failure| failure.to_string())?;
    let versions = versions.get(path).map_or(&[][..], Vec::as_slice);
    let (before, lost) = match since.map(|digest| past(inputs, corpus, document, digest)) {
        None => (None, None),
        Some(Ok(past)) => (past.covered(), None),
        Some(Err(reason)) => (None, Some(reason)),
    };
    let covered = |version: &FileVersion| {
        let bytes = history.bytes_of(version).map_err(|failure| failure.to_string())?;
        Ok::<_, String>(of_file(inputs, &version.path, File::new(bytes)))
    };
    let texts: Vec<Option<Covered>> = versions.iter().map(covered).collect::<Result<_, _>>()?;
    let known = before.and_then(|before| texts.iter().position(|it| it.as_ref() == Some(&before)));
    let mut found = BTreeSet::new();
    for (at, version) in versions.iter().enumerate().take(known.unwrap_or(versions.len())) {
        let is_same = texts[at].is_some() && texts.get(at + 1) == Some(&texts[at]);
        if !is_same {
            found.insert(version.author.clone());
            found.extend(version.co_authors.iter().cloned());
        }
    }
    let file = inputs.snapshot.get(path).cloned();
    let written = file.and_then(|file| of_file(inputs, path, file));
    let is_committed = written.is_some() && texts.first() == Some(&written);
    Ok(Writers { found, is_committed, extent: history.extent(), lost })
}

/// Returns what an approval covers of a file; nothing where it holds no document.
fn of_file(inputs: &Inputs, path: &FilePath, file: File) -> Option<Covered> {
    // A path outside of the workspace begins with `/`, and no document stands there.
    let path = FilePath::from(path.trim_start_matches('/'));
    let snapshot: Snapshot = [(FilePath::clone(&path), file)].into_iter().collect();
    let rules = super::rules();
    let options = parse::Options { layout: inputs.layout, rules: &rules, names: &inputs.names };
    let (parsed, _) = parse(&snapshot, options, &Memo::default());
    let document = parsed.documents.iter().find(|it| it.path == path)?;
    Some((Arc::clone(&document.canonical), snapshot.body(document).to_owned()))
}
