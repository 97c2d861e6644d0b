//! Baselines as `check` and `build` take them.

use std::fs;
use std::path::Path;

use super::Failure;
use super::terminal::Terminal;
use crate::diagnostic::baseline::Baseline;

/// Reads a baseline.
pub(super) fn read_baseline(path: &Path) -> Result<Baseline, Failure> {
    let text = fs::read_to_string(path).map_err(|cause| {
        Failure::of_file("read", path, &cause).help("make it with `avouch check --write-baseline`")
    })?;
    Baseline::read(&text).map_err(|fault| {
        Failure::new(format!("`{}` is no baseline: {fault}", path.display()))
            .help("make it anew with `avouch check --write-baseline`")
    })
}

/// Says that entries of a baseline accept nothing any more.
pub(super) fn say_stale(stale: usize, path: &Path, terminal: Terminal) -> Result<(), Failure> {
    if stale == 0 {
        return Ok(());
    }
    let path = path.display();
    let entries =
        if stale == 1 { "1 entry accepts".to_owned() } else { format!("{stale} entries accept") };
    terminal.say(&format!(
        "note: of {path}, {entries} nothing any more; `avouch check --write-baseline {path}` \
         writes it anew"
    ))
}
