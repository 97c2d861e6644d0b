//! Why files were not changed.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::span::FilePath;

/// Why files were not changed; but for [`Partly`](Self::Partly) none was. `Display` says it in one
/// phrase, [`ReplaceFailure::help`] says what to do.
#[derive(Debug)]
pub enum ReplaceFailure {
    /// The file has other bytes than those that were read.
    Changed {
        /// The file.
        path: PathBuf,
    },
    /// The file that was read is no longer there.
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// There is a file where there must be none.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file or folder is read-only, or ours is not the right to write there.
    ReadOnly {
        /// The file or folder.
        path: PathBuf,
    },
    /// The file, or a folder on the way to it, is a symbolic link that anyone who can write to the
    /// repository may have made.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// The path names a folder or something else that is no file.
    NotFile {
        /// What it names.
        path: PathBuf,
    },
    /// The path leads out of the workspace.
    Outside {
        /// The path.
        path: FilePath,
    },
    /// Two changes of one act name one file.
    Twice {
        /// The file.
        path: FilePath,
    },
    /// Another act is at work and does not end.
    Busy {
        /// The workspace.
        path: PathBuf,
    },
    /// The system refused.
    System {
        /// What we tried: `read`, `write` …
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Some files of the act are new, and the others are as they were.
    Partly {
        /// The files that are new, in the order of the act.
        done: Vec<FilePath>,
        /// Why the act did not go on.
        cause: Box<ReplaceFailure>,
    },
}

impl ReplaceFailure {
    /// Returns what to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Changed { .. } | Self::Gone { .. } | Self::Exists { .. } => {
                "look at it again, then run avouch again"
            }
            Self::ReadOnly { .. } => "make it writable for yourself, then run avouch again",
            Self::Link { .. } => "put what it leads to in the place of the link",
            Self::NotFile { .. } => "move it out of the way",
            Self::Outside { .. } => "name a file in the workspace",
            Self::Twice { .. } => "make both changes one after the other",
            Self::Busy { .. } => "wait until it has ended, then run avouch again",
            Self::System { action: "lock", .. } => {
                "keep the workspace on a disk of this machine, whose files can be locked"
            }
            Self::System { cause, .. } => match cause.kind() {
                io::ErrorKind::StorageFull
                | io::ErrorKind::QuotaExceeded
                | io::ErrorKind::FileTooLarge => {
                    "free some space, then run avouch again; the file is as it was"
                }
                _ => "check the disk and the folder; the file is as it was",
            },
            Self::Partly { .. } => {
                "see with `git status` what changed, and undo it or run it again"
            }
        }
    }
}

impl fmt::Display for ReplaceFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { path } => write!(f, "`{}` changed meanwhile", path.display()),
            Self::Gone { path } => write!(f, "`{}` was removed meanwhile", path.display()),
            Self::Exists { path } => write!(f, "there is already a file `{}`", path.display()),
            Self::ReadOnly { path } => write!(f, "`{}` cannot be written to", path.display()),
            Self::Link { path } => write!(f, "`{}` is a symbolic link", path.display()),
            Self::NotFile { path } => write!(f, "`{}` is not a file", path.display()),
            Self::Outside { path } => write!(f, "`{path}` is no path in the workspace"),
            Self::Twice { path } => write!(f, "`{path}` would be changed twice at once"),
            Self::Busy { path } => {
                write!(f, "another avouch is changing files in `{}`", path.display())
            }
            Self::System { action, path, cause } => {
                write!(f, "could not {action} `{}`: {cause}", path.display())
            }
            Self::Partly { done, cause } => {
                let done: Vec<String> = done.iter().map(|path| format!("`{path}`")).collect();
                write!(f, "{cause}; already changed: {}", done.join(", "))
            }
        }
    }
}

impl std::error::Error for ReplaceFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::System { cause, .. } => Some(cause),
            Self::Partly { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
