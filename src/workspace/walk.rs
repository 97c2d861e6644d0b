//! Which files of a folder are read.
//!
//! A link is followed only to what is read anyway, so `.git/config` and an ignored `.env` stay where
//! they are; only regular files are taken; and everything has a cap that is checked before a byte is
//! read.
#![expect(clippy::disallowed_methods, reason = "folders are listed here")]

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::home::TOPS;
use super::stamp::Stamp;
use super::{Layout, ReadFailure, ReadFault, ReadFaultKind};
use crate::span::FilePath;

/// What is read from a folder that is no workspace, besides Markdown.
const ATTACHMENTS: [&str; 20] = [
    "avif", "csv", "docx", "gif", "jpeg", "jpg", "json", "md", "markdown", "ods", "odt", "pdf",
    "png", "pptx", "svg", "txt", "webp", "xlsx", "yaml", "yml",
];

/// What is not worth looking into, however large a repository is.
pub(super) struct Limits {
    pub(super) document: u64,
    pub(super) file: u64,
    pub(super) total: u64,
    pub(super) entries: usize,
    pub(super) depth: usize,
}

pub(super) const LIMITS: Limits = Limits {
    document: 16 * 1024 * 1024,
    file: 64 * 1024 * 1024,
    total: 2 * 1024 * 1024 * 1024,
    entries: 500_000,
    depth: 64,
};

impl Limits {
    fn of(&self, path: &str) -> u64 {
        match extension(path).as_str() {
            "md" | "markdown" | "yaml" | "yml" => self.document,
            _ => self.file,
        }
    }
}

/// Returns the most bytes that a file may have.
pub(super) fn limit(path: &str) -> u64 {
    LIMITS.of(path)
}

/// Names of files that decide what is read besides them.
pub(super) const DECIDING: [&str; 3] = [".gitignore", MARKER, TAG];

/// The marker of an output of ours.
const MARKER: &str = ".avouch";

/// The tag of a cache (<https://bford.info/cachedir/>).
const TAG: &str = "CACHEDIR.TAG";

/// A file to read.
pub(super) struct Found {
    pub(super) path: FilePath,
    pub(super) disk: PathBuf,
    pub(super) limit: u64,
    pub(super) stamp: Option<Stamp>,
}

/// What a walk found.
pub(super) struct Walked {
    /// The files to read.
    pub(super) found: Vec<Found>,
    /// What was left out, and why.
    pub(super) faults: Vec<ReadFault>,
    /// The files that are of no kind that is read.
    pub(super) others: BTreeSet<FilePath>,
    /// Whether there were links among what is read.
    pub(super) has_links: bool,
}

/// Walks over a folder, whose real path is `real`.
pub(super) fn walk(
    root: &Path,
    real: &Path,
    layout: Layout,
    limits: &Limits,
) -> Result<Walked, ReadFailure> {
    let found =
        Walked { found: Vec::new(), faults: Vec::new(), others: BTreeSet::new(), has_links: false };
    let (tops, ignores) = (Vec::new(), Vec::new());
    let mut walk = Walk { root, real, layout, limits, tops, ignores, found, entries: 0, bytes: 0 };
    walk.start()?;
    Ok(walk.found)
}

pub(super) fn unreadable(path: &Path, cause: io::Error) -> ReadFailure {
    ReadFailure::Unreadable { path: path.to_owned(), cause }
}

/// A folder on the way: its path in the snapshot and the real folders from the root to it.
struct Folder<'a> {
    path: &'a str,
    disk: &'a Path,
    trail: &'a [PathBuf],
}

/// The walk over a folder. It is in order and on one thread: asking for 10,000 names takes a
/// hundredth of a second, reading the files behind them is what is worth sharing out.
struct Walk<'a> {
    root: &'a Path,
    real: &'a Path,
    layout: Layout,
    limits: &'a Limits,
    tops: Vec<PathBuf>,
    ignores: Vec<Gitignore>,
    found: Walked,
    entries: usize,
    bytes: u64,
}

