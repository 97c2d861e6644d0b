//! Which documents hold a term, and how much it says about each of them.
//!
//! The postings of a term are written as, for each document in ascending order: the distance from
//! the document before (for the first one, its number), and one digit for the impact.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rayon::prelude::*;

use super::digits::{digit, push_number};
use super::{Entry, Fields, Rank};

/// The documents that one worker takes at a time.
const BATCH: usize = 2048;

/// How often a word counts that stands in a heading.
const HEADING: usize = 2;

/// All terms in order, each with the postings of every batch of documents.
pub(super) struct Dictionary<'e>(Vec<(&'e str, Run)>);

/// The postings of a term within one batch.
struct Run {
    first: usize,
    last: usize,
    /// The notation, but for the distance of the first document, which depends on earlier batches.
    text: String,
}

impl<'e> Dictionary<'e> {
    pub(super) fn new(entries: &'e [Entry], fields: &'e [Fields]) -> Self {
        let total: usize = entries.par_iter().map(length).sum();
        let average = (total / entries.len().max(1)).max(1);
        let batches: Vec<_> = entries
            .par_chunks(BATCH)
            .zip(fields.par_chunks(BATCH))
            .enumerate()
            .map(|(number, (entries, fields))| {
                let documents = (number * BATCH..).zip(entries.iter().zip(fields));
                batch(documents, average)
            })
            .collect();
        let mut terms: Vec<_> = batches.into_iter().flatten().collect();
        terms.par_sort_unstable_by_key(|(term, run)| (*term, run.first));
        Self(terms)
    }

    /// Visits the terms in order with their postings.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'e str, String)> {
        self.0.chunk_by(|a, b| a.0 == b.0).map(|runs| {
            let mut postings = String::new();
            let mut previous = 0;
            for (_, run) in runs {
                push_number(run.first - previous, &mut postings);
                postings.push_str(&run.text);
                previous = run.last;
            }
            (runs[0].0, postings)
        })
    }
}

/// The terms of one batch.
type Runs<'e> = HashMap<&'e str, Run, BuildHasherDefault<WordHasher>>;

/// Hashes short words faster than the hasher of the standard library, which is made to withstand
/// hostile keys; whoever writes the documents can slow down nothing but their own build.
#[derive(Default)]
struct WordHasher(u64);

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().fold(0, |word, &byte| word << 8 | u64::from(byte));
            self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
        }
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// Returns the length of a document in terms.
fn length(entry: &Entry) -> usize {
    usize::try_from(entry.terms.total()).unwrap_or(usize::MAX)
}

fn batch<'e>(
    documents: impl Iterator<Item = (usize, (&'e Entry, &'e Fields))>,
    average: usize,
) -> Runs<'e> {
    let mut runs = Runs::default();
    let mut counted: Vec<(&str, usize, bool)> = Vec::new();
    for (document, (entry, fields)) in documents {
        let length = length(entry);
        let weighed = [
            (&entry.terms, 1, false),
            (&fields.title, HEADING, true),
            (&fields.headings, HEADING, false),
        ];
        counted.clear();
        for (terms, weight, is_title) in weighed {
            let weigh = |(term, count): (_, u16)| (term, usize::from(count) * weight, is_title);
            counted.extend(terms.iter().map(weigh));
        }
        // Three sorted stretches: the stable sort merges them in linear time.
        counted.sort_by_key(|&(term, ..)| term);
        for same in counted.chunk_by(|a, b| a.0 == b.0) {
            let weight = same.iter().map(|&(_, weight, _)| weight).sum();
            let is_title = same.iter().any(|&(.., is_title)| is_title);
            let impact = ranked(impact(weight, length, average), is_title, entry.rank);
            push(&mut runs, same[0].0, document, impact);
        }
        if !fields.id.is_empty() {
            push(&mut runs, &fields.id, document, 63);
        }
    }
    runs
}

fn push<'e>(runs: &mut Runs<'e>, term: &'e str, document: usize, impact: usize) {
    let run = runs.entry(term).or_insert_with(|| Run {
        first: document,
        last: document,
        text: String::new(),
    });
    if document > run.last {
        push_number(document - run.last, &mut run.text);
        run.last = document;
    }
    run.text.push(digit(impact));
}

/// Returns how much a term says about a document, from 1 to 63: the part of BM25 (`k1` 1.2, `b`
/// 0.75) that saturates with the weight of the term and falls with the length of the document.
fn impact(weight: usize, length: usize, average: usize) -> usize {
    let weight = weight.saturating_mul(1000);
    let damping = 300 + length.saturating_mul(900) / average;
    let sum = weight.saturating_add(damping);
    ((weight.saturating_mul(63).saturating_add(sum / 2)) / sum).max(1)
}

/// Raises the impact of a word of the title above that of all words that are none, and lowers what
/// is said about entries of a lower rank.
fn ranked(impact: usize, is_title: bool, rank: Rank) -> usize {
    let impact = if is_title { 32 + impact / 2 } else { impact.div_ceil(2) };
    let percent = match rank {
        Rank::First => 100,
        Rank::Second => 60,
        Rank::Third => 35,
    };
    (impact * percent / 100).max(1)
}

#[cfg(test)]
mod tests {
    use super::{Rank, impact, ranked};

    #[test]
    fn titles_come_before_texts_and_documents_before_requirements() {
        let title_of_requirement = ranked(63, true, Rank::Third);
        let title_of_policy = ranked(20, true, Rank::First);
        let text_of_policy = ranked(63, false, Rank::First);
        let text_of_requirement = ranked(63, false, Rank::Third);
        assert!(title_of_policy > text_of_policy);
        assert!(title_of_policy > title_of_requirement);
        assert!(text_of_policy > text_of_requirement);
    }

    #[test]
    fn impact_saturates_and_favours_short_documents() {
        assert_eq!(
            [0, 1, 2, 4, 20, 10_000].map(|weight| impact(weight, 400, 400)),
            [1, 29, 39, 48, 59, 63]
        );
        assert_eq!([0, 100, 400, 4000].map(|length| impact(1, length, 400)), [48, 41, 29, 6]);
    }
}
