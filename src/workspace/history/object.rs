//! Objects of a repository, each compared with its hash.
//!
//! The hash is what makes history worth reading: somebody who can write to the repository's files
//! could otherwise put other bytes under the name of an old version. It is SHA-1 with detection of
//! collisions.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use gix::bstr::{BStr, ByteSlice as _};
use gix::objs::{Find as _, FindHeader as _, Header, Kind, TreeRefIter};
use gix::odb::pack::cache::DecodeEntry;
use gix::odb::store::init::{Options, Slots};
use gix::odb::{HandleArc, Store};

use super::ObjectId;
use super::commit::Commit;
use super::fault::{HistoryFailure, ObjectKind};
use super::place::unreadable;

/// The most bytes of a commit, which are mostly its message.
const COMMIT: u64 = 4 * 1024 * 1024;

/// The most bytes of a folder: some 600,000 names.
const TREE: u64 = 32 * 1024 * 1024;

/// The most bytes of anything that is read to build an object, such as the one that it differs from.
const ALLOCATION: usize = 128 * 1024 * 1024;

/// The bytes of parts of packs that are kept, since others are built from them.
const KEPT: usize = 32 * 1024 * 1024;

/// The objects of a repository.
pub(super) struct Objects {
    store: Arc<Store>,
}

/// A name in a folder.
pub(super) struct TreeEntry<'a> {
    pub(super) name: &'a BStr,
    pub(super) id: ObjectId,
    pub(super) kind: EntryKind,
}

/// What a name in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    File,
    Folder,
    Link,
    Submodule,
}

impl Objects {
    /// Opens the folder of objects, which was looked at before.
    pub(super) fn open(folder: &Path) -> Result<Self, HistoryFailure> {
        let options = Options {
            slots: Slots::default(),
            // A list that spares the lists of single packs; one form less to trust.
            use_multi_pack_index: false,
            alloc_limit_bytes: Some(ALLOCATION),
            ..Options::default()
        };
        let no_replacements = &mut std::iter::empty();
        let store =
            Store::at_opts(folder.to_owned(), gix::hash::Kind::Sha1, no_replacements, options)
                .map_err(|cause| unreadable(folder, cause))?;
        Ok(Self { store: Arc::new(store) })
    }

    /// Returns a reader, which is for one thread.
    pub(super) fn reader(&self) -> Reader {
        let mut handle = self.store.to_cache_arc();
        handle.set_pack_cache(|| Box::new(Parts::default()));
        Reader { handle }
    }
}

/// Reads objects.
pub(super) struct Reader {
    handle: HandleArc,
}

impl Reader {
    /// Reads a commit as it is stored.
    pub(super) fn commit_bytes(&self, id: ObjectId) -> Result<Vec<u8>, HistoryFailure> {
        self.read(id, ObjectKind::Commit, COMMIT)
    }

    /// Reads a commit.
    pub(super) fn commit(&self, id: ObjectId) -> Result<Commit, HistoryFailure> {
        let corrupt = HistoryFailure::Corrupt { id, kind: ObjectKind::Commit };
        Commit::read(&self.commit_bytes(id)?).ok_or(corrupt)
    }

    /// Reads a folder as it is stored.
    pub(super) fn tree(&self, id: ObjectId) -> Result<Vec<u8>, HistoryFailure> {
        self.read(id, ObjectKind::Tree, TREE)
    }

    /// Reads the bytes of a file.
    pub(super) fn blob(&self, id: ObjectId, limit: u64) -> Result<Vec<u8>, HistoryFailure> {
        self.read(id, ObjectKind::Blob, limit)
    }

    /// Returns whether what is there under a name is a commit.
    pub(super) fn is_commit(&self, id: ObjectId) -> Result<bool, HistoryFailure> {
        Ok(self.header(id, ObjectKind::Commit)?.kind == Kind::Commit)
    }

