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

#[test]
fn what_would_not_count_is_not_written() {
    let it = Workspace::enrolled();
    it.edit(
        "content/policies/access.md",
        "effective_date: 2026-03-02",
        "effective_date: 2026-03-01",
    );
    let sign = |it: &Workspace, expected: &str| {
        let before = it.files();
        let arguments = it.approval();
        let (code, told) = it.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(code, 2, "{told}");
        assert!(told.contains(expected), "{told}");
        assert!(it.files() == before, "{told}");
    };
    it.commit("late");
    sign(&it, "it was given after the text was to count");
    it.edit("content/policies/access.md", "2026-03-01", "2026-03-02");
    it.commit("on time");
    // A key that has expired, in a ring that says so.
    it.edit("content/people.yaml", "from: 2026-01-01", "from: 2026-01-01, until: 2026-02-01");
    let key = it.key();
    let (code, told) =
        it.run(&["people", "sign", "--as", "mara", "--key", key.to_str().unwrap(), "--yes"]);
    assert_eq!(code, 0, "the ring before decides: {told}");
    it.commit("expired");
    sign(&it, "expired");
}

#[test]
fn nothing_is_approved_before_somebody_has_signed_who_belongs_here() {
    let it = Workspace::enrolled();
    std::fs::remove_dir_all(it.root().join("content/records")).unwrap();
    let told = refused(&it, &["--dry-run"]);
    assert!(told.contains("nobody has signed yet who belongs here"), "{told}");
}

#[test]
fn a_record_that_was_taken_away_is_missed() {
    let it = Workspace::approved();
    let key = it.key();
    let key = key.to_str().unwrap();
    let withdraw = ["approve", "POL-AC", "--as", "mara", "--key", key, "--decision", "withdraw"];
    let reason = ["--reason", "It says too little."];
    let shown = it.succeed(&[&withdraw[..], &reason, &["--dry-run"]].concat());
    let digest = shown.lines().find_map(|line| line.trim().strip_prefix("digest: ")).unwrap();
    it.succeed(&[&withdraw[..], &reason, &["--yes", "--expect-digest", digest]].concat());
    it.commit("withdrawn");
    let (_, told) = it.run(&["check"]);
    assert!(!told.contains("approval-rolled-back"), "{told}");
    let folder = it.root().join("content/records/statements");
    let names = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path());
    for path in names.collect::<Vec<_>>() {
        let text = fs::read_to_string(path.with_extension("")).unwrap_or_default()
            + &fs::read_to_string(&path).unwrap_or_default();
        if text.contains("decision: withdraw") {
            fs::remove_file(&path).unwrap();
        }
    }
    it.commit("as if nothing had been");
    let (code, told) = it.run(&["check"]);
    assert_eq!(code, 1, "{told}");
    assert!(told.contains("a record that `mara` signed was taken away: withdraw POL-AC"), "{told}");
    assert_eq!(it.run(&["verify"]).0, 1);
}
