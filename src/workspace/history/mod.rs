//! What git remembers of a workspace: earlier texts, who wrote them, and since when they stand.
//!
//! Takes a folder; afterwards the [`History`] of the repository around it can be asked. Everything
//! is read in this process and nothing is written: no program is started, no hook, filter or setting
//! of the user, the system or the repository has a say, and no commit that was put in another's
//! place is believed. What is read is compared with its hash.
//!
//! **Dates and names here are claims.** Whoever makes a commit chooses its dates and its author; only
//! the order of commits is sure, and that `HEAD` holds what it holds. Where history is cut off,
//! [`Extent`] says so, and whatever stands at the cut is marked by [`Moment::is_boundary`]: it may be
//! older.
//!
//! | file | holds |
//! | --- | --- |
//! | `place.rs` | where the repository is, and what of its files is refused |
//! | `head.rs` | `HEAD`, and whether commits are cut off or replaced |
//! | `object.rs` | the door to the library: objects by size and hash |
//! | `commit.rs` | a commit taken apart |
//! | `graph.rs` | all commits that lead to `HEAD` |
//! | `names.rs` | which of the wanted files differ between two folders |
//! | `versions.rs` | the walk |
//! | `tree.rs` | files and folders of one commit |

mod commit;
mod fault;
mod graph;
mod head;
mod names;
mod object;
mod place;
#[cfg(test)]
mod tests;
mod tree;
mod versions;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

use jiff::Timestamp;

pub use fault::{Entry, HistoryFailure, ObjectKind, ReferenceFault, Refusal};

use self::graph::Graph;
use self::object::{Objects, Reader};
use self::tree::Stands;
use super::walk::{LIMITS, limit};
use crate::span::FilePath;

/// The name of an object of git: the SHA-1 of what it is. `Display` writes it in full, as 40
/// hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(gix::ObjectId);

impl ObjectId {
    /// Reads 40 hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &[u8]) -> Option<Self> {
        let id = gix::ObjectId::from_hex(text).ok()?;
        (id.kind() == gix::hash::Kind::Sha1).then_some(Self(id))
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How much of the past is there. `Display` is the sentence for people, [`Extent::help`] says what
/// to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// All commits, back to the first.
    Whole,
    /// The repository was cloned without its older commits, or they were never fetched.
    Shallow,
    /// All commits are there, and not all files: a server keeps them.
    Partial,
    /// The repository says that some commits stand for others. We read them as they were made.
    Grafted,
    /// The folder is in no repository.
    NoRepository,
    /// The repository has no commit yet.
    NoCommit,
}

impl Extent {
    /// Returns whether the past can be told from it: whether what is not found was never there.
    #[must_use]
    pub fn is_complete(self) -> bool {
        self == Self::Whole
    }

    /// Returns what to do about it, if there is something to do.
    #[must_use]
    pub fn help(self) -> Option<&'static str> {
        match self {
            Self::Whole => None,
            Self::Shallow => Some(
                "fetch the rest: `git fetch --unshallow`, or `fetch-depth: 0` where a workflow \
                 checks out",
            ),
            Self::Partial => Some("fetch the rest: `git fetch --refetch --no-filter`"),
            Self::Grafted => Some(
                "`git replace --list` and `.git/info/grafts` name the commits; remove them there \
                 once history itself is as it should be",
            ),
            Self::NoRepository => Some("keep the workspace in git: `git init`, then commit"),
            Self::NoCommit => Some("commit the workspace"),
        }
    }
}

impl fmt::Display for Extent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Whole => "the history is whole",
            Self::Shallow => "the history is incomplete: the clone leaves older commits out",
            Self::Partial => "the history is incomplete: the clone leaves files to the server",
            Self::Grafted => {
                "the history is incomplete: the repository puts commits in the place of others, \
                 which are read as they were made"
            }
            Self::NoRepository => "there is no history: the folder is in no git repository",
            Self::NoCommit => "there is no history: the repository has no commit yet",
        })
    }
}

/// The history of a workspace: that of the commit that is checked out.
#[derive(Debug)]
pub struct History {
    extent: Extent,
    past: Option<Past>,
}

