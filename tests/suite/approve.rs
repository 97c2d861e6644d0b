//! Approving from end to end: with the program, a key of `ssh-keygen` and a git repository, as people
//! do it. The day is told by a workspace of a demonstration, so that the runs are the same any day.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

mod interrupted;
mod published;
mod refused;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const SETTINGS: &str = "workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11\n\
    organisation: { name: Acme, url: \"https://acme.example\" }\ndemo: true\ntoday: 2026-03-02\n\
    publish: { trust_center: true, requires: signed, lapsed: keep }\n\
    contacts: { security: security@acme.example }\n\
    facts: { idle: { value: 15 minutes, disclosure: public } }\n";

const POLICY: &str = "---
# The head of security answers for it.
id: POL-AC
title:   Access   # as the board calls it
version: '1.0'
owner: ciso
classification: public
disclosure: public
effective_date: 2026-03-02
tags: [people, engineering]
---

Sessions end after {{ facts.idle }} without use, and keys live for ninety days.

![How access is asked for](../assets/flow.svg)
";

const PICTURE: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>NAME</text></svg>\n";

/// A workspace in git, with a key beside it.
struct Workspace {
    root: TempDir,
    keys: TempDir,
}

impl Workspace {
    /// Makes one in which Mara is enrolled and nothing is approved.
    fn enrolled() -> Self {
        let it = Self { root: TempDir::new().unwrap(), keys: TempDir::new().unwrap() };
        let mut keygen = Command::new("ssh-keygen");
        keygen.args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"]).arg(it.key());
        assert!(keygen.status().unwrap().success());
        it.write("content/workspace.yaml", SETTINGS);
        it.write("content/policies/access.md", POLICY);
        it.write("content/assets/flow.svg", PICTURE.replace("NAME", "first picture"));
        it.write(
            "content/people.yaml",
            "people:\n  - { id: mara, name: Mara Ellison, since: 2019-01-01 }\n\
             roles:\n  - { id: ciso, title: Head of Security, holders: [{ person: mara }] }\n",
        );
        let public = it.keys.path().join("key.pub");
        it.succeed(&["people", "key", "mara", public.to_str().unwrap(), "--from", "2026-01-01"]);
        it.succeed(&[
            "people",
            "sign",
            "--as",
            "mara",
            "--key",
            it.key().to_str().unwrap(),
            "--yes",
        ]);
        it.git(&["init", "-q", "-b", "main"]);
        it.commit("enrolled");
        it
    }

    /// Makes one in which the policy is approved.
    fn approved() -> Self {
        let it = Self::enrolled();
        it.approve();
        it.commit("approved");
        it
    }

    fn key(&self) -> PathBuf {
        self.keys.path().join("key")
    }

    fn root(&self) -> &Path {
        self.root.path()
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, text.replacen(from, to, 1));
    }

    fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.args(["-c", "user.name=Tom", "-c", "user.email=tom@acme.example"]).args(arguments);
        let dates = [
            ("GIT_AUTHOR_DATE", "2026-03-02T08:00:00Z"),
            ("GIT_COMMITTER_DATE", "2026-03-02T08:00:00Z"),
        ];
        let output = git.current_dir(self.root()).envs(dates).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", message]);
    }

    /// The program at noon of the day of the workspace.
    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avouch"));
        command
            .args(arguments)
            .current_dir(self.root())
            .env("NO_COLOR", "1")
            .env("SOURCE_DATE_EPOCH", "1772452800")
            .env("XDG_CACHE_HOME", self.keys.path().join("caches"))
            .env_remove("SSH_AUTH_SOCK")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let Output { status, stdout, stderr } = self.program(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (status.code().unwrap(), text(stdout) + &text(stderr))
    }

    fn succeed(&self, arguments: &[&str]) -> String {
        let (code, told) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {told}");
        told
    }

    /// Returns the arguments of an approval of the policy as it stands, without questions.
    fn approval(&self) -> Vec<String> {
        let key = self.key();
        let begin = ["approve", "POL-AC", "--as", "mara", "--key", key.to_str().unwrap()];
        let shown = self.succeed(&[&begin[..], &["--dry-run"]].concat());
        let digest = shown.lines().find_map(|line| line.trim().strip_prefix("digest: ")).unwrap();
        let end = ["--yes", "--expect-digest", digest];
        begin.into_iter().chain(end).map(str::to_owned).collect()
    }

    fn approve(&self) -> String {
        let arguments = self.approval();
        self.succeed(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Returns all files but those of git, by path.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        below(&self.root().join("content"))
    }
}

/// Returns all files below a folder.
fn below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn an_approval_is_one_line_in_the_file_and_a_statement_that_openssh_verifies() {
    let it = Workspace::enrolled();
    let told = it.approve();
    assert!(told.contains("POL-AC: in force"), "{told}");
    let text = it.read("content/policies/access.md");
    let added: Vec<&str> =
        text.lines().filter(|line| !POLICY.lines().any(|old| old == *line)).collect();
    assert_eq!(added.len(), 2, "{text}");
    assert_eq!(added[0], "approvals:");
    assert!(added[1].starts_with("  - { by: mara, role: ciso, on: 2026-03-02, digest: "), "{text}");
    let rest: Vec<&str> = text.lines().filter(|line| !added.contains(line)).collect();
    assert_eq!(rest, POLICY.lines().collect::<Vec<_>>(), "nothing else was touched");

    let records = below(&it.root().join("content/records/statements"));
    let statement =
        records.keys().find(|it| it.ends_with(".txt") && it.contains("approval")).unwrap();
    let public = fs::read_to_string(it.keys.path().join("key.pub")).unwrap();
    let signers = it.keys.path().join("signers");
    fs::write(&signers, format!("mara {public}")).unwrap();
    let path = it.root().join("content/records/statements").join(statement);
    let verified = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-I", "mara", "-n", "approval@avouch", "-f"])
        .arg(&signers)
        .arg("-s")
        .arg(format!("{}.sig", path.display()))
        .stdin(fs::File::open(&path).unwrap())
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    assert_eq!(it.run(&["verify"]).0, 0);
}

#[test]
fn lines_of_earlier_versions_move_to_the_records() {
    let it = Workspace::approved();
    it.edit("content/policies/access.md", "'1.0'", "'1.1'");
    it.edit("content/policies/access.md", "ninety", "sixty");
    it.commit("edited");
    it.approve();
    let text = it.read("content/policies/access.md");
    assert_eq!(text.matches("by: mara").count(), 1, "{text}");
    let earlier = it.read("content/records/POL-AC.yaml");
    assert_eq!(earlier.matches("by: mara").count(), 1, "{earlier}");
    it.commit("approved again");
    assert_eq!(it.run(&["verify"]).0, 0);
}
