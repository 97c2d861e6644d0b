//! A snapshot brought up to date, where it is known which files changed.
//!
//! Walking a large folder takes most of the time between a save and its page. Where only bytes of
//! files changed that were read before, nothing else needs to be looked at. Whatever is not
//! certain to be just that takes the long way: a new or a missing file, a folder, a link, a
//! `.gitignore`, a file with a fault.
#![expect(clippy::disallowed_methods, reason = "files of the Snapshot are read here")]

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use super::home::TOPS;
use super::read::{Contents, contents};
use super::stamp::Stamp;
use super::walk::{DECIDING, Found, limit};
use super::{Layout, Snapshot};
use crate::span::FilePath;

/// Reads changed files again. `root` is the real path of the folder that was read, and `changed`
/// are paths below it. Returns nothing where the folder must be walked.
pub fn refresh(
    root: &Path,
    layout: Layout,
    before: &Snapshot,
    changed: &BTreeSet<PathBuf>,
) -> Option<Snapshot> {
    if !before.is_plain {
        return None;
    }
    let now = SystemTime::now();
    let mut snapshot = before.clone();
    for disk in changed {
        let below = disk.strip_prefix(root).ok()?;
        if is_passed_over(below, layout) {
            continue;
        }
        let path = relative(below)?;
        let metadata = match fs::symlink_metadata(disk) {
            Ok(metadata) => metadata,
            // A file that an editor made for a moment.
            Err(cause)
                if cause.kind() == io::ErrorKind::NotFound && before.has_nothing_at(&path) =>
            {
                continue;
            }
            Err(_) => return None,
        };
        if before.beside.contains(path.as_str()) && metadata.is_file() {
            continue;
        }
        let (path, _) = before.files.get_key_value(path.as_str())?;
        let limit = limit(path);
        if !metadata.is_file() || metadata.len() > limit {
            return None;
        }
        let path = FilePath::clone(path);
        let found = Found { path, disk: disk.clone(), limit, stamp: Stamp::of(&metadata) };
        match contents(&found, layout, Some(before), now) {
            Ok(Contents::Read(file)) => snapshot.files.insert(found.path, file),
            Ok(Contents::Faulty(..) | Contents::Refused(_)) | Err(_) => return None,
        };
    }
    Some(snapshot)
}

/// Returns whether nothing at a path is ever read: it is hidden, or stands beside the folders of a
/// workspace.
fn is_passed_over(below: &Path, layout: Layout) -> bool {
    let mut names = below.components().map(|part| part.as_os_str().to_str());
    let first = names.clone().next().flatten();
    let is_hidden = |name: Option<&str>| {
        name.is_some_and(|name| name.starts_with('.') && !DECIDING.contains(&name) && name != "..")
    };
    let is_beside = layout == Layout::Workspace && first.is_some_and(|it| !TOPS.contains(&it));
    is_beside || names.any(is_hidden)
}

/// Returns a path as the snapshot has it; nothing where its name decides what else is read.
fn relative(below: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in below.components() {
        let Component::Normal(part) = part else { return None };
        parts.push(part.to_str().filter(|part| !DECIDING.contains(part))?);
    }
    Some(parts.join("/"))
}

impl Snapshot {
    /// Returns whether neither a file nor a folder with files is known at a path.
    fn has_nothing_at(&self, path: &str) -> bool {
        let is_known = self.files.contains_key(path) || self.beside.contains(path);
        !is_known && self.under(path).next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::PathBuf;

    use super::refresh;
    use crate::workspace::{Layout, Snapshot, read::read};

    /// Reads a folder, changes it, and compares the short way with the long one.
    fn after(
        names: &[&str],
        change: impl FnOnce(&std::path::Path),
    ) -> (Option<Snapshot>, Snapshot) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for path in ["a/one.md", "a/two.md", "three.md"] {
            fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
            fs::write(root.join(path), "old").unwrap();
        }
        let (before, _) = read(&root, Layout::Folder).unwrap();
        change(&root);
        let changed: BTreeSet<PathBuf> = names.iter().map(|name| root.join(name)).collect();
        let short = refresh(&root, Layout::Folder, &before, &changed);
        (short, read(&root, Layout::Folder).unwrap().0)
    }

    #[test]
    fn changed_bytes_are_read_the_short_way() {
        let (short, long) = after(&["a/one.md"], |root| {
            fs::write(root.join("a/one.md"), "new").unwrap();
        });
        assert_eq!(short, Some(long));
        // As editors do that write a new file and rename it.
        let (short, long) = after(&["a/4913", "a/one.md~", "a/one.md"], |root| {
            fs::write(root.join("a/one.md~"), "newer").unwrap();
            fs::rename(root.join("a/one.md~"), root.join("a/one.md")).unwrap();
        });
        assert_eq!(short, Some(long));
    }

    #[test]
    fn what_nothing_reads_changes_nothing() {
        let (short, long) = after(&["a/.one.md.swp", ".DS_Store", "main.rs"], |root| {
            for path in ["a/.one.md.swp", ".DS_Store"] {
                fs::write(root.join(path), "new").unwrap();
            }
        });
        assert_eq!(short, Some(long));
    }

    #[test]
    fn whatever_else_changed_is_left_to_the_walk() {
        let new = |root: &std::path::Path| fs::write(root.join("a/new.md"), "new").unwrap();
        assert_eq!(after(&["a/new.md"], new).0, None);
        let removed = |root: &std::path::Path| fs::remove_file(root.join("a/one.md")).unwrap();
        assert_eq!(after(&["a/one.md"], removed).0, None);
        let folder = |root: &std::path::Path| fs::remove_dir_all(root.join("a")).unwrap();
        assert_eq!(after(&["a"], folder).0, None);
        let renamed = |root: &std::path::Path| fs::rename(root.join("a"), root.join("b")).unwrap();
        assert_eq!(after(&["a", "b"], renamed).0, None);
        let ignored = |root: &std::path::Path| fs::write(root.join(".gitignore"), "*").unwrap();
        assert_eq!(after(&[".gitignore"], ignored).0, None);
        let nothing = |_: &std::path::Path| {};
        assert_eq!(after(&["a/.gitignore"], nothing).0, None);
        assert_eq!(after(&["../elsewhere.md"], nothing).0, None);
        let odd = |root: &std::path::Path| fs::write(root.join("a/one.md"), b"\xff").unwrap();
        assert_eq!(after(&["a/one.md"], odd).0, None);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_with_links_is_always_walked() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::write(root.join("one.md"), "old").unwrap();
        symlink("one.md", root.join("two.md")).unwrap();
        let (before, _) = read(&root, Layout::Folder).unwrap();
        fs::write(root.join("one.md"), "new").unwrap();
        let changed = BTreeSet::from([root.join("one.md")]);
        assert_eq!(refresh(&root, Layout::Folder, &before, &changed), None);
    }
}
