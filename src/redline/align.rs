//! What two sequences have in common, in order. The only importer of `similar`.
//!
//! No clock is asked: a redline of the same two texts is the same on every machine. What bounds
//! the work instead is the search itself, which gives up optimal results past a limit that grows
//! with the length, and a [`Reach`], past which two sequences are compared piece by piece.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// The most elements of both sides together that are searched as one. Longer sequences are cut at
/// what occurs once in each, and after that anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach(usize);

impl Reach {
    /// Returns how far is searched in texts of this many bytes together: the work on two sequences
    /// that have little but not nothing in common grows with its square.
    pub(super) fn of(bytes: usize) -> Self {
        Self((1_000_000_000 / bytes.max(1)).clamp(100, 4_000))
    }
}

/// Returns the pairs of equal elements that stay in order, by their indices.
pub(super) fn common(old: &[u32], new: &[u32], reach: Reach) -> Vec<(usize, usize)> {
    let mut pairs = Vec::with_capacity(old.len().min(new.len()));
    let head = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    pairs.extend((0..head).map(|at| (at, at)));
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let (mut o, mut n) = (head, head);
    for (anchor_old, anchor_new) in anchors(old, new, head..old_end, head..new_end) {
        search((old, o..anchor_old), (new, n..anchor_new), reach, &mut pairs);
        pairs.push((anchor_old, anchor_new));
        (o, n) = (anchor_old + 1, anchor_new + 1);
    }
    search((old, o..old_end), (new, n..new_end), reach, &mut pairs);
    pairs.extend((0..tail).map(|at| (old_end + at, new_end + at)));
    pairs
}

/// Searches what lies between two anchors.
fn search(
    (old, old_range): (&[u32], Range<usize>),
    (new, new_range): (&[u32], Range<usize>),
    Reach(reach): Reach,
    pairs: &mut Vec<(usize, usize)>,
) {
    let (mut o, mut n) = (old_range.start, new_range.start);
    while o < old_range.end && n < new_range.end {
        let (next_o, next_n) = if old_range.end - o + new_range.end - n <= reach {
            (old_range.end, new_range.end)
        } else {
            ((o + reach / 2).min(old_range.end), (n + reach / 2).min(new_range.end))
        };
        let found = capture_diff_slices(Algorithm::Myers, &old[o..next_o], &new[n..next_n]);
        for op in found {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                pairs.extend((0..len).map(|at| (o + old_index + at, n + new_index + at)));
            }
        }
        (o, n) = (next_o, next_n);
    }
}

/// Returns what occurs once in each range and stays in order: the longest such sequence.
fn anchors(
    old: &[u32],
    new: &[u32],
    old_range: Range<usize>,
    new_range: Range<usize>,
) -> Vec<(usize, usize)> {
    // Where an element stands, `NONE` before it was seen and `TWICE` when it was seen again.
    const NONE: usize = usize::MAX;
    const TWICE: usize = usize::MAX - 1;
    let size = old.iter().chain(new).max().map_or(0, |id| *id as usize + 1);
    if old_range.is_empty() || new_range.is_empty() {
        return Vec::new();
    }
    let places = |ids: &[u32], range: Range<usize>| {
        let mut places = vec![NONE; size];
        for at in range {
            let place = &mut places[ids[at] as usize];
            *place = if *place == NONE { at } else { TWICE };
        }
        places
    };
    let in_new = places(new, new_range);
    let in_old = places(old, old_range.clone());
    let both: Vec<(usize, usize)> = old_range
        .filter(|at| in_old[old[*at] as usize] == *at)
        .map(|at| (at, in_new[old[at] as usize]))
        .filter(|(_, at)| *at < TWICE)
        .collect();
    longest(&both)
}

/// Returns the longest part of pairs, sorted by their first, whose seconds rise.
fn longest(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the index of the pair that ends such a sequence earliest.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; pairs.len()];
    for (index, (_, second)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *second);
        if length > 0 {
            before[index] = ends[length - 1];
        }
        if length == ends.len() {
            ends.push(index);
        } else {
            ends[length] = index;
        }
    }
    let mut found = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied().unwrap_or(usize::MAX);
    while at != usize::MAX {
        found.push(pairs[at]);
        at = before[at];
    }
    found.reverse();
    found
}

