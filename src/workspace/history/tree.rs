//! Single folders and files of a commit, and what went away between two commits.

use std::collections::{BTreeMap, BTreeSet};

use gix::bstr::ByteSlice as _;

use super::fault::{Entry, HistoryFailure};
use super::object::{EntryKind, Reader, TreeEntry, entries, is_name};
use super::{Listing, ObjectId};
use crate::workspace::walk::LIMITS;

/// What stands at a path.
pub(super) enum Stands {
    Nothing,
    File(ObjectId),
    Folder(ObjectId),
    /// Something that is not followed, and where on the way.
    Other(String, Entry),
}

/// Looks up a path below the root of a commit.
pub(super) fn find(reader: &Reader, root: ObjectId, path: &[u8]) -> Result<Stands, HistoryFailure> {
    let mut tree = root;
    let mut end = 0;
    for part in path.split(|byte| *byte == b'/').filter(|part| !part.is_empty()) {
        end += part.len() + 1;
        let bytes = reader.tree(tree)?;
        let mut found: Option<TreeEntry<'_>> = None;
        for entry in entries(tree, &bytes) {
            let entry = entry?;
            if entry.name == part && found.replace(entry).is_some() {
                return Err(HistoryFailure::Name { tree, name: lossy(part) });
            }
        }
        let Some(TreeEntry { kind, id, .. }) = found else { return Ok(Stands::Nothing) };
        let here = &path[..end - 1];
        match kind {
            EntryKind::Folder => tree = id,
            EntryKind::File if here.len() == path.len() => return Ok(Stands::File(id)),
            EntryKind::File => return Ok(Stands::Nothing),
            EntryKind::Link => return Ok(Stands::Other(lossy(here), Entry::Link)),
            EntryKind::Submodule => return Ok(Stands::Other(lossy(here), Entry::Submodule)),
        }
    }
    Ok(Stands::Folder(tree))
}

/// Lists all files below a folder, with paths that begin with `prefix`.
pub(super) fn list(
    reader: &Reader,
    tree: ObjectId,
    prefix: &str,
) -> Result<Listing, HistoryFailure> {
    let mut listing = Listing::default();
    let mut seen = 0;
    let mut folders = vec![(tree, prefix.to_owned(), 0)];
    while let Some((tree, prefix, depth)) = folders.pop() {
        let bytes = reader.tree(tree)?;
        let mut names = BTreeSet::new();
        for entry in entries(tree, &bytes) {
            let entry = entry?;
            seen = counted(seen, depth)?;
            if !is_name(entry.name) || !names.insert(entry.name) {
                return Err(HistoryFailure::Name { tree, name: lossy(entry.name) });
            }
            let Ok(name) = entry.name.to_str() else {
                let path = format!("{prefix}{}", lossy(entry.name));
                listing.left_out.insert(path.into(), Entry::NameNotUtf8);
                continue;
            };
            let path = format!("{prefix}{name}");
            let other = match entry.kind {
                EntryKind::Folder => {
                    folders.push((entry.id, path + "/", depth + 1));
                    continue;
                }
                EntryKind::File => {
                    listing.files.insert(path.into(), entry.id);
                    continue;
                }
                EntryKind::Link => Entry::Link,
                EntryKind::Submodule => Entry::Submodule,
            };
            listing.left_out.insert(path.into(), other);
        }
    }
    Ok(listing)
}

/// Finds files with certain bytes that went away: they stand in the root `old` and nothing stands
/// at their paths in `new`. Only folders that differ are read.
pub(super) fn removed(
    reader: &Reader,
    old: ObjectId,
    new: ObjectId,
    wanted: &BTreeSet<ObjectId>,
) -> Result<BTreeMap<ObjectId, BTreeSet<String>>, HistoryFailure> {
    let mut removed: BTreeMap<ObjectId, BTreeSet<String>> = BTreeMap::new();
    let mut seen = 0;
    let mut folders = vec![(old, Some(new), String::new(), 0)];
    while let Some((old, new, prefix, depth)) = folders.pop() {
        let news = new.map(|new| reader.tree(new).map(|bytes| (new, bytes))).transpose()?;
        let mut standing = BTreeMap::new();
        if let Some((new, bytes)) = &news {
            for entry in entries(*new, bytes) {
                let entry = entry?;
                standing.insert(entry.name, (entry.kind, entry.id));
            }
        }
        let bytes = reader.tree(old)?;
        for entry in entries(old, &bytes) {
            let entry = entry?;
            seen = counted(seen, depth)?;
            let now = standing.get(entry.name);
            let Some(name) = entry.name.to_str().ok().filter(|_| is_name(entry.name)) else {
                continue; // no path that we could ask for
            };
            match entry.kind {
                EntryKind::Folder => {
                    let now = now.filter(|(kind, _)| *kind == EntryKind::Folder).map(|it| it.1);
                    if now != Some(entry.id) {
                        folders.push((entry.id, now, format!("{prefix}{name}/"), depth + 1));
                    }
                }
                EntryKind::File if now.is_none() && wanted.contains(&entry.id) => {
                    removed.entry(entry.id).or_default().insert(format!("{prefix}{name}"));
                }
                EntryKind::File | EntryKind::Link | EntryKind::Submodule => {}
            }
        }
    }
    Ok(removed)
}

/// Counts one more, up to the limits of a workspace: a few objects can be folders of more files
/// than anyone can list.
fn counted(seen: usize, depth: usize) -> Result<usize, HistoryFailure> {
    let (files, folders) = (LIMITS.entries, LIMITS.depth);
    if seen >= files {
        return Err(HistoryFailure::TooMany { what: "files and folders", limit: files });
    }
    if depth > folders {
        return Err(HistoryFailure::TooMany { what: "folders in each other", limit: folders });
    }
    Ok(seen + 1)
}

fn lossy(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}
