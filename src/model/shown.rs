//! Which text of a document is shown: the one in force, whatever stands in the file.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::signature::Digest;

/// Why a text in force cannot be shown where the whole history is here.
pub const NOT_IN_HISTORY: &str = "no commit that leads to this one holds it";

/// What the editions show of a document whose file holds another text than the one in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The text in force, taken from the history.
    InForce {
        /// Its digest.
        digest: Digest,
        /// The commit it was taken from, 40 hexadecimal digits.
        commit: String,
        /// The file as it was approved.
        source: Arc<[u8]>,
    },
    /// The text of the file, which is only proposed: the one in force could not be had, or nobody
    /// asked for it.
    Proposed {
        /// The digest of the text in force.
        digest: Digest,
        /// Why it is not shown, in a sentence without an end; nothing where nobody asked for it.
        reason: Option<String>,
    },
}

/// For documents, by their numbers, what is shown instead of the text of the file.
pub type ShownTexts = BTreeMap<usize, Shown>;