impl Walk<'_> {
    fn start(&mut self) -> Result<(), ReadFailure> {
        let root = self.real.to_owned();
        if self.layout == Layout::Folder {
            self.tops.push(root.clone());
            let trail = [root.clone()];
            return self.visit(&Folder { path: "", disk: &root, trail: &trail });
        }
        for name in TOPS {
            let disk = root.join(name);
            match fs::canonicalize(&disk) {
                Ok(top) if self.is_open(&top) => {
                    self.found.has_links |= top != disk;
                    self.tops.push(top.clone());
                    let trail = [root.clone(), top];
                    self.visit(&Folder { path: name, disk: &disk, trail: &trail })?;
                }
                Ok(_) => self.fault(name, ReadFaultKind::LinkLeaves),
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(unreadable(&self.root.join(name), cause)),
            }
        }
        Ok(())
    }

    fn visit(&mut self, folder: &Folder<'_>) -> Result<(), ReadFailure> {
        if folder.trail.len() > self.limits.depth {
            let limit = self.limits.depth;
            self.fault(folder.path, ReadFaultKind::TooDeep { limit });
            return Ok(());
        }
        let shown = self.root.join(folder.path);
        let listed = fs::read_dir(folder.disk).and_then(Iterator::collect);
        let mut entries: Vec<fs::DirEntry> = match listed {
            // It went away after it was listed in the folder above.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound && !folder.path.is_empty() => {
                return Ok(());
            }
            listed => listed.map_err(|cause| unreadable(&shown, cause))?,
        };
        entries.sort_by_cached_key(fs::DirEntry::file_name);
        self.entries += entries.len();
        if self.entries > self.limits.entries {
            let limit = self.limits.entries;
            return Err(ReadFailure::TooMany { root: self.root.to_owned(), limit });
        }

        let known = self.ignores.len();
        if self.layout == Layout::Folder {
            if !folder.path.is_empty() && entries.iter().any(is_left_out) {
                return Ok(()); // an output of ours, wherever `--out` put it, or somebody's cache
            }
            self.ignores.extend(self.ignored_in(folder.disk, &shown)?);
        }
        for entry in &entries {
            self.look_at(folder, entry)?;
        }
        self.ignores.truncate(known);
        Ok(())
    }

    /// Looks at one entry of a folder: takes it, goes into it, leaves it or reports it.
    fn look_at(&mut self, folder: &Folder<'_>, entry: &fs::DirEntry) -> Result<(), ReadFailure> {
        let disk = entry.path();
        let name = entry.file_name();
        let lossy = name.to_string_lossy();
        if lossy.starts_with('.') {
            return Ok(());
        }
        let path = match folder.path {
            "" => lossy.clone().into_owned(),
            above => format!("{above}/{lossy}"),
        };
        let failed = |cause| unreadable(&self.root.join(&path), cause);
        let metadata = match entry.metadata() {
            // It went away after it was listed.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
            metadata => metadata.map_err(failed)?,
        };
        let (metadata, real) = if metadata.is_symlink() {
            self.found.has_links = true;
            match self.follow(&disk, folder) {
                Ok(Some(target)) => target,
                Ok(None) => return Ok(()),
                Err(kind) => {
                    // What it leads to is not read, only whether that is a folder.
                    let is_folder = fs::metadata(&disk).is_ok_and(|it| it.is_dir());
                    let is_missed = is_folder || self.is_wanted(&path, None);
                    if is_missed && !self.is_ignored(&disk, is_folder) {
                        self.fault(&path, kind);
                    }
                    return Ok(());
                }
            }
        } else {
            let above = folder.trail.last().map_or(self.real, PathBuf::as_path);
            let real = if metadata.is_dir() { above.join(&name) } else { PathBuf::new() };
            (metadata, real)
        };
        if self.is_ignored(&disk, metadata.is_dir()) {
            return Ok(());
        }
        if !self.is_wanted(&path, Some(&metadata)) {
            if metadata.is_file() {
                self.found.others.insert(path.into());
            }
            return Ok(());
        }
        if name.to_str().is_none() {
            self.fault(&path, ReadFaultKind::NameNotUtf8);
        } else if lossy.chars().any(|c| c == '\\' || c == ':' || c.is_control()) {
            self.fault(&path, ReadFaultKind::NameForbidden);
        } else if metadata.is_dir() {
            let mut trail = folder.trail.to_vec();
            trail.push(real);
            self.visit(&Folder { path: &path, disk: &disk, trail: &trail })?;
        } else if metadata.is_file() {
            self.take(path, disk, &metadata)?;
        } else {
            self.fault(&path, ReadFaultKind::NotRegular);
        }
        Ok(())
    }

    fn take(
        &mut self,
        path: String,
        disk: PathBuf,
        metadata: &Metadata,
    ) -> Result<(), ReadFailure> {
        let bytes = metadata.len();
        let limit = self.limits.of(&path);
        if bytes > limit {
            self.fault(&path, ReadFaultKind::TooLarge { bytes, limit });
            return Ok(());
        }
        self.bytes += bytes;
        if self.bytes > self.limits.total {
            let limit = self.limits.total;
            return Err(ReadFailure::TooMuch { root: self.root.to_owned(), limit });
        }
        let stamp = Stamp::of(metadata);
        self.found.found.push(Found { path: path.into(), disk, limit, stamp });
        Ok(())
    }

    /// Follows a link; returns what it leads to, or nothing where that is left out anyway.
    fn follow(
        &self,
        link: &Path,
        folder: &Folder<'_>,
    ) -> Result<Option<(Metadata, PathBuf)>, ReadFaultKind> {
        let real = fs::canonicalize(link).map_err(|_| ReadFaultKind::LinkBroken)?;
        if !self.is_open(&real) || !self.tops.iter().any(|top| real.starts_with(top)) {
            return Err(ReadFaultKind::LinkLeaves);
        }
        let metadata = fs::metadata(&real).map_err(|_| ReadFaultKind::LinkBroken)?;
        if metadata.is_dir() && folder.trail.contains(&real) {
            return Err(ReadFaultKind::LinkLoops);
        }
        Ok((!self.is_ignored(&real, metadata.is_dir())).then_some((metadata, real)))
    }

    /// Returns whether a real path is below the root and no part of it is hidden.
    fn is_open(&self, real: &Path) -> bool {
        real.strip_prefix(self.real)
            .is_ok_and(|below| below.iter().all(|part| !part.as_encoded_bytes().starts_with(b".")))
    }

    /// Returns whether a path is of a kind that is read from this layout. Links that lead nowhere
    /// have no metadata.
    fn is_wanted(&self, path: &str, metadata: Option<&Metadata>) -> bool {
        match self.layout {
            Layout::Workspace => true,
            Layout::Folder if metadata.is_some_and(Metadata::is_dir) => {
                !path.split('/').any(|name| name == "node_modules")
            }
            Layout::Folder => ATTACHMENTS.contains(&extension(path).as_str()),
        }
    }

    /// Returns whether git ignores a path. The folders above it are asked as well, since a link may
    /// lead into one that the walk left out.
    fn is_ignored(&self, disk: &Path, is_dir: bool) -> bool {
        for ignore in self.ignores.iter().rev().filter(|ignore| disk.starts_with(ignore.path())) {
            match ignore.matched_path_or_any_parents(disk, is_dir) {
                Match::Ignore(_) => return true,
                Match::Whitelist(_) => return false,
                Match::None => {}
            }
        }
        false
    }

    /// Reads the `.gitignore` of one folder, if there is one. Folders above the root and the user's own git
    /// settings do not count: the same folder is read alike everywhere.
    fn ignored_in(&self, disk: &Path, shown: &Path) -> Result<Option<Gitignore>, ReadFailure> {
        let file = disk.join(".gitignore");
        let is_usable = fs::symlink_metadata(&file)
            .is_ok_and(|metadata| metadata.is_file() && metadata.len() <= self.limits.document);
        if !is_usable {
            return Ok(None);
        }
        let bytes =
            fs::read(&file).map_err(|cause| unreadable(&shown.join(".gitignore"), cause))?;
        let mut builder = GitignoreBuilder::new(disk);
        for line in String::from_utf8_lossy(&bytes).lines() {
            let _ = builder.add_line(None, line); // git, too, passes over a pattern that is none
        }
        Ok(builder.build().ok())
    }

    fn fault(&mut self, path: &str, kind: ReadFaultKind) {
        self.found.faults.push(ReadFault { path: path.into(), kind });
    }
}

/// Returns whether an entry says that its folder holds nothing that people wrote.
fn is_left_out(entry: &fs::DirEntry) -> bool {
    let start = match entry.file_name().to_str() {
        Some(MARKER) => &b"avouch output v1\n"[..],
        Some(TAG) => &b"Signature: 8a477f597d28d172789f06886806bc55"[..],
        _ => return false,
    };
    let is_small = entry.metadata().is_ok_and(|it| it.is_file() && it.len() < 4096);
    is_small && fs::read(entry.path()).is_ok_and(|bytes| bytes.starts_with(start))
}

fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}
