//! The texts of items, as they stand and as they stood in the history.

use std::collections::HashSet;

use super::Inputs;
use super::in_force::{MOST_COMMITS, SETTINGS};
use crate::memo::Memo;
use crate::model::corpus::Corpus;
use crate::model::fingerprint::Fingerprint;
use crate::model::item::Item;
use crate::model::shown::NOT_IN_HISTORY;
use crate::parse::{self, parse};
use crate::redline::{Text, facts};
use crate::resolve::resolve;
use crate::signature::Digest;
use crate::span::FilePath;
use crate::workspace::history::HistoryFailure;
use crate::workspace::{File, Snapshot};

/// Returns everything that an approval of an item covers, for a redline.
#[must_use]
pub fn item_text(corpus: &Corpus, item: Item) -> Text {
    let variables = corpus.item_variables(item).into_iter();
    Text {
        front_matter: facts(&corpus.item_entry(item)),
        variables: variables.map(|(name, value)| (name, value.unwrap_or_default())).collect(),
        ..Text::default()
    }
}

/// Returns the text of an item with a digest, from the history, for a redline.
///
/// # Errors
///
/// Says why it cannot be had.
pub fn past_item_text(
    inputs: &Inputs,
    corpus: &Corpus,
    item: Item,
    digest: Digest,
) -> Result<Text, String> {
    past(inputs, corpus, item, digest).map(|(corpus, item)| item_text(&corpus, item))
}

/// Returns the canonical form of an item with a digest, from the history.
///
/// # Errors
///
/// Says why it cannot be had.
pub fn past_item_form(
    inputs: &Inputs,
    corpus: &Corpus,
    item: Item,
    digest: Digest,
) -> Result<Vec<u8>, String> {
    past(inputs, corpus, item, digest).map(|(corpus, item)| corpus.item_form(item))
}

/// Finds an item with a digest in the history: in every version of its file, with the settings of the
/// same commit, which hold the values of its variables.
fn past(
    inputs: &Inputs,
    corpus: &Corpus,
    item: Item,
    digest: Digest,
) -> Result<(Corpus, Item), String> {
    let facts = corpus.item_facts(item);
    if let Item::Mapping(_) = item {
        // It is made of all controls and documents, and would be made anew for every commit.
        return Err("a mapping stands in many files, whose past is not searched".to_owned());
    }
    let failed = |failure: HistoryFailure| failure.to_string();
    let history = inputs.history.history().map_err(ToString::to_string)?;
    let rules = super::rules();
    let options = parse::Options { layout: inputs.layout, rules: &rules, names: &inputs.names };
    let path = &facts.place.path;
    let paths = [FilePath::clone(path), FilePath::from(SETTINGS)];
    let versions = history.versions_of(&paths).map_err(failed)?;
    let of = |path: &FilePath| versions.get(path).map_or(&[][..], Vec::as_slice);
    let names: HashSet<&FilePath> = of(path).iter().map(|it| &it.path).collect();
    let mut names: Vec<&FilePath> = names.into_iter().filter(|it| !it.starts_with('/')).collect();
    names.sort();
    let mut tried: HashSet<Fingerprint> = HashSet::new();
    let commits = paths.iter().flat_map(of).map(|it| it.introduced.commit);
    for commit in commits.take(MOST_COMMITS) {
        for name in &names {
            let Some(bytes) = history.file_at(commit, name).map_err(failed)? else { continue };
            let mut files = vec![(FilePath::clone(name), File::new(bytes))];
            if ***name != *SETTINGS
                && let Some(settings) = history.file_at(commit, SETTINGS).map_err(failed)?
            {
                files.push((SETTINGS.into(), File::new(settings)));
            }
            let snapshot: Snapshot = files.into_iter().collect();
            if !tried.insert(snapshot.fingerprint()) {
                continue;
            }
            let (parsed, _) = parse(&snapshot, options, &Memo::default());
            let (corpus, _) = resolve(parsed, &snapshot);
            let found = corpus.item(&facts.id);
            if let Some(item) = found.filter(|item| corpus.item_digest(*item) == digest) {
                return Ok((corpus, item));
            }
        }
    }
    let extent = history.extent();
    Err(if extent.is_complete() { NOT_IN_HISTORY.to_owned() } else { extent.to_string() })
}
