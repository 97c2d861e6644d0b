//! The ends of containers: what each becomes, and where it goes.

use std::ops::Range;

use super::build::Builder;
use super::fault::FaultKind;
use super::frame::{Kind, OpenTable, Shape};
use super::lettered::{self, Lines};
use super::plain;
use super::quote::Quote;
use crate::model::body::{
    Block, BlockKind, Definition, Delimiter, Heading, Inline, Item, List, Marker, Numbering, Table,
    Written,
};
use crate::span::Span;

impl Builder<'_, '_> {
    /// Makes a paragraph of text that stands in a frame of blocks, as in tight lists.
    pub(super) fn flush_loose(&mut self) {
        if self.top.kind.shape() == Shape::Blocks && !self.top.inlines.is_empty() {
            let start = self.top.starts.first().copied().unwrap_or(self.top.start);
            let range = start..self.top.text_end;
            let inlines = std::mem::take(&mut self.top.inlines);
            let starts = std::mem::take(&mut self.top.starts);
            self.paragraph(inlines, starts, range);
        }
    }

    /// Adds a paragraph to the innermost frame.
    fn paragraph(
        &mut self,
        mut inlines: Vec<Inline<Written>>,
        starts: Vec<usize>,
        range: Range<usize>,
    ) {
        while matches!(inlines.last(), Some(Inline::SoftBreak | Inline::HardBreak)) {
            inlines.pop();
        }
        if inlines.is_empty() {
            return;
        }
        if lettered::may_hold(&inlines) {
            self.top.lines.push(Lines { block: self.top.blocks.len(), starts });
        }
        self.block(BlockKind::Paragraph(inlines), range);
    }

    /// Closes the innermost frame and hands what it became to the one around it.
    pub(super) fn close(&mut self) {
        self.flush_loose();
        let Some(outer) = self.below.pop() else { return };
        let frame = std::mem::replace(&mut self.top, outer);
        self.link_depth -= usize::from(frame.kind.bars_links());
        let range = frame.start..frame.end;
        let blocks = if frame.lines.is_empty() {
            frame.blocks
        } else {
            lettered::convert(frame.blocks, frame.lines)
        };
        let inlines = frame.inlines;
        match frame.kind {
            Kind::Root => {}
            Kind::Paragraph => {
                if let Kind::List { loose, .. } = self.enclosing_list() {
                    *loose = true;
                }
                self.paragraph(inlines, frame.starts, range);
            }
            Kind::Heading(level) => {
                let heading = Heading { level, anchor: String::new(), number: None, text: inlines };
                self.block(BlockKind::Heading(heading), range);
            }
            Kind::Quote(kind) => {
                self.awaits_mark = false;
                if kind == Quote::Restricted && blocks.is_empty() {
                    self.faults.restricted(range.clone());
                }
                let kind = match kind {
                    Quote::Plain | Quote::Malformed => BlockKind::Quote(blocks),
                    Quote::Alert(kind) => BlockKind::Alert(kind, blocks),
                    Quote::Restricted => BlockKind::Restricted(blocks),
                };
                self.block(kind, range);
            }
            Kind::Code { language, mut text } => {
                if text.ends_with('\n') {
                    text.pop();
                }
                self.block(BlockKind::Code { language, text }, range);
            }
            Kind::Html(html) => self.raw_block(&html, range),
            Kind::List { start, loose, items } => {
                let marker = self.marker(start, &range);
                self.block(BlockKind::List(List { marker, tight: !loose, items }), range);
            }
            part @ (Kind::Item { .. }
            | Kind::Term
            | Kind::Meaning
            | Kind::Row { .. }
            | Kind::Cell) => {
                self.part(part, blocks, inlines);
            }
            Kind::Footnote { label } => self.footnote(&label, blocks, range),
            Kind::Definitions(list) => self.block(BlockKind::Definitions(list), range),
            Kind::Table(table) => {
                let OpenTable { alignments, head, rows } = *table;
                self.block(BlockKind::Table(Table { alignments, head, rows }), range);
            }
            Kind::Emphasis => self.inline(Inline::Emphasis(inlines), range),
            Kind::Strong => self.inline(Inline::Strong(inlines), range),
            Kind::Strikethrough => self.inline(Inline::Strikethrough(inlines), range),
            Kind::CodeText => self.inline(Inline::Code(plain::text(&inlines)), range),
            Kind::Element(element) => self.inline(Inline::Element(element, inlines), range),
            Kind::Words => {
                self.top.inlines.extend(inlines);
                self.top.starts.extend(frame.starts);
                self.top.text_end = range.end;
            }
            Kind::Link(reference) => self.inline(Inline::Link(reference, inlines), range),
            Kind::AutoTitle(reference) => self.inline(Inline::AutoTitle(reference), range),
            Kind::Image(source) => {
                let alt = plain::text(&inlines);
                self.inline(Inline::Image { source, alt }, range);
            }
        }
    }

