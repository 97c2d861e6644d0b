//! A small workspace with signatures, as files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use avouch::pipeline::{Checked, Inputs, judge};
use avouch::sign::Signer;
use avouch::signature::{Change, Decision, Digest, PublicKey, Ring, Statement, Subject};
use avouch::workspace::{Layout, read};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tempfile::TempDir;

/// The day for which everything is judged.
pub(super) const TODAY: &str = "2026-06-01";
const ID: &str = "5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11";
pub(super) const STATEMENTS: &str = "content/records/statements";

/// A workspace, and the folder of its keys.
pub(super) struct Workspace {
    root: TempDir,
    keys: TempDir,
}

impl Workspace {
    /// Makes a workspace of two policies in which nothing is signed. Keys are `old` and `new` of
    /// Mara, and `tom`.
    pub(super) fn unsigned() -> Self {
        let workspace = Self { root: TempDir::new().unwrap(), keys: TempDir::new().unwrap() };
        let settings = format!("workspace: {ID}\norganisation: {{ name: Acme }}\nframeworks: []\n");
        workspace.write("content/workspace.yaml", settings);
        for (file, id, title) in [("access", "POL-AC", "Access"), ("words", "POL-PW", "Passwords")]
        {
            let text = format!(
                "---\nid: {id}\ntitle: {title}\nversion: \"1.0\"\nowner: ciso\n\
                 classification: internal\n---\n\nThe first text.\n"
            );
            workspace.write(&format!("content/policies/{file}.md"), text);
        }
        for name in ["old", "new", "tom"] {
            let mut command = Command::new("ssh-keygen");
            command.args(["-q", "-t", "ed25519", "-N", "", "-C", name, "-f"]);
            assert!(command.arg(workspace.key(name)).status().unwrap().success());
        }
        workspace.people(&["{ person: mara, key: OLD }"]);
        workspace
    }

    /// Makes one in which everything stands: two rings, an approval by a key that was retired later,
    /// one by a key that has expired, and a review.
    pub(super) fn signed() -> Self {
        let workspace = Self::unsigned();
        let tom = "{ person: tom, key: TOM, until: 2026-03-31 }";
        workspace.people(&["{ person: mara, key: OLD }", tom]);
        workspace.enrol("old", "2026-01-05T09:00:00Z");
        workspace.act("old", Decision::Approve, "POL-AC", "2026-01-20T14:03:11Z");
        workspace.act("tom", Decision::Approve, "POL-PW", "2026-02-10T08:00:00Z");
        let old = "{ person: mara, key: OLD, retired: 2026-04-01 }";
        workspace.people(&[old, "{ person: mara, key: NEW }", tom]);
        workspace.enrol("old", "2026-04-01T08:00:00Z");
        workspace.act("new", Decision::Keep, "POL-AC", "2026-04-02T10:00:00Z");
        workspace
    }

    /// Makes a copy in another folder, with the same keys.
    pub(super) fn copy(&self) -> Self {
        let copy = Self { root: TempDir::new().unwrap(), keys: TempDir::new().unwrap() };
        for (from, to) in [(&self.root, &copy.root), (&self.keys, &copy.keys)] {
            let from = from.path().join(".");
            let copied = Command::new("cp").arg("-R").arg(from).arg(to.path()).status();
            assert!(copied.unwrap().success());
        }
        copy
    }

