//! Two texts side by side: facts key by key, bodies block by block.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;

use super::align::{self, Reach, Step};
use super::facts::without_numbers;
use super::inline::{self, Piece};
use super::pair::{Pairing, Side};
use super::segment::{self, Block, Kind};
use super::{Change, Fate, Part, Redline, Row, Run, Text, moves};

/// A line of front matter, a variable or a file, and where it stands.
struct Entry {
    /// Its key without the numbers of items.
    key: String,
    start: usize,
    value: usize,
    end: usize,
}

/// Everything of a text in one string.
struct Whole {
    text: String,
    /// The entries of front matter, variables and files.
    entries: [Vec<Entry>; 3],
    /// Where the body begins.
    body: usize,
}

impl Whole {
    fn new(text: &Text) -> Self {
        let mut all = String::with_capacity(text.body.len() + 1024);
        let lists = [&text.front_matter, &text.variables, &text.files];
        let entries = lists.map(|list| {
            let mut entries = Vec::with_capacity(list.len());
            for (key, value) in list {
                let start = all.len();
                // Writing to a string cannot fail.
                let _ = write!(all, "{key}: ");
                let value_at = all.len();
                all.push_str(value);
                let key = without_numbers(key);
                entries.push(Entry { key, start, value: value_at, end: all.len() });
                all.push('\n');
            }
            entries
        });
        let body = all.len();
        all.push_str(&text.body.replace("\r\n", "\n"));
        Self { text: all, entries, body }
    }
}

/// Compares two texts.
pub(super) fn compare(old: &Text, new: &Text) -> Redline {
    let (old, new) = (Whole::new(old), Whole::new(new));
    let mut rows = Vec::new();
    for (index, part) in [Part::FrontMatter, Part::Variables, Part::Files].into_iter().enumerate() {
        entries(part, (&old, &old.entries[index]), (&new, &new.entries[index]), &mut rows);
    }
    bodies(&old, &new, &mut rows);
    let moves = moves::ends(&rows);
    Redline { bodies: (old.body, new.body), old: old.text, new: new.text, rows, moves }
}

/// Compares the entries of a part.
fn entries(part: Part, old: (&Whole, &[Entry]), new: (&Whole, &[Entry]), rows: &mut Vec<Row>) {
    let ((old, old_entries), (new, new_entries)) = (old, new);
    let mut ids = HashMap::new();
    let mut numbered = |whole: &Whole, list: &[Entry]| -> Vec<u32> {
        let each = list.iter().map(|entry| {
            let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            let key = (entry.key.clone(), whole.text[entry.value..entry.end].to_owned());
            *ids.entry(key).or_insert(next)
        });
        each.collect()
    };
    let (old_ids, new_ids) = (numbered(old, old_entries), numbered(new, new_entries));
    let reach = Reach::of(old.text.len() + new.text.len());
    let common = align::common(&old_ids, &new_ids, reach);
    let lengths = (old_entries.len(), new_entries.len());
    let mut pairs = Vec::with_capacity(common.len());
    let (mut o, mut n) = (0, 0);
    for (old_at, new_at) in
        common.into_iter().map(Some).chain([None]).map(|it| it.unwrap_or(lengths))
    {
        // Between two equal entries, those of one key are the same one with another value.
        while o < old_at {
            if let Some(found) = (n..new_at).find(|at| new_entries[*at].key == old_entries[o].key) {
                pairs.push((o, found));
                n = found + 1;
            }
            o += 1;
        }
        if old_at < lengths.0 && new_at < lengths.1 {
            pairs.push((old_at, new_at));
        }
        (o, n) = (old_at + 1, new_at + 1);
    }
    for step in align::weave(lengths, &pairs, |_, _| true) {
        let (fate, old_at, new_at) = match step {
            Step::Pair(o, n) if old_ids[o] == new_ids[n] => (Fate::Same, Some(o), Some(n)),
            Step::Pair(o, n) => (Fate::Changed, Some(o), Some(n)),
            Step::Remove(o) => (Fate::Removed, Some(o), None),
            Step::Add(n) => (Fate::Added, None, Some(n)),
            Step::Gap(..) | Step::ChangeGap(..) | Step::RemoveGap(_) | Step::AddGap(_) => continue,
        };
        let place = |entries: &[Entry], at: Option<usize>| {
            at.map_or(0..0, |at| entries[at].start..entries[at].end)
        };
        let runs = match (fate, old_at, new_at) {
            (Fate::Changed, Some(o), Some(n)) => {
                entry_runs((old, &old_entries[o]), (new, &new_entries[n]), reach)
            }
            _ => Vec::new(),
        };
        rows.push(Row {
            part,
            kind: Kind::Fact,
            fate,
            old: place(old_entries, old_at),
            new: place(new_entries, new_at),
            runs,
            moved: None,
            section: None,
        });
    }
}

