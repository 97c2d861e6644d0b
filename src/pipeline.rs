//! The stages, composed: [`check`], [`build`] and [`preview()`].

mod preview;
mod timings;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::assess::{self, assess};
use crate::diagnostic::baseline::{self, Accepted, Baseline};
use crate::diagnostic::{self, Diagnostic, Level, Rule};
use crate::edition::{Filled, Handbook, OpenTexts, TrustCenter, leak, own_address};
use crate::memo::Memo;
use crate::model::address::Address;
use crate::model::assessment::Assessment;
use crate::model::audience::{Audience, Customer};
use crate::model::corpus::Corpus;
use crate::model::fingerprint::{BUILD, Fingerprint};
use crate::model::settings::Settings;
use crate::parse::{self, parse};
use crate::plan::handbook::HandbookPlan;
use crate::plan::trust::TrustPlan;
use crate::render::handbook_navigation::Navigator;
use crate::render::highlight::Highlighter;
use crate::render::pdf::Typesetter;
use crate::render::recipe::{Recipes, RenderFailure};
use crate::render::{self, Studio};
use crate::resolve::{self, resolve_again};
use crate::span::{Place, Span};
use crate::theme::{Theme, ThemeFault};
use crate::workspace::{Layout, ReadFault, ReadFaultKind, Snapshot};
use crate::write::{OutputRoot, Progress, WriteFailure, Written, standing, write};

pub use self::preview::{Answer, Preview, preview};
pub use self::timings::Timings;

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

impl Inputs {
    /// Returns a fingerprint of everything that decides what comes out on a day.
    fn fingerprint(&self, today: Date) -> Fingerprint {
        let Self { snapshot, faults: _, layout, today: _, now: _, names } = self;
        Fingerprint::of(&(BUILD, snapshot.fingerprint(), layout, names, today))
    }
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
    /// Where the time went.
    pub timings: Timings,
}

impl Checked {
    fn new(content: Content, diagnostics: Vec<Diagnostic>, timings: Timings) -> Self {
        let Content { corpus, assessment, trust_center, open: _ } = content;
        Self { corpus, assessment, trust_center, diagnostics, timings }
    }

    /// Returns whether anything must be mended before something may be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
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
/// the stages and searches the bytes of the public pages for what is withheld. Takes over from the
/// run before what did not change since.
///
/// # Errors
///
/// Fails where the theme is faulty.
pub fn check(inputs: &Inputs, memo: &Memo) -> Result<(Checked, Memo), BuildFailure> {
    let mut run = Run::new(inputs);
    let (content, memo) = run.read(memo);
    run.examine(&content)?;
    Ok((run.finish(content), memo))
}

/// Reads, resolves, judges, discloses and plans: all that needs no output.
#[must_use]
pub fn judge(inputs: &Inputs) -> Checked {
    judge_again(inputs, &Memo::default()).0
}

/// Judges like [`judge`], and takes over from the run before what did not change since.
#[must_use]
pub fn judge_again(inputs: &Inputs, memo: &Memo) -> (Checked, Memo) {
    let mut run = Run::new(inputs);
    let (content, memo) = run.read(memo);
    run.plan(&content, &Filled::new(&content.corpus), false);
    (run.finish(content), memo)
}

/// The content and what is known of it.
struct Content {
    corpus: Corpus,
    assessment: Assessment,
    trust_center: Option<TrustCenter>,
    /// What authors made public, where there is a public edition.
    open: Option<OpenTexts>,
}

/// Both editions, planned.
struct Plans<'c> {
    handbook: HandbookPlan<'c>,
    trust: Option<TrustPlan<'c>>,
}

/// One run through the stages: what was found, and how long it took.
struct Run<'i> {
    inputs: &'i Inputs,
    diagnostics: Vec<Diagnostic>,
    timings: Timings,
}

impl<'i> Run<'i> {
    fn new(inputs: &'i Inputs) -> Self {
        Self { inputs, diagnostics: Vec::new(), timings: Timings::default() }
    }

    /// Parses, resolves, assesses and discloses.
    fn read(&mut self, memo: &Memo) -> (Content, Memo) {
        let Self { inputs, diagnostics, timings } = self;
        let snapshot = &inputs.snapshot;
        let rules = rules();
        let options = parse::Options { layout: inputs.layout, rules: &rules, names: &inputs.names };
        let before = memo;
        let (parsed, memo) = timings.measure("parse", || parse(snapshot, options, before));
        timings.remembered = memo.taken_over(before);
        let (corpus, found, links) =
            timings.measure("resolve", || resolve_again(parsed, snapshot, before.links()));
        diagnostics.extend(found);
        let memo = memo.with_links(links);
        diagnostics.extend(inputs.faults.iter().map(odd_file));
        let today = today(inputs.today, inputs.now, &corpus.settings);
        let (assessment, found) = timings.measure("assess", || assess(&corpus, snapshot, today));
        diagnostics.extend(found);
        let (trust_center, found) =
            timings.measure("disclose", || TrustCenter::disclose(&corpus, &assessment, snapshot));
        diagnostics.extend(found);
        let open = trust_center.as_ref().map(|_| OpenTexts::new(&corpus, snapshot));
        diagnostics.extend(open.iter().flat_map(|it| it.check(snapshot)));
        (Content { corpus, assessment, trust_center, open }, memo)
    }

