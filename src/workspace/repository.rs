//! The history of a workspace, opened when somebody asks for it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::SystemTime;

use jiff::Timestamp;

use super::history::{History, HistoryFailure, ObjectId};
use crate::span::FilePath;

/// Where the history of a workspace is. Most runs do not need it, and do not pay for it. A clone is the
/// same history: what one has read the other knows.
#[derive(Debug, Clone, Default)]
pub struct Repository {
    folder: Option<PathBuf>,
    /// What tells that it is still the same; nothing where nothing does.
    mark: Option<Mark>,
    opened: Arc<OnceLock<Result<History, HistoryFailure>>>,
    /// Since when the main line holds files, nothing where it does not: what was asked so far.
    seen: Arc<Mutex<BTreeMap<FilePath, Option<Timestamp>>>>,
}

/// Files that git writes whenever what is checked out becomes another commit: their sizes and times.
type Mark = Vec<(u64, SystemTime)>;

/// The log that git appends to at each commit, checkout, merge and reset, and what is checked out.
const MARKED: [&str; 2] = [".git/logs/HEAD", ".git/HEAD"];

fn mark(folder: &Path) -> Option<Mark> {
    let of_file = |name: &&str| {
        let about = fs::metadata(folder.join(name)).ok()?;
        Some((about.len(), about.modified().ok()?))
    };
    MARKED.iter().map(of_file).collect()
}

impl Repository {
    /// Names the folder of a workspace.
    #[must_use]
    pub fn of(folder: PathBuf) -> Self {
        Self { mark: mark(&folder), folder: Some(folder), ..Self::default() }
    }

    /// Returns the history of the same folder as it is now: this one, where nothing was committed or
    /// checked out since.
    #[must_use]
    pub fn again(&self) -> Self {
        match &self.folder {
            None => self.clone(),
            Some(folder) if self.mark.is_some() && mark(folder) == self.mark => self.clone(),
            Some(folder) => Self::of(folder.clone()),
        }
    }

    /// Returns the history.
    ///
    /// # Errors
    ///
    /// Fails where the repository is damaged or could lead somewhere else.
    pub fn history(&self) -> Result<&History, &HistoryFailure> {
        let open = || match &self.folder {
            Some(folder) => History::open(folder),
            None => Ok(History::none()),
        };
        self.opened.get_or_init(open).as_ref()
    }

    /// Returns the commit that was looked at, if anybody asked.
    #[must_use]
    pub fn consulted(&self) -> Option<ObjectId> {
        self.opened.get()?.as_ref().ok()?.head()
    }

    /// Returns since when the main line holds files, as far as the history says.
    ///
    /// # Errors
    ///
    /// Fails where the repository is damaged or could lead somewhere else, and says why.
    pub fn first_seen(&self, paths: &[FilePath]) -> Result<BTreeMap<FilePath, Timestamp>, String> {
        let mut seen = match self.seen.lock() {
            Ok(seen) => seen,
            Err(broken) => broken.into_inner(),
        };
        let new: Vec<FilePath> =
            paths.iter().filter(|path| !seen.contains_key(*path)).cloned().collect();
        if !new.is_empty() {
            let history = self.history().map_err(ToString::to_string)?;
            let found = history.first_seen(&new).map_err(|failure| failure.to_string())?;
            let found = |path: &FilePath| found.get(path).filter(|it| !it.since.is_boundary);
            let found = new
                .iter()
                .map(|path| (FilePath::clone(path), found(path).and_then(|it| it.since.at)));
            seen.extend(found.collect::<Vec<_>>());
        }
        let known =
            paths.iter().filter_map(|path| Some((FilePath::clone(path), (*seen.get(path)?)?)));
        Ok(known.collect())
    }

    /// Returns the files that once stood in a folder and do not now, with the newest
    /// commit that holds each, and its bytes.
    ///
    /// # Errors
    ///
    /// Fails where the repository is damaged or could lead somewhere else, and says why.
    pub fn gone(
        &self,
        folder: &str,
        is_here: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<(FilePath, ObjectId, Vec<u8>)>, String> {
        let history = self.history().map_err(ToString::to_string)?;
        let ever = history.ever_in(folder).map_err(|failure| failure.to_string())?;
        let mut gone = Vec::new();
        for (path, commit) in ever.into_iter().filter(|(path, _)| !is_here(path)) {
            let bytes = history.file_at(commit, &path).map_err(|failure| failure.to_string())?;
            gone.extend(bytes.map(|bytes| (path, commit, bytes)));
        }
        Ok(gone)
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "these tests make repositories on the disk")]
mod tests {
    use std::process::Command;

    use super::Repository;
    use crate::span::FilePath;

    fn git(folder: &std::path::Path, arguments: &[&str]) {
        let identity = ["-c", "user.name=Tom", "-c", "user.email=tom@acme.example"];
        let mut git = Command::new("git");
        assert!(git.args(identity).args(arguments).current_dir(folder).status().unwrap().success());
    }

    #[test]
    fn it_is_the_same_until_something_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<FilePath> = vec!["a.txt".into(), "b.txt".into()];
        let commit = |name: &str| {
            std::fs::write(folder.path().join(name), name).unwrap();
            git(folder.path(), &["add", "-A"]);
            git(folder.path(), &["commit", "-q", "-m", name]);
        };
        git(folder.path(), &["init", "-q", "-b", "main"]);
        commit("a.txt");
        let first = Repository::of(folder.path().to_owned());
        assert_eq!(first.first_seen(&paths).unwrap().keys().collect::<Vec<_>>(), [&paths[0]]);
        std::fs::write(folder.path().join("b.txt"), "b").unwrap();
        let same = first.again();
        assert_eq!(same.consulted(), first.consulted());
        assert_eq!(same.first_seen(&paths).unwrap().len(), 1, "it is not committed yet");
        commit("b.txt");
        let other = first.again();
        assert_eq!(other.consulted(), None, "nobody has asked yet");
        assert_eq!(other.first_seen(&paths).unwrap().len(), 2);
    }
}
