//! Who wrote a text: people of `people.yaml` behind the names of commits.

use std::collections::BTreeSet;

use super::Refusal;
use super::statement::ring_in_force;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::person::Person;
use crate::signature::{Statement, Subject};
use crate::workspace::history::Identity;

/// People behind the authors of commits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Authors {
    /// The ids of those who are known.
    pub people: BTreeSet<String>,
    /// Those whom neither an address nor a name finds.
    pub unknown: Vec<Identity>,
}

/// Finds people by their e-mail addresses, and by their names where no address is known. Case does
/// not matter; a name that two people have finds nobody.
#[must_use]
pub fn authors<'i>(corpus: &Corpus, identities: impl IntoIterator<Item = &'i Identity>) -> Authors {
    let mut found = Authors::default();
    for identity in identities {
        let email = identity.email.trim().to_lowercase();
        let name = identity.name.trim().to_lowercase();
        let has_email = |it: &&Person| {
            !email.is_empty() && it.email.as_ref().is_some_and(|it| it.to_lowercase() == email)
        };
        let has_name = |it: &&Person| it.name.to_lowercase() == name;
        let only = |is: &dyn Fn(&&Person) -> bool| {
            let mut people = corpus.people.iter().filter(is);
            people.next().filter(|_| people.next().is_none())
        };
        match only(&has_email).or_else(|| only(&has_name)) {
            Some(person) => {
                found.people.insert(person.id.value.to_string());
            }
            None => found.unknown.push(identity.clone()),
        }
    }
    found
}

/// Adds authors to those that a statement names for one of its subjects, which is numbered.
///
/// # Errors
///
/// Refuses what cannot be stated.
pub fn add_authors(
    statement: &mut Statement,
    subject: usize,
    people: &BTreeSet<String>,
) -> Result<(), Refusal> {
    if let Some(Subject { authors, .. }) = statement.subjects.get_mut(subject) {
        authors.extend(people.iter().cloned());
        authors.sort_unstable();
        authors.dedup();
    }
    statement.check().map_err(|fault| Refusal::new(fault.to_string()))
}

/// Returns whether the rule of approval lets who wrote a text approve it; the text is that of a
/// document, which is numbered.
#[must_use]
pub fn authors_may_approve(corpus: &Corpus, assessment: &Assessment, document: usize) -> bool {
    let (_, ring) = ring_in_force(corpus, assessment);
    let it = &corpus.documents[document];
    ring.rule(it.kind.noun(), it.id.value.as_str(), &it.tags).authors_may_approve
}
