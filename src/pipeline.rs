//! The stages, composed: [`check`], [`build()`] and [`preview()`].

mod build;
mod in_force;
mod items;
mod preview;
mod timings;
mod writers;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::assess::{self, assess};
use crate::diagnostic::{self, Diagnostic, Level, Rule};
use crate::edition::{Filled, Handbook, OpenTexts, TrustCenter, leak, own_address};
use crate::memo::Memo;
use crate::model::assessment::Assessment;
use crate::model::audience::Customer;
use crate::model::corpus::Corpus;
use crate::model::fingerprint::{BUILD, Fingerprint};
use crate::model::judgement::{GoneFile, Seen, Witnesses};
use crate::model::proposal::Proposal;
use crate::model::record::STATEMENTS;
use crate::model::settings::Settings;
use crate::model::shown::ShownTexts;
use crate::parse::{self, parse};
use crate::plan::handbook::HandbookPlan;
use crate::plan::trust::TrustPlan;
use crate::render::highlight::Highlighter;
use crate::render::pdf::Typesetter;
use crate::render::recipe::{Recipes, RenderFailure};
use crate::render::{self, Studio};
use crate::resolve::{self, resolve, resolve_again};
use crate::signature::DEMONSTRATION;
use crate::span::{FilePath, Place, Span};
use crate::theme::Theme;
use crate::workspace::{Layout, ReadFault, ReadFaultKind, Repository, Snapshot};

pub use self::build::{BuildFailure, BuildOptions, Built, BuiltEdition, Pdf, build};
pub use self::in_force::{past_form, past_text, text};
pub use self::items::{item_text, past_item_form, past_item_text};
pub use self::preview::{Answer, Preview, preview};
pub use self::timings::Timings;
pub use self::writers::{Writers, writers};

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
    /// Where earlier texts are.
    pub history: Repository,
    /// Which text of a document is shown.
    pub texts: Texts,
    /// Who saw which records, as whoever verifies knows from elsewhere: never from the files.
    pub witnesses: Witnesses,
}

/// Which text of a document is shown that was changed since it was approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Texts {
    /// The one in force.
    InForce,
    /// The one in the file, for whoever writes it.
    Written,
}

impl Inputs {
    /// Takes files without a history, for the day that the workspace says.
    #[must_use]
    pub fn of(snapshot: Snapshot, layout: Layout) -> Self {
        Self {
            snapshot,
            faults: Vec::new(),
            layout,
            today: None,
            now: jiff::Timestamp::UNIX_EPOCH,
            names: Vec::new(),
            history: Repository::default(),
            texts: Texts::InForce,
            witnesses: Witnesses::new(),
        }
    }

    /// Returns a fingerprint of everything that decides what comes out on a day.
    fn fingerprint(&self, today: Date) -> Fingerprint {
        let Self {
            snapshot,
            faults: _,
            layout,
            today: _,
            now: _,
            names,
            history,
            texts,
            witnesses,
        } = self;
        let witnesses: Vec<_> = witnesses.iter().collect();
        let history = history.consulted().map(|it| it.to_string());
        let files = snapshot.fingerprint();
        Fingerprint::of(&(BUILD, files, layout, names, today, history, texts, witnesses))
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
        let Content { snapshot: _, corpus, assessment, proposals: _, trust_center, open: _ } =
            content;
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
    /// The files as they are shown.
    snapshot: Snapshot,
    corpus: Corpus,
    assessment: Assessment,
    /// What files hold while other texts are in force.
    proposals: Vec<Proposal>,
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
        let records: Vec<FilePath> =
            corpus.records.signed.iter().map(|it| FilePath::clone(&it.path)).collect();
        let main_line = timings.measure("history", || inputs.history.first_seen(&records));
        let main_line = main_line.unwrap_or_else(|reason| {
            diagnostics.extend(assess::unread_history(&corpus, &reason));
            BTreeMap::new()
        });
        let gone = timings.measure("history", || gone_records(inputs, &corpus));
        let gone = gone.unwrap_or_else(|reason| {
            diagnostics.extend(assess::unread_history(&corpus, &reason));
            BTreeMap::new()
        });
        let seen = Seen { main_line, witnesses: inputs.witnesses.clone(), gone };
        let verdicts =
            timings.measure("records", || assess::judge(&corpus, snapshot, &seen, today));
        let wanted = assess::wanted(&corpus, &verdicts, today);
        let mut proposals = Vec::new();
        let (written, corpus, shown, snapshot) = match inputs.texts {
            _ if wanted.is_empty() => (None, corpus, ShownTexts::new(), snapshot.clone()),
            Texts::Written => (None, corpus, assess::left_alone(&wanted), snapshot.clone()),
            Texts::InForce => {
                let history = inputs.history.history();
                let composed = timings.measure("history", || {
                    let wanted = (&*wanted, &*verdicts.digests);
                    in_force::compose(snapshot, &corpus, options, wanted, history)
                });
                let in_force::Composed { snapshot, facts, shown, proposals: found } = composed;
                proposals = found;
                let (parsed, _) = parse(&snapshot, options, &memo);
                let parsed = in_force::with_facts(parsed, facts);
                let (shown_corpus, _) = resolve(parsed, &snapshot);
                (Some(corpus), shown_corpus, shown, snapshot)
            }
        };
        let assessment =
            timings.measure("assess", || assess(&corpus, &snapshot, verdicts, &shown, today));
        let written = written.as_ref().unwrap_or(&corpus);
        diagnostics.extend(assess::check(written, &corpus, &assessment));
        let snapshot = &snapshot;
        let (trust_center, found) =
            timings.measure("disclose", || TrustCenter::disclose(&corpus, &assessment, snapshot));
        diagnostics.extend(found);
        let open = trust_center.as_ref().map(|_| OpenTexts::new(&corpus, snapshot));
        diagnostics.extend(open.iter().flat_map(|it| it.check(snapshot)));
        let snapshot = snapshot.clone();
        (Content { snapshot, corpus, assessment, proposals, trust_center, open }, memo)
    }

