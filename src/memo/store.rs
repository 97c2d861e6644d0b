//! Memos on disk, in the user's folder for caches.
//!
//! There is one file for each workspace, [`pack`]ed and authenticated with a secret
//! that stands beside it. A file that is not ours, is damaged or was made by another build of the
//! program counts as absent; one that cannot be written costs time and nothing else. Two builds at
//! once each put a whole file in place, so that the last one counts.
#![expect(clippy::disallowed_methods, reason = "memos of earlier runs are kept here")]

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::Memo;
use super::pack::{self, Owner, Pack, Secret};
use crate::diagnostic::Rule;
use crate::model::fingerprint::Fingerprint;

/// The name of our folder among the user's caches.
const FOLDER: &str = "avouch";

/// The file that holds the secret.
const SECRET: &str = "secret";

/// How files end that hold memos.
const ENDING: &str = ".memo";

/// The most bytes that all memos may have together; the oldest go first.
const LIMIT: u64 = 1 << 30;

/// The memos of one workspace.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    secret: Secret,
    workspace: String,
}

impl Store {
    /// Opens the store of a workspace among the caches of the user, and makes it if there is none.
    /// Nothing where that is not possible, where others could read or write it, and where it would
    /// stand inside the workspace, whose files are not to be trusted.
    #[must_use]
    pub fn open(caches: &Path, workspace: &Path) -> Option<Self> {
        let workspace = workspace.canonicalize().ok()?;
        fs::create_dir_all(caches).ok()?;
        let folder = caches.canonicalize().ok()?.join(FOLDER);
        if folder.starts_with(&workspace) {
            return None;
        }
        match DirBuilder::new().mode(0o700).create(&folder) {
            Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => return None,
            _ => {}
        }
        let found = fs::symlink_metadata(&folder).ok()?;
        let is_ours = found.is_dir() && found.uid() == rustix::process::geteuid().as_raw();
        if !is_ours || found.mode() & 0o077 != 0 {
            return None;
        }
        let secret = secret(&folder.join(SECRET))?;
        Some(Self { folder, secret, workspace: workspace.to_str()?.to_owned() })
    }

    /// Returns what the last run remembered; an empty memo where nothing can be relied on.
    #[must_use]
    pub fn load(&self, rules: &[&'static Rule]) -> Memo {
        let pack = fs::read(self.path()).ok().and_then(|it| Pack::open(it, self.owner(), rules));
        Memo { pack: pack.unwrap_or_default(), ..Memo::default() }
    }

    /// Keeps what a run remembers, which began with the memo `before`.
    ///
    /// # Errors
    ///
    /// Fails where the disk refuses. What was kept before may be gone then.
    pub fn save(&self, memo: &Memo, before: &Memo) -> io::Result<()> {
        let path = self.path();
        if before.pack.equals(memo) {
            // The time tells which memos are in use.
            return OpenOptions::new().append(true).open(path)?.set_modified(SystemTime::now());
        }
        let next = self.folder.join(format!("{:016x}.next", chance()?));
        let written = create(&next)
            .and_then(|mut file| file.write_all(&pack::write(memo, &before.pack, self.owner())))
            .and_then(|()| fs::rename(&next, &path));
        if written.is_err() {
            let _ = fs::remove_file(&next);
        }
        self.bound()?;
        written
    }

    fn path(&self) -> PathBuf {
        let name = Fingerprint::of_bytes(self.workspace.as_bytes()).short(32);
        self.folder.join(name + ENDING)
    }

    fn owner(&self) -> Owner<'_> {
        Owner { workspace: &self.workspace, secret: &self.secret }
    }

    /// Removes the oldest memos until the rest fits, and what killed runs left.
    fn bound(&self) -> io::Result<()> {
        let mut files = files(&self.folder)?;
        files.retain(|file| file.path.extension().is_some());
        files.sort_by_key(|file| std::cmp::Reverse(file.modified));
        let mut sum = 0;
        for file in files {
            sum += file.length;
            let age = SystemTime::now().duration_since(file.modified).unwrap_or_default();
            let is_left = file.path.extension().is_some_and(|it| it == "next");
            if sum > LIMIT || (is_left && age.as_secs() > 3600) {
                // Another run may have been first.
                let _ = fs::remove_file(file.path);
            }
        }
        Ok(())
    }
}

/// Removes all memos and the secret. Returns how many bytes they had.
///
/// # Errors
///
/// Fails where the disk refuses.
pub fn clean(caches: &Path) -> io::Result<u64> {
    let folder = caches.join(FOLDER);
    match fs::symlink_metadata(&folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(cause) => return Err(cause),
        Ok(found) if !found.is_dir() => {
            return Err(io::Error::other(format!("`{}` is no folder", folder.display())));
        }
        Ok(_) => {}
    }
    let mut sum = 0;
    for file in files(&folder)? {
        fs::remove_file(&file.path)?;
        sum += file.length;
    }
    fs::remove_dir(&folder)?;
    Ok(sum)
}

/// A file in our folder.
struct Kept {
    path: PathBuf,
    length: u64,
    modified: SystemTime,
}

/// Lists our files: the memos, the secret, and what is being written.
fn files(folder: &Path) -> io::Result<Vec<Kept>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let is_ours = name
            .to_str()
            .is_some_and(|it| it == SECRET || it.ends_with(ENDING) || it.ends_with(".next"));
        if let Ok(found) = entry.metadata()
            && is_ours
        {
            let (length, modified) = (found.len(), found.modified()?);
            files.push(Kept { path: entry.path(), length, modified });
        }
    }
    Ok(files)
}

/// Reads the secret, and makes one if there is none. It appears as a whole, so that no other run
/// reads half of it.
fn secret(path: &Path) -> Option<Secret> {
    if let Ok(bytes) = fs::read(path) {
        return bytes.try_into().ok();
    }
    let mut secret = Secret::default();
    getrandom::fill(&mut secret).ok()?;
    let next = path.with_extension(format!("{:016x}.next", chance().ok()?));
    create(&next).and_then(|mut file| file.write_all(&secret)).ok()?;
    // Another run may have been first; then its secret counts.
    let _ = fs::hard_link(&next, path);
    let _ = fs::remove_file(&next);
    fs::read(path).ok()?.try_into().ok()
}

/// Returns a number that no other run has.
fn chance() -> io::Result<u64> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| io::Error::other("no source of chance"))?;
    Ok(u64::from_ne_bytes(bytes))
}

/// Makes a new file that only its owner can read.
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}
