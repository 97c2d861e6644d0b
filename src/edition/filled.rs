//! The corpus with values in the place of variables, for those who may read them all.

use std::borrow::Cow;

use crate::model::corpus::Corpus;
use crate::model::short_text::{self, Reading};

/// A corpus whose words hold no variable that has a value. Texts that are read as Markdown keep
/// theirs: they get their values when they are read.
#[derive(Debug)]
pub struct Filled<'c>(Cow<'c, Corpus>);

impl<'c> Filled<'c> {
    /// Puts in the values. A corpus whose words hold no variable is borrowed.
    #[must_use]
    pub fn new(corpus: &'c Corpus) -> Self {
        if !corpus.has_words_to_fill {
            return Self(Cow::Borrowed(corpus));
        }
        let mut filled = corpus.clone();
        short_text::each(&mut filled, &mut |text, reading, _| {
            if reading == Reading::Words
                && let Cow::Owned(words) = corpus.filled(text)
            {
                *text = words;
            }
        });
        Self(Cow::Owned(filled))
    }

    /// Returns the corpus.
    pub(super) fn corpus(&self) -> &Corpus {
        &self.0
    }
}
