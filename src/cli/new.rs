//! `avouch new`: a workspace of drafts to begin with.

use std::fs;
use std::io;
use std::path::Path;

use super::arguments::NewArguments;
use super::gather::counted;
use super::terminal::Terminal;
use super::{Failure, Outcome, starter};

pub(super) fn run(arguments: &NewArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let folder = &arguments.folder;
    terminal.say(&format!("Writing a starter for {} to {}", arguments.name, folder.display()))?;
    refuse_other_content(folder)?;
    let files = starter::files(&arguments.name, &random_id()?, jiff::Zoned::now().date());
    for (path, bytes) in &files {
        write(&folder.join(path), bytes)?;
    }
    let read = files.keys().filter(|path| path.starts_with("content/")).count();
    terminal.say(&next_steps(folder, read))?;
    Ok(Outcome::Fine)
}

/// Refuses a folder with something in it; a fresh repository of git is as good as empty.
pub(super) fn refuse_other_content(folder: &Path) -> Result<(), Failure> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(cause) => return Err(Failure::of_file("read", folder, &cause)),
    };
    for entry in entries {
        let name = entry.map_err(|cause| Failure::of_file("read", folder, &cause))?.file_name();
        if name != ".git" {
            let name = name.to_string_lossy().into_owned();
            return Err(Failure::new(format!(
                "`{}` is not empty: it has `{name}` in it",
                folder.display()
            ))
            .help(format!("name a folder that does not exist yet, such as `{}`", free(folder))));
        }
    }
    Ok(())
}

/// Returns the path of a folder that does not exist yet, beside another or in the user's own.
fn free(folder: &Path) -> String {
    let names = ["policies".to_owned(), "handbook".to_owned()].into_iter();
    let names = names.chain((2..100).map(|number| format!("policies-{number}")));
    let mut paths = names.map(|name| folder.with_file_name(name));
    paths.find(|path| !path.exists()).unwrap_or_default().display().to_string()
}

fn random_id() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|cause| Failure::new(format!("the system gives no random bytes: {cause}")))?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Writes a file that is not there yet.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|cause| Failure::of_file("create", folder, &cause))?;
    }
    let mut file =
        fs::File::create_new(path).map_err(|cause| Failure::of_file("create", path, &cause))?;
    io::Write::write_all(&mut file, bytes).map_err(|cause| Failure::of_file("write", path, &cause))
}

/// Says what was written, by the number that `check` says too, and what to do with it.
fn next_steps(folder: &Path, count: usize) -> String {
    let (files, folder) = (counted(count, "file"), folder.display());
    let enter =
        if folder.to_string() == "." { String::new() } else { format!("cd {folder}, then ") };
    format!(
        "A workspace of {files} is written. Everything is a draft and nothing is public.\n\n\
         Next:\n  \
         1. {enter}git init, and commit\n  \
         2. avouch check lists what is still to be filled in, by file and line\n  \
         3. put yourself into content/people.yaml, your settings into content/workspace.yaml\n  \
         4. avouch people key YOU ~/.ssh/id_ed25519.pub, then avouch people sign --as YOU\n  \
         5. read each policy, change what is not true of you, and have it approved: avouch approve\n  \
         6. avouch build writes the handbook, avouch status says what is next"
    )
}
