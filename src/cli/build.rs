//! `avouch build`: the handbook and the trust center.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use super::accepted::{read_baseline, say_stale};
use super::arguments::{BuildArguments, Edition, PdfChoice};
use super::format::Format;
use super::gather::{Gathered, counted, gather, seconds, subject};
use super::progress::Bar;
use super::terminal::{Stream, Terminal};
use super::timings::Cost;
use super::{Failure, Outcome, leave};
use crate::diagnostic::Counts;
use crate::diagnostic::baseline::Baseline;
use crate::diagnostic::render::line_and_column;
use crate::pipeline::{self, BuildFailure, BuildOptions, Built, BuiltEdition, Pdf};
use crate::render::recipe::RenderFailure;
use crate::workspace::Layout;
use crate::write::WriteFailure;

pub(super) fn run(arguments: &BuildArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let started = Instant::now();
    if arguments.timings.is_some() && arguments.format != Format::Human {
        return Err(Failure::new("`--timings` and `--format` both write to standard output")
            .help("ask for one of them"));
    }
    if !cfg!(feature = "pdf") && !arguments.no_pdf && arguments.pdf != PdfChoice::None {
        return Err(Failure::new("this build of Avouch makes no PDFs").help("use `--no-pdf`"));
    }
    let baseline = arguments.baseline.as_deref().map(read_baseline).transpose()?;
    let gathered = gather(&arguments.source, terminal)?;
    let inputs = &gathered.inputs;
    let reading = started.elapsed();
    let options = options(arguments, &gathered.home, baseline);
    terminal.say(&format!("Building {}", subject(&gathered)))?;
    let bar = Bar::new(started, terminal);
    let built =
        pipeline::build(inputs, &options, &gathered.cache.memo, &|progress| bar.show(progress));
    bar.clear();
    let (built, memo) = built.map_err(|failure| failed(&failure, &gathered, terminal))?;
    gathered.cache.save(&memo);
    let done = Done { arguments, options, gathered: &gathered, built: &built, started, reading };
    let outcome = report(&done, terminal)?;
    leave((gathered, built, memo));
    Ok(outcome)
}

/// A build that was carried out.
struct Done<'d> {
    arguments: &'d BuildArguments,
    options: BuildOptions,
    gathered: &'d Gathered,
    built: &'d Built,
    started: Instant,
    reading: Duration,
}

/// Says what is wrong and what was written.
fn report(done: &Done<'_>, terminal: Terminal) -> Result<Outcome, Failure> {
    let Done { arguments, options, gathered, built, started, reading } = done;
    let inputs = &gathered.inputs;
    let stream = if arguments.format == Format::Human { Stream::Talk } else { Stream::Data };
    arguments.format.write(
        &built.checked.diagnostics,
        (inputs, &gathered.shown),
        stream,
        terminal,
    )?;
    let mut counts = Counts::of(&built.checked.diagnostics).to_string();
    let has_errors = built.checked.has_errors();
    if let Some(path) = &arguments.baseline {
        // Writing to a string cannot fail.
        let _ = write!(counts, ", {} accepted in {}", built.accepted.faults, path.display());
        say_stale(built.accepted.stale, path, terminal)?;
    }
    if let Some(form) = arguments.timings {
        Cost::of(built, *reading, started.elapsed()).say(form, terminal)?;
    }
    let documents = counted(built.checked.corpus.documents.len(), "document");
    let time = seconds(started.elapsed());
    if built.editions.is_empty() && has_errors {
        terminal.say(&format!("{counts} in {documents}, {time}; nothing written"))?;
        return Ok(Outcome::Errors);
    }
    if options.trust && built.checked.trust_center.is_none() {
        if arguments.only == Some(Edition::Trust) {
            return Err(Failure::new("this workspace has no trust center")
                .help("set `publish.trust_center: true` in `content/workspace.yaml`"));
        }
        if inputs.layout == Layout::Workspace {
            terminal.say("trust: not built, since `publish.trust_center` is not on")?;
        }
    }
    for edition in &built.editions {
        terminal.say(&edition_line(edition, &options.out, options.pdf))?;
    }
    terminal.say(&format!("{counts} in {documents}, {time}"))?;
    Ok(if has_errors { Outcome::Errors } else { Outcome::Fine })
}

