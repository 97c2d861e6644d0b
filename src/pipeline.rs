//! The stages, composed: [`check`], [`build`] and [`preview()`].

mod preview;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::assess::{self, assess};
use crate::diagnostic::baseline::{self, Baseline};
use crate::diagnostic::{self, Diagnostic, Level, Rule};
use crate::edition::{Filled, Handbook, TrustCenter, leak, own_address};
use crate::memo::Memo;
use crate::model::address::Address;
use crate::model::assessment::Assessment;
use crate::model::audience::{Customer, Staff};
use crate::model::corpus::Corpus;
use crate::model::settings::Settings;
use crate::parse::{self, parse};
use crate::plan::handbook::HandbookPlan;
use crate::plan::trust::TrustPlan;
use crate::render::highlight::Highlighter;
use crate::render::pdf::Typesetter;
use crate::render::recipe::{Recipes, RenderFailure};
use crate::render::{self, Studio};
use crate::resolve::{self, resolve};
use crate::span::{Place, Span};
use crate::theme::{Theme, ThemeFault};
use crate::workspace::{Layout, ReadFault, ReadFaultKind, Snapshot};
use crate::write::{OutputRoot, Progress, WriteFailure, Written, write};

pub use self::preview::{Answer, Preview, preview};

/// Everything that decides what comes out.
#[derive(Debug)]
pub struct Inputs {
    /// The files.
    pub snapshot: Snapshot,
    /// What was odd about files while they were read.
    pub faults: Vec<ReadFault>,
    /// Whether they are a workspace.
    pub layout: Layout,
    /// The day, if the caller fixes it.
    pub today: Option<Date>,
    /// The moment, for the day in the time zone of the workspace.
    pub now: jiff::Timestamp,
    /// For other people's folders: our name of a key and theirs.
    pub names: Vec<(String, String)>,
}

/// What is known after all stages that need no output.
#[derive(Debug)]
pub struct Checked {
    /// The content.
    pub corpus: Corpus,
    /// Its states on the day.
    pub assessment: Assessment,
    /// What customers may read.
    pub trust_center: Option<TrustCenter>,
    /// What is wrong, sorted.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Returns whether anything must be mended before something may be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Returns all rules, sorted by name.
#[must_use]
pub fn rules() -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = [
        parse::rules::ALL,
        resolve::rules::ALL,
        assess::rules::ALL,
        crate::edition::rules::ALL,
        render::rules::ALL,
    ]
    .concat();
    rules.sort_by_key(|rule| rule.name);
    rules
}

/// Finds everything that is wrong, as a build would, and writes nothing: takes the content through
/// the stages and searches the bytes of the public pages for what is withheld.
///
/// # Errors
///
/// Fails where the theme is faulty.
pub fn check(inputs: &Inputs) -> Result<Checked, BuildFailure> {
    let mut checked = judge(inputs);
    let found = Workshop::new(inputs, &checked).publish(&checked, false, |_, found| Ok(found))?;
    checked.diagnostics.extend(found.unwrap_or_default());
    settle(&mut checked.diagnostics, &checked.corpus, inputs.layout);
    Ok(checked)
}

/// Reads, resolves, judges and discloses: all that needs no output.
#[must_use]
pub fn judge(inputs: &Inputs) -> Checked {
    judge_again(inputs, &Memo::default()).0
}

/// Judges like [`judge`], and takes over from the run before what did not change since.
#[must_use]
pub fn judge_again(inputs: &Inputs, memo: &Memo) -> (Checked, Memo) {
    let rules = rules();
    let options = parse::Options { layout: inputs.layout, rules: &rules, names: &inputs.names };
    let (parsed, memo) = parse(&inputs.snapshot, options, memo);
    let (corpus, mut diagnostics) = resolve(parsed, &inputs.snapshot);
    diagnostics.extend(inputs.faults.iter().map(odd_file));
    let (assessment, found) =
        assess(&corpus, &inputs.snapshot, today(inputs.today, inputs.now, &corpus.settings));
    diagnostics.extend(found);
    let (trust_center, found) = TrustCenter::disclose(&corpus, &assessment, &inputs.snapshot);
    diagnostics.extend(found);
    let filled = Filled::new(&corpus);
    let (plan, found) = HandbookPlan::new(Handbook::new(&filled, &assessment), false);
    diagnostics.extend(found);
    diagnostics.extend(render::examine(&plan, &inputs.snapshot, &Typesetter::new()));
    settle(&mut diagnostics, &corpus, inputs.layout);
    (Checked { corpus, assessment, trust_center, diagnostics }, memo)
}

/// What makes bytes, for all editions of a run.
struct Workshop<'i> {
    inputs: &'i Inputs,
    overlay: BTreeMap<String, String>,
    highlighter: Highlighter,
    typesetter: Typesetter,
}

impl<'i> Workshop<'i> {
    fn new(inputs: &'i Inputs, checked: &Checked) -> Self {
        Self {
            inputs,
            overlay: overlay(&inputs.snapshot, &checked.corpus.settings.theme),
            highlighter: Highlighter::new(),
            typesetter: Typesetter::new(),
        }
    }

