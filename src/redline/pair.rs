//! Which removed block became which added one: the pairing of changed blocks by their words.

use std::ops::Range;

use hashbrown::HashMap;

use super::segment::{Block, Kind};
use super::word;

/// The most words that are looked at to find pairs in one redline. What comes after is shown as
/// removed and added, which is as true and less handy.
const BUDGET: usize = 60_000_000;

/// The most blocks of a side that are compared with each other; longer stretches are cut.
const STRETCH: usize = 60;

/// A scale for similarity in whole numbers.
const WHOLE: usize = 1_000;

/// A side of the comparison.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) text: &'a str,
    pub(super) blocks: &'a [Block],
}

impl<'a> Side<'a> {
    /// Returns the text of a block.
    pub(super) fn block(&self, index: usize) -> &'a str {
        let block = self.blocks[index];
        &self.text[block.start..block.end]
    }
}

/// Finds pairs of similar blocks.
pub(super) struct Pairing<'a> {
    old: Side<'a>,
    new: Side<'a>,
    ids: HashMap<&'a str, u32>,
    left: usize,
}

impl<'a> Pairing<'a> {
    pub(super) fn new(old: Side<'a>, new: Side<'a>) -> Self {
        Self { old, new, ids: HashMap::new(), left: BUDGET }
    }

    /// Returns both texts.
    pub(super) fn texts(&self) -> (&'a str, &'a str) {
        (self.old.text, self.new.text)
    }

    /// Returns a block of each side.
    pub(super) fn blocks(&self, old: usize, new: usize) -> (Block, Block) {
        (self.old.blocks[old], self.new.blocks[new])
    }

    /// Adds the pairs of similar blocks between two common ones, in order.
    pub(super) fn between(
        &mut self,
        old: Range<usize>,
        new: Range<usize>,
        pairs: &mut Vec<(usize, usize)>,
    ) {
        if old.is_empty() || new.is_empty() {
            return;
        }
        let parts = old.len().max(new.len()).div_ceil(STRETCH);
        for part in 0..parts {
            let cut = |range: &Range<usize>| {
                range.start + range.len() * part / parts
                    ..range.start + range.len() * (part + 1) / parts
            };
            let alone = old.len() == 1 && new.len() == 1;
            self.stretch(cut(&old), cut(&new), alone, pairs);
        }
    }

    fn stretch(
        &mut self,
        old: Range<usize>,
        new: Range<usize>,
        alone: bool,
        pairs: &mut Vec<(usize, usize)>,
    ) {
        let old_bags: Vec<Bag> = old.clone().map(|at| self.bag(self.old, at)).collect();
        let new_bags: Vec<Bag> = new.clone().map(|at| self.bag(self.new, at)).collect();
        if old.len() == new.len() && old.len() > 2 {
            // Where every block became the one at its place, there is nothing to choose.
            const SURELY: usize = 500;
            let mut all = old_bags.iter().zip(&new_bags);
            if all.all(|(old, new)| self.similarity(old, new, false) >= SURELY) {
                pairs.extend(old.zip(new));
                return;
            }
        }
        let width = new.len() + 1;
        // The best sum of similarities of what follows each pair of blocks.
        let mut best = vec![0_usize; (old.len() + 1) * width];
        let mut worth = vec![0_usize; old.len() * new.len()];
        for o in (0..old.len()).rev() {
            for n in (0..new.len()).rev() {
                let similar = self.similarity(&old_bags[o], &new_bags[n], alone);
                worth[o * new.len() + n] = similar;
                let paired = if similar > 0 { similar + best[(o + 1) * width + n + 1] } else { 0 };
                let skipped = best[(o + 1) * width + n].max(best[o * width + n + 1]);
                best[o * width + n] = paired.max(skipped);
            }
        }
        let (mut o, mut n) = (0, 0);
        while o < old.len() && n < new.len() {
            let similar = worth[o * new.len() + n];
            let here = best[o * width + n];
            if similar > 0 && here == similar + best[(o + 1) * width + n + 1] {
                pairs.push((old.start + o, new.start + n));
                (o, n) = (o + 1, n + 1);
            } else if here == best[(o + 1) * width + n] {
                o += 1;
            } else {
                n += 1;
            }
        }
    }

