//! Acknowledgements from end to end: somebody signs with a real key, `ssh-keygen` verifies the files,
//! and what another system recorded comes in beside it.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

const SETTINGS: &str = "\
workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11
organisation: { name: Acme }
frameworks: []
acknowledgements:
  - { for: [policy], audience: [employee], within: 14 days }
";
const POLICY: &str = "\
---
id: POL-AC
title: Access
version: \"1.0\"
owner: ciso
classification: internal
effective_date: 2020-02-01
approvals:
  - { by: mara, role: ciso, on: 2020-01-20 }
---

Text.
";

/// Runs a program in a folder and returns its exit code, standard output and standard error.
fn run(program: &str, folder: &Path, arguments: &[&str], input: &[u8]) -> (i32, String, String) {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("XDG_CACHE_HOME", folder.join("caches"))
        .env_remove("SSH_AUTH_SOCK")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn avouch(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    run(env!("CARGO_BIN_EXE_avouch"), folder, arguments, b"")
}

/// Makes a workspace in which Mara has a key and Nia has none.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (code, _, said) =
        run("ssh-keygen", root, &["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key"], b"");
    assert_eq!(code, 0, "{said}");
    let public = fs::read_to_string(root.join("key.pub")).unwrap();
    let people = format!(
        "people:\n  - {{ id: mara, name: Mara Ellison, since: 2019-01-01 }}\n  \
         - {{ id: nia, name: Nia Osei, email: nia@acme.example, since: 2019-01-01 }}\n\
         roles:\n  - {{ id: ciso, title: Head of Security, holders: [{{ person: mara }}] }}\n\
         keys:\n  - {{ person: mara, key: \"{}\" }}\n",
        public.trim()
    );
    for (path, text) in
        [("workspace.yaml", SETTINGS), ("people.yaml", &people), ("policies/access.md", POLICY)]
    {
        let path = root.join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn outstanding(root: &Path) -> Vec<String> {
    let (_, found, _) = avouch(root, &["check", "--format", "short"]);
    let lines = found.lines().filter(|line| line.contains("acknowledgement-outstanding"));
    lines.map(|line| line.rsplit_once(": ").unwrap().1.to_owned()).collect()
}

#[test]
fn who_signs_and_who_is_imported_owes_nothing_more() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(outstanding(root), ["Mara Ellison, Nia Osei"]);
    let (code, listed, _) = avouch(root, &["acknowledge", "--as", "mara"]);
    assert_eq!((code, listed.as_str()), (0, "POL-AC Access, by 2020-02-15, overdue\n"));

    let statements = root.join("content/records/statements");
    let arguments = ["acknowledge", "POL-AC", "--as", "mara", "--key", "key"];
    let (code, shown, _) = avouch(root, &[&arguments[..], &["--dry-run"]].concat());
    assert!(shown.contains("\n  decision: accept\n  by: mara\n"), "{shown}");
    assert_eq!((code, statements.exists()), (0, false));
    // Nobody is there to answer.
    assert_eq!(avouch(root, &arguments).0, 2);
    let (code, _, said) = avouch(root, &[&arguments[..], &["--yes"]].concat());
    assert_eq!(code, 0, "{said}");
    let (code, _, said) =
        avouch(root, &["acknowledge", "POL-AC", "--as", "nia", "--key", "key", "--yes"]);
    assert!(code == 2 && said.contains("is none of `nia`"), "{said}");

    let mut names: Vec<String> = fs::read_dir(&statements)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2);
    assert!(names[0].contains("-mara-acknowledgement-"), "{names:?}");
    let text = fs::read(statements.join(&names[0])).unwrap();
    let public = fs::read_to_string(root.join("key.pub")).unwrap();
    fs::write(root.join("signers"), format!("mara {public}")).unwrap();
    let signature = statements.join(&names[1]);
    let verify =
        ["-Y", "verify", "-f", "signers", "-I", "mara", "-n", "acknowledgement@avouch", "-s"];
    let verify = [&verify[..], &[signature.to_str().unwrap()]].concat();
    let (code, _, said) = run("ssh-keygen", root, &verify, &text);
    assert_eq!(code, 0, "{said}");
    assert_eq!(outstanding(root), ["Nia Osei"]);
    let (_, listed, said) = avouch(root, &["acknowledge", "--as", "mara"]);
    assert_eq!((listed.as_str(), said.trim()), ("", "`mara` is asked for nothing."));

    let export = "Mail;Kurs;Datum\r\nnia@acme.example;Access;03.02.2020\r\nzed@acme.example;Access;03.02.2020\r\n";
    fs::write(root.join("export.csv"), export).unwrap();
    let import = [
        "record",
        "import",
        "export.csv",
        "--source",
        "Learning portal",
        "--as",
        "mara",
        "--map",
        "person=Mail,document=Kurs,on=Datum",
        "--dates",
        "day-first",
    ];
    let file = root.join("content/records/acknowledgements/learning-portal.yaml");
    let (code, refused, said) = avouch(root, &[&import[..], &["--dry-run"]].concat());
    assert_eq!((code, refused.as_str()), (1, "line 3: there is no person `zed@acme.example`\n"));
    assert!(said.contains("1 row would be taken, 0 known before, 1 refused."), "{said}");
    assert!(!file.exists());
    let (code, _, said) = avouch(root, &import);
    assert!(code == 1 && said.contains("1 row was taken, 0 known before, 1 refused."), "{said}");
    assert_eq!(outstanding(root), [""; 0]);
    let before = fs::read(&file).unwrap();
    // The second time, what is remembered is enough, and nothing changes.
    let (code, _, said) = avouch(root, &import[..7]);
    assert!(code == 1 && said.contains("0 rows were taken, 1 known before, 1 refused."), "{said}");
    assert_eq!(fs::read(&file).unwrap(), before);
    let (code, _, _) = avouch(root, &["check"]);
    assert_eq!(code, 0);
}