    /// Plans both editions.
    fn plan<'c>(
        &mut self,
        content: &'c Content,
        filled: &'c Filled<'c>,
        with_pdfs: bool,
    ) -> Plans<'c> {
        let Self { inputs, diagnostics, timings } = self;
        let edition = Handbook::new(filled, &content.assessment);
        let public = content.trust_center.as_ref();
        let (handbook, found) = timings.measure("plan", || HandbookPlan::new(edition, with_pdfs));
        diagnostics.extend(found);
        let trust =
            timings.measure("plan", || public.map(|public| TrustPlan::new(public, with_pdfs)));
        let (trust, found) = trust.unzip();
        diagnostics.extend(found.unwrap_or_default());
        let found = timings.measure("examine", || {
            render::examine(&handbook, &inputs.snapshot, &Typesetter::new())
        });
        diagnostics.extend(found);
        Plans { handbook, trust }
    }

    /// Plans both editions and searches the public one, only for what is found on the way.
    fn examine(&mut self, content: &Content) -> Result<(), BuildFailure> {
        let filled = Filled::new(&content.corpus);
        let plans = self.plan(content, &filled, false);
        if let Some(plan) = &plans.trust {
            let workshop = Workshop::new(self.inputs, &content.corpus.settings);
            let theme = workshop.theme("trust")?;
            let studio = workshop.studio(&theme);
            self.search(content, &render::trust::recipes(plan, &studio))?;
        }
        Ok(())
    }

    /// Searches the bytes of the public edition for what is withheld, and its texts for addresses
    /// that are not built.
    fn search(
        &mut self,
        content: &Content,
        recipes: &Recipes<'_, Customer>,
    ) -> Result<(), BuildFailure> {
        let Self { inputs, diagnostics, timings } = self;
        let Some((public, open)) = content.trust_center.as_ref().zip(content.open.as_ref()) else {
            return Ok(());
        };
        let (corpus, snapshot) = (&content.corpus, &inputs.snapshot);
        let found =
            timings.measure("search", || leak::search(corpus, public, snapshot, open, recipes));
        diagnostics.extend(found.map_err(BuildFailure::Render)?);
        diagnostics.extend(own_address::check(corpus, snapshot, open, recipes));
        Ok(())
    }

    /// Plans, checks what only bytes tell, and writes if nothing must be mended first.
    fn write(
        &mut self,
        content: &Content,
        options: &BuildOptions,
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<(Accepted, Vec<BuiltEdition>), BuildFailure> {
        let (inputs, settings) = (self.inputs, &content.corpus.settings);
        let filled = Filled::new(&content.corpus);
        let plans = self.plan(content, &filled, options.pdf != Pdf::None);
        let Plans { handbook, trust } = plans;
        if options.pdf == Pdf::None {
            self.diagnostics.retain(|it| !render::is_about_pdfs(it));
        }
        let workshop = Workshop::new(inputs, settings);
        let theme = workshop.theme("handbook")?;
        let internal = workshop.studio(&theme);
        let theme = trust.as_ref().map(|_| workshop.theme("trust")).transpose()?;
        let public = theme.as_ref().map(|theme| workshop.studio(theme));
        let trust = trust.as_ref().zip(public.as_ref());
        let trust = trust.map(|(plan, studio)| render::trust::recipes(plan, studio));
        // If something withheld is in the public edition, nothing is written at all.
        if let Some(recipes) = &trust {
            self.search(content, recipes)?;
        }
        self.settle(settings);
        let Self { diagnostics, timings, .. } = self;
        let accept = |baseline| baseline::accept(diagnostics, baseline);
        let accepted = options.baseline.as_ref().map_or_else(Accepted::default, accept);
        let mut editions = Vec::new();
        if has_errors(diagnostics) {
            return Ok((accepted, editions));
        }
        let made_of = inputs.fingerprint(content.assessment.today);
        let mut press = Press { options, made_of, timings, progress };
        if let Some(recipes) = trust.filter(|_| options.trust) {
            editions.push(press.put("trust", |_| Ok(recipes))?);
        }
        if options.handbook {
            let navigator = Navigator::new(&handbook, &internal);
            editions.push(press.put("handbook", |timings| {
                Ok(timings.measure("recipes", || {
                    render::handbook::recipes(&handbook, &inputs.snapshot, &internal, &navigator)
                }))
            })?);
        }
        Ok((accepted, editions))
    }

    fn settle(&mut self, settings: &Settings) {
        let Self { inputs, diagnostics, timings } = self;
        timings.measure("sort", || settle(diagnostics, settings, inputs.layout));
    }

    fn finish(mut self, content: Content) -> Checked {
        self.settle(&content.corpus.settings);
        Checked::new(content, self.diagnostics, self.timings)
    }
}

