//! Writers of one workspace: several at once, and ones that are killed at any moment.

#![expect(clippy::disallowed_methods, reason = "processes write to folders of the disk")]

use std::env;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use avouch::amend::replace::{Change, ReplaceFailure, replace, replace_all};
use avouch::amend::{Spot, Value, append, in_front_matter};
use tempfile::TempDir;

use crate::random::Random;

/// How many writers are killed.
const KILLS: u64 = 60;

/// How many items each of several writers adds.
const ITEMS: usize = 12;

/// Names the folder that a child of a test is to write to.
const FOLDER: &str = "AVOUCH_TEST_AMEND";

const POLICY: &str = "content/policies/access.md";
const RECORD: &str = "content/records/access.yaml";

/// Returns a child of this test binary that runs one test of this file in a folder.
fn child(test: &str, folder: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", &format!("{}::{test}", module())]);
    command.env(FOLDER, folder).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Returns this module as the names of tests have it.
fn module() -> &'static str {
    module_path!().split_once("::").unwrap().1
}

fn workspace(policy: &str, record: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in [(POLICY, policy), (RECORD, record)] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Returns the policy after so many approvals. It is long, so that writing it takes a while.
fn policy(approvals: usize) -> String {
    let lines = (0..approvals).map(|number| format!("  - {{ by: p{number} }}\n"));
    let lines: String = lines.collect();
    let list = if approvals == 0 { String::new() } else { format!("approvals:\n{lines}") };
    format!("---\ntitle: Access\n{list}---\n{}", "Text.\n".repeat(40_000))
}

/// Returns the record after so many approvals.
fn record(approvals: usize) -> String {
    format!("approvals: {approvals}\n{}", "# text\n".repeat(40_000))
}

/// Adds an approval, however often somebody else was first.
fn approve(folder: &Path, by: &str) {
    loop {
        let before = fs::read_to_string(folder.join(POLICY)).unwrap();
        let item = [("by", Value::text(by))];
        let after =
            in_front_matter(&before, |head| append(head, Spot::top("approvals"), &item)).unwrap();
        let replaced = replace(folder, POLICY, before.as_bytes(), after.as_bytes());
        if !matches!(replaced, Err(ReplaceFailure::Changed { .. })) {
            return replaced.unwrap();
        }
    }
}

fn approvals(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join(POLICY)).unwrap();
    let lines = text.lines().filter_map(|line| line.strip_prefix("  - { by: "));
    let mut found: Vec<String> = lines.map(|line| line.trim_end_matches(" }").to_owned()).collect();
    found.sort();
    found
}

