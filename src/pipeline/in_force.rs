//! The texts in force, where files hold others: taken from the history and put in their place.
//!
//! What is approved is a text with the values of its variables and the files that it shows. All of
//! that is looked for in the history by its digest, so what is found is what was approved, whatever
//! commits and dates say. Values and files that changed since go by another name in the text, so that
//! every other text keeps those of today.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::Inputs;
use crate::assess::{self, Wanted, dependencies};
use crate::memo::Memo;
use crate::model::corpus::Corpus;
use crate::model::disclosure::Disclosure;
use crate::model::fingerprint::Fingerprint;
use crate::model::proposal::Proposal;
use crate::model::settings::Fact;
use crate::model::shown::{NOT_IN_HISTORY, Shown, ShownTexts};
use crate::parse::{self, Parsed, parse};
use crate::redline::{self, Redline, Text, facts};
use crate::resolve::resolve;
use crate::signature::Digest;
use crate::signature::canonical::Canonical;
use crate::span::FilePath;
use crate::workspace::history::{History, HistoryFailure, ObjectId};
use crate::workspace::{File, Snapshot};

/// The settings, whose facts texts use.
pub(super) const SETTINGS: &str = "content/workspace.yaml";
/// The level of the first headings of redlines on pages.
const REDLINE_LEVEL: u8 = 3;
/// The most commits in which one text is looked for.
pub(super) const MOST_COMMITS: usize = 2_000;

/// A text in force, as it goes into the snapshot that is shown.
#[derive(Debug, Clone)]
pub(super) struct PastText {
    /// The file: the text with other names for what changed since.
    file: File,
    /// The commit that holds it.
    commit: String,
    /// Facts under the names that the text has for them.
    facts: Vec<Fact>,
    /// Files under the paths that the text has for them.
    files: Vec<(FilePath, File)>,
}

/// What is shown: all files with the texts in force, and what that is for each document.
pub(super) struct Composed {
    pub(super) snapshot: Snapshot,
    pub(super) facts: Vec<Fact>,
    pub(super) shown: ShownTexts,
    /// What files hold instead.
    pub(super) proposals: Vec<Proposal>,
}

/// Why a text is not shown that was signed as something else than what it is.
const OTHER_TAGS: &str = "who signed it named other tags than it has";

/// Puts the texts in force in the place of what files hold.
pub(super) fn compose(
    snapshot: &Snapshot,
    corpus: &Corpus,
    options: parse::Options<'_>,
    (wanted, digests): (&[Wanted], &[Digest]),
    history: Result<&History, &HistoryFailure>,
) -> Composed {
    let mut composed = Composed {
        snapshot: snapshot.clone(),
        facts: Vec::new(),
        shown: ShownTexts::new(),
        proposals: Vec::new(),
    };
    let search = history.map_err(ToString::to_string).map(|history| Search {
        history,
        snapshot,
        corpus,
        options,
    });
    for Wanted { document, digest, tags } in wanted {
        let found = match &search {
            Ok(search) => search.find(*document, *digest).and_then(|past| {
                if tags.as_ref().is_some_and(|it| *it != past.corpus.documents[past.index].tags) {
                    return Err(OTHER_TAGS.to_owned());
                }
                let renamed = search.rename(&past, *document).ok_or_else(unplaced)?;
                let source = past.snapshot.get(&past.corpus.documents[past.index].path);
                let source = source.map_or_else(Arc::default, |file| Arc::from(file.bytes()));
                Ok((renamed, source, text(&past.corpus, &past.snapshot, past.index)))
            }),
            Err(reason) => Err(reason.clone()),
        };
        let shown = match found {
            Ok((text, source, before)) => {
                let path = FilePath::clone(&corpus.documents[*document].path);
                let after = self::text(corpus, snapshot, *document);
                let redline = Redline::new(&before, &after);
                let of_file = (*document, digests[*document]);
                composed.proposals.push(proposal(corpus, of_file, &redline));
                composed.snapshot.put(path, text.file);
                text.files.into_iter().for_each(|(path, file)| composed.snapshot.put(path, file));
                composed.facts.extend(text.facts);
                Shown::InForce { digest: *digest, commit: text.commit, source }
            }
            Err(reason) => Shown::Proposed { digest: *digest, reason: Some(reason) },
        };
        composed.shown.insert(*document, shown);
    }
    composed
}

/// Says what a file holds while another text is in force.
fn proposal(corpus: &Corpus, (index, digest): (usize, Digest), redline: &Redline) -> Proposal {
    let document = &corpus.documents[index];
    Proposal {
        document: index,
        digest,
        title: document.title.value.clone(),
        version: document.version.as_ref().map(|it| it.value.clone()),
        effective: document.effective_date.as_ref().map(|it| it.value),
        authors: document.authors.iter().map(|it| it.value.clone()).collect(),
        tags: document.tags.clone(),
        redline: redline::html::html(redline, REDLINE_LEVEL),
    }
}

