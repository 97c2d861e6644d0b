//! A folder to a [`Snapshot`]: the only reader of files.
//!
//! Takes the folder the user named; afterwards every file that belongs to the workspace is in
//! memory, and whatever was left out has a [`ReadFault`]. The repository is not trusted: a link
//! is followed only to what is read anyway (so `.git/config` and an ignored `.env` stay where
//! they are), only regular files are opened, and everything has a cap that is checked before a
//! byte is read.
#![expect(clippy::disallowed_methods, reason = "the Snapshot is made here")]

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rayon::prelude::*;

use super::{File, Layout, ReadFailure, ReadFault, ReadFaultKind, Snapshot, Stamp};
use crate::model::collision::collisions;
use crate::span::FilePath;

/// The folders of a workspace that are read.
const TOPS: [&str; 2] = ["content", "themes"];

/// The file that makes a folder a workspace, with either ending.
const SETTINGS: [&str; 2] = ["workspace.yaml", "workspace.yml"];

/// What is read from a folder that is no workspace, besides Markdown.
const ATTACHMENTS: [&str; 20] = [
    "avif", "csv", "docx", "gif", "jpeg", "jpg", "json", "md", "markdown", "ods", "odt", "pdf",
    "png", "pptx", "svg", "txt", "webp", "xlsx", "yaml", "yml",
];

/// What is not worth looking into, however large a repository is.
struct Limits {
    document: u64,
    file: u64,
    total: u64,
    entries: usize,
    depth: usize,
}

const LIMITS: Limits = Limits {
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

/// Returns how a folder is laid out.
pub fn layout(root: &Path) -> Layout {
    let inside = home(root) != root && has_settings(root);
    if inside || has_settings(&root.join("content")) { Layout::Workspace } else { Layout::Folder }
}

/// Returns the root of the workspace that a folder names: the folder above, if it is a workspace's
/// `content` itself, else the folder.
pub fn home(root: &Path) -> PathBuf {
    if has_settings(root)
        && let Ok(real) = fs::canonicalize(root)
        && real.ends_with("content")
        && let Some(parent) = real.parent()
    {
        parent.to_owned()
    } else {
        root.to_owned()
    }
}

/// Returns the root of the workspace that a folder is in: the folder itself or the nearest one
/// above it that holds `content/workspace.yaml`. `folder` is an absolute path.
pub fn enclosing(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| has_settings(&above.join("content")))
}

fn has_settings(content: &Path) -> bool {
    let is_file = |name| fs::metadata(content.join(name)).is_ok_and(|it| it.is_file());
    SETTINGS.into_iter().any(is_file)
}

/// Returns the root of the workspace whose settings a file is, both relative to a folder above.
pub fn root_of_settings(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/')?;
    folder.strip_suffix("/content").filter(|_| SETTINGS.contains(&name))
}

/// Returns whether a folder is among those that are read of the workspace around it. Both paths are
/// absolute.
pub fn holds(workspace: &Path, folder: &Path) -> bool {
    TOPS.iter().any(|top| folder.starts_with(workspace.join(top)))
}

/// Reads a folder. Paths in the snapshot are relative to [`home`] and have `/` between their
/// parts: those of a workspace begin with `content/` or `themes/`.
///
/// # Errors
///
/// Fails where the system does not let us read, naming the file, and where there is more than a
/// workspace can hold.
pub fn read(root: &Path, layout: Layout) -> Result<(Snapshot, Vec<ReadFault>), ReadFailure> {
    read_again(root, layout, None)
}

/// Reads a folder like [`read`]; files whose stamps are those of a snapshot before are taken from
/// there.
///
/// # Errors
///
/// Fails as [`read`] does.
pub fn read_again(
    root: &Path,
    layout: Layout,
    before: Option<&Snapshot>,
) -> Result<(Snapshot, Vec<ReadFault>), ReadFailure> {
    read_within(root, layout, &LIMITS, before)
}

