//! What is not signed, and what is said then.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::Workspace;

/// Runs an approval with more arguments, and returns what is told. Nothing may change.
fn refused(it: &Workspace, more: &[&str]) -> String {
    let before = it.files();
    let key = it.key();
    let begin = ["approve", "POL-AC", "--as", "mara", "--key", key.to_str().unwrap()];
    let (code, told) = it.run(&[&begin[..], more].concat());
    assert_eq!(code, 2, "{told}");
    assert!(it.files() == before, "nothing is written: {told}");
    told
}

#[test]
fn nothing_is_signed_that_nobody_looked_at() {
    let it = Workspace::enrolled();
    let other = format!("sha256:{}", "0".repeat(64));
    for (more, expected) in [
        (&["--yes"][..], "`--yes` signs only what is named by its digest"),
        (&["--yes", "--expect-digest", &other], "no text has the digest sha256:0000"),
        (&["--yes", "--expect-digest", "sha256:12"], "`sha256:12` is no digest"),
        (&[], "nobody is here to confirm this"),
        (&["--editorial", "--dry-run"], "an editorial change says what changed"),
        (&["--decision", "reject", "--dry-run"], "`reject` needs a reason"),
        (&["--role", "board", "--dry-run"], "board"),
        (&["--on", "2026-03-03", "--dry-run"], "2026-03-03 has not come yet"),
    ] {
        let told = refused(&it, more);
        assert!(told.contains(expected), "{more:?}: {told}");
    }
}

#[test]
fn a_change_of_a_duty_is_not_editorial() {
    let it = Workspace::approved();
    it.edit("content/policies/access.md", "ninety days", "sixty days");
    let told = refused(&it, &["--editorial", "--public-summary", "Wording.", "--dry-run"]);
    assert!(told.contains("the change of `POL-AC` is not only editorial"), "{told}");
}

#[test]
fn what_a_title_does_to_a_terminal_is_shown_and_not_done() {
    let it = Workspace::enrolled();
    it.edit("content/policies/access.md", "title:   Access ", "title: \"Access \\e[2K\\e[1A\" ");
    let key = it.key();
    let (_, told) =
        it.run(&["approve", "POL-AC", "--as", "mara", "--key", key.to_str().unwrap(), "--dry-run"]);
    assert!(!told.contains('\u{1b}'), "{told:?}");
    let (_, told) = it.run(&["check"]);
    assert!(!told.contains('\u{1b}'), "{told:?}");
    let (_, told) = it.run(&["status"]);
    assert!(!told.contains('\u{1b}'), "{told:?}");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_nothing_is_half_written() {
    let it = Workspace::enrolled();
    let arguments = it.approval();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let folder = it.root().join("content/policies");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let may_write_anyway = fs::write(folder.join("probe"), "").is_ok();
    let before = it.files();
    let (code, told) = it.run(&arguments);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    // Whoever may do everything is not stopped by permissions.
    if !may_write_anyway {
        assert_eq!(code, 2, "{told}");
        assert!(told.contains("content/policies"), "{told}");
        assert!(it.files() == before, "{told}");
    }
}
