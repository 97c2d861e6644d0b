//! What files would have declared that could not be read.
//!
//! One typing error must not become reports about everything that leans on the file: whoever looks
//! a name up asks here before reporting that nothing has it.

use std::collections::BTreeSet;

use crate::span::FilePath;

/// What a file declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Declares {
    /// Settings and facts.
    Settings,
    /// People and roles.
    People,
    /// Documents.
    Documents,
    /// Controls.
    Controls,
    /// Evidence.
    Evidence,
    /// Records of registers.
    Records,
    /// Frameworks and their requirements.
    Frameworks,
}

/// What could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Unread {
    /// Of what some may be missing, under names that nobody knows.
    pub kinds: BTreeSet<Declares>,
    /// Names that were seen in files with faults, in lower case.
    pub names: BTreeSet<String>,
    /// Markdown files whose facts could not be read.
    pub documents: BTreeSet<FilePath>,
}

impl Unread {
    /// Returns whether everything could be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { kinds, names, documents } = self;
        kinds.is_empty() && names.is_empty() && documents.is_empty()
    }

    /// Adds what else could not be read.
    pub fn extend(&mut self, other: Self) {
        let Self { kinds, names, documents } = other;
        self.kinds.extend(kinds);
        self.names.extend(names);
        self.documents.extend(documents);
    }

    /// Returns whether a name that nothing has may be declared where it could not be read.
    #[must_use]
    pub fn may_declare(&self, kind: Declares, name: &str) -> bool {
        self.kinds.contains(&kind) || self.names.contains(&name.to_ascii_lowercase())
    }

    /// Returns whether a name that nothing has may be declared where it could not be read, as
    /// something that links can lead to.
    #[must_use]
    pub fn may_declare_any(&self, name: &str) -> bool {
        let is_requirement = name.contains(':');
        let may_be = |kind: &Declares| match kind {
            Declares::Settings | Declares::Frameworks => is_requirement,
            Declares::People
            | Declares::Documents
            | Declares::Controls
            | Declares::Evidence
            | Declares::Records => !is_requirement,
        };
        self.kinds.iter().any(may_be) || self.names.contains(&name.to_ascii_lowercase())
    }
}