/// What there is to read.
struct Past {
    head: ObjectId,
    /// The workspace in its repository: nothing, or a path that ends with `/`.
    prefix: Vec<u8>,
    boundary: BTreeSet<ObjectId>,
    objects: Objects,
    graph: OnceLock<Graph>,
}

/// A person as commits name one: a claim of whoever made the commit. It may hold any character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// A commit and its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The commit.
    pub commit: ObjectId,
    /// When it was committed, as its committer's machine said: a claim. Nothing if it says nothing
    /// that can be read.
    pub at: Option<Timestamp>,
    /// Whether the commits before it are left out of the clone. What it seems to bring may be older.
    pub is_boundary: bool,
}

/// A version of a file: bytes, and a commit that introduced them at its path. The same bytes have
/// several versions where they came again, as after a change that was undone, or came twice, in
/// branches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion {
    /// Where the file stood then. A path outside of the folder that the workspace is in today
    /// begins with `/`, which stands for the root of the repository.
    pub path: FilePath,
    /// Its bytes.
    pub blob: ObjectId,
    /// The commit: none of its parents holds these bytes there.
    pub introduced: Moment,
    /// The author of the commit.
    pub author: Identity,
    /// Whom the message of the commit names as authors besides (`Co-authored-by:`).
    pub co_authors: Vec<Identity>,
    /// Whether the commit itself is on the main line: `HEAD` and first parents.
    pub is_on_main_line: bool,
    /// When the main line first held these bytes as this file; for a commit of a branch, that is
    /// when it was merged. Nothing where they never came to it.
    pub main_line: Option<Moment>,
}

/// What `HEAD` holds at a path, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The bytes.
    pub blob: ObjectId,
    /// The commit of the main line since which they stand there without a break.
    pub since: Moment,
}

/// The files below a folder of a commit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// All regular files, with the objects of their bytes.
    pub files: BTreeMap<FilePath, ObjectId>,
    /// What stands there and is not read.
    pub left_out: BTreeMap<FilePath, Entry>,
}

/// A commit's signature by an SSH key, in the namespace `git`. Whether it is right, and whose key it
/// is, is for others to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitSignature {
    /// The bytes that were signed: the commit without the signature.
    pub signed: Vec<u8>,
    /// The armour, as `ssh-keygen` writes it.
    pub armour: String,
}

impl History {
    /// Opens the history of a folder. What is wrong with the repository fails here if it decides
    /// where and what the repository is; damage to single objects fails where they are read.
    ///
    /// # Errors
    ///
    /// Fails where the system does not let us read, where the repository is of a form that we
    /// cannot read, and where anything of it lies or leads outside of it: see [`Refusal`].
    pub fn open(workspace: &Path) -> Result<Self, HistoryFailure> {
        let nothing = |extent| Ok(Self { extent, past: None });
        let Some(location) = place::locate(workspace)? else {
            return nothing(Extent::NoRepository);
        };
        let Some(head) = head::head(&location)? else {
            return nothing(Extent::NoCommit);
        };
        let objects = Objects::open(&location.common.join("objects"))?;
        if !objects.reader().is_commit(head)? {
            return Err(head::fault(&location.own.join("HEAD"), ReferenceFault::NotACommit));
        }
        let boundary = head::boundary(&location)?;
        let extent = if !boundary.is_empty() {
            Extent::Shallow
        } else if head::is_grafted(&location)? {
            Extent::Grafted
        } else if location.is_partial {
            Extent::Partial
        } else {
            Extent::Whole
        };
        let prefix = location.prefix;
        let past = Past { head, prefix, boundary, objects, graph: OnceLock::new() };
        Ok(Self { extent, past: Some(past) })
    }

    /// Stands for the history of a folder that has none.
    #[must_use]
    pub fn none() -> Self {
        Self { extent: Extent::NoRepository, past: None }
    }

    /// Returns how much of the past is there.
    pub fn extent(&self) -> Extent {
        self.extent
    }

    /// Returns the commit that is checked out.
    pub fn head(&self) -> Option<ObjectId> {
        self.past.as_ref().map(|past| past.head)
    }

