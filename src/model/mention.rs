//! Where documents speak of things.

use hashbrown::HashMap;

use super::link::{Link, Target};

/// A reference of a document, of which the sentence around it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mention {
    /// The document, by its number.
    pub document: u32,
    /// The slot of the reference.
    pub slot: u32,
}

/// All mentions of documents, controls, requirements, records, evidence, roles and people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mentions {
    /// Those of each document, by its number.
    documents: Vec<Vec<Mention>>,
    others: HashMap<Target, Vec<Mention>>,
}

impl Mentions {
    /// Collects the mentions of all documents, in the order of the documents.
    pub fn of<'l>(documents: impl ExactSizeIterator<Item = &'l [Link]>) -> Self {
        let mut mentions =
            Self { documents: vec![Vec::new(); documents.len()], others: HashMap::new() };
        for (document, links) in (0u32..).zip(documents) {
            for Link { slot, target } in links {
                let mention = Mention { document, slot: *slot };
                match target {
                    Target::Document { index, .. } if *index != document => {
                        mentions.documents[*index as usize].push(mention);
                    }
                    Target::Control(_)
                    | Target::Requirement(..)
                    | Target::Record(_)
                    | Target::Evidence(_)
                    | Target::Role(_)
                    | Target::Person(_) => {
                        mentions.others.entry_ref(target).or_default().push(mention);
                    }
                    Target::Document { .. }
                    | Target::Here(_)
                    | Target::Framework(_)
                    | Target::Folder(_)
                    | Target::Asset(_)
                    | Target::Web(_)
                    | Target::Nowhere => {}
                }
            }
        }
        mentions
    }

    /// Returns where documents speak of something, whatever place of it they name.
    #[must_use]
    pub fn get(&self, target: &Target) -> &[Mention] {
        let found = match target {
            Target::Document { index, .. } => self.documents.get(*index as usize),
            other => self.others.get(other),
        };
        found.map_or(&[], Vec::as_slice)
    }
}
