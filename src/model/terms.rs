//! The words of a text with how often each occurs: what search knows about a document.
//!
//! A term is a run of letters and digits, two to forty characters long, without case and without
//! accents. Scripts that are written without spaces give overlapping pairs of characters instead.
//! `themes/default/assets/search.js` takes queries apart by the same rules; change both or neither.

use std::hash::BuildHasher as _;

use serde::{Deserialize, Serialize};

use hashbrown::DefaultHashBuilder;
use hashbrown::hash_table::{Entry, HashTable};
use unicode_normalization::UnicodeNormalization;

/// The fewest characters of a term.
const SHORTEST: usize = 2;

/// The most characters of a term; longer runs are digests and keys, which nobody types.
const LONGEST: usize = 40;

/// The distinct terms of a text in ascending order, each with its count.
///
/// There is one of these for every document of a workspace, so they are kept in two allocations
/// and not in a map.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Terms {
    /// The terms, each followed by a line feed, which no term can hold.
    text: Box<str>,
    /// How often each occurs, in the same order; counting stops at `u16::MAX`.
    counts: Box<[u16]>,
}

impl Terms {
    /// Counts the terms of several pieces of text. No term spans two pieces.
    pub fn of<'a>(pieces: impl Iterator<Item = &'a str>) -> Self {
        let mut found = Found::default();
        for piece in pieces {
            each_term(piece, |term| found.add(term));
        }
        found.count()
    }

    /// Visits the terms in ascending byte order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u16)> {
        self.text.split_terminator('\n').zip(self.counts.iter().copied())
    }

    /// Returns the number of distinct terms.
    #[must_use]
    pub fn distinct(&self) -> usize {
        self.counts.len()
    }

    /// Returns the length of the text in terms, repetitions included.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().copied().map(u64::from).sum()
    }
}

/// Calls `visit` with every term of a text, in the order of the text.
pub fn each_term(text: &str, mut visit: impl FnMut(&str)) {
    if text.is_ascii() {
        let mut lower = [0; LONGEST];
        for run in text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()) {
            if let Some(term) = lower.get_mut(..run.len()).filter(|term| term.len() >= SHORTEST) {
                term.copy_from_slice(run);
                term.make_ascii_lowercase();
                if let Ok(term) = str::from_utf8(term) {
                    visit(term);
                }
            }
        }
        return;
    }
    for run in fold(text).split(|c: char| !c.is_alphanumeric()) {
        each_stretch(run, &mut visit);
    }
}

/// Removes what search does not distinguish: case, accents and compatibility forms.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let bare: String = text.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    bare.to_lowercase().nfc().collect()
}

/// Divides a run of letters where a script without spaces begins or ends.
fn each_stretch(run: &str, visit: &mut impl FnMut(&str)) {
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let end = rest.find(|c| is_unspaced(c) != unspaced).unwrap_or(rest.len());
        let (stretch, after) = rest.split_at(end);
        if unspaced {
            each_pair(stretch, visit);
        } else if (SHORTEST..=LONGEST).contains(&stretch.chars().count()) {
            visit(stretch);
        }
        rest = after;
    }
}

/// Visits every two neighbouring characters, or the only one.
fn each_pair(stretch: &str, visit: &mut impl FnMut(&str)) {
    let starts = stretch.char_indices().map(|(start, _)| start);
    let ends = stretch.char_indices().map(|(start, c)| start + c.len_utf8()).skip(1);
    let mut alone = true;
    for (start, end) in starts.zip(ends) {
        visit(&stretch[start..end]);
        alone = false;
    }
    if alone {
        visit(stretch);
    }
}

/// Tells whether words of this character's script are written without spaces between them.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' // Hiragana, Katakana
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}') // Han
}

/// The distinct terms of a text while it is read.
#[derive(Default)]
struct Found {
    /// The terms, one after the other.
    text: String,
    table: HashTable<Counted>,
    hasher: DefaultHashBuilder,
}

/// Where a term stands in [`Found::text`], and how often it occurred.
struct Counted {
    start: usize,
    end: usize,
    count: u16,
}

impl Found {
    fn add(&mut self, term: &str) {
        let Self { text, table, hasher } = self;
        let is_same = |one: &Counted| text[one.start..one.end] == *term;
        let hash_of = |one: &Counted| hasher.hash_one(&text[one.start..one.end]);
        match table.entry(hasher.hash_one(term), is_same, hash_of) {
            Entry::Occupied(mut entry) => {
                let count = &mut entry.get_mut().count;
                *count = count.saturating_add(1);
            }
            Entry::Vacant(entry) => {
                let start = text.len();
                entry.insert(Counted { start, end: start + term.len(), count: 1 });
                text.push_str(term);
            }
        }
    }

    fn count(self) -> Terms {
        let term = |one: &Counted| &self.text[one.start..one.end];
        let mut found: Vec<Counted> = self.table.into_iter().collect();
        found.sort_unstable_by(|a, b| term(a).cmp(term(b)));
        let mut text = String::with_capacity(self.text.len() + found.len());
        for one in &found {
            text.push_str(term(one));
            text.push('\n');
        }
        Terms { text: text.into(), counts: found.iter().map(|one| one.count).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::Terms;

    fn terms(text: &str) -> Vec<(String, u16)> {
        let terms = Terms::of(std::iter::once(text));
        terms.iter().map(|(term, count)| (term.to_owned(), count)).collect()
    }

    fn counted(expected: &[(&str, u16)]) -> Vec<(String, u16)> {
        expected.iter().map(|&(term, count)| (term.to_owned(), count)).collect()
    }

    #[test]
    fn terms_are_sorted_counted_and_without_case() {
        assert_eq!(
            terms("Access control: a CONTROL for accesses, CC6.1 and control-plane access."),
            counted(&[
                ("access", 2),
                ("accesses", 1),
                ("and", 1),
                ("cc6", 1),
                ("control", 3),
                ("for", 1),
                ("plane", 1),
            ])
        );
    }

    #[test]
    fn accents_and_compatibility_forms_fold() {
        assert_eq!(
            terms("José's ﬁle, Ångström; JOSE, Überprüfung, ΤΈΛΟΣ"),
            counted(&[("angstrom", 1), ("file", 1), ("jose", 2), ("uberprufung", 1), ("τελος", 1)])
        );
    }

    #[test]
    fn scripts_without_spaces_give_pairs() {
        assert_eq!(
            terms("ISO規格書 と 책임자"),
            counted(&[("iso", 1), ("と", 1), ("格書", 1), ("規格", 1), ("책임자", 1)])
        );
    }

    #[test]
    fn very_short_and_very_long_runs_are_no_terms() {
        let digest = "0123456789abcdef".repeat(4);
        let forty = "x".repeat(40);
        assert_eq!(terms(&format!("a {digest} é {forty} {forty}y")), counted(&[(&forty, 1)]));
        assert_eq!(terms(""), counted(&[]));
    }

    #[test]
    fn no_term_spans_two_pieces() {
        let terms = Terms::of(["re", "view"].into_iter());
        assert_eq!(terms.iter().collect::<Vec<_>>(), [("re", 1), ("view", 1)]);
        assert_eq!((terms.distinct(), terms.total()), (2, 2));
    }
}
