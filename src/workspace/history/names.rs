//! The files that a walk looks for, and which of them differ between two folders.
//!
//! Folders with the same object are equal, whatever is in them, so only folders that differ are
//! read, and of these only those that hold a file that is looked for. What was found in a folder is
//! kept: each is compared with what was before it and with what came after.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use super::ObjectId;
use super::fault::HistoryFailure;
use super::object::{EntryKind, Reader, entries};

/// How much is kept of what was found in folders.
const KEPT: usize = 500_000;

/// The paths that are looked for, as folders of names. A path can be added and never be taken out.
pub(super) struct Names<'a> {
    reader: &'a Reader,
    paths: Vec<Rc<[u8]>>,
    folders: Vec<Folder>,
    kept: HashMap<(ObjectId, u32, u32), Rc<[Found]>>,
    size: usize,
}

/// A folder that holds what is looked for.
#[derive(Default)]
struct Folder {
    numbers: HashMap<Box<[u8]>, u32>,
    names: Vec<Name>,
}

/// A name in a folder: that of a file to look for, of a folder, or of both, as one can have become
/// the other.
#[derive(Default)]
struct Name {
    file: Option<u32>,
    folder: Option<u32>,
}

/// A name that stands in a folder.
#[derive(Clone, Copy)]
struct Found {
    name: u32,
    kind: EntryKind,
    id: ObjectId,
}

/// A file that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Difference {
    /// The number of its path.
    pub(super) path: u32,
    /// What it was, unless there was none.
    pub(super) old: Option<ObjectId>,
    /// What it is, unless there is none.
    pub(super) new: Option<ObjectId>,
}

impl<'a> Names<'a> {
    /// Begins with nothing to look for.
    pub(super) fn new(reader: &'a Reader) -> Self {
        let folders = vec![Folder::default()];
        Self { reader, paths: Vec::new(), folders, kept: HashMap::new(), size: 0 }
    }

    /// Adds a path, from the root of the repository; returns its number, which it has once for all.
    pub(super) fn add(&mut self, path: &[u8]) -> u32 {
        let fresh = count(self.paths.len());
        let mut folder = 0;
        let mut parts = path.split(|byte| *byte == b'/').peekable();
        while let Some(part) = parts.next() {
            let new = count(self.folders.len());
            let here = &mut self.folders[folder as usize];
            let next = count(here.names.len());
            let number = *here.numbers.entry(part.into()).or_insert(next);
            if number == next {
                here.names.push(Name::default());
            }
            let name = &mut here.names[number as usize];
            if parts.peek().is_none() {
                let number = *name.file.get_or_insert(fresh);
                if number == fresh {
                    self.paths.push(path.into());
                }
                return number;
            }
            folder = *name.folder.get_or_insert(new);
            if folder == new {
                self.folders.push(Folder::default());
            }
        }
        fresh
    }

    /// Returns the path of a number.
    pub(super) fn path(&self, number: u32) -> Rc<[u8]> {
        Rc::clone(&self.paths[number as usize])
    }

    /// Returns the files that differ between two roots, in the order of their numbers. Nothing is
    /// the root of no commit.
    pub(super) fn differences(
        &mut self,
        old: Option<ObjectId>,
        new: Option<ObjectId>,
    ) -> Result<Vec<Difference>, HistoryFailure> {
        let mut found = Vec::new();
        self.compare(0, old, new, &mut found)?;
        found.sort_unstable_by_key(|it| it.path);
        Ok(found)
    }

    fn compare(
        &mut self,
        folder: u32,
        old: Option<ObjectId>,
        new: Option<ObjectId>,
        out: &mut Vec<Difference>,
    ) -> Result<(), HistoryFailure> {
        if old == new {
            return Ok(());
        }
        let (olds, news) = (self.look(folder, old)?, self.look(folder, new)?);
        let (mut olds, mut news) = (olds.iter().peekable(), news.iter().peekable());
        loop {
            let (before, after) = match (olds.peek(), news.peek()) {
                (None, None) => return Ok(()),
                (Some(_), None) => (olds.next(), None),
                (None, Some(_)) => (None, news.next()),
                (Some(before), Some(after)) => match before.name.cmp(&after.name) {
                    Ordering::Less => (olds.next(), None),
                    Ordering::Greater => (None, news.next()),
                    Ordering::Equal => (olds.next(), news.next()),
                },
            };
            let Some(number) = before.or(after).map(|it| it.name) else { continue };
            let name = &self.folders[folder as usize].names[number as usize];
            let (file, below) = (name.file, name.folder);
            let of =
                |found: Option<&Found>, kind| found.filter(|it| it.kind == kind).map(|it| it.id);
            if let Some(path) = file {
                let (old, new) = (of(before, EntryKind::File), of(after, EntryKind::File));
                if old != new {
                    out.push(Difference { path, old, new });
                }
            }
            if let Some(below) = below {
                let (old, new) = (of(before, EntryKind::Folder), of(after, EntryKind::Folder));
                self.compare(below, old, new, out)?;
            }
        }
    }

    /// Returns what stands in a folder of what is looked for there, in the order of its numbers.
    fn look(&mut self, folder: u32, tree: Option<ObjectId>) -> Result<Rc<[Found]>, HistoryFailure> {
        let Some(tree) = tree else { return Ok(Rc::from([])) };
        let here = &self.folders[folder as usize];
        // Names are added and never taken out, so their count tells what was looked for.
        let key = (tree, folder, count(here.names.len()));
        if let Some(found) = self.kept.get(&key) {
            return Ok(Rc::clone(found));
        }
        let bytes = self.reader.tree(tree)?;
        let mut found = Vec::new();
        for entry in entries(tree, &bytes) {
            let entry = entry?;
            if let Some(name) = here.numbers.get::<[u8]>(entry.name) {
                found.push(Found { name: *name, kind: entry.kind, id: entry.id });
            }
        }
        found.sort_by_key(|it| it.name);
        if let Some(twice) = found.windows(2).find(|pair| pair[0].name == pair[1].name) {
            let name = here.numbers.iter().find(|(_, number)| **number == twice[0].name);
            let name = name
                .map_or_else(String::new, |(name, _)| String::from_utf8_lossy(name).into_owned());
            return Err(HistoryFailure::Name { tree, name });
        }
        let found: Rc<[Found]> = found.into();
        self.size += found.len() + 1;
        if self.size > KEPT {
            self.kept.clear();
            self.size = found.len() + 1;
        }
        self.kept.insert(key, Rc::clone(&found));
        Ok(found)
    }
}

/// Counts of paths, folders and names stay far below what fits: each is some bytes in memory.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
