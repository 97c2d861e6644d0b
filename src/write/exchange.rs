//! Putting the next tree in the place of the old one.
//!
//! Where the system can, both change places in one step: at every moment, whatever is killed, the
//! root is one whole version. Elsewhere the old tree is renamed to `old-…` first; that name is
//! also the recovery marker: a missing root beside an `old-…` tree means that a run was killed
//! between its two renames, and the next run ends what was begun.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::failure::WriteFailure;
use super::root::{Place, is_empty, marker_in};
use super::tree::leftovers;

/// Puts a finished tree in place; returns where the old one stands now, if there was one.
pub(super) fn exchange(place: &Place, next: &Path) -> Result<Option<PathBuf>, WriteFailure> {
    let root = &place.root;
    let failed = || WriteFailure::system("replace", root);
    if is_empty(root)? {
        match fs::remove_dir(root) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(failed()(cause)),
            _ => {}
        }
        fs::rename(next, root).map_err(failed())?;
        return Ok(None);
    }
    if place.means.exchange && in_one_step(next, root).map_err(failed())? {
        return Ok(Some(next.to_owned()));
    }
    let old = place.notes.join(format!("old-{}-{}", place.edition, std::process::id()));
    fs::rename(root, &old).map_err(failed())?;
    if let Err(cause) = fs::rename(next, root) {
        fs::rename(&old, root).map_err(failed())?;
        return Err(failed()(cause));
    }
    Ok(Some(old))
}

/// Ends what a killed run began with two renames: forward if its tree was whole, else back.
pub(super) fn repair(place: &Place) -> Result<(), WriteFailure> {
    let Some(old) = leftovers(place, "old")?.pop() else { return Ok(()) };
    if fs::symlink_metadata(&place.root).is_ok() {
        return Ok(());
    }
    let mut whole = old;
    for next in leftovers(place, "next")? {
        if marker_in(&next)?.is_some_and(|marker| marker.ledger.is_some()) {
            whole = next;
        }
    }
    fs::rename(&whole, &place.root).map_err(WriteFailure::system("restore", &place.root))
}

/// Exchanges two folders if the system knows how to.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn in_one_step(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;

    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(cause) => Err(cause.into()),
    }
}

/// Exchanges two folders if the system knows how to; this one does not.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn in_one_step(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}
