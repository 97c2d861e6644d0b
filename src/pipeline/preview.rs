//! Both editions in memory, for whoever looks at them while they are written.

use std::sync::OnceLock;

use jiff::civil::Date;

use super::{Content, Inputs, Plans, Run, Workshop, found_in, settle, today};
use crate::diagnostic::Diagnostic;
use crate::edition::Filled;
use crate::memo::Memo;
use crate::model::audience::{Audience, Customer, Staff};
use crate::plan::handbook::HandbookPlan;
use crate::render;
use crate::render::recipe::{Recipe, Recipes, RenderFailure};

/// The editions of some inputs, whose pages are made when they are asked for.
pub struct Preview<'p> {
    inputs: &'p Inputs,
    content: &'p Content,
    diagnostics: &'p [Diagnostic],
    handbook: Result<Recipes<'p, Staff>, String>,
    search: OnceLock<Recipes<'p, Staff>>,
    plan: &'p HandbookPlan<'p>,
    trust: Option<Result<Recipes<'p, Customer>, String>>,
}

/// What an address leads to.
pub type Answer = Option<Result<Vec<u8>, RenderFailure>>;

impl Preview<'_> {
    /// Returns what is wrong with the content. What only the public bytes would tell is not in it.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        self.diagnostics
    }

    /// Makes and searches the public bytes, which takes longer than all else, and returns everything
    /// that is wrong; nothing where they tell nothing more.
    ///
    /// # Errors
    ///
    /// Fails where one of them cannot be made.
    pub fn searched(&self) -> Result<Option<Vec<Diagnostic>>, RenderFailure> {
        let Some(Ok(recipes)) = &self.trust else { return Ok(None) };
        let found = found_in(self.content, recipes)?;
        let mut all = [self.diagnostics, &found].concat();
        settle(&mut all, &self.content.corpus.settings, self.inputs.layout);
        Ok((!found.is_empty()).then_some(all))
    }

    /// Returns what is wrong with the theme.
    #[must_use]
    pub fn fault(&self) -> Option<&str> {
        let trust = self.trust.as_ref().and_then(|it| it.as_ref().err());
        self.handbook.as_ref().err().or(trust).map(String::as_str)
    }

    /// Returns the number of documents.
    #[must_use]
    pub fn documents(&self) -> usize {
        self.content.corpus.documents.len()
    }

    /// Returns the day for which states were computed.
    #[must_use]
    pub fn today(&self) -> Date {
        self.content.assessment.today
    }

    /// Returns whether the day is over for which states were computed. Days that are given or
    /// pinned do not end.
    #[must_use]
    pub fn is_of_yesterday(&self, inputs: &Inputs, now: jiff::Timestamp) -> bool {
        today(inputs.today, now, &self.content.corpus.settings) != self.content.assessment.today
    }

    /// Makes a page or file of the handbook.
    #[must_use]
    pub fn handbook(&self, address: &str) -> Answer {
        let pages = match &self.handbook {
            Ok(pages) => pages,
            Err(fault) => return Some(Err(RenderFailure::new(fault.clone()))),
        };
        if address.starts_with("assets/search/") {
            let files = self.search.get_or_init(|| render::handbook::search_files(self.plan));
            return bytes(files, address);
        }
        bytes(pages, address)
    }

    /// Makes a page or file of the trust center; nothing where there is none.
    #[must_use]
    pub fn trust(&self, address: &str) -> Answer {
        match self.trust.as_ref()? {
            Ok(pages) => bytes(pages, address),
            Err(fault) => Some(Err(RenderFailure::new(fault.clone()))),
        }
    }

    /// Returns whether there is a trust center.
    #[must_use]
    pub fn has_trust_center(&self) -> bool {
        self.trust.is_some()
    }
}

fn bytes<A: Audience>(recipes: &Recipes<'_, A>, address: &str) -> Answer {
    recipes.find(address).map(Recipe::bytes)
}

/// Takes inputs through the stages and hands both editions over. Takes over from the run before
/// what did not change since.
pub fn preview<T>(inputs: &Inputs, memo: &Memo, then: impl FnOnce(&Preview<'_>) -> T) -> (T, Memo) {
    let mut run = Run::new(inputs);
    let (content, memo) = run.read(memo);
    let result = show(run, &content, then);
    // What comes next need not wait until all of this is gone.
    rayon::spawn(move || drop(content));
    (result, memo)
}

fn show<T>(mut run: Run<'_>, content: &Content, then: impl FnOnce(&Preview<'_>) -> T) -> T {
    let inputs = run.inputs;
    let filled = Filled::new(&content.corpus);
    let Plans { handbook, trust } = run.plan(content, &filled, cfg!(feature = "pdf"));
    run.settle(&content.corpus.settings);
    let workshop = Workshop::new(inputs, &content.corpus.settings);
    let themes = ["handbook", "trust"].map(|edition| workshop.theme(edition));
    let [staff, customers] = themes.each_ref().map(|theme| match theme {
        Ok(theme) => Ok(workshop.studio(theme)),
        Err(failure) => Err(failure.to_string()),
    });
    let plan = &handbook;
    then(&Preview {
        inputs,
        content,
        diagnostics: &run.diagnostics,
        handbook: match &staff {
            Ok(studio) => Ok(render::handbook::pages(plan, &content.snapshot, studio)),
            Err(fault) => Err(fault.clone()),
        },
        search: OnceLock::new(),
        plan,
        trust: trust.as_ref().map(|plan| match &customers {
            Ok(studio) => Ok(render::trust::recipes(plan, studio)),
            Err(fault) => Err(fault.clone()),
        }),
    })
}
