//! Approvals that are killed: each file is what it was or what it becomes, and the approval can be
//! given again.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::Workspace;
use crate::random::Random;

/// How many approvals are killed.
const KILLS: u32 = 12;

#[test]
fn a_killed_approval_leaves_no_half_of_a_file() {
    let it = Workspace::approved();
    it.edit("content/policies/access.md", "'1.0'", "'1.1'");
    it.edit("content/policies/access.md", "ninety", "sixty");
    it.commit("edited");
    let before = it.files();
    let arguments = it.approval();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let begin = Instant::now();
    it.succeed(&arguments);
    let lasts = begin.elapsed();
    let after = it.files();
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes))
        .map(|it| it.0)
        .collect();
    assert_eq!(changed.len(), 4, "{changed:?}");

    let mut random = Random(7);
    for _ in 0..KILLS {
        for path in after.keys().filter(|path| !before.contains_key(*path)) {
            std::fs::remove_file(it.root().join("content").join(path)).unwrap_or_default();
        }
        for (path, bytes) in &before {
            it.write(&format!("content/{path}"), bytes);
        }
        let mut command = it.program(&arguments);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // The end of a run is where it writes.
        let most = u32::try_from(lasts.as_micros()).unwrap();
        let wait = most / 2
            + u32::try_from(random.below(usize::try_from(most).unwrap() * 6 / 10)).unwrap();
        thread::sleep(Duration::from_micros(wait.into()));
        child.kill().unwrap_or_default();
        child.wait().unwrap();
        for (path, bytes) in it.files() {
            if path.contains(".avouch-") || path.ends_with(".lock") {
                continue;
            }
            let is_whole = before.get(&path) == Some(&bytes) || after.get(&path) == Some(&bytes);
            assert!(is_whole, "{path} is half written");
        }
        // It can be given again, and then everything stands.
        let again = it.approval();
        it.succeed(&again.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(it.run(&["verify"]).0, 0);
    }
}
