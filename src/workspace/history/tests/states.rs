//! What kinds of repositories there are, and what is said of each.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::made::Made;
use super::{History, id, paths, versions};
use crate::workspace::history::Extent;

const FILE: &str = "a.md";

/// Makes a repository of three commits, two of which change the file.
fn three() -> Made {
    let made = Made::new();
    made.save(FILE, "a", "one");
    made.save(FILE, "b", "two");
    made.save("README.md", "hello", "three");
    made
}

/// Returns how many versions of the file are found.
fn count(history: &History) -> usize {
    versions(history, FILE).unwrap().len()
}

fn url(made: &Made) -> String {
    format!("file://{}", made.root().display())
}

#[test]
fn a_folder_without_a_repository_and_a_repository_without_a_commit() {
    let folder = tempfile::tempdir().unwrap();
    let none = History::open(folder.path()).unwrap();
    let empty = Made::new().open().unwrap();
    for (history, extent) in [(none, Extent::NoRepository), (empty, Extent::NoCommit)] {
        assert_eq!(history.extent(), extent);
        assert_eq!((history.head(), history.extent().is_complete()), (None, false));
        assert_eq!(count(&history), 0);
        assert!(history.first_seen(&paths(&[FILE])).unwrap().is_empty());
        let commit = id(&"1".repeat(40));
        assert_eq!(history.file_at(commit, FILE).unwrap(), None);
        assert!(history.tree_paths_at(commit, "").unwrap().files.is_empty());
        assert!(history.signature_of(commit).unwrap().is_none());
        assert!(!history.is_ancestor(commit).unwrap());
    }
    assert!(History::open(&folder.path().join("none")).is_err());
}

#[test]
fn a_shallow_clone_says_that_it_is_one() {
    let made = three();
    let clone = made.beside("clone");
    made.git(&["clone", "--quiet", "--depth", "2", &url(&made), clone.to_str().unwrap()]);
    let history = History::open(&clone).unwrap();
    assert_eq!(history.extent(), Extent::Shallow);
    assert_eq!(
        history.extent().to_string(),
        "the history is incomplete: the clone leaves older commits out"
    );
    let found = versions(&history, FILE).unwrap().remove(0);
    assert!(found.introduced.is_boundary, "it may be older");
    assert!(history.first_seen(&paths(&[FILE])).unwrap()[FILE].since.is_boundary);
    assert!(!history.is_ancestor(id(&made.git(&["rev-parse", "HEAD~2"]))).unwrap());

    made.git_in(&clone, &["fetch", "--quiet", "--unshallow"]);
    let history = History::open(&clone).unwrap();
    assert_eq!((history.extent(), count(&history)), (Extent::Whole, 2));
    assert!(versions(&history, FILE).unwrap().iter().all(|it| !it.introduced.is_boundary));
}

#[test]
fn commits_that_are_replaced_are_read_as_they_were_made() {
    let graft = |made: &Made| {
        made.git(&["replace", "--graft", "HEAD"]); // as if it were the first
        assert_eq!(made.git(&["rev-list", "--count", "HEAD"]), "1");
    };
    let ways: [&dyn Fn(&Made); 3] = [
        &graft,
        &|made| {
            graft(made);
            made.git(&["pack-refs", "--all", "--prune"]);
            let _ = fs::remove_dir(made.dot_git("refs/replace"));
        },
        &|made| {
            let head = made.git(&["rev-parse", "HEAD"]);
            fs::write(made.dot_git("info/grafts"), format!("# text\n{head}\n")).unwrap();
            assert_eq!(made.git(&["rev-list", "--count", "HEAD"]), "1");
        },
    ];
    for way in ways {
        let made = three();
        assert_eq!(made.open().unwrap().extent(), Extent::Whole);
        way(&made);
        let history = made.open().unwrap();
        assert_eq!((history.extent(), count(&history)), (Extent::Grafted, 2));
    }
}

#[test]
fn a_partial_clone_says_what_it_lacks() {
    let made = three();
    made.git(&["config", "uploadpack.allowFilter", "true"]);
    let clone = made.beside("clone");
    let arguments = ["clone", "--quiet", "--filter=blob:none", "--no-checkout", &url(&made)];
    made.git(&[&arguments[..], &[clone.to_str().unwrap()]].concat());
    let history = History::open(&clone).unwrap();
    assert_eq!((history.extent(), count(&history)), (Extent::Partial, 2));
    let failure = history.file_at(history.head().unwrap(), FILE).unwrap_err();
    let blob = made.git(&["rev-parse", "HEAD:a.md"]);
    assert_eq!(failure.to_string(), format!("the file {blob} is not in the repository"));
    assert!(failure.help().contains("--no-filter"));
}

