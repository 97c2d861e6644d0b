//! Files that are replaced, and files that are left alone.

#![expect(clippy::disallowed_methods, reason = "files of a temporary folder are looked at")]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::path::Path;
use std::thread;

use tempfile::TempDir;

use super::{Change, ReplaceFailure, replace, replace_all, replace_patiently};

fn workspace(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Returns every file with its text, and every folder that is empty.
fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries: Vec<_> = fs::read_dir(&next).unwrap().map(|it| it.unwrap().path()).collect();
        let name = |path: &Path| path.strip_prefix(folder).unwrap().display().to_string();
        if entries.is_empty() {
            found.push(name(&next) + "/");
        }
        for entry in entries {
            if let Ok(target) = entry.read_link() {
                found.push(format!("{} -> {}", name(&entry), target.display()));
            } else if entry.is_dir() {
                folders.push(entry);
            } else {
                found.push(format!("{}: {}", name(&entry), fs::read_to_string(&entry).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn change(path: &str, expected: Option<&str>, new: Option<&str>) -> Change {
    let bytes = |text: &str| text.as_bytes().to_owned();
    Change { path: path.into(), expected: expected.map(bytes), new: new.map(bytes) }
}

/// Makes changes that fail; returns what is said, without the path of the workspace.
fn said(folder: &TempDir, changes: &[Change]) -> String {
    let failure = replace_patiently(folder.path(), changes, 1).unwrap_err();
    assert!(!failure.help().is_empty());
    failure.to_string().replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn files_are_replaced_made_and_removed() {
    let folder = workspace(&[("content/a.md", "one"), ("content/b.md", "one"), ("c", "same")]);
    for mode in [0o640, 0o755, 0o600] {
        let path = folder.path().join("content/a.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        replace(folder.path(), "content/a.md", b"one", b"two").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, mode);
        replace(folder.path(), "content/a.md", b"two", b"one").unwrap();
    }
    // Only an administrator may give a file away, and then it stays with its owner.
    let path = folder.path().join("content/b.md");
    if chown(&path, Some(12_345), Some(12_346)).is_ok() {
        replace(folder.path(), "content/b.md", b"one", b"two").unwrap();
        replace(folder.path(), "content/b.md", b"two", b"one").unwrap();
        let found = fs::metadata(&path).unwrap();
        assert_eq!((found.uid(), found.gid()), (12_345, 12_346));
    }
    let changes = [
        change("content/records/x/new.txt", None, Some("made")),
        change("content/a.md", Some("one"), Some("two")),
        change("content/b.md", Some("one"), None),
        change("c", Some("same"), Some("same")),
        change("content/never", None, None),
    ];
    replace_all(folder.path(), &changes).unwrap();
    assert_eq!(
        tree(folder.path()),
        ["c: same", "content/a.md: two", "content/records/x/new.txt: made"]
    );
}

#[test]
fn nothing_changes_if_one_file_is_not_what_was_read() {
    let files = [("content/a.md", "one"), ("content/b.md", "longer"), ("content/folder/c", "c")];
    let folder = workspace(&files);
    symlink("a.md", folder.path().join("content/link.md")).unwrap();
    symlink("folder", folder.path().join("content/way")).unwrap();
    let before = tree(folder.path());
    let first = change("content/a.md", Some("one"), Some("two"));
    let cases = [
        (change("content/b.md", Some("long"), Some("x")), "`content/b.md` changed meanwhile"),
        (change("content/b.md", Some("longer!"), Some("x")), "`content/b.md` changed meanwhile"),
        (change("content/b.md", Some("Longer"), None), "`content/b.md` changed meanwhile"),
        (change("content/z.md", Some("z"), Some("x")), "`content/z.md` was removed meanwhile"),
        (change("content/z/z.md", Some("z"), None), "`content/z/z.md` was removed meanwhile"),
        (change("content/b.md", None, Some("x")), "there is already a file `content/b.md`"),
        (change("content/link.md", Some("one"), Some("x")), "`content/link.md` is a symbolic link"),
        (change("content/link.md", None, Some("x")), "`content/link.md` is a symbolic link"),
        (change("content/way/c", Some("c"), Some("x")), "`content/way` is a symbolic link"),
        (change("content/way/d", None, Some("x")), "`content/way` is a symbolic link"),
        (change("content/folder", Some(""), Some("x")), "`content/folder` is not a file"),
        (
            change("content/b.md/c", None, Some("x")),
            "could not open `content/b.md`: Not a directory (os error 20)",
        ),
        (change("../x", None, Some("x")), "`../x` is no path in the workspace"),
        (change("/x", None, Some("x")), "`/x` is no path in the workspace"),
        (change("content//x", None, Some("x")), "`content//x` is no path in the workspace"),
        (change("", None, Some("x")), "`` is no path in the workspace"),
        (change("content/a.md", None, Some("x")), "`content/a.md` would be changed twice at once"),
    ];
    for (second, message) in cases {
        let made = change("content/new/new.txt", None, Some("made"));
        assert_eq!(said(&folder, &[made, first.clone(), second]), message);
        assert_eq!(tree(folder.path()), before, "{message}");
    }
}

#[test]
fn what_is_read_only_stays() {
    let folder =
        workspace(&[("content/a.md", "one"), ("content/b.md", "one"), ("shut/c.md", "one")]);
    let before = tree(folder.path());
    let set = |path: &str, mode: u32| {
        fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    set("content/b.md", 0o444);
    set("shut", 0o555);
    let first = change("content/a.md", Some("one"), Some("two"));
    for (second, message) in [
        (change("content/b.md", Some("one"), Some("two")), "`content/b.md` cannot be written to"),
        (change("content/b.md", Some("one"), None), "`content/b.md` cannot be written to"),
        (change("shut/c.md", Some("one"), Some("two")), "`shut` cannot be written to"),
        (change("shut/c.md", Some("one"), None), "`shut` cannot be written to"),
        (change("shut/d.md", None, Some("two")), "`shut` cannot be written to"),
    ] {
        let made = change("content/new/new.txt", None, Some("made"));
        assert_eq!(said(&folder, &[made, first.clone(), second]), message);
        assert_eq!(tree(folder.path()), before, "{message}");
    }
    set("shut", 0o755);
}

#[test]
fn leftovers_of_killed_acts_are_removed() {
    let folder = workspace(&[
        ("content/a.md", "one"),
        ("content/.avouch-next-0", "half"),
        ("content/records/statements/.avouch-next-12", "half"),
        (".avouch-next-1", "half"),
        ("content/.avouch-next-x", "theirs"),
        ("content/.avouch-next-", "theirs"),
        ("other/.avouch-next-0", "not looked at"),
    ]);
    fs::create_dir(folder.path().join("content/.avouch-next-7")).unwrap();
    replace(folder.path(), "content/a.md", b"one", b"two").unwrap();
    assert_eq!(
        tree(folder.path()),
        [
            "content/.avouch-next-7/",
            "content/.avouch-next-: theirs",
            "content/.avouch-next-x: theirs",
            "content/a.md: two",
            "content/records/statements/",
            "other/.avouch-next-0: not looked at",
        ]
    );
}

#[test]
fn one_act_waits_for_another() {
    let folder = workspace(&[("a", "one")]);
    let lock = fs::File::open(folder.path()).unwrap();
    lock.lock().unwrap();
    let message = format!("another avouch is changing files in `{}`", folder.path().display());
    assert_eq!(said(&folder, &[change("a", Some("one"), Some("two"))]), message);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| replace(folder.path(), "a", b"one", b"two"));
        lock.unlock().unwrap();
        waiting.join().unwrap().unwrap();
    });
    assert_eq!(tree(folder.path()), ["a: two"]);
}

#[test]
fn an_act_that_stops_half_way_says_how_far_it_came() {
    let folder = workspace(&[("a", "one"), ("b", "one")]);
    let changes = [change("a", Some("one"), Some("two")), change("b", Some("one"), Some("two"))];
    let act = super::Act::begin(folder.path(), &changes, 1).unwrap();
    let mut made = super::Made::new(&act);
    made.prepare(&changes, &[None, None]).unwrap();
    fs::remove_file(folder.path().join(".avouch-next-1")).unwrap();
    let failure = made.put_in_place(&changes).unwrap_err();
    let ReplaceFailure::Partly { done, .. } = &failure else { panic!("{failure}") };
    assert_eq!(done.iter().map(|it| &**it).collect::<Vec<_>>(), ["a"]);
    assert!(
        failure
            .to_string()
            .ends_with("No such file or directory (os error 2); already changed: `a`")
    );
    assert_eq!(tree(folder.path()), ["a: two", "b: one"]);
}

#[test]
fn a_file_that_changes_while_others_are_written_is_seen() {
    let folder = workspace(&[("a", "one"), ("b", "one")]);
    let changes = [change("a", Some("one"), Some("two")), change("b", Some("one"), Some("two"))];
    let act = super::Act::begin(folder.path(), &changes, 1).unwrap();
    let found: Vec<_> = changes.iter().map(|it| act.look_at(it).unwrap()).collect();
    act.look_again(&changes, &found).unwrap();
    fs::write(folder.path().join("b"), "own").unwrap();
    let failure = act.look_again(&changes, &found).unwrap_err();
    assert!(matches!(failure, ReplaceFailure::Changed { .. }), "{failure}");
}
