#![expect(clippy::disallowed_methods, reason = "memos stand on disk")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Memo;
use super::store::{Store, clean};
use crate::pipeline::{Inputs, judge_again, rules};
use crate::workspace::{Layout, Snapshot};

/// The folder of caches, and two workspaces.
struct Disk {
    root: TempDir,
}

impl Disk {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for folder in ["acme", "evil"] {
            fs::create_dir(root.path().join(folder)).unwrap();
        }
        Self { root }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn store(&self, workspace: &str) -> Option<Store> {
        Store::open(&self.path("caches"), &self.path(workspace))
    }

    fn load(&self, workspace: &str) -> Memo {
        self.store(workspace).map_or_else(Memo::default, |store| store.load(&rules()))
    }

    fn save(&self, workspace: &str, memo: &Memo) {
        self.store(workspace).unwrap().save(memo, &Memo::default()).unwrap();
    }

    /// Returns the files with memos.
    fn memos(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.path("caches/avouch")).unwrap();
        let files = files.map(|file| file.unwrap().path());
        let mut memos: Vec<_> = files.filter(|it| it.extension().is_some()).collect();
        memos.sort();
        memos
    }
}

fn inputs(text: &str) -> Inputs {
    let snapshot = Snapshot::from_files([("a.md", text), ("b.md", "See [a](a.md#there).")]);
    let today = Some(jiff::civil::date(2026, 3, 1));
    Inputs { today, ..Inputs::of(snapshot, Layout::Folder) }
}

fn memo_of(text: &str) -> Memo {
    judge_again(&inputs(text), &Memo::default()).1
}

/// Asserts that a memo has nothing to do with what comes out.
fn assert_harmless(memo: &Memo, text: &str) {
    let (warm, _) = judge_again(&inputs(text), memo);
    let (cold, _) = judge_again(&inputs(text), &Memo::default());
    assert_eq!(warm.diagnostics, cold.diagnostics);
    assert_eq!(warm.corpus.documents, cold.corpus.documents);
    assert_eq!(warm.assessment, cold.assessment);
}

#[test]
fn what_one_process_read_another_takes_over() {
    let disk = Disk::new();
    let text = "---\ntitle: A\ntags: [x\n---\n\nText — {{ facts.x }} ![](no.png).";
    disk.save("acme", &memo_of(text));
    let memo = disk.load("acme");
    assert_eq!(memo.len(), 2);
    assert_harmless(&memo, text);
    let (_, after) = judge_again(&inputs(text), &memo);
    assert_eq!(after.taken_over(&memo), 2);

    let (_, after) = judge_again(&inputs("# Other"), &memo);
    assert_eq!(after.taken_over(&memo), 1);
    disk.store("acme").unwrap().save(&after, &memo).unwrap();
    let memo = disk.load("acme");
    assert_eq!(memo.len(), 2);
    assert_harmless(&memo, "# Other");
    assert_eq!(disk.memos().len(), 1);
}

#[test]
fn a_memo_that_somebody_changed_is_none() {
    let disk = Disk::new();
    disk.save("acme", &memo_of("# A"));
    let [file] = &disk.memos()[..] else { panic!("one memo") };
    let good = fs::read(file).unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(file, bad).unwrap();
        assert!(disk.load("acme").is_empty(), "byte {at}");
    }
    for length in [0, 1, 31, 32, 40, good.len() - 1] {
        fs::write(file, &good[..length]).unwrap();
        assert!(disk.load("acme").is_empty(), "{length} bytes");
    }
    fs::write(file, [&good[..], b"x"].concat()).unwrap();
    assert!(disk.load("acme").is_empty());
    fs::write(file, &good).unwrap();
    assert_eq!(disk.load("acme").len(), 2);
}

#[test]
fn a_memo_of_another_workspace_or_another_user_is_none() {
    let disk = Disk::new();
    disk.save("evil", &memo_of("# Evil"));
    let [evil] = &disk.memos()[..] else { panic!("one memo") };
    let evil = fs::read(evil).unwrap();
    disk.save("acme", &memo_of("# A"));
    for file in disk.memos() {
        fs::write(file, &evil).unwrap();
    }
    assert!(disk.load("acme").is_empty());
    assert_eq!(disk.load("evil").len(), 2);

    fs::write(disk.path("caches/avouch/secret"), [7; 32]).unwrap();
    assert!(disk.load("evil").is_empty());
}

#[test]
fn a_folder_that_others_could_write_is_not_used() {
    let disk = Disk::new();
    disk.save("acme", &memo_of("# A"));
    let folder = disk.path("caches/avouch");
    let with_mode = |mode| {
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        disk.store("acme").is_some()
    };
    assert!(!with_mode(0o770));
    assert!(!with_mode(0o702));
    assert!(!with_mode(0o750));
    assert!(with_mode(0o700));

    fs::rename(&folder, disk.path("elsewhere")).unwrap();
    symlink(disk.path("elsewhere"), &folder).unwrap();
    assert!(disk.store("acme").is_none());
}

#[test]
fn a_cache_inside_the_workspace_is_not_used() {
    let disk = Disk::new();
    let open = |caches: &Path| Store::open(caches, &disk.path("acme"));
    assert!(open(&disk.path("acme/.cache")).is_none());
    symlink(disk.path("acme"), disk.path("link")).unwrap();
    assert!(open(&disk.path("link")).is_none());
    assert!(open(&disk.path("acme-caches")).is_some());
}

#[test]
fn two_runs_at_once_leave_one_whole_memo() {
    let disk = Disk::new();
    let memos = ["# A", "# B", "# C", "# D"].map(memo_of);
    std::thread::scope(|scope| {
        for memo in &memos {
            let disk = &disk;
            scope.spawn(move || (0..20).for_each(|_| disk.save("acme", memo)));
        }
    });
    assert_eq!(disk.memos().len(), 1);
    assert_eq!(disk.load("acme").len(), 2);
}

#[test]
fn cleaning_removes_what_is_ours() {
    let disk = Disk::new();
    assert_eq!(clean(&disk.path("caches")).unwrap(), 0);
    disk.save("acme", &memo_of("# A"));
    assert!(clean(&disk.path("caches")).unwrap() > 32);
    assert!(!disk.path("caches/avouch").exists());
    assert!(disk.load("acme").is_empty());

    disk.save("acme", &memo_of("# A"));
    fs::write(disk.path("caches/avouch/mine.txt"), "mine").unwrap();
    assert!(clean(&disk.path("caches")).is_err(), "what is not ours stays");
    assert!(disk.path("caches/avouch/mine.txt").exists());
}
