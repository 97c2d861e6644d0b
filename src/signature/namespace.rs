//! What a signature is given for: a signature for one kind of act is never one for another.

use std::fmt;

/// The namespace of a signature, as OpenSSH calls it. It is part of the signed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Namespace {
    /// Approving, rejecting and withdrawing.
    Approval,
    /// Reviewing without a change.
    Review,
    /// Having read a document and accepting it.
    Acknowledgement,
    /// Changing people, keys, roles and rules.
    Ring,
    /// The list of what an edition holds.
    Manifest,
    /// Handing documents to somebody outside.
    Grant,
}

impl Namespace {
    /// All of them, in the order of the words.
    pub const ALL: [Self; 6] = [
        Self::Approval,
        Self::Review,
        Self::Acknowledgement,
        Self::Ring,
        Self::Manifest,
        Self::Grant,
    ];

    /// Returns what `ssh-keygen -Y verify` is given with `-n`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Approval => "approval@avouch",
            Self::Review => "review@avouch",
            Self::Acknowledgement => "acknowledgement@avouch",
            Self::Ring => "ring@avouch",
            Self::Manifest => "manifest@avouch",
            Self::Grant => "grant@avouch",
        }
    }
}

impl fmt::Display for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
