//! A folder to a [`Snapshot`].
//!
//! Takes the folder the user named; afterwards every file that belongs to the workspace is in
//! memory, and whatever was left out has a [`ReadFault`].
#![expect(clippy::disallowed_methods, reason = "the Snapshot is made here")]

use std::fs;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use rayon::prelude::*;

use super::home::home;
use super::walk::{Found, LIMITS, Limits, Walked, unreadable, walk};
use super::{File, Layout, ReadFailure, ReadFault, ReadFaultKind, Snapshot, is_markdown};
use crate::model::collision::collisions;
use crate::span::FilePath;

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
    let Walked { mut found, mut faults, others, has_links } = walk(&root, &real, layout, limits)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));

    let now = SystemTime::now();
    let read: Vec<io::Result<Contents>> =
        found.par_iter().map(|found| contents(found, layout, before, now)).collect();
    let mut files = Vec::with_capacity(found.len());
    for (Found { path, .. }, contents) in found.into_iter().zip(read) {
        let contents = match contents {
            // It went away after the walk.
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
            contents => contents.map_err(|cause| unreadable(&root.join(&*path), cause))?,
        };
        match contents {
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
            let stamp = stamp.filter(|stamp| stamp.is_settled(now));
            Contents::Read(File { stamp, ..file })
        }
    })
}

/// Takes Markdown of other people's folders that is not UTF-8 as Latin-1, which it mostly is: the
/// page has its text then, and the author a warning.
fn readable(path: &str, bytes: Vec<u8>) -> (File, Option<ReadFaultKind>) {
    let file = File::new(bytes);
    match file.text() {
        Err(bad) if is_markdown(path) => {
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

/// What became of reading a file.
pub(super) enum Contents {
    /// It is as it should be.
    Read(File),
    /// It is taken, and something about it is odd.
    Faulty(File, ReadFaultKind),
    /// It is left out.
    Refused(ReadFaultKind),
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use tempfile::TempDir;

    use super::{LIMITS, Limits, read, read_within};
    use crate::workspace::home::{home, layout};
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
    fn a_folder_that_is_not_followed_is_told() {
        use std::os::unix::fs::symlink;

        let (root, outside) = (folder(&["a/x.md"]), folder(&["y.md"]));
        symlink("..", root.path().join("a/loop")).unwrap();
        symlink(outside.path(), root.path().join("outside")).unwrap();
        symlink("/dev/null", root.path().join("nothing")).unwrap();
        let (snapshot, faults) = read(root.path(), Layout::Folder).unwrap();
        assert_eq!(paths(&snapshot), ["a/x.md"]);
        assert_eq!(
            faults,
            [
                fault("a/loop", ReadFaultKind::LinkLoops),
                fault("outside", ReadFaultKind::LinkLeaves),
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