fn names(writers: usize) -> Vec<String> {
    let names = (0..writers).flat_map(|writer| (0..ITEMS).map(move |it| format!("w{writer}-{it}")));
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn threads_at_once_lose_nothing() {
    let folder = workspace("---\ntitle: X\n---\nBody\n", "");
    thread::scope(|scope| {
        for writer in 0..6 {
            let folder = folder.path();
            scope.spawn(move || {
                (0..ITEMS).for_each(|item| approve(folder, &format!("w{writer}-{item}")));
            });
        }
    });
    assert_eq!(approvals(folder.path()), names(6));
}

#[test]
fn processes_at_once_lose_nothing() {
    let folder = workspace("---\ntitle: X\n---\nBody\n", "");
    let children: Vec<_> = (0..4)
        .map(|writer| {
            let mut command = child("adds_its_items", folder.path());
            command.env("AVOUCH_TEST_WRITER", writer.to_string()).spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(approvals(folder.path()), names(4));
}

/// Is a test of its own only as a child of [`processes_at_once_lose_nothing`].
#[test]
fn adds_its_items() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let writer = env::var("AVOUCH_TEST_WRITER").unwrap();
    (0..ITEMS).for_each(|item| approve(folder.as_ref(), &format!("w{writer}-{item}")));
}

#[test]
fn a_killed_writer_leaves_whole_files() {
    let folder = workspace(&policy(0), &record(0));
    let mode =
        |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o7777;
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let mut random = Random(3);
    let (mut leads, mut leftovers) = (0, 0);
    for number in 0..KILLS {
        let kept = if number % 2 == 0 { [0o640, 0o755] } else { [0o755, 0o640] };
        for (path, mode) in [POLICY, RECORD].into_iter().zip(kept) {
            let path = folder.path().join(path);
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
        let before = fs::metadata(folder.path().join(POLICY)).unwrap().ino();
        let mut writer = child("writes_until_it_is_killed", folder.path()).spawn().unwrap();
        while fs::metadata(folder.path().join(POLICY)).unwrap().ino() == before {
            assert!(writer.try_wait().unwrap().is_none(), "the writer ended by itself");
            thread::sleep(Duration::from_millis(1));
        }
        let wait = u64::try_from(random.below(20_000)).unwrap();
        thread::sleep(Duration::from_micros(wait));
        writer.kill().unwrap();
        writer.wait().unwrap();

        let (found, noted) = (read(POLICY), read(RECORD));
        let count = found.matches("by: p").count();
        assert!(found == policy(count), "kill {number}: the policy is no whole version");
        // The policy is the first file of each act, the record the second.
        let version = noted.lines().next().unwrap().rsplit(' ').next().unwrap().parse().unwrap();
        assert!(noted == record(version), "kill {number}: the record is no whole version");
        assert!(version <= count, "kill {number}: the record is ahead of the policy");
        assert_eq!([mode(POLICY), mode(RECORD)], kept, "kill {number}");
        leftovers += usize::from(!rubbish(folder.path()).is_empty());
        leads += usize::from(version < count);
        if number % 10 == 9 {
            write(folder.path());
            assert_eq!(rubbish(folder.path()), [""; 0], "kill {number}");
        }
    }
    assert!(leads + leftovers > 0, "no writer was killed while it wrote");
}

/// Is a test of its own only as a child of [`a_killed_writer_leaves_whole_files`].
#[test]
fn writes_until_it_is_killed() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    loop {
        write(folder.as_ref());
    }
}

/// Brings both files to their next version, in one act.
fn write(folder: &Path) {
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    let (before, noted) = (read(POLICY), read(RECORD));
    let count = before.matches("by: p").count();
    let item = [("by", Value::text(format!("p{count}")))];
    let after =
        in_front_matter(&before, |head| append(head, Spot::top("approvals"), &item)).unwrap();
    let bytes = |text: String| Some(text.into_bytes());
    let changes = [
        Change { path: POLICY.into(), expected: bytes(before), new: bytes(after) },
        Change { path: RECORD.into(), expected: bytes(noted), new: bytes(record(count + 1)) },
    ];
    replace_all(folder, &changes).unwrap();
}

/// Returns what else stands beside the two files.
fn rubbish(folder: &Path) -> Vec<String> {
    let folders = [POLICY, RECORD].map(|path| folder.join(path).parent().unwrap().to_owned());
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let names = entries.map(|it| it.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

#[test]
fn a_disk_that_takes_no_more_leaves_everything_as_it_was() {
    let folder = workspace(&policy(0), &record(0));
    // The shell tells the system to take no more than a few hundred bytes in one file.
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
    let inner = child("is_told_that_the_disk_is_full", folder.path());
    let mut command = Command::new("sh");
    command.args(["-c", limited]).arg(inner.get_program()).args(inner.get_args());
    command.env(FOLDER, folder.path()).stdout(Stdio::null());
    assert!(command.status().unwrap().success());
    assert_eq!(fs::read_to_string(folder.path().join(POLICY)).unwrap(), policy(0));
    assert_eq!(rubbish(folder.path()), [""; 0]);
    assert!(!folder.path().join("content/new").exists());
}

/// Is a test of its own only as a child of [`a_disk_that_takes_no_more_leaves_everything_as_it_was`].
#[test]
fn is_told_that_the_disk_is_full() {
    let Some(folder) = env::var_os(FOLDER) else { return };
    let changes = [
        Change { path: "content/new/small".into(), expected: None, new: Some(b"x".to_vec()) },
        Change {
            path: POLICY.into(),
            expected: Some(policy(0).into_bytes()),
            new: Some(policy(1).into_bytes()),
        },
    ];
    let failure = replace_all(folder.as_ref(), &changes).unwrap_err();
    assert!(failure.help().starts_with("free some space"), "{failure}");
}