    /// Returns the versions of files, newest first, by one walk over all commits. Paths are relative
    /// to the workspace; one that never was a file has no versions. Commits that were merged count,
    /// and a file is followed under an older name if the same bytes stood there in the commit
    /// before and no longer do.
    ///
    /// # Errors
    ///
    /// Fails where an object is damaged or missing, where there is more than we walk over, and for
    /// a path that no file can have.
    pub fn versions_of(
        &self,
        paths: &[FilePath],
    ) -> Result<BTreeMap<FilePath, Vec<FileVersion>>, HistoryFailure> {
        let none = || paths.iter().map(|path| (FilePath::clone(path), Vec::new())).collect();
        let Some(past) = &self.past else { return Ok(none()) };
        let reader = past.objects.reader();
        let graph = past.graph(&reader)?;
        let found = versions::versions(graph, &reader, &past.full_paths(paths)?)?;
        let main_line: BTreeSet<u32> = graph.main_line().collect();
        let mut versions = BTreeMap::new();
        for (path, found) in paths.iter().zip(found) {
            let mut of = Vec::with_capacity(found.len());
            for it in found {
                let introduced = graph.moment(it.commit);
                let commit = reader.commit(introduced.commit)?;
                of.push(FileVersion {
                    path: past.shown(&it.path),
                    blob: it.blob,
                    introduced,
                    author: commit.author,
                    co_authors: commit.co_authors,
                    is_on_main_line: main_line.contains(&it.commit),
                    main_line: it.main_line,
                });
            }
            versions.insert(FilePath::clone(path), of);
        }
        Ok(versions)
    }

    /// Returns what `HEAD` holds at paths, and since when the main line holds it: a claim, which
    /// rests on the dates of commits. Paths at which it holds no file are left out.
    ///
    /// # Errors
    ///
    /// Fails as [`History::versions_of`] does.
    pub fn first_seen(
        &self,
        paths: &[FilePath],
    ) -> Result<BTreeMap<FilePath, Standing>, HistoryFailure> {
        let Some(past) = &self.past else { return Ok(BTreeMap::new()) };
        let reader = past.objects.reader();
        let found = versions::standing(past.graph(&reader)?, &reader, &past.full_paths(paths)?)?;
        let standing = |(path, found): (&FilePath, Option<(ObjectId, Moment)>)| {
            found.map(|(blob, since)| (FilePath::clone(path), Standing { blob, since }))
        };
        Ok(paths.iter().zip(found).filter_map(standing).collect())
    }

    /// Returns all files that ever stood in a folder of the workspace, each with the newest commit that
    /// leads to `HEAD` and holds it.
    ///
    /// # Errors
    ///
    /// Fails as [`History::tree_paths_at`] does.
    pub fn ever_in(&self, folder: &str) -> Result<BTreeMap<FilePath, ObjectId>, HistoryFailure> {
        let Some(past) = &self.past else { return Ok(BTreeMap::new()) };
        let reader = past.objects.reader();
        let (graph, full) = (past.graph(&reader)?, past.full_path(folder)?);
        let (mut roots, mut folders) = (HashSet::new(), HashSet::new());
        let mut files = BTreeMap::new();
        for number in graph.newest_first() {
            let graph::Node { id, tree, .. } = graph.node(number);
            if !roots.insert(*tree) {
                continue;
            }
            if let Stands::Folder(tree) = tree::find(&reader, *tree, &full)?
                && folders.insert(tree)
            {
                let listing = tree::list(&reader, tree, &format!("{folder}/"))?;
                for path in listing.files.into_keys() {
                    files.entry(path).or_insert(*id);
                }
            }
        }
        Ok(files)
    }

    /// Returns the bytes of a version.
    ///
    /// # Errors
    ///
    /// Fails where they are damaged, missing, or more than we read of such a file.
    pub fn bytes_of(&self, version: &FileVersion) -> Result<Vec<u8>, HistoryFailure> {
        self.blob(version.blob, &version.path)
    }

