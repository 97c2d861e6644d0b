//! Whole files in the place of those that were read.
//!
//! All files of one act are changed under one lock, after all of them were looked at: each must still
//! be what was read. The new bytes are written beside the old ones and flushed; then each file changes
//! by one rename, in the given order. Whatever is killed or fails, each file is either old or new.
//!
//! **The lock** is an advisory one on the folder of the workspace itself, so that nothing is added to
//! what git sees, and it ends with the process. Editors and git do not know it; so all files are
//! looked at again just before the first rename.
//!
//! **Names** of files in the making begin with `.avouch-next-`: no reader of ours takes them, and the
//! next act removes what a killed one left. Folders are opened one by one and no symbolic link is
//! followed, since one may have come with a commit and lead anywhere.
//!
//! **What stays** of a file: its permission bits, its group, and its owner where we may give files
//! away. Other names of it (hard links) and extended attributes do not, as with a checkout by git.

mod failure;
mod folder;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread;
use std::time::Duration;

pub use failure::ReplaceFailure;

use self::folder::{Folder, Stat, is_same};
use crate::span::FilePath;

/// What is to become of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file, from the folder of the workspace on, with `/` between the parts.
    pub path: FilePath,
    /// Its bytes as they were read; nothing if there must be no such file.
    pub expected: Option<Vec<u8>>,
    /// The bytes that it shall have; nothing if it shall be removed.
    pub new: Option<Vec<u8>>,
}

/// How often the lock is asked for, a hundred times a second.
const PATIENCE: u32 = 1000;

/// Puts bytes in the place of those of one file, if it still has the bytes that were read.
///
/// # Errors
///
/// See [`replace_all`].
pub fn replace(
    workspace: &Path,
    path: &str,
    expected: &[u8],
    new: &[u8],
) -> Result<(), ReplaceFailure> {
    let (expected, new) = (Some(expected.to_owned()), Some(new.to_owned()));
    replace_all(workspace, &[Change { path: path.into(), expected, new }])
}

/// Makes all changes of one act, in their order. Folders of new files are made where they are missing.
/// Waits up to ten seconds for another act.
///
/// # Errors
///
/// Fails where a file is not what was read, is read-only or a link, and where the system refuses.
/// Then nothing has changed, unless the failure is [`ReplaceFailure::Partly`], which says what has.
pub fn replace_all(workspace: &Path, changes: &[Change]) -> Result<(), ReplaceFailure> {
    replace_patiently(workspace, changes, PATIENCE)
}

fn replace_patiently(
    workspace: &Path,
    changes: &[Change],
    patience: u32,
) -> Result<(), ReplaceFailure> {
    refuse_paths(changes)?;
    let act = Act::begin(workspace, changes, patience)?;
    let found: Vec<Option<Stat>> =
        changes.iter().map(|change| act.look_at(change)).collect::<Result<_, _>>()?;
    let mut made = Made::new(&act);
    let prepared = made.prepare(changes, &found).and_then(|()| act.look_again(changes, &found));
    if let Err(failure) = prepared {
        made.discard(changes);
        return Err(failure);
    }
    made.put_in_place(changes)
}

/// Refuses paths that lead out of the workspace, and two changes of one file.
fn refuse_paths(changes: &[Change]) -> Result<(), ReplaceFailure> {
    let mut seen = BTreeSet::new();
    for Change { path, .. } in changes {
        let is_outside = |part: &str| matches!(part, "" | "." | "..") || part.contains('\0');
        if path.split('/').any(is_outside) {
            return Err(ReplaceFailure::Outside { path: FilePath::clone(path) });
        }
        if !seen.insert(path) {
            return Err(ReplaceFailure::Twice { path: FilePath::clone(path) });
        }
    }
    Ok(())
}

/// Splits a path into its folder and its name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The right to change files of a workspace, while this value lives.
struct Lock(File);

impl Lock {
    fn take(folder: &File, path: &Path, patience: u32) -> Result<Self, ReplaceFailure> {
        let failed =
            |cause| ReplaceFailure::System { action: "lock", path: path.to_owned(), cause };
        let file = folder.try_clone().map_err(failed)?;
        let mut tries = patience;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) if tries > 0 => {
                    tries -= 1;
                    thread::sleep(Duration::from_millis(10));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(ReplaceFailure::Busy { path: path.to_owned() });
                }
                Err(TryLockError::Error(cause)) => return Err(failed(cause)),
            }
        }
    }
}

impl Drop for Lock {
    /// Gives the lock back by name: a process that was forked meanwhile may still have the folder
    /// open.
    fn drop(&mut self) {
        let _ = self.0.unlock(); // what fails here ends with the process
    }
}

/// An act under its lock.
struct Act {
    root: Folder,
    _lock: Lock,
}

impl Act {
    /// Waits for the lock, and removes what killed acts left.
    fn begin(workspace: &Path, changes: &[Change], patience: u32) -> Result<Self, ReplaceFailure> {
        let root = Folder::open(workspace)?;
        let lock = Lock::take(root.handle(), workspace, patience)?;
        let paths = changes.iter().filter_map(|change| change.path.split_once('/'));
        root.sweep(&paths.map(|(top, _)| top).collect());
        Ok(Self { root, _lock: lock })
    }