/// Compares the values of two entries.
fn entry_runs<'a>(old: (&'a Whole, &Entry), new: (&'a Whole, &Entry), reach: Reach) -> Vec<Run> {
    let key = Run {
        change: Change::Unchanged,
        old: old.1.start..old.1.value,
        new: new.1.start..new.1.value,
        moved: None,
        layout: false,
    };
    let value = |(whole, entry): (&'a Whole, &Entry)| Piece {
        text: &whole.text[entry.value..entry.end],
        start: entry.value,
        kind: Kind::Fact,
    };
    let mut runs = vec![key];
    runs.extend(inline::runs(value(old), value(new), reach));
    runs
}

/// The blocks of a body that are not blank, and the gaps between them.
struct Blocks {
    blocks: Vec<Block>,
    gaps: Vec<Range<usize>>,
}

impl Blocks {
    fn new(whole: &Whole) -> Self {
        let all = coarser(&whole.text, segment::blocks(&whole.text, whole.body));
        let mut blocks = Vec::with_capacity(all.len());
        let mut gaps = Vec::with_capacity(all.len() + 1);
        let mut end = whole.body;
        for block in all {
            if block.kind != Kind::Blank {
                gaps.push(end..block.start);
                end = block.end;
                blocks.push(block);
            }
        }
        gaps.push(end..whole.text.len());
        Self { blocks, gaps }
    }
}

/// The most blocks of a body that are compared one by one.
const BLOCKS: usize = 120_000;

/// Joins blocks where there are very many. What is joined depends on the blocks alone, so that
/// equal stretches of two texts are joined alike.
fn coarser(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    if blocks.len() <= BLOCKS {
        return blocks;
    }
    let size = blocks.len() / (BLOCKS / 4);
    let mut joined: Vec<Block> = Vec::with_capacity(BLOCKS);
    let mut count = 0;
    for block in blocks {
        let sum =
            text[block.start..block.end].bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
                (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        match joined.last_mut() {
            Some(last) if count > 0 => {
                last.end = block.end;
                if last.kind == Kind::Blank {
                    last.kind = block.kind;
                }
            }
            _ => joined.push(block),
        }
        count += 1;
        if sum >> 32 & 0xffff < 0xffff / size as u64 || count >= 8 * size {
            count = 0;
        }
    }
    joined
}

/// Compares two bodies.
fn bodies(old: &Whole, new: &Whole, rows: &mut Vec<Row>) {
    let (old_blocks, new_blocks) = (Blocks::new(old), Blocks::new(new));
    let old_side = Side { text: &old.text, blocks: &old_blocks.blocks };
    let new_side = Side { text: &new.text, blocks: &new_blocks.blocks };
    let mut ids: HashMap<(bool, &str), u32> = HashMap::new();
    let (old_ids, new_ids) = (numbers(old_side, &mut ids), numbers(new_side, &mut ids));
    let reach = Reach::of(old.text.len() + new.text.len());
    let common = align::common(&old_ids, &new_ids, reach);
    let lengths = (old_ids.len(), new_ids.len());
    let mut pairing = Pairing::new(old_side, new_side);
    let mut pairs = Vec::with_capacity(common.len());
    let (mut o, mut n) = (0, 0);
    for pair in common {
        pairing.between(o..pair.0, n..pair.1, &mut pairs);
        pairs.push(pair);
        (o, n) = (pair.0 + 1, pair.1 + 1);
    }
    pairing.between(o..lengths.0, n..lengths.1, &mut pairs);

    let gap = |o: usize, n: usize| {
        old.text[old_blocks.gaps[o].clone()] == new.text[new_blocks.gaps[n].clone()]
    };
    let old_gap = |o: usize| old_blocks.gaps[o].clone();
    let new_gap = |n: usize| new_blocks.gaps[n].clone();
    let start = rows.len();
    // Which block of its side a row is, for moves.
    let mut origins = Vec::with_capacity(lengths.0.max(lengths.1));
    let mut sections = Sections::default();
    for step in align::weave(lengths, &pairs, gap) {
        let (old_at, new_at) = match step {
            Step::Pair(o, n) => (Some(o), Some(n)),
            Step::Remove(o) => (Some(o), None),
            Step::Add(n) => (None, Some(n)),
            Step::Gap(o, n) => {
                rows.extend(sections.gap(Fate::Same, old_gap(o), new_gap(n)));
                continue;
            }
            Step::ChangeGap(o, n) => {
                rows.extend(sections.gap(Fate::Changed, old_gap(o), new_gap(n)));
                continue;
            }
            Step::RemoveGap(o) => {
                rows.extend(sections.gap(Fate::Removed, old_gap(o), 0..0));
                continue;
            }
            Step::AddGap(n) => {
                rows.extend(sections.gap(Fate::Added, 0..0, new_gap(n)));
                continue;
            }
        };
        let old_block = old_at.map(|at| old_blocks.blocks[at]);
        let new_block = new_at.map(|at| new_blocks.blocks[at]);
        sections.enter(old_block.map(|it| (it, &*old.text)), new_block.map(|it| (it, &*new.text)));
        let place = |block: Option<Block>| block.map_or(0..0, |it| it.start..it.end);
        let (kind, fate) = match (old_block, new_block) {
            (Some(a), Some(b)) if old.text[a.start..a.end] == new.text[b.start..b.end] => {
                (b.kind, Fate::Same)
            }
            (Some(_), Some(b)) => (b.kind, Fate::Changed),
            (Some(a), None) => (a.kind, Fate::Removed),
            (None, Some(b)) => (b.kind, Fate::Added),
            (None, None) => continue,
        };
        let mut row = sections.row(kind, fate, (place(old_block), place(new_block)));
        if let (Fate::Changed, Some(a), Some(b)) = (fate, old_block, new_block) {
            row.runs = inline::runs(piece(&old.text, a), piece(&new.text, b), reach);
        }
        rows.push(row);
        origins.resize(rows.len() - start, 0);
        if let Some(origin) = origins.last_mut() {
            *origin = old_at.or(new_at).unwrap_or_default();
        }
    }
    origins.resize(rows.len() - start, 0);
    moves::find(&mut rows[start..], &origins, &mut pairing);
}

/// Returns a block with its text.
pub(super) fn piece(text: &str, block: Block) -> Piece<'_> {
    Piece { text: &text[block.start..block.end], start: block.start, kind: block.kind }
}

