//! The words of two blocks that belong together: what stayed, what was removed, what was added.

use std::ops::Range;

use hashbrown::HashMap;

use super::align::{self, Reach, Step};
use super::segment::Kind;
use super::word::{self, Class, Word};
use super::{Change, Run};

/// A block of one side: the text it is part of, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) kind: Kind,
}

/// Words without white space, and the white space between them.
struct Words<'a> {
    text: &'a str,
    list: Vec<Word>,
    /// The white space before each word, and that after the last.
    gaps: Vec<Range<usize>>,
}

impl<'a> Words<'a> {
    fn new(piece: Piece<'a>) -> Self {
        let mut words = Vec::new();
        let mut gaps = Vec::new();
        let mut end = 0;
        for word in word::words(piece.text, piece.kind) {
            if !word.class.is_space() {
                gaps.push(end..word.start);
                end = word.end;
                words.push(word);
            }
        }
        gaps.push(end..piece.text.len());
        Self { text: piece.text, list: words, gaps }
    }

    fn word(&self, index: usize) -> &'a str {
        &self.text[self.list[index].start..self.list[index].end]
    }

    fn gap(&self, index: usize) -> &'a str {
        &self.text[self.gaps[index].clone()]
    }
}

/// Compares two blocks word by word.
pub(super) fn runs(old: Piece<'_>, new: Piece<'_>, reach: Reach) -> Vec<Run> {
    let (before, after) = (Words::new(old), Words::new(new));
    let mut ids: HashMap<&str, u32> = HashMap::new();
    let mut id = |word| {
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        *ids.entry(word).or_insert(next)
    };
    let old_ids: Vec<u32> = (0..before.list.len()).map(|at| id(before.word(at))).collect();
    let new_ids: Vec<u32> = (0..after.list.len()).map(|at| id(after.word(at))).collect();
    let pairs = align::common(&old_ids, &new_ids, reach);
    let lengths = (before.list.len(), after.list.len());
    let pairs = without_islands(&pairs, lengths, &before.list);
    let steps = align::weave(lengths, &pairs, |o, n| before.gap(o) == after.gap(n));
    let mut builder = Builder { runs: Vec::new(), old: old.start, new: new.start };
    for step in steps {
        match step {
            Step::Pair(o, _) => {
                builder.push(Change::Unchanged, before.word(o).len());
            }
            Step::Gap(o, _) => builder.push(Change::Unchanged, before.gap(o).len()),
            Step::Remove(o) => builder.push(Change::Removed, before.word(o).len()),
            Step::Add(n) => builder.push(Change::Added, after.word(n).len()),
            Step::ChangeGap(o, n) => {
                let (old_gap, new_gap) = (before.gap(o), after.gap(n));
                // Two spaces at the end of a line break it: they are shown by themselves.
                let breaks = |gap: &str| gap.ends_with("  \n") || gap == "\n";
                let same = usize::from(breaks(old_gap) && breaks(new_gap));
                builder.push(Change::Removed, old_gap.len() - same);
                builder.push(Change::Added, new_gap.len() - same);
                builder.push(Change::Unchanged, same);
            }
            Step::RemoveGap(o) => builder.push(Change::Removed, before.gap(o).len()),
            Step::AddGap(n) => builder.push(Change::Added, after.gap(n).len()),
        }
    }
    let mut runs = builder.runs;
    if !new.kind.is_exact() && !old.kind.is_exact() {
        mark_layout(&mut runs, old, new);
    }
    runs
}

/// Makes runs of steps that share their fate.
struct Builder {
    runs: Vec<Run>,
    old: usize,
    new: usize,
}

impl Builder {
    fn push(&mut self, change: Change, length: usize) {
        if length == 0 {
            return;
        }
        let (old, new) = (self.old, self.new);
        if change != Change::Added {
            self.old += length;
        }
        if change != Change::Removed {
            self.new += length;
        }
        match self.runs.last_mut() {
            Some(run) if run.change == change => {
                run.old.end = self.old;
                run.new.end = self.new;
            }
            _ => self.runs.push(Run {
                change,
                old: old..self.old,
                new: new..self.new,
                moved: None,
                layout: false,
            }),
        }
    }
}

/// Leaves out short stretches of equal words between replaced ones: a sentence that was written
/// anew reads better whole than as confetti around the words it happens to share. Numbers, links
/// and the like stay: that they stayed is what a reader asks.
fn without_islands(
    pairs: &[(usize, usize)],
    lengths: (usize, usize),
    words: &[Word],
) -> Vec<(usize, usize)> {
    let mut stretches: Vec<Range<usize>> = Vec::new();
    for (at, (old, new)) in pairs.iter().enumerate() {
        match stretches.last_mut() {
            Some(last) if pairs[at - 1] == (old.wrapping_sub(1), new.wrapping_sub(1)) => {
                last.end = at + 1;
            }
            _ => stretches.push(at..at + 1),
        }
    }
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
    for (index, stretch) in stretches.iter().enumerate() {
        let first = pairs[stretch.start];
        let last = pairs[stretch.end - 1];
        let next = stretches.get(index + 1).map_or(lengths, |next| pairs[next.start]);
        let start = kept.last().map_or((0, 0), |(o, n)| (o + 1, n + 1));
        let left = (first.0 - start.0, first.1 - start.1);
        let right = (next.0 - last.0 - 1, next.1 - last.1 - 1);
        let replaced = left.0 > 0 && left.1 > 0 && right.0 > 0 && right.1 > 0;
        let light = words[first.0..=last.0]
            .iter()
            .all(|word| matches!(word.class, Class::Word | Class::Punctuation));
        let length = stretch.len();
        let island = replaced
            && light
            && length <= 3
            && length < left.0.max(left.1)
            && length < right.0.max(right.1);
        if !island {
            kept.extend_from_slice(&pairs[stretch.clone()]);
        }
    }
    kept
}

/// Marks runs that differ in white space which no reader sees: where lines of a paragraph end, and
/// how many spaces stand between words.
fn mark_layout(runs: &mut [Run], old: Piece<'_>, new: Piece<'_>) {
    let slice = |run: &Run| match run.change {
        Change::Removed => &old.text[run.old.start - old.start..run.old.end - old.start],
        Change::Unchanged | Change::Added => {
            &new.text[run.new.start - new.start..run.new.end - new.start]
        }
    };
    let soft = |run: &Run, piece: Piece<'_>, at: usize| {
        let text = slice(run);
        let edge = at == 0 || at + text.len() >= piece.text.trim_end_matches('\n').len();
        let hard = text.contains("  \n") || piece.text[..at].ends_with('\\');
        !edge && !hard && text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t'))
    };
    for at in 0..runs.len().saturating_sub(1) {
        let [removed, added] = &runs[at..=at + 1] else { continue };
        let alike = removed.change == Change::Removed
            && added.change == Change::Added
            && soft(removed, old, removed.old.start - old.start)
            && soft(added, new, added.new.start - new.start);
        if alike {
            runs[at].layout = true;
            runs[at + 1].layout = true;
        }
    }
}