    /// Refuses a file that is not what was read. Returns what the system says about it.
    fn look_at(&self, change: &Change) -> Result<Option<Stat>, ReplaceFailure> {
        let path = || self.root.path().join(&*change.path);
        let (above, name) = split(&change.path);
        let folder = self.root.below(above)?;
        let found = folder.as_ref().map_or(Ok(None), |folder| folder.stat(name))?;
        match (&change.expected, folder, found) {
            (None, _, None) => Ok(None),
            (None, _, Some(_)) => Err(ReplaceFailure::Exists { path: path() }),
            (Some(expected), Some(folder), Some(_)) => {
                let (bytes, stat) = folder.read(name, expected.len())?;
                folder.refuse_read_only(name, &stat)?;
                if bytes == *expected {
                    Ok(Some(stat))
                } else {
                    Err(ReplaceFailure::Changed { path: path() })
                }
            }
            (Some(_), _, _) => Err(ReplaceFailure::Gone { path: path() }),
        }
    }

    /// Refuses files that changed while the new ones were written.
    fn look_again(&self, changes: &[Change], found: &[Option<Stat>]) -> Result<(), ReplaceFailure> {
        for (change, before) in changes.iter().zip(found) {
            let (above, name) = split(&change.path);
            let folder = self.root.below(above)?;
            let now = folder.map_or(Ok(None), |folder| folder.stat(name))?;
            let path = || self.root.path().join(&*change.path);
            match (before, now) {
                (None, None) => {}
                (None, Some(_)) => return Err(ReplaceFailure::Exists { path: path() }),
                (Some(_), None) => return Err(ReplaceFailure::Gone { path: path() }),
                (Some(before), Some(now)) if is_same(before, &now) => {}
                (Some(_), Some(_)) => return Err(ReplaceFailure::Changed { path: path() }),
            }
        }
        Ok(())
    }
}

/// What an act has made on the disk before the first file changes.
struct Made<'a> {
    act: &'a Act,
    folders: BTreeMap<&'a str, Folder>,
    /// The folders that were missing, those above first.
    new_folders: Vec<(Folder, &'a str)>,
    /// For each change the name of the file that holds the new bytes.
    next: Vec<Option<String>>,
}

impl<'a> Made<'a> {
    fn new(act: &'a Act) -> Self {
        Self { act, folders: BTreeMap::new(), new_folders: Vec::new(), next: Vec::new() }
    }

    fn prepare(
        &mut self,
        changes: &'a [Change],
        found: &[Option<Stat>],
    ) -> Result<(), ReplaceFailure> {
        for (change, before) in changes.iter().zip(found) {
            let (above, _) = split(&change.path);
            if !self.folders.contains_key(above) {
                let folder = self.open_or_make(above)?;
                self.folders.insert(above, folder);
            }
            let folder = &self.folders[above];
            folder.refuse_locked()?;
            let Some(new) = change.new.as_ref().filter(|_| change.new != change.expected) else {
                self.next.push(None);
                continue;
            };
            let next = format!("{}{}", folder::NEXT, self.next.len());
            // It is noted before it is there, so that what is half written goes too.
            self.next.push(Some(next.clone()));
            folder.create(&next, new, before.as_ref())?;
        }
        Ok(())
    }

    fn open_or_make(&mut self, path: &'a str) -> Result<Folder, ReplaceFailure> {
        if let Some(folder) = self.act.root.below(path)? {
            return Ok(folder);
        }
        let (above, name) = split(path);
        let outer = self.open_or_make(above)?;
        let folder = outer.make(name)?;
        self.new_folders.push((outer, name));
        Ok(folder)
    }

    /// Removes everything that was made and is not in its place. What cannot be removed now is removed
    /// by the next act.
    fn discard(&self, changes: &[Change]) {
        for (change, next) in changes.iter().zip(&self.next) {
            if let (Some(folder), Some(next)) = (self.folders.get(split(&change.path).0), next) {
                folder.discard(next);
            }
        }
        for (outer, name) in self.new_folders.iter().rev() {
            outer.discard_folder(name);
        }
    }

    fn put_in_place(&self, changes: &[Change]) -> Result<(), ReplaceFailure> {
        let mut done = Vec::new();
        let mut put_all = || {
            for (change, next) in changes.iter().zip(&self.next) {
                let (above, name) = split(&change.path);
                let folder = &self.folders[above];
                match (next, &change.new, &change.expected) {
                    (Some(next), _, None) => folder.put_new(next, name)?,
                    (Some(next), _, Some(_)) => folder.put(next, name)?,
                    (None, None, Some(_)) => folder.remove(name)?,
                    (None, _, _) => continue,
                }
                done.push(FilePath::clone(&change.path));
                // Flushed each time, so that the order holds even if the power fails.
                folder.flush()?;
            }
            self.new_folders.iter().try_for_each(|(outer, _)| outer.flush())
        };
        let Err(failure) = put_all() else { return Ok(()) };
        self.discard(changes);
        if done.is_empty() {
            return Err(failure);
        }
        Err(ReplaceFailure::Partly { done, cause: Box::new(failure) })
    }
}
