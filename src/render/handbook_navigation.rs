//! The navigation beside the pages of the handbook.
//!
//! Pages of one section in one folder have the same but for the mark of the page itself, so it is
//! rendered once for all of them, when the first of them is made.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::Studio;
use super::recipe::RenderFailure;
use crate::model::address::Address;
use crate::model::fingerprint::Fingerprint;
use crate::plan::handbook::{HandbookPlan, Page};
use crate::plan::view::Html;

/// Renders navigations.
pub(super) struct Navigator<'a> {
    plan: &'a HandbookPlan<'a>,
    studio: &'a Studio<'a>,
    rendered: Mutex<HashMap<Neighbours, Arc<OnceLock<Arc<Navigation>>>>>,
}

/// Pages with the same navigation: the number of their section, and their folder.
type Neighbours = (Option<usize>, String);

/// A navigation in which no page is marked.
pub(super) struct Navigation {
    /// Covers all of it.
    pub(super) fingerprint: Fingerprint,
    html: Result<Html, RenderFailure>,
}

impl Navigation {
    /// Returns it for one page of those that have it.
    pub(super) fn on(&self, page: &Address) -> Result<Html, RenderFailure> {
        let html = self.html.as_ref().map_err(Clone::clone)?;
        Ok(html.with_current(&page.href_to(page, None)))
    }
}

impl<'a> Navigator<'a> {
    /// Makes a navigator that has rendered nothing yet.
    pub(super) fn new(plan: &'a HandbookPlan<'a>, studio: &'a Studio<'a>) -> Self {
        Self { plan, studio, rendered: Mutex::default() }
    }

    /// Returns the navigation of a page, rendered at its first use.
    pub(super) fn beside(&self, page: &Page, address: &Address) -> Arc<Navigation> {
        let section = self.plan.section_of(page);
        let place = {
            let mut rendered = self.rendered.lock().unwrap_or_else(PoisonError::into_inner);
            let neighbours = (section, address.folder().to_owned());
            Arc::clone(rendered.entry(neighbours).or_default())
        };
        let navigation = place.get_or_init(|| {
            let view = self.plan.navigation(address, section);
            let html = self.studio.theme.render("handbook/navigation.html", &view).map(Html);
            let html = html.map_err(|fault| RenderFailure::new(fault.to_string()));
            Arc::new(Navigation { fingerprint: Fingerprint::of(&view), html })
        });
        Arc::clone(navigation)
    }
}
