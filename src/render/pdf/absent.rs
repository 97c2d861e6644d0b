//! The press of a build without the feature `pdf`: there is none.

use super::source::Source;
use super::{PdfDocument, PdfFault, PdfText};
use crate::model::body::Stage;

/// What cannot set anything.
#[derive(Debug)]
pub(super) struct Press;

impl Press {
    /// Whether this build can make PDFs.
    pub(super) const IS_ABLE: bool = false;

    pub(super) fn new() -> Self {
        Self
    }

    /// Finds nothing wrong with any character, since none will be set.
    #[expect(clippy::unused_self, reason = "the press of a build with PDFs has fonts")]
    pub(super) fn covers(&self, _: char) -> bool {
        true
    }

    /// Reports that this build makes no PDFs.
    #[expect(clippy::unused_self, reason = "the press of a build with PDFs has fonts")]
    pub(super) fn set<S: Stage>(
        &self,
        _: &PdfDocument,
        _: &PdfText<'_, S>,
        _: &Source,
    ) -> Result<Vec<u8>, Vec<PdfFault>> {
        Err(vec![PdfFault {
            span: None,
            message: "this build makes no PDFs".to_owned(),
            hint: Some("use a build with the feature `pdf`".to_owned()),
        }])
    }
}
