//! Bodies as plain words.

use super::Printable;
use crate::model::body::{Block, BlockKind, Body, Inline, List, Stage, Written};

/// A heading of a body as plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionHeading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor.
    pub anchor: String,
    /// The number and the words.
    pub text: String,
}

/// Returns the words of a body in one line; `title` knows the words of links that have none.
#[must_use]
pub fn plain<S: Printable>(body: &Body<S>, title: &dyn Fn(&S::Link) -> Option<String>) -> String {
    let mut texts = Vec::new();
    let mut printed = |inline: &Inline<S>, out: &mut String| match inline {
        Inline::Value(value) => out.push_str(S::value(value)),
        Inline::AutoTitle(link) => out.push_str(&title(link).unwrap_or_default()),
        _ => {}
    };
    blocks(&body.blocks, &mut printed, &|restricted| Some(S::restricted(restricted)), &mut texts);
    texts.join(" ")
}

/// Returns the headings of a body.
#[must_use]
pub fn headings<S: Printable>(body: &Body<S>) -> Vec<SectionHeading> {
    let mut printed = |inline: &Inline<S>, out: &mut String| {
        if let Inline::Value(value) = inline {
            out.push_str(S::value(value));
        }
    };
    let mut found = Vec::new();
    for block in &body.blocks {
        if let BlockKind::Heading(heading) = &block.kind {
            let mut text =
                heading.number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            inlines(&heading.text, &mut printed, &mut text);
            found.push(SectionHeading {
                level: heading.level,
                anchor: heading.anchor.clone(),
                text,
            });
        }
    }
    found
}

/// Returns the words of each open block as its author typed them; restricted blocks are left out.
#[must_use]
pub fn open_text(written: &[Block<Written>]) -> Vec<String> {
    let mut texts = Vec::new();
    let mut printed = |inline: &Inline<Written>, out: &mut String| {
        if let Inline::Value(name) = inline {
            out.push_str("{{ ");
            out.push_str(&name.path);
            out.push_str(" }}");
        }
    };
    blocks(written, &mut printed, &|_| None, &mut texts);
    texts
}

type Print<'p, S> = &'p mut dyn FnMut(&Inline<S>, &mut String);
type Restricted<'r, S> = &'r dyn Fn(&<S as Stage>::Restricted) -> Option<&[Block<S>]>;

fn blocks<S: Stage>(
    all: &[Block<S>],
    print: Print<'_, S>,
    open: Restricted<'_, S>,
    texts: &mut Vec<String>,
) {
    for block in all {
        match &block.kind {
            BlockKind::Heading(heading) => texts.push(words(&heading.text, print)),
            BlockKind::Paragraph(inside) => texts.push(words(inside, print)),
            BlockKind::List(List { items, .. }) => {
                for item in items {
                    blocks(&item.blocks, print, open, texts);
                }
            }
            BlockKind::Quote(inside) | BlockKind::Alert(_, inside) => {
                blocks(inside, print, open, texts);
            }
            BlockKind::Restricted(inside) => {
                if let Some(inside) = open(inside) {
                    blocks(inside, print, open, texts);
                }
            }
            BlockKind::Code { text, .. } => texts.push(text.clone()),
            BlockKind::Table(table) => {
                for row in std::iter::once(&table.head).chain(&table.rows) {
                    let cells: Vec<String> = row.iter().map(|cell| words(cell, print)).collect();
                    texts.push(cells.join(" "));
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    texts.push(words(&definition.term, print));
                    for meaning in &definition.meanings {
                        blocks(meaning, print, open, texts);
                    }
                }
            }
            BlockKind::Html(_) | BlockKind::Break => {}
        }
    }
}

fn words<S: Stage>(inside: &[Inline<S>], print: Print<'_, S>) -> String {
    let mut out = String::new();
    inlines(inside, print, &mut out);
    out
}

fn inlines<S: Stage>(all: &[Inline<S>], print: Print<'_, S>, out: &mut String) {
    for inline in all {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inside)
            | Inline::Strong(inside)
            | Inline::Strikethrough(inside)
            | Inline::Element(_, inside)
            | Inline::Link(_, inside) => inlines(inside, print, out),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::AutoTitle(_) | Inline::Value(_) => print(inline, out),
            Inline::Footnote(_) | Inline::Anchor(_) => {}
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
        }
    }
}
