//! Repositories in temporary folders.

use std::cell::Cell;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::workspace::history::{History, HistoryFailure};

/// A repository that git made, in the folder `main` of a temporary folder.
pub(super) struct Made {
    folder: TempDir,
    /// Seconds since 1970 at the next commit.
    now: Cell<u64>,
}

impl Made {
    /// Makes a repository without a commit.
    pub(super) fn new() -> Self {
        let made = Self { folder: tempfile::tempdir().unwrap(), now: Cell::new(1_700_000_000) };
        fs::create_dir(made.root()).unwrap();
        made.git(&["init", "--quiet", "--initial-branch=main"]);
        made
    }

    /// Makes a repository from a stream as `git fast-import` reads it.
    pub(super) fn import(stream: &str) -> Self {
        let made = Self::new();
        let mut command = made.command(&made.root(), &["fast-import", "--quiet"]);
        let mut process = command.stdin(Stdio::piped()).spawn().unwrap();
        process.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
        assert!(process.wait().unwrap().success());
        made
    }

    /// The temporary folder, which also holds clones and worktrees.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(name)
    }

    /// The folder with `.git`.
    pub(super) fn root(&self) -> PathBuf {
        self.beside("main")
    }

    /// A path in `.git`.
    pub(super) fn dot_git(&self, name: &str) -> PathBuf {
        self.root().join(".git").join(name).components().collect()
    }

    pub(super) fn open(&self) -> Result<History, HistoryFailure> {
        History::open(&self.root())
    }

    /// Writes a file of the working tree.
    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Commits everything, a minute after the commit before; returns its id.
    pub(super) fn commit(&self, message: &str) -> String {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    /// Writes a file and commits.
    pub(super) fn save(&self, path: &str, text: &str, message: &str) -> String {
        self.write(path, text);
        self.commit(message)
    }

    /// Runs git in the repository; returns what it writes, without the last line end.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.root(), arguments)
    }

    /// Runs git in a folder.
    pub(super) fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let output = self.command(folder, arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {error}");
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// A call of git that knows nothing of who runs the tests, and where.
    fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let now = self.now.get();
        self.now.set(now + 60);
        let date = format!("{now} +0100");
        let mut command = Command::new("git");
        command
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_NAME", "Ada")
            .env("GIT_AUTHOR_EMAIL", "ada@example.com")
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_NAME", "Tom")
            .env("GIT_COMMITTER_EMAIL", "tom@example.com")
            .env("GIT_COMMITTER_DATE", &date);
        command
    }
}

/// The path of a loose object in the folder of objects.
pub(super) fn loose(id: &str) -> String {
    format!("objects/{}/{}", &id[..2], &id[2..])
}
