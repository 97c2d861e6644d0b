//! Blocks that stand for a table of which requirements of a framework apply.
//!
//! An author writes, at the outermost level of a text, a block of code in the language
//! `applicability`, with the id of a framework and those of its groups, or no group for all:
//!
//! ````markdown
//! ```applicability
//! iso27001 A.5 A.6 A.7 A.8
//! ```
//! ````
//!
//! Where the text is shown to staff, on its page and in its PDF, the block is the table as of the
//! day of the build. The digest of the document covers what is written, as ever, and not the table.

/// The language of such blocks.
pub const LANGUAGE: &str = "applicability";

/// What such a block asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applicability<'t> {
    /// The id of the framework; empty where the block is.
    pub framework: &'t str,
    /// The rest: the ids of groups, with white space between.
    groups: &'t str,
}

impl<'t> Applicability<'t> {
    /// Reads the text of a block.
    #[must_use]
    pub fn read(text: &'t str) -> Self {
        let text = text.trim();
        let (framework, groups) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        Self { framework, groups }
    }

    /// Returns the ids of the groups that it names.
    pub fn groups(&self) -> impl Iterator<Item = &'t str> {
        self.groups.split_whitespace()
    }

    /// Returns whether a group is asked for.
    #[must_use]
    pub fn asks_for(&self, group: &str) -> bool {
        self.groups.is_empty() || self.groups().any(|id| id.eq_ignore_ascii_case(group))
    }
}
