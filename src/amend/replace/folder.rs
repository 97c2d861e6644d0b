//! One folder of a workspace, and what can be done to the files in it.
//!
//! Everything goes by a handle of the folder and a name in it, so that nobody can put a link in the
//! way between a look and an act.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use rustix::fs::{
    Access, AtFlags, CWD, Dir, FileType, Mode, OFlags, accessat, fchmod, fchown, fstat, mkdirat,
    openat, renameat, statat, unlinkat,
};
use rustix::io::Errno;
use rustix::process::{Gid, Uid};

pub(super) use rustix::fs::Stat;

use super::failure::ReplaceFailure;

/// How the names of files begin that are to take the place of others.
pub(super) const NEXT: &str = ".avouch-next-";

/// How deep folders are searched for what killed acts left; as deep as they are read.
const DEPTH: usize = 64;

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    handle: File,
    path: PathBuf,
}

impl Folder {
    /// Opens the folder of a workspace, also by a link: that is the user's own.
    pub(super) fn open(path: &Path) -> Result<Self, ReplaceFailure> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let opened = openat(CWD, path, flags, Mode::empty());
        let handle = opened.map_err(|cause| system("open", path, cause))?;
        Ok(Self { handle: handle.into(), path: path.to_owned() })
    }

    pub(super) fn handle(&self) -> &File {
        &self.handle
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a folder below this one, given by names with `/` between them; nothing if it is missing.
    pub(super) fn below(&self, path: &str) -> Result<Option<Self>, ReplaceFailure> {
        let handle = self.handle.try_clone();
        let handle = handle.map_err(|cause| failed("open", &self.path, cause))?;
        let mut folder = Self { handle, path: self.path.clone() };
        for name in path.split('/').filter(|name| !name.is_empty()) {
            match folder.inner(name)? {
                Some(inner) => folder = inner,
                None => return Ok(None),
            }
        }
        Ok(Some(folder))
    }

    fn inner(&self, name: &str) -> Result<Option<Self>, ReplaceFailure> {
        let path = self.path.join(name);
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        match openat(&self.handle, name, flags, Mode::empty()) {
            Ok(handle) => Ok(Some(Self { handle: handle.into(), path })),
            Err(Errno::NOENT) => Ok(None),
            Err(cause) => match statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) if kind(&stat) == FileType::Symlink => Err(ReplaceFailure::Link { path }),
                _ => Err(system("open", &path, cause)),
            },
        }
    }

    /// Returns what the system says about a file; nothing if there is none. Refuses whatever else has
    /// the name.
    pub(super) fn stat(&self, name: &str) -> Result<Option<Stat>, ReplaceFailure> {
        let path = || self.path.join(name);
        let stat = match statat(&self.handle, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => stat,
            Err(Errno::NOENT) => return Ok(None),
            Err(cause) => return Err(system("read", &path(), cause)),
        };
        match kind(&stat) {
            FileType::RegularFile => Ok(Some(stat)),
            FileType::Symlink => Err(ReplaceFailure::Link { path: path() }),
            _ => Err(ReplaceFailure::NotFile { path: path() }),
        }
    }

    /// Reads a file that is not to be longer than `length`; of a longer one just one byte more.
    pub(super) fn read(
        &self,
        name: &str,
        length: usize,
    ) -> Result<(Vec<u8>, Stat), ReplaceFailure> {
        let path = self.path.join(name);
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = openat(&self.handle, name, flags, Mode::empty());
        let handle = opened.map_err(|cause| system("read", &path, cause))?;
        let stat = fstat(&handle).map_err(|cause| system("read", &path, cause))?;
        let mut bytes = Vec::with_capacity(length + 1);
        let limit = u64::try_from(length).unwrap_or(u64::MAX).saturating_add(1);
        let read = File::from(handle).take(limit).read_to_end(&mut bytes);
        read.map_err(|cause| failed("read", &path, cause))?;
        Ok((bytes, stat))
    }

    /// Refuses a file that must not be written, though a rename would do it.
    pub(super) fn refuse_read_only(&self, name: &str, stat: &Stat) -> Result<(), ReplaceFailure> {
        let path = self.path.join(name);
        if !is_writable(stat) {
            return Err(ReplaceFailure::ReadOnly { path });
        }
        let flags = OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        match openat(&self.handle, name, flags, Mode::empty()) {
            Ok(_) => Ok(()),
            Err(Errno::ACCESS | Errno::PERM | Errno::ROFS) => {
                Err(ReplaceFailure::ReadOnly { path })
            }
            Err(cause) => Err(system("write", &path, cause)),
        }
    }

    /// Refuses to change a name in a folder that is read-only or not ours to write to.
    pub(super) fn refuse_locked(&self) -> Result<(), ReplaceFailure> {
        let stat = fstat(&self.handle).map_err(|cause| system("read", &self.path, cause))?;
        let asked = accessat(&self.handle, ".", Access::WRITE_OK, AtFlags::EACCESS);
        let is_refused = matches!(asked, Err(Errno::ACCESS | Errno::PERM | Errno::ROFS));
        if is_writable(&stat) && !is_refused {
            Ok(())
        } else {
            Err(ReplaceFailure::ReadOnly { path: self.path.clone() })
        }
    }

    /// Makes a folder in this one, or opens the one that somebody made meanwhile.
    pub(super) fn make(&self, name: &str) -> Result<Self, ReplaceFailure> {
        let path = || self.path.join(name);
        match mkdirat(&self.handle, name, Mode::from_raw_mode(0o777)) {
            Ok(()) | Err(Errno::EXIST) => {}
            Err(cause) => return Err(system("create", &path(), cause)),
        }
        let made = self.inner(name)?;
        made.ok_or_else(|| system("create", &path(), Errno::NOENT))
    }

    /// Writes a new file and waits until it is on the disk. It gets permissions and group of another.
    pub(super) fn create(
        &self,
        name: &str,
        bytes: &[u8],
        like: Option<&Stat>,
    ) -> Result<(), ReplaceFailure> {
        let path = self.path.join(name);
        let create = || -> io::Result<File> {
            let flags =
                OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let mode = Mode::from_raw_mode(if like.is_some() { 0o600 } else { 0o666 });
            let mut file = File::from(openat(&self.handle, name, flags, mode)?);
            file.write_all(bytes)?;
            Ok(file)
        };
        let file = create().map_err(|cause| failed("write", &path, cause))?;
        if let Some(like) = like {
            keep_owner(&file, like).map_err(|cause| system("keep the group of", &path, cause))?;
        }
        let finish = || -> io::Result<()> {
            if let Some(like) = like {
                fchmod(&file, Mode::from_raw_mode(like.st_mode & 0o7777))?;
            }
            file.sync_all()?;
            let is_whole = file.metadata()?.len() == bytes.len() as u64;
            if is_whole { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
        };
        finish().map_err(|cause| failed("write", &path, cause))
    }

    /// Puts a file in the place of another.
    pub(super) fn put(&self, next: &str, name: &str) -> Result<(), ReplaceFailure> {
        let renamed = renameat(&self.handle, next, &self.handle, name);
        renamed.map_err(|cause| system("replace", &self.path.join(name), cause))
    }

    /// Puts a file where there is none.
    pub(super) fn put_new(&self, next: &str, name: &str) -> Result<(), ReplaceFailure> {
        match self.rename_to_nothing(next, name) {
            Ok(()) => Ok(()),
            Err(Errno::EXIST) => Err(ReplaceFailure::Exists { path: self.path.join(name) }),
            Err(cause) => Err(system("create", &self.path.join(name), cause)),
        }
    }

    /// Renames a file if the new name is free. Where the system cannot do both in one step it was
    /// looked at just before.
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    fn rename_to_nothing(&self, next: &str, name: &str) -> rustix::io::Result<()> {
        use rustix::fs::{RenameFlags, renameat_with};

        let folder = &self.handle;
        match renameat_with(folder, next, folder, name, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                renameat(folder, next, folder, name)
            }
            renamed => renamed,
        }
    }

    /// Renames a file, whose new name was looked at just before.
    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    fn rename_to_nothing(&self, next: &str, name: &str) -> rustix::io::Result<()> {
        renameat(&self.handle, next, &self.handle, name)
    }

    pub(super) fn remove(&self, name: &str) -> Result<(), ReplaceFailure> {
        let removed = unlinkat(&self.handle, name, AtFlags::empty());
        removed.map_err(|cause| system("remove", &self.path.join(name), cause))
    }

    /// Waits until the names in this folder are on the disk. Some systems cannot.
    pub(super) fn flush(&self) -> Result<(), ReplaceFailure> {
        match self.handle.sync_all() {
            Err(cause) if cause.kind() != io::ErrorKind::InvalidInput => {
                Err(failed("flush", &self.path, cause))
            }
            _ => Ok(()),
        }
    }

    /// Removes a file of ours, if it is there.
    pub(super) fn discard(&self, name: &str) {
        let _ = unlinkat(&self.handle, name, AtFlags::empty());
    }

    /// Removes a folder that is empty.
    pub(super) fn discard_folder(&self, name: &str) {
        let _ = unlinkat(&self.handle, name, AtFlags::REMOVEDIR);
    }

    /// Removes what killed acts left: here, and in and below some folders of this one. What cannot be
    /// looked at or removed is left for the next time; it harms nobody.
    pub(super) fn sweep(&self, tops: &BTreeSet<&str>) {
        self.sweep_here();
        let mut folders: Vec<String> = tops.iter().map(|top| (*top).to_owned()).collect();
        while let Some(path) = folders.pop() {
            let Ok(Some(folder)) = self.below(&path) else { continue };
            let is_deep = path.split('/').count() >= DEPTH;
            let inner = folder.sweep_here();
            folders.extend(inner.iter().filter(|_| !is_deep).map(|name| format!("{path}/{name}")));
        }
    }

    /// Removes what killed acts left in this folder. Returns the names of what may be folders in it.
    fn sweep_here(&self) -> Vec<String> {
        let mut folders = Vec::new();
        let Ok(entries) = Dir::read_from(&self.handle) else { return folders };
        for entry in entries.filter_map(Result::ok) {
            let Ok(name) = entry.file_name().to_str() else { continue };
            match entry.file_type() {
                FileType::RegularFile | FileType::Unknown if is_next(name) => self.discard(name),
                FileType::Directory | FileType::Unknown if !name.starts_with('.') => {
                    folders.push(name.to_owned());
                }
                _ => {}
            }
        }
        folders
    }
}