    /// Hands a part of a list or table to it.
    fn part(&mut self, part: Kind, blocks: Vec<Block<Written>>, inlines: Vec<Inline<Written>>) {
        match (part, &mut self.top.kind) {
            (Kind::Item { task }, Kind::List { items, .. }) => {
                items.push(Item { task, clause: None, blocks });
            }
            (Kind::Term, Kind::Definitions(list)) => {
                list.push(Definition { term: inlines, meanings: Vec::new() });
            }
            (Kind::Meaning, Kind::Definitions(list)) => match list.last_mut() {
                Some(definition) => definition.meanings.push(blocks),
                None => list.push(Definition { term: Vec::new(), meanings: vec![blocks] }),
            },
            (Kind::Row { head, mut cells }, Kind::Table(table)) => {
                cells.resize_with(table.alignments.len(), Vec::new);
                if head {
                    table.head = cells;
                } else {
                    table.rows.push(cells);
                }
            }
            (Kind::Cell, Kind::Row { cells, .. }) => cells.push(inlines),
            // The parser opens parts only where they belong.
            _ => {}
        }
    }

    /// Returns the kind of frame around the innermost one, which is a list where that is an item.
    fn enclosing_list(&mut self) -> &mut Kind {
        match self.below.last_mut() {
            Some(outer) if matches!(self.top.kind, Kind::Item { .. }) => &mut outer.kind,
            _ => &mut self.top.kind,
        }
    }

    /// Keeps the definition of a footnote. One that was written in a restricted block is
    /// restricted wherever it is mentioned.
    fn footnote(&mut self, label: &str, blocks: Vec<Block<Written>>, range: Range<usize>) {
        let restricted = std::iter::once(&self.top)
            .chain(&self.below)
            .any(|frame| matches!(frame.kind, Kind::Quote(Quote::Restricted)));
        let span = Span::from(range);
        let index = usize::try_from(self.label(label)).unwrap_or(usize::MAX);
        let (Some(footnote), Some(definition)) =
            (self.footnotes.get_mut(index), self.definitions.get_mut(index))
        else {
            return;
        };
        if definition.is_some() {
            self.faults.add(FaultKind::FootnoteRepeated(label.to_owned()), span);
            return;
        }
        *definition = Some(span);
        footnote.blocks = if restricted {
            vec![Block { kind: BlockKind::Restricted(blocks), span }]
        } else {
            blocks
        };
    }

    /// Returns the marker of a list that `CommonMark` knows.
    fn marker(&self, start: Option<u64>, range: &Range<usize>) -> Marker {
        let Some(start) = start else { return Marker::Bullet };
        let source = self.source[range.clone()].trim_start();
        let after = source.trim_start_matches(|c: char| c.is_ascii_digit());
        let delimiter =
            if after.starts_with(')') { Delimiter::Parenthesis } else { Delimiter::Period };
        Marker::Ordered { start, numbering: Numbering::Decimal, delimiter }
    }
}
