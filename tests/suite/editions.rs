//! Sources to the bytes of an edition, stage by stage, without a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use avouch::assess::{self, assess};
use avouch::diagnostic::Diagnostic;
use avouch::edition::{Filled, Handbook, OpenTexts, TrustCenter, leak};
use avouch::memo::Memo;
use avouch::model::assessment::Assessment;
use avouch::model::audience::{Audience, Customer};
use avouch::model::corpus::Corpus;
use avouch::model::fingerprint::Fingerprint;
use avouch::model::judgement::Seen;
use avouch::parse::{self, parse};
use avouch::pipeline::{self, Checked};
use avouch::plan::handbook::HandbookPlan;
use avouch::plan::trust::TrustPlan;
use avouch::render::highlight::Highlighter;
use avouch::render::pdf::Typesetter;
use avouch::render::recipe::Recipes;
use avouch::render::{self, Studio};
use avouch::resolve::resolve;
use avouch::theme::Theme;
use avouch::workspace::{Layout, Snapshot};
use jiff::civil::{Date, date};
use rayon::prelude::*;

/// The day for which everything is computed here; that of the demonstration.
pub(crate) const TODAY: Date = date(2026, 11, 16);

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(Highlighter::new);
static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(Typesetter::new);
static PROOFS: LazyLock<Typesetter> = LazyLock::new(Typesetter::of_proofs);
static TRUST: LazyLock<Arc<Theme>> =
    LazyLock::new(|| Theme::load("trust", &BTreeMap::new()).unwrap());
static HANDBOOK: LazyLock<Arc<Theme>> =
    LazyLock::new(|| Theme::load("handbook", &BTreeMap::new()).unwrap());

/// One output of an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output {
    pub(crate) fingerprint: Fingerprint,
    pub(crate) bytes: Vec<u8>,
}

/// All outputs of an edition, by address.
pub(crate) type Outputs = BTreeMap<String, Output>;

