//! The edition for staff: they may read everything.

use super::Filled;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// The corpus and its assessment as staff read them.
#[derive(Debug, Clone, Copy)]
pub struct Handbook<'c> {
    corpus: &'c Corpus,
    assessment: &'c Assessment,
}

impl<'c> Handbook<'c> {
    /// Prepares the edition for staff. Nothing is left out.
    #[must_use]
    pub fn new(corpus: &'c Filled<'_>, assessment: &'c Assessment) -> Self {
        Self { corpus: corpus.corpus(), assessment }
    }

    /// Returns what is known.
    #[must_use]
    pub fn corpus(&self) -> &'c Corpus {
        self.corpus
    }

    /// Returns what was computed.
    #[must_use]
    pub fn assessment(&self) -> &'c Assessment {
        self.assessment
    }
}
