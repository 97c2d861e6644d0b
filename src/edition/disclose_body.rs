//! The text of a document as anyone may read it.
//!
//! Restricted blocks go, and what only they needed goes with them: footnotes that open text does
//! not mention, and the numbers that they held. A link to something that is not public leaves its
//! words, a title that is not public leaves the word "internal", a value that is not public leaves
//! a gap that says so. Every variant is taken apart without `..` and without a catch-all, so that
//! a new one does not compile until someone decides about it.

use crate::model::applicability::LANGUAGE;
use crate::model::body::{
    Block, BlockKind, Body, ClauseMark, Definition, Disclosed, Footnote, Heading, Inline, Item,
    List, Resolved, Table, Value,
};
use crate::model::link::{Link, PublicLink, PublicTarget};

/// What is printed for the title of something that is not public.
const INTERNAL_TITLE: &str = "(internal)";

/// What is printed for a value that is not public.
pub(super) const WITHHELD_VALUE: &str = "(not disclosed)";

/// What is printed in place of a table of what applies.
const ON_REQUEST: &str = "This table is sent on request.";

/// Decides what of a body is public. It is asked about every link and value of open text, so it
/// can report to the author what it refused.
pub(crate) trait DisclosePolicy {
    /// Returns what a link points to if it is public.
    fn link(&self, link: &Link) -> Option<PublicTarget>;

    /// Returns the title of what a link points to if that may be known, also where the thing
    /// itself is not public.
    fn title(&self, link: &Link) -> Option<String>;

    /// Returns the text of a value if its fact is public.
    fn value(&self, value: &Value) -> Option<String>;
}

/// Takes out of a body what is not public.
pub(crate) fn body(resolved: Body<Resolved>, policy: &impl DisclosePolicy) -> Body<Disclosed> {
    let Body { blocks, footnotes } = resolved;
    let discloser = Discloser { policy };
    let mut blocks = discloser.blocks(blocks);
    let kept: Vec<Option<Footnote<Disclosed>>> = footnotes
        .into_iter()
        .map(|Footnote { label, blocks }| {
            let blocks = discloser.blocks(blocks);
            (!blocks.is_empty()).then_some(Footnote { label, blocks })
        })
        .collect();
    let mut order = Order { kept: &kept, positions: vec![None; kept.len()], waiting: Vec::new() };
    order.blocks(&mut blocks);
    let mut footnotes = Vec::new();
    let mut next = 0;
    // Footnotes may mention footnotes; those come after all that the text mentions.
    while let Some(index) = order.waiting.get(next).copied() {
        next += 1;
        let mut taken = order.kept.get(index).and_then(Clone::clone);
        if let Some(footnote) = &mut taken {
            order.blocks(&mut footnote.blocks);
        }
        footnotes.extend(taken);
    }
    renumber(&mut blocks);
    Body { blocks, footnotes }
}

struct Discloser<'a, P> {
    policy: &'a P,
}

