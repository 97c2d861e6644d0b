//! Gives a tree its anchors and numbers, and takes attribute blocks out of the text.
//!
//! Open text comes first and restricted text second, so that no anchor and no number of open text
//! depends on what only staff may read.

use std::collections::HashMap;

use super::Options;
use super::attributes::{self, Attributes};
use super::fault::{FaultKind, Faults};
use super::plain;
use super::slug::{Slugs, slug};
use crate::model::body::{
    Block, BlockKind, Body, ClauseMark, Heading, Inline, Item, List, Marker, Numbering, Written,
};
use crate::model::outline::{Anchor, Mapping, SectionHeading};
use crate::span::Span;

/// What was found out on the way.
pub(super) struct Finished {
    /// The level-1 heading that opened the body; it is not in the tree any more.
    pub(super) first_heading: Option<SectionHeading>,
    /// All anchors, sorted.
    pub(super) anchors: Vec<Anchor>,
    /// The mappings of clauses and headings, by anchor.
    pub(super) mappings: HashMap<String, Vec<Mapping>>,
}

/// Finishes a body. `open` tells for each footnote whether open text mentions it.
pub(super) fn finish(
    source: &str,
    body: &mut Body<Written>,
    open: &[bool],
    options: Options,
    faults: &mut Faults<'_>,
) -> Finished {
    let mut finisher = Finisher {
        source,
        options,
        faults,
        walk: Walk { restricted: false, headings: true },
        inside_restricted: false,
        has_restricted: open.iter().any(|open| !open),
        section: None,
        sections: 0,
        slugs: Slugs::default(),
        anchors: Vec::new(),
        mappings: HashMap::new(),
        places: HashMap::new(),
    };
    let first_heading = finisher.first_heading(&mut body.blocks);
    // Headings before the rest, so that an anchor made for a clause never takes the one that
    // GitHub gives to a heading.
    for (restricted, headings) in [(false, true), (false, false), (true, true), (true, false)] {
        if restricted && !finisher.has_restricted {
            break;
        }
        finisher.walk = Walk { restricted, headings };
        finisher.section = None;
        finisher.sections = 0;
        finisher.blocks(&mut body.blocks, true);
        for (footnote, open) in body.footnotes.iter_mut().zip(open) {
            finisher.section = None;
            finisher.inside_restricted = !open;
            finisher.blocks(&mut footnote.blocks, false);
            finisher.inside_restricted = false;
        }
    }
    let mut anchors = finisher.anchors;
    anchors.sort();
    Finished { first_heading, anchors, mappings: finisher.mappings }
}

/// The section in which the walk is.
struct Section {
    anchor: String,
    number: Option<String>,
    clauses: u32,
}

/// What is finished in one walk over the tree.
#[derive(Clone, Copy)]
struct Walk {
    /// Restricted text, or open text.
    restricted: bool,
    /// Headings, or everything else.
    headings: bool,
}

struct Finisher<'a, 's> {
    source: &'a str,
    options: Options,
    faults: &'a mut Faults<'s>,
    walk: Walk,
    inside_restricted: bool,
    /// Whether there is restricted text at all.
    has_restricted: bool,
    section: Option<Section>,
    sections: u32,
    slugs: Slugs,
    anchors: Vec<Anchor>,
    mappings: HashMap<String, Vec<Mapping>>,
    /// Where headings stand, by their anchors.
    places: HashMap<String, Span>,
}

impl Finisher<'_, '_> {
    /// Takes the level-1 heading that opens a body out of it.
    fn first_heading(&mut self, blocks: &mut Vec<Block<Written>>) -> Option<SectionHeading> {
        let opens = matches!(
            blocks.first(),
            Some(Block { kind: BlockKind::Heading(Heading { level: 1, .. }), .. })
        );
        if !opens {
            return None;
        }
        let Block { kind: BlockKind::Heading(mut heading), span } = blocks.remove(0) else {
            return None;
        };
        self.heading(&mut heading, span, false);
        Some(SectionHeading {
            level: heading.level,
            mappings: self.mappings.get(&heading.anchor).cloned().unwrap_or_default(),
            anchor: heading.anchor,
            number: None,
            text: plain::text(&heading.text),
            restricted: false,
            span,
        })
    }

    /// Tells whether text that the walk sees now is for this walk to finish.
    fn is_due(&self) -> bool {
        !self.walk.headings && self.walk.restricted == self.inside_restricted
    }

