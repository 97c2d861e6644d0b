//! What the versions of a file are, one history each.

use super::made::Made;
use super::{id, paths, shown, versions};
use crate::workspace::history::Identity;

const FILE: &str = "policies/access.md";

#[test]
fn a_line_of_commits() {
    let made = Made::new();
    made.save("README.md", "hello", "one");
    made.save(FILE, "a", "two");
    made.save("README.md", "hello again", "three");
    made.save(FILE, "b", "four");
    let history = made.open().unwrap();
    assert_eq!(
        shown(&made, &history, FILE),
        [format!("four {FILE} b ="), format!("two {FILE} a =")]
    );
    assert!(versions(&history, "policies").unwrap().is_empty());
    assert!(versions(&history, "policies/other.md").unwrap().is_empty());
}

#[test]
fn a_change_that_is_undone_is_a_version_again() {
    let made = Made::new();
    made.save(FILE, "a", "one");
    made.save(FILE, "b", "two");
    made.git(&["revert", "--no-edit", "HEAD"]);
    let history = made.open().unwrap();
    let revert = "Revert \"two\"";
    assert_eq!(
        shown(&made, &history, FILE),
        [
            format!("{revert} {FILE} a one"), // the main line had these bytes before
            format!("two {FILE} b ="),
            format!("one {FILE} a ="),
        ]
    );
    let standing = history.first_seen(&paths(&[FILE])).unwrap()[FILE];
    assert_eq!(standing.since.commit, id(&made.git(&["rev-parse", "HEAD"])));
}

#[test]
fn a_file_that_is_removed_and_comes_back() {
    let made = Made::new();
    let first = made.save(FILE, "a", "one");
    made.git(&["rm", "--quiet", FILE]);
    made.commit("two");
    assert!(made.open().unwrap().first_seen(&paths(&[FILE])).unwrap().is_empty());
    made.save(FILE, "a", "three");
    let history = made.open().unwrap();
    assert_eq!(
        shown(&made, &history, FILE),
        [format!("three {FILE} a one"), format!("one {FILE} a =")]
    );
    assert_eq!(history.file_at(id(&first), FILE).unwrap().unwrap(), b"a");
}

#[test]
fn a_merge_of_a_branch_that_changed_the_file() {
    let made = Made::new();
    made.save(FILE, "a", "one");
    made.git(&["switch", "--quiet", "-c", "side"]);
    made.save(FILE, "b", "side one");
    made.save(FILE, "c", "side two");
    made.git(&["switch", "--quiet", "main"]);
    made.save("README.md", "hello", "two");
    made.git(&["merge", "--quiet", "--no-ff", "-m", "merge", "side"]);
    let history = made.open().unwrap();
    assert_eq!(
        shown(&made, &history, FILE),
        [
            format!("side two {FILE} c merge"),
            format!("side one {FILE} b -"), // the main line never held it
            format!("one {FILE} a ="),
        ]
    );
    let standing = history.first_seen(&paths(&[FILE])).unwrap()[FILE];
    assert_eq!(standing.since.commit, id(&made.git(&["rev-parse", "HEAD"])));
}

#[test]
fn a_merge_that_changes_the_file_itself() {
    let made = Made::new();
    made.save(FILE, "a", "one");
    made.git(&["switch", "--quiet", "-c", "side"]);
    made.save(FILE, "b", "side");
    made.git(&["switch", "--quiet", "main"]);
    made.save("README.md", "hello", "two");
    made.git(&["merge", "--quiet", "--no-ff", "--no-commit", "side"]);
    made.save(FILE, "neither", "merge");
    let history = made.open().unwrap();
    assert_eq!(
        shown(&made, &history, FILE),
        [format!("merge {FILE} neither ="), format!("side {FILE} b -"), format!("one {FILE} a ="),]
    );
}

#[test]
fn a_file_that_is_renamed_is_followed_and_one_that_is_rewritten_is_not() {
    let made = Made::new();
    made.save("old/access.md", "a", "one");
    made.save("old/access.md", "b", "two");
    made.save("old/twin.md", "b", "three");
    made.git(&["mv", "old", "policies"]);
    made.commit("rename");
    let history = made.open().unwrap();
    assert_eq!(
        shown(&made, &history, FILE),
        ["two old/access.md b =".to_owned(), "one old/access.md a =".to_owned(),]
    );
    let twin = "policies/twin.md";
    assert_eq!(shown(&made, &history, twin), ["three old/twin.md b ="]);

    made.git(&["mv", FILE, "policies/entry.md"]);
    made.save("policies/entry.md", "quite another text", "rewrite");
    let history = made.open().unwrap();
    assert_eq!(
        shown(&made, &history, "policies/entry.md"),
        ["rewrite policies/entry.md quite another text ="]
    );
    // The old name keeps its past, and the name before that.
    assert_eq!(shown(&made, &history, FILE).len(), 2);
}

#[test]
fn a_copy_is_no_rename() {
    let made = Made::new();
    made.save("template.md", "a", "one");
    made.save(FILE, "a", "two");
    assert_eq!(shown(&made, &made.open().unwrap(), FILE), [format!("two {FILE} a =")]);
}

