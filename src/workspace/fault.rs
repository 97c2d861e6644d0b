//! What can be wrong with files before anyone looks into them.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::span::FilePath;

/// A file that was left out, or that stands where it cannot stay: something for the author to
/// change, so it becomes a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReadFault {
    /// The file, relative to the root; bytes that are not UTF-8 are replaced.
    pub path: FilePath,
    /// What is wrong with it.
    pub kind: ReadFaultKind,
}

/// What is wrong with a file. `Display` says it in one phrase, [`ReadFaultKind::help`] says what
/// to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadFaultKind {
    /// A symbolic link to something that is not read anyway.
    LinkLeaves,
    /// A symbolic link to nothing.
    LinkBroken,
    /// A symbolic link to a folder that it stands in.
    LinkLoops,
    /// Neither a file nor a folder: a pipe, a socket, a device.
    NotRegular,
    /// A name that is not UTF-8.
    NameNotUtf8,
    /// A name with a backslash, a colon or a control character, which not every system can hold.
    NameForbidden,
    /// More bytes than we read.
    TooLarge {
        /// How many there are.
        bytes: u64,
        /// How many are allowed.
        limit: u64,
    },
    /// A folder in too many folders.
    TooDeep {
        /// How many are allowed.
        limit: usize,
    },
    /// Markdown that is not UTF-8 and was taken as Latin-1.
    NotUtf8 {
        /// The first byte that is not.
        byte: u8,
        /// Its line, counted from 1.
        line: usize,
        /// Where it stands in the text.
        offset: usize,
    },
    /// The same name as another file but for case or Unicode normalisation.
    Collides {
        /// The other file.
        with: FilePath,
    },
}

impl ReadFaultKind {
    /// Returns what to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::LinkLeaves => "copy the file into the workspace instead of linking to it",
            Self::LinkBroken => "remove the link, or restore the file that it names",
            Self::LinkLoops => "remove the link",
            Self::NotRegular => "remove it: only files and folders are read",
            Self::NameNotUtf8 => "rename the file so that its name is UTF-8",
            Self::NameForbidden => {
                "rename the file without backslashes, colons and control characters"
            }
            Self::TooLarge { .. } => "split the file, or keep it elsewhere and link to it",
            Self::TooDeep { .. } => "move the folder up",
            Self::NotUtf8 { .. } => "save the file as UTF-8",
            Self::Collides { .. } => {
                "rename one of them: macOS and Windows cannot tell the two apart"
            }
        }
    }
}

impl fmt::Display for ReadFaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LinkLeaves => f.write_str("this link leaves the folders that are read"),
            Self::LinkBroken => f.write_str("this link leads nowhere"),
            Self::LinkLoops => f.write_str("this link leads to a folder that it stands in"),
            Self::NotRegular => f.write_str("this is neither a file nor a folder"),
            Self::NameNotUtf8 => f.write_str("this name is not UTF-8"),
            Self::NameForbidden => f.write_str("this name does not work on every system"),
            Self::TooLarge { bytes, limit } => {
                let limit = limit / (1024 * 1024);
                write!(f, "this file has {bytes} bytes, more than {limit} MiB")
            }
            Self::TooDeep { limit } => write!(f, "this folder is more than {limit} folders deep"),
            Self::NotUtf8 { byte, line, .. } => write!(
                f,
                "the byte 0x{byte:02x} in line {line} is not UTF-8; the file is read as Latin-1"
            ),
            Self::Collides { with } => write!(f, "this path differs from `{with}` only by case"),
        }
    }
}

/// Why no snapshot could be taken. `Display` says it in one phrase, [`ReadFailure::help`] says
/// what to do.
#[derive(Debug)]
pub enum ReadFailure {
    /// The system refused to give us a file or folder.
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// There are more files and folders than we are willing to look at.
    TooMany {
        /// The folder.
        root: PathBuf,
        /// How many are allowed.
        limit: usize,
    },
    /// There are more bytes than we are willing to hold.
    TooMuch {
        /// The folder.
        root: PathBuf,
        /// How many are allowed.
        limit: u64,
    },
}

impl ReadFailure {
    /// Returns what to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Unreadable { cause, .. } => match cause.kind() {
                io::ErrorKind::NotFound => {
                    "check the path; a file that was moved meanwhile is found by a second run"
                }
                io::ErrorKind::PermissionDenied => "make it readable for the user who runs avouch",
                _ => "check the disk and the path, then run avouch again",
            },
            Self::TooMany { .. } | Self::TooMuch { .. } => {
                "give the folder that holds the documents, not one far above it"
            }
        }
    }
}

impl fmt::Display for ReadFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, cause } => {
                write!(f, "could not read `{}`: {cause}", path.display())
            }
            Self::TooMany { root, limit } => {
                write!(f, "`{}` holds more than {limit} files and folders", root.display())
            }
            Self::TooMuch { root, limit } => {
                let limit = limit / (1024 * 1024);
                write!(f, "the files in `{}` have more than {limit} MiB", root.display())
            }
        }
    }
}

impl std::error::Error for ReadFailure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. } => Some(cause),
            Self::TooMany { .. } | Self::TooMuch { .. } => None,
        }
    }
}
