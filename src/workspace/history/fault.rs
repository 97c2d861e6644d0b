//! Why history could not be read.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::ObjectId;

/// Why history could not be read. `Display` says it in one phrase, [`HistoryFailure::help`] says
/// what to do.
#[derive(Debug)]
pub enum HistoryFailure {
    /// The system refused to give us a file or folder of the repository.
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A part of the repository that is not followed or not read.
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What it is.
        refusal: Refusal,
    },
    /// `HEAD` or a branch that is no reference.
    Reference {
        /// The file, or `packed-refs`.
        path: PathBuf,
        /// What is wrong with it.
        fault: ReferenceFault,
    },
    /// An object that other objects name is not there.
    Missing {
        /// Which one.
        id: ObjectId,
        /// What it should have been.
        kind: ObjectKind,
    },
    /// An object whose bytes are not what its name says, or that is not built as git builds it.
    Corrupt {
        /// Which one.
        id: ObjectId,
        /// What it should have been.
        kind: ObjectKind,
    },
    /// An object with more bytes than we read.
    TooLarge {
        /// Which one.
        id: ObjectId,
        /// How many bytes it has.
        bytes: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// A name in a folder of a commit that no checkout could have, or that stands there twice.
    Name {
        /// The folder's object.
        tree: ObjectId,
        /// The name; what is no text in it is replaced.
        name: String,
    },
    /// A link or another repository where a file is asked for, or on the way to it.
    NotAFile {
        /// The commit.
        commit: ObjectId,
        /// The path, from the root of the repository.
        path: String,
        /// What stands there.
        entry: Entry,
    },
    /// A path that no file of a workspace can have.
    Path {
        /// The path as it was asked for.
        path: String,
    },
    /// More than we are willing to walk over.
    TooMany {
        /// Of what, in the plural.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
}

/// What is refused of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// A symbolic link where git makes none.
    Link,
    /// Neither a file nor a folder.
    NotRegular,
    /// `.git` names a folder outside, and that folder is no worktree which names it in return.
    Outside,
    /// `.git` is a file that names no folder.
    NoFolder,
    /// The folder lacks what each repository has.
    NotARepository,
    /// Objects are borrowed from another repository.
    Alternates,
    /// A form of repository that we cannot read, as its settings name it.
    Format(String),
    /// Settings that are not written as git writes them.
    Settings,
    /// A file with more bytes than such a file has.
    TooLarge,
}

/// What is wrong with a reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceFault {
    /// Neither the name of an object nor that of a reference.
    Malformed,
    /// References that lead to each other.
    Loops,
    /// What it names is no commit.
    NotACommit,
}

/// The kinds of objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ObjectKind {
    /// A commit.
    Commit,
    /// A folder.
    Tree,
    /// The bytes of a file.
    Blob,
}

/// What a path of a commit can be that is neither a folder nor a file that we read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A symbolic link.
    Link,
    /// Another repository.
    Submodule,
    /// A name that is not UTF-8.
    NameNotUtf8,
}

impl HistoryFailure {
    /// Returns what to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "make the repository readable for the user who runs avouch",
            Self::Refused { refusal, .. } => match refusal {
                Refusal::Link | Refusal::NotRegular | Refusal::Outside | Refusal::NoFolder => {
                    "clone the repository, or add a worktree with `git worktree add`"
                }
                Refusal::NotARepository | Refusal::Settings | Refusal::TooLarge => {
                    "`git fsck` names what is wrong; a fresh clone puts it right"
                }
                Refusal::Alternates => {
                    "make it stand alone: `git repack -a -d`, then remove the file"
                }
                Refusal::Format(_) => "convert it to SHA-1 objects and references in files",
            },
            Self::Reference { .. } => "check out a branch again with `git switch`",
            Self::Missing { .. } => {
                "fetch it: `git fetch --refetch --no-filter` in a partial clone; `git fsck` names \
                 what is missing"
            }
            Self::Corrupt { .. } | Self::Name { .. } => {
                "`git fsck` names what is wrong; a fresh clone puts it right"
            }
            Self::TooLarge { .. } => "keep large files out of the repository",
            Self::NotAFile { .. } => "only files are read from history",
            Self::Path { .. } => "name a file below the root of the workspace",
            Self::TooMany { .. } => "keep the workspace in a repository of its own",
        }
    }
}

impl fmt::Display for HistoryFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, cause } => {
                write!(f, "could not read `{}`: {cause}", path.display())
            }
            Self::Refused { path, refusal } => write!(f, "`{}` {refusal}", path.display()),
            Self::Reference { path, fault } => write!(f, "`{}` {fault}", path.display()),
            Self::Missing { id, kind } => write!(f, "the {kind} {id} is not in the repository"),
            Self::Corrupt { id, kind } => write!(f, "the {kind} {id} is damaged"),
            Self::TooLarge { id, bytes, limit } => {
                write!(f, "the object {id} has {bytes} bytes, more than {limit}")
            }
            Self::Name { tree, name } => {
                write!(f, "the folder {tree} holds `{}`, which is no name", name.escape_debug())
            }
            Self::NotAFile { commit, path, entry } => {
                write!(f, "`{}` is {entry} in the commit {commit}", path.escape_debug())
            }
            Self::Path { path } => {
                write!(f, "`{}` is no path of a file", path.escape_debug())
            }
            Self::TooMany { what, limit } => write!(f, "there are more than {limit} {what}"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Link => f.write_str("is a symbolic link, which is not followed"),
            Self::NotRegular => f.write_str("is neither a file nor a folder"),
            Self::Outside => f.write_str("leads to a repository elsewhere"),
            Self::NoFolder => f.write_str("names no folder"),
            Self::NotARepository => f.write_str("is no repository"),
            Self::Alternates => f.write_str("borrows objects from another repository"),
            Self::Format(form) => {
                write!(f, "asks for `{}`, which we cannot read", form.escape_debug())
            }
            Self::Settings => f.write_str("is not written as git writes it"),
            Self::TooLarge => f.write_str("has more bytes than we read"),
        }
    }
}

impl fmt::Display for ReferenceFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "is no reference",
            Self::Loops => "leads to itself",
            Self::NotACommit => "names no commit",
        })
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Commit => "commit",
            Self::Tree => "folder",
            Self::Blob => "file",
        })
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Link => "a symbolic link",
            Self::Submodule => "another repository",
            Self::NameNotUtf8 => "a name that is not UTF-8",
        })
    }
}

impl std::error::Error for HistoryFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. } => Some(cause),
            Self::Refused { .. }
            | Self::Reference { .. }
            | Self::Missing { .. }
            | Self::Corrupt { .. }
            | Self::TooLarge { .. }
            | Self::Name { .. }
            | Self::NotAFile { .. }
            | Self::Path { .. }
            | Self::TooMany { .. } => None,
        }
    }
}
