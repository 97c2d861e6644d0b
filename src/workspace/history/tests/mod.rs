//! Histories made by the real git, and what it says of them itself.

#![expect(
    clippy::disallowed_methods,
    reason = "repositories are made on the disk, and programs are run to compare"
)]

mod hostile;
mod made;
mod oracle;
mod scenarios;
mod states;

use std::collections::{BTreeMap, BTreeSet};

use super::{FileVersion, History, HistoryFailure, ObjectId};
use crate::span::FilePath;

fn id(hex: &str) -> ObjectId {
    ObjectId::from_hex(hex.as_bytes()).unwrap()
}

fn paths(paths: &[&str]) -> Vec<FilePath> {
    paths.iter().map(|path| FilePath::from(*path)).collect()
}

/// Returns the versions of one file.
fn versions(history: &History, path: &str) -> Result<Vec<FileVersion>, HistoryFailure> {
    let mut versions = history.versions_of(&paths(&[path]))?;
    Ok(versions.remove(path).unwrap())
}

/// Writes versions as lines: subject of the commit, path, bytes, and the subject of the commit that
/// brought it to the main line (`-` for none; `=` if it is the same).
fn shown(made: &made::Made, history: &History, path: &str) -> Vec<String> {
    let subjects: BTreeMap<String, String> = made
        .git(&["log", "--all", "--format=%H %s"])
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(id, subject)| (id.to_owned(), subject.to_owned()))
        .collect();
    let line: BTreeSet<ObjectId> =
        made.git(&["rev-list", "--first-parent", "HEAD"]).lines().map(id).collect();
    let show = |it: &FileVersion| {
        let commit = it.introduced.commit;
        let main_line = match it.main_line {
            None => "-",
            Some(moment) if moment.commit == commit => "=",
            Some(moment) => &subjects[&moment.commit.to_string()],
        };
        assert_eq!(it.is_on_main_line, line.contains(&commit));
        let bytes = String::from_utf8(history.bytes_of(it).unwrap()).unwrap();
        format!("{} {} {} {main_line}", subjects[&commit.to_string()], it.path, bytes.trim())
    };
    versions(history, path).unwrap().iter().map(show).collect()
}
