//! Repositories that are damaged, and such as git never made.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::made::{Made, loose};
use super::{History, id, paths, versions};
use crate::workspace::history::ObjectId;

const FILE: &str = "content/a.md";

/// Makes a repository of two commits that change the file; nothing is checked out.
fn two() -> Made {
    let commit = "commit refs/heads/main\ncommitter T <t@x> 1700000000 +0000\ndata 1\nx\n";
    Made::import(&format!(
        "{commit}M 100644 inline other/b.md\ndata 1\nb\nM 100644 inline {FILE}\ndata 1\na\n\n\
         {commit}M 100644 inline {FILE}\ndata 2\na2\n\n"
    ))
}

/// Writes over a file of the repository; git makes objects read-only.
fn overwrite(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Returns what opening and asking for the versions of the file says, without the folder.
fn said(made: &Made) -> String {
    let failure = match made.open() {
        Err(failure) => failure,
        Ok(history) => match versions(&history, FILE) {
            Err(failure) => failure,
            Ok(versions) => match history.bytes_of(&versions[0]) {
                Err(failure) => failure,
                Ok(bytes) => return String::from_utf8_lossy(&bytes).into_owned(),
            },
        },
    };
    assert!(!failure.help().is_empty());
    failure.to_string().replace(made.beside("").to_str().unwrap(), "")
}

#[test]
fn parts_of_a_repository_that_git_does_not_make_are_refused() {
    type Change = Box<dyn Fn(&Made)>;
    let link = |name: &'static str| -> Change {
        Box::new(move |made| {
            let path = made.dot_git(name);
            let away = made.beside("away");
            fs::rename(&path, &away).unwrap();
            symlink(&away, &path).unwrap();
        })
    };
    let write = |name: &'static str, text: &'static str| -> Change {
        Box::new(move |made| {
            let path = made.dot_git(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        })
    };
    let pipe = |name: &'static str| -> Change {
        Box::new(move |made| {
            let path = made.dot_git(name);
            let _ = fs::remove_file(&path);
            assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
        })
    };
    let elsewhere = |text: &'static str| -> Change {
        Box::new(move |made| {
            let away = made.beside("away");
            fs::rename(made.dot_git(""), &away).unwrap();
            fs::write(made.root().join(".git"), text).unwrap();
        })
    };
    let is_link = "is a symbolic link, which is not followed";
    let cases: Vec<(Change, String)> = vec![
        (link(""), format!("`main/.git` {is_link}")),
        (link("HEAD"), format!("`main/.git/HEAD` {is_link}")),
        (link("objects"), "`main/.git` is no repository".into()),
        (link("refs"), "`main/.git` is no repository".into()),
        (link("refs/heads"), format!("`main/.git/refs/heads` {is_link}")),
        (link("refs/heads/main"), format!("`main/.git/refs/heads/main` {is_link}")),
        (link("objects/pack"), format!("`main/.git/objects/pack` {is_link}")),
        (link("config"), format!("`main/.git/config` {is_link}")),
        (pipe("HEAD"), "`main/.git/HEAD` is neither a file nor a folder".into()),
        (pipe("packed-refs"), "`main/.git/packed-refs` is neither a file nor a folder".into()),
        (
            pipe("objects/pack/pack-1.idx"),
            "`main/.git/objects/pack/pack-1.idx` is neither a file nor a folder".into(),
        ),
        (pipe("objects/aa"), "`main/.git/objects/aa` is neither a file nor a folder".into()),
        (
            write("objects/info/alternates", "/elsewhere\n"),
            "`main/.git/objects/info/alternates` borrows objects from another repository".into(),
        ),
        (elsewhere("gitdir: ../away\n"), "`main/.git` leads to a repository elsewhere".into()),
        (elsewhere("gitdir: nowhere\n"), "`main/.git` names no folder".into()),
        (elsewhere("gitdir: ../away\nmore\n"), "`main/.git` names no folder".into()),
        (elsewhere("else"), "`main/.git` names no folder".into()),
        (elsewhere(""), "`main/.git` names no folder".into()),
        (write("HEAD", ""), "`main/.git/HEAD` is no reference".into()),
        (write("HEAD", "ref: ../../away\n"), "`main/.git/HEAD` is no reference".into()),
        (write("HEAD", "ref: refs/../../../away\n"), "`main/.git/HEAD` is no reference".into()),
        (write("HEAD", "ref: refs/heads/a\0b\n"), "`main/.git/HEAD` is no reference".into()),
        (write("HEAD", "0123\n"), "`main/.git/HEAD` is no reference".into()),
        (write("refs/heads/main", "what\n"), "`main/.git/refs/heads/main` is no reference".into()),
        (
            write("refs/heads/main", "ref: refs/heads/main\n"),
            "`main/.git/refs/heads/main` leads to itself".into(),
        ),
        (
            write("refs/heads/main", "1111111111111111111111111111111111111111\n"),
            "the commit 1111111111111111111111111111111111111111 is not in the repository".into(),
        ),
        (write("shallow", "what\n"), "`main/.git/shallow` is no reference".into()),
        (write("config", "[core"), "`main/.git/config` is not written as git writes it".into()),
        (
            write("config", "[core]\nrepositoryformatversion = 2\n"),
            "`main/.git/config` asks for `repositoryformatversion = 2`, which we cannot read"
                .into(),
        ),
        (
            write("config", "[extensions]\nobjectFormat = sha256\n"),
            "`main/.git/config` asks for `extensions.objectformat = sha256`, which we cannot read"
                .into(),
        ),
        (
            write("config", "[extensions]\nrefStorage = reftable\n"),
            "`main/.git/config` asks for `extensions.refstorage = reftable`, which we cannot read"
                .into(),
        ),
        (
            write("config", "[extensions]\nfuture = 1\n"),
            "`main/.git/config` asks for `extensions.future`, which we cannot read".into(),
        ),
        // These change nothing.
        (write("objects/info/alternates", "\n"), "a2".into()),
        (write("objects/pack/pack-1.idx", "no index"), "a2".into()),
        (write("refs/tags/a/b", "what"), "a2".into()),
        (
            write("config", "[include]\npath = /dev/zero\n[core]\nfsmonitor = touch x\n"),
            "a2".into(),
        ),
    ];
    for (change, expected) in cases {
        let made = two();
        change(&made);
        assert_eq!(said(&made), expected);
    }
}

