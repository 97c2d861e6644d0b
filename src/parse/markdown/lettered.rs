//! Lettered lists: paragraphs whose lines begin with `a.`, `(b)` or `iii)` become lists, so that
//! a text that cites "(a)" has an (a).

use std::collections::VecDeque;

use super::marker::{self, LineMarker};
use crate::model::body::{
    Block, BlockKind, Delimiter, Inline, Item, List, Marker, Numbering, Written,
};
use crate::span::Span;

/// A paragraph that may hold items.
pub(super) struct Lines {
    /// Its index among its siblings.
    pub(super) block: usize,
    /// Where each of its inlines begins.
    pub(super) starts: Vec<usize>,
}

/// Tells whether a line of a paragraph begins with a marker.
pub(super) fn may_hold(inlines: &[Inline<Written>]) -> bool {
    line_starts(inlines).any(|start| marker::of_line(&inlines[start..]).is_some())
}

fn line_starts(inlines: &[Inline<Written>]) -> impl Iterator<Item = usize> {
    let breaks = inlines
        .iter()
        .enumerate()
        .filter(|(_, inline)| matches!(inline, Inline::SoftBreak | Inline::HardBreak))
        .map(|(index, _)| index + 1);
    std::iter::once(0).chain(breaks).filter(|start| *start < inlines.len())
}

/// Makes lists of what is lettered among siblings. One marker alone is no list.
pub(super) fn convert(blocks: Vec<Block<Written>>, lines: Vec<Lines>) -> Vec<Block<Written>> {
    if lines.is_empty() {
        return blocks;
    }
    let mut lines: VecDeque<Lines> = lines.into();
    let mut out = Siblings { blocks: Vec::with_capacity(blocks.len()), run: Run::default() };
    for (index, block) in blocks.into_iter().enumerate() {
        let starts = lines.pop_front_if(|lines| lines.block == index).map(|lines| lines.starts);
        match (block.kind, starts) {
            (BlockKind::Paragraph(inlines), Some(starts)) => {
                out.paragraph(inlines, &starts, block.span);
            }
            (kind @ (BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Break), _) => {
                out.flush();
                out.blocks.push(Block { kind, span: block.span });
            }
            (kind, _) => out.other(Block { kind, span: block.span }),
        }
    }
    out.flush();
    out.blocks
}

/// Siblings as they come, with the list that may be growing.
struct Siblings {
    blocks: Vec<Block<Written>>,
    run: Run,
}

impl Siblings {
    /// Takes a paragraph apart into its lines.
    fn paragraph(&mut self, inlines: Vec<Inline<Written>>, starts: &[usize], span: Span) {
        let mut bounds: Vec<usize> = line_starts(&inlines).collect();
        let markers: Vec<Option<LineMarker>> =
            bounds.iter().map(|start| marker::of_line(&inlines[*start..])).collect();
        bounds.push(inlines.len());
        if markers.first().is_none_or(Option::is_none) {
            self.flush();
        }
        let mut inlines = inlines.into_iter();
        let mut before = None;
        for (index, marker) in markers.iter().enumerate() {
            let length = bounds[index + 1] - bounds[index];
            let mut line: Vec<_> = inlines.by_ref().take(length).collect();
            let after = if index + 1 < markers.len() { line.pop() } else { None };
            let place = |index: usize| {
                let start = bounds.get(index).and_then(|inline| starts.get(*inline));
                start.map_or(span.range().end, |start| *start)
            };
            let line = Line {
                before: std::mem::replace(&mut before, after),
                inlines: line,
                span: Span::new(place(index), place(index + 1)),
            };
            match marker {
                Some(marker) => self.item(marker, markers.get(index + 1), line),
                None => self.text(line),
            }
        }
    }