    fn blocks(&mut self, blocks: &mut [Block<Written>], top: bool) {
        for block in blocks {
            let span = block.span;
            match &mut block.kind {
                BlockKind::Heading(heading) => {
                    if self.walk.headings && self.walk.restricted == self.inside_restricted {
                        self.heading(heading, span, top);
                        continue;
                    }
                    if self.is_due() {
                        self.inlines(&mut heading.text, span);
                    }
                    if top && self.opens_section(heading) {
                        self.section = Some(Section {
                            anchor: heading.anchor.clone(),
                            number: heading.number.clone(),
                            clauses: 0,
                        });
                    }
                }
                BlockKind::Paragraph(inlines) => {
                    if self.is_due() {
                        self.stray(inlines, span);
                        self.inlines(inlines, span);
                    }
                }
                BlockKind::List(list) => self.list(list, span, top),
                BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => {
                    self.blocks(blocks, false);
                }
                BlockKind::Restricted(blocks) => {
                    self.has_restricted = true;
                    if self.walk.restricted {
                        let outer = std::mem::replace(&mut self.inside_restricted, true);
                        self.blocks(blocks, false);
                        self.inside_restricted = outer;
                    }
                }
                BlockKind::Table(table) => {
                    if self.is_due() {
                        for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                            self.inlines(cell, span);
                        }
                    }
                }
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        if self.is_due() {
                            self.inlines(&mut definition.term, span);
                        }
                        for blocks in &mut definition.meanings {
                            self.blocks(blocks, false);
                        }
                    }
                }
                BlockKind::Code { .. } | BlockKind::Html(_) | BlockKind::Break => {}
            }
        }
    }

    fn heading(&mut self, heading: &mut Heading<Written>, span: Span, top: bool) {
        let attributes = self.attributes(&mut heading.text, span).unwrap_or_default();
        let wish = match &attributes.anchor {
            Some(anchor) => anchor.clone(),
            None => slug(&plain::text(&heading.text)),
        };
        heading.anchor = self.anchor(&wish, attributes.anchor.is_some(), span);
        self.places.entry(heading.anchor.clone()).or_insert(span);
        self.keep(&heading.anchor, attributes.mappings);
        if !top {
            return;
        }
        let numbers = self.options.numbering && heading.level == 2;
        if numbers {
            self.sections += 1;
            heading.number = Some(self.sections.to_string());
        }
        if self.opens_section(heading) {
            self.section = Some(Section {
                anchor: heading.anchor.clone(),
                number: heading.number.clone(),
                clauses: 0,
            });
        }
    }

    /// Tells whether a heading starts the count of clauses anew: clauses below a level-3 heading
    /// go on counting in their level-2 section.
    fn opens_section(&self, heading: &Heading<Written>) -> bool {
        heading.level <= 2 || self.section.is_none() || !self.options.numbering
    }

    fn list(&mut self, list: &mut List<Written>, span: Span, top: bool) {
        let ordered = matches!(list.marker, Marker::Ordered { numbering: Numbering::Decimal, .. });
        for item in &mut list.items {
            if self.is_due() {
                self.item(item, span, top && ordered);
            }
            self.blocks(&mut item.blocks, false);
        }
    }

    /// Makes an item a clause where it is one. An item that is restricted as a whole has no
    /// number, so that the numbers of open clauses don't tell of it.
    fn item(&mut self, item: &mut Item<Written>, list: Span, counted: bool) {
        let attributes = match item.blocks.first_mut() {
            Some(Block { kind: BlockKind::Paragraph(inlines), span }) => {
                let attributes = self.attributes(inlines, *span);
                let empty = attributes.is_some() && inlines.is_empty();
                if empty {
                    item.blocks.remove(0);
                }
                attributes
            }
            _ => None,
        };
        let open = item.blocks.iter().any(|block| !matches!(block.kind, BlockKind::Restricted(_)));
        let counted = counted
            && open
            && self.section.as_ref().is_some_and(|section| section.number.is_some());
        if !counted && attributes.is_none() {
            return;
        }
        let Attributes { anchor, audiences, mappings } = attributes.unwrap_or_default();
        let mut number = String::new();
        let mut wish = "clause".to_owned();
        if let Some(section) = &mut self.section {
            section.clauses += u32::from(counted || anchor.is_none());
            wish = format!("{}-{}", section.anchor, section.clauses);
            if let (true, Some(section_number)) = (counted, &section.number) {
                number = format!("{section_number}.{}", section.clauses);
            }
        }
        let span = item.blocks.first().map_or(list, |block| block.span);
        let explicit = anchor.is_some();
        let anchor = self.anchor(&anchor.unwrap_or(wish), explicit, span);
        self.keep(&anchor, mappings);
        item.clause = Some(ClauseMark { anchor, number, audiences });
    }

    /// Takes the attribute block at the end of text out of it and reads it.
    fn attributes(&mut self, inlines: &mut Vec<Inline<Written>>, span: Span) -> Option<Attributes> {
        let Some(Inline::Text(text)) = inlines.last_mut() else { return None };
        let start = attributes::find(text)?;
        let block = text[start..].trim_end();
        let offset = self
            .source
            .get(span.range())
            .and_then(|source| source.rfind(block))
            .map_or(span.range().start, |at| span.range().start + at);
        let place = Span::new(offset, offset + block.len());
        let Some(attributes) = attributes::read(block, offset) else {
            self.faults.add(FaultKind::AttributesMisplaced, place);
            return None;
        };
        text.truncate(text[..start].trim_end().len());
        if text.is_empty() {
            inlines.pop();
        }
        while matches!(inlines.last(), Some(Inline::SoftBreak | Inline::HardBreak)) {
            inlines.pop();
        }
        Some(attributes)
    }

    /// Reports an attribute block at the end of a paragraph that is no clause.
    fn stray(&mut self, inlines: &[Inline<Written>], span: Span) {
        let Some(Inline::Text(text)) = inlines.last() else { return };
        if attributes::find(text).is_some() {
            let known = self.faults.has(&FaultKind::AttributesMisplaced, span);
            if !known {
                self.faults.add(FaultKind::AttributesMisplaced, span);
            }
        }
    }

    /// Finishes the anchors inside text.
    fn inlines(&mut self, inlines: &mut Vec<Inline<Written>>, span: Span) {
        for inline in inlines {
            match inline {
                Inline::Anchor(name) => *name = self.inline_anchor(name, span),
                Inline::Emphasis(inside)
                | Inline::Strong(inside)
                | Inline::Strikethrough(inside)
                | Inline::Element(_, inside)
                | Inline::Link(_, inside) => self.inlines(inside, span),
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::AutoTitle(_)
                | Inline::Image { .. }
                | Inline::Value(_)
                | Inline::Footnote(_)
                | Inline::SoftBreak
                | Inline::HardBreak => {}
            }
        }
    }

    /// Returns whether the heading that has an anchor stands next to a span, with nothing between the
    /// two but other anchors: both name one place.
    fn is_beside_heading(&self, name: &str, span: Span) -> bool {
        let beside = |heading: &Span| {
            let between = if heading.end <= span.start {
                heading.end as usize..span.start as usize
            } else {
                span.end as usize..heading.start as usize
            };
            let is_inside = span.start < heading.end && heading.start < span.end;
            is_inside || self.source.get(between).is_some_and(holds_anchors_only)
        };
        self.places.get(name).is_some_and(beside)
    }

    /// Takes the name of an `<a>`; one beside the heading of that name is its older spelling.
    fn inline_anchor(&mut self, wish: &str, span: Span) -> String {
        let is_harmless = self.is_beside_heading(wish, span);
        self.anchor(wish, !is_harmless, span)
    }

    /// Takes an anchor and reports one that the author gave twice.
    fn anchor(&mut self, wish: &str, explicit: bool, span: Span) -> String {
        let (name, granted) = self.slugs.take(wish);
        if explicit && !granted {
            self.faults.add(FaultKind::DuplicateAnchor(wish.to_owned()), span);
        }
        self.anchors.push(Anchor { name: name.clone(), restricted: self.inside_restricted });
        name
    }

    fn keep(&mut self, anchor: &str, mappings: Vec<Mapping>) {
        if !mappings.is_empty() {
            self.mappings.insert(anchor.to_owned(), mappings);
        }
    }
}

/// Returns whether a text is nothing but empty `<a …></a>`.
fn holds_anchors_only(text: &str) -> bool {
    let mut rest = text.trim();
    while let Some((tag, after)) = rest.strip_prefix("<a ").and_then(|it| it.split_once("</a>")) {
        if !tag.ends_with('>') {
            return false;
        }
        rest = after.trim_start();
    }
    rest.is_empty()
}
