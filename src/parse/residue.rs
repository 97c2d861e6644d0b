//! Text of a template that was never filled in.

use crate::model::body::{Block, BlockKind, Inline, Stage};
use crate::span::Span;

/// Placeholders that people leave behind, in lower case.
const PLACEHOLDERS: [&str; 12] = [
    "[company name]",
    "[company]",
    "[your company]",
    "[organization name]",
    "[organisation name]",
    "[insert ",
    "<insert ",
    "<company name>",
    "lorem ipsum",
    "[date]",
    "[name]",
    "tbd",
];

/// Finds placeholders in the text of blocks and pictures without words.
pub(super) fn find<S: Stage>(blocks: &[Block<S>]) -> Found {
    let mut found = Found::default();
    found.blocks(blocks);
    found
}

/// Finds placeholders in plain text.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &'static str> {
    let text = text.to_lowercase();
    let is_there = move |placeholder: &&str| {
        text.match_indices(*placeholder).any(|(at, _)| {
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_word = placeholder.starts_with(char::is_alphabetic);
            !is_word
                || (!is_letter(text[..at].chars().next_back())
                    && !is_letter(text[at + placeholder.len()..].chars().next()))
        })
    };
    PLACEHOLDERS.into_iter().filter(is_there).map(str::trim_end)
}

/// What was left unfinished, each with the place of its block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Placeholders.
    pub(super) placeholders: Vec<(&'static str, Span)>,
    /// Pictures without words for people who do not see them.
    pub(super) silent_pictures: Vec<Span>,
}

impl Found {
    fn blocks<S: Stage>(&mut self, blocks: &[Block<S>]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.inlines(&heading.text, block.span),
                BlockKind::Paragraph(inlines) => self.inlines(inlines, block.span),
                BlockKind::List(list) => {
                    list.items.iter().for_each(|item| self.blocks(&item.blocks));
                }
                BlockKind::Quote(inside) | BlockKind::Alert(_, inside) => self.blocks(inside),
                BlockKind::Table(table) => {
                    let rows = std::iter::once(&table.head).chain(&table.rows);
                    rows.flatten().for_each(|cell| self.inlines(cell, block.span));
                }
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        self.inlines(&definition.term, block.span);
                        definition.meanings.iter().for_each(|meaning| self.blocks(meaning));
                    }
                }
                BlockKind::Restricted(_)
                | BlockKind::Code { .. }
                | BlockKind::Html(_)
                | BlockKind::Break => {}
            }
        }
    }

    fn inlines<S: Stage>(&mut self, inlines: &[Inline<S>], span: Span) {
        let mut text = String::new();
        self.words(inlines, span, &mut text);
        self.placeholders.extend(placeholders(&text).map(|placeholder| (placeholder, span)));
    }

    fn words<S: Stage>(&mut self, inlines: &[Inline<S>], span: Span, text: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(words) => text.push_str(words),
                Inline::Emphasis(inside)
                | Inline::Strong(inside)
                | Inline::Strikethrough(inside)
                | Inline::Element(_, inside)
                | Inline::Link(_, inside) => self.words(inside, span, text),
                Inline::Image { alt, .. } if alt.trim().is_empty() => {
                    self.silent_pictures.push(span);
                }
                Inline::SoftBreak | Inline::HardBreak => text.push(' '),
                Inline::Image { .. }
                | Inline::Code(_)
                | Inline::AutoTitle(_)
                | Inline::Value(_)
                | Inline::Footnote(_)
                | Inline::Anchor(_) => {}
            }
        }
    }
}