/// What makes bytes, for all editions of a run.
struct Workshop {
    overlay: BTreeMap<String, String>,
    highlighter: Highlighter,
    typesetter: Typesetter,
}

impl Workshop {
    fn new(inputs: &Inputs, settings: &Settings) -> Self {
        Self {
            overlay: overlay(&inputs.snapshot, &settings.theme),
            highlighter: Highlighter::new(),
            typesetter: Typesetter::new(),
        }
    }

    fn theme(&self, edition: &str) -> Result<Arc<Theme>, BuildFailure> {
        Theme::load(edition, &self.overlay).map_err(BuildFailure::Theme)
    }

    fn studio<'s>(&'s self, theme: &'s Theme) -> Studio<'s> {
        Studio::new(theme, &self.highlighter, &self.typesetter)
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
    /// What the baseline accepts.
    pub accepted: Accepted,
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
    memo: &Memo,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<(Built, Memo), BuildFailure> {
    let mut run = Run::new(inputs);
    let (content, memo) = run.read(memo);
    let (accepted, editions) = run.write(&content, options, progress)?;
    let checked = Checked::new(content, run.diagnostics, run.timings);
    Ok((Built { checked, accepted, editions }, memo))
}

/// Writes editions.
struct Press<'p> {
    options: &'p BuildOptions,
    /// Everything that decides what comes out.
    made_of: Fingerprint,
    timings: &'p mut Timings,
    progress: &'p (dyn Fn(Progress) + Sync),
}

impl Press<'_> {
    /// Writes the outputs of an edition, unless just they stand there already: an edition follows
    /// from the inputs alone.
    fn put<'r, A: Audience>(
        &mut self,
        name: &'static str,
        recipes: impl FnOnce(&mut Timings) -> Result<Recipes<'r, A>, RenderFailure>,
    ) -> Result<BuiltEdition, BuildFailure> {
        let Self { options, made_of, timings, progress } = self;
        let made_of = Fingerprint::of(&(*made_of, options.pdf != Pdf::None));
        let root = OutputRoot::<A>::open(&options.out, &options.root);
        let root = root.map_err(BuildFailure::Write)?;
        let standing = timings.measure("compare", || standing(&root, made_of));
        let standing = standing.map_err(BuildFailure::Write)?;
        if let Some(addresses) = standing.filter(|_| options.pdf != Pdf::All) {
            let written = Written { unchanged: addresses.len(), ..Written::default() };
            let addresses = addresses.iter().map(Address::as_str);
            return Ok(BuiltEdition::new(name, root.path(), addresses, written));
        }
        let recipes = recipes(timings).map_err(BuildFailure::Render)?;
        let recipes = recipes.forced(|address| is_remade(options, address));
        let written = timings
            .measure("write", || write(&recipes, &root, made_of, progress))
            .map_err(BuildFailure::Write)?;
        Ok(BuiltEdition::new(name, root.path(), recipes.addresses(), written))
    }
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
fn settle(diagnostics: &mut Vec<Diagnostic>, settings: &Settings, layout: Layout) {
    let levels: BTreeMap<&str, Level> =
        settings.levels.iter().map(|(name, level)| (name.as_str(), *level)).collect();
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

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(Diagnostic::is_error)
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
        let steps: [&[(&str, &str)]; 7] = [
            &[("a.md", "# A"), ("b.md", "See [a](a.md#there) and [c](c.md).")],
            &[("a.md", "# A\n\n## There"), ("b.md", "See [a](a.md#there) and [c](c.md).")],
            &[("a.md", "# A\n\n## Gone"), ("b.md", "See [a](a.md#there) and [c](c.md).")],
            &[("a.md", "# A"), ("b.md", "See [a](a.md#there) and [c](c.md)."), ("c.md", "# C")],
            &[("0.md", "# 0"), ("a.md", "# A"), ("b.md", "See [a](a.md#there) and [c](c.md).")],
            &[("a.md", "---\ntitle: B\n---\n"), ("b.md", "See [a](a.md#there) and [c](c.md).")],
            &[("a.png", ""), ("b.md", "See [a](a.md#there) and [c](c.md).")],
        ];
        let mut memo = Memo::default();
        for (number, files) in steps.into_iter().enumerate() {
            let inputs = Inputs {
                snapshot: Snapshot::from_files(files.iter().copied()),
                faults: Vec::new(),
                layout: Layout::Folder,
                today: Some(jiff::civil::date(2026, 3, 1)),
                now: jiff::Timestamp::UNIX_EPOCH,
                names: Vec::new(),
            };
            let cold = judge(&inputs);
            let warm;
            (warm, memo) = judge_again(&inputs, &memo);
            assert_eq!(warm.diagnostics, cold.diagnostics, "{number}");
            assert_eq!(warm.corpus.documents, cold.corpus.documents, "{number}");
            assert_eq!(warm.corpus.links, cold.corpus.links, "{number}");
            assert_eq!(warm.assessment, cold.assessment, "{number}");
            assert_eq!(memo.len(), cold.corpus.documents.len());
        }
    }
}