fn options(arguments: &BuildArguments, home: &Path, baseline: Option<Baseline>) -> BuildOptions {
    let root = home.to_owned();
    let out = arguments.out.clone().unwrap_or_else(|| root.join("site"));
    let pdf = match arguments.pdf {
        _ if arguments.no_pdf => Pdf::None,
        PdfChoice::Changed => Pdf::Changed,
        PdfChoice::All => Pdf::All,
        PdfChoice::None => Pdf::None,
    };
    let writes = |edition| arguments.only.is_none_or(|only| only == edition);
    BuildOptions {
        root,
        out,
        pdf,
        handbook: writes(Edition::Handbook),
        trust: writes(Edition::Trust),
        baseline,
    }
}

fn edition_line(edition: &BuiltEdition, out: &Path, pdf: Pdf) -> String {
    let BuiltEdition { name, path, pages, pdfs, written } = edition;
    let pdfs = match pdf {
        Pdf::None => "no PDFs".to_owned(),
        Pdf::Changed | Pdf::All => counted(*pdfs, "PDF"),
    };
    let mut line = format!(
        "{name}: {} and {pdfs} in {}; {} written, {} unchanged",
        counted(*pages, "page"),
        shown(&path.file_name().map_or_else(|| path.clone(), |name| out.join(name))),
        counted(written.written, "file"),
        written.unchanged,
    );
    if written.removed > 0 {
        // Writing to a string cannot fail.
        let _ = write!(line, ", {} removed", written.removed);
    }
    if pdf == Pdf::None && written.removed_pdfs > 0 {
        let _ = write!(
            line,
            "\nnote: {} of the {name} that stood there {} removed, since this build makes none",
            counted(written.removed_pdfs, "PDF"),
            if written.removed_pdfs == 1 { "was" } else { "were" },
        );
    }
    line
}

/// Writes a path without the `./` that a root of `.` gives it.
fn shown(path: &Path) -> std::path::Display<'_> {
    path.strip_prefix(".").unwrap_or(path).display()
}

/// Words what kept a build or check from being finished. Of several failures it says all but the
/// last itself.
pub(super) fn failed(failure: &BuildFailure, gathered: &Gathered, terminal: Terminal) -> Failure {
    match failure {
        BuildFailure::Theme(fault) => Failure::new(format!("the theme is faulty: {fault}"))
            .help("mend the file; what stands in the output is untouched"),
        BuildFailure::Render(failure) => unmade(failure, gathered),
        BuildFailure::Write(WriteFailure::Render(failures)) => {
            let words = failures.iter().map(|(address, failure)| {
                let mut words = unmade(failure, gathered);
                words.message = format!("could not make `{address}`: {}", words.message);
                words
            });
            let mut words: Vec<Failure> = words.collect();
            let last = words.pop();
            for earlier in &words {
                terminal.failure(earlier);
            }
            last.unwrap_or_else(|| Failure::new("an output could not be made"))
        }
        BuildFailure::Write(failure) => Failure::new(failure.to_string()).help(failure.help()),
    }
}

/// Words why an output could not be made.
fn unmade(failure: &RenderFailure, gathered: &Gathered) -> Failure {
    let RenderFailure { place, message, help } = failure;
    let place = place.as_ref().map_or_else(String::new, |place| {
        let sources = |path: &str| gathered.inputs.snapshot.get(path)?.readable();
        let (line, column) = line_and_column(place, &sources);
        format!("{}:{line}:{column}: ", gathered.shown.path(&place.path))
    });
    Failure::new(place + message)
        .help(help.as_deref().unwrap_or("the previous output is untouched"))
}
