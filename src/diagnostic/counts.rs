//! How many diagnostics there are of each level.

use std::fmt;

use super::{Diagnostic, Level};

/// The diagnostics of a run, counted. `Display` says it as the last line of a run does:
/// `2 errors, 5 warnings`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// What must be mended.
    pub errors: usize,
    /// What should be mended.
    pub warnings: usize,
    /// What is worth knowing.
    pub notes: usize,
}

impl Counts {
    /// Counts diagnostics by level.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |level| diagnostics.iter().filter(|one| one.level == level).count();
        Self {
            errors: count(Level::Error),
            warnings: count(Level::Warning),
            notes: count(Level::Note),
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        let Self { errors, warnings, notes } = *self;
        let (error, warning) = (plural(errors), plural(warnings));
        write!(f, "{errors} error{error}, {warnings} warning{warning}")?;
        if notes > 0 {
            write!(f, ", {notes} note{}", plural(notes))?;
        }
        Ok(())
    }
}
