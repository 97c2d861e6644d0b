//! Why an output folder could not be written.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::model::address::Address;
use crate::render::recipe::RenderFailure;

/// Why nothing was written; what stood there before still does. `Display` says it in one phrase,
/// [`WriteFailure::help`] says what to do.
#[derive(Debug)]
pub enum WriteFailure {
    /// The bytes of some outputs could not be made: which, in order, and why.
    Render(Vec<(Address, RenderFailure)>),
    /// Two addresses would be one file, here or on another system.
    Collision {
        /// One of them, or a folder above it.
        first: String,
        /// The other.
        second: String,
    },
    /// The system refused.
    System {
        /// What we tried: `create`, `remove` …
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The folder holds something that we did not make.
    Foreign {
        /// The folder, or what stands in it.
        path: PathBuf,
    },
    /// The path names a file.
    NotFolder {
        /// The file.
        path: PathBuf,
    },
    /// The folder holds another edition.
    OtherEdition {
        /// The folder.
        path: PathBuf,
        /// The edition in it.
        edition: String,
    },
    /// The folder stands inside one that is published or read.
    Nested {
        /// The folder.
        path: PathBuf,
        /// What it stands in.
        inside: PathBuf,
    },
    /// The folder, or one on the way to it, is a symbolic link that anyone who can write to the
    /// repository may have made.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// Another build is writing there.
    Busy {
        /// The folder.
        path: PathBuf,
        /// The number of its process, as far as known.
        process: String,
    },
}

impl WriteFailure {
    /// Returns what to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Render(_) => "the previous output is untouched",
            Self::Collision { .. } => "rename one of the two sources",
            Self::System { cause, .. } => match cause.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    "free some space or choose another folder with `--out`; the previous output \
                     is untouched"
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    "make the folder writable or choose another one with `--out`; the previous \
                     output is untouched"
                }
                _ => "check the disk and the folder; the previous output is untouched",
            },
            Self::Foreign { .. } => "choose another folder with `--out`, or move what stands there",
            Self::NotFolder { .. } => "name a folder with `--out`",
            Self::OtherEdition { .. } => {
                "choose another folder with `--out`, or remove this one if it is not needed"
            }
            Self::Nested { .. } => "choose a folder with `--out` that stands beside it",
            Self::Link { .. } => "remove the link, or name the folder that it leads to",
            Self::Busy { .. } => "wait until it has ended, then run avouch again",
        }
    }

    pub(super) fn system(
        action: &'static str,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> WriteFailure {
        move |cause| Self::System { action, path: path.to_owned(), cause }
    }
}

impl fmt::Display for WriteFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Render(failures) => {
                let words = failures.iter().map(|(address, failure)| {
                    format!("could not make `{address}`: {}", failure.message)
                });
                f.write_str(&words.collect::<Vec<_>>().join("; "))
            }
            Self::Collision { first, second } if first == second => {
                write!(f, "two outputs have the address `{first}`")
            }
            Self::Collision { first, second } => {
                write!(f, "`{first}` and `{second}` cannot stand side by side on every system")
            }
            Self::System { action, path, cause } => {
                write!(f, "could not {action} `{}`: {cause}", path.display())
            }
            Self::Foreign { path } => {
                write!(f, "`{}` was not made by avouch", path.display())
            }
            Self::NotFolder { path } => write!(f, "`{}` is a file, not a folder", path.display()),
            Self::OtherEdition { path, edition } => {
                write!(f, "`{}` holds another edition, `{edition}`", path.display())
            }
            Self::Nested { path, inside } => {
                write!(f, "`{}` stands inside `{}`", path.display(), inside.display())
            }
            Self::Link { path } => write!(f, "`{}` is a symbolic link", path.display()),
            Self::Busy { path, process } => {
                write!(f, "process {process} is writing `{}`", path.display())
            }
        }
    }
}

impl std::error::Error for WriteFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::System { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
