//! What stands elsewhere now: blocks and sentences that were removed here and added there.

use std::collections::VecDeque;
use std::ops::Range;

use hashbrown::HashMap;

use super::align::Reach;
use super::compare::piece;
use super::inline;
use super::pair::Pairing;
use super::segment::Kind;
use super::{Change, Ends, Fate, Row, Run};

/// The least number of words that a block or sentence has to have to be recognised elsewhere.
const BLOCK_WORDS: usize = 3;
const SENTENCE_WORDS: usize = 5;

/// Finds moves among the rows of a body. `origins` are the blocks that rows are.
pub(super) fn find(rows: &mut [Row], origins: &[usize], pairing: &mut Pairing<'_>) {
    let mut number = 0;
    blocks(rows, pairing, &mut number);
    edited(rows, origins, pairing, &mut number);
    sentences(rows, pairing, &mut number);
}

/// Returns for each number of a move the headings that it left and came to.
pub(super) fn ends(rows: &[Row]) -> Vec<Ends> {
    let mut ends: Vec<Ends> = Vec::new();
    for row in rows.iter().filter(|row| row.fate != Fate::Same) {
        let row_move = row.moved.map(|number| (number, row.fate == Fate::Left));
        let runs = row.runs.iter().filter(|run| run.change != Change::Unchanged);
        let run_moves = runs.filter_map(|run| Some((run.moved?, run.change == Change::Removed)));
        for (number, left) in row_move.into_iter().chain(run_moves) {
            if ends.len() <= number {
                ends.resize(number + 1, (None, None));
            }
            let end = if left { &mut ends[number].0 } else { &mut ends[number].1 };
            *end = row.section.clone();
        }
    }
    ends
}

/// Recognises blocks that stand elsewhere word for word. Neighbours that moved together share a
/// number.
fn blocks(rows: &mut [Row], pairing: &Pairing<'_>, number: &mut usize) {
    let (old, new) = pairing.texts();
    let mut removed: HashMap<&str, VecDeque<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let text = old[row.old.clone()].trim_end_matches('\n');
        if row.fate == Fate::Removed && says_something(row.kind, text) {
            removed.entry(text).or_default().push_back(at);
        }
    }
    if removed.is_empty() {
        return;
    }
    // The rows that are no blank lines, so that neighbours are known.
    let mut rank = 0;
    let ranks: Vec<usize> = rows
        .iter()
        .map(|row| {
            rank += usize::from(row.kind != Kind::Blank);
            rank
        })
        .collect();
    let mut last: Option<(usize, usize)> = None;
    for at in 0..rows.len() {
        if rows[at].fate != Fate::Added || rows[at].kind == Kind::Blank {
            continue;
        }
        let text = new[rows[at].new.clone()].trim_end_matches('\n');
        let Some(from) = removed.get_mut(text).and_then(VecDeque::pop_front) else { continue };
        let together =
            last.is_some_and(|(o, n)| ranks[o] + 1 == ranks[from] && ranks[n] + 1 == ranks[at]);
        if !together {
            *number += 1;
        }
        last = Some((from, at));
        (rows[from].fate, rows[from].moved) = (Fate::Left, Some(*number));
        (rows[at].fate, rows[at].moved) = (Fate::Arrived, Some(*number));
    }
}

fn says_something(kind: Kind, text: &str) -> bool {
    let words = text.split_whitespace().filter(|it| it.contains(char::is_alphanumeric));
    kind != Kind::Blank && (kind == Kind::Heading || words.take(BLOCK_WORDS).count() == BLOCK_WORDS)
}

/// Recognises blocks that stand elsewhere and were changed: what changed in them is shown where
/// they stand now.
fn edited(rows: &mut [Row], origins: &[usize], pairing: &mut Pairing<'_>, number: &mut usize) {
    let of = |fate: Fate| -> HashMap<usize, usize> {
        let each = rows.iter().enumerate();
        let each = each.filter(|(_, row)| row.fate == fate && row.kind != Kind::Blank);
        each.map(|(at, _)| (origins[at], at)).collect()
    };
    let (removed, added) = (of(Fate::Removed), of(Fate::Added));
    let sorted = |map: &HashMap<usize, usize>| {
        let mut keys: Vec<usize> = map.keys().copied().collect();
        keys.sort_unstable();
        keys
    };
    let mut found = pairing.anywhere(&sorted(&removed), &sorted(&added));
    found.sort_unstable_by_key(|(_, new)| *new);
    for (old_block, new_block) in found {
        *number += 1;
        let (from, to) = (removed[&old_block], added[&new_block]);
        let (old, new) = pairing.blocks(old_block, new_block);
        let (old_text, new_text) = pairing.texts();
        let reach = Reach::of(old_text.len() + new_text.len());
        let mut runs = inline::runs(piece(old_text, old), piece(new_text, new), reach);
        let left = runs.iter().filter(|run| run.change != Change::Added).map(|run| Run {
            change: Change::Removed,
            old: run.old.clone(),
            new: 0..0,
            moved: (run.change == Change::Unchanged).then_some(*number),
            layout: false,
        });
        rows[from].runs = left.collect();
        for run in &mut runs {
            run.moved = (run.change == Change::Unchanged).then_some(*number);
        }
        rows[to].runs = runs;
        (rows[from].fate, rows[from].moved) = (Fate::Left, Some(*number));
        (rows[to].fate, rows[to].moved) = (Fate::Arrived, Some(*number));
    }
}