fn read_within(
    root: &Path,
    layout: Layout,
    limits: &Limits,
    before: Option<&Snapshot>,
) -> Result<(Snapshot, Vec<ReadFault>), ReadFailure> {
    let root = match layout {
        Layout::Workspace => home(root),
        Layout::Folder => root.to_owned(),
    };
    let real = fs::canonicalize(&root).map_err(|cause| unreadable(&root, cause))?;
    let mut walk = Walk {
        root: &root,
        real,
        layout,
        limits,
        tops: Vec::new(),
        ignores: Vec::new(),
        found: Vec::new(),
        faults: Vec::new(),
        others: BTreeSet::new(),
        has_links: false,
        entries: 0,
        bytes: 0,
    };
    walk.start()?;
    let Walk { mut found, mut faults, others, has_links, .. } = walk;
    found.sort_by(|a, b| a.path.cmp(&b.path));

    let now = SystemTime::now();
    let read: Vec<io::Result<Contents>> =
        found.par_iter().map(|found| contents(found, layout, before, now)).collect();
    let mut files = Vec::with_capacity(found.len());
    for (Found { path, .. }, contents) in found.into_iter().zip(read) {
        match contents.map_err(|cause| unreadable(&root.join(&*path), cause))? {
            Contents::Read(file) => files.push((path, file)),
            Contents::Faulty(file, kind) => {
                faults.push(ReadFault { path: FilePath::clone(&path), kind });
                files.push((path, file));
            }
            Contents::Refused(kind) => faults.push(ReadFault { path, kind }),
        }
    }
    for (first, second) in collisions(files.iter().map(|(path, _)| &**path)) {
        let kind = ReadFaultKind::Collides { with: first.into() };
        faults.push(ReadFault { path: second.into(), kind });
    }
    faults.sort();
    let files = files.into_iter().collect();
    let is_plain = faults.is_empty() && !has_links;
    Ok((Snapshot { files, beside: others, is_plain }, faults))
}

/// Reads a file, unless it is the one that was read before.
pub(super) fn contents(
    found: &Found,
    layout: Layout,
    before: Option<&Snapshot>,
    now: SystemTime,
) -> io::Result<Contents> {
    let Found { path, disk, limit, stamp } = found;
    let old = before.and_then(|before| before.get(path));
    if let Some(old) = old.filter(|old| old.stamp.is_some() && old.stamp == *stamp) {
        return Ok(Contents::Read(old.clone()));
    }
    let bytes = fs::read(disk)?;
    let length = bytes.len() as u64;
    if length > *limit {
        return Ok(Contents::Refused(ReadFaultKind::TooLarge { bytes: length, limit: *limit }));
    }
    let (file, fault) = match layout {
        Layout::Workspace => (File::new(bytes), None),
        Layout::Folder => readable(path, bytes),
    };
    Ok(match fault {
        // It has no stamp, so it is read again and the fault is told again.
        Some(kind) => Contents::Faulty(file, kind),
        None => {
            let stamp = stamp.filter(|stamp| is_settled(stamp, now));
            Contents::Read(File { stamp, ..file })
        }
    })
}

/// Takes Markdown of other people's folders that is not UTF-8 as Latin-1, which it mostly is: the
/// page has its text then, and the author a warning.
fn readable(path: &str, bytes: Vec<u8>) -> (File, Option<ReadFaultKind>) {
    let is_markdown = matches!(extension(path).as_str(), "md" | "markdown");
    let file = File::new(bytes);
    match file.text() {
        Err(bad) if is_markdown => {
            let mut text = String::new();
            for chunk in file.bytes().utf8_chunks() {
                text.push_str(chunk.valid());
                text.extend(chunk.invalid().iter().map(|byte| char::from(*byte)));
            }
            let (byte, line, offset) = (bad.value, bad.line, bad.offset);
            let kind = ReadFaultKind::NotUtf8 { byte, line, offset };
            (File::new(text.into_bytes()), Some(kind))
        }
        _ => (file, None),
    }
}

