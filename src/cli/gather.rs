//! Inputs from arguments, the disk and the clock.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Failure;
use super::arguments::SourceArguments;
use super::cache::Cache;
use super::shown::Shown;
use super::terminal::Terminal;
use crate::model::judgement::Witnesses;
use crate::pipeline::{Inputs, Texts};
use crate::span::FilePath;
use crate::workspace::refresh::refresh;
use crate::workspace::{
    Layout, ReadFailure, ReadFault, Repository, Snapshot, home, is_markdown, read,
};

/// What is read, and from where.
pub(super) struct Gathered {
    /// The folder, as it is named from the user's own.
    pub(super) home: PathBuf,
    /// What was read.
    pub(super) inputs: Inputs,
    /// How paths in it are shown.
    pub(super) shown: Shown,
    /// What earlier runs remember of it.
    pub(super) cache: Cache,
}

/// Reads what the arguments name.
pub(super) fn gather(source: &SourceArguments, terminal: Terminal) -> Result<Gathered, Failure> {
    let (home, shown) = find(source, terminal)?;
    let (inputs, cache) =
        rayon::join(|| inputs(source, &home, None), || Cache::load(source, &home));
    let inputs =
        inputs.map_err(|failure| Failure::new(failure.to_string()).help(failure.help()))?;
    refuse_folder_around_workspace(&inputs, &shown)?;
    let has_text = inputs.snapshot.iter().any(|(path, _)| is_markdown(path));
    if inputs.layout == Layout::Folder && !has_text {
        return Err(Failure::new(format!("there is no Markdown in `{}`", home.display()))
            .help("name another folder with `--root`, or begin one with `avouch new`"));
    }
    Ok(Gathered { home, inputs, shown, cache })
}

/// How many folders down a workspace is found in a folder that is none.
const DEPTH: usize = 3;

/// Fails where a folder would be read that is no workspace and has one below it: what is wrong
/// there would pass, since other people's folders are read leniently.
pub(super) fn refuse_folder_around_workspace(
    inputs: &Inputs,
    shown: &Shown,
) -> Result<(), Failure> {
    if inputs.layout == Layout::Workspace {
        return Ok(());
    }
    let settings = |path: &FilePath| {
        let root = home::root_of_settings(path)?;
        (root.split('/').count() <= DEPTH).then(|| shown.path(root))
    };
    let roots: Vec<String> =
        inputs.snapshot.iter().filter_map(|(path, _)| settings(path)).collect();
    let Some(first) = roots.first() else { return Ok(()) };
    let which = match roots.len() {
        1 => format!("the workspace `{first}` lies"),
        count => format!("{count} workspaces such as `{first}` lie"),
    };
    let folder = shown.folder();
    Err(Failure::new(format!("`{}` is no workspace, and {which} below it", folder.display()))
        .help(format!("use `--root {first}`")))
}

/// Finds the folder that the arguments name: without `--root` the workspace that the user's folder
/// is in, found as git finds its repository, else the folder itself.
pub(super) fn find(
    source: &SourceArguments,
    terminal: Terminal,
) -> Result<(PathBuf, Shown), Failure> {
    let here = std::env::current_dir()
        .map_err(|cause| Failure::new(format!("this folder cannot be read: {cause}")))?;
    let home = match &source.root {
        Some(root) => named(root, &here, terminal)?,
        None => home::enclosing(&here).map_or_else(|| PathBuf::from("."), |root| up(root, &here)),
    };
    let shown = Shown::new(&home, &here);
    Ok((home, shown))
}

/// Reads a folder, as it is now; what did not change since a snapshot is taken from there.
pub(super) fn inputs(
    source: &SourceArguments,
    home: &Path,
    before: Option<&Snapshot>,
) -> Result<Inputs, ReadFailure> {
    let layout = home::layout(home);
    let (snapshot, faults) = read::read_again(home, layout, before)?;
    Ok(of_snapshot(source, home, snapshot, faults, layout))
}

/// Reads a folder again. Where it is known what changed in it, only that is looked at, if that is
/// enough.
pub(super) fn inputs_again(
    source: &SourceArguments,
    home: &Path,
    before: &Snapshot,
    known: Option<(&Path, &BTreeSet<PathBuf>)>,
) -> Result<Inputs, ReadFailure> {
    let layout = home::layout(home);
    let refreshed = known.and_then(|(root, changed)| refresh(root, layout, before, changed));
    match refreshed {
        Some(snapshot) => Ok(of_snapshot(source, home, snapshot, Vec::new(), layout)),
        None => inputs(source, home, Some(before)),
    }
}

fn of_snapshot(
    source: &SourceArguments,
    home: &Path,
    snapshot: Snapshot,
    faults: Vec<ReadFault>,
    layout: Layout,
) -> Inputs {
    Inputs {
        snapshot,
        faults,
        layout,
        today: source.today,
        now: jiff::Timestamp::now(),
        names: source.fields.clone(),
        history: Repository::of(home::home(home)),
        texts: Texts::InForce,
        witnesses: Witnesses::new(),
    }
}

/// Takes `--root` literally, unless it is a part of a workspace, which is read as a whole. A folder
/// beside what the workspace holds is one of its own; it is said which workspace it is beside.
fn named(root: &Path, here: &Path, terminal: Terminal) -> Result<PathBuf, Failure> {
    if root.is_file() {
        let failure = Failure::new(format!("`{}` is a file, not a folder", root.display()));
        return Err(failure.help("name the folder of your workspace with `--root`"));
    }
    if !root.is_dir() {
        return Err(Failure::new(format!("there is no folder `{}`", root.display()))
            .help("name the folder of your workspace with `--root`"));
    }
    let home = home::home(root);
    if home::layout(&home) == Layout::Folder
        && let Ok(real) = home.canonicalize()
        && let Some(workspace) = home::enclosing(&real)
    {
        let folder = Shown::new(workspace, here).folder();
        if home::holds(workspace, &real) {
            terminal.say(&format!(
                "note: `{}` is part of the workspace `{}`, which is read as a whole",
                root.display(),
                folder.display(),
            ))?;
            return Ok(folder);
        }
        terminal.say(&format!(
            "note: `{}` is read as a folder of its own; the workspace `{}` around it is not",
            root.display(),
            folder.display(),
        ))?;
    }
    Ok(home)
}

/// Returns the way up from a folder to one above it, as it is typed: `../..`.
fn up(above: &Path, folder: &Path) -> PathBuf {
    let steps = folder.strip_prefix(above).map_or(0, |below| below.components().count());
    if steps == 0 { PathBuf::from(".") } else { (0..steps).map(|_| "..").collect() }
}

/// Says what is read, in a few words: `acme, a workspace of 74 files`.
pub(super) fn subject(gathered: &Gathered) -> String {
    let Gathered { home, inputs, .. } = gathered;
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

/// Writes a short time.
pub(super) fn milliseconds(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}
