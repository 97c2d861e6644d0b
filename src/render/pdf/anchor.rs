//! The places of a body that links can go to.

use std::collections::BTreeSet;

use super::PdfText;
use crate::model::body::{Block, BlockKind, Inline, Stage};

/// Collects the anchors of blocks and of the text in them.
pub(super) fn in_blocks<'a, S: Stage>(
    text: &'a PdfText<'a, S>,
    blocks: &'a [Block<S>],
    anchors: &mut BTreeSet<&'a str>,
) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => {
                anchors.insert(&heading.anchor);
                in_text(&heading.text, anchors);
            }
            BlockKind::Paragraph(inlines) => in_text(inlines, anchors),
            BlockKind::List(list) => {
                for item in &list.items {
                    anchors.extend(item.clause.as_ref().map(|clause| clause.anchor.as_str()));
                    in_blocks(text, &item.blocks, anchors);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => {
                in_blocks(text, blocks, anchors);
            }
            BlockKind::Restricted(restricted) => {
                in_blocks(text, text.pages.restricted(restricted), anchors);
            }
            BlockKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    in_text(cell, anchors);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    in_text(&definition.term, anchors);
                    for meaning in &definition.meanings {
                        in_blocks(text, meaning, anchors);
                    }
                }
            }
            BlockKind::Code { .. } | BlockKind::Html(_) | BlockKind::Break => {}
        }
    }
}

/// Collects the places to jump to inside text.
fn in_text<'a, S: Stage>(inlines: &'a [Inline<S>], anchors: &mut BTreeSet<&'a str>) {
    for inline in inlines {
        match inline {
            Inline::Anchor(anchor) => {
                anchors.insert(anchor);
            }
            Inline::Emphasis(inlines)
            | Inline::Strong(inlines)
            | Inline::Strikethrough(inlines)
            | Inline::Element(_, inlines)
            | Inline::Link(_, inlines) => in_text(inlines, anchors),
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
