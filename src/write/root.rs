//! Where an edition is written, checked before anything is.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::marker::PhantomData;
use std::path::{Component, Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::failure::WriteFailure;
use super::ledger::Marker;
use crate::model::audience::{Audience, Customer, Staff};

/// The folder of one edition: `<out>/<edition>`, with our own notes in `<out>/.avouch` beside it.
/// Only recipes of the same audience can be written there.
#[derive(Debug)]
pub struct OutputRoot<A: Audience> {
    place: Place,
    audience: PhantomData<A>,
}

impl<A: Audience> OutputRoot<A> {
    /// Checks where an edition would stand. `out` need not exist; `workspace` is the folder that
    /// is read. Nothing is created.
    ///
    /// # Errors
    ///
    /// Refuses an `out` that stands inside the sources or inside another output root, that a
    /// symbolic link below `workspace` leads to, and a root that holds what we did not make.
    pub fn open(out: &Path, workspace: &Path) -> Result<Self, WriteFailure> {
        let workspace =
            fs::canonicalize(workspace).map_err(WriteFailure::system("find", workspace))?;
        let out = real(out, &workspace)?;
        refuse_nested(&out, &workspace)?;
        refuse_foreign(&out)?;
        let place = Place {
            root: out.join(A::EDITION),
            notes: out.join(Marker::NAME),
            edition: A::EDITION,
            means: Means { exchange: true, links: true, patience: 100 },
        };
        place.check()?;
        Ok(Self { place, audience: PhantomData })
    }

    /// Returns the folder that the edition is written to.
    pub fn path(&self) -> &Path {
        &self.place.root
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    #[cfg(test)]
    pub(super) fn with_means(mut self, means: Means) -> Self {
        self.place.means = means;
        self
    }
}

/// An output root without its audience.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder that is published.
    pub(super) root: PathBuf,
    /// The folder beside it that holds ledger, lock and trees in the making.
    pub(super) notes: PathBuf,
    pub(super) edition: &'static str,
    pub(super) means: Means,
}

/// What the system is asked for before the next best is taken; tests take it away.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means {
    /// Exchange two folders in one step.
    pub(super) exchange: bool,
    /// Give one file two names.
    pub(super) links: bool,
    /// How often to ask for the lock, ten times a second.
    pub(super) patience: u32,
}

impl Place {
    /// The file that says what stands in the tree.
    pub(super) fn ledger(&self) -> PathBuf {
        self.notes.join(format!("{}.ledger", self.edition))
    }

    /// The file that says it of the tree that is about to take the place of the one that stands.
    pub(super) fn next_ledger(&self) -> PathBuf {
        self.notes.join(format!("{}.ledger.next", self.edition))
    }

    /// Refuses links, and a root that holds what we did not make.
    pub(super) fn check(&self) -> Result<(), WriteFailure> {
        for folder in [&self.root, &self.notes] {
            match fs::symlink_metadata(folder) {
                Ok(metadata) if metadata.is_symlink() => {
                    return Err(WriteFailure::Link { path: folder.clone() });
                }
                Ok(metadata) if !metadata.is_dir() => {
                    return Err(WriteFailure::Foreign { path: folder.clone() });
                }
                Ok(_) => {}
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
                Err(cause) => return Err(WriteFailure::system("read", folder)(cause)),
            }
        }
        match marker_in(&self.root)? {
            Some(marker) if marker.edition != self.edition => {
                Err(WriteFailure::OtherEdition { path: self.root.clone(), edition: marker.edition })
            }
            None if !is_empty(&self.root)? => {
                Err(WriteFailure::Foreign { path: self.root.clone() })
            }
            _ => self.refuse_repository(),
        }
    }

    /// Refuses a root that is a git checkout, as used for publishing by branch: exchanging the
    /// tree would throw its history away. Other strays are swept out, the folder equals the plan.
    fn refuse_repository(&self) -> Result<(), WriteFailure> {
        let git = self.root.join(".git");
        match fs::symlink_metadata(&git) {
            Ok(_) => Err(WriteFailure::Foreign { path: git }),
            Err(_) => Ok(()),
        }
    }

    /// Waits until no other process writes this edition. The lock ends with the process, however
    /// that ends.
    pub(super) fn lock(&self) -> Result<Lock, WriteFailure> {
        let path = self.notes.join(format!("{}.lock", self.edition));
        if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(WriteFailure::Link { path });
        }
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let mut file = options.open(&path).map_err(WriteFailure::system("create", &path))?;
        let mut tries = self.means.patience;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if tries > 0 => {
                    tries -= 1;
                    thread::sleep(Duration::from_millis(100));
                }
                Err(TryLockError::WouldBlock) => {
                    let mut process = String::new();
                    if file.read_to_string(&mut process).is_err() || process.is_empty() {
                        "of another build".clone_into(&mut process);
                    }
                    return Err(WriteFailure::Busy { path: self.root.clone(), process });
                }
                Err(TryLockError::Error(cause)) => {
                    return Err(WriteFailure::system("lock", &path)(cause));
                }
            }
        }
        let noted = file.set_len(0).and_then(|()| file.rewind());
        noted
            .and_then(|()| write!(file, "{}", std::process::id()))
            .map_err(WriteFailure::system("write", &path))?;
        Ok(Lock(file))
    }
}

