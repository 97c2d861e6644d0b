//! Where the repository of a folder is, and whether its files are those that git makes.
//!
//! Nothing of a repository is trusted: an archive can hold a `.git` that git never made. So links
//! are not followed, only regular files are opened, nothing outside is read, and of the settings
//! only those that name the form of the repository count. What is checked is true at the time of
//! the check: somebody who changes the repository while we read it can make us fail, and what we
//! read is compared with its hash.
#![expect(clippy::disallowed_methods, reason = "a repository is read here")]

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use gix::bstr::ByteSlice as _;
use gix::config::File as Settings;
use gix::config::file::Metadata as Origin;

use super::fault::{HistoryFailure, Refusal};

/// The most bytes that the small files of a repository have: `HEAD`, settings, a loose branch.
const SMALL: u64 = 1024 * 1024;

/// The most bytes that lists have: packed references, boundaries of a shallow clone.
const LIST: u64 = 64 * 1024 * 1024;

/// The most bytes that a loose object has as it is stored.
const LOOSE: u64 = 128 * 1024 * 1024;

/// Where a repository is. All paths are real.
#[derive(Debug)]
pub(super) struct Location {
    /// The folder that was asked for, from the one that holds `.git` on: nothing, or a path that
    /// ends with `/`.
    pub(super) prefix: Vec<u8>,
    /// The folder with `HEAD`: `.git`, or that of a worktree.
    pub(super) own: PathBuf,
    /// The folder with objects and branches: `.git` of the main worktree.
    pub(super) common: PathBuf,
    /// Whether objects that a server keeps are left out.
    pub(super) is_partial: bool,
}

/// Finds the repository that a folder is in: the nearest `.git` in it or above it, as git finds it.
/// A bare repository is not looked for: its files could be content of another repository.
///
/// A `.git` that is a file may name a folder inside its own folder. One outside it must be a linked
/// worktree, as `git worktree add` makes it, and name it in return: the folder stands in
/// `worktrees/` of the repository that its `commondir` names, and its `gitdir` leads back to the
/// very file. So a file that was slipped in cannot make us read a repository that knows nothing of
/// it.
pub(super) fn locate(folder: &Path) -> Result<Option<Location>, HistoryFailure> {
    let folder = fs::canonicalize(folder).map_err(|cause| unreadable(folder, cause))?;
    for top in folder.ancestors() {
        let git = top.join(".git");
        let Some(metadata) = metadata(&git)? else { continue };
        let (own, common) = if metadata.is_dir() {
            (git.clone(), git)
        } else if metadata.is_file() {
            linked(top, &git)?
        } else {
            return Err(refused(&git, not_regular(&metadata)));
        };
        if !has_shape(&own, &common)? {
            return Err(refused(&own, Refusal::NotARepository));
        }
        inspect(&common)?;
        let is_partial = inspect_format(&common)? | inspect_objects(&common.join("objects"))?;
        return Ok(Some(Location { prefix: prefix(&folder, top), own, common, is_partial }));
    }
    Ok(None)
}

/// Returns the way from a folder above to a folder.
fn prefix(folder: &Path, top: &Path) -> Vec<u8> {
    let mut prefix = Vec::new();
    for part in folder.strip_prefix(top).into_iter().flatten() {
        prefix.extend_from_slice(part.as_encoded_bytes());
        prefix.push(b'/');
    }
    prefix
}

/// Reads a small file of the repository, if it is there.
pub(super) fn read_small(path: &Path) -> Result<Option<Vec<u8>>, HistoryFailure> {
    read(path, SMALL)
}

/// Reads a list of the repository, if it is there.
pub(super) fn read_list(path: &Path) -> Result<Option<Vec<u8>>, HistoryFailure> {
    read(path, LIST)
}

