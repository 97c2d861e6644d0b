//! What a rule is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Not shown.
    Off,
    /// Worth knowing.
    Note,
    /// Should be mended.
    Warning,
    /// Must be mended: nothing is written.
    Error,
}

impl Level {
    /// Returns the word that settings use and messages print.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads the word that settings use.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Off, Self::Note, Self::Warning, Self::Error]
            .into_iter()
            .find(|level| level.word() == word)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The rules that say that something was not read, which may be the cause of other faults.
const HIDING: [&str; 5] =
    ["conflict-marker", "duplicate-key", "invalid-text", "invalid-yaml", "missing-front-matter"];

/// Something that content can do wrong. Each rule is declared in a file of its own, named like
/// it, next to the stage that checks it.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name, which says the fault: `review-overdue`.
    pub name: &'static str,
    /// How bad it is where the settings say nothing.
    pub level: Level,
    /// Whether neither settings nor a baseline may lower the level: it guards the public boundary,
    /// or says that content was not read.
    pub fixed: bool,
    /// Whether messages must not show the line of the file to which they point: it is what must not
    /// be read, and logs may be public.
    pub is_secret: bool,
    /// One sentence for lists.
    pub summary: &'static str,
    /// What it means, why it matters and what to do, in Markdown paragraphs.
    pub explanation: &'static str,
}

impl Rule {
    /// Returns whether what it reports is content that was not read: it is shown first, since it
    /// may be the cause of the rest.
    #[must_use]
    pub fn hides_content(&self) -> bool {
        HIDING.contains(&self.name)
    }
}
