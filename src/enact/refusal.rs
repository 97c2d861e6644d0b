//! Why an act is not one that anybody should sign.

use std::fmt;

use crate::amend;

/// Why an act is refused before it is signed, in a sentence without an end, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl Refusal {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Says that a file cannot be changed safely.
    pub(super) fn of_file(path: &str, refusal: &amend::Refusal) -> Self {
        Self::new(format!("`{path}` cannot be changed: {refusal}")).help(refusal.help())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
