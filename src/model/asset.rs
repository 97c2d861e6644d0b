//! Files of the workspace that readers can open: pictures and attachments.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::fingerprint::Fingerprint;

/// A file as it is handed out: a picture without what its camera and editors wrote into it, an
/// attachment as it is. Equal where its bytes are, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Asset {
    bytes: Arc<[u8]>,
    fingerprint: Fingerprint,
}

impl Asset {
    /// Makes an asset of bytes that may be handed out.
    #[must_use]
    pub fn new(bytes: Arc<[u8]>) -> Self {
        let fingerprint = Fingerprint::of_bytes(&bytes);
        Self { bytes, fingerprint }
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