    /// Adds a line that begins with a marker.
    fn item(&mut self, marker: &LineMarker, next: Option<&Option<LineMarker>>, line: Line) {
        let next = next.and_then(Option::as_ref);
        if let Some(depth) = self.run.depth_of(marker, next) {
            self.run.push(marker, depth, line);
        } else if self.run.is_list() && line.before.is_some() && !marker.reads_one() {
            self.text(line);
        } else {
            self.flush();
            self.run.push(marker, 0, line);
        }
    }

    /// Adds a line that begins with no marker.
    fn text(&mut self, line: Line) {
        match self.run.entries.last_mut() {
            Some(entry) => entry.line.append(line),
            None => self.prose(line),
        }
    }

    /// Adds a line that belongs to no list.
    fn prose(&mut self, line: Line) {
        match self.blocks.last_mut() {
            Some(Block { kind: BlockKind::Paragraph(inlines), span }) if line.before.is_some() => {
                inlines.extend(line.before);
                inlines.extend(line.inlines);
                span.end = line.span.end;
            }
            _ => {
                let kind = BlockKind::Paragraph(line.inlines);
                self.blocks.push(Block { kind, span: line.span });
            }
        }
    }

    /// Adds a block that may belong to the last item, if the list goes on after it.
    fn other(&mut self, block: Block<Written>) {
        if self.run.entries.is_empty() {
            self.blocks.push(block);
        } else {
            self.run.tail.push(block);
        }
    }

    /// Ends the list that may be growing.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        if run.is_list() {
            let span = Span {
                start: run.entries.first().map_or(0, |entry| entry.line.span.start),
                end: run.entries.last().map_or(0, |entry| entry.line.span.end),
            };
            let tight = run.entries.iter().skip(1).all(|entry| entry.line.before.is_some());
            let mut entries: VecDeque<Entry> = run.entries.into();
            let list = list(&mut entries, 0, tight, &run.levels);
            self.blocks.push(Block { kind: BlockKind::List(list), span });
        } else {
            for entry in run.entries {
                self.prose(entry.line);
                self.blocks.extend(entry.blocks);
            }
        }
        self.blocks.extend(run.tail);
    }
}

/// A line of a paragraph.
struct Line {
    /// The break before it; `None` where it opens its paragraph.
    before: Option<Inline<Written>>,
    inlines: Vec<Inline<Written>>,
    span: Span,
}

impl Line {
    fn append(&mut self, line: Line) {
        self.inlines.push(line.before.unwrap_or(Inline::SoftBreak));
        self.inlines.extend(line.inlines);
        self.span.end = line.span.end;
    }
}

/// Lines that may be a list.
#[derive(Default)]
struct Run {
    entries: Vec<Entry>,
    /// All levels that occurred.
    levels: Vec<Level>,
    /// The levels that are open, as indices, outermost first.
    open: Vec<usize>,
    /// Blocks that belong to the last entry if another one follows.
    tail: Vec<Block<Written>>,
}

/// One item as it comes.
struct Entry {
    depth: usize,
    level: usize,
    marker_length: usize,
    line: Line,
    blocks: Vec<Block<Written>>,
}

/// A sequence of markers.
struct Level {
    delimiter: Delimiter,
    /// What the markers can count, with the first and the last value.
    readings: Vec<(Numbering, u64, u64)>,
    count: usize,
}

impl Run {
    /// Returns the depth at which a marker goes on with the run, if it does.
    fn depth_of(&self, marker: &LineMarker, next: Option<&LineMarker>) -> Option<usize> {
        if self.entries.is_empty() {
            return None;
        }
        let levels = || self.open.iter().filter_map(|index| self.levels.get(*index));
        let nests = marker.reads_one()
            && levels().all(|level| {
                level.delimiter != marker.delimiter
                    || !level.readings.iter().any(|(numbering, ..)| {
                        marker
                            .readings
                            .iter()
                            .any(|(other, value)| other == numbering && *value == 1)
                    })
            });
        // After (h) an (i) is the next letter, unless (ii) follows.
        if nests && marker.readings.len() > 1 && next.is_some_and(|next| next.follows(marker)) {
            return Some(self.open.len());
        }
        let goes_on = levels().collect::<Vec<_>>().iter().rposition(|level| level.goes_on(marker));
        goes_on.or(nests.then_some(self.open.len()))
    }