fn is_next(name: &str) -> bool {
    let number = name.strip_prefix(NEXT);
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns whether a file is the one that it was, and nobody wrote to it since.
pub(super) fn is_same(before: &Stat, now: &Stat) -> bool {
    let facts = |it: &Stat| {
        let changed = (it.st_mtime, it.st_mtime_nsec, it.st_ctime, it.st_ctime_nsec);
        (it.st_dev, it.st_ino, it.st_size, changed)
    };
    facts(before) == facts(now)
}

/// Gives a file the group of another, and its owner too where that is allowed.
fn keep_owner(file: &File, like: &Stat) -> rustix::io::Result<()> {
    let own = fstat(file)?;
    if own.st_gid != like.st_gid {
        fchown(file, None, Some(Gid::from_raw(like.st_gid)))?;
    }
    if own.st_uid != like.st_uid {
        match fchown(file, Some(Uid::from_raw(like.st_uid)), None) {
            // Only an administrator may give a file away.
            Ok(()) | Err(Errno::PERM) => {}
            Err(cause) => return Err(cause),
        }
    }
    Ok(())
}

fn kind(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

/// Returns whether anyone may write: what is read-only is meant to stay, also for an administrator.
fn is_writable(stat: &Stat) -> bool {
    stat.st_mode & 0o222 != 0
}

fn failed(action: &'static str, path: &Path, cause: io::Error) -> ReplaceFailure {
    match cause.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            if action == "write" =>
        {
            ReplaceFailure::ReadOnly { path: path.parent().unwrap_or(path).to_owned() }
        }
        _ => ReplaceFailure::System { action, path: path.to_owned(), cause },
    }
}

fn system(action: &'static str, path: &Path, cause: Errno) -> ReplaceFailure {
    failed(action, path, cause.into())
}
