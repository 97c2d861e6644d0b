//! The edition for staff: they may read everything.

use super::Filled;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::proposal::Proposal;

/// The corpus and its assessment as staff read them.
#[derive(Debug, Clone, Copy)]
pub struct Handbook<'c> {
    corpus: &'c Corpus,
    assessment: &'c Assessment,
    proposals: &'c [Proposal],
}

impl<'c> Handbook<'c> {
    /// Prepares the edition for staff. Nothing is left out.
    #[must_use]
    pub fn new(corpus: &'c Filled<'_>, assessment: &'c Assessment) -> Self {
        Self { corpus: corpus.corpus(), assessment, proposals: &[] }
    }

    /// Adds the texts that files hold while others are in force, by the numbers of their documents.
    #[must_use]
    pub fn with_proposals(self, proposals: &'c [Proposal]) -> Self {
        Self { proposals, ..self }
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

    /// Returns the texts that are proposed, in the order of their documents.
    #[must_use]
    pub fn proposals(&self) -> &'c [Proposal] {
        self.proposals
    }

    /// Returns the text that is proposed for a document whose text in force is shown.
    #[must_use]
    pub fn proposal(&self, document: u32) -> Option<&'c Proposal> {
        self.proposals.iter().find(|it| it.document == document as usize)
    }
}
