//! The command line: arguments in, library call, words and an exit code out.
//!
//! One file a command. This is the only place that prints, asks for the time and the terminal, and
//! writes files besides `write`. What was asked for goes to standard output, talk goes to standard
//! error, so that `avouch check | head` gets diagnostics and nothing else.
#![expect(clippy::disallowed_methods, reason = "here the world is looked at, to become inputs")]

mod accepted;
mod acknowledge;
mod approve;
mod arguments;
mod authored;
mod brought;
mod build;
mod cache;
mod campaign;
mod check;
mod clean;
mod completions;
mod decided;
mod duties;
mod explain;
mod foreseen;
mod format;
mod gather;
mod man;
mod matters;
mod new;
mod people;
mod progress;
mod record;
mod remind;
mod schema;
mod serve;
mod shown;
mod signing;
mod stamp;
mod starter;
mod status;
mod terminal;
mod timings;
mod verify;

use std::fmt;
use std::process::ExitCode;

use self::arguments::Command;
use self::terminal::Terminal;

/// How a run ended, apart from failures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything is fine.
    Fine,
    /// The content has errors.
    Errors,
}

/// Why a command could not run, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Failure {
    /// What happened, in one phrase.
    message: String,
    /// What to do about it.
    help: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says which file or folder an operation failed on.
    fn of_file(action: &str, path: &std::path::Path, cause: &impl fmt::Display) -> Self {
        Self::new(format!("could not {action} `{}`: {cause}", path.display()))
    }
}

/// Leaves a value to the end of the program, which is near: the system takes all memory back at once,
/// while piece by piece it would take a tenth of the time of a large check.
fn leave(value: impl Sized) {
    std::mem::forget(value);
}

/// Runs the command that the arguments of the process name. Exit codes: 0 fine, 1 the content has
/// errors, 2 it could not run.
pub fn run() -> ExitCode {
    let arguments = match arguments::parse() {
        Ok(arguments) => arguments,
        Err(shown) => {
            // Nobody is left to tell if even this cannot be printed.
            let _ = shown.print();
            return ExitCode::from(if shown.use_stderr() { 2 } else { 0 });
        }
    };
    let terminal = Terminal::new(arguments.color.into(), arguments.quiet);
    let outcome = match &arguments.command {
        Command::New(arguments) => new::run(arguments, terminal),
        Command::Check(arguments) => check::run(arguments, terminal),
        Command::Explain(arguments) => explain::run(arguments, terminal),
        Command::Approve(arguments) => approve::approve(arguments, terminal),
        Command::Review(arguments) => approve::review(arguments, terminal),
        Command::Acknowledge(arguments) => acknowledge::run(arguments, terminal),
        Command::People(command) => people::run(command, terminal),
        Command::Record(command) => record::run(command, terminal),
        Command::Status(arguments) => status::run(arguments, terminal),
        Command::Campaign(command) => campaign::run(command, terminal),
        Command::Remind(arguments) => remind::run(arguments, terminal),
        Command::Build(arguments) => build::run(arguments, terminal),
        Command::Serve(arguments) => serve::run(arguments, terminal),
        Command::Verify(arguments) => verify::run(arguments, terminal),
        Command::Clean(_) => clean::run(terminal),
        Command::Completions(arguments) => completions::run(arguments, terminal),
        Command::Man(arguments) => man::run(arguments, terminal),
        Command::Schema(arguments) => schema::run(arguments, terminal),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Err(failure) => {
            terminal.failure(&failure);
            ExitCode::from(2)
        }
    }
}