    fn push(&mut self, marker: &LineMarker, depth: usize, line: Line) {
        self.open.truncate(depth + 1);
        if let Some(level) = self.open.get(depth).and_then(|index| self.levels.get_mut(*index)) {
            level.take(marker);
        } else {
            let nested = depth > 0;
            let readings = marker.readings.iter().filter(|(_, value)| !nested || *value == 1);
            self.open.push(self.levels.len());
            self.levels.push(Level {
                delimiter: marker.delimiter,
                readings: readings.map(|(numbering, value)| (*numbering, *value, *value)).collect(),
                count: 1,
            });
        }
        if let Some(last) = self.entries.last_mut() {
            last.blocks.append(&mut self.tail);
        }
        let level = self.open.last().copied().unwrap_or_default();
        let marker_length = marker.length;
        self.entries.push(Entry { depth, level, marker_length, line, blocks: Vec::new() });
    }

    fn is_list(&self) -> bool {
        self.levels.iter().any(|level| level.count > 1)
    }
}

impl Level {
    /// Returns what the sequence counts if a marker goes on with it.
    fn continued(&self, marker: &LineMarker) -> Vec<(Numbering, u64, u64)> {
        let mut readings = self.readings.clone();
        readings.retain_mut(|(numbering, start, last)| {
            marker.readings.iter().any(|(other, value)| {
                let repeated = *value == 1 && *start == 1 && *last == 1;
                let good = other == numbering && (*value == *last + 1 || repeated);
                if good {
                    *last = *value;
                }
                good
            })
        });
        readings
    }

    fn goes_on(&self, marker: &LineMarker) -> bool {
        self.delimiter == marker.delimiter && !self.continued(marker).is_empty()
    }

    fn take(&mut self, marker: &LineMarker) {
        self.readings = self.continued(marker);
        self.count += 1;
    }

    fn marker(&self) -> Marker {
        let roman = self.readings.iter().find(|(numbering, start, _)| {
            matches!(numbering, Numbering::LowerRoman | Numbering::UpperRoman) && *start == 1
        });
        let (numbering, start, _) =
            roman.or(self.readings.first()).copied().unwrap_or((Numbering::LowerLetter, 1, 1));
        Marker::Ordered { start, numbering, delimiter: self.delimiter }
    }
}

/// Makes the list of the first entries, down to one that stands further out.
fn list(
    entries: &mut VecDeque<Entry>,
    depth: usize,
    tight: bool,
    levels: &[Level],
) -> List<Written> {
    let level = entries.front().and_then(|entry| levels.get(entry.level));
    let marker = level.map_or(Marker::Bullet, Level::marker);
    let mut items: Vec<Item<Written>> = Vec::new();
    while let Some(entry) = entries.pop_front_if(|entry| entry.depth >= depth) {
        let span = entry.line.span;
        if entry.depth == depth {
            items.push(item(entry));
            continue;
        }
        entries.push_front(entry);
        let nested = list(entries, depth + 1, tight, levels);
        if let Some(item) = items.last_mut() {
            item.blocks.push(Block { kind: BlockKind::List(nested), span });
        }
    }
    List { marker, tight, items }
}

fn item(entry: Entry) -> Item<Written> {
    let Line { mut inlines, span, .. } = entry.line;
    if let Some(Inline::Text(text)) = inlines.first_mut() {
        text.drain(..entry.marker_length.min(text.len()));
        if text.is_empty() {
            inlines.remove(0);
        }
    }
    let mut blocks = vec![Block { kind: BlockKind::Paragraph(inlines), span }];
    blocks.extend(entry.blocks);
    Item { task: None, clause: None, blocks }
}
