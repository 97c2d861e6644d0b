//! Words of texts that lead somewhere of themselves: ids, and terms of the glossary.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::corpus::Corpus;
use crate::model::link::Target;

/// What the words of a workspace mean. Made once, for texts are many.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    /// Terms and their other words, by their first word in lower case; long ones first.
    terms: BTreeMap<String, Vec<Phrase>>,
    /// What ids name, as they are spelt.
    ids: BTreeMap<String, Target>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Phrase {
    /// The number of the term.
    term: u32,
    /// The words; in lower case, unless they are an abbreviation.
    words: String,
    /// Whether the words are an abbreviation, which is recognised in capitals only.
    is_abbreviation: bool,
}

/// Words found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'l> {
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning<'l>,
}

/// What words found in a text mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning<'l> {
    /// A term, by number.
    Term(u32),
    /// What an id names.
    Id(&'l Target),
}

impl Lexicon {
    pub(super) fn new(corpus: &Corpus) -> Self {
        let mut lexicon = Self::default();
        for (number, term) in (0..).zip(&corpus.terms) {
            lexicon.add(number, &term.term.value);
            for alias in &term.aliases {
                lexicon.add(number, alias);
            }
        }
        for phrases in lexicon.terms.values_mut() {
            phrases.sort_by_key(|phrase| (std::cmp::Reverse(phrase.words.len()), phrase.term));
        }
        let documents = (0..).zip(&corpus.documents).filter(|(_, it)| it.has_own_id);
        for (index, document) in documents {
            lexicon.name(document.id.value.as_str(), Target::Document { index, anchor: None });
        }
        for control in &corpus.controls {
            let id = control.id.value.to_string();
            lexicon.name(&id, Target::Control(id.clone()));
        }
        for record in corpus.registers.iter().flat_map(|(_, records)| records) {
            let id = record.id.value.to_string();
            lexicon.name(&id, Target::Record(id.clone()));
        }
        for evidence in &corpus.evidence {
            let id = evidence.id.value.to_string();
            lexicon.name(&id, Target::Evidence(id.clone()));
        }
        // The same id in two frameworks names neither, and an id of the workspace comes first.
        let mut requirements: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for framework in &corpus.frameworks {
            for (_, requirement) in framework.requirements() {
                requirements
                    .entry(&requirement.id)
                    .and_modify(|it| *it = None)
                    .or_insert(Some(&framework.id));
            }
        }
        for (id, framework) in requirements {
            if let Some(framework) = framework {
                lexicon.name(id, Target::Requirement(framework.to_owned(), id.to_owned()));
            }
        }
        lexicon
    }

    fn add(&mut self, term: u32, words: &str) {
        let is_abbreviation = words.len() > 1 && !words.contains(|c: char| c.is_lowercase());
        let lower = words.to_ascii_lowercase();
        let Some(first) = first_word(&lower) else { return };
        let words = if is_abbreviation { words.to_owned() } else { lower.clone() };
        let phrase = Phrase { term, words, is_abbreviation };
        self.terms.entry(first.to_owned()).or_default().push(phrase);
    }

    /// Notes an id that cannot be mistaken for a word or a number.
    fn name(&mut self, id: &str, target: Target) {
        let has_capital = id.contains(|c: char| c.is_ascii_uppercase());
        let has_mark = id.contains(|c: char| c.is_ascii_digit() || c == '-');
        if has_capital && has_mark {
            self.ids.entry(id.to_owned()).or_insert(target);
        }
    }

    /// Returns the ids that are known, with what they name.
    pub(super) fn ids(&self) -> impl Iterator<Item = (&str, &Target)> {
        self.ids.iter().map(|(id, target)| (id.as_str(), target))
    }

    /// Finds ids and terms in a text, in order and apart from each other.
    pub(super) fn find(&self, text: &str) -> Vec<Found<'_>> {
        let mut found = Vec::new();
        let mut at = if self.terms.is_empty() && self.ids.is_empty() { text.len() } else { 0 };
        while let Some(word) = next_word(text, at) {
            at = match self.id(text, word.start).or_else(|| self.term(text, &word)) {
                Some(it) => {
                    let end = it.range.end;
                    found.push(it);
                    end
                }
                None => word.end,
            };
        }
        found
    }

    fn id(&self, text: &str, start: usize) -> Option<Found<'_>> {
        let inside = |c: char| c.is_alphanumeric() || "-._()".contains(c);
        let end = text[start..].find(|c| !inside(c)).map_or(text.len(), |length| start + length);
        let mut token = &text[start..end];
        loop {
            if let Some(target) = self.ids.get(token) {
                let range = start..start + token.len();
                return Some(Found { range, meaning: Meaning::Id(target) });
            }
            token = token.strip_suffix(['-', '.', '_', ')'])?;
        }
    }

    fn term(&self, text: &str, word: &Range<usize>) -> Option<Found<'_>> {
        let first = text[word.clone()].to_ascii_lowercase();
        let singular = first.strip_suffix('s');
        let phrases = self.terms.get(&first).or_else(|| self.terms.get(singular?))?;
        let end = |phrase: &Phrase| {
            let end = word.start + phrase.words.len();
            let there = text.get(word.start..end)?;
            let fits = if phrase.is_abbreviation {
                there == phrase.words
            } else {
                there.eq_ignore_ascii_case(&phrase.words)
            };
            // A plural is the same term.
            let is_end = |end: usize| {
                text.get(end..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            };
            let plural = end + usize::from(text[end..].starts_with('s'));
            fits.then_some([end, plural].into_iter().find(|end| is_end(*end))?)
        };
        phrases.iter().find_map(|phrase| {
            let range = word.start..end(phrase)?;
            Some(Found { range, meaning: Meaning::Term(phrase.term) })
        })
    }
}

fn first_word(text: &str) -> Option<&str> {
    next_word(text, 0).map(|range| &text[range])
}

/// Returns the next run of letters and digits.
fn next_word(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let length = text[start..].find(|c: char| !c.is_alphanumeric());
    Some(start..length.map_or(text.len(), |length| start + length))
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, Meaning};
    use crate::model::link::Target;

    fn found(text: &str) -> Vec<String> {
        let mut lexicon = Lexicon::default();
        for (number, words) in
            [(0, "Production system"), (0, "production"), (1, "RTO"), (2, "Zürich")]
        {
            lexicon.add(number, words);
        }
        for phrases in lexicon.terms.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.words.len()));
        }
        for id in ["AC-01", "CC6.1", "164.308(a)", "A.5.1", "POL-AC", "2.1", "AC-2(1)"] {
            lexicon.name(id, Target::Control(id.to_owned()));
        }
        let shown = |it: super::Found<'_>| match it.meaning {
            Meaning::Term(number) => format!("{number} {}", &text[it.range]),
            Meaning::Id(_) => text[it.range].to_owned(),
        };
        lexicon.find(text).into_iter().map(shown).collect()
    }

    #[test]
    fn terms_are_whole_words_in_either_case_and_number() {
        assert_eq!(
            found("Production systems; reproduction, productions, the RTO and rto of Zürich."),
            ["0 Production systems", "0 productions", "1 RTO", "2 Zürich"]
        );
    }

    #[test]
    fn ids_are_whole_tokens() {
        assert_eq!(
            found("AC-01, (CC6.1), CC6.1.2, AC-01-2, AC-2(1). ac-01 A.5.1–A.5.9 2.1 POL-AC."),
            ["AC-01", "CC6.1", "AC-2(1)", "A.5.1", "POL-AC"]
        );
    }
}
