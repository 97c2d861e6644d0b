//! A text that a file holds while another one is in force.

use jiff::civil::Date;

use crate::signature::Digest;

/// What is proposed for a document whose text in force is shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Proposal {
    /// The number of the document.
    pub document: usize,
    /// The digest of the text of the file.
    pub digest: Digest,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: Option<String>,
    /// The day from which it is to count.
    pub effective: Option<Date>,
    /// The ids of who wrote it.
    pub authors: Vec<String>,
    /// Its tags, by which a rule may ask for it.
    pub tags: Vec<String>,
    /// What differs from the text in force, as HTML with headings from the third level on.
    pub redline: String,
}
