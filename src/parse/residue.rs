//! Text that was never filled in, and pictures without words.

use super::placeholder;
use super::rules::{placeholder_in_public, template_residue};
use super::yaml::{Entry, Node, NodeKind};
use crate::diagnostic::Diagnostic;
use crate::model::body::{Block, BlockKind, Body, Inline, Written};
use crate::span::{Place, Span};

/// Finds placeholders in the text of a body and pictures without words. `source` is the text that
/// the spans of its blocks count in.
pub(super) fn find(body: &Body<Written>, source: &str) -> Found {
    let mut found = Found::default();
    let mut finder = Finder { source, found: &mut found };
    finder.blocks(&body.blocks, false);
    body.footnotes.iter().for_each(|footnote| finder.blocks(&footnote.blocks, false));
    found
}

/// What was left unfinished.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Placeholders, each with whether it stands in an internal block.
    pub(super) placeholders: Vec<(Span, bool)>,
    /// Links whose label nothing defines, each with the label: `[text][label]`, and `[[]]` with none.
    pub(super) undefined: Vec<(Span, String)>,
    /// The blocks with pictures without words for people who do not see them.
    pub(super) silent_pictures: Vec<Span>,
}

struct Finder<'f> {
    source: &'f str,
    found: &'f mut Found,
}

impl Finder<'_> {
    fn blocks(&mut self, blocks: &[Block<Written>], is_internal: bool) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.text(&heading.text, block.span, is_internal),
                BlockKind::Paragraph(inlines) => self.text(inlines, block.span, is_internal),
                BlockKind::List(list) => {
                    list.items.iter().for_each(|item| self.blocks(&item.blocks, is_internal));
                }
                BlockKind::Quote(inside) | BlockKind::Alert(_, inside) => {
                    self.blocks(inside, is_internal);
                }
                BlockKind::Restricted(inside) => self.blocks(inside, true),
                BlockKind::Table(table) => {
                    self.placeholders(block.span, is_internal);
                    let rows = std::iter::once(&table.head).chain(&table.rows);
                    rows.flatten().for_each(|cell| self.pictures(cell, block.span));
                }
                BlockKind::Definitions(definitions) => {
                    self.placeholders(block.span, is_internal);
                    for definition in definitions {
                        self.pictures(&definition.term, block.span);
                    }
                }
                BlockKind::Code { .. } | BlockKind::Html(_) | BlockKind::Break => {}
            }
        }
    }

    fn text(&mut self, inlines: &[Inline<Written>], span: Span, is_internal: bool) {
        self.placeholders(span, is_internal);
        self.pictures(inlines, span);
        self.undefined(inlines, span);
    }

    /// Finds what looks like a link and stayed text.
    fn undefined(&mut self, inlines: &[Inline<Written>], block: Span) {
        let source = self.source.get(block.range()).unwrap_or_default();
        for text in inlines.iter().filter_map(|inline| match inline {
            Inline::Text(text) if text.contains("][") || text.contains("[[]]") => Some(text),
            _ => None,
        }) {
            let mut found = Vec::new();
            for (middle, _) in text.match_indices("][") {
                let (Some(start), Some(end)) =
                    (text[..middle].rfind('['), text[middle + 2..].find(']'))
                else {
                    continue;
                };
                let label = &text[middle + 2..middle + 2 + end];
                let words = &text[start + 1..middle];
                if !words.is_empty() && !label.is_empty() && !label.contains('[') {
                    found.push((&text[start..middle + 3 + end], label));
                }
            }
            found.extend(text.match_indices("[[]]").map(|(_, typed)| (typed, "")));
            for (typed, label) in found {
                let at = source.find(typed).map(|at| Span::new(at, at + typed.len()));
                let span = at.map_or(block, |at| at.shifted(block.start));
                self.found.undefined.push((span, label.to_owned()));
            }
        }
    }

    fn placeholders(&mut self, block: Span, is_internal: bool) {
        let text = self.source.get(block.range()).unwrap_or_default();
        let found = placeholder::find(text).into_iter();
        self.found.placeholders.extend(found.map(|span| (span.shifted(block.start), is_internal)));
    }

    fn pictures(&mut self, inlines: &[Inline<Written>], span: Span) {
        for inline in inlines {
            match inline {
                Inline::Emphasis(inside)
                | Inline::Strong(inside)
                | Inline::Strikethrough(inside)
                | Inline::Element(_, inside)
                | Inline::Link(_, inside) => self.pictures(inside, span),
                Inline::Image { alt, .. } if alt.trim().is_empty() => {
                    self.found.silent_pictures.push(span);
                }
                Inline::Text(_)
                | Inline::SoftBreak
                | Inline::HardBreak
                | Inline::Image { .. }
                | Inline::Code(_)
                | Inline::AutoTitle(_)
                | Inline::Value(_)
                | Inline::Footnote(_)
                | Inline::Anchor(_) => {}
            }
        }
    }
}

/// Whether customers read a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exposure {
    /// They do not.
    Internal,
    /// They do, since `disclosure:` says so.
    Disclosed,
    /// They do as soon as there is a trust center.
    Always,
}

impl Exposure {
    /// Returns what it is where a trust center may be off.
    pub(super) fn published(self, is_published: bool) -> Self {
        if is_published { self } else { Self::Internal }
    }
}

/// Returns whether an entry of the settings stands on every page of the trust center.
fn is_shown(entry: &Entry) -> bool {
    matches!(entry.key.value.as_str(), "organisation" | "contacts" | "sites")
        && matches!(entry.value.kind, NodeKind::Map(_))
}

/// Says that the words at a place of a text were never filled in.
pub(super) fn unfinished(place: Place, text: &str, exposure: Exposure) -> Diagnostic {
    let typed = text.get(place.span.range()).unwrap_or_default();
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = format!("`{words}` was never filled in");
    let (rule, help) = match exposure {
        Exposure::Internal => (&template_residue::RULE, "fill it in, or remove it"),
        Exposure::Disclosed => (
            &placeholder_in_public::RULE,
            "fill it in, or say `disclosure: withheld` until it is true",
        ),
        Exposure::Always => (
            &placeholder_in_public::RULE,
            "fill it in, or set `publish: { trust_center: false }` until it is true",
        ),
    };
    Diagnostic::new(rule, place, message).help(help)
}

/// Finds placeholders in the values of YAML, each with what the entries around it say of who reads
/// it; `exposure` is what the file as a whole says.
pub(super) fn values(root: &Node, yaml: &str, exposure: Exposure) -> Vec<(Span, Exposure)> {
    let mut found = Vec::new();
    let mut open = vec![(root, exposure)];
    while let Some((node, exposure)) = open.pop() {
        match &node.kind {
            NodeKind::Null => {}
            NodeKind::Scalar { .. } => {
                let text = yaml.get(node.span.range()).unwrap_or_default();
                let spans = placeholder::find(text).into_iter();
                found.extend(spans.map(|span| (span.shifted(node.span.start), exposure)));
            }
            NodeKind::List(items) => open.extend(items.iter().map(|item| (item, exposure))),
            NodeKind::Map(entries) => {
                let disclosed = entries.iter().any(|entry| {
                    let is_word = |word: &str| matches!(&entry.value.kind, NodeKind::Scalar { text, .. } if text == word);
                    entry.key.value == "disclosure" && (is_word("public") || is_word("listed"))
                });
                let here = if disclosed { Exposure::Disclosed } else { exposure };
                open.extend(entries.iter().map(|entry| {
                    (&entry.value, if is_shown(entry) { Exposure::Always } else { here })
                }));
            }
        }
    }
    found.sort_unstable();
    found
}