impl<P: DisclosePolicy> Discloser<'_, P> {
    fn blocks(&self, blocks: Vec<Block<Resolved>>) -> Vec<Block<Disclosed>> {
        let mut kept = Vec::with_capacity(blocks.len());
        for Block { kind, span } in blocks {
            if let Some(kind) = self.kind(kind) {
                kept.push(Block { kind, span });
            }
        }
        kept
    }

    fn kind(&self, kind: BlockKind<Resolved>) -> Option<BlockKind<Disclosed>> {
        Some(match kind {
            BlockKind::Heading(Heading { level, anchor, number, text }) => {
                BlockKind::Heading(Heading { level, anchor, number, text: self.inlines(text) })
            }
            BlockKind::Paragraph(inlines) => BlockKind::Paragraph(self.paragraph(inlines)?),
            // Space between items can come from restricted blocks, so it is decided anew.
            BlockKind::List(List { marker, tight: _, items }) => {
                let items: Vec<_> = items.into_iter().filter_map(|item| self.item(item)).collect();
                if items.is_empty() {
                    return None;
                }
                let tight = items.iter().all(is_short);
                BlockKind::List(List { marker, tight, items })
            }
            BlockKind::Quote(blocks) => BlockKind::Quote(self.some_blocks(blocks)?),
            BlockKind::Alert(kind, blocks) => BlockKind::Alert(kind, self.some_blocks(blocks)?),
            BlockKind::Restricted(_) => return None,
            // The table is made from internal registers, so outsiders get it on request only.
            BlockKind::Code { language: Some(language), text: _ } if language == LANGUAGE => {
                BlockKind::Paragraph(vec![Inline::Text(ON_REQUEST.to_owned())])
            }
            BlockKind::Code { language, text } => BlockKind::Code { language, text },
            BlockKind::Table(Table { alignments, head, rows }) => BlockKind::Table(Table {
                alignments,
                head: self.cells(head),
                rows: rows.into_iter().map(|row| self.cells(row)).collect(),
            }),
            BlockKind::Definitions(definitions) => {
                let definitions: Vec<_> = definitions
                    .into_iter()
                    .filter_map(|definition| self.definition(definition))
                    .collect();
                if definitions.is_empty() {
                    return None;
                }
                BlockKind::Definitions(definitions)
            }
            BlockKind::Html(html) => BlockKind::Html(html),
            BlockKind::Break => BlockKind::Break,
        })
    }

    /// Discloses running text; `None` where only pictures stood in it and none is left.
    fn paragraph(&self, inlines: Vec<Inline<Resolved>>) -> Option<Vec<Inline<Disclosed>>> {
        let count = inlines.len();
        let inlines = self.inlines(inlines);
        let blank = |inline: &Inline<Disclosed>| match inline {
            Inline::Text(text) => text.trim().is_empty(),
            Inline::SoftBreak | Inline::HardBreak => true,
            Inline::Code(_)
            | Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Strikethrough(_)
            | Inline::Element(_, _)
            | Inline::Link(_, _)
            | Inline::AutoTitle(_)
            | Inline::Image { source: _, alt: _ }
            | Inline::Footnote(_)
            | Inline::Anchor(_) => false,
            Inline::Value(never) => match *never {},
        };
        let lost = inlines.len() < count && inlines.iter().all(blank);
        (!lost).then_some(inlines)
    }

    /// Discloses blocks inside a block; `None` where there were some and none is left.
    fn some_blocks(&self, blocks: Vec<Block<Resolved>>) -> Option<Vec<Block<Disclosed>>> {
        let was_empty = blocks.is_empty();
        let blocks = self.blocks(blocks);
        (was_empty || !blocks.is_empty()).then_some(blocks)
    }

    fn item(&self, item: Item<Resolved>) -> Option<Item<Disclosed>> {
        let Item { task, clause, blocks } = item;
        let blocks = self.some_blocks(blocks)?;
        let clause = clause.map(mark);
        Some(Item { task, clause, blocks })
    }

    fn definition(&self, definition: Definition<Resolved>) -> Option<Definition<Disclosed>> {
        let Definition { term, meanings } = definition;
        let had_meanings = !meanings.is_empty();
        let meanings: Vec<_> =
            meanings.into_iter().filter_map(|blocks| self.some_blocks(blocks)).collect();
        // A term whose every meaning is restricted is restricted itself.
        if had_meanings && meanings.is_empty() {
            return None;
        }
        Some(Definition { term: self.inlines(term), meanings })
    }

    fn cells(&self, cells: Vec<Vec<Inline<Resolved>>>) -> Vec<Vec<Inline<Disclosed>>> {
        cells.into_iter().map(|cell| self.inlines(cell)).collect()
    }

    fn inlines(&self, inlines: Vec<Inline<Resolved>>) -> Vec<Inline<Disclosed>> {
        let mut kept = Vec::with_capacity(inlines.len());
        for inline in inlines {
            self.inline(inline, &mut kept);
        }
        kept
    }

    fn inline(&self, inline: Inline<Resolved>, kept: &mut Vec<Inline<Disclosed>>) {
        kept.push(match inline {
            Inline::Text(text) => Inline::Text(text),
            Inline::Code(code) => Inline::Code(code),
            Inline::Emphasis(inside) => Inline::Emphasis(self.inlines(inside)),
            Inline::Strong(inside) => Inline::Strong(self.inlines(inside)),
            Inline::Strikethrough(inside) => Inline::Strikethrough(self.inlines(inside)),
            Inline::Element(element, inside) => Inline::Element(element, self.inlines(inside)),
            Inline::Link(link, inside) => {
                let inside = self.inlines(inside);
                match self.link(&link) {
                    Some(link) => Inline::Link(link, inside),
                    None => return kept.extend(inside),
                }
            }
            Inline::AutoTitle(link) => {
                let title = self.policy.title(&link);
                match self.link(&link) {
                    Some(link) => Inline::AutoTitle(link),
                    None => Inline::Text(title.unwrap_or_else(|| INTERNAL_TITLE.to_owned())),
                }
            }
            // The alternative text of a picture that is not public says what it shows.
            Inline::Image { source, alt } => match self.link(&source) {
                Some(source) => Inline::Image { source, alt },
                None => return,
            },
            Inline::Value(value) => {
                let text = self.policy.value(&value);
                Inline::Text(text.unwrap_or_else(|| WITHHELD_VALUE.to_owned()))
            }
            Inline::Footnote(index) => Inline::Footnote(index),
            Inline::Anchor(name) => Inline::Anchor(name),
            Inline::SoftBreak => Inline::SoftBreak,
            Inline::HardBreak => Inline::HardBreak,
        });
    }

    fn link(&self, link: &Link) -> Option<PublicLink> {
        Some(PublicLink::new(link.slot, self.policy.link(link)?))
    }
}

