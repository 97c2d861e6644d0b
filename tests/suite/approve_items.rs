//! Controls, records of registers, mappings and exclusions are approved from end to end: with a real key,
//! in a real repository, and `ssh-keygen` verifies what is filed.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const SETTINGS: &str = "\
workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11
organisation: { name: Acme }
frameworks: [soc2]
facts: { timeout: 12 hours }
exclusions:
  - { framework: soc2, requirement: CC6.4, reason: There are no premises. }
";
const CONTROLS: &str = "\
controls:
  - id: AC-01
    title: Second factor
    statement: \"Sessions end after {{ facts.timeout }}.\"
    owner: ciso
    meets: { soc2: { CC6.1: \"A password alone opens nothing.\" } }
";
const EXCEPTIONS: &str = "\
policy-exceptions:
  - id: EXC-01
    title: Portal
    reason: None offered.
    granted_on: 2020-01-10
    expires_on: 2099-12-04
    status: active
";
const EXCEPTIONS_FILE: &str = "content/registers/policy-exceptions.yaml";

/// Runs a program in a folder and returns its exit code and what it said.
fn run(program: &str, folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("XDG_CACHE_HOME", folder.join("caches"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env_remove("SSH_AUTH_SOCK")
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn avouch(folder: &Path, arguments: &[&str]) -> (i32, String) {
    run(env!("CARGO_BIN_EXE_avouch"), folder, arguments)
}

fn git(folder: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=Mara", "-c", "user.email=mara@acme.example"];
    let (code, said) = run("git", folder, &[&who[..], arguments].concat());
    assert_eq!(code, 0, "{said}");
}

fn commit(root: &Path) {
    git(root, &["add", "content"]);
    git(root, &["commit", "-q", "-m", "change"]);
}

/// Makes a repository in which Mara has a key.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (code, said) =
        run("ssh-keygen", root, &["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key"]);
    assert_eq!(code, 0, "{said}");
    let public = fs::read_to_string(root.join("key.pub")).unwrap();
    let people = format!(
        "people:\n  - {{ id: mara, name: Mara Ellison, since: 2019-01-01 }}\n\
         roles:\n  - {{ id: ciso, title: Head of Security, holders: [{{ person: mara }}] }}\n\
         keys:\n  - {{ person: mara, key: \"{}\" }}\n\
         approval_rules:\n  - {{ for: [policy-exception], any_of: [ciso] }}\n",
        public.trim()
    );
    for (path, text) in [
        ("content/workspace.yaml", SETTINGS),
        ("content/people.yaml", &people),
        ("content/controls/access.yaml", CONTROLS),
        (EXCEPTIONS_FILE, EXCEPTIONS),
    ] {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let (code, said) = avouch(root, &["people", "sign", "--as", "mara", "--key", "key", "--yes"]);
    assert_eq!(code, 0, "{said}");
    git(root, &["init", "-q", "-b", "main"]);
    commit(root);
    folder
}

/// Returns the names of the rules that are broken by something about approvals.
fn broken(root: &Path) -> Vec<String> {
    let (_, found) = avouch(root, &["check", "--format", "short"]);
    let names = ["approval-missing", "approval-outdated", "quorum-not-met", "approval-invalid"];
    let named = |line: &str| names.iter().find(|name| line.contains(*name)).copied();
    found.lines().filter_map(named).map(str::to_owned).collect()
}

#[test]
fn items_are_approved_shown_and_filed_like_documents() {
    let folder = workspace();
    let root = folder.path();
    assert_eq!(broken(root), ["approval-missing"]);
    let (code, said) = avouch(root, &["status"]);
    assert!(code == 0 && said.contains("Approve EXC-01"), "{said}");

    let names = ["AC-01", "EXC-01", "mapping:soc2", "exclusion:soc2:CC6.4"];
    let files = [EXCEPTIONS_FILE, "content/controls/access.yaml", "content/workspace.yaml"];
    let before = files.map(|file| fs::read(root.join(file)).unwrap());
    let approve = [&["approve"][..], &names, &["--as", "mara", "--key", "key"]].concat();
    let (code, shown) = avouch(root, &[&approve[..], &["--dry-run"]].concat());
    assert_eq!(code, 0, "{shown}");
    for words in [
        "EXC-01 Portal\nNobody has approved it yet; all of it is new.\n",
        "Entry\n",
        "Mapping\n",
        "{+expireson: 2099-12-04+}",
        "  kind: policy-exception\n",
        "  subject: exclusion:soc2:CC6.4\n",
        "  role: ciso\n",
    ] {
        assert!(shown.contains(words), "{words} is not in\n{shown}");
    }
    let digests: Vec<String> = shown
        .lines()
        .filter_map(|line| line.strip_prefix("  digest: "))
        .flat_map(|digest| ["--expect-digest".to_owned(), digest.to_owned()])
        .collect();
    let digests: Vec<&str> = digests.iter().map(String::as_str).collect();
    let (code, said) = avouch(root, &[&approve[..], &digests, &["--yes"]].concat());
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("  EXC-01: approved as it stands\n"), "{said}");
    assert_eq!(broken(root), [""; 0]);
    assert_eq!(files.map(|file| fs::read(root.join(file)).unwrap()), before, "nothing is written");

    let statements = root.join("content/records/statements");
    let mut filed: Vec<String> = fs::read_dir(&statements)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| path.contains("-approval-"))
        .collect();
    filed.sort();
    assert_eq!(filed.len(), 2, "one statement for all: {filed:?}");
    let public = fs::read_to_string(root.join("key.pub")).unwrap();
    fs::write(root.join("signers"), format!("mara {public}")).unwrap();
    let verify = format!(
        "ssh-keygen -Y verify -f signers -I mara -n approval@avouch -s {} < {}",
        filed[1], filed[0]
    );
    let (code, said) = run("sh", root, &["-c", &verify]);
    assert_eq!(code, 0, "{said}");
    commit(root);

    let review = ["review", "AC-01", "--as", "mara", "--key", "key", "--considered", "risks"];
    let review = [&review[..], &["--conclusion", "No change", "--dry-run"]].concat();
    let (code, said) = avouch(root, &review);
    assert_eq!(code, 0, "{said}");

    // A day more, and only that is shown, beside what was approved.
    let text = EXCEPTIONS.replace("2099-12-04", "2099-12-05");
    fs::write(root.join(EXCEPTIONS_FILE), text).unwrap();
    assert_eq!(broken(root), ["approval-outdated"]);
    let one = ["approve", "EXC-01", "--as", "mara", "--key", "key", "--dry-run"];
    let (code, shown) = avouch(root, &one);
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("Since the one approved on "), "{shown}");
    assert!(shown.contains("[-2099-12-04-]{+2099-12-05+}"), "{shown}");
    assert!(!shown.contains("{+title"), "{shown}");
    let (code, said) = avouch(root, &["verify"]);
    assert!(said.contains("policy-exception, changed, since "), "{code} {said}");
    let review = ["review", "EXC-01", "--as", "mara", "--key", "key", "--considered", "risks"];
    let (code, said) = avouch(root, &[&review[..], &["--conclusion", "No change"]].concat());
    assert!(code == 2 && said.contains("`EXC-01` has changed since it was approved"), "{said}");

    for (name, help) in [
        ("EXC-1", "did you mean `EXC-01`?"),
        ("soc2", "`mapping:soc2` is what is mapped to SOC 2"),
        ("mapping:soc", "did you mean `mapping:soc2`?"),
    ] {
        let (code, said) = avouch(root, &["approve", name, "--as", "mara", "--key", "key"]);
        let message = format!("there is nothing `{name}` to approve or review");
        assert!(code == 2 && said.contains(&message) && said.contains(help), "{said}");
    }
}
