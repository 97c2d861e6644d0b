//! What whoever verifies knows from elsewhere of when records were there.
//!
//! A host's log names commits with the moments at which it saw them: what stood in such a commit was
//! there then. A manifest lists the SHA-256 of files: what it lists was there when it was made. Neither
//! is ever taken from the repository itself, and what they say holds for one report.

mod manifest;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

pub use self::manifest::{Manifest, ManifestFault, Stamped};
use super::evidence::Evidence;
use super::report::moment;
use crate::model::judgement::{Witness, Witnesses};
use crate::model::record::STATEMENTS;
use crate::span::FilePath;
use crate::workspace::history::{History, ObjectId};

/// What a source was worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The name of its file.
    pub name: String,
    /// What it is, in a phrase.
    pub what: String,
    /// How many records it saw.
    pub records: usize,
    /// What of it was not used, and why.
    pub notes: Vec<String>,
}

/// Adds who saw a record, unless somebody saw it before.
fn add(witnesses: &mut Witnesses, path: &FilePath, witness: Witness) {
    let earlier = witnesses.get(path).is_some_and(|it| it.at <= witness.at);
    if !earlier {
        witnesses.insert(FilePath::clone(path), witness);
    }
}

/// Adds the witnesses of both to one.
pub fn merge(witnesses: &mut Witnesses, others: Witnesses) {
    for (path, witness) in others {
        add(witnesses, &path, witness);
    }
}

/// Finds the records that a host's log saw: those whose statement and signature stood, byte for byte,
/// in a commit of it. `seen` are its commits with their moments, the first one first; what is later
/// than `until` is left out.
#[must_use]
pub fn of_log(
    evidence: &Evidence<'_>,
    history: &History,
    (name, seen): (&str, &[(Timestamp, String)]),
    until: Timestamp,
) -> (Witnesses, Source) {
    let mut search = Search { evidence, history, same: BTreeMap::new() };
    let mut witnesses = Witnesses::new();
    let signed = &evidence.corpus.records.signed;
    let mut open: BTreeSet<&FilePath> =
        signed.iter().filter(|it| it.armour.is_some()).map(|it| &it.path).collect();
    let (mut later, mut absent) = (0_usize, 0_usize);
    for (at, commit) in seen {
        if *at > until {
            later += 1;
            continue;
        }
        let listing = ObjectId::from_hex(commit.as_bytes())
            .and_then(|id| Some((id, history.tree_paths_at(id, STATEMENTS).ok()?)));
        let Some((id, listing)) = listing else {
            absent += 1;
            continue;
        };
        let found: Vec<&FilePath> =
            open.iter().copied().filter(|path| search.holds(id, &listing.files, path)).collect();
        for path in found {
            open.remove(path);
            let authority = format!("{name}, commit {}", &commit[..12]);
            add(&mut witnesses, path, Witness { at: *at, authority });
        }
    }
    let mut notes = Vec::new();
    if later > 0 {
        notes.push(format!("{later} of its entries are later than {}", moment(until)));
    }
    if absent > 0 {
        notes.push(format!("{absent} of its commits are not in this clone"));
    }
    let what = format!("a log of {} commits", seen.len());
    let source = Source { name: name.to_owned(), what, records: witnesses.len(), notes };
    (witnesses, source)
}

/// A search for records in commits.
struct Search<'s> {
    evidence: &'s Evidence<'s>,
    history: &'s History,
    /// For files and their bytes as git names them, whether they are those of today.
    same: BTreeMap<(FilePath, ObjectId), bool>,
}

impl Search<'_> {
    /// Returns whether a commit holds a record with its signature, as both stand there today.
    fn holds(
        &mut self,
        commit: ObjectId,
        files: &BTreeMap<FilePath, ObjectId>,
        path: &FilePath,
    ) -> bool {
        let signature = FilePath::from(format!("{path}.sig"));
        [path, &signature].into_iter().all(|path| {
            let Some(blob) = files.get(path) else { return false };
            let key = (FilePath::clone(path), *blob);
            if let Some(same) = self.same.get(&key) {
                return *same;
            }
            let then = self.history.file_at(commit, path).ok().flatten();
            let now = self.evidence.snapshot.get(path);
            let same = then.is_some_and(|then| now.is_some_and(|now| *now.bytes() == *then));
            self.same.insert(key, same);
            same
        })
    }
}

/// Finds the records that a manifest lists: those of whose statement and signature it holds the
/// SHA-256.
#[must_use]
pub fn of_manifest(
    evidence: &Evidence<'_>,
    (name, manifest): (&str, &Manifest),
    (at, what): (Timestamp, &str),
) -> (Witnesses, Source) {
    let lists =
        |path: &str| evidence.snapshot.get(path).is_some_and(|file| manifest.has(file.sha256()));
    let mut witnesses = Witnesses::new();
    for record in &evidence.corpus.records.signed {
        if lists(&record.path) && lists(&format!("{}.sig", record.path)) {
            let witness = Witness { at, authority: format!("{name}, {what}") };
            add(&mut witnesses, &record.path, witness);
        }
    }
    let source = Source {
        name: name.to_owned(),
        what: what.to_owned(),
        records: witnesses.len(),
        notes: Vec::new(),
    };
    (witnesses, source)
}
