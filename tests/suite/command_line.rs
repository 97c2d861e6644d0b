//! The binary as people call it: which folder it reads, what it prints, where it writes.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

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
    let output = Command::new(env!("CARGO_BIN_EXE_avouch"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
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
fn a_named_folder_is_taken_literally() {
    let root = folder(&[SETTINGS, PEOPLE, POLICY]);
    let (code, found, said) =
        run(root.path(), &["check", "--root", "content/policies", "--format", "short"]);
    assert_eq!((code, found.as_str()), (0, ""));
    assert!(
        said.starts_with(
            "note: `content/policies` is read as a folder of its own; it is part of the\n"
        ),
        "{said}"
    );
    let (code, _, said) = run(root.path(), &["check", "--root", "content/policies/access.md"]);
    assert_eq!(code, 2);
    assert!(said.starts_with("error: `content/policies/access.md` is a file"), "{said}");
}
