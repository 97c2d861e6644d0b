//! `avouch man`: manual pages.

use std::fs;
use std::path::Path;

use clap_mangen::Man;

use super::arguments::{self, ManArguments};
use super::gather::counted;
use super::terminal::Terminal;
use super::{Failure, Outcome};

pub(super) fn run(arguments: &ManArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let command = arguments::command().disable_help_subcommand(true);
    let Some(folder) = &arguments.folder else {
        terminal.data(&String::from_utf8_lossy(&page(command)?))?;
        return Ok(Outcome::Fine);
    };
    fs::create_dir_all(folder).map_err(|cause| Failure::of_file("create", folder, &cause))?;
    let mut pages = vec![("avouch.1".to_owned(), page(command.clone())?)];
    for subcommand in command.get_subcommands() {
        let name = format!("avouch-{}", subcommand.get_name());
        pages.push((
            format!("{name}.1"),
            page(subcommand.clone().name(name.clone()).bin_name(name))?,
        ));
    }
    for (name, bytes) in &pages {
        write(&folder.join(name), bytes)?;
    }
    terminal.say(&format!("{} written in {}", counted(pages.len(), "page"), folder.display()))?;
    Ok(Outcome::Fine)
}

fn page(command: clap::Command) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    Man::new(command)
        .render(&mut bytes)
        .map_err(|cause| Failure::new(format!("could not make the page: {cause}")))?;
    Ok(bytes)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|cause| Failure::of_file("write", path, &cause))
}