    fn header(&self, id: ObjectId, kind: ObjectKind) -> Result<Header, HistoryFailure> {
        let header = self.handle.try_header(&id.0);
        let header = header.map_err(|_| HistoryFailure::Corrupt { id, kind })?;
        header.ok_or(HistoryFailure::Missing { id, kind })
    }

    /// Reads an object after its size is known, and compares it with its hash.
    fn read(&self, id: ObjectId, kind: ObjectKind, limit: u64) -> Result<Vec<u8>, HistoryFailure> {
        let wanted = match kind {
            ObjectKind::Commit => Kind::Commit,
            ObjectKind::Tree => Kind::Tree,
            ObjectKind::Blob => Kind::Blob,
        };
        let corrupt = || HistoryFailure::Corrupt { id, kind };
        let header = self.header(id, kind)?;
        if header.kind != wanted {
            return Err(corrupt());
        }
        let bytes = header.size;
        if bytes > limit {
            return Err(HistoryFailure::TooLarge { id, bytes, limit });
        }
        let mut buffer = Vec::new();
        let found = self.handle.try_find(&id.0, &mut buffer).map_err(|_| corrupt())?;
        let found = found.ok_or(HistoryFailure::Missing { id, kind })?;
        if found.kind != wanted || found.verify_checksum(&id.0).is_err() {
            return Err(corrupt());
        }
        Ok(buffer)
    }
}

/// Returns the names in a folder, in its order.
pub(super) fn entries(
    tree: ObjectId,
    bytes: &[u8],
) -> impl Iterator<Item = Result<TreeEntry<'_>, HistoryFailure>> {
    TreeRefIter::from_bytes(bytes, gix::hash::Kind::Sha1).map(move |entry| {
        let corrupt = HistoryFailure::Corrupt { id: tree, kind: ObjectKind::Tree };
        let Ok(entry) = entry else { return Err(corrupt) };
        let kind = match entry.mode.kind() {
            gix::objs::tree::EntryKind::Tree => EntryKind::Folder,
            gix::objs::tree::EntryKind::Blob | gix::objs::tree::EntryKind::BlobExecutable => {
                EntryKind::File
            }
            gix::objs::tree::EntryKind::Link => EntryKind::Link,
            gix::objs::tree::EntryKind::Commit => EntryKind::Submodule,
        };
        Ok(TreeEntry { name: entry.filename, id: ObjectId(entry.oid.to_owned()), kind })
    })
}

/// Returns whether a name can stand in a folder of a checkout, on any system.
pub(super) fn is_name(name: &[u8]) -> bool {
    let options = gix::validate::path::component::Options {
        protect_windows: false,
        protect_hfs: true,
        protect_ntfs: true,
    };
    !name.contains(&0) && gix::validate::path::component(name.as_bstr(), None, options).is_ok()
}

/// Parts of packs that others are built from. When there are too many, all are forgotten: what is
/// read together stands together in a pack, so they are soon there again.
#[derive(Default)]
struct Parts {
    /// By number of the pack and place in it.
    parts: HashMap<(u32, u64), Part>,
    /// The bytes of all of them.
    bytes: usize,
}

/// A part of a pack, as it is when it is built.
struct Part {
    kind: Kind,
    data: Box<[u8]>,
    /// Its bytes in the pack.
    stored: usize,
}

impl DecodeEntry for Parts {
    fn put(&mut self, pack: u32, offset: u64, data: &[u8], kind: Kind, stored: usize) {
        if data.len() > KEPT / 8 {
            return;
        }
        if self.bytes + data.len() > KEPT {
            self.parts.clear();
            self.bytes = 0;
        }
        self.bytes += data.len();
        let part = Part { kind, data: data.into(), stored };
        if let Some(old) = self.parts.insert((pack, offset), part) {
            self.bytes -= old.data.len();
        }
    }

    fn get(&mut self, pack: u32, offset: u64, out: &mut Vec<u8>) -> Option<(Kind, usize)> {
        let part = self.parts.get(&(pack, offset))?;
        out.clear();
        out.extend_from_slice(&part.data);
        Some((part.kind, part.stored))
    }
}