fn unreadable(path: &Path, cause: io::Error) -> ReadFailure {
    ReadFailure::Unreadable { path: path.to_owned(), cause }
}

/// A file to read.
pub(super) struct Found {
    pub(super) path: FilePath,
    pub(super) disk: PathBuf,
    pub(super) limit: u64,
    pub(super) stamp: Option<Stamp>,
}

/// What became of reading a file.
pub(super) enum Contents {
    /// It is as it should be.
    Read(File),
    /// It is taken, and something about it is odd.
    Faulty(File, ReadFaultKind),
    /// It is left out.
    Refused(ReadFaultKind),
}

/// How much older than the moment of reading a change must be to be told from a later one: clocks
/// of file systems tick slowly.
const TICK: Duration = Duration::from_millis(100);

/// Returns what the system says of a file.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems do not say enough")]
pub(super) fn stamp(metadata: &Metadata) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt as _;
    Some(Stamp {
        length: metadata.len(),
        node: (metadata.dev(), metadata.ino()),
        modified: (metadata.mtime(), metadata.mtime_nsec()),
        changed: (metadata.ctime(), metadata.ctime_nsec()),
    })
}

/// Other systems keep no time of change that programs cannot set.
#[cfg(not(unix))]
pub(super) fn stamp(_: &Metadata) -> Option<Stamp> {
    None
}

/// Returns whether a file could still change without its stamp.
fn is_settled(stamp: &Stamp, now: SystemTime) -> bool {
    let (seconds, nanoseconds) = stamp.changed;
    let changed = u64::try_from(seconds).ok().zip(u32::try_from(nanoseconds).ok());
    changed.is_some_and(|(seconds, nanoseconds)| {
        UNIX_EPOCH + Duration::new(seconds, nanoseconds) + TICK < now
    })
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
    real: PathBuf,
    layout: Layout,
    limits: &'a Limits,
    tops: Vec<PathBuf>,
    ignores: Vec<Gitignore>,
    found: Vec<Found>,
    faults: Vec<ReadFault>,
    others: BTreeSet<FilePath>,
    has_links: bool,
    entries: usize,
    bytes: u64,
}

