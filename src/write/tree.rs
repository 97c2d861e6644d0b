//! One tree of outputs on disk: what stands in it, and how the next one is made.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::failure::WriteFailure;
use super::ledger::{Marker, Stat};
use super::root::{Place, is_empty, marker_in};
use crate::model::address::Address;

/// Returns every file of a tree but the marker, with what the system says about it. What is
/// neither file nor folder counts as a file that no ledger knows.
pub(super) fn survey(root: &Path) -> Result<BTreeMap<String, Stat>, WriteFailure> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(root.to_owned(), String::new())];
    while let Some((folder, path)) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(WriteFailure::system("read", &folder))?;
        for entry in entries {
            let entry = entry.map_err(WriteFailure::system("read", &folder))?;
            let name = entry.file_name();
            let path = match path.as_str() {
                "" => name.to_string_lossy().into_owned(),
                above => format!("{above}/{}", name.to_string_lossy()),
            };
            let kind = entry.file_type().map_err(WriteFailure::system("read", &entry.path()))?;
            if kind.is_dir() {
                folders.push((entry.path(), path));
            } else if path != Marker::NAME {
                let metadata = entry.metadata();
                let metadata = metadata.map_err(WriteFailure::system("read", &entry.path()))?;
                let nothing = Stat { length: u64::MAX, changed: u128::MAX };
                found.insert(path, if kind.is_file() { stat_of(&metadata) } else { nothing });
            }
        }
    }
    Ok(found)
}

fn stat_of(metadata: &Metadata) -> Stat {
    let changed = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Stat { length: metadata.len(), changed: changed.map_or(0, |since| since.as_nanos()) }
}

/// The next tree, in the making. Unless it is finished it is removed with this value, also when a
/// recipe panics.
pub(super) struct NextTree<'a> {
    place: &'a Place,
    path: PathBuf,
    is_finished: bool,
}

impl<'a> NextTree<'a> {
    /// Makes the folders of a tree beside the root, on the same file system.
    pub(super) fn begin<'b>(
        place: &'a Place,
        addresses: impl Iterator<Item = &'b Address>,
    ) -> Result<Self, WriteFailure> {
        let path = place.notes.join(format!("next-{}-{}", place.edition, std::process::id()));
        fs::create_dir(&path).map_err(WriteFailure::system("create", &path))?;
        let tree = Self { place, path, is_finished: false };
        tree.mark(None)?;
        let mut folders = BTreeSet::new();
        for address in addresses {
            let mut folder = address.folder();
            while !folder.is_empty() && folders.insert(folder) {
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
        for folder in folders {
            let folder = tree.path.join(folder);
            fs::create_dir(&folder).map_err(WriteFailure::system("create", &folder))?;
        }
        Ok(tree)
    }

    /// Writes a new file. Its length is asked for after it was closed: some network file systems
    /// tell only then that the disk is full.
    pub(super) fn create(&self, address: &Address, bytes: &[u8]) -> Result<Stat, WriteFailure> {
        let path = self.path.join(address.as_str());
        let written = || {
            create_new(&path, bytes)?;
            fs::symlink_metadata(&path).map(|metadata| stat_of(&metadata))
        };
        let stat = written().map_err(WriteFailure::system("write", &path))?;
        if stat.length == bytes.len() as u64 {
            Ok(stat)
        } else {
            let cause = io::Error::from(io::ErrorKind::StorageFull);
            Err(WriteFailure::System { action: "write", path, cause })
        }
    }

    /// Takes over a file of the tree that stands, without touching its bytes.
    pub(super) fn keep(&self, address: &Address, stat: Stat) -> Result<Stat, WriteFailure> {
        let old = self.place.root.join(address.as_str());
        let new = self.path.join(address.as_str());
        if self.place.means.links && fs::hard_link(&old, &new).is_ok() {
            return Ok(stat);
        }
        let bytes = fs::read(&old).map_err(WriteFailure::system("read", &old))?;
        self.create(address, &bytes)
    }

    /// Writes the marker that vouches for the ledger; the tree is whole from now on.
    pub(super) fn finish(mut self, ledger: super::ledger::Hash) -> Result<PathBuf, WriteFailure> {
        self.mark(Some(ledger))?;
        self.is_finished = true;
        Ok(self.path.clone())
    }

    /// Puts a marker in the tree, in one step: a tree that a kill leaves is empty or has a whole
    /// marker, else the next run would take it for somebody else's.
    fn mark(&self, ledger: Option<super::ledger::Hash>) -> Result<(), WriteFailure> {
        let marker = Marker { edition: self.place.edition.to_owned(), ledger };
        let made = self.place.notes.join(format!("{}.marker", self.place.edition));
        replace(&made, marker.to_text().as_bytes())?;
        let path = self.path.join(Marker::NAME);
        fs::rename(&made, &path).map_err(WriteFailure::system("write", &path))
    }
}

impl Drop for NextTree<'_> {
    fn drop(&mut self) {
        if !self.is_finished {
            // What cannot be removed now is removed, or reported, when the next run starts.
            let _ = discard(&self.path);
        }
    }
}

/// Writes a file anew, never through a link that stands there.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> Result<(), WriteFailure> {
    match fs::remove_file(path) {
        Ok(()) => {}
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
        Err(cause) => return Err(WriteFailure::system("replace", path)(cause)),
    }
    create_new(path, bytes).map_err(WriteFailure::system("write", path))
}

fn create_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(bytes)
}

/// Removes a tree of ours, its marker last, so that what a kill leaves is still known as ours.
pub(super) fn discard(tree: &Path) -> Result<(), WriteFailure> {
    let entries = fs::read_dir(tree).map_err(WriteFailure::system("read", tree))?;
    for entry in entries {
        let entry = entry.map_err(WriteFailure::system("read", tree))?;
        if entry.file_name() != Marker::NAME {
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let removed =
                if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(WriteFailure::system("remove", &path))?;
        }
    }
    let marker = tree.join(Marker::NAME);
    match fs::remove_file(&marker) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            return Err(WriteFailure::system("remove", &marker)(cause));
        }
        _ => {}
    }
    fs::remove_dir(tree).map_err(WriteFailure::system("remove", tree))
}

/// Removes trees that a killed run left in our notes: known by name, and by a marker unless empty.
pub(super) fn sweep(place: &Place) -> Result<(), WriteFailure> {
    for tree in leftovers(place, "next")?.into_iter().chain(leftovers(place, "old")?) {
        if is_empty(&tree)? || marker_in(&tree)?.is_some() {
            discard(&tree)?;
        } else {
            return Err(WriteFailure::Foreign { path: tree });
        }
    }
    Ok(())
}

/// Returns the folders in our notes that are named `<kind>-<edition>-<process>`, sorted.
pub(super) fn leftovers(place: &Place, kind: &str) -> Result<Vec<PathBuf>, WriteFailure> {
    let failed = || WriteFailure::system("read", &place.notes);
    let mut found = Vec::new();
    for entry in fs::read_dir(&place.notes).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| {
            name.strip_prefix(kind)?
                .strip_prefix('-')?
                .strip_prefix(place.edition)?
                .strip_prefix('-')
        });
        let is_ours = process.is_some_and(|process| {
            !process.is_empty() && process.bytes().all(|byte| byte.is_ascii_digit())
        });
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
