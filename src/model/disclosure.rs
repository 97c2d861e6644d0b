//! Who may see something: a word that is printed, and a word that decides.

use serde::{Deserialize, Serialize};

/// The classification that is printed on a document. It decides nothing by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Classification {
    /// For anyone.
    Public,
    /// For staff.
    Internal,
    /// For some of the staff.
    Confidential,
    /// For named people.
    Restricted,
}

impl Classification {
    /// The words that front matter uses.
    pub const WORDS: &'static [&'static str] =
        &["public", "internal", "confidential", "restricted"];

    /// Reads the word that front matter uses.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "public" => Some(Self::Public),
            "internal" => Some(Self::Internal),
            "confidential" => Some(Self::Confidential),
            "restricted" => Some(Self::Restricted),
            _ => None,
        }
    }

    /// Returns the word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "Public",
            Self::Internal => "Internal",
            Self::Confidential => "Confidential",
            Self::Restricted => "Restricted",
        }
    }
}

/// What decides who outside may see something.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub enum Disclosure {
    /// Nobody outside.
    #[default]
    Withheld,
    /// Anyone may know that it exists: title and a few facts; the text on request.
    Listed,
    /// Anyone.
    Public,
}

impl Disclosure {
    /// The words that front matter uses.
    pub const WORDS: &'static [&'static str] = &["public", "listed", "withheld"];

    /// Reads the word that front matter uses.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "public" => Some(Self::Public),
            "listed" => Some(Self::Listed),
            "withheld" => Some(Self::Withheld),
            _ => None,
        }
    }

    /// Returns the word that front matter uses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Listed => "listed",
            Self::Withheld => "withheld",
        }
    }
}