/// The right to write one edition, while this value lives.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Drop for Lock {
    /// Gives the lock back by name. Closing the file would not do while a process that was forked
    /// meanwhile, and has not come to its own program yet, still has the file open.
    fn drop(&mut self) {
        let _ = self.0.unlock(); // what fails here ends with the process
    }
}

/// Returns the marker of a folder, if it has one of ours.
pub(super) fn marker_in(folder: &Path) -> Result<Option<Marker>, WriteFailure> {
    let path = folder.join(Marker::NAME);
    match fs::symlink_metadata(&path) {
        Ok(metadata) if metadata.is_file() && metadata.len() < 1024 => {
            let mut text = Vec::new();
            let read = File::open(&path).and_then(|mut file| file.read_to_end(&mut text));
            read.map_err(WriteFailure::system("read", &path))?;
            Ok(std::str::from_utf8(&text).ok().and_then(Marker::parse))
        }
        Ok(_) => Ok(None),
        Err(cause) if is_absent(&cause) => Ok(None),
        Err(cause) => Err(WriteFailure::system("read", &path)(cause)),
    }
}

/// Returns whether a folder is missing or holds nothing.
pub(super) fn is_empty(folder: &Path) -> Result<bool, WriteFailure> {
    match folder.read_dir() {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(cause) => Err(WriteFailure::system("read", folder)(cause)),
    }
}

fn is_absent(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Returns the absolute path of a folder that need not exist, with links resolved. Links outside
/// the workspace are the user's own (`/tmp` is one on macOS); one inside may have come with a
/// commit and lead anywhere, and is refused.
fn real(out: &Path, workspace: &Path) -> Result<PathBuf, WriteFailure> {
    let absolute = std::path::absolute(out).map_err(WriteFailure::system("find", out))?;
    let mut real = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::Prefix(_) | Component::RootDir => real.push(component),
            Component::CurDir => {}
            Component::ParentDir => {
                real.pop();
            }
            Component::Normal(name) => {
                let next = real.join(name);
                let is_link =
                    fs::symlink_metadata(&next).is_ok_and(|metadata| metadata.is_symlink());
                if !is_link {
                    real = next;
                } else if real.starts_with(workspace) {
                    return Err(WriteFailure::Link { path: next });
                } else {
                    real = fs::canonicalize(&next).map_err(WriteFailure::system("find", &next))?;
                }
            }
        }
    }
    Ok(real)
}

/// Refuses a folder that holds something else than what we made: whatever is not hidden and not a
/// word about the folder itself, unless our notes stand beside it.
fn refuse_foreign(out: &Path) -> Result<(), WriteFailure> {
    let foreign = || WriteFailure::Foreign { path: out.to_owned() };
    let entries = match out.read_dir() {
        Ok(entries) => entries,
        Err(cause) if is_absent(&cause) && fs::symlink_metadata(out).is_ok() => {
            return Err(WriteFailure::NotFolder { path: out.to_owned() });
        }
        Err(cause) if is_absent(&cause) => return Ok(()),
        Err(cause) => return Err(WriteFailure::system("read", out)(cause)),
    };
    if fs::symlink_metadata(out.join(Marker::NAME)).is_ok_and(|it| it.is_dir()) {
        return Ok(());
    }
    for entry in entries {
        let entry = entry.map_err(WriteFailure::system("read", out))?;
        let name = entry.file_name();
        let name = name.to_string_lossy().to_lowercase();
        // Roots of editions are looked at one by one.
        let is_root = matches!(name.as_str(), Staff::EDITION | Customer::EDITION);
        let is_harmless = is_root || name.starts_with('.') || name.starts_with("readme");
        if !is_harmless && marker_in(&entry.path())?.is_none() {
            return Err(foreign());
        }
    }
    Ok(())
}

fn refuse_nested(out: &Path, workspace: &Path) -> Result<(), WriteFailure> {
    let nested = |inside: &Path| {
        Err(WriteFailure::Nested { path: out.to_owned(), inside: inside.to_owned() })
    };
    for source in ["content", "themes", ".git"].map(|name| workspace.join(name)) {
        if out.starts_with(&source) {
            return nested(&source);
        }
    }
    for above in out.ancestors() {
        if above.ends_with(Marker::NAME) || marker_in(above)?.is_some() {
            return nested(above);
        }
    }
    // Of a folder that is no workspace everything is read, so only a folder of its own will do.
    let is_workspace = workspace.join("content/workspace.yaml").is_file();
    if !is_workspace
        && let Ok(below) = out.strip_prefix(workspace)
        && below.components().count() > 1
        && let Some(first) = below.components().next()
    {
        return nested(&workspace.join(first));
    }
    Ok(())
}