/// Gives equal blocks equal numbers. Items of numbered lists are equal whatever their numbers, so
/// that an item which was put in changes one block and not all that follow.
fn numbers<'a>(side: Side<'a>, ids: &mut HashMap<(bool, &'a str), u32>) -> Vec<u32> {
    let each = side.blocks.iter().enumerate().map(|(index, block)| {
        let text = side.block(index);
        let inner = text.trim_start_matches([' ', '\t']);
        let marker = match block.kind {
            Kind::Item if inner.starts_with(|it: char| it.is_ascii_digit()) => {
                segment::marker(inner)
            }
            _ => 0,
        };
        let key = if marker > 0 { (true, &inner[marker..]) } else { (false, text) };
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        *ids.entry(key).or_insert(next)
    });
    each.collect()
}

/// The headings under which the blocks of both sides stand.
#[derive(Default)]
struct Sections {
    old: Option<Arc<str>>,
    new: Option<Arc<str>>,
}

impl Sections {
    /// Notes the headings that begin here.
    fn enter(&mut self, old: Option<(Block, &str)>, new: Option<(Block, &str)>) {
        let name = |side: Option<(Block, &str)>| -> Option<Arc<str>> {
            let (block, text) = side.filter(|(block, _)| block.kind == Kind::Heading)?;
            Some(heading(&text[block.start..block.end]).into())
        };
        let (old, new) = (name(old), name(new));
        // A section that was renamed goes by its new name on both sides.
        if old.is_some() {
            self.old = new.clone().or(old);
        }
        if new.is_some() {
            self.new = new;
        }
    }

    /// Makes a row of blank lines, if there are any.
    fn gap(&self, fate: Fate, old: Range<usize>, new: Range<usize>) -> Option<Row> {
        if old.is_empty() && new.is_empty() {
            return None;
        }
        let mut row = self.row(Kind::Blank, fate, (old.clone(), new.clone()));
        if fate == Fate::Changed {
            let run = |change, old, new| Run { change, old, new, moved: None, layout: false };
            row.runs = vec![run(Change::Removed, old, 0..0), run(Change::Added, 0..0, new)];
            row.runs.retain(|run| !run.old.is_empty() || !run.new.is_empty());
        }
        Some(row)
    }

    /// Makes a row that stands here.
    fn row(&self, kind: Kind, fate: Fate, places: (Range<usize>, Range<usize>)) -> Row {
        let section = if fate == Fate::Removed { &self.old } else { &self.new };
        Row {
            part: Part::Body,
            kind,
            fate,
            old: places.0,
            new: places.1,
            runs: Vec::new(),
            moved: None,
            section: section.clone(),
        }
    }
}

/// Returns the text of a heading without its marks.
fn heading(source: &str) -> &str {
    let line = source.trim_start().lines().next().unwrap_or_default();
    let line = line.trim_start_matches('#').trim().trim_end_matches('#').trim_end();
    match line.rfind('{') {
        Some(at) if line.ends_with('}') && !line.ends_with("}}") => line[..at].trim_end(),
        _ => line,
    }
}