    /// Plans both editions.
    fn plan<'c>(
        &mut self,
        content: &'c Content,
        filled: &'c Filled<'c>,
        with_pdfs: bool,
    ) -> Plans<'c> {
        let Self { inputs: _, diagnostics, timings } = self;
        let edition = Handbook::new(filled, &content.assessment).with_proposals(&content.proposals);
        let public = content.trust_center.as_ref();
        let (handbook, found) = timings.measure("plan", || HandbookPlan::new(edition, with_pdfs));
        diagnostics.extend(found);
        let trust =
            timings.measure("plan", || public.map(|public| TrustPlan::new(public, with_pdfs)));
        let (trust, found) = trust.unzip();
        diagnostics.extend(found.unwrap_or_default());
        let found = timings.measure("examine", || {
            render::examine(&handbook, &content.snapshot, &Typesetter::new())
        });
        diagnostics.extend(found);
        Plans { handbook, trust }
    }

    /// Plans both editions and searches the public one, only for what is found on the way.
    fn examine(&mut self, content: &Content) -> Result<(), BuildFailure> {
        let filled = Filled::new(&content.corpus);
        let plans = self.plan(content, &filled, false);
        let workshop = Workshop::new(self.inputs, &content.corpus.settings);
        workshop.theme("handbook")?;
        if let Some(plan) = &plans.trust {
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
        let Self { inputs: _, diagnostics, timings } = self;
        let found = timings.measure("search", || found_in(content, recipes));
        diagnostics.extend(found.map_err(BuildFailure::Render)?);
        Ok(())
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

/// Returns the files that stood among signed records and that only the history holds. Those of the
/// demonstration are made anew whenever its content changes.
fn gone_records(inputs: &Inputs, corpus: &Corpus) -> Result<BTreeMap<FilePath, GoneFile>, String> {
    let records = &corpus.records;
    if records.signed.is_empty() && records.rings.is_empty()
        || corpus.settings.workspace_id == DEMONSTRATION
    {
        return Ok(BTreeMap::new());
    }
    let is_here = |path: &str| inputs.snapshot.get(path).is_some();
    let gone = inputs.history.gone(STATEMENTS, &is_here)?.into_iter();
    Ok(gone
        .map(|(path, commit, bytes)| (path, GoneFile { commit: commit.to_string(), bytes }))
        .collect())
}

/// Searches the bytes of the public edition for what is withheld, and its texts for addresses that
/// are not built.
fn found_in(
    content: &Content,
    recipes: &Recipes<'_, Customer>,
) -> Result<Vec<Diagnostic>, RenderFailure> {
    let Content { snapshot, corpus, trust_center: Some(public), open: Some(open), .. } = content
    else {
        return Ok(Vec::new());
    };
    let mut found = leak::search(corpus, public, snapshot, open, recipes)?;
    found.extend(own_address::check(corpus, snapshot, open, recipes));
    Ok(found)
}

/// What makes bytes, for all editions of a run.
struct Workshop {
    /// The folder of the user's theme, and the files in it.
    folder: String,
    overlay: BTreeMap<String, Vec<u8>>,
    highlighter: Highlighter,
    typesetter: Typesetter,
}

impl Workshop {
    fn new(inputs: &Inputs, settings: &Settings) -> Self {
        Self {
            folder: format!("themes/{}", settings.theme.value),
            overlay: overlay(&inputs.snapshot, &settings.theme.value),
            highlighter: Highlighter::new(),
            typesetter: Typesetter::new(),
        }
    }

    fn theme(&self, edition: &str) -> Result<Arc<Theme>, BuildFailure> {
        Theme::load(edition, &self.overlay).map_err(|mut fault| {
            if self.overlay.contains_key(&fault.file) {
                fault.file = format!("{}/{}", self.folder, fault.file);
            }
            BuildFailure::Theme(fault)
        })
    }

    fn studio<'s>(&'s self, theme: &'s Theme) -> Studio<'s> {
        Studio::new(theme, &self.highlighter, &self.typesetter)
    }
}

/// Returns the day for which states are computed: the one that was given, else the one that the
/// workspace pins, else that of a moment in the time zone of the workspace.
pub(crate) fn today(given: Option<Date>, now: jiff::Timestamp, settings: &Settings) -> Date {
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
pub fn overlay(snapshot: &Snapshot, theme: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = format!("themes/{theme}");
    let files = snapshot.under(&folder);
    files
        .filter_map(|(path, file)| {
            let name = path.strip_prefix(&folder)?.strip_prefix('/')?;
            let bytes = file.text().map_or_else(|_| file.bytes(), str::as_bytes);
            Some((name.to_owned(), bytes.to_vec()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Inputs, judge, judge_again};
    use crate::memo::{LinkedDocument, Memo};
    use crate::workspace::{Layout, Snapshot};

    /// The files, and the documents whose links are looked up again.
    type Step = (&'static [(&'static str, &'static str)], &'static [&'static str]);

    /// Returns the documents whose links were not taken over.
    fn linked_again(before: &Memo, after: &Memo) -> Vec<String> {
        let known = before.links().into_iter().flat_map(|it| &it.links).collect::<Vec<_>>();
        let after = after.links().unwrap();
        let is_new = |it: &LinkedDocument| {
            !known.iter().any(|known| Arc::ptr_eq(&known.diagnostics, &it.diagnostics))
        };
        let new = after.documents.iter().zip(&after.links).filter(|(_, links)| is_new(links));
        new.map(|(document, _)| document.path.to_string()).collect()
    }

    #[test]
    fn a_memo_saves_work_and_changes_nothing() {
        const B: (&str, &str) = ("b.md", "See [a](a.md#there), [c](c.md) and [[pol-bx]].");
        const C: (&str, &str) = ("c.md", "---\nid: POL-BC\n---\n");
        let steps: [Step; 10] = [
            (&[("a.md", "# A"), B, C], &["a.md", "b.md", "c.md"]),
            (&[("a.md", "# A\n\n## There"), B, C], &["a.md", "b.md"]),
            (&[("a.md", "# A\n\n## There\n\nNew."), B, C], &["a.md"]),
            (&[("a.md", "# A\n\n## There\n\nNew."), B, C], &[]),
            (&[("a.md", "# A\n\n## Gone"), B, C], &["a.md", "b.md"]),
            (&[("a.md", "---\ntitle: B\n---\n"), B, C], &["a.md", "b.md"]),
            (&[("a.md", "# A"), B, ("c.md", "---\nid: pol-bc\n---\n")], &["a.md", "b.md", "c.md"]),
            (&[("a.md", "# A"), B], &["a.md", "b.md"]),
            (&[("0.md", "# 0"), ("a.md", "# A"), B], &["0.md", "a.md", "b.md"]),
            (&[("a.png", ""), B], &["b.md"]),
        ];
        let mut memo = Memo::default();
        for (number, (files, again)) in steps.into_iter().enumerate() {
            let snapshot = Snapshot::from_files(files.iter().copied());
            let today = Some(jiff::civil::date(2026, 3, 1));
            let inputs = Inputs { today, ..Inputs::of(snapshot, Layout::Folder) };
            let cold = judge(&inputs);
            let before = memo;
            let warm;
            (warm, memo) = judge_again(&inputs, &before);
            assert_eq!(linked_again(&before, &memo), again, "{number}");
            assert_eq!(warm.diagnostics, cold.diagnostics, "{number}");
            assert_eq!(warm.corpus.documents, cold.corpus.documents, "{number}");
            assert_eq!(warm.corpus.links, cold.corpus.links, "{number}");
            assert_eq!(warm.assessment, cold.assessment, "{number}");
            assert_eq!(memo.len(), cold.corpus.documents.len());
        }
    }
}
