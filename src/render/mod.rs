//! Plans to recipes: one file an output form.
//!
//! A recipe knows everything about an output but its bytes: where it stands, a fingerprint of all
//! that decides its bytes, and how to make them.

pub mod calendar;
mod examine;
pub mod handbook;
mod handbook_navigation;
mod handbook_pdf;
pub mod highlight;
pub mod letter;
pub mod pdf;
pub mod recipe;
pub(crate) mod rules;
pub mod search;
pub mod trust;
pub mod trust_files;
#[cfg(test)]
mod trust_sample;

use serde::Serialize;

use self::highlight::Highlighter;
use self::pdf::{PdfDocument, PdfFault, PdfText, Typesetter};
use self::recipe::RenderFailure;
use crate::model::asset::Asset;
use crate::model::body::Stage;
use crate::model::fingerprint::{BUILD, Fingerprint};
use crate::span::{Place, Span};
use crate::theme::Theme;

pub use self::examine::{examine, is_about_pdfs};

/// Everything that is needed to make bytes, the same for all outputs of an edition.
pub struct Studio<'s> {
    /// The templates.
    pub theme: &'s Theme,
    /// The colours of code.
    pub highlighter: &'s Highlighter,
    /// The maker of PDFs.
    pub typesetter: &'s Typesetter,
    /// The build of the program, the edition and the theme: part of every fingerprint.
    pub fingerprint: Fingerprint,
}

impl<'s> Studio<'s> {
    /// Brings together what makes the bytes of one edition.
    #[must_use]
    pub fn new(theme: &'s Theme, highlighter: &'s Highlighter, typesetter: &'s Typesetter) -> Self {
        let fingerprint = Fingerprint::of(&(BUILD, theme.fingerprint()));
        Self { theme, highlighter, typesetter, fingerprint }
    }

    /// Renders a page.
    fn page(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, RenderFailure> {
        let page = self
            .theme
            .render(template, view)
            .map_err(|fault| RenderFailure::new(fault.to_string()))?;
        Ok(page.into_bytes())
    }

    /// Makes a PDF of a document. `place` knows where a span of its body stands.
    fn pdf<S: Stage>(
        &self,
        facts: &PdfDocument,
        text: &PdfText<'_, S>,
        place: &dyn Fn(Option<Span>) -> Option<Place>,
    ) -> Result<Vec<u8>, RenderFailure> {
        self.typesetter.make(facts, text).map_err(|faults| failure(facts, &faults, place))
    }
}

/// Makes one failure of all faults of a PDF, at the place of the first.
fn failure(
    facts: &PdfDocument,
    faults: &[PdfFault],
    place: &dyn Fn(Option<Span>) -> Option<Place>,
) -> RenderFailure {
    let messages: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    RenderFailure {
        place: place(faults.iter().find_map(|fault| fault.span)),
        message: format!("no PDF of `{}`: {}", facts.title, messages.join("; ")),
        help: faults.iter().find_map(|fault| fault.hint.clone()),
    }
}

/// Returns the bytes of a file of the workspace that readers can open.
fn handed_out(asset: Option<&Asset>) -> Result<Vec<u8>, RenderFailure> {
    let asset = asset.ok_or_else(|| RenderFailure::new("the file is not handed out"))?;
    Ok(asset.bytes().to_vec())
}
