//! What one run of the program leaves for the next.

use std::path::{Path, PathBuf};

use super::arguments::SourceArguments;
use crate::memo::Memo;
use crate::memo::store::Store;
use crate::pipeline;

/// The memo that a run begins with, and where its own goes.
pub(super) struct Cache {
    store: Option<Store>,
    /// What the last run remembered.
    pub(super) memo: Memo,
}

impl Cache {
    /// Loads what was remembered of a workspace; nothing where that is not wanted or not possible.
    pub(super) fn load(source: &SourceArguments, home: &Path) -> Self {
        let wanted = Some(home).filter(|_| !source.no_cache);
        let store = wanted.and_then(|home| Store::open(&folder()?, home));
        let memo = store.as_ref().map(|store| store.load(&pipeline::rules()));
        Self { store, memo: memo.unwrap_or_default() }
    }

    /// Keeps what a run remembers.
    pub(super) fn save(&self, memo: &Memo) {
        if let Some(store) = &self.store {
            // A cache that cannot be written costs time and nothing else.
            let _ = store.save(memo, &self.memo);
        }
    }
}

/// Returns the folder of the user's caches, as the XDG Base Directory Specification has it.
pub(super) fn folder() -> Option<PathBuf> {
    let named = |name, below: &str| {
        let path = PathBuf::from(std::env::var_os(name)?).join(below);
        path.is_absolute().then_some(path)
    };
    named("XDG_CACHE_HOME", "").or_else(|| named("HOME", ".cache"))
}