fn read(path: &Path, limit: u64) -> Result<Option<Vec<u8>>, HistoryFailure> {
    match metadata(path)? {
        None => Ok(None),
        Some(metadata) if !metadata.is_file() => Err(refused(path, not_regular(&metadata))),
        Some(metadata) if metadata.len() > limit => Err(refused(path, Refusal::TooLarge)),
        Some(_) => fs::read(path).map(Some).map_err(|cause| unreadable(path, cause)),
    }
}

/// Reads a small file some folders below one of the repository, if it is there; none of the folders
/// may be a link.
pub(super) fn read_below(folder: &Path, name: &str) -> Result<Option<Vec<u8>>, HistoryFailure> {
    let mut path = folder.to_owned();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let is_last = parts.peek().is_none();
        match metadata(&path)? {
            None => return Ok(None),
            // Beside `name` that is packed there can be `name/other`, once `name` is removed.
            Some(metadata) if metadata.is_dir() && is_last => return Ok(None),
            Some(metadata) if metadata.is_dir() || is_last => {}
            Some(metadata) => return Err(refused(&path, not_regular(&metadata))),
        }
    }
    read_small(&path)
}

/// Returns whether a folder of the repository holds anything.
pub(super) fn holds_anything(folder: &Path) -> Result<bool, HistoryFailure> {
    Ok(metadata(folder)?.is_some() && !list(folder)?.is_empty())
}

/// Follows a `.git` that is a file; returns the folder that it names and the common one.
fn linked(top: &Path, file: &Path) -> Result<(PathBuf, PathBuf), HistoryFailure> {
    let bytes = read_small(file)?.unwrap_or_default();
    let named = bytes.strip_prefix(b"gitdir: ").and_then(line);
    let named = named.ok_or_else(|| refused(file, Refusal::NoFolder))?;
    let own = fs::canonicalize(top.join(named)).map_err(|_| refused(file, Refusal::NoFolder))?;

    let common = match read_small(&own.join("commondir"))? {
        None => own.clone(),
        Some(bytes) => {
            let named = line(&bytes).ok_or_else(|| refused(&own, Refusal::NotARepository))?;
            let common = fs::canonicalize(own.join(named));
            common.map_err(|_| refused(&own, Refusal::NotARepository))?
        }
    };
    if own.starts_with(top) && common.starts_with(top) && own != top {
        return Ok((own, common));
    }
    let back = read_small(&own.join("gitdir"))?;
    let back = back.as_deref().and_then(line).map(|back| own.join(back));
    let leads_back = back.is_some_and(|back| fs::canonicalize(back).is_ok_and(|it| it == file));
    if leads_back && own.parent() == Some(&common.join("worktrees")) {
        Ok((own, common))
    } else {
        Err(refused(file, Refusal::Outside))
    }
}

/// Returns the path in a file of one line.
fn line(bytes: &[u8]) -> Option<&Path> {
    let line = bytes.trim_end_with(|c| c == '\n' || c == '\r');
    let is_path = !line.is_empty() && !line.contains(&b'\n') && !line.contains(&0);
    is_path.then(|| line.to_path().ok()).flatten()
}

/// Returns whether the folders hold what each repository has.
fn has_shape(own: &Path, common: &Path) -> Result<bool, HistoryFailure> {
    let is_folder = |path: &Path| Ok(metadata(path)?.is_some_and(|it| it.is_dir()));
    Ok(metadata(&own.join("HEAD"))?.is_some()
        && is_folder(&common.join("objects"))?
        && is_folder(&common.join("refs"))?)
}

/// Refuses links where objects and references could be borrowed by them.
fn inspect(common: &Path) -> Result<(), HistoryFailure> {
    for name in ["objects", "objects/pack", "objects/info", "refs", "refs/heads", "refs/replace"] {
        let path = common.join(name);
        if let Some(metadata) = metadata(&path)?
            && !metadata.is_dir()
        {
            return Err(refused(&path, not_regular(&metadata)));
        }
    }
    for name in ["objects/info/alternates", "objects/info/http-alternates"] {
        let path = common.join(name);
        if read_small(&path)?.is_some_and(|bytes| !bytes.trim().is_empty()) {
            return Err(refused(&path, Refusal::Alternates));
        }
    }
    Ok(())
}

