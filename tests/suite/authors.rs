//! Who wrote what is approved: the people behind the commits since the text that was approved last,
//! with git and `ssh-keygen` as people have them.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const SETTINGS: &str = "\
workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11
organisation: { name: Acme }
frameworks: []
";
const POLICY: &str = "\
---
id: POL-AC
title: Access
version: \"1.0\"
owner: ciso
authors: [ruth]
classification: internal
effective_date: 2026-01-01
---

The first text.
";
const FILE: &str = "content/policies/access.md";
const MARA: &str = "Mara Ellison <mara@acme.example>";
const TOM: &str = "T. A. <TOM@acme.example>";

/// A repository of a workspace.
struct Repository(TempDir);

impl Repository {
    /// Makes one in which nothing is committed. Mara has a key, and authors may not approve.
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key"]);
        let key = fs::read_to_string(repository.root().join("key.pub")).unwrap();
        let people = format!(
            "people:\n  - {{ id: mara, name: Mara Ellison, email: mara@acme.example }}\n  \
             - {{ id: tom, name: Tom Adeyemi, email: tom@acme.example }}\n  \
             - {{ id: sam, name: Sam Ortiz }}\n  - {{ id: ruth, name: Ruth Weiss }}\n\
             roles:\n  - {{ id: ciso, title: Head of Security, holders: [{{ person: mara }}] }}\n\
             keys:\n  - {{ id: one, person: mara, key: {} }}\napproval_rules:\n  \
             - {{ for: all, all_of: [ciso], late_approval: true }}\n  \
             - {{ for: ring }}\n",
            key.trim()
        );
        for (path, text) in [
            ("content/workspace.yaml", SETTINGS),
            ("content/people.yaml", &people),
            (FILE, POLICY),
            (".gitignore", "key*\ncaches\n"),
        ] {
            repository.write(path, text);
        }
        repository.run("git", &["init", "-q", "-b", "main"]);
        repository
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn edit(&self, from: &str, to: &str) {
        let text = fs::read_to_string(self.root().join(FILE)).unwrap();
        assert!(text.contains(from), "{text}");
        self.write(FILE, &text.replace(from, to));
    }

    /// Runs a program that must end well.
    fn run(&self, program: &str, arguments: &[&str]) -> (String, String) {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.root()).env("NO_COLOR", "1");
        command.env("XDG_CACHE_HOME", self.root().join("caches")).env_remove("SSH_AUTH_SOCK");
        command.env("GIT_COMMITTER_NAME", "C").env("GIT_COMMITTER_EMAIL", "c@acme.example");
        command.env("GIT_CONFIG_GLOBAL", "/dev/null");
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (told, said) = (text(output.stdout), text(output.stderr));
        assert!(output.status.success(), "{program} {arguments:?}\n{told}\n{said}");
        (told, said)
    }

    fn commit(&self, author: &str, message: &str) {
        self.run("git", &["add", "-A"]);
        self.run("git", &["commit", "-q", "--author", author, "-m", message]);
    }

    /// Returns the line of authors that would be signed, and what is said besides.
    fn authors(&self) -> (String, Vec<String>) {
        let arguments = ["approve", "POL-AC", "--as", "mara", "--dry-run"];
        let (told, said) = self.run(env!("CARGO_BIN_EXE_avouch"), &arguments);
        let line = told.lines().find_map(|line| line.strip_prefix("  authors: "));
        let notes = said.lines().filter(|it| it.starts_with("note") || it.starts_with("warning"));
        (line.unwrap().to_owned(), notes.map(str::to_owned).collect())
    }

    /// Returns the digest of the text.
    fn digest(&self) -> String {
        let avouch = env!("CARGO_BIN_EXE_avouch");
        let (told, _) = self.run(avouch, &["approve", "POL-AC", "--as", "mara", "--dry-run"]);
        told.lines().find_map(|line| line.strip_prefix("  digest: ")).unwrap().to_owned()
    }

    /// Signs it.
    fn approve(&self) -> String {
        let (avouch, digest) = (env!("CARGO_BIN_EXE_avouch"), self.digest());
        let sign = ["--key", "key", "--yes", "--expect-digest", &digest];
        self.run(avouch, &[&["approve", "POL-AC", "--as", "mara"], &sign[..]].concat()).1
    }

    /// Fails to sign it, and returns what is said.
    fn refused(&self, more: &[&str]) -> String {
        let mut avouch = Command::new(env!("CARGO_BIN_EXE_avouch"));
        avouch.args(["approve", "POL-AC", "--as", "mara"]).args(more).current_dir(self.root());
        let output =
            avouch.env("NO_COLOR", "1").stdin(std::process::Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    }
}

#[test]
fn authors_are_those_of_the_commits_since_the_text_approved_last() {
    let repository = Repository::new();
    let sign = ["people", "sign", "--as", "mara", "--key", "key", "--yes"];
    repository.run(env!("CARGO_BIN_EXE_avouch"), &sign);
    let uncommitted = "`POL-AC` has changes that are not committed, so nobody knows who made them";
    // There is no commit yet, and then one, by somebody whose address is known.
    assert_eq!(repository.authors(), ("ruth".to_owned(), Vec::new()));
    repository.commit(TOM, "A policy");
    let besides = "note: commits name as authors of `POL-AC` besides: tom".to_owned();
    assert_eq!(repository.authors(), ("ruth, tom".to_owned(), vec![besides]));
    let said = repository.approve();
    assert!(said.contains("POL-AC"), "{said}");

    // To commit the approval is not to write the text.
    repository.commit(MARA, "Approve");
    assert_eq!(repository.authors().0, "ruth, tom");
    repository.edit("The first text.", "The second text.");
    assert!(repository.refused(&["--dry-run"]).contains(uncommitted));
    repository.commit(
        "Sam Ortiz <sam@home.example>",
        "More\n\nCo-authored-by: Eve \u{1b}[2K <eve@elsewhere.example>",
    );
    let (authors, notes) = repository.authors();
    assert_eq!(authors, "ruth, sam");
    assert_eq!(
        notes,
        [
            "note: commits name as authors of `POL-AC` besides: sam",
            "warning: commits of `POL-AC` name authors whom `content/people.yaml` does not have: \
             Eve \\u{1b}[2K <eve@elsewhere.example>",
        ]
    );

    // Who approves their own text is told so before, and nothing is written.
    repository.edit("second", "third");
    repository.commit(MARA, "My own words");
    let warning = "warning: `mara` is an author of `POL-AC`, and the rule of approval keeps authors \
                   and approvers apart: this approval will not count (`approver-is-author`)";
    let (authors, notes) = repository.authors();
    assert_eq!(authors, "mara, ruth, sam");
    assert_eq!(notes.last().unwrap(), warning);
    let digest = repository.digest();
    let said = repository.refused(&["--key", "key", "--yes", "--expect-digest", &digest]);
    assert!(said.contains(warning), "{said}");
    assert!(
        said.contains("this would not count: of `POL-AC`, the person wrote the text"),
        "{said}"
    );
}
