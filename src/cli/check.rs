//! `avouch check`: everything that is wrong, and nothing written.

use std::fmt::Write as _;
use std::fs;
use std::time::Instant;

use super::accepted::{read_baseline, say_stale};
use super::arguments::CheckArguments;
use super::gather::{counted, gather, seconds, subject};
use super::terminal::{Stream, Terminal};
use super::{Failure, Outcome};
use crate::diagnostic::baseline::{self, Baseline};
use crate::diagnostic::{Counts, Diagnostic};
use crate::pipeline;

pub(super) fn run(arguments: &CheckArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let started = Instant::now();
    let accepted = arguments.baseline.as_deref().map(read_baseline).transpose()?;
    let gathered = gather(&arguments.source, terminal)?;
    terminal.say(&format!("Checking {}", subject(&gathered)))?;
    let checked = pipeline::check(&gathered.inputs)
        .map_err(|failure| super::build::failed(&failure, &gathered, terminal))?;
    let documents = checked.corpus.documents.len();
    let found = checked.diagnostics.len();
    let mut remaining = checked.diagnostics;
    let mut stale = 0;
    if let Some(path) = &arguments.write_baseline {
        let text = baseline::write(&remaining);
        fs::write(path, &text).map_err(|cause| Failure::of_file("write", path, &cause))?;
        remaining = without_accepted(remaining, &text)?;
    } else if let Some(baseline) = &accepted {
        stale = baseline::stale(&remaining, baseline);
        remaining = baseline::filter(remaining, baseline);
    }
    arguments.format.write(
        &remaining,
        (&gathered.inputs, &gathered.shown),
        Stream::Data,
        terminal,
    )?;

    let counts = Counts::of(&remaining);
    let mut sum = format!("{counts} in {}", counted(documents, "document"));
    if let Some(path) = arguments.baseline.as_ref().or(arguments.write_baseline.as_ref()) {
        let accepted = found - remaining.len();
        // Writing to a string cannot fail.
        let _ = write!(sum, ", {accepted} accepted in {}", path.display());
    }
    if let Some(path) = &arguments.baseline {
        say_stale(stale, path, terminal)?;
    }
    terminal.say(&format!("{sum}, {}", seconds(started.elapsed())))?;
    Ok(if counts.errors > 0 { Outcome::Errors } else { Outcome::Fine })
}

/// Returns what cannot be accepted, by reading what was just written.
fn without_accepted(found: Vec<Diagnostic>, text: &str) -> Result<Vec<Diagnostic>, Failure> {
    let baseline = Baseline::read(text).map_err(|fault| Failure::new(fault.to_string()))?;
    Ok(baseline::filter(found, &baseline))
}
