//! What a person types to open a key.

/// A passphrase. Its bytes are overwritten when it is dropped.
pub struct Passphrase(Vec<u8>);

impl Passphrase {
    /// Takes the bytes, without the line end that a terminal adds.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Passphrase {
    fn drop(&mut self) {
        self.0.fill(0);
        // Without a reader the compiler might leave the writing out.
        std::hint::black_box(&self.0);
    }
}
