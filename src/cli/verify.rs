//! `avouch verify`: whether everything that is filed stands.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::arguments::{ReportForm, SourceArguments, VerifyArguments};
use super::gather::{Gathered, counted, gather};
use super::new::{refuse_other_content, write};
use super::terminal::{Stream, Terminal};
use super::{Failure, Outcome, brought};
use crate::assess;
use crate::model::corpus::Corpus;
use crate::model::judgement::Witnesses;
use crate::pipeline::{self, Checked, Inputs, Texts};
use crate::redline::Redline;
use crate::redline::terminal::{Options, print};
use crate::signature::Digest;
use crate::verify::export::{self, Forms};
use crate::verify::{Evidence, Pin, Report, Verdict};

/// The columns of a redline where nobody says how many there are.
const WIDTH: usize = 100;
/// What stands before each line of one.
const STEP: &str = "    ";

pub(super) fn run(arguments: &VerifyArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let pin = arguments.trust.as_deref().map(pin).transpose()?;
    if let Some(folder) = &arguments.export {
        refuse_other_content(folder)?;
    }
    let source = SourceArguments {
        root: arguments.root.clone(),
        today: arguments.today,
        fields: Vec::new(),
        no_cache: true,
    };
    let Gathered { mut inputs, home, .. } = gather(&source, terminal)?;
    // What stands in the files is compared with what was approved, and not the other way round.
    inputs.texts = Texts::Written;
    let Checked { corpus, assessment, .. } = pipeline::judge(&inputs);
    let texts = changed(&inputs, &corpus, &assessment.documents, terminal);
    let lost = losses(&texts);
    let evidence = Evidence {
        snapshot: &inputs.snapshot,
        faults: &inputs.faults,
        corpus: &corpus,
        assessment: &assessment,
        latest: pipeline::today(None, inputs.now, &corpus.settings),
        lost: &lost,
        brought: &Witnesses::new(),
        sources: &[],
    };
    if let Some(folder) = &arguments.export {
        // What only whoever verifies knows has no part in what they hand on.
        let report = Report::new(&evidence, pin.as_ref());
        let forms = forms(&inputs, &evidence);
        let files = export::files(&evidence, &report, &forms);
        for (path, bytes) in &files {
            write(&folder.join(path), bytes)?;
        }
        let count = counted(files.len(), "file");
        terminal.say(&format!("{count} written to {}", folder.display()))?;
    }
    if arguments.witness.is_empty() {
        let report = Report::new(&evidence, pin.as_ref());
        return tell(&report, (&corpus, &texts), arguments, terminal);
    }
    let place = brought::Place { home: &home, now: inputs.now };
    let (witnesses, sources) = brought::look(&arguments.witness, &place, &inputs, &evidence)?;
    inputs.witnesses = witnesses;
    let Checked { corpus, assessment, .. } = pipeline::judge(&inputs);
    let texts = changed(&inputs, &corpus, &assessment.documents, terminal);
    let evidence = Evidence {
        snapshot: &inputs.snapshot,
        faults: &inputs.faults,
        corpus: &corpus,
        assessment: &assessment,
        latest: pipeline::today(None, inputs.now, &corpus.settings),
        lost: &losses(&texts),
        brought: &inputs.witnesses,
        sources: &sources,
    };
    let report = Report::new(&evidence, pin.as_ref());
    tell(&report, (&corpus, &texts), arguments, terminal)
}

/// For documents, by their numbers, what changed since the text in force, or why that cannot be had.
type Redlines = BTreeMap<usize, Result<String, String>>;

/// Prints a report, and says how it ends.
fn tell(
    report: &Report,
    (corpus, texts): (&Corpus, &Redlines),
    arguments: &VerifyArguments,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let redlines = |id: &str| {
        let (index, _) = corpus.document_by_id(id)?;
        texts.get(&(index as usize))?.as_ref().ok().cloned()
    };
    terminal.data(&match arguments.format {
        ReportForm::Human => report.human(&redlines),
        ReportForm::Json => report.json(),
    })?;
    Ok(if report.verdict == Verdict::Stands { Outcome::Fine } else { Outcome::Errors })
}

/// Returns why texts in force cannot be had.
fn losses(texts: &Redlines) -> BTreeMap<usize, String> {
    let lost = texts.iter().filter_map(|(index, redline)| {
        redline.as_ref().err().map(|reason| (*index, reason.clone()))
    });
    lost.collect()
}

/// Reads what `--trust` names.
fn pin(named: &Path) -> Result<Pin, Failure> {
    let words = named.to_string_lossy();
    let failed = |fault: &dyn std::fmt::Display| {
        Failure::new(format!("`{words}` is nothing to trust: {fault}"))
            .help("name a fingerprint (`ssh-keygen -lf key.pub`), a list of allowed signers, or the text of the first ring")
    };
    if let Some(pin) = Pin::fingerprint(&words).map_err(|fault| failed(&fault))? {
        return Ok(pin);
    }
    let text =
        fs::read_to_string(named).map_err(|cause| Failure::of_file("read", named, &cause))?;
    Pin::file(&text).map_err(|fault| failed(&fault))
}

/// Returns, for documents whose file holds another text than the one in force, what changed, or why
/// the text in force cannot be had.
fn changed(
    inputs: &Inputs,
    corpus: &Corpus,
    standings: &[crate::model::assessment::Standing],
    terminal: Terminal,
) -> Redlines {
    let options = Options {
        width: Stream::Data.width().unwrap_or(WIDTH).saturating_sub(STEP.len()),
        colours: terminal.has_colour(Stream::Data),
        ..Options::default()
    };
    let changed = standings.iter().enumerate().filter_map(|(index, standing)| {
        let digest = standing.in_force.as_ref()?.digest?;
        (digest != standing.digest).then_some((index, digest))
    });
    changed
        .map(|(index, digest)| {
            let approved = pipeline::past_text(inputs, corpus, index, digest);
            let redline = approved.map(|approved| {
                let file = pipeline::text(corpus, &inputs.snapshot, index);
                let redline = print(&Redline::new(&approved, &file), options);
                redline.split_inclusive('\n').flat_map(|line| [STEP, line]).collect()
            });
            (index, redline)
        })
        .collect()
}

/// Returns the canonical forms of all texts that records name, as far as the files and their history
/// hold them.
fn forms(inputs: &Inputs, evidence: &Evidence<'_>) -> Forms {
    let Evidence { corpus, assessment, .. } = evidence;
    let form = |digest: Digest, id: &str| {
        let Some((index, _)) = corpus.document_by_id(id) else {
            let item = corpus.item(id)?;
            let now = corpus.item_form(item);
            if Digest::of_bytes(&now) == digest {
                return Some(now);
            }
            return pipeline::past_item_form(inputs, corpus, item, digest).ok();
        };
        let index = index as usize;
        if assessment.documents[index].digest == digest {
            return Some(assess::form(corpus, &inputs.snapshot, index));
        }
        pipeline::past_form(inputs, corpus, index, digest).ok()
    };
    let named = export::named_texts(evidence).into_iter();
    named.filter_map(|(digest, id)| Some((digest, form(digest, &id)?))).collect()
}