/// A step from old to new. Numbers are indices of elements and of gaps; the gap before an element
/// has its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// An element of both.
    Pair(usize, usize),
    /// An element of old only.
    Remove(usize),
    /// An element of new only.
    Add(usize),
    /// A gap of both.
    Gap(usize, usize),
    /// A gap between the same elements of both that differs.
    ChangeGap(usize, usize),
    /// A gap of old only.
    RemoveGap(usize),
    /// A gap of new only.
    AddGap(usize),
}

/// Makes the steps from pairs of elements. `lengths` are the numbers of elements, `equal` compares
/// gaps. White space between elements is never part of the search: it goes with what is removed
/// or added beside it, so that its many equal pieces tie nothing together that does not belong.
pub(super) fn weave(
    lengths: (usize, usize),
    pairs: &[(usize, usize)],
    equal: impl Fn(usize, usize) -> bool,
) -> Vec<Step> {
    let mut steps = Vec::with_capacity(2 * lengths.0.max(lengths.1) + 1);
    let (mut o, mut n) = (0, 0);
    for (old, new) in pairs.iter().copied().map(Some).chain([None]).map(|it| it.unwrap_or(lengths))
    {
        between(o..old, n..new, &equal, &mut steps);
        if old < lengths.0 && new < lengths.1 {
            steps.push(Step::Pair(old, new));
        }
        (o, n) = (old + 1, new + 1);
    }
    steps
}

/// Makes the steps between two pairs, the gaps at both ends included.
fn between(
    old: Range<usize>,
    new: Range<usize>,
    equal: &impl Fn(usize, usize) -> bool,
    steps: &mut Vec<Step>,
) {
    let head = equal(old.start, new.start);
    if old.is_empty() && new.is_empty() {
        if head {
            steps.push(Step::Gap(old.start, new.start));
        } else {
            steps.push(Step::ChangeGap(old.start, new.start));
        }
        return;
    }
    let one_gap = old.is_empty() || new.is_empty();
    let tail = equal(old.end, new.end) && !(head && one_gap);
    if head {
        steps.push(Step::Gap(old.start, new.start));
    }
    let inner =
        |range: &Range<usize>| range.start + usize::from(head)..range.end + usize::from(!tail);
    let (old_gaps, new_gaps) = (inner(&old), inner(&new));
    for at in old.start..=old.end {
        if old_gaps.contains(&at) {
            steps.push(Step::RemoveGap(at));
        }
        if at < old.end {
            steps.push(Step::Remove(at));
        }
    }
    for at in new.start..=new.end {
        if new_gaps.contains(&at) {
            steps.push(Step::AddGap(at));
        }
        if at < new.end {
            steps.push(Step::Add(at));
        }
    }
    if tail {
        steps.push(Step::Gap(old.end, new.end));
    }
}

#[cfg(test)]
mod tests {
    use super::{Reach, Step, weave};

    fn common(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
        super::common(old, new, Reach::of(0))
    }

    #[test]
    fn what_is_common_stays_in_order() {
        assert_eq!(common(&[1, 2, 3, 4], &[1, 3, 2, 4]).len(), 3);
        assert_eq!(common(&[1, 1, 1], &[1, 1]), [(0, 0), (1, 1)]);
        assert_eq!(common(&[], &[1]), []);
        let old: Vec<u32> = (0..100_000).map(|it| it % 7).collect();
        let new: Vec<u32> = (0..90_000).map(|it| it % 5).collect();
        let pairs = common(&old, &new);
        assert!(pairs.windows(2).all(|it| it[0].0 < it[1].0 && it[0].1 < it[1].1));
        assert!(pairs.iter().all(|(o, n)| old[*o] == new[*n]));
    }

    #[test]
    fn gaps_go_with_what_is_beside_them() {
        assert_eq!(
            weave((1, 2), &[(0, 0)], |_, _| true),
            [Step::Gap(0, 0), Step::Pair(0, 0), Step::Gap(1, 1), Step::Add(1), Step::AddGap(2)]
        );
        assert_eq!(
            weave((1, 1), &[], |o, n| (o, n) != (0, 0)),
            [Step::RemoveGap(0), Step::Remove(0), Step::AddGap(0), Step::Add(0), Step::Gap(1, 1)]
        );
    }
}
