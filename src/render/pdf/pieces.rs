//! A walk over everything in a body that is printed.

use super::PdfPages;
use crate::model::body::{Block, BlockKind, Body, Inline, Stage};
use crate::span::Span;

/// Something in a body that is printed.
pub(super) enum Piece<'b, S: Stage> {
    /// A piece of text; those inside it come after it.
    Inline(&'b Inline<S>),
    /// A block of code.
    Code(&'b str),
    /// Cleaned HTML.
    Html(&'b str),
}

/// Hands every piece of a body to a function, with the block in which it stands.
pub(super) fn each_piece<S: Stage>(
    body: &Body<S>,
    pages: &dyn PdfPages<S>,
    then: &mut dyn FnMut(Span, Piece<'_, S>),
) {
    let mut walk = Walk { pages, here: Span::default(), then };
    walk.blocks(&body.blocks);
    for footnote in &body.footnotes {
        walk.blocks(&footnote.blocks);
    }
}

struct Walk<'w, S: Stage> {
    pages: &'w dyn PdfPages<S>,
    here: Span,
    then: &'w mut dyn FnMut(Span, Piece<'_, S>),
}

impl<S: Stage> Walk<'_, S> {
    fn blocks(&mut self, blocks: &[Block<S>]) {
        let outer = self.here;
        for block in blocks {
            self.here = block.span;
            self.block(&block.kind);
        }
        self.here = outer;
    }

    fn block(&mut self, kind: &BlockKind<S>) {
        match kind {
            BlockKind::Heading(heading) => self.inlines(&heading.text),
            BlockKind::Paragraph(inlines) => self.inlines(inlines),
            BlockKind::List(list) => {
                for item in &list.items {
                    self.blocks(&item.blocks);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => self.blocks(blocks),
            BlockKind::Restricted(restricted) => {
                let pages = self.pages;
                self.blocks(pages.restricted(restricted));
            }
            BlockKind::Code { language: _, text } => (self.then)(self.here, Piece::Code(text)),
            BlockKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    self.inlines(cell);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    self.inlines(&definition.term);
                    for meaning in &definition.meanings {
                        self.blocks(meaning);
                    }
                }
            }
            BlockKind::Html(html) => (self.then)(self.here, Piece::Html(html)),
            BlockKind::Break => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline<S>]) {
        for inline in inlines {
            (self.then)(self.here, Piece::Inline(inline));
            match inline {
                Inline::Emphasis(inside)
                | Inline::Strong(inside)
                | Inline::Strikethrough(inside)
                | Inline::Element(_, inside)
                | Inline::Link(_, inside) => self.inlines(inside),
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::AutoTitle(_)
                | Inline::Image { .. }
                | Inline::Value(_)
                | Inline::Footnote(_)
                | Inline::Anchor(_)
                | Inline::SoftBreak
                | Inline::HardBreak => {}
            }
        }
    }
}