/// Returns everything that an approval of a document covers, for a redline.
#[must_use]
pub fn text(corpus: &Corpus, snapshot: &Snapshot, document: usize) -> Text {
    let front_matter = Canonical::read(&corpus.documents[document].canonical);
    let (variables, files) = dependencies(corpus, snapshot, document);
    let values = |values: assess::Values| -> Vec<(String, String)> {
        values.into_iter().map(|(name, value)| (name, value.unwrap_or_default())).collect()
    };
    Text {
        front_matter: front_matter.map_or_else(Vec::new, |it| facts(&it)),
        body: snapshot.body(&corpus.documents[document]).to_owned(),
        variables: values(variables),
        files: values(files),
    }
}

/// Returns the text of a document with a digest, from the history, for a redline.
///
/// # Errors
///
/// Says why it cannot be had.
pub fn past_text(
    inputs: &Inputs,
    corpus: &Corpus,
    document: usize,
    digest: Digest,
) -> Result<Text, String> {
    let past = past(inputs, corpus, document, digest)?;
    Ok(text(&past.corpus, &past.snapshot, past.index))
}

/// Returns the canonical form of the text of a document with a digest, from the history.
///
/// # Errors
///
/// Says why it cannot be had.
pub fn past_form(
    inputs: &Inputs,
    corpus: &Corpus,
    document: usize,
    digest: Digest,
) -> Result<Vec<u8>, String> {
    let past = past(inputs, corpus, document, digest)?;
    Ok(assess::form(&past.corpus, &past.snapshot, past.index))
}

/// Finds the text of a document with a digest in the history.
pub(super) fn past(
    inputs: &Inputs,
    corpus: &Corpus,
    document: usize,
    digest: Digest,
) -> Result<Past, String> {
    let history = inputs.history.history().map_err(ToString::to_string)?;
    let rules = super::rules();
    let options = parse::Options { layout: inputs.layout, rules: &rules, names: &inputs.names };
    Search { history, snapshot: &inputs.snapshot, corpus, options }.find(document, digest)
}

/// Adds facts under the names that texts in force have for them.
pub(super) fn with_facts(mut parsed: Parsed, facts: Vec<Fact>) -> Parsed {
    parsed.settings.facts.extend(facts);
    parsed.settings.facts.sort_by(|one, other| one.path.cmp(&other.path));
    parsed.settings.facts.dedup_by(|one, other| one.path == other.path);
    parsed
}

/// A text that was found in the history.
pub(super) struct Past {
    /// The files that decide what it says.
    snapshot: Snapshot,
    corpus: Corpus,
    /// Its number in that corpus.
    index: usize,
    digest: Digest,
    commit: ObjectId,
}

impl Past {
    /// Returns what an approval covers of its file by itself: canonical front matter and body.
    pub(super) fn covered(&self) -> Option<(Arc<[u8]>, String)> {
        let document = self.corpus.documents.get(self.index)?;
        Some((Arc::clone(&document.canonical), self.snapshot.body(document).to_owned()))
    }
}

fn unplaced() -> String {
    "a file that it shows has changed, and its link cannot be led to the old one".to_owned()
}

/// A search for texts in the history.
struct Search<'s> {
    history: &'s History,
    snapshot: &'s Snapshot,
    corpus: &'s Corpus,
    options: parse::Options<'s>,
}

