//! The bytes of a page while it is made.

use std::io::{Error, ErrorKind, Result, Write};

/// Keeps what is written, up to a limit.
pub(super) struct Page {
    bytes: Vec<u8>,
    limit: usize,
}

impl Page {
    /// Makes an empty page.
    pub(super) fn new(limit: usize) -> Self {
        Self { bytes: Vec::with_capacity(16 * 1024), limit }
    }

    /// Returns what was written, if it is text.
    pub(super) fn into_text(self) -> Option<String> {
        String::from_utf8(self.bytes).ok()
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        if bytes.len() > self.limit - self.bytes.len() {
            return Err(Error::from(ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}
