//! Both editions as files.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Checked, Content, Inputs, Plans, Run, Timings, Workshop, has_errors};
use crate::diagnostic::baseline::{self, Accepted, Baseline};
use crate::edition::Filled;
use crate::memo::Memo;
use crate::model::address::Address;
use crate::model::audience::Audience;
use crate::model::fingerprint::Fingerprint;
use crate::render;
use crate::render::recipe::{Recipes, RenderFailure};
use crate::theme::ThemeFault;
use crate::write::{OutputRoot, Progress, WriteFailure, Written, survey};

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

impl Run<'_> {
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
            editions.push(press.put("trust", |_| recipes)?);
        }
        if options.handbook {
            editions.push(press.put("handbook", |timings| {
                timings.measure("recipes", || {
                    render::handbook::recipes(&handbook, &content.snapshot, &internal)
                })
            })?);
        }
        Ok((accepted, editions))
    }
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
        recipes: impl FnOnce(&mut Timings) -> Recipes<'r, A>,
    ) -> Result<BuiltEdition, BuildFailure> {
        let Self { options, made_of, timings, progress } = self;
        let made_of = Fingerprint::of(&(*made_of, options.pdf != Pdf::None));
        let root = OutputRoot::<A>::open(&options.out, &options.root);
        let root = root.map_err(BuildFailure::Write)?;
        let found = timings.measure("compare", || survey(&root)).map_err(BuildFailure::Write)?;
        if found.is_made_of(made_of) && options.pdf != Pdf::All {
            let addresses = found.addresses();
            let written = Written { unchanged: addresses.len(), ..Written::default() };
            return Ok(BuiltEdition::new(name, root.path(), addresses, written));
        }
        let recipes = recipes(timings).forced(|address| is_remade(options, address));
        let written = timings
            .measure("write", || found.write(&recipes, made_of, progress))
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