#[test]
fn a_head_that_is_no_commit() {
    let made = two();
    let blob = made.git(&["rev-parse", "HEAD:content/a.md"]);
    fs::write(made.dot_git("HEAD"), blob).unwrap();
    assert_eq!(said(&made), "`main/.git/HEAD` names no commit");
}

#[test]
fn a_file_of_a_worktree_must_be_named_in_return() {
    let made = two();
    let work = made.beside("work");
    made.git(&["worktree", "add", "--quiet", work.to_str().unwrap()]);
    // A copy of the file leads to the same folder, which does not know it.
    let copy = made.beside("copy");
    fs::create_dir(&copy).unwrap();
    fs::copy(work.join(".git"), copy.join(".git")).unwrap();
    assert!(History::open(&work).is_ok());
    assert!(History::open(&copy).unwrap_err().to_string().ends_with("elsewhere"));

    // A folder that names the file in return, and another repository's objects.
    let fake = made.beside("fake");
    fs::create_dir(&fake).unwrap();
    fs::write(fake.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::write(fake.join("commondir"), made.dot_git("").to_str().unwrap()).unwrap();
    fs::write(fake.join("gitdir"), copy.join(".git").to_str().unwrap()).unwrap();
    fs::write(copy.join(".git"), "gitdir: ../fake\n").unwrap();
    assert!(History::open(&copy).unwrap_err().to_string().ends_with("elsewhere"));
}

#[test]
fn objects_that_are_missing_or_damaged_are_named() {
    let named = |what: &str| {
        let made = two();
        (made.git(&["rev-parse", what]), made)
    };
    let others = ["HEAD:other/b.md", "HEAD:other", "HEAD", "HEAD~1"].map(|what| {
        let (object, made) = named(what);
        let bytes = fs::read(made.dot_git(&loose(&object))).unwrap();
        (object, bytes)
    });
    for (what, kind) in [
        ("HEAD", "commit"),
        ("HEAD~1", "commit"),
        ("HEAD~1^{tree}", "folder"),
        ("HEAD~1:content", "folder"),
        ("HEAD:content/a.md", "file"),
    ] {
        let (object, made) = named(what);
        let file = made.dot_git(&loose(&object));
        let whole = fs::read(&file).unwrap();
        fs::remove_file(&file).unwrap();
        assert_eq!(said(&made), format!("the {kind} {object} is not in the repository"));

        let damaged = format!("the {kind} {object} is damaged");
        fs::write(&file, "").unwrap();
        assert_eq!(said(&made), damaged, "{what} empty");
        for length in 1..whole.len() {
            overwrite(&file, &whole[..length]);
            // The last bytes end the stream and are its checksum, which the hash makes needless.
            let is_all = length + 8 >= whole.len() && said(&made) == "a2";
            assert!(is_all || said(&made) == damaged, "{what} cut after {length}");
        }
        overwrite(&file, &[7; 100]);
        assert_eq!(said(&made), damaged, "{what} overwritten");
        // Another object under its name: right in itself, and not what the name says.
        for (_, other) in others.iter().filter(|(id, _)| *id != object) {
            overwrite(&file, other);
            let is_head = said(&made) == "`main/.git/HEAD` names no commit" && what == "HEAD";
            assert!(is_head || said(&made) == damaged, "{what} replaced");
        }
    }
    // What is not on the way is not read.
    for what in ["HEAD:other", "HEAD:other/b.md", "HEAD~1:content/a.md"] {
        let (object, made) = named(what);
        fs::remove_file(made.dot_git(&loose(&object))).unwrap();
        assert_eq!(said(&made), "a2");
    }
}

/// Writes an object under its right name, whatever it says; returns the name.
fn object(made: &Made, kind: &str, bytes: &[u8]) -> String {
    let file = made.beside("object");
    fs::write(&file, bytes).unwrap();
    made.git(&["hash-object", "-w", "--literally", "-t", kind, file.to_str().unwrap()])
}

/// Writes a folder of entries: mode, name, object.
fn tree(made: &Made, entries: &[(&str, &str, &str)]) -> String {
    let mut bytes = Vec::new();
    for (mode, name, object) in entries {
        bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
        let digits: Vec<char> = object.chars().collect();
        let byte =
            |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
        bytes.extend(digits.chunks(2).map(byte));
    }
    object(made, "tree", &bytes)
}

fn commit_of(made: &Made, tree: &str) -> ObjectId {
    let text = format!("tree {tree}\nauthor A <a@x> 1 +0000\ncommitter A <a@x> 1 +0000\n\nx\n");
    let commit = object(made, "commit", text.as_bytes());
    fs::write(made.dot_git("HEAD"), &commit).unwrap();
    id(&commit)
}

#[test]
fn names_that_no_checkout_could_have_are_refused() {
    for name in ["..", ".", ".git", ".GIT", "a/b", "git~1", ".g\u{200c}it", ".git. ", ""] {
        let made = two();
        let blob = made.git(&["rev-parse", "HEAD:content/a.md"]);
        let folder = tree(&made, &[("100644", "a.md", &blob), ("100644", name, &blob)]);
        let commit = commit_of(&made, &tree(&made, &[("40000", "content", &folder)]));
        let failure = made.open().unwrap().tree_paths_at(commit, "content").unwrap_err();
        let expected =
            format!("the folder {folder} holds `{}`, which is no name", name.escape_debug());
        assert_eq!(failure.to_string(), expected);
        assert_eq!(said(&made), "a2", "what is beside it is found");
    }
}

#[test]
fn a_name_that_stands_twice_has_no_meaning() {
    let made = two();
    let [a, b] = ["HEAD", "HEAD~1"].map(|at| made.git(&["rev-parse", &format!("{at}:{FILE}")]));
    let folder = tree(&made, &[("100644", "a.md", &a), ("100644", "a.md", &b)]);
    let commit = commit_of(&made, &tree(&made, &[("40000", "content", &folder)]));
    let expected = format!("the folder {folder} holds `a.md`, which is no name");
    assert_eq!(said(&made), expected);
    let history = made.open().unwrap();
    assert_eq!(history.file_at(commit, FILE).unwrap_err().to_string(), expected);
    assert_eq!(history.tree_paths_at(commit, "").unwrap_err().to_string(), expected);
}

#[test]
fn what_is_too_large_is_not_read() {
    let made = two();
    made.git(&["reset", "--quiet", "--hard"]);
    let large = vec![b'x'; 16 * 1024 * 1024 + 1];
    for name in ["content/large.md", "content/large.bin"] {
        fs::write(made.root().join(name), &large).unwrap();
    }
    let commit = id(&made.commit("three"));
    let history = made.open().unwrap();
    let blob = made.git(&["rev-parse", "HEAD:content/large.md"]);
    let failure = history.file_at(commit, "content/large.md").unwrap_err();
    let expected = format!("the object {blob} has 16777217 bytes, more than 16777216");
    assert_eq!(failure.to_string(), expected);
    assert_eq!(history.file_at(commit, "content/large.bin").unwrap().unwrap(), large);

    // A hundred folders of a hundred folders, and so on: few objects, and more files than there
    // are anywhere.
    let blob = made.git(&["rev-parse", "HEAD:content/a.md"]);
    let names: Vec<String> = (100..200).map(|number| number.to_string()).collect();
    let hundred = |mode, object: &str| {
        let entries: Vec<_> = names.iter().map(|name| (mode, name.as_str(), object)).collect();
        tree(&made, &entries)
    };
    let mut folder = hundred("100644", &blob);
    for _ in 0..12 {
        folder = hundred("40000", &folder);
    }
    let commit = commit_of(&made, &tree(&made, &[("40000", "content", &folder)]));
    let history = made.open().unwrap();
    let failure = history.tree_paths_at(commit, "content").unwrap_err();
    assert_eq!(failure.to_string(), "there are more than 500000 files and folders");
    assert!(versions(&history, FILE).unwrap().is_empty());
    let deep = "content/100/101/102/103/104/105/106/107/108/109/110/111/112";
    assert_eq!(versions(&history, deep).unwrap().len(), 1);
}

#[test]
fn packs_that_are_damaged_anywhere_never_give_other_bytes() {
    let made = Made::new();
    let text: Vec<String> =
        (0..40).map(|number| format!("line {number}, and more of it")).collect();
    for number in 0..12 {
        made.save(FILE, &text[..20 + number].join("\n"), "x");
    }
    made.git(&["gc", "--quiet", "--aggressive", "--prune=now"]);
    let right = made.open().unwrap().versions_of(&paths(&[FILE])).unwrap();
    let right_bytes: Vec<Vec<u8>> = {
        let history = made.open().unwrap();
        right[FILE].iter().map(|it| history.bytes_of(it).unwrap()).collect()
    };
    let mut failed = 0;
    for ending in ["pack", "idx"] {
        let file = packed(&made, ending);
        let whole = fs::read(&file).unwrap();
        let step = whole.len() / 500 + 1;
        for at in (0..whole.len()).step_by(step) {
            for change in [0x01, 0x80, 0xff] {
                let mut bytes = whole.clone();
                bytes[at] ^= change;
                overwrite(&file, &bytes);
                let Ok(history) = made.open() else {
                    failed += 1;
                    continue;
                };
                let Ok(versions) = versions(&history, FILE) else {
                    failed += 1;
                    continue;
                };
                assert_eq!(versions, right[FILE], "{ending} at {at}");
                for (version, right) in versions.iter().zip(&right_bytes) {
                    match history.bytes_of(version) {
                        Ok(bytes) => assert_eq!(bytes, *right),
                        Err(_) => failed += 1,
                    }
                }
            }
        }
        for length in [0, 1, 11, 12, 100, whole.len() / 2, whole.len() - 1] {
            overwrite(&file, &whole[..length]);
            if let Ok(history) = made.open()
                && let Ok(versions) = versions(&history, FILE)
            {
                assert_eq!(versions, right[FILE], "{ending} cut after {length}");
            }
        }
        overwrite(&file, &whole);
    }
    assert!(failed > 100);
}

fn packed(made: &Made, ending: &str) -> PathBuf {
    let entries = fs::read_dir(made.dot_git("objects/pack")).unwrap();
    let mut paths = entries.map(|entry| entry.unwrap().path());
    paths.find(|path| path.extension().is_some_and(|it| it == ending)).unwrap()
}

/// The folder that the test below reads in a process of its own.
const FOLDER: &str = "AVOUCH_TEST_HISTORY";

#[test]
fn no_program_is_started_and_no_setting_counts() {
    let made = two();
    let marker = made.beside("marker");
    let touch = format!("/usr/bin/touch {}", marker.display());
    let settings = ["core.fsmonitor", "core.sshCommand", "core.pager", "gpg.program"];
    let more = ["filter.x.smudge", "gpg.ssh.program", "filter.x.process", "core.editor"];
    for setting in settings.iter().chain(&more) {
        made.git(&["config", setting, &touch]);
    }
    made.git(&["config", "core.useReplaceRefs", "true"]);
    made.write(".gitattributes", "* filter=x\n");
    fs::write(made.dot_git("hooks/post-checkout"), format!("#!/bin/sh\n{touch}\n")).unwrap();
    let other = two();
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--include-ignored", "--exact"])
        .arg("workspace::history::tests::hostile::reads_where_there_is_no_program")
        .env_clear()
        .env("PATH", "")
        .env("GIT_DIR", other.dot_git(""))
        .env("GIT_OBJECT_DIRECTORY", other.dot_git("objects"))
        .env("GIT_CONFIG_COUNT", "1")
        .env("GIT_CONFIG_KEY_0", "extensions.objectFormat")
        .env("GIT_CONFIG_VALUE_0", "sha256")
        .env(FOLDER, made.root())
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && output.contains("1 passed"), "{output}");
    assert!(!marker.exists());
}

#[test]
#[ignore = "run by the test above, which gives it a folder"]
fn reads_where_there_is_no_program() {
    assert!(Command::new("git").output().is_err());
    let history = History::open(Path::new(&std::env::var(FOLDER).unwrap())).unwrap();
    let versions = versions(&history, FILE).unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(history.bytes_of(&versions[0]).unwrap(), b"a2");
}
