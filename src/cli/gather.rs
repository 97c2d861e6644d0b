//! Inputs from arguments, the disk and the clock.

use std::path::Path;
use std::time::Duration;

use super::Failure;
use super::arguments::SourceArguments;
use crate::pipeline::Inputs;
use crate::workspace::{Layout, read};

/// Reads what the arguments name.
pub(super) fn gather(source: &SourceArguments) -> Result<Inputs, Failure> {
    if !source.root.is_dir() {
        return Err(Failure::new(format!("there is no folder `{}`", source.root.display()))
            .help("name the folder of your workspace with `--root`"));
    }
    let home = read::home(&source.root);
    let layout = read::layout(&home);
    let (snapshot, faults) = read::read(&home, layout)
        .map_err(|failure| Failure::new(failure.to_string()).help(failure.help()))?;
    if snapshot.is_empty() {
        return Err(Failure::new(format!("there is no Markdown in `{}`", source.root.display()))
            .help("name another folder with `--root`, or begin one with `avouch new`"));
    }
    Ok(Inputs {
        snapshot,
        faults,
        layout,
        today: source.today,
        now: jiff::Timestamp::now(),
        names: source.fields.clone(),
    })
}

/// Says what is read, in a few words: `acme, a workspace of 74 files`.
pub(super) fn subject(root: &Path, inputs: &Inputs) -> String {
    let home = read::home(root);
    let full = home.canonicalize().unwrap_or_else(|_| home.clone());
    let name = full
        .file_name()
        .map_or_else(|| home.display().to_string(), |name| name.to_string_lossy().into_owned());
    let name = crate::diagnostic::render::visible(&name).into_owned();
    let files = counted(inputs.snapshot.len(), "file");
    match inputs.layout {
        Layout::Workspace => format!("{name}, a workspace of {files}"),
        Layout::Folder => {
            format!("{name}, a folder of {files} without `content/workspace.yaml`: no trust center")
        }
    }
}

/// Writes a number with its noun.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Writes how long something took.
pub(super) fn seconds(time: Duration) -> String {
    let milliseconds = time.as_millis();
    if milliseconds < 100 {
        format!("{milliseconds} ms")
    } else {
        format!("{:.1} s", time.as_secs_f64())
    }
}
