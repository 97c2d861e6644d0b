//! The binary as people call it: which folder it reads, what it prints, where it writes.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

/// Where the runs of the tests remember, instead of where the developer's do.
static CACHES: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

/// Makes a folder of files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Runs the program in a folder and returns its exit code, standard output and standard error.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    run_with_caches(folder, &CACHES.path().join("run"), arguments)
}

/// Runs the program with a folder for caches.
fn run_with_caches(folder: &Path, caches: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_avouch"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("XDG_CACHE_HOME", caches)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const SETTINGS: (&str, &str) = (
    "content/workspace.yaml",
    "workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11\norganisation: { name: Acme }\nframeworks: []\n",
);
const PEOPLE: (&str, &str) =
    ("content/people.yaml", "people:\n  - { id: mara, name: Mara Ellison }\n");
const POLICY: (&str, &str) = (
    "content/policies/access.md",
    "---\nid: POL-AC\ntitle: Access\nversion: \"1.0\"\nowner: nobody\nclassification: internal\n---\n\nText.\n",
);

#[test]
fn a_workspace_is_found_from_any_folder_in_it() {
    let root = folder(&[SETTINGS, PEOPLE, POLICY]);
    let policies = root.path().join("content/policies");
    for (from, shown) in [
        (root.path(), "content/policies/access.md:5:8"),
        (&root.path().join("content"), "policies/access.md:5:8"),
        (&policies, "access.md:5:8"),
    ] {
        let (code, found, _) = run(from, &["check", "--format", "short"]);
        assert_eq!(
            found,
            format!("{shown}: error[unknown-owner]: there is no person or role `nobody`\n")
        );
        assert_eq!(code, 1);
    }
    let (_, found, _) = run(&policies, &["check", "--format", "github"]);
    assert!(found.contains("file=content/policies/access.md,"), "{found}");

    fs::write(root.path().join(POLICY.0), POLICY.1.replace("nobody", "mara")).unwrap();
    let (code, _, said) = run(&policies, &["build", "--no-pdf"]);
    assert_eq!((code, policies.join("site").exists()), (0, false), "{said}");
    assert!(root.path().join("site/handbook/index.html").exists(), "{said}");
}

#[test]
fn a_named_folder_is_read_as_a_whole_workspace_or_literally() {
    let root = folder(&[SETTINGS, PEOPLE, POLICY, ("docs/a.md", "# A\n")]);
    let named = ["check", "--root", "content/policies", "--format", "short"];
    let (code, found, said) = run(root.path(), &named);
    assert_eq!(
        (code, found.as_str()),
        (
            1,
            "content/policies/access.md:5:8: error[unknown-owner]: there is no person or role `nobody`\n"
        )
    );
    let note = "note: `content/policies` is part of the workspace `.`, which is read as a whole\n";
    assert!(said.starts_with(note), "{said}");
    let (code, _, said) = run(root.path(), &["check", "--root", "docs"]);
    let note = "note: `docs` is read as a folder of its own; the workspace `.` around it is not\n";
    assert!(code == 0 && said.starts_with(note), "{said}");
    let (code, _, said) = run(root.path(), &["check", "--root", "content/policies/access.md"]);
    assert_eq!(code, 2);
    assert!(said.starts_with("error: `content/policies/access.md` is a file"), "{said}");
}