impl Walk<'_> {
    fn start(&mut self) -> Result<(), ReadFailure> {
        let root = self.real.clone();
        if self.layout == Layout::Folder {
            self.tops.push(root.clone());
            let trail = [root.clone()];
            return self.visit(&Folder { path: "", disk: &root, trail: &trail });
        }
        for name in TOPS {
            let disk = root.join(name);
            match fs::canonicalize(&disk) {
                Ok(top) if self.is_open(&top) => {
                    self.has_links |= top != disk;
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
        let mut entries: Vec<fs::DirEntry> = listed.map_err(|cause| unreadable(&shown, cause))?;
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
        let metadata = entry.metadata().map_err(failed)?;
        let (metadata, real) = if metadata.is_symlink() {
            self.has_links = true;
            match self.follow(&disk, folder) {
                Ok(Some(target)) => target,
                Ok(None) => return Ok(()),
                Err(kind) => {
                    if !self.is_ignored(&disk, false) && self.is_wanted(&path, None) {
                        self.fault(&path, kind);
                    }
                    return Ok(());
                }
            }
        } else {
            let above = folder.trail.last().unwrap_or(&self.real);
            let real = if metadata.is_dir() { above.join(&name) } else { PathBuf::new() };
            (metadata, real)
        };
        if self.is_ignored(&disk, metadata.is_dir()) {
            return Ok(());
        }
        if !self.is_wanted(&path, Some(&metadata)) {
            if metadata.is_file() {
                self.others.insert(path.into());
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
        let stamp = stamp(metadata);
        self.found.push(Found { path: path.into(), disk, limit, stamp });
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
        real.strip_prefix(&self.real)
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
        self.faults.push(ReadFault { path: path.into(), kind });
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{LIMITS, Limits, home, layout, read, read_within};
    use crate::workspace::{Layout, ReadFault, ReadFaultKind, Snapshot};

    fn folder(files: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            put(folder.path(), file, file);
        }
        folder
    }

    fn put(root: &Path, path: &str, text: &str) {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }

    fn paths(snapshot: &Snapshot) -> Vec<&str> {
        snapshot.iter().map(|(path, _)| &**path).collect()
    }

    fn fault(path: &str, kind: ReadFaultKind) -> ReadFault {
        ReadFault { path: path.into(), kind }
    }

    #[test]
    fn a_workspace_is_its_content_and_themes_wherever_one_points() {
        let root = folder(&[
            "content/workspace.yaml",
            "content/policies/access.md",
            "content/policies/.access.md.swp",
            "themes/plain/page.html",
            "README.md",
            "site/trust/index.html",
        ]);
        let all =
            ["content/policies/access.md", "content/workspace.yaml", "themes/plain/page.html"];
        for named in [root.path().to_owned(), root.path().join("content")] {
            assert_eq!(layout(&named), Layout::Workspace);
            let (snapshot, faults) = read(&named, Layout::Workspace).unwrap();
            assert_eq!((paths(&snapshot), faults), (all.to_vec(), vec![]));
            assert!(home(&named).canonicalize().unwrap() == root.path().canonicalize().unwrap());
        }
        let other = folder(&["content/workspace.yml", "content/a.md"]);
        assert_eq!(layout(other.path()), Layout::Workspace);
        let access = snapshot_text(root.path(), "content/policies/access.md");
        assert_eq!(access, "content/policies/access.md");
    }

    fn snapshot_text(root: &Path, path: &str) -> String {
        let (snapshot, _) = read(root, layout(root)).unwrap();
        snapshot.get(path).unwrap().text().unwrap().to_owned()
    }

    #[test]
    fn any_other_folder_is_read_without_what_git_ignores() {
        let root = folder(&[
            "a/one.md",
            "a/draft.md",
            "a/keep.draft.md",
            "a/logo.PNG",
            "a/main.rs",
            "node_modules/x/README.md",
            "site/index.md",
            "target/doc.md",
            ".github/x.md",
            "elsewhere/handbook/page.md",
            "LICENSE",
            "secret/key.md",
        ]);
        put(root.path(), "elsewhere/handbook/.avouch", "avouch output v1\nedition handbook\n");
        let tag = "Signature: 8a477f597d28d172789f06886806bc55\n";
        put(root.path(), "target/CACHEDIR.TAG", tag);
        put(root.path(), ".gitignore", "/secret/\n*.draft.md\n[\n");
        put(root.path(), "a/.gitignore", "draft.md\n!keep.draft.md\n");
        assert_eq!(layout(root.path()), Layout::Folder);
        let (snapshot, faults) = read(root.path(), Layout::Folder).unwrap();
        assert_eq!(
            paths(&snapshot),
            ["a/keep.draft.md", "a/logo.PNG", "a/one.md", "site/index.md"]
        );
        assert!(snapshot.has_beside("LICENSE") && !snapshot.has_beside("a/one.md"));
        assert_eq!(faults, []);
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_only_to_what_is_read_anyway() {
        use std::os::unix::fs::symlink;

        let outside = folder(&["passwd.md"]);
        let root = folder(&["content/workspace.yaml", "content/a/x.md", ".git/config", "other.md"]);
        let content = root.path().join("content");
        symlink(outside.path().join("passwd.md"), content.join("absolute.md")).unwrap();
        symlink("../.git/config", content.join("git.md")).unwrap();
        symlink("../other.md", content.join("beside.md")).unwrap();
        symlink("nothing.md", content.join("broken.md")).unwrap();
        symlink("self.md", content.join("self.md")).unwrap();
        symlink("..", content.join("a/up")).unwrap();
        symlink("a/x.md", content.join("good.md")).unwrap();
        symlink("a", content.join("twin")).unwrap();
        let (snapshot, faults) = read(root.path(), Layout::Workspace).unwrap();
        assert_eq!(
            paths(&snapshot),
            ["content/a/x.md", "content/good.md", "content/twin/x.md", "content/workspace.yaml"]
        );
        assert_eq!(
            faults,
            [
                fault("content/a/up", ReadFaultKind::LinkLoops),
                fault("content/absolute.md", ReadFaultKind::LinkLeaves),
                fault("content/beside.md", ReadFaultKind::LinkLeaves),
                fault("content/broken.md", ReadFaultKind::LinkBroken),
                fault("content/git.md", ReadFaultKind::LinkLeaves),
                fault("content/self.md", ReadFaultKind::LinkBroken),
                fault("content/twin/up", ReadFaultKind::LinkLoops),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_what_git_ignores_is_left_out() {
        let root = folder(&["secret/key.md", "page.md"]);
        put(root.path(), ".gitignore", "/secret/\n");
        std::os::unix::fs::symlink("secret/key.md", root.path().join("key.md")).unwrap();
        let (snapshot, faults) = read(root.path(), Layout::Folder).unwrap();
        assert_eq!((paths(&snapshot), faults), (vec!["page.md"], vec![]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn odd_names_and_odd_files_are_reported() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let root = folder(&["content/workspace.yaml", "content/a/B.md", "content/a/b.md"]);
        let content = root.path().join("content");
        fs::write(content.join(OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
        fs::write(content.join("back\\slash.md"), "").unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(content.join("socket")).unwrap();
        let (snapshot, faults) = read(root.path(), Layout::Workspace).unwrap();
        assert_eq!(
            paths(&snapshot),
            ["content/a/B.md", "content/a/b.md", "content/workspace.yaml"]
        );
        assert_eq!(
            faults,
            [
                fault("content/a/b.md", ReadFaultKind::Collides { with: "content/a/B.md".into() }),
                fault("content/back\\slash.md", ReadFaultKind::NameForbidden),
                fault("content/caf\u{fffd}.md", ReadFaultKind::NameNotUtf8),
                fault("content/socket", ReadFaultKind::NotRegular),
            ]
        );
    }

    #[test]
    fn caps_are_kept() {
        let root = folder(&["one.md", "two.png", "a/b/deep.md"]);
        let limits = Limits { document: 5, file: 7, depth: 2, ..LIMITS };
        put(root.path(), "three.png", "12345678");
        let (snapshot, faults) = read_within(root.path(), Layout::Folder, &limits, None).unwrap();
        assert_eq!(paths(&snapshot), ["two.png"]);
        assert_eq!(
            faults,
            [
                fault("a/b", ReadFaultKind::TooDeep { limit: 2 }),
                fault("one.md", ReadFaultKind::TooLarge { bytes: 6, limit: 5 }),
                fault("three.png", ReadFaultKind::TooLarge { bytes: 8, limit: 7 }),
            ]
        );
        let failure = |limits: &Limits| {
            let failure =
                read_within(root.path(), Layout::Folder, limits, None).unwrap_err().to_string();
            failure.replace(&*root.path().to_string_lossy(), "ROOT")
        };
        assert_eq!(
            failure(&Limits { entries: 4, ..LIMITS }),
            "`ROOT` holds more than 4 files and folders"
        );
        assert_eq!(
            failure(&Limits { total: 6, ..LIMITS }),
            "the files in `ROOT` have more than 0 MiB"
        );
    }

    #[test]
    fn a_folder_that_is_missing_is_named() {
        let failure = read(Path::new("no/such/folder"), Layout::Folder).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "could not read `no/such/folder`: No such file or directory (os error 2)"
        );
    }
}
