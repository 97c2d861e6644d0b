//! Puts footnotes in the order in which the text mentions them, and finds out which of them only
//! restricted text mentions.

use std::collections::VecDeque;

use super::fault::{FaultKind, Faults};
use crate::model::body::{Block, BlockKind, Body, Inline, Written};
use crate::span::Span;

/// Sorts the footnotes of a body and drops those that nothing mentions. Returns for each that
/// stays whether open text mentions it.
pub(super) fn arrange(
    body: &mut Body<Written>,
    definitions: &[Option<Span>],
    faults: &mut Faults<'_>,
) -> Vec<bool> {
    if body.footnotes.is_empty() {
        return Vec::new();
    }
    let count = body.footnotes.len();
    let order = reached(body, true);
    let open = reached(body, false);
    let mut positions = vec![None; count];
    for (position, index) in (0_u32..).zip(&order) {
        positions[*index] = Some(position);
    }
    for (index, definition) in definitions.iter().enumerate() {
        if let (None, Some(span)) = (positions[index], definition) {
            let label = body.footnotes[index].label.clone();
            faults.add(FaultKind::FootnoteUnused(label), *span);
        }
    }
    let mut footnotes: Vec<_> = std::mem::take(&mut body.footnotes).into_iter().map(Some).collect();
    body.footnotes = order.iter().filter_map(|index| footnotes[*index].take()).collect();
    let mut renumber = |inlines: &mut Vec<Inline<Written>>| renumber(inlines, &positions);
    each_text(&mut body.blocks, &mut renumber);
    for footnote in &mut body.footnotes {
        each_text(&mut footnote.blocks, &mut renumber);
    }
    let mut is_open = vec![false; count];
    for index in open {
        is_open[index] = true;
    }
    order.into_iter().map(|index| is_open[index]).collect()
}

/// Returns the footnotes that the text mentions, and those that they mention, each once in order.
fn reached(body: &Body<Written>, restricted: bool) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = vec![false; body.footnotes.len()];
    let mut waiting = VecDeque::new();
    let mut visit = |blocks: &[Block<Written>], waiting: &mut VecDeque<usize>| {
        mentions(blocks, restricted, &mut |index| {
            let index = usize::try_from(index).unwrap_or(usize::MAX);
            if seen.get(index) == Some(&false) {
                seen[index] = true;
                order.push(index);
                waiting.push_back(index);
            }
        });
    };
    visit(&body.blocks, &mut waiting);
    while let Some(index) = waiting.pop_front() {
        visit(&body.footnotes[index].blocks, &mut waiting);
    }
    order
}

/// Calls `visit` with the footnotes that blocks mention.
fn mentions(blocks: &[Block<Written>], restricted: bool, visit: &mut impl FnMut(u32)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => mentions_inside(&heading.text, visit),
            BlockKind::Paragraph(inlines) => mentions_inside(inlines, visit),
            BlockKind::List(list) => {
                for item in &list.items {
                    mentions(&item.blocks, restricted, visit);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => {
                mentions(blocks, restricted, visit);
            }
            BlockKind::Restricted(blocks) => {
                if restricted {
                    mentions(blocks, restricted, visit);
                }
            }
            BlockKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    mentions_inside(cell, visit);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    mentions_inside(&definition.term, visit);
                    for blocks in &definition.meanings {
                        mentions(blocks, restricted, visit);
                    }
                }
            }
            BlockKind::Code { .. } | BlockKind::Html(_) | BlockKind::Break => {}
        }
    }
}

fn mentions_inside(inlines: &[Inline<Written>], visit: &mut impl FnMut(u32)) {
    for inline in inlines {
        match inline {
            Inline::Footnote(index) => visit(*index),
            Inline::Emphasis(inside)
            | Inline::Strong(inside)
            | Inline::Strikethrough(inside)
            | Inline::Element(_, inside)
            | Inline::Link(_, inside) => mentions_inside(inside, visit),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::AutoTitle(_)
            | Inline::Image { .. }
            | Inline::Value(_)
            | Inline::Anchor(_)
            | Inline::SoftBreak
            | Inline::HardBreak => {}
        }
    }
}

/// Calls `change` with all text of blocks.
fn each_text(blocks: &mut [Block<Written>], change: &mut impl FnMut(&mut Vec<Inline<Written>>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(heading) => change(&mut heading.text),
            BlockKind::Paragraph(inlines) => change(inlines),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    each_text(&mut item.blocks, change);
                }
            }
            BlockKind::Quote(blocks)
            | BlockKind::Alert(_, blocks)
            | BlockKind::Restricted(blocks) => each_text(blocks, change),
            BlockKind::Table(table) => {
                for cell in table.head.iter_mut().chain(table.rows.iter_mut().flatten()) {
                    change(cell);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    change(&mut definition.term);
                    for blocks in &mut definition.meanings {
                        each_text(blocks, change);
                    }
                }
            }
            BlockKind::Code { .. } | BlockKind::Html(_) | BlockKind::Break => {}
        }
    }
}

fn renumber(inlines: &mut Vec<Inline<Written>>, positions: &[Option<u32>]) {
    for inline in inlines {
        match inline {
            Inline::Footnote(index) => {
                let old = usize::try_from(*index).unwrap_or(usize::MAX);
                if let Some(Some(new)) = positions.get(old) {
                    *index = *new;
                }
            }
            Inline::Emphasis(inside)
            | Inline::Strong(inside)
            | Inline::Strikethrough(inside)
            | Inline::Element(_, inside)
            | Inline::Link(_, inside) => renumber(inside, positions),
            Inline::Text(_)
            | Inline::Code(_)
            | Inline::AutoTitle(_)
            | Inline::Image { .. }
            | Inline::Value(_)
            | Inline::Anchor(_)
            | Inline::SoftBreak
            | Inline::HardBreak => {}
        }
    }
}