#[test]
fn a_folder_around_a_workspace_is_not_read_in_its_place() {
    let root = folder(&[("notes.md", "# Notes\n")]);
    for (path, text) in [SETTINGS, PEOPLE, POLICY] {
        let path = root.path().join("deep/policies").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let deep = root.path().join("deep");
    for (from, arguments, folder, workspace) in [
        (root.path(), &["check"][..], ".", "deep/policies"),
        (root.path(), &["build", "--no-pdf"], ".", "deep/policies"),
        (root.path(), &["serve", "--port", "0"], ".", "deep/policies"),
        (root.path(), &["check", "--root", "deep"], "deep", "deep/policies"),
        (&deep, &["check"], ".", "policies"),
    ] {
        let (code, _, said) = run(from, arguments);
        assert_eq!(
            (code, said),
            (
                2,
                format!(
                    "error: `{folder}` is no workspace, and the workspace `{workspace}` lies below it\n\
                     \x20 help: use `--root {workspace}`\n"
                )
            )
        );
    }
    assert!(!root.path().join("site").exists());
}

#[test]
fn a_folder_of_pictures_is_no_handbook() {
    let root = folder(&[("logo.png", "x"), ("data.csv", "x")]);
    let (code, _, said) = run(root.path(), &["build", "--no-pdf"]);
    assert_eq!(code, 2);
    assert!(said.starts_with("error: there is no Markdown in `.`\n"), "{said}");
    assert!(!root.path().join("site").exists());
}

#[test]
fn nothing_of_a_plain_folder_is_lost() {
    let root = folder(&[
        ("a.md", "See [licence](LICENSE), [site](site/own.md) and [none](NOTICE).\n"),
        ("site/own.md", "# Own\n"),
        ("break.md", "---\n\nFirst words.\n\n---\n\nMore.\n"),
        ("list.md", "---\n- one\n---\n\nMore.\n"),
        ("hugo.md", "+++\ntitle = \"From Hugo\"\n[extra]\nx = 1\n+++\n\nText.\n"),
        ("bad.md", "---\ntitle: Access: rules\nowner: it\n---\n\nText.\n"),
        ("LICENSE", "MIT"),
    ]);
    fs::write(root.path().join("latin.md"), b"# Caf\xe9\n\nText.\n").unwrap();
    let (code, found, _) = run(root.path(), &["check", "--format", "short"]);
    assert_eq!(
        (code, found.as_str()),
        (
            0,
            "\
a.md:1:5: note[unusable-image]: `LICENSE` is a file, and files of its kind are not handed out
a.md:1:49: warning[broken-reference]: there is no document `NOTICE`
bad.md:2:14: warning[invalid-yaml]: a colon with a space after it cannot stand here
hugo.md:1:1: warning[missing-front-matter]: this is TOML, of which only simple keys are read
latin.md:1:6: warning[invalid-text]: the byte 0xe9 in line 1 is not UTF-8; the file is read as Latin-1
"
        )
    );

    let (code, _, said) = run(root.path(), &["build", "--no-pdf"]);
    assert_eq!(code, 2);
    assert!(said.contains("site` was not made by avouch"), "{said}");
    let (code, _, said) = run(root.path(), &["build", "--no-pdf", "--out", "out"]);
    assert_eq!(code, 0, "{said}");
    let page =
        |name: &str| fs::read_to_string(root.path().join("out/handbook").join(name)).unwrap();
    assert!(page("break.html").contains("First words."));
    assert!(page("list.html").contains("one"));
    assert!(page("hugo.html").contains("From Hugo") && !page("hugo.html").contains("+++"));
    assert!(page("bad.html").contains("Access: rules"));
    assert!(page("latin.html").contains("Café"));
    assert!(page("site/own.html").contains("Own"));
}

#[test]
fn only_a_folder_of_its_own_is_written_to() {
    let root = folder(&[("docs/a.md", "# A\n"), ("full/x.txt", "x"), ("file", "x")]);
    for (out, message) in [
        ("docs/out", "stands inside"),
        (".", "was not made by avouch"),
        ("full", "was not made by avouch"),
        ("/", "was not made by avouch"),
        ("file", "is a file, not a folder"),
    ] {
        let (code, _, said) = run(root.path(), &["build", "--no-pdf", "--out", out]);
        assert!(code == 2 && said.contains(message), "{out}: {said}");
    }
    assert!(!root.path().join("docs/out").exists());
}

#[test]
fn a_baseline_lets_a_build_pass_and_tells_when_it_is_stale() {
    let root = folder(&[SETTINGS, PEOPLE, POLICY]);
    let (code, _, said) = run(root.path(), &["build", "--no-pdf"]);
    assert_eq!(code, 1, "{said}");
    run(root.path(), &["check", "--write-baseline", "known.json"]);
    let (code, _, said) = run(root.path(), &["build", "--no-pdf", "--baseline", "known.json"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("0 errors, 0 warnings, 1 accepted in known.json"), "{said}");

    fs::write(root.path().join(POLICY.0), POLICY.1.replace("nobody", "mara")).unwrap();
    for command in ["check", "build"] {
        let mut arguments = vec![command, "--baseline", "known.json"];
        arguments.extend((command == "build").then_some("--no-pdf"));
        let (code, _, said) = run(root.path(), &arguments);
        assert!(code == 0 && said.contains("of known.json, 1 entry accepts nothing"), "{said}");
    }
}

#[test]
fn what_was_not_read_is_accepted_by_no_baseline_and_no_setting() {
    let broken = POLICY.1.replace("title: Access", "title: A: b");
    let settings = format!("{}rules: {{ invalid-yaml: off }}\n", SETTINGS.1);
    let root = folder(&[(SETTINGS.0, &settings), PEOPLE, (POLICY.0, &broken)]);
    let (_, found, _) = run(root.path(), &["check", "--format", "short"]);
    assert_eq!(
        found,
        "content/policies/access.md:3:9: error[invalid-yaml]: a colon with a space after it cannot stand here\n\
         content/workspace.yaml:4:10: error[invalid-value]: the level of `invalid-yaml` cannot be lowered\n"
    );
    let (_, said, _) = run(root.path(), &["explain", "error[invalid-yaml]"]);
    assert!(said.contains("neither settings nor a baseline"), "{said}");
}

#[test]
fn wrong_arguments_say_what_is_right() {
    let root = folder(&[("a.md", "# A\n")]);
    let (code, _, said) = run(root.path(), &["check", "--fields", "ownr=maintainer"]);
    assert!(code == 2 && said.contains("did you mean `owner`?"), "{said}");
    fs::create_dir(root.path().join("policies")).unwrap();
    fs::write(root.path().join("policies/a.md"), "# A\n").unwrap();
    let (code, _, said) = run(root.path(), &["new", "policies"]);
    assert!(code == 2 && said.contains("such as `handbook`"), "{said}");
    let (_, script, _) = run(root.path(), &["completions", "bash"]);
    assert!(script.contains("review-overdue"));
}

#[test]
fn a_second_run_takes_over_and_says_the_same() {
    let root = folder(&[SETTINGS, PEOPLE, POLICY]);
    let caches = tempfile::tempdir().unwrap();
    let check = |flags: &[&str]| {
        run_with_caches(
            root.path(),
            caches.path(),
            &[&["check", "--format", "short"], flags].concat(),
        )
    };
    let remembered = || {
        let arguments = ["build", "--no-pdf", "--baseline", "known.json", "--timings=json"];
        let (code, json, talk) = run_with_caches(root.path(), caches.path(), &arguments);
        assert_eq!(code, 0, "{talk}");
        let timings: serde_json::Value = serde_json::from_str(&json).unwrap();
        let stages = timings["stages"].as_array().unwrap();
        assert!(stages.iter().any(|stage| stage["stage"] == "parse"), "{json}");
        timings["remembered"].as_u64().unwrap()
    };
    let (_, cold, _) = check(&["--no-cache"]);
    assert!(!caches.path().join("avouch").exists());
    assert_eq!(check(&["--write-baseline", "known.json"]).0, 0);
    assert_eq!(remembered(), 1);
    assert_eq!(check(&[]).1, cold);

    let (code, _, talk) = run_with_caches(root.path(), caches.path(), &["clean"]);
    assert!(code == 0 && talk.starts_with("Removed "), "{talk}");
    assert_eq!(remembered(), 0);
    assert_eq!(remembered(), 1);
}
