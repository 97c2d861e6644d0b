//! The forms that a report can have.

use std::collections::{HashMap, HashSet};

use clap::ValueEnum;
use rayon::prelude::*;

use super::Failure;
use super::shown::Shown;
use super::shown::moved;
use super::terminal::{Stream, Terminal};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::human::{Look, PerRule};
use crate::diagnostic::render::{github, human, json, junit, sarif, short};
use crate::pipeline::Inputs;
use crate::span::FilePath;

/// How many diagnostics of one rule a terminal shows, and how many notes of one rule a file does.
const PER_RULE: usize = 20;

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the lines of the files, for people.
    Human,
    /// One line each, for editors.
    Short,
    /// One object, for programs.
    Json,
    /// For code scanning.
    Sarif,
    /// For build servers.
    Junit,
    /// Annotations of a GitHub workflow.
    Github,
}

impl Format {
    /// Writes diagnostics to a stream; those for people fit the terminal, and name files as people
    /// can open them.
    pub(super) fn write(
        self,
        diagnostics: &[Diagnostic],
        (inputs, shown): (&Inputs, &Shown),
        stream: Stream,
        terminal: Terminal,
    ) -> Result<(), Failure> {
        let path = |path: &str| match self {
            Self::Human | Self::Short => shown.path(path),
            Self::Json | Self::Sarif | Self::Junit | Self::Github => shown.path_for_programs(path),
        };
        let places = diagnostics.iter().flat_map(|one| {
            std::iter::once(&one.place.path).chain(one.related.iter().map(|(place, _)| &place.path))
        });
        let places: HashSet<&FilePath> = places.collect();
        let names: HashMap<&FilePath, FilePath> =
            places.into_par_iter().map(|it| (it, path(it).into())).collect();
        let files: HashMap<&str, &FilePath> =
            names.par_iter().map(|(file, name)| (&**name, *file)).collect();
        let diagnostics = &moved(diagnostics, &names);
        let text = |path: &str| inputs.snapshot.get(files.get(path)?)?.readable();
        let report = match self {
            Self::Human => {
                let width = stream.width();
                let per_rule = match width {
                    Some(_) => PerRule::Few(PER_RULE),
                    None => PerRule::Notes(PER_RULE),
                };
                human::human(
                    diagnostics,
                    &text,
                    Look { colour: terminal.has_colour(stream), width, per_rule },
                )
            }
            Self::Short => short::short(diagnostics, &text),
            Self::Json => json::json(diagnostics, &text),
            Self::Sarif => sarif::sarif(diagnostics, &text),
            Self::Junit => junit::junit(diagnostics, &text),
            Self::Github => github::github(diagnostics, &text),
        };
        match stream {
            Stream::Data => terminal.data(&report),
            Stream::Talk => terminal.talk(&report),
        }
    }
}