#[test]
fn worktrees_are_read_and_have_a_head_of_their_own() {
    let made = three();
    let work = made.beside("work");
    made.git(&["worktree", "add", "--quiet", "-b", "side", work.to_str().unwrap(), "HEAD~1"]);
    let side = made.git(&["rev-parse", "side"]);
    let history = History::open(&work).unwrap();
    assert_eq!((history.head(), count(&history)), (Some(id(&side)), 2));
    assert_eq!(history.extent(), Extent::Whole);

    // With paths that are relative, as git can write them since 2.48.
    fs::write(work.join(".git"), "gitdir: ../main/.git/worktrees/work\n").unwrap();
    fs::write(made.dot_git("worktrees/work/gitdir"), "../../../../work/.git\n").unwrap();
    assert_eq!(History::open(&work).unwrap().head(), Some(id(&side)));

    // A worktree that moved without telling its repository is not known there any more.
    let moved = made.beside("moved");
    fs::rename(&work, &moved).unwrap();
    fs::write(
        moved.join(".git"),
        format!("gitdir: {}\n", made.dot_git("worktrees/work").display()),
    )
    .unwrap();
    let failure = History::open(&moved).unwrap_err().to_string();
    assert_eq!(
        failure,
        format!("`{}` leads to a repository elsewhere", moved.join(".git").display())
    );
}

#[test]
fn a_worktree_of_a_bare_repository_is_read_and_a_folder_in_one_is_not() {
    let made = three();
    let bare = made.beside("bare.git");
    made.git(&["clone", "--quiet", "--bare", &url(&made), bare.to_str().unwrap()]);
    let work = made.beside("work");
    made.git_in(&bare, &["worktree", "add", "--quiet", work.to_str().unwrap(), "main"]);
    assert_eq!(count(&History::open(&work).unwrap()), 2);

    let inside = bare.join("docs");
    fs::create_dir(&inside).unwrap();
    assert_eq!(History::open(&inside).unwrap().extent(), Extent::NoRepository);

    // Beside its worktrees, as some people keep it.
    let project = made.beside("project");
    fs::create_dir(&project).unwrap();
    fs::rename(&bare, project.join(".bare")).unwrap();
    fs::write(project.join(".git"), "gitdir: ./.bare\n").unwrap();
    assert_eq!(count(&History::open(&project).unwrap()), 2);
}

#[test]
fn heads_of_every_kind() {
    let change = |change: &dyn Fn(&Made)| {
        let made = three();
        change(&made);
        let history = made.open().unwrap();
        let head = made.git(&["rev-parse", "HEAD"]);
        assert_eq!(history.head(), Some(id(&head)));
        count(&history)
    };
    assert_eq!(change(&|made| drop(made.git(&["switch", "--quiet", "--detach", "HEAD~2"]))), 1);
    assert_eq!(change(&|made| drop(made.git(&["pack-refs", "--all", "--prune"]))), 2);
    assert_eq!(change(&|made| drop(made.git(&["gc", "--quiet", "--aggressive"]))), 2);
    assert_eq!(change(&|made| drop(made.git(&["switch", "--quiet", "-c", "a/b/c"]))), 2);
    assert_eq!(
        change(&|made| drop(made.git(&["tag", "-m", "x", "v1/2/../3".trim_end_matches("/../3")]))),
        2
    );
    let symbolic =
        |made: &Made| drop(made.git(&["symbolic-ref", "refs/heads/alias", "refs/heads/main"]));
    assert_eq!(
        change(&|made| {
            symbolic(made);
            made.git(&["symbolic-ref", "HEAD", "refs/heads/alias"]);
        }),
        2
    );
    let midx = ["-c", "core.multiPackIndex=true", "repack", "-a", "-d", "--quiet", "--write-midx"];
    assert_eq!(change(&|made| drop(made.git(&midx))), 2);
    let graph = ["commit-graph", "write", "--reachable", "--changed-paths"];
    assert_eq!(change(&|made| drop(made.git(&graph))), 2);

    // A branch that is not born, in a repository with others.
    let made = three();
    made.git(&["switch", "--quiet", "--orphan", "fresh"]);
    assert_eq!(made.open().unwrap().extent(), Extent::NoCommit);
}

#[test]
fn a_commit_that_is_signed_by_ssh_gives_what_was_signed() {
    let made = Made::new();
    let unsigned = made.save(FILE, "a", "one");
    let key = made.beside("key");
    let keygen = |arguments: &[&str], input: &Path| {
        let mut command = Command::new("ssh-keygen");
        command.args(arguments).stdin(fs::File::open(input).unwrap());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let file = key.to_str().unwrap();
    keygen(&["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", file], Path::new("/dev/null"));
    made.git(&["config", "gpg.format", "ssh"]);
    made.git(&["config", "user.signingKey", file]);
    made.git(&["commit", "--quiet", "--allow-empty", "-S", "-m", "two\n\nText.\n\ngpgsig no"]);
    let signed = made.git(&["rev-parse", "HEAD"]);

    let history = made.open().unwrap();
    assert_eq!(history.signature_of(id(&unsigned)).unwrap(), None);
    let signature = history.signature_of(id(&signed)).unwrap().unwrap();
    let armour = made.beside("signature");
    fs::write(&armour, &signature.armour).unwrap();
    fs::write(made.beside("signed"), &signature.signed).unwrap();
    let check = ["-Y", "check-novalidate", "-n", "git", "-s", armour.to_str().unwrap()];
    keygen(&check, &made.beside("signed"));
}