/// Refuses stored objects that are no regular files, or too large to be opened; returns whether a
/// pack says that objects which it names are left to a server.
fn inspect_objects(objects: &Path) -> Result<bool, HistoryFailure> {
    let mut is_partial = false;
    for folder in list(objects)? {
        let name = folder.file_name();
        let name = name.as_encoded_bytes();
        let is_pack = name == b"pack";
        if !is_pack && (name.len() != 2 || !name.iter().all(u8::is_ascii_hexdigit)) {
            continue;
        }
        let path = folder.path();
        match metadata(&path)? {
            Some(metadata) if !metadata.is_dir() => {
                return Err(refused(&path, not_regular(&metadata)));
            }
            _ => {}
        }
        for entry in list(&path)? {
            let path = entry.path();
            let Some(metadata) = metadata(&path)? else { continue };
            if !metadata.is_file() {
                return Err(refused(&path, not_regular(&metadata)));
            }
            if !is_pack && metadata.len() > LOOSE {
                return Err(refused(&path, Refusal::TooLarge));
            }
            is_partial |= is_pack && path.extension().is_some_and(|it| it == "promisor");
        }
    }
    Ok(is_partial)
}

/// Refuses a repository of a form that we cannot read; returns whether it is a partial clone.
fn inspect_format(common: &Path) -> Result<bool, HistoryFailure> {
    let path = common.join("config");
    let Some(bytes) = read_small(&path)? else { return Ok(false) };
    let settings = Settings::from_bytes_no_includes(
        &bytes,
        Origin::api(),
        gix::config::file::init::Options::default(),
    )
    .map_err(|_| refused(&path, Refusal::Settings))?;
    let value = |key: &str| settings.string(key).map(|it| it.to_str_lossy().into_owned());
    let wrong = |form: String| Err(refused(&path, Refusal::Format(form)));

    if let Some(version) = value("core.repositoryformatversion")
        && !["0", "1"].contains(&version.as_str())
    {
        return wrong(format!("repositoryformatversion = {version}"));
    }
    let known = ["objectformat", "refstorage", "partialclone", "worktreeconfig", "preciousobjects"];
    let known = |name: &str| known.contains(&name) || ["noop", "relativeworktrees"].contains(&name);
    for section in settings.sections_by_name("extensions").into_iter().flatten() {
        for name in section.value_names() {
            let name = name.to_ascii_lowercase();
            if !known(&name) {
                return wrong(format!("extensions.{name}"));
            }
        }
    }
    for (key, ours) in [("extensions.objectformat", "sha1"), ("extensions.refstorage", "files")] {
        if let Some(other) = value(key)
            && !other.eq_ignore_ascii_case(ours)
        {
            return wrong(format!("{key} = {other}"));
        }
    }
    Ok(value("extensions.partialclone").is_some())
}

fn list(folder: &Path) -> Result<Vec<fs::DirEntry>, HistoryFailure> {
    match fs::read_dir(folder).and_then(Iterator::collect) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        listed => listed.map_err(|cause| unreadable(folder, cause)),
    }
}

fn metadata(path: &Path) -> Result<Option<Metadata>, HistoryFailure> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(cause)
            if matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(None)
        }
        Err(cause) => Err(unreadable(path, cause)),
    }
}

fn not_regular(metadata: &Metadata) -> Refusal {
    if metadata.is_symlink() { Refusal::Link } else { Refusal::NotRegular }
}

fn refused(path: &Path, refusal: Refusal) -> HistoryFailure {
    HistoryFailure::Refused { path: path.to_owned(), refusal }
}

pub(super) fn unreadable(path: &Path, cause: io::Error) -> HistoryFailure {
    HistoryFailure::Unreadable { path: path.to_owned(), cause }
}