    fn theme(&self, edition: &str) -> Result<Theme, BuildFailure> {
        Theme::load(edition, &self.overlay).map_err(BuildFailure::Theme)
    }

    fn studio<'s>(&'s self, theme: &'s Theme) -> Studio<'s> {
        Studio::new(theme, &self.highlighter, &self.typesetter)
    }

    /// Plans the public edition, searches its bytes for what is withheld and its texts for
    /// addresses that are not built, and hands over its recipes and what was found. Does nothing
    /// where there is no public edition.
    fn publish<T>(
        &self,
        checked: &Checked,
        with_pdfs: bool,
        then: impl FnOnce(Recipes<'_, Customer>, Vec<Diagnostic>) -> Result<T, BuildFailure>,
    ) -> Result<Option<T>, BuildFailure> {
        let Some(trust_center) = &checked.trust_center else { return Ok(None) };
        let theme = self.theme("trust")?;
        let studio = self.studio(&theme);
        let plan = TrustPlan::new(trust_center, with_pdfs);
        let recipes = render::trust::recipes(&plan, &studio);
        let (corpus, snapshot) = (&checked.corpus, &self.inputs.snapshot);
        let mut found =
            leak::search(corpus, trust_center, snapshot, &recipes).map_err(BuildFailure::Render)?;
        found.extend(own_address::check(corpus, snapshot, &recipes));
        settle(&mut found, corpus, self.inputs.layout);
        then(recipes, found).map(Some)
    }
}

/// Which PDFs are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pdf {
    /// Those whose document changed.
    Changed,
    /// All, again.
    All,
    /// None.
    None,
}

/// What a build is to do.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The folder of the workspace.
    pub root: PathBuf,
    /// Where the editions go.
    pub out: PathBuf,
    /// Which PDFs are made.
    pub pdf: Pdf,
    /// Whether the handbook is written.
    pub handbook: bool,
    /// Whether the trust center is written.
    pub trust: bool,
    /// The faults that are accepted.
    pub baseline: Option<Baseline>,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// The content, its states, and what is wrong.
    pub checked: Checked,
    /// How many faults the baseline accepts.
    pub accepted: usize,
    /// How many entries of the baseline accept nothing.
    pub stale: usize,
    /// The editions that were written: name, number of pages and PDFs, what was done.
    pub editions: Vec<BuiltEdition>,
}

/// What was written of an edition.
#[derive(Debug, Clone)]
pub struct BuiltEdition {
    /// Its name.
    pub name: &'static str,
    /// Its folder.
    pub path: PathBuf,
    /// How many HTML pages it has.
    pub pages: usize,
    /// How many PDFs it has.
    pub pdfs: usize,
    /// What was done to its files.
    pub written: Written,
}

/// Why a build could not be finished although the content is good.
#[derive(Debug)]
pub enum BuildFailure {
    /// The theme is faulty.
    Theme(ThemeFault),
    /// Bytes could not be made.
    Render(RenderFailure),
    /// Files could not be written.
    Write(WriteFailure),
}

impl fmt::Display for BuildFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Theme(fault) => write!(f, "the theme is faulty: {fault}"),
            Self::Render(failure) => f.write_str(&failure.message),
            Self::Write(failure) => write!(f, "{failure}"),
        }
    }
}

/// Checks and, if nothing must be mended first, writes the editions.
///
/// # Errors
///
/// Fails where the theme is faulty or the disk refuses. What stood before still does.
pub fn build(
    inputs: &Inputs,
    options: &BuildOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Built, BuildFailure> {
    let mut checked = judge(inputs);
    let (mut accepted, mut stale) = (0, 0);
    if let Some(baseline) = &options.baseline {
        let found = checked.diagnostics.len();
        stale = baseline::stale(&checked.diagnostics, baseline);
        checked.diagnostics = baseline::filter(checked.diagnostics, baseline);
        accepted = found - checked.diagnostics.len();
    }
    if options.pdf == Pdf::None {
        checked.diagnostics.retain(|it| !render::is_about_pdfs(it));
    }
    let workshop = Workshop::new(inputs, &checked);
    let with_pdfs = options.pdf != Pdf::None;
    let is_good = !checked.has_errors();
    let mut editions = Vec::new();

    // The public edition comes first: if something withheld is in it, nothing is written.
    let mut leaks = Vec::new();
    if options.trust {
        let published = workshop.publish(&checked, with_pdfs, |recipes, found| {
            if !is_good || found.iter().any(Diagnostic::is_error) {
                return Ok((None, found));
            }
            let recipes = recipes.forced(|it| is_remade(options, it));
            let root = OutputRoot::<Customer>::open(&options.out, &options.root)
                .map_err(BuildFailure::Write)?;
            let written = write(&recipes, &root, progress).map_err(BuildFailure::Write)?;
            let edition = BuiltEdition::new("trust", root.path(), recipes.addresses(), written);
            Ok((Some(edition), found))
        })?;
        if let Some((edition, found)) = published {
            editions.extend(edition);
            leaks = found;
        }
    }
    if is_good && !leaks.iter().any(Diagnostic::is_error) && options.handbook {
        let theme = workshop.theme("handbook")?;
        let studio = workshop.studio(&theme);
        let filled = Filled::new(&checked.corpus);
        let edition = Handbook::new(&filled, &checked.assessment);
        let (mut plan, _) = HandbookPlan::new(edition, with_pdfs);
        render::handbook::navigate(&mut plan, &studio).map_err(BuildFailure::Render)?;
        let recipes = render::handbook::recipes(&plan, &inputs.snapshot, &studio)
            .forced(|it| is_remade(options, it));
        let root =
            OutputRoot::<Staff>::open(&options.out, &options.root).map_err(BuildFailure::Write)?;
        let written = write(&recipes, &root, progress).map_err(BuildFailure::Write)?;
        editions.push(BuiltEdition::new("handbook", root.path(), recipes.addresses(), written));
    }
    checked.diagnostics.append(&mut leaks);
    settle(&mut checked.diagnostics, &checked.corpus, inputs.layout);
    Ok(Built { checked, accepted, stale, editions })
}

impl BuiltEdition {
    fn new<'r>(
        name: &'static str,
        path: &Path,
        addresses: impl Iterator<Item = &'r str>,
        written: Written,
    ) -> Self {
        let (mut pages, mut pdfs) = (0, 0);
        for address in addresses {
            pages += usize::from(address.ends_with(".html"));
            pdfs += usize::from(address.ends_with(".pdf"));
        }
        Self { name, path: path.to_owned(), pages, pdfs, written }
    }
}

