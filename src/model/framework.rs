//! External bodies of requirements.

use crate::span::Place;

/// A body of requirements at one edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// The id by which texts name it: `soc2`.
    pub id: String,
    /// The full title.
    pub title: String,
    /// The name that people use: "SOC 2".
    pub short_title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The edition.
    pub edition: String,
    /// The word for one requirement: "criterion".
    pub requirement_word: String,
    /// The word for several: "criteria".
    pub requirements_word: String,
    /// Where the official text is.
    pub source: Option<String>,
    /// What of it may be printed here.
    pub licence: String,
    /// Its parts in order.
    pub groups: Vec<Group>,
    /// Where its id is declared, for a framework of the workspace.
    pub place: Option<Place>,
}

/// A part of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The id: `CC6`.
    pub id: String,
    /// The title, ours where the official one is protected.
    pub title: String,
    /// The category that an engagement may leave out: `availability`.
    pub category: Option<String>,
    /// Its requirements in order.
    pub requirements: Vec<Requirement>,
}

/// One numbered clause of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// The id in the framework's own spelling: `CC6.1`.
    pub id: String,
    /// The title, ours where the official one is protected.
    pub title: String,
    /// The official text, only where it is free.
    pub text: Option<String>,
    /// Where it is declared, for a framework of the workspace.
    pub place: Option<Place>,
}

impl Framework {
    /// Returns all requirements in order, each with its group.
    pub fn requirements(&self) -> impl Iterator<Item = (&Group, &Requirement)> {
        self.groups.iter().flat_map(|group| group.requirements.iter().map(move |it| (group, it)))
    }

    /// Returns the requirement with an id, whatever the case of its letters.
    #[must_use]
    pub fn requirement(&self, id: &str) -> Option<(&Group, &Requirement)> {
        self.requirements().find(|(_, requirement)| requirement.id.eq_ignore_ascii_case(id))
    }
}
