//! Files of the workspace that readers can open: pictures and attachments.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::fingerprint::Fingerprint;
use crate::signature::Digest;

/// A file as it is handed out: a picture without what its camera and editors wrote into it, an
/// attachment as it is. Equal where its bytes are, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Asset {
    bytes: Arc<[u8]>,
    fingerprint: Fingerprint,
    is_cleaned: bool,
}

impl Asset {
    /// Makes an asset of a file that may be handed out as it is.
    #[must_use]
    pub fn new(bytes: Arc<[u8]>) -> Self {
        let fingerprint = Fingerprint::of_bytes(&bytes);
        Self { bytes, fingerprint, is_cleaned: false }
    }

    /// Makes an asset of what is left of a file after cleaning.
    #[must_use]
    pub fn cleaned(original: &[u8], cleaned: Vec<u8>) -> Self {
        let is_cleaned = cleaned != original;
        Self { is_cleaned, ..Self::new(cleaned.into()) }
    }

    /// Returns the SHA-256 of a copy that is not the file itself, since cleaning took something
    /// away: a hash of the file says nothing about it.
    #[must_use]
    pub fn digest_of_copy(&self) -> Option<Digest> {
        self.is_cleaned.then(|| Digest::of_bytes(&self.bytes))
    }

    /// Returns the bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns where customers find the file of a path: named by its bytes, since the path may tell
    /// something. Files with the same bytes and ending have one address.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        let ending = path.rsplit_once('.').map_or("bin", |(_, ending)| ending).to_lowercase();
        format!("files/{}.{ending}", self.fingerprint.short(16))
    }

    /// Returns the hash of the bytes.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }
}

impl PartialEq for Asset {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint
    }
}

impl Eq for Asset {}

impl Hash for Asset {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}