/// Discloses what makes an item a clause: all of it is public where the text is.
fn mark(mark: ClauseMark) -> ClauseMark {
    let ClauseMark { anchor, number, audiences } = mark;
    ClauseMark { anchor, number, audiences }
}

/// Tells whether an item has no more than one paragraph.
fn is_short(item: &Item<Disclosed>) -> bool {
    let paragraphs = item.blocks.iter().filter(|it| matches!(it.kind, BlockKind::Paragraph(_)));
    paragraphs.count() < 2
}

/// Numbers the footnotes that are left, in the order in which they are mentioned, and removes the
/// mentions of those that are not.
struct Order<'a> {
    kept: &'a [Option<Footnote<Disclosed>>],
    positions: Vec<Option<u32>>,
    /// The footnotes in their new order.
    waiting: Vec<usize>,
}

impl Order<'_> {
    fn blocks(&mut self, blocks: &mut [Block<Disclosed>]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Heading(heading) => self.inlines(&mut heading.text),
                BlockKind::Paragraph(inlines) => self.inlines(inlines),
                BlockKind::List(list) => {
                    for item in &mut list.items {
                        self.blocks(&mut item.blocks);
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => self.blocks(blocks),
                BlockKind::Restricted(never) => match *never {},
                BlockKind::Table(table) => {
                    for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                        self.inlines(cell);
                    }
                }
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        self.inlines(&mut definition.term);
                        for blocks in &mut definition.meanings {
                            self.blocks(blocks);
                        }
                    }
                }
                BlockKind::Code { language: _, text: _ }
                | BlockKind::Html(_)
                | BlockKind::Break => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline<Disclosed>>) {
        inlines.retain_mut(|inline| match inline {
            Inline::Footnote(index) => match self.position(*index) {
                Some(position) => {
                    *index = position;
                    true
                }
                None => false,
            },
            Inline::Emphasis(inside)
            | Inline::Strong(inside)
            | Inline::Strikethrough(inside)
            | Inline::Element(_, inside)
            | Inline::Link(_, inside) => {
                self.inlines(inside);
                true
            }
            Inline::Value(never) => match *never {},
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::AutoTitle(_)
            | Inline::Image { source: _, alt: _ }
            | Inline::Anchor(_)
            | Inline::SoftBreak
            | Inline::HardBreak => true,
        });
    }

    fn position(&mut self, index: u32) -> Option<u32> {
        let index = usize::try_from(index).ok()?;
        self.kept.get(index)?.as_ref()?;
        let next = u32::try_from(self.waiting.len()).ok()?;
        let position = self.positions.get_mut(index)?;
        if position.is_none() {
            self.waiting.push(index);
        }
        Some(*position.get_or_insert(next))
    }
}