/// A sentence of a run.
struct Sentence {
    row: usize,
    run: usize,
    place: Range<usize>,
}

/// Recognises sentences that stand elsewhere word for word.
fn sentences(rows: &mut [Row], pairing: &Pairing<'_>, number: &mut usize) {
    let (old, new) = pairing.texts();
    let mut removed: HashMap<&str, VecDeque<Sentence>> = HashMap::new();
    let mut added: Vec<(&str, Sentence)> = Vec::new();
    for (row_at, row) in rows.iter().enumerate() {
        if row.kind == Kind::Blank
            || !matches!(row.fate, Fate::Changed | Fate::Removed | Fate::Added)
        {
            continue;
        }
        for (run_at, run) in all_runs(row).iter().enumerate() {
            let (text, start) = match run.change {
                Change::Unchanged => continue,
                Change::Removed => (&old[run.old.clone()], run.old.start),
                Change::Added => (&new[run.new.clone()], run.new.start),
            };
            for range in sentence_ranges(text) {
                let key = text[range.clone()]
                    .trim_matches(|it: char| it.is_whitespace() || ".!?".contains(it));
                let words = key.split_whitespace().take(SENTENCE_WORDS).count();
                if words < SENTENCE_WORDS {
                    continue;
                }
                let place = start + range.start..start + range.end;
                let sentence = Sentence { row: row_at, run: run_at, place };
                match run.change {
                    Change::Removed => removed.entry(key).or_default().push_back(sentence),
                    Change::Added | Change::Unchanged => added.push((key, sentence)),
                }
            }
        }
    }
    // For each row, its runs that have to be cut, by index, with the places that moved.
    let mut cuts: HashMap<usize, Vec<(usize, Range<usize>, usize)>> = HashMap::new();
    for (key, to) in added {
        let Some(from) = removed.get_mut(key).and_then(VecDeque::pop_front) else { continue };
        *number += 1;
        for sentence in [from, to] {
            cuts.entry(sentence.row).or_default().push((sentence.run, sentence.place, *number));
        }
    }
    for (at, row) in rows.iter_mut().enumerate() {
        if let Some(cuts) = cuts.remove(&at) {
            row.runs = cut(&all_runs(row), cuts);
        }
    }
}

/// Returns the runs of a row, also where all of it shares one fate.
fn all_runs(row: &Row) -> Vec<Run> {
    let whole = |change| {
        let (old, new) = (row.old.clone(), row.new.clone());
        vec![Run { change, old, new, moved: None, layout: false }]
    };
    match row.fate {
        Fate::Removed if row.runs.is_empty() => whole(Change::Removed),
        Fate::Added if row.runs.is_empty() => whole(Change::Added),
        _ => row.runs.clone(),
    }
}

/// Cuts runs where moved sentences begin and end.
fn cut(runs: &[Run], mut cuts: Vec<(usize, Range<usize>, usize)>) -> Vec<Run> {
    cuts.sort_unstable_by_key(|(run, place, _)| (*run, place.start));
    let mut out = Vec::with_capacity(runs.len() + 2 * cuts.len());
    for (at, run) in runs.iter().enumerate() {
        let removed = run.change == Change::Removed;
        let whole = if removed { run.old.clone() } else { run.new.clone() };
        let part = |range: Range<usize>, moved| Run {
            old: if removed { range.clone() } else { run.old.clone() },
            new: if removed { run.new.clone() } else { range },
            moved,
            ..run.clone()
        };
        let mut end = whole.start;
        for (_, place, number) in cuts.iter().filter(|(run, _, _)| *run == at) {
            if end < place.start {
                out.push(part(end..place.start, run.moved));
            }
            out.push(part(place.clone(), Some(*number)));
            end = place.end;
        }
        if end == whole.start {
            out.push(run.clone());
        } else if end < whole.end {
            out.push(part(end..whole.end, run.moved));
        }
    }
    out
}

/// Returns the sentences of a text, the white space after each included.
fn sentence_ranges(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, character)) = chars.next() {
        let closes = matches!(character, '.' | '!' | '?' | '。' | '！' | '？');
        let gap = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        if closes && gap {
            let end = at + character.len_utf8();
            ranges.push(start..end);
            start = end;
        }
    }
    if start < text.len() {
        ranges.push(start..text.len());
    }
    ranges
}
