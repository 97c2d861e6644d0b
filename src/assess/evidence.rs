//! Whether the files of evidence are those that were registered.

use rayon::prelude::*;

use crate::model::assessment::Proof;
use crate::model::control::Evidence;
use crate::model::corpus::Corpus;
use crate::signature::Digest;
use crate::workspace::Snapshot;

/// Compares every file with its registered hash.
pub(super) fn proofs(corpus: &Corpus, snapshot: &Snapshot) -> Vec<Proof> {
    corpus.evidence.par_iter().map(|it| proof(it, snapshot)).collect()
}

fn proof(evidence: &Evidence, snapshot: &Snapshot) -> Proof {
    let Some(path) = evidence.file_path() else { return Proof::Elsewhere };
    let Some(file) = snapshot.get(&path) else { return Proof::Missing };
    match &evidence.sha256 {
        None => Proof::Unbound,
        Some(hash) if hash.value.eq_ignore_ascii_case(&Digest::of_sha256(file.sha256()).hex()) => {
            Proof::Intact
        }
        Some(_) => Proof::Changed,
    }
}