#[test]
fn a_rename_in_a_branch_that_is_merged() {
    let made = Made::new();
    made.save("old.md", "a", "one");
    made.git(&["switch", "--quiet", "-c", "side"]);
    made.git(&["mv", "old.md", "new.md"]);
    made.commit("rename");
    made.git(&["switch", "--quiet", "main"]);
    made.save("old.md", "b", "two");
    // Git brings the change to the new name; neither parent holds it there, but one holds it under
    // the old name.
    made.git(&["merge", "--quiet", "--no-ff", "-m", "merge", "side"]);
    assert_eq!(shown(&made, &made.open().unwrap(), "new.md"), ["two old.md b =", "one old.md a ="]);
}

#[test]
fn authors_dates_and_who_else_is_named() {
    let made = Made::new();
    made.save(FILE, "a", "one\n\nText.\n\nCo-authored-by: Eve <eve@example.com>");
    let found = versions(&made.open().unwrap(), FILE).unwrap().remove(0);
    let identity = |name: &str, email: &str| Identity { name: name.into(), email: email.into() };
    assert_eq!(found.author, identity("Ada", "ada@example.com"));
    assert_eq!(found.co_authors, [identity("Eve", "eve@example.com")]);
    let date = made.git(&["log", "-1", "--format=%ct"]);
    assert_eq!(found.introduced.at.unwrap().as_second().to_string(), date);
}

#[test]
fn a_workspace_in_a_folder_of_its_repository() {
    let made = Made::new();
    made.save("docs/a.md", "a", "one");
    made.save("b.md", "b", "two");
    made.write("docs/a.md", "a2");
    made.git(&["mv", "b.md", "docs/b.md"]);
    let last = made.commit("three");
    let history = super::History::open(&made.root().join("docs")).unwrap();
    assert_eq!(history.head(), Some(id(&last)));
    assert_eq!(shown(&made, &history, "a.md"), ["three a.md a2 =", "one a.md a ="]);
    assert_eq!(shown(&made, &history, "b.md"), ["two /b.md b ="]);
    assert_eq!(history.file_at(id(&last), "a.md").unwrap().unwrap(), b"a2");
    assert_eq!(history.file_at(id(&last), "docs/a.md").unwrap(), None);
    assert!(history.file_at(id(&last), "../b.md").is_err());
    let listing = history.tree_paths_at(id(&last), "").unwrap();
    assert_eq!(listing.files.keys().map(|it| &**it).collect::<Vec<_>>(), ["a.md", "b.md"]);

    // Its past under another folder is followed too.
    made.git(&["mv", "docs", "compliance"]);
    made.commit("four");
    let history = super::History::open(&made.root().join("compliance")).unwrap();
    assert_eq!(shown(&made, &history, "a.md"), ["three /docs/a.md a2 =", "one /docs/a.md a ="]);
}

#[test]
fn files_and_folders_of_a_commit() {
    let made = Made::new();
    for path in ["content/b.md", "content/a/x.md", "content/a-b.md", "other.md"] {
        made.write(path, path);
    }
    std::os::unix::fs::symlink("b.md", made.root().join("content/link.md")).unwrap();
    std::os::unix::fs::symlink("content", made.root().join("way")).unwrap();
    made.commit("one");
    let submodule = "160000,0123456789012345678901234567890123456789,content/module";
    made.git(&["update-index", "--add", "--cacheinfo", submodule]);
    made.git(&["commit", "--quiet", "-m", "two"]);
    let history = made.open().unwrap();
    let head = history.head().unwrap();

    let listing = history.tree_paths_at(head, "content").unwrap();
    let files: Vec<String> =
        listing.files.iter().map(|(path, blob)| format!("{blob} {path}")).collect();
    let expected = made.git(&[
        "ls-tree",
        "-r",
        "--format=%(objectmode) %(objectname) %(path)",
        "HEAD",
        "content",
    ]);
    let mut expected: Vec<&str> =
        expected.lines().filter_map(|line| line.strip_prefix("100644 ")).collect();
    expected.sort_by_key(|line| line.split_once(' ').unwrap().1);
    assert_eq!(files, expected);
    let left_out: Vec<String> =
        listing.left_out.iter().map(|(path, entry)| format!("{path}: {entry}")).collect();
    assert_eq!(
        left_out,
        ["content/link.md: a symbolic link", "content/module: another repository"]
    );

    let said = |path: &str| match history.file_at(head, path) {
        Ok(found) => {
            found.map_or_else(|| "nothing".to_owned(), |it| String::from_utf8(it).unwrap())
        }
        Err(failure) => failure.to_string().replace(&head.to_string(), "ID"),
    };
    for (path, expected) in [
        ("content/a/x.md", "content/a/x.md"),
        ("content/a", "nothing"),
        ("content/none.md", "nothing"),
        ("other.md/x.md", "nothing"),
        ("content/link.md", "`content/link.md` is a symbolic link in the commit ID"),
        ("way/b.md", "`way` is a symbolic link in the commit ID"),
        ("content/module/x", "`content/module` is another repository in the commit ID"),
        ("../main/other.md", "`../main/other.md` is no path of a file"),
        ("/etc/passwd", "`/etc/passwd` is no path of a file"),
        (".git/config", "`.git/config` is no path of a file"),
        ("content/.GIT/config", "`content/.GIT/config` is no path of a file"),
        ("content//b.md", "`content//b.md` is no path of a file"),
        ("", "`` is no path of a file"),
    ] {
        assert_eq!(said(path), expected);
    }
    assert!(versions(&history, "content/link.md").unwrap().is_empty(), "a link has no versions");
}
