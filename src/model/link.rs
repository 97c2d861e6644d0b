//! Where links go once they are resolved.

use super::body::Slotted;
use super::id::PublicId;

/// A reference that was looked up.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// The number of the reference in its document.
    pub slot: u32,
    /// What it points to.
    pub target: Target,
}

impl Slotted for Link {
    fn slot(&self) -> u32 {
        self.slot
    }
}

/// What a link points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A document, by its number in the corpus, and a place in it.
    Document {
        /// The index in the corpus.
        index: u32,
        /// The anchor, without `#`.
        anchor: Option<String>,
    },
    /// A place in the same document.
    Here(String),
    /// A control, by id.
    Control(String),
    /// A requirement of a framework, by both ids.
    Requirement(String, String),
    /// A framework, by id.
    Framework(String),
    /// A record of a register, by id.
    Record(String),
    /// A piece of evidence, by id.
    Evidence(String),
    /// A role, by id.
    Role(String),
    /// A person, by id.
    Person(String),
    /// A folder, which becomes a list page: its path in the workspace.
    Folder(String),
    /// A file of the workspace that is copied into the output: its path.
    Asset(String),
    /// Somewhere on the web, or an e-mail address.
    Web(String),
    /// Nowhere: the reference is wrong and was reported. Pages show the words only.
    Nowhere,
}

impl From<&Target> for Target {
    fn from(target: &Target) -> Self {
        target.clone()
    }
}

/// A link that may be shown to anyone. Only `disclose` makes one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PublicLink {
    slot: u32,
    target: PublicTarget,
}

impl PublicLink {
    pub(crate) fn new(slot: u32, target: PublicTarget) -> Self {
        Self { slot, target }
    }

    /// Returns what it points to.
    #[must_use]
    pub fn target(&self) -> &PublicTarget {
        &self.target
    }
}

impl Slotted for PublicLink {
    fn slot(&self) -> u32 {
        self.slot
    }
}

/// What a public link points to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PublicTarget {
    /// A public document and a place in its public text.
    Document(PublicId, Option<String>),
    /// A place in the public text of the same document.
    Here(String),
    /// A public control.
    Control(PublicId),
    /// A picture or attachment that public text shows, by its path in the workspace.
    Asset(String),
    /// Somewhere on the web, or an e-mail address.
    Web(String),
}
