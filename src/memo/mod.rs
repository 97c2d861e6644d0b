//! What one run may take over from the run before: a value, never a place.
//!
//! [`pipeline`](crate::pipeline) hands a memo to the stages and gets the next one back, which holds
//! what the run used and nothing older. A memo only ever saves work: an empty one gives equal
//! results, and a test says so. Between two processes it is a file of the [`store`], which holds
//! what was written and how it was read: never a verdict, and nothing of an edition.

mod pack;
pub mod store;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use self::pack::Pack;
use crate::diagnostic::Diagnostic;
use crate::model::document::Document;
use crate::model::fingerprint::Fingerprint;
use crate::model::link::Link;

/// A document as it was read, shared with the run before.
#[derive(Debug, Clone)]
pub struct ReadDocument {
    /// The document.
    pub document: Arc<Document>,
    /// What was wrong with it.
    pub diagnostics: Arc<[Diagnostic]>,
}

/// Where the references of documents lead.
#[derive(Debug, Clone)]
pub struct FoundLinks {
    /// Everything that decides where they lead, but the documents.
    pub surroundings: Fingerprint,
    /// The documents, in the order of the corpus.
    pub documents: Vec<Arc<Document>>,
    /// The links of each, in the same order.
    pub links: Vec<LinkedDocument>,
}

/// Where the references of one document lead.
#[derive(Debug, Clone)]
pub struct LinkedDocument {
    /// A link for every slot.
    pub links: Arc<[Link]>,
    /// What was wrong with them.
    pub diagnostics: Arc<[Diagnostic]>,
}

/// What was read before, by everything that decides how it is read.
#[derive(Debug, Clone, Default)]
pub struct Memo {
    documents: HashMap<Fingerprint, ReadDocument>,
    links: Option<Arc<FoundLinks>>,
    /// What an earlier process read; each document is unpacked when it is asked for.
    pack: Pack,
}

impl Memo {
    /// Returns a document that was read before.
    #[must_use]
    pub fn document(&self, key: Fingerprint) -> Option<ReadDocument> {
        self.documents.get(&key).cloned().or_else(|| self.pack.document(key))
    }

    /// Returns where the references led.
    #[must_use]
    pub fn links(&self) -> Option<&FoundLinks> {
        self.links.as_deref()
    }

    /// Remembers where the references lead.
    #[must_use]
    pub fn with_links(self, links: FoundLinks) -> Self {
        Self { links: Some(Arc::new(links)), ..self }
    }

    /// Returns how many documents are remembered.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len() + self.pack.len()
    }

    /// Returns whether nothing is remembered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns how many documents were taken over from the run before.
    #[must_use]
    pub fn taken_over(&self, before: &Self) -> usize {
        let is_old = |key| before.documents.contains_key(key) || before.pack.holds(key);
        self.documents.keys().filter(|key| is_old(key)).count()
    }
}

impl FromIterator<(Fingerprint, ReadDocument)> for Memo {
    fn from_iter<I: IntoIterator<Item = (Fingerprint, ReadDocument)>>(documents: I) -> Self {
        Self { documents: documents.into_iter().collect(), ..Self::default() }
    }
}
