//! Short names for values: equal values have equal fingerprints.

use std::fmt;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};

/// The build of the program, and what was compiled into it: a part of every fingerprint that another
/// build may meet.
pub const BUILD: (&str, bool) = (env!("AVOUCH_BUILD"), cfg!(feature = "pdf"));

/// A BLAKE3 hash of everything that decides the bytes of an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// Hashes a value by its [`Hash`]: every field counts, in order. Good within one build of the
    /// program, which is why the tool's build is part of what recipes hash.
    pub fn of(value: &impl Hash) -> Self {
        let mut hasher = Blake3 { hasher: blake3::Hasher::new(), waiting: [0; 1024], count: 0 };
        value.hash(&mut hasher);
        hasher.flush();
        Self(hasher.hasher.finalize().into())
    }

    /// Hashes bytes.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(blake3::hash(bytes).into())
    }

    /// Hashes bytes with a secret: only who knows it can make this fingerprint.
    #[must_use]
    pub fn with_secret(secret: &[u8; 32], bytes: &[u8]) -> Self {
        Self(blake3::keyed_hash(secret, bytes).into())
    }

    /// Takes a hash as it is.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the hash as it is.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Returns the first `digits` hexadecimal digits, at most 64.
    #[must_use]
    pub fn short(&self, digits: usize) -> String {
        let mut text = self.to_string();
        text.truncate(digits);
        text
    }

    /// Reads what `Display` writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        blake3::Hash::from_hex(text).ok().map(|hash| Self(hash.into()))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// Collects small pieces, since a view is hashed as thousands of them.
struct Blake3 {
    hasher: blake3::Hasher,
    waiting: [u8; 1024],
    count: usize,
}

impl Blake3 {
    fn flush(&mut self) {
        self.hasher.update(&self.waiting[..self.count]);
        self.count = 0;
    }
}

impl Hasher for Blake3 {
    fn write(&mut self, bytes: &[u8]) {
        if self.count + bytes.len() > self.waiting.len() {
            self.flush();
        }
        match self.waiting.get_mut(self.count..self.count + bytes.len()) {
            Some(place) => {
                place.copy_from_slice(bytes);
                self.count += bytes.len();
            }
            None => {
                self.hasher.update(bytes);
            }
        }
    }

    fn finish(&self) -> u64 {
        unreachable!("a fingerprint is taken from the whole hash")
    }
}
