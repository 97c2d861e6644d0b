//! Bodies as written to bodies whose links have targets and whose variables have values.

use crate::model::body::{
    Block, BlockKind, Body, Definition, Footnote, Heading, Inline, Item, List, Reference, Resolved,
    Table, Value, Written,
};
use crate::model::link::{Link, Target};

/// Resolves a body. `link` knows the target of every slot; `value` knows what is printed for the
/// path of a variable, and a variable without value is printed as it was written.
pub fn body(
    written: Body<Written>,
    link: &dyn Fn(u32) -> Target,
    value: &dyn Fn(&str) -> Option<String>,
) -> Body<Resolved> {
    let resolver = Resolver { link, value };
    let Body { blocks, footnotes } = written;
    let footnotes = footnotes
        .into_iter()
        .map(|Footnote { label, blocks }| Footnote { label, blocks: resolver.blocks(blocks) })
        .collect();
    Body { blocks: resolver.blocks(blocks), footnotes }
}

struct Resolver<'a> {
    link: &'a dyn Fn(u32) -> Target,
    value: &'a dyn Fn(&str) -> Option<String>,
}

impl Resolver<'_> {
    fn blocks(&self, blocks: Vec<Block<Written>>) -> Vec<Block<Resolved>> {
        let block = |Block { kind, span }| Block { kind: self.kind(kind), span };
        blocks.into_iter().map(block).collect()
    }

    fn kind(&self, kind: BlockKind<Written>) -> BlockKind<Resolved> {
        match kind {
            BlockKind::Heading(Heading { level, anchor, number, text }) => {
                BlockKind::Heading(Heading { level, anchor, number, text: self.inlines(text) })
            }
            BlockKind::Paragraph(inlines) => BlockKind::Paragraph(self.inlines(inlines)),
            BlockKind::List(List { marker, tight, items }) => {
                let item = |Item { task, clause, blocks }| Item {
                    task,
                    clause,
                    blocks: self.blocks(blocks),
                };
                BlockKind::List(List {
                    marker,
                    tight,
                    items: items.into_iter().map(item).collect(),
                })
            }
            BlockKind::Quote(blocks) => BlockKind::Quote(self.blocks(blocks)),
            BlockKind::Alert(kind, blocks) => BlockKind::Alert(kind, self.blocks(blocks)),
            BlockKind::Restricted(blocks) => BlockKind::Restricted(self.blocks(blocks)),
            BlockKind::Code { language, text } => BlockKind::Code { language, text },
            BlockKind::Table(Table { alignments, head, rows }) => BlockKind::Table(Table {
                alignments,
                head: self.cells(head),
                rows: rows.into_iter().map(|row| self.cells(row)).collect(),
            }),
            BlockKind::Definitions(definitions) => {
                let definition = |Definition { term, meanings }: Definition<Written>| Definition {
                    term: self.inlines(term),
                    meanings: meanings.into_iter().map(|blocks| self.blocks(blocks)).collect(),
                };
                BlockKind::Definitions(definitions.into_iter().map(definition).collect())
            }
            BlockKind::Html(html) => BlockKind::Html(html),
            BlockKind::Break => BlockKind::Break,
        }
    }

    fn cells(&self, cells: Vec<Vec<Inline<Written>>>) -> Vec<Vec<Inline<Resolved>>> {
        cells.into_iter().map(|cell| self.inlines(cell)).collect()
    }

    fn inlines(&self, inlines: Vec<Inline<Written>>) -> Vec<Inline<Resolved>> {
        inlines.into_iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: Inline<Written>) -> Inline<Resolved> {
        match inline {
            Inline::Text(text) => Inline::Text(text),
            Inline::Code(code) => Inline::Code(code),
            Inline::Emphasis(inside) => Inline::Emphasis(self.inlines(inside)),
            Inline::Strong(inside) => Inline::Strong(self.inlines(inside)),
            Inline::Strikethrough(inside) => Inline::Strikethrough(self.inlines(inside)),
            Inline::Element(element, inside) => Inline::Element(element, self.inlines(inside)),
            Inline::Link(reference, inside) => {
                Inline::Link(self.link(&reference), self.inlines(inside))
            }
            Inline::AutoTitle(reference) => match self.link(&reference) {
                Link { target: Target::Nowhere, .. } => Inline::Text(reference.target),
                link => Inline::AutoTitle(link),
            },
            Inline::Image { source, alt } => Inline::Image { source: self.link(&source), alt },
            Inline::Value(name) => match (self.value)(&name.path) {
                Some(text) => Inline::Value(Value { path: name.path, text }),
                None => Inline::Text(format!("{{{{ {} }}}}", name.path)),
            },
            Inline::Footnote(index) => Inline::Footnote(index),
            Inline::Anchor(name) => Inline::Anchor(name),
            Inline::SoftBreak => Inline::SoftBreak,
            Inline::HardBreak => Inline::HardBreak,
        }
    }

    fn link(&self, reference: &Reference) -> Link {
        Link { slot: reference.slot, target: (self.link)(reference.slot) }
    }
}
