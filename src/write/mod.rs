//! Recipes to an output folder: the only writer of outputs.
//!
//! Takes recipes and a root of the same audience; afterwards the folder equals the plan, or, after
//! any failure, what it was before. Nothing is ever changed in place: the next tree is made beside
//! the old one, with unchanged files linked and the others created new, and takes its place in one
//! step ([`exchange`]). Bytes are dropped as soon as they are written.
//!
//! **No fsync.** A killed process cannot harm the output, since what it wrote is the kernel's. After
//! a power failure, files may be cut short; their lengths no longer agree with the ledger, so the
//! next run makes them anew from sources that are in git. Waiting for the disk after each of 10,000
//! files would cost minutes to save what a second run restores.
#![expect(clippy::disallowed_methods, reason = "outputs are written here")]

mod exchange;
mod failure;
mod ledger;
mod root;
mod tree;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use failure::WriteFailure;
pub use root::OutputRoot;

use self::ledger::{Entry, Ledger, Marker, Stat};
use self::root::{Lock, Place, marker_in};
use self::tree::NextTree;
use crate::model::address::Address;
use crate::model::audience::Audience;
use crate::model::collision::collisions;
use crate::model::fingerprint::Fingerprint;
use crate::render::recipe::{Recipe, Recipes};

/// How far writing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// How many outputs are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

/// What was done to the outputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// How many are new or have other bytes than before.
    pub written: usize,
    /// How many have the bytes they had.
    pub unchanged: usize,
    /// How many are gone.
    pub removed: usize,
    /// How many of those were PDFs.
    pub removed_pdfs: usize,
    /// How many bytes were written.
    pub bytes: u64,
}

/// What stands in the folder of an edition. As long as it lives, nobody else writes there.
pub struct Survey<'r, A: Audience> {
    root: &'r OutputRoot<A>,
    _lock: Lock,
    /// What is noted of the tree, where that is still true.
    ledger: Ledger,
    found: BTreeMap<String, Stat>,
    /// Whether the tree exists and holds exactly what its ledger says.
    is_intact: bool,
}

/// Looks at a folder, having mended and removed what killed runs left there. Waits for another build
/// at work there.
///
/// # Errors
///
/// Fails where the system refuses, and where another build does not end.
pub fn survey<A: Audience>(root: &OutputRoot<A>) -> Result<Survey<'_, A>, WriteFailure> {
    let place = root.place();
    fs::create_dir_all(&place.notes).map_err(WriteFailure::system("create", &place.notes))?;
    let lock = place.lock()?;
    exchange::repair(place)?;
    place.check()?;
    tree::sweep(place)?;
    let marker = marker_in(&place.root)?.filter(|marker| marker.edition == place.edition);
    let Some(Marker { ledger: Some(digest), .. }) = marker else {
        let (ledger, found) = (Ledger::default(), BTreeMap::new());
        return Ok(Survey { root, _lock: lock, ledger, found, is_intact: false });
    };
    let found = tree::survey(&place.root)?;
    let mut ledger = vouched_ledger(place, digest)?;
    let listed = ledger.entries.len();
    ledger.entries.retain(|address, entry| found.get(address.as_str()) == Some(&entry.stat));
    let is_intact = ledger.entries.len() == listed && found.len() == listed;
    Ok(Survey { root, _lock: lock, ledger, found, is_intact })
}

