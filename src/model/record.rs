//! Records: signed, dated acts on exact bytes, as they are filed in `content/records`.

use std::collections::BTreeMap;

use super::acknowledgement::ImportedFile;
use super::campaign::Campaign;
use super::document::{Approval, Review};
use crate::signature::{Ring, Statement};
use crate::span::{FilePath, Place};

/// Where statements stand, each with its signature beside it.
pub const STATEMENTS: &str = "content/records/statements";
/// Where rings stand: `1.txt`, `2.txt`.
pub const RINGS: &str = "content/records/ring";
/// Where approvals and reviews of earlier versions stand, one file a document.
pub const RECORDS: &str = "content/records";

/// Everything that is filed, as it was read and before anybody looked whether it holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Records {
    /// Statements with what stands beside them, in the order of their names.
    pub signed: Vec<SignedRecord>,
    /// The rings by their numbers, from 1 on, as far as none is missing.
    pub rings: Vec<FiledRing>,
    /// Approvals and reviews of earlier versions, by the id of the document in lower case.
    pub earlier: BTreeMap<String, Earlier>,
    /// Acknowledgements that were imported from other systems, by the paths of their files.
    pub acknowledgements: Vec<ImportedFile>,
    /// Campaigns, by their names.
    pub campaigns: Vec<Campaign>,
}

impl Records {
    /// Returns a signed record and its number by name.
    #[must_use]
    pub fn signed_by_name(&self, name: &str) -> Option<(usize, &SignedRecord)> {
        let found = self.signed.binary_search_by(|it| it.name.as_str().cmp(name)).ok()?;
        Some((found, &self.signed[found]))
    }
}

/// A statement and what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRecord {
    /// The name of its file without the ending.
    pub name: String,
    /// Its file.
    pub path: FilePath,
    /// What it says. Written again, it has the bytes of the file.
    pub statement: Statement,
    /// The signature as text, if there is one.
    pub armour: Option<String>,
    /// The answer of a time-stamp authority (RFC 3161), if there is one.
    pub token: Option<Vec<u8>>,
}

impl SignedRecord {
    /// Returns the place of the record.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::new(&self.path, crate::span::Span::default())
    }
}

/// A ring as it is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledRing {
    /// Its file.
    pub path: FilePath,
    /// What it says. Written again, it has the bytes of the file.
    pub ring: Ring,
}

/// What was written under earlier versions of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Earlier {
    /// Approvals, with the spans of their file.
    pub approvals: Vec<Approval>,
    /// Reviews.
    pub reviews: Vec<Review>,
    /// The file.
    pub path: FilePath,
}
