//! `avouch completions`: a script for a shell.

use super::arguments::{self, CompletionsArguments};
use super::terminal::Terminal;
use super::{Failure, Outcome};

pub(super) fn run(
    arguments: &CompletionsArguments,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut arguments::command(), "avouch", &mut script);
    terminal.data(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
