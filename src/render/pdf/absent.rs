//! The door of a build without the feature `pdf`: the same shape, always closed.

use super::{Pdf, PdfDocument, PdfFault, PdfText};
use crate::model::body::Stage;

/// Sets PDFs; in this build it cannot.
#[derive(Debug, Default)]
pub struct Typesetter;

impl Typesetter {
    /// Makes a typesetter.
    #[must_use]
    pub fn new() -> Self {
        Self
    }

    /// Reports that this build makes no PDFs.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn make<S: Stage>(
        &self,
        _: &PdfDocument,
        _: &PdfText<'_, S>,
    ) -> Result<Pdf, Vec<PdfFault>> {
        Err(vec![PdfFault {
            span: None,
            message: "this build makes no PDFs".to_owned(),
            hint: Some("use a build with the feature `pdf`".to_owned()),
        }])
    }
}