    /// Returns how alike two blocks are, from 1 to [`WHOLE`]; 0 where they do not belong together.
    fn similarity(&mut self, old: &Bag, new: &Bag, alone: bool) -> usize {
        let total = old.words.len() + new.words.len();
        if total == 0 {
            return if old.kind == new.kind { WHOLE } else { 0 };
        }
        let least = match (old.kind, new.kind) {
            (a, b) if a != b => 600,
            (Kind::Heading, _) => 300,
            (Kind::Row, _) => 350,
            _ if alone => 300,
            _ => 450,
        };
        // A heading, cell or line that was replaced whole is still the same one.
        if alone && old.kind == new.kind && total <= 8 {
            return WHOLE;
        }
        if 2 * WHOLE * old.words.len().min(new.words.len()) / total < least {
            return 0;
        }
        let Some(left) = self.left.checked_sub(total) else { return 0 };
        self.left = left;
        let similar = 2 * WHOLE * shared(&old.words, &new.words) / total;
        if similar < least { 0 } else { similar }
    }

    /// Returns the words of a block that carry meaning, sorted.
    fn bag(&mut self, side: Side<'a>, index: usize) -> Bag {
        let kind = side.blocks[index].kind;
        let text = side.block(index);
        let all = word::words(text, kind);
        let mut words: Vec<u32> = Vec::with_capacity(all.len() / 2);
        for meaningful in [true, false] {
            for word in &all {
                if !word.class.is_space() && (word.class.counts() || !meaningful) {
                    let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
                    words.push(*self.ids.entry(&text[word.start..word.end]).or_insert(next));
                }
            }
            if !words.is_empty() {
                break;
            }
        }
        words.sort_unstable();
        Bag { kind, words }
    }

    /// Returns for each old block at most one new one that says nearly the same, of blocks that
    /// may stand anywhere.
    pub(super) fn anywhere(&mut self, old: &[usize], new: &[usize]) -> Vec<(usize, usize)> {
        // A move that was also edited has to say enough to be told from chance.
        const WORDS: usize = 8;
        const LEAST: usize = 800;
        if old.len() * new.len() > 40_000 {
            return Vec::new();
        }
        let old_bags: Vec<Bag> = old.iter().map(|at| self.bag(self.old, *at)).collect();
        let new_bags: Vec<Bag> = new.iter().map(|at| self.bag(self.new, *at)).collect();
        let mut found = Vec::new();
        for (o, old_bag) in old_bags.iter().enumerate() {
            for (n, new_bag) in new_bags.iter().enumerate() {
                if old_bag.words.len().min(new_bag.words.len()) >= WORDS {
                    let similar = self.similarity(old_bag, new_bag, false);
                    if similar >= LEAST {
                        found.push((WHOLE - similar, old[o], new[n]));
                    }
                }
            }
        }
        found.sort_unstable();
        let (mut taken, mut given) = (vec![], vec![]);
        found.retain(|(_, o, n)| {
            let free = !taken.contains(o) && !given.contains(n);
            if free {
                taken.push(*o);
                given.push(*n);
            }
            free
        });
        found.into_iter().map(|(_, o, n)| (o, n)).collect()
    }
}

/// The words of a block, sorted.
struct Bag {
    kind: Kind,
    words: Vec<u32>,
}

/// Returns how many words two sorted lists share.
fn shared(old: &[u32], new: &[u32]) -> usize {
    let (mut o, mut n, mut count) = (0, 0, 0);
    while o < old.len() && n < new.len() {
        match old[o].cmp(&new[n]) {
            std::cmp::Ordering::Less => o += 1,
            std::cmp::Ordering::Greater => n += 1,
            std::cmp::Ordering::Equal => (o, n, count) = (o + 1, n + 1, count + 1),
        }
    }
    count
}
