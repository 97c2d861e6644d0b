//! The person and the document that a cell names.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;

use super::fault::Reason;
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::person::Person;

/// Folds words so that case, white space and how letters are composed do not matter.
pub(super) fn fold(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    words.join(" ").nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// What one word stands for.
enum Meaning {
    One(usize),
    Several,
}

/// Names with what they stand for.
#[derive(Default)]
struct Names(HashMap<String, Meaning>);

impl Names {
    fn add(&mut self, name: String, number: usize) {
        let meaning = self.0.entry(name).or_insert(Meaning::One(number));
        if !matches!(meaning, Meaning::One(it) if *it == number) {
            *meaning = Meaning::Several;
        }
    }
}

/// People and documents by everything that names them.
pub(super) struct Matching<'c> {
    corpus: &'c Corpus,
    people: Names,
    titles: Names,
}

impl<'c> Matching<'c> {
    /// Takes everyone by id, e-mail address and full name, and all governed documents by title.
    pub(super) fn new(corpus: &'c Corpus) -> Self {
        let (mut people, mut titles) = (Names::default(), Names::default());
        for (number, person) in corpus.people.iter().enumerate() {
            let names = [Some(person.id.value.as_str()), person.email.as_deref()];
            for name in names.into_iter().flatten().chain([person.name.as_str()]) {
                people.add(fold(name), number);
            }
        }
        for (number, document) in corpus.documents.iter().enumerate() {
            if document.kind.is_governed() {
                titles.add(corpus.filled(&document.title.value).trim().to_owned(), number);
            }
        }
        Self { corpus, people, titles }
    }

    /// Finds a person; a name may have the family name first: `Byrne, Ada`.
    pub(super) fn person(&self, typed: &str) -> Result<&'c Person, Reason> {
        if let Some(person) = self.corpus.person(typed) {
            return Ok(person);
        }
        let turned = typed.split_once(',').map(|(last, first)| fold(&format!("{first} {last}")));
        let mut found = [Some(fold(typed)), turned]
            .into_iter()
            .flatten()
            .filter_map(|it| self.people.0.get(&it));
        match found.next() {
            Some(Meaning::One(number)) => Ok(&self.corpus.people[*number]),
            Some(Meaning::Several) => Err(Reason::AmbiguousPerson(typed.to_owned())),
            None => Err(Reason::UnknownPerson(typed.to_owned())),
        }
    }

    /// Finds a person by id or e-mail address only; nothing where nobody or more than one has it.
    pub(super) fn address(&self, typed: &str) -> Option<&'c Person> {
        if let Some(person) = self.corpus.person(typed) {
            return Some(person);
        }
        let wanted = fold(typed);
        let has = |it: &&Person| it.email.as_ref().is_some_and(|email| fold(email) == wanted);
        let mut found = self.corpus.people.iter().filter(has);
        found.next().filter(|_| found.next().is_none())
    }

    /// Finds a governed document and its number, by id or exact title.
    pub(super) fn document(&self, typed: &str) -> Result<(usize, &'c Document), Reason> {
        let by_id = self.corpus.document_by_id(typed).map(|(number, _)| number as usize);
        let by_id = by_id.filter(|number| self.corpus.documents[*number].kind.is_governed());
        let number = match (by_id, self.titles.0.get(typed)) {
            (Some(number), _) => number,
            (None, Some(Meaning::One(number))) => *number,
            (None, Some(Meaning::Several)) => {
                return Err(Reason::AmbiguousDocument(typed.to_owned()));
            }
            (None, None) => return Err(Reason::UnknownDocument(typed.to_owned())),
        };
        Ok((number, &self.corpus.documents[number]))
    }
}