impl<A: Audience> Survey<'_, A> {
    /// Returns whether what stands was made of just this and nobody touched it since: then there is
    /// nothing to make. `made_of` covers everything that decides the bytes.
    #[must_use]
    pub fn is_made_of(&self, made_of: Fingerprint) -> bool {
        self.is_intact && self.ledger.made_of == Some(made_of)
    }

    /// Returns the addresses of what stands.
    pub fn addresses(&self) -> impl ExactSizeIterator<Item = &str> {
        self.ledger.entries.keys().map(Address::as_str)
    }

    /// Makes the folder equal to its recipes and notes what they were made of. `progress` is called
    /// from several threads.
    ///
    /// # Errors
    ///
    /// Fails where a recipe does and where the system refuses; what stood in the folder before then
    /// still does.
    pub fn write(
        self,
        recipes: &Recipes<'_, A>,
        made_of: Fingerprint,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Written, WriteFailure> {
        let (recipes, place) = (recipes.as_slice(), self.root.place());
        refuse_collisions(recipes)?;
        let next = NextTree::begin(place, recipes.iter().map(|recipe| &recipe.address))?;
        let outcomes = make_all(recipes, &self.ledger, &next, progress)?;
        if self.equals(&outcomes) {
            let ledger = Ledger { made_of: Some(made_of), ..self.ledger };
            tree::replace(&place.ledger(), ledger.to_text().as_bytes())?;
            return Ok(Written { unchanged: recipes.len(), ..Written::default() });
        }
        let (entries, mut written) = keep_all(recipes, outcomes, &next)?;
        let ledger = Ledger { made_of: Some(made_of), entries };
        written.removed = self.without(&ledger).count();
        written.removed_pdfs = self.without(&ledger).filter(|path| path.ends_with(".pdf")).count();
        let noted = place.next_ledger();
        tree::replace(&noted, ledger.to_text().as_bytes())?;
        let next = next.finish(ledger.digest())?;
        let old = exchange::exchange(place, &next).inspect_err(|_| {
            // The failure of the exchange is the one to tell. Should even going back have failed,
            // the tree is what the next run repairs with.
            if fs::symlink_metadata(&place.root).is_ok() {
                let _ = tree::discard(&next);
            }
        })?;

        // The new tree stands. What fails from here on is no failure of this run: the next one finds
        // the ledger under either name, and removes or reports what is left of the old tree.
        let _ = fs::rename(&noted, place.ledger());
        let _ = old.map(|old| tree::discard(&old));
        Ok(written)
    }

    /// Returns whether nothing is to be done. What is kept has its entry, so equal numbers mean
    /// equal trees.
    fn equals(&self, outcomes: &[Outcome]) -> bool {
        let is_same = |outcome: &Outcome| matches!(outcome, Outcome::Kept { renewed: false, .. });
        self.is_intact
            && self.ledger.entries.len() == outcomes.len()
            && outcomes.iter().all(is_same)
    }

    fn without(&self, next: &Ledger) -> impl Iterator<Item = &String> {
        let is_kept = |path: &str| {
            Address::parse(path).is_some_and(|address| next.entries.contains_key(&address))
        };
        self.found.keys().filter(move |path| !is_kept(path))
    }
}