/// What the stages up to the editions know of some files.
pub(crate) struct Stages {
    pub(crate) snapshot: Snapshot,
    pub(crate) corpus: Corpus,
    pub(crate) assessment: Assessment,
    pub(crate) trust_center: Option<TrustCenter>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Stages {
    /// Takes files through the first stages.
    pub(crate) fn new(snapshot: Snapshot) -> Self {
        let rules = pipeline::rules();
        let options = parse::Options { layout: Layout::Workspace, rules: &rules, names: &[] };
        let (corpus, mut diagnostics) =
            resolve(parse(&snapshot, options, &Memo::default()).0, &snapshot);
        let verdicts = assess::judge(&corpus, &snapshot, &Seen::default(), TODAY);
        let shown = assess::left_alone(&assess::wanted(&corpus, &verdicts, TODAY));
        let assessment = assess(&corpus, &snapshot, verdicts, &shown, TODAY);
        diagnostics.extend(assess::check(&corpus, &corpus, &assessment));
        let (trust_center, found) = TrustCenter::disclose(&corpus, &assessment, &snapshot);
        diagnostics.extend(found);
        Self { snapshot, corpus, assessment, trust_center, diagnostics }
    }

    /// Takes over what the pipeline found.
    pub(crate) fn checked(snapshot: Snapshot, checked: Checked) -> Self {
        let Checked { corpus, assessment, trust_center, diagnostics, timings: _ } = checked;
        Self { snapshot, corpus, assessment, trust_center, diagnostics }
    }

    /// Returns the messages of errors.
    pub(crate) fn errors(&self) -> Vec<String> {
        let errors = self.diagnostics.iter().filter(|it| it.is_error());
        errors.map(|it| format!("{}: {}: {}", it.rule.name, it.place.path, it.message)).collect()
    }

    /// Hands the recipes of the trust center to a function.
    pub(crate) fn with_trust<T>(
        &self,
        pdf: bool,
        theme: &Theme,
        then: impl FnOnce(&Recipes<'_, Customer>) -> T,
    ) -> T {
        let studio = Studio::new(theme, &HIGHLIGHTER, &TYPESETTER);
        let (plan, _) = TrustPlan::new(self.trust_center.as_ref().unwrap(), pdf);
        then(&render::trust::recipes(&plan, &studio))
    }

    /// Makes the trust center with the built-in theme.
    pub(crate) fn trust(&self, pdf: bool) -> Outputs {
        self.with_trust(pdf, &TRUST, outputs)
    }

    /// Makes the trust center with a theme.
    pub(crate) fn trust_in(&self, theme: &Theme) -> Outputs {
        self.with_trust(false, theme, outputs)
    }

    /// Makes the handbook with the built-in theme.
    pub(crate) fn handbook(&self, pdf: bool) -> Outputs {
        self.make_handbook(pdf, &HANDBOOK)
    }

    /// Makes the handbook with a theme.
    pub(crate) fn handbook_in(&self, theme: &Theme) -> Outputs {
        self.make_handbook(false, theme)
    }

    /// Makes proofs of the PDFs of the trust center: texts of all that decides their bytes.
    pub(crate) fn trust_proofs(&self) -> Outputs {
        let studio = Studio::new(&TRUST, &HIGHLIGHTER, &PROOFS);
        let (plan, _) = TrustPlan::new(self.trust_center.as_ref().unwrap(), true);
        pdfs(&render::trust::recipes(&plan, &studio))
    }

    /// Makes proofs of the PDFs of the handbook.
    pub(crate) fn handbook_proofs(&self) -> Outputs {
        let studio = Studio::new(&HANDBOOK, &HIGHLIGHTER, &PROOFS);
        let filled = Filled::new(&self.corpus);
        let (plan, _) = HandbookPlan::new(Handbook::new(&filled, &self.assessment), true);
        pdfs(&render::handbook::recipes(&plan, &self.snapshot, &studio))
    }

    fn make_handbook(&self, pdf: bool, theme: &Theme) -> Outputs {
        let studio = Studio::new(theme, &HIGHLIGHTER, &TYPESETTER);
        let filled = Filled::new(&self.corpus);
        let (plan, _) = HandbookPlan::new(Handbook::new(&filled, &self.assessment), pdf);
        outputs(&render::handbook::recipes(&plan, &self.snapshot, &studio))
    }

    /// Runs the third wall over the trust center.
    pub(crate) fn leaks(&self) -> Vec<Diagnostic> {
        self.leaks_in(&TRUST)
    }

    /// Runs the third wall over the trust center in a theme.
    pub(crate) fn leaks_in(&self, theme: &Theme) -> Vec<Diagnostic> {
        let trust_center = self.trust_center.as_ref().unwrap();
        let open = OpenTexts::new(&self.corpus, &self.snapshot);
        self.with_trust(false, theme, |recipes| {
            leak::search(&self.corpus, trust_center, &self.snapshot, &open, recipes).unwrap()
        })
    }
}

fn outputs<A: Audience>(recipes: &Recipes<'_, A>) -> Outputs {
    those(recipes, |_| true)
}

fn pdfs<A: Audience>(recipes: &Recipes<'_, A>) -> Outputs {
    those(recipes, |address| address.ends_with(".pdf"))
}

fn those<A: Audience>(
    recipes: &Recipes<'_, A>,
    is_wanted: impl Fn(&str) -> bool + Sync,
) -> Outputs {
    let made: Vec<(String, Output)> = recipes
        .as_slice()
        .par_iter()
        .filter(|it| is_wanted(it.address.as_str()))
        .map(|it| {
            let draft = (it.begin)();
            let fingerprint = draft.fingerprint;
            let bytes = draft.finish().unwrap();
            (it.address.as_str().to_owned(), Output { fingerprint, bytes })
        })
        .collect();
    let count = made.len();
    let outputs: Outputs = made.into_iter().collect();
    assert_eq!(outputs.len(), count, "two outputs share an address");
    outputs
}

/// Returns the addresses whose bytes differ, or that only one side has.
pub(crate) fn changed<'o>(before: &'o Outputs, after: &'o Outputs) -> Vec<&'o str> {
    let addresses = before.keys().chain(after.keys()).collect::<BTreeSet<_>>();
    let differs = |address: &&&String| {
        before.get(**address).map(|it| &it.bytes) != after.get(**address).map(|it| &it.bytes)
    };
    addresses.into_iter().filter(|it| differs(&it)).map(String::as_str).collect()
}
