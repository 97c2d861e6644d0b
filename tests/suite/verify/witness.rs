//! What whoever verifies brings: a log of the host, and lists of sums that they kept.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use avouch::signature::Decision;
use serde_json::Value;
use tempfile::TempDir;

use super::workspace::{STATEMENTS, TODAY, Workspace};
use crate::timestamps::authority::{Authority, P256};

/// Runs git as people have it, and returns what it prints.
fn git(root: &Path, arguments: &[&str], date: &str) -> String {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=M", "-c", "user.email=m@acme.example"]).args(arguments);
    command.current_dir(root).env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.env("GIT_COMMITTER_DATE", date).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// Runs `avouch verify` and returns its exit code, standard output and standard error.
fn verify(workspace: &Workspace, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_avouch"))
        .args(["verify", "--today", TODAY])
        .args(arguments)
        .current_dir(workspace.root())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Returns, for each record, its moment of signature and who saw it when.
fn seen(workspace: &Workspace, arguments: &[&str]) -> (i32, Vec<String>) {
    let (code, told, said) = verify(workspace, &[&["--format", "json"], arguments].concat());
    let report: Value = serde_json::from_str(&told).unwrap_or_else(|_| unreachable!("{said}"));
    let line = |record: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or("nobody").to_owned();
        let witness = &record["witness"];
        assert_eq!(witness.is_null(), witness["is_brought"].is_null());
        let state = if record["stands"] == true { "stands" } else { "fails" };
        format!("{} {} {}", text(&record["signed_at"]), text(&witness["at"]), state)
    };
    (code, report["records"].as_array().unwrap().iter().map(line).collect())
}

/// A workspace whose history was written anew in May, and the log of a host that saw each record on
/// the day after it was signed.
struct Rewritten {
    workspace: Workspace,
    elsewhere: TempDir,
    log: Vec<(String, String)>,
}

impl Rewritten {
    fn new() -> Self {
        let workspace = Workspace::signed();
        let root = workspace.root();
        git(root, &["init", "-q", "-b", "old"], "");
        let mut log = Vec::new();
        for (day, after) in [
            ("20260105", "2026-01-06"),
            ("20260120", "2026-01-21"),
            ("20260210", "2026-02-11"),
            ("20260401", "2026-04-02"),
            ("20260402", "2026-04-03"),
        ] {
            let both = format!("{STATEMENTS}/{day}*");
            // The signature of February came to the host later than its statement.
            let added = if day == "20260210" { format!("{both}.txt") } else { both };
            git(root, &["add", &added], "");
            if day == "20260402" {
                git(root, &["add", "content"], "");
            }
            git(root, &["commit", "-q", "-m", day], "2026-05-20T08:00:00Z");
            log.push((git(root, &["rev-parse", "HEAD"], ""), format!("{after}T08:00:00Z")));
        }
        git(root, &["checkout", "-q", "--orphan", "main"], "");
        git(root, &["commit", "-q", "-m", "anew"], "2026-05-20T08:00:00Z");
        Self { workspace, elsewhere: TempDir::new().unwrap(), log }
    }

    /// Writes a log outside of the repository.
    fn file(&self, name: &str, text: &str) -> String {
        let path = self.elsewhere.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn lines(&self) -> String {
        let line = |(commit, at): &(String, String)| {
            format!("{{\"after\":\"{commit}\",\"pushed_at\":\"{at}\"}}\n")
        };
        self.log.iter().map(line).collect()
    }
}

#[test]
fn a_log_shows_that_records_are_as_old_as_they_say() {
    let rewritten = Rewritten::new();
    let workspace = &rewritten.workspace;
    let (code, told, _) = verify(workspace, &[]);
    assert!(code == 1 && told.contains("days before anybody can have seen it"), "{told}");

    let main = rewritten.file("main.log", &rewritten.lines());
    let (code, records) = seen(workspace, &["--witness", &main]);
    let expected = [
        "2026-01-05T09:00:00Z 2026-01-06T08:00:00Z stands",
        "2026-01-20T14:03:11Z 2026-01-21T08:00:00Z stands",
        // Its signature was first seen with the last commit: too late.
        "2026-02-10T08:00:00Z 2026-04-03T08:00:00Z fails",
        "2026-04-01T08:00:00Z 2026-04-02T08:00:00Z stands",
        "2026-04-02T10:00:00Z 2026-04-03T08:00:00Z stands",
    ];
    assert_eq!((code, records), (1, expected.map(str::to_owned).to_vec()));
    let (_, told, _) = verify(workspace, &["--witness", &main]);
    let commit = &rewritten.log[1].0[..12];
    for expected in [
        format!(
            "\n    seen in main.log, commit {commit} on 2026-01-21T08:00:00Z; claimed, signed at \
             2026-01-20T14:03:11Z as the signer says; git holds it since 2026-05-20 only\n"
        ),
        "\nWitnesses that you brought, for this report only\n  main.log: a log of 5 commits; it saw \
         5 records\n"
            .to_owned(),
        "     0  of them bear a time stamp of an authority that the ring names\n     4  of them were \
         seen only by witnesses that you brought\n"
            .to_owned(),
    ] {
        assert!(told.contains(&expected), "{expected}\n---\n{told}");
    }
    // It held for that report only.
    assert_eq!(verify(workspace, &[]).0, 1);
    // A table says the same, and of two sources the earlier one counts.
    let rows: Vec<String> = rewritten.log.iter().map(|(it, at)| format!("{it},{at}")).collect();
    let table = rewritten.file("main.csv", &format!("commit,time\n{}\n", rows.join("\n")));
    assert_eq!(seen(workspace, &["--witness", &table, "--witness", &main]).1, expected);
}

#[test]
fn a_log_shows_nothing_of_other_bytes_other_commits_and_days_to_come() {
    let rewritten = Rewritten::new();
    let workspace = &rewritten.workspace;
    let untouched = seen(workspace, &[]).1;
    assert!(untouched.iter().all(|it| it.contains("nobody")), "{untouched:?}");
    let last = &rewritten.log[4].0;
    for (name, text, note) in [
        (
            "later",
            format!("{{\"sha\":\"{last}\",\"time\":\"2026-06-09T08:00:00Z\"}}\n"),
            "1 of its entries are later than 2026-06-02T23:59:59Z",
        ),
        (
            "other",
            format!("{{\"sha\":\"{}\",\"time\":\"2026-01-21T08:00:00Z\"}}\n", "1".repeat(40)),
            "1 of its commits are not in this clone",
        ),
        (
            "short",
            format!("{{\"sha\":\"{}\",\"time\":\"2026-01-21T08:00:00Z\"}}\n", &last[..12]),
            "1 of its entries are not used; the first is 1: it names no commit by 40 hexadecimal digits",
        ),
    ] {
        let file = rewritten.file(name, &text);
        assert_eq!(seen(workspace, &["--witness", &file]).1, untouched, "{name}");
        let (_, told, _) = verify(workspace, &["--witness", &file]);
        assert!(told.contains(note), "{note}\n---\n{told}");
    }
    // A log of the repository itself is no witness, whatever it is called.
    workspace.write("content/main.log", rewritten.lines());
    let linked = rewritten.elsewhere.path().join("linked.log");
    std::os::unix::fs::symlink(workspace.root().join("content/main.log"), &linked).unwrap();
    for file in ["content/main.log", linked.to_str().unwrap()] {
        let (code, _, said) = verify(workspace, &["--witness", file]);
        assert!(code == 2 && said.contains("in the repository that it would vouch for"), "{said}");
    }
    for (file, reason) in [
        (rewritten.file("words", "words\nof nobody\n"), "a column of the log is missing"),
        (
            format!("{}@2026-03-31", rewritten.file("main.log", &rewritten.lines())),
            "says its moments itself",
        ),
    ] {
        let (code, _, said) = verify(workspace, &["--witness", &file]);
        assert!(code == 2 && said.contains(reason), "{said}");
    }
}

/// A workspace whose first key others may have had since May, and an export from before.
struct Compromised {
    workspace: Workspace,
    elsewhere: TempDir,
    /// The certificate of the authority that the ring names, and the authority.
    authority: Authority,
}

impl Compromised {
    fn new() -> Self {
        let workspace = Workspace::signed();
        let elsewhere = TempDir::new().unwrap();
        let export = elsewhere.path().join("export");
        let (code, _, said) = verify(&workspace, &["--export", export.to_str().unwrap()]);
        assert_eq!(code, 0, "{said}");
        let authority = Authority::new(P256, "sha256");
        let root = authority.text("root.pem");
        let sum = avouch::signature::Digest::of_bytes(root.as_bytes()).hex();
        workspace.write("content/authority.pem", &root);
        let old = "{ person: mara, key: OLD, retired: 2026-04-01, compromised_since: 2026-05-01 }";
        let tom = "{ person: tom, key: TOM, until: 2026-03-31 }";
        let named = format!("authorities:\n  - {{ file: content/authority.pem, sha256: {sum} }}\n");
        workspace.people_with(&[old, "{ person: mara, key: NEW }", tom], &named);
        workspace.enrol("new", "2026-05-10T08:00:00Z");
        Self { workspace, elsewhere, authority }
    }

    fn sums(&self) -> PathBuf {
        self.elsewhere.path().join("export/SHA256SUMS")
    }

    /// Returns how many records fail, with the sums of a day.
    fn failing(&self, witness: &str) -> usize {
        let (_, records) = seen(&self.workspace, &["--witness", witness]);
        records.iter().filter(|it| it.ends_with("fails")).count()
    }

    /// Signs the sums with a key for a kind of act.
    fn sign(&self, key: &Path, namespace: &str) {
        let signature = self.elsewhere.path().join("export/SHA256SUMS.sig");
        let _ = fs::remove_file(&signature);
        let mut command = Command::new("ssh-keygen");
        command.args(["-q", "-Y", "sign", "-n", namespace, "-f"]).arg(key).arg(self.sums());
        assert!(command.output().unwrap().status.success());
        assert!(signature.exists());
    }
}

#[test]
fn kept_sums_show_what_was_there_when_they_were_kept() {
    let compromised = Compromised::new();
    let workspace = &compromised.workspace;
    let sums = compromised.sums();
    let sums = sums.to_str().unwrap();
    let (_, records) = seen(workspace, &[]);
    let failing = records.iter().filter(|it| it.ends_with("fails")).count();
    assert!(failing > 0, "{records:?}");
    let on = |day: &str| format!("{sums}@{day}");
    assert_eq!(compromised.failing(&on("2026-04-20")), 0);
    assert_eq!(compromised.failing(&on("2026-05-02")), failing);
    let (code, told, _) = verify(workspace, &["--witness", &on("2026-04-20")]);
    let line = "seen in SHA256SUMS, a list of sums, which you say you had by then on \
                2026-04-20T23:59:59Z; claimed, signed at 2026-01-20T14:03:11Z as the signer says\n";
    assert!(code == 0 && told.contains(line), "{told}");

    // Neither a signature nor a file says a time by itself, and days to come say nothing.
    let new = workspace.key("new");
    compromised.sign(&new, "manifest@avouch");
    for (named, reason) in
        [(sums.to_owned(), "nothing says when it was there"), (on("2999-01-01"), "has not come")]
    {
        let (code, _, said) = verify(workspace, &["--witness", &named]);
        assert!(code == 2 && said.contains(reason), "{said}");
    }
    let (_, told, _) = verify(workspace, &["--witness", &on("2026-04-20")]);
    let signer = format!(
        "SHA256SUMS: a list of sums signed by mara with {}, which you say you had by then; it saw 5 \
         records\n",
        workspace.public("new").fingerprint()
    );
    assert!(told.contains(&signer), "{told}");

    // A signature that stands beside it must hold.
    let old = workspace.key("old");
    compromised.sign(&old, "manifest@avouch");
    assert_eq!(compromised.failing(&on("2026-04-20")), 0);
    let stranger = compromised.elsewhere.path().join("stranger");
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&stranger);
    assert!(command.status().unwrap().success());
    for (key, namespace, day, reason) in [
        (&new, "approval@avouch", "2026-04-20", "the signature does not hold"),
        (&stranger, "manifest@avouch", "2026-04-20", "no ring has the key"),
        (&old, "manifest@avouch", "2026-05-02", "others may have had the key"),
    ] {
        compromised.sign(key, namespace);
        let (code, _, said) = verify(workspace, &["--witness", &on(day)]);
        assert!(code == 2 && said.contains(reason), "{said}");
    }
}

#[test]
fn a_time_stamp_says_when_sums_were_signed() {
    let compromised = Compromised::new();
    let workspace = &compromised.workspace;
    let sums = compromised.sums();
    compromised.sign(&workspace.key("new"), "manifest@avouch");
    let signature = compromised.elsewhere.path().join("export/SHA256SUMS.sig");
    let armour = fs::read(&signature).unwrap();
    let digest = avouch::signature::Digest::of_bytes(&armour).bytes();
    let request = avouch::signature::timestamp::request(digest, [7; 8]);
    let answer = compromised.authority.answer(&request);
    let stamp = compromised.elsewhere.path().join("export/SHA256SUMS.sig.tsr");
    fs::write(&stamp, &answer).unwrap();
    // The authority has the clock of this machine, which is later than everything here.
    let (code, told, said) = verify(workspace, &["--witness", sums.to_str().unwrap()]);
    assert!(code < 2, "{said}");
    assert!(told.contains("SHA256SUMS: a list of sums signed by mara with SHA256:"), "{told}");
    assert!(told.contains(", time stamp by "), "{told}");
    fs::write(&stamp, &answer[..answer.len() - 1]).unwrap();
    let (code, _, said) = verify(workspace, &["--witness", sums.to_str().unwrap()]);
    assert!(code == 2 && said.contains("the time stamp proves nothing"), "{said}");
    // What is not listed was not seen: an act of later.
    workspace.act("new", Decision::Keep, "POL-AC", "2026-05-20T10:00:00Z");
    fs::remove_file(&stamp).unwrap();
    let (_, records) = seen(workspace, &["--witness", &format!("{}@2026-04-20", sums.display())]);
    let later: Vec<&String> = records.iter().filter(|it| it.starts_with("2026-05")).collect();
    assert_eq!(later.len(), 2);
    assert!(later.iter().all(|it| it.contains(" nobody ")), "{records:?}");
}