impl Search<'_> {
    /// Finds the text with a digest, or says why it cannot be had.
    fn find(&self, document: usize, digest: Digest) -> Result<Past, String> {
        let failed = |failure: HistoryFailure| failure.to_string();
        let path = &self.corpus.documents[document].path;
        let settings = FilePath::from(SETTINGS);
        let mut paths = vec![FilePath::clone(path), settings];
        let (_, files) = dependencies(self.corpus, self.snapshot, document);
        paths.extend(files.keys().map(|path| FilePath::from(path.as_str())));
        let versions = self.history.versions_of(&paths).map_err(failed)?;
        let of = |path: &FilePath| versions.get(path).map_or(&[][..], Vec::as_slice);
        let mut places: BTreeSet<(FilePath, ObjectId)> = BTreeSet::new();
        let mut tried: HashSet<Fingerprint> = HashSet::new();
        let names: BTreeSet<&FilePath> = of(path).iter().map(|it| &it.path).collect();
        let commits = paths.iter().flat_map(of).map(|it| it.introduced.commit);
        let commits: Vec<ObjectId> = commits.collect();
        for commit in commits.into_iter().take(MOST_COMMITS) {
            for name in &names {
                if name.starts_with('/') || !places.insert((FilePath::clone(name), commit)) {
                    continue;
                }
                let past = self.files_at(commit, name).map_err(failed)?;
                let Some(past) = past.filter(|it| tried.insert(it.fingerprint())) else {
                    continue;
                };
                let (parsed, _) = parse(&past, self.options, &Memo::default());
                let (corpus, _) = resolve(parsed, &past);
                let index = corpus.documents.iter().position(|it| it.path == **name);
                let index = index.filter(|it| assess::digest(&corpus, &past, *it) == digest);
                if let Some(index) = index {
                    return Ok(Past { snapshot: past, corpus, index, digest, commit });
                }
            }
        }
        let extent = self.history.extent();
        Err(if extent.is_complete() { NOT_IN_HISTORY.to_owned() } else { extent.to_string() })
    }

    /// Returns the files of a commit that decide what a document says.
    fn files_at(
        &self,
        commit: ObjectId,
        path: &FilePath,
    ) -> Result<Option<Snapshot>, HistoryFailure> {
        let Some(bytes) = self.history.file_at(commit, path)? else { return Ok(None) };
        let mut files = vec![(FilePath::clone(path), File::new(bytes))];
        if let Some(settings) = self.history.file_at(commit, SETTINGS)? {
            files.push((SETTINGS.into(), File::new(settings)));
        }
        let alone: Snapshot = files.iter().cloned().collect();
        let (parsed, _) = parse(&alone, self.options, &Memo::default());
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for document in &parsed.documents {
            for mention in &document.outline.references {
                let Some(target) = beside(folder, &mention.reference.target) else { continue };
                // A path that leads nowhere, or into what is not read, is none of its files.
                if let Ok(Some(bytes)) = self.history.file_at(commit, &target) {
                    files.push((target.into(), File::new(bytes)));
                }
            }
        }
        Ok(Some(files.into_iter().collect()))
    }

    /// Returns a text with other names for what changed since; nothing where a name cannot be
    /// changed.
    fn rename(&self, past: &Past, document: usize) -> Option<PastText> {
        let Past { snapshot: past, corpus, index, digest, commit } = past;
        let path = &self.corpus.documents[document].path;
        let document = &corpus.documents[*index];
        let name = &document.path;
        let text = past.get(name)?.text().ok()?;
        let (head, mut body) = text.split_at_checked(document.body_start as usize)?;
        let mark = format!("as-of-{}", &digest.hex()[..12]);
        let (values, files) = dependencies(corpus, past, *index);
        let changed = |it: &str| self.corpus.fact(it).map(|fact| &fact.text) != values[it].as_ref();
        let mut edits: Vec<(std::ops::Range<usize>, String)> = Vec::new();
        let mut facts = Vec::new();
        for variable in &document.outline.variables {
            let name = &variable.name;
            let Some(Some(value)) = values.get(&name.path) else { continue };
            if changed(&name.path) {
                let renamed = format!("{}.{mark}", name.path);
                let now = self.corpus.fact(&name.path);
                facts.push(Fact {
                    path: renamed.clone(),
                    text: value.clone(),
                    disclosure: now.map_or(Disclosure::Withheld, |fact| fact.disclosure),
                    place: now.and_then(|fact| fact.place.clone()),
                });
                let span = name.span.start as usize..name.span.end as usize;
                let written = body.get(span.clone())?;
                edits.push((span, written.replacen(&name.path, &renamed, 1)));
            }
        }
        let mut renamed_files = Vec::new();
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for mention in &document.outline.references {
            let Some(target) = beside(folder, &mention.reference.target) else { continue };
            let Some(file) = past.get(&target).filter(|_| files.contains_key(&target)) else {
                continue;
            };
            if self.snapshot.get(&target) == Some(file) && name == path {
                continue;
            }
            let (stem, ending) = target.rsplit_once('.').unwrap_or((&target, ""));
            let kept = format!("{stem}.{mark}.{ending}");
            let span = mention.reference.span.start as usize..mention.reference.span.end as usize;
            let written = body.get(span.clone())?;
            let above = path.matches('/').count();
            let to = format!("{}{kept}", "../".repeat(above));
            let at = written.rfind(&mention.reference.target)?;
            let end = at + mention.reference.target.len();
            edits.push((span, format!("{}{to}{}", &written[..at], &written[end..])));
            renamed_files.push((FilePath::from(kept), file.clone()));
        }
        edits.sort_by_key(|(span, _)| span.start);
        let mut written = head.to_owned();
        let mut done = 0;
        for (span, edit) in edits {
            // What stands inside of something that was changed goes with it.
            let Some(offset) = span.start.checked_sub(done) else { continue };
            let (before, rest) = body.split_at_checked(offset)?;
            written.push_str(before);
            written.push_str(&edit);
            body = rest.get(span.end - span.start..)?;
            done = span.end;
        }
        written.push_str(body);
        Some(PastText {
            file: File::new(written.into_bytes()),
            commit: commit.to_string(),
            facts,
            files: renamed_files,
        })
    }
}

/// Returns the path of a file that a text in a folder names, from the root; nothing where it names
/// something else.
fn beside(folder: &str, reference: &str) -> Option<String> {
    let path = reference.split(['#', '?']).next().filter(|path| !path.is_empty())?;
    if path.contains("://") || path.starts_with('/') || path.contains(':') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