    /// Returns the bytes of a file of a commit; nothing where no file stands at the path.
    ///
    /// # Errors
    ///
    /// Fails where an object is damaged or missing, where there are more bytes than we read of such
    /// a file, and where the path leads over a link or into another repository.
    pub fn file_at(&self, commit: ObjectId, path: &str) -> Result<Option<Vec<u8>>, HistoryFailure> {
        let Some(past) = &self.past else { return Ok(None) };
        let reader = past.objects.reader();
        let root = reader.commit(commit)?.tree;
        match tree::find(&reader, root, &past.full_path(path)?)? {
            Stands::File(id) => reader.blob(id, limit(path)).map(Some),
            Stands::Nothing | Stands::Folder(_) => Ok(None),
            Stands::Other(path, entry) => Err(HistoryFailure::NotAFile { commit, path, entry }),
        }
    }

    /// Returns all files below a folder of a commit; an empty path is the root of the workspace.
    ///
    /// # Errors
    ///
    /// Fails like [`History::file_at`], where a folder holds a name that no checkout could have, and
    /// where there are more files than a workspace can have.
    pub fn tree_paths_at(&self, commit: ObjectId, folder: &str) -> Result<Listing, HistoryFailure> {
        let Some(past) = &self.past else { return Ok(Listing::default()) };
        let reader = past.objects.reader();
        let root = reader.commit(commit)?.tree;
        let (full, shown) = match folder {
            "" => (past.prefix.clone(), String::new()),
            _ => (past.full_path(folder)?, format!("{folder}/")),
        };
        match tree::find(&reader, root, &full)? {
            Stands::Folder(tree) => tree::list(&reader, tree, &shown),
            Stands::Nothing | Stands::File(_) => Ok(Listing::default()),
            Stands::Other(path, entry) => Err(HistoryFailure::NotAFile { commit, path, entry }),
        }
    }

    /// Returns the signature of a commit, if it bears one by an SSH key.
    ///
    /// # Errors
    ///
    /// Fails where the commit is damaged or missing.
    pub fn signature_of(
        &self,
        commit: ObjectId,
    ) -> Result<Option<CommitSignature>, HistoryFailure> {
        let Some(past) = &self.past else { return Ok(None) };
        Ok(commit::signature(&past.objects.reader().commit_bytes(commit)?))
    }

    /// Returns whether a commit is `HEAD` or led to it, as far as commits are there.
    ///
    /// # Errors
    ///
    /// Fails where a commit is damaged or missing.
    pub fn is_ancestor(&self, commit: ObjectId) -> Result<bool, HistoryFailure> {
        let Some(past) = &self.past else { return Ok(false) };
        Ok(past.graph(&past.objects.reader())?.number(commit).is_some())
    }

    fn blob(&self, id: ObjectId, path: &str) -> Result<Vec<u8>, HistoryFailure> {
        let missing = HistoryFailure::Missing { id, kind: ObjectKind::Blob };
        let past = self.past.as_ref().ok_or(missing)?;
        past.objects.reader().blob(id, limit(path))
    }
}

impl Past {
    /// Returns all commits, which are read once.
    fn graph(&self, reader: &Reader) -> Result<&Graph, HistoryFailure> {
        if let Some(graph) = self.graph.get() {
            return Ok(graph);
        }
        let graph = Graph::read(reader, self.head, &self.boundary)?;
        Ok(self.graph.get_or_init(|| graph))
    }

    /// Returns a path from the root of the repository on.
    fn full_path(&self, path: &str) -> Result<Vec<u8>, HistoryFailure> {
        let parts = path.split('/');
        if parts.clone().count() > LIMITS.depth || !parts.map(str::as_bytes).all(object::is_name) {
            return Err(HistoryFailure::Path { path: path.to_owned() });
        }
        Ok([self.prefix.as_slice(), path.as_bytes()].concat())
    }

    fn full_paths(&self, paths: &[FilePath]) -> Result<Vec<Vec<u8>>, HistoryFailure> {
        paths.iter().map(|path| self.full_path(path)).collect()
    }

    /// Returns a path as the workspace names it.
    fn shown(&self, path: &[u8]) -> FilePath {
        let path = String::from_utf8_lossy(path);
        match path.as_bytes().strip_prefix(self.prefix.as_slice()) {
            Some(below) => String::from_utf8_lossy(below).into(),
            None => format!("/{path}").into(),
        }
    }
}

impl fmt::Debug for Past {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Past").field("head", &self.head).finish_non_exhaustive()
    }
}
