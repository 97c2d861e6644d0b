//! The history of a workspace, opened when somebody asks for it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use jiff::Timestamp;

use super::history::{History, HistoryFailure, ObjectId};
use crate::span::FilePath;

/// Where the history of a workspace is. Most runs do not need it, and do not pay for it.
#[derive(Debug, Default)]
pub struct Repository {
    folder: Option<PathBuf>,
    opened: OnceLock<Result<History, HistoryFailure>>,
}

impl Repository {
    /// Names the folder of a workspace.
    #[must_use]
    pub fn of(folder: PathBuf) -> Self {
        Self { folder: Some(folder), opened: OnceLock::new() }
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
        if paths.is_empty() {
            return Ok(BTreeMap::new());
        }
        let history = self.history().map_err(ToString::to_string)?;
        let standing = history.first_seen(paths).map_err(|failure| failure.to_string())?;
        let since = standing.into_iter().filter(|(_, it)| !it.since.is_boundary);
        Ok(since.filter_map(|(path, it)| Some((path, it.since.at?))).collect())
    }
}