/// Returns whether an output is made again whatever its fingerprint says.
fn is_remade(options: &BuildOptions, address: &Address) -> bool {
    options.pdf == Pdf::All && address.as_str().ends_with(".pdf")
}

/// Returns the day for which states are computed: the one that was given, else the one that the
/// workspace pins, else that of a moment in the time zone of the workspace.
fn today(given: Option<Date>, now: jiff::Timestamp, settings: &Settings) -> Date {
    let pinned = settings.today.as_ref().map(|date| date.value);
    let zone = jiff::tz::TimeZone::get(&settings.time_zone).unwrap_or(jiff::tz::TimeZone::UTC);
    given.or(pinned).unwrap_or_else(|| now.to_zoned(zone).date())
}

/// Sorts, and gives every diagnostic the level that the settings say. In a folder that is no
/// workspace nothing is an error: its authors never heard of our rules.
fn settle(diagnostics: &mut Vec<Diagnostic>, corpus: &Corpus, layout: Layout) {
    let levels: BTreeMap<&str, Level> =
        corpus.settings.levels.iter().map(|(name, level)| (name.as_str(), *level)).collect();
    for diagnostic in diagnostics.iter_mut() {
        if let Some(level) = levels.get(diagnostic.rule.name) {
            diagnostic.level = *level;
        }
        if layout == Layout::Folder && diagnostic.level == Level::Error {
            diagnostic.level = Level::Warning;
        }
    }
    diagnostics.retain(|diagnostic| diagnostic.level != Level::Off);
    diagnostic::sort(diagnostics);
}

fn odd_file(fault: &ReadFault) -> Diagnostic {
    let (rule, span) = match fault.kind {
        ReadFaultKind::NotUtf8 { offset, .. } => {
            (&parse::rules::invalid_text::RULE, Span::new(offset, offset))
        }
        _ => (&parse::rules::unsafe_path::RULE, Span::default()),
    };
    let place = Place::new(&fault.path, span);
    Diagnostic::new(rule, place, fault.kind.to_string()).help(fault.kind.help())
}

/// Returns the files of the user's theme, by their path in it.
#[must_use]
pub fn overlay(snapshot: &Snapshot, theme: &str) -> BTreeMap<String, String> {
    let folder = format!("themes/{theme}");
    let files = snapshot.under(&folder);
    files
        .filter_map(|(path, file)| {
            let name = path.strip_prefix(&folder)?.strip_prefix('/')?;
            Some((name.to_owned(), file.text().ok()?.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Inputs, judge, judge_again};
    use crate::memo::Memo;
    use crate::workspace::{Layout, Snapshot};

    #[test]
    fn a_memo_saves_work_and_changes_nothing() {
        let inputs = |text: &str| Inputs {
            snapshot: Snapshot::from_files([("a.md", text), ("b.md", "See [a](a.md#there).")]),
            faults: Vec::new(),
            layout: Layout::Folder,
            today: Some(jiff::civil::date(2026, 3, 1)),
            now: jiff::Timestamp::UNIX_EPOCH,
            names: Vec::new(),
        };
        let (_, memo) = judge_again(&inputs("# A"), &Memo::default());
        assert_eq!(memo.len(), 2);
        let changed = inputs("# A\n\n## There");
        let (warm, memo) = judge_again(&changed, &memo);
        let cold = judge(&changed);
        assert_eq!(memo.len(), 2);
        assert_eq!((warm.diagnostics, warm.assessment), (cold.diagnostics, cold.assessment));
        assert_eq!(warm.corpus.documents, cold.corpus.documents);
    }
}
