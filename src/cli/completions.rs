//! `avouch completions`: a script for a shell.

use clap::builder::PossibleValuesParser;

use super::arguments::{self, CompletionsArguments};
use super::terminal::Terminal;
use super::{Failure, Outcome};
use crate::{parse, pipeline};

pub(super) fn run(
    arguments: &CompletionsArguments,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    let rules = PossibleValuesParser::new(pipeline::rules().into_iter().map(|rule| rule.name));
    let schemas = PossibleValuesParser::new(parse::descriptions(&[]).iter().map(|it| it.name));
    let mut command = arguments::command()
        .mut_subcommand("explain", |explain| {
            explain.mut_arg("rule", |rule| rule.value_parser(rules).hide_possible_values(true))
        })
        .mut_subcommand("schema", |schema| {
            schema.mut_arg("name", |name| name.value_parser(schemas).hide_possible_values(true))
        });
    clap_complete::generate(arguments.shell, &mut command, "avouch", &mut script);
    terminal.data(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}