/// Counts sections and clauses over what is left, so that no gap tells of what is not.
fn renumber(blocks: &mut [Block<Disclosed>]) {
    let (mut section, mut clause) = (0_u32, 0_u32);
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => {
                if heading.number.is_some() {
                    section += 1;
                    clause = 0;
                    heading.number = Some(section.to_string());
                }
            }
            BlockKind::List(list) => {
                for item in &mut list.items {
                    if let Some(mark) = &mut item.clause
                        && !mark.number.is_empty()
                    {
                        clause += 1;
                        mark.number = format!("{section}.{clause}");
                    }
                }
            }
            BlockKind::Restricted(never) => match *never {},
            BlockKind::Paragraph(_)
            | BlockKind::Quote(_)
            | BlockKind::Alert(_, _)
            | BlockKind::Code { language: _, text: _ }
            | BlockKind::Table(_)
            | BlockKind::Definitions(_)
            | BlockKind::Html(_)
            | BlockKind::Break => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{DisclosePolicy, body};
    use crate::markup::{Destination, Pages, body as html};
    use crate::model::body::{Disclosed, Value};
    use crate::model::link::{Link, PublicLink, PublicTarget, Target};
    use crate::parse::markdown::{Options, read};
    use crate::resolve;

    struct Policy;

    impl DisclosePolicy for Policy {
        fn link(&self, link: &Link) -> Option<PublicTarget> {
            match &link.target {
                Target::Web(address) => Some(PublicTarget::Web(address.clone())),
                _ => None,
            }
        }

        fn title(&self, link: &Link) -> Option<String> {
            let listed = matches!(&link.target, Target::Asset(address) if address == "POL-LISTED");
            listed.then(|| "Listed policy".to_owned())
        }

        fn value(&self, value: &Value) -> Option<String> {
            (value.path == "facts.rto").then(|| value.text.clone())
        }
    }

    impl Pages<Disclosed> for Policy {
        fn link(&self, link: &PublicLink) -> Option<Destination<'_>> {
            let PublicTarget::Web(address) = link.target() else { return None };
            let href: Cow<'_, str> = Cow::Owned(address.clone());
            Some(Destination { title: href.clone(), href, external: false })
        }

        fn image(&self, image: &PublicLink) -> Option<Cow<'_, str>> {
            Pages::link(self, image).map(|destination| destination.href)
        }
    }

    fn disclosed(text: &str) -> String {
        let read = read(text, &Options { numbering: true });
        let target = |slot: u32| {
            let mention = &read.outline.references[usize::try_from(slot).unwrap()];
            match mention.reference.target.as_str() {
                address @ ("POL-PUB" | "public.png") => Target::Web(address.to_owned()),
                address => Target::Asset(address.to_owned()),
            }
        };
        let resolved = resolve::body::body(read.body, &target, &|path| Some(path.to_uppercase()));
        html(&body(resolved, &Policy), &Policy, &|_, text| text.to_owned())
    }

    #[test]
    fn what_is_not_public_leaves_no_trace() {
        let html = disclosed(include_str!("cases/policy.md"));
        assert_eq!(html, include_str!("cases/policy.html"));
    }

    #[test]
    fn restricted_text_does_not_interfere() {
        let text = include_str!("cases/policy.md");
        let other = text
            .replace(
                "Hidden {{ facts.secret }}.[^hidden]",
                "## Purpose {#scope}\n>\n> Other [[X]][^deep]",
            )
            .replace("\n\n   > [!INTERNAL]\n   > partly hidden", "")
            .replace("wholly hidden", "1. a\n   > 2. b [^shown]")
            .replace("Hidden footnote.", "Other.");
        assert_eq!(disclosed(&other), disclosed(text));
    }
}
