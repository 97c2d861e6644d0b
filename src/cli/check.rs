//! `avouch check`: everything that is wrong, and nothing written.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use super::accepted::{read_baseline, say_stale};
use super::arguments::CheckArguments;
use super::gather::{counted, gather, seconds, subject};
use super::terminal::{Stream, Terminal};
use super::{Failure, Outcome, leave};
use crate::diagnostic::baseline::{self, Accepted, Baseline};
use crate::diagnostic::{Counts, Diagnostic};
use crate::pipeline;

pub(super) fn run(arguments: &CheckArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let accepted = arguments.baseline.as_deref().map(read_baseline).transpose()?;
    let gathered = gather(&arguments.source, terminal)?;
    terminal.say(&format!("Checking {}", subject(&gathered)))?;
    let (checked, memo) = pipeline::check(&gathered.inputs, &gathered.cache.memo)
        .map_err(|failure| super::build::failed(&failure, &gathered, terminal))?;
    gathered.cache.save(&memo);
    let documents = checked.corpus.documents.len();
    let mut remaining = checked.diagnostics;
    let baseline = match &arguments.write_baseline {
        Some(path) => Some(write_baseline(path, &remaining)?),
        None => accepted,
    };
    let accepted = baseline
        .map_or_else(Accepted::default, |baseline| baseline::accept(&mut remaining, &baseline));
    arguments.format.write(
        &remaining,
        (&gathered.inputs, &gathered.shown),
        Stream::Data,
        terminal,
    )?;

    let counts = Counts::of(&remaining);
    let mut sum = format!("{counts} in {}", counted(documents, "document"));
    if let Some(path) = arguments.baseline.as_ref().or(arguments.write_baseline.as_ref()) {
        // Writing to a string cannot fail.
        let _ = write!(sum, ", {} accepted in {}", accepted.faults, path.display());
    }
    if let Some(path) = &arguments.baseline {
        say_stale(accepted.stale, path, terminal)?;
    }
    terminal.say(&format!("{sum}, {}", seconds(started.elapsed())))?;
    leave((gathered, checked.corpus, memo, remaining));
    Ok(if counts.errors > 0 { Outcome::Errors } else { Outcome::Fine })
}

/// Writes a baseline that accepts what was found, and reads it as the next run will.
fn write_baseline(path: &Path, found: &[Diagnostic]) -> Result<Baseline, Failure> {
    let text = baseline::write(found);
    fs::write(path, &text).map_err(|cause| Failure::of_file("write", path, &cause))?;
    Baseline::read(&text).map_err(|fault| Failure::new(fault.to_string()))
}
