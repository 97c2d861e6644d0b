//! Words that anyone may read.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use super::disclose_body::WITHHELD_VALUE;
use super::gate::Gate;
use crate::diagnostic::Diagnostic;
use crate::model::disclosure::Disclosure;
use crate::model::variable;
use crate::span::Place;

/// Words that anyone may read: a title, a summary, a name. Made by the gate alone, which puts
/// public values in the place of variables, so that no variable is left in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PublicText(String);

impl PublicText {
    /// Returns the words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for PublicText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for PublicText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PublicText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Gate<'_> {
    /// Discloses words that their author made public; a value that is withheld leaves a gap that
    /// says so.
    pub(super) fn words(&self, text: &str) -> PublicText {
        let value = |path: &str| {
            let fact = self.corpus.fact(path);
            let open = fact.filter(|fact| fact.disclosure == Disclosure::Public);
            Some(open.map_or_else(|| WITHHELD_VALUE.to_owned(), |fact| fact.text.clone()))
        };
        let mut words = variable::fill(text, &value).into_owned();
        // A value is no template: what looks like a variable in it has no value.
        while !variable::uses(&words).is_empty() {
            words = variable::fill(&words, &|_| Some(WITHHELD_VALUE.to_owned())).into_owned();
        }
        PublicText(words)
    }

    /// Discloses words like [`Gate::words`], and reports facts in them that are withheld.
    pub(super) fn checked_words(
        &self,
        text: &str,
        place: &Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> PublicText {
        for (range, path) in variable::uses(text) {
            self.check_fact(&path, self.snapshot.locate(place, text, range), diagnostics);
        }
        self.words(text)
    }

    /// Discloses several words.
    pub(super) fn all_words(
        &self,
        texts: &[String],
        place: &Place,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<PublicText> {
        texts.iter().map(|text| self.checked_words(text, place, diagnostics)).collect()
    }
}
