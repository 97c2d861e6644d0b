//! What somebody states who accepts texts.

use super::statement::{Matter, statement};
use super::{Deed, Refusal};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::signature::Statement;

/// Puts together that somebody accepts the texts in force of documents, which are named by their
/// numbers. What stood before each text, and how much it differs from that, is what its approval says.
///
/// # Errors
///
/// Refuses texts that are not in force, and people who are not there.
pub fn acknowledgement(
    corpus: &Corpus,
    assessment: &Assessment,
    deed: Deed,
    documents: &[usize],
) -> Result<Statement, Refusal> {
    let matters: Vec<Matter> = documents.iter().copied().map(Matter::Document).collect();
    let mut statement = statement(corpus, assessment, deed, &matters)?;
    for (subject, document) in statement.subjects.iter_mut().zip(documents) {
        if let Some(text) = &assessment.documents[*document].in_force {
            subject.previous = text.previous;
            subject.change = text.change;
        }
    }
    Ok(statement)
}