/// The last guard: the plan has told the author about collisions before.
fn refuse_collisions(recipes: &[Recipe<'_>]) -> Result<(), WriteFailure> {
    let addresses = recipes.iter().map(|recipe| recipe.address.as_str());
    match collisions([Marker::NAME].into_iter().chain(addresses)).first() {
        Some((first, second)) => Err(WriteFailure::Collision {
            first: (*first).to_owned(),
            second: (*second).to_owned(),
        }),
        None => Ok(()),
    }
}

/// Reads the ledger that a marker vouches for. A run that was killed right after the exchange left
/// it under its other name, one that was killed right before left another one there; afterwards it
/// goes by its own name. Where there is none, everything is made anew.
fn vouched_ledger(place: &Place, digest: ledger::Hash) -> Result<Ledger, WriteFailure> {
    let (noted, other) = (place.ledger(), place.next_ledger());
    for path in [&noted, &other] {
        match fs::read(path) {
            Ok(bytes) => {
                let ledger = std::str::from_utf8(&bytes).ok().and_then(Ledger::parse);
                if let Some(ledger) = ledger.filter(|ledger| ledger.digest() == digest) {
                    // Should this fail, the next run finds it as this one did.
                    let _ = if *path == other {
                        fs::rename(&other, &noted)
                    } else {
                        fs::remove_file(&other)
                    };
                    return Ok(ledger);
                }
            }
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(WriteFailure::system("read", path)(cause)),
        }
    }
    Ok(Ledger::default())
}

/// What became of one output.
enum Outcome {
    /// The file that stands is the one.
    Kept {
        entry: Entry,
        /// Whether the ledger must learn a new fingerprint of the same bytes.
        renewed: bool,
    },
    /// It stands in the next tree.
    Created(Entry),
}

/// Begins all outputs, and makes those of the next tree that changed. After a failure of the disk only outputs
/// that come before it are still tried, so that the failure told is always the first, and a full
/// disk is not asked 10,000 times. Of outputs whose bytes cannot be made all are told.
fn make_all(
    recipes: &[Recipe<'_>],
    standing: &Ledger,
    next: &NextTree<'_>,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<Outcome>, WriteFailure> {
    let total = recipes.len();
    let done = AtomicUsize::new(0);
    let first_failure = AtomicUsize::new(usize::MAX);
    let attempt = |(index, recipe): (usize, &Recipe<'_>)| {
        if index > first_failure.load(Ordering::Relaxed) {
            return None;
        }
        let outcome = make_one(recipe, standing.entries.get(&recipe.address), next);
        if matches!(&outcome, Err(failure) if !matches!(failure, WriteFailure::Render(_))) {
            first_failure.fetch_min(index, Ordering::Relaxed);
        }
        progress(Progress { done: done.fetch_add(1, Ordering::Relaxed) + 1, total });
        Some(outcome)
    };
    let outcomes: Vec<_> = recipes.par_iter().enumerate().map(attempt).collect();
    let (mut made, mut unmade) = (Vec::with_capacity(total), Vec::new());
    // What was passed over stands behind a failure, which ends this.
    for outcome in outcomes.into_iter().flatten() {
        match outcome {
            Err(WriteFailure::Render(mut failures)) => unmade.append(&mut failures),
            outcome => made.push(outcome?),
        }
    }
    if unmade.is_empty() { Ok(made) } else { Err(WriteFailure::Render(unmade)) }
}

/// Makes one output, unless it is the one that stands.
fn make_one(
    recipe: &Recipe<'_>,
    standing: Option<&Entry>,
    next: &NextTree<'_>,
) -> Result<Outcome, WriteFailure> {
    let Recipe { address, is_forced, begin } = recipe;
    let draft = begin();
    let fingerprint = draft.fingerprint;
    if let Some(entry) = standing.filter(|entry| entry.fingerprint == fingerprint && !is_forced) {
        return Ok(Outcome::Kept { entry: entry.clone(), renewed: false });
    }
    let bytes =
        draft.finish().map_err(|failure| WriteFailure::Render(vec![(address.clone(), failure)]))?;
    let sha256 = ledger::Hash::from(Sha256::digest(&bytes));
    // The same bytes again keep their file, and with it the time that web servers tell.
    if let Some(entry) = standing.filter(|entry| entry.sha256 == sha256) {
        let renewed = entry.fingerprint != fingerprint;
        return Ok(Outcome::Kept { entry: Entry { fingerprint, ..entry.clone() }, renewed });
    }
    let stat = next.create(address, &bytes)?;
    Ok(Outcome::Created(Entry { fingerprint, sha256, stat }))
}

/// Takes over what is kept into the next tree.
fn keep_all(
    recipes: &[Recipe<'_>],
    outcomes: Vec<Outcome>,
    next: &NextTree<'_>,
) -> Result<(BTreeMap<Address, Entry>, Written), WriteFailure> {
    let keep = |(recipe, outcome): (&Recipe<'_>, Outcome)| {
        let (entry, is_new) = match outcome {
            Outcome::Kept { entry, .. } => {
                let stat = next.keep(&recipe.address, entry.stat)?;
                (Entry { stat, ..entry }, false)
            }
            Outcome::Created(entry) => (entry, true),
        };
        Ok((recipe.address.clone(), entry, is_new))
    };
    let kept: Vec<_> =
        recipes.par_iter().zip(outcomes).map(keep).collect::<Result<_, WriteFailure>>()?;
    let mut written = Written::default();
    let mut entries = BTreeMap::new();
    for (address, entry, is_new) in kept {
        if is_new {
            written.written += 1;
            written.bytes += entry.stat.length;
        } else {
            written.unchanged += 1;
        }
        entries.insert(address, entry);
    }
    Ok((entries, written))
}

#[cfg(test)]
mod tests;
