//! Plans to recipes: one file an output form.
//!
//! A recipe knows everything about an output but its bytes: where it stands, a fingerprint of all
//! that decides its bytes, and how to make them.

pub mod calendar;
pub mod handbook;
pub mod highlight;
pub mod pdf;
pub mod recipe;
pub(crate) mod rules;
pub mod search;
pub mod trust;
pub mod trust_files;
#[cfg(test)]
mod trust_sample;

use std::sync::Mutex;

use serde::Serialize;

use self::highlight::Highlighter;
use self::pdf::{PdfDocument, PdfFault, PdfText, Typesetter};
use self::recipe::RenderFailure;
use crate::diagnostic::Diagnostic;
use crate::model::body::Stage;
use crate::model::document::Document;
use crate::model::fingerprint::Fingerprint;
use crate::span::Place;
use crate::theme::Theme;

/// Reports what was mended on the way to a PDF.
pub(crate) fn mended(place: Place, fault: PdfFault) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&rules::pdf_mended::RULE, place, fault.message);
    diagnostic.help = fault.hint;
    diagnostic
}

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
    /// What was wrong with texts and was mended on the way to a PDF.
    pub mended: &'s Mutex<Vec<(Place, PdfFault)>>,
}

impl<'s> Studio<'s> {
    /// Brings together what makes the bytes of one edition.
    #[must_use]
    pub fn new(
        theme: &'s Theme,
        highlighter: &'s Highlighter,
        typesetter: &'s Typesetter,
        mended: &'s Mutex<Vec<(Place, PdfFault)>>,
    ) -> Self {
        let build = (env!("AVOUCH_BUILD"), cfg!(feature = "pdf"));
        let fingerprint = Fingerprint::of(&(build, theme.fingerprint()));
        Self { theme, highlighter, typesetter, fingerprint, mended }
    }

    /// Renders a page.
    fn page(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, RenderFailure> {
        let page =
            self.theme.render(template, view).map_err(|fault| RenderFailure(fault.to_string()))?;
        Ok(page.into_bytes())
    }

    /// Makes a PDF of a document and remembers what was mended.
    fn pdf<S: Stage>(
        &self,
        facts: &PdfDocument,
        text: &PdfText<'_, S>,
        document: &Document,
    ) -> Result<Vec<u8>, RenderFailure> {
        let pdf = self.typesetter.make(facts, text).map_err(|faults| failure(facts, &faults))?;
        let place = |fault: &PdfFault| match fault.span {
            Some(span) => document.body_place(span),
            None => document.head_place(document.id.span),
        };
        if let Ok(mut mended) = self.mended.lock() {
            mended.extend(pdf.mended.into_iter().map(|fault| (place(&fault), fault)));
        }
        Ok(pdf.bytes)
    }

    /// Makes a PDF whose source was reported on already.
    fn public_pdf<S: Stage>(
        &self,
        facts: &PdfDocument,
        text: &PdfText<'_, S>,
    ) -> Result<Vec<u8>, RenderFailure> {
        self.typesetter
            .make(facts, text)
            .map(|pdf| pdf.bytes)
            .map_err(|faults| failure(facts, &faults))
    }
}

fn failure(facts: &PdfDocument, faults: &[PdfFault]) -> RenderFailure {
    let faults: Vec<String> = faults.iter().map(|fault| fault.message.clone()).collect();
    RenderFailure(format!("no PDF of `{}`: {}", facts.title, faults.join("; ")))
}

/// Returns a file of the workspace as it may be handed out: pictures without what their cameras
/// and editors wrote into them.
fn asset(path: &str, bytes: &[u8]) -> Vec<u8> {
    match crate::picture::clean(path, bytes) {
        Ok(cleaned) => cleaned.bytes,
        Err(_) => bytes.to_vec(),
    }
}