    pub(super) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap()
    }

    /// Changes a file as text.
    pub(super) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from:?}");
        self.write(path, text.replacen(from, to, 1));
    }

    pub(super) fn key(&self, name: &str) -> PathBuf {
        self.keys.path().join(name)
    }

    pub(super) fn public(&self, name: &str) -> PublicKey {
        let line = fs::read_to_string(self.key(&format!("{name}.pub"))).unwrap();
        PublicKey::parse(&line).unwrap()
    }

    /// Writes `people.yaml` with keys, in which `OLD`, `NEW` and `TOM` stand for their lines.
    pub(super) fn people(&self, keys: &[&str]) {
        self.people_with(keys, "");
    }

    /// Writes it with more at its end.
    pub(super) fn people_with(&self, keys: &[&str], more: &str) {
        let keys: String = keys.iter().flat_map(|&key| ["  - ", key, "\n"]).collect();
        let keys = ["OLD", "NEW", "TOM"].iter().fold(keys, |keys, name| {
            let line = self.public(&name.to_lowercase()).line();
            keys.replace(&format!("key: {name}"), &format!("key: {line}"))
        });
        let text = format!(
            "people:\n  - {{ id: mara, name: Mara Ellison, kind: employee, since: 2021-03-01 }}\n  \
             - {{ id: tom, name: Tom Adeyemi, kind: employee, since: 2022-09-05 }}\nroles:\n  \
             - {{ id: ciso, title: Security, holders: [{{ person: mara, from: 2021-03-01 }}] }}\n  \
             - {{ id: cto, title: Technology, holders: [{{ person: tom, from: 2022-09-05 }}] }}\n\
             keys:\n{keys}approval_rules:\n  - {{ for: all }}\n{more}"
        );
        self.write("content/people.yaml", text);
    }

    /// Judges it.
    pub(super) fn judged(&self) -> Checked {
        let (snapshot, faults) = read::read(self.root(), Layout::Workspace).unwrap();
        let today = Some(TODAY.parse().unwrap());
        judge(&Inputs { faults, today, ..Inputs::of(snapshot, Layout::Workspace) })
    }

    /// Files what `people.yaml` says as the next ring, and signs it. Returns the name of the record.
    pub(super) fn enrol(&self, key: &str, at: &str) -> String {
        let ring: Ring = self.judged().assessment.records.written;
        self.write(&format!("content/records/ring/{}.txt", ring.number), ring.to_string());
        let subject = Subject {
            title: format!("Ring {}", ring.number),
            ..subject("ring", "ring", ring.digest(), ring.previous)
        };
        let statement = Statement {
            role: None,
            ring: ring.previous,
            ..statement("mara", Decision::Enrol, at, vec![subject])
        };
        self.sign(key, &statement)
    }

    /// Signs an act on a policy as it stands. Returns the name of the record.
    pub(super) fn act(&self, key: &str, decision: Decision, id: &str, at: &str) -> String {
        let Checked { corpus, assessment, .. } = self.judged();
        let (index, document) = corpus.document_by_id(id).unwrap();
        let standing = &assessment.documents[index as usize];
        let previous = standing.in_force.as_ref().and_then(|it| it.digest);
        let previous = previous.filter(|_| decision == Decision::Approve);
        let subject = Subject {
            title: document.title.value.clone(),
            version: document.version.as_ref().map(|it| it.value.clone()),
            ..subject(id, "policy", standing.digest, previous)
        };
        let by = if key == "tom" { "tom" } else { "mara" };
        let ring = corpus.records.rings.last().map(|it| it.ring.digest());
        self.sign(key, &Statement { ring, ..statement(by, decision, at, vec![subject]) })
    }

    /// Signs an approval of a control as it stands, as Mara.
    pub(super) fn approve_control(&self, key: &str, id: &str, at: &str) {
        let corpus = self.judged().corpus;
        let digest = corpus.item_digest(corpus.item(id).unwrap());
        let ring = corpus.records.rings.last().map(|it| it.ring.digest());
        let subjects = vec![subject(id, "control", digest, None)];
        let statement = statement("mara", Decision::Approve, at, subjects);
        self.sign(key, &Statement { ring, ..statement });
    }

    /// Files a statement with its signature and returns its name.
    pub(super) fn sign(&self, key: &str, statement: &Statement) -> String {
        statement.check().unwrap();
        let signer = Signer::of_file(&self.key(key), None, &mut |_| None).unwrap();
        let namespace = statement.decision.act().namespace();
        let armour = signer.sign(namespace, statement.to_string().as_bytes()).unwrap();
        let path = format!("{STATEMENTS}/{}.txt", statement.name());
        self.write(&path, statement.to_string());
        self.write(&format!("{path}.sig"), armour);
        statement.name()
    }

    /// Returns the path of the statement that a part of its name finds.
    pub(super) fn statement(&self, part: &str) -> String {
        let names = fs::read_dir(self.root().join(STATEMENTS)).unwrap();
        let names = names.map(|it| it.unwrap().file_name().into_string().unwrap());
        let found: Vec<String> =
            names.filter(|it| it.contains(part) && it.ends_with(".txt")).collect();
        assert_eq!(found.len(), 1, "{part}: {found:?}");
        format!("{STATEMENTS}/{}", found[0])
    }

    /// Runs `avouch verify` for the day, and returns the exit code and standard output.
    pub(super) fn verify(&self, arguments: &[&str]) -> (i32, String) {
        self.run(&[&["--today", TODAY], arguments].concat())
    }

    /// Runs `avouch verify`.
    pub(super) fn run(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_avouch"))
            .arg("verify")
            .args(arguments)
            .current_dir(self.root())
            .env("NO_COLOR", "1")
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        let code = output.status.code().unwrap();
        assert!(code < 2, "{told}");
        (code, String::from_utf8(output.stdout).unwrap())
    }
}

fn subject(id: &str, kind: &str, digest: Digest, previous: Option<Digest>) -> Subject {
    Subject {
        id: id.to_owned(),
        kind: kind.to_owned(),
        title: id.to_owned(),
        version: None,
        tags: Vec::new(),
        effective: None,
        retired: None,
        digest,
        previous,
        authors: Vec::new(),
        change: Change::Material,
        summary: None,
    }
}

/// Returns what somebody states in the role that they hold, on the day of a moment.
fn statement(by: &str, decision: Decision, at: &str, subjects: Vec<Subject>) -> Statement {
    let signed_at: Timestamp = at.parse().unwrap();
    Statement {
        workspace: ID.to_owned(),
        decision,
        by: by.to_owned(),
        on_behalf_of: None,
        role: Some(if by == "tom" { "cto" } else { "ciso" }.to_owned()),
        decided_on: signed_at.to_zoned(TimeZone::UTC).date(),
        signed_at,
        ring: None,
        reason: None,
        considered: Vec::new(),
        conclusion: None,
        subjects,
    }
}
