//! Takes the outline of a tree.

use std::collections::HashMap;

use super::finish::Finished;
use super::plain;
use super::target;
use crate::model::applicability::LANGUAGE;
use crate::model::body::{Block, BlockKind, Body, Heading, Inline, Item, Reference, Written};
use crate::model::fingerprint::Fingerprint;
use crate::model::outline::{Clause, Mapping, Mention, Outline, SectionHeading, VariableUse};
use crate::model::terms::Terms;
use crate::span::{Span, Spanned};

/// How many characters of a clause the outline keeps.
const CLAUSE_LENGTH: usize = 400;

/// How many characters of the first paragraph the outline keeps.
const EXCERPT_LENGTH: usize = 160;

/// How many characters of a sentence around a reference the outline keeps.
const SENTENCE_LENGTH: usize = 300;

/// Returns the outline of a finished body.
pub(super) fn outline(
    source: &str,
    body: &Body<Written>,
    open: &[bool],
    finished: Finished,
    references: Vec<Reference>,
) -> Outline {
    let mut gatherer = Gatherer {
        source,
        mappings: finished.mappings,
        restricted: false,
        section: None,
        headings: Vec::new(),
        clauses: Vec::new(),
        references: Vec::new(),
        variables: Vec::new(),
        words: [String::with_capacity(source.len()), String::new()],
        excerpt: String::new(),
        applicability: Vec::new(),
        found: Vec::new(),
    };
    gatherer.blocks(&body.blocks);
    for (footnote, open) in body.footnotes.iter().zip(open) {
        gatherer.section = None;
        gatherer.restricted = !open;
        gatherer.blocks(&footnote.blocks);
    }
    gatherer.references.sort_by_key(|mention| mention.reference.slot);
    fill(&mut gatherer.references, references);
    gatherer.variables.sort_by_key(|variable| variable.name.span);
    let [open_words, restricted_words] = &gatherer.words;
    Outline {
        first_heading: finished.first_heading,
        headings: gatherer.headings,
        clauses: gatherer.clauses,
        references: gatherer.references,
        variables: gatherer.variables,
        anchors: finished.anchors,
        open_terms: Terms::of(open_words.split('\n')),
        restricted_terms: Terms::of(restricted_words.split('\n')),
        excerpt: gatherer.excerpt,
        applicability: gatherer.applicability,
        body_hash: Fingerprint::of_bytes(source.as_bytes()),
    }
}

struct Gatherer<'a> {
    source: &'a str,
    mappings: HashMap<String, Vec<Mapping>>,
    restricted: bool,
    section: Option<String>,
    headings: Vec<SectionHeading>,
    clauses: Vec<Clause>,
    references: Vec<Mention>,
    variables: Vec<VariableUse>,
    /// Open and restricted text, one line a block.
    words: [String; 2],
    excerpt: String,
    applicability: Vec<Spanned<String>>,
    /// The references of one text, with where they stand in it. Kept to save allocations.
    found: Vec<(usize, Reference, bool)>,
}

impl Gatherer<'_> {
    fn blocks(&mut self, blocks: &[Block<Written>]) {
        for block in blocks {
            match &block.kind {
                BlockKind::Heading(heading) => self.heading(heading, block.span),
                BlockKind::Paragraph(inlines) => {
                    let text = self.text(inlines);
                    if self.excerpt.is_empty() && !self.restricted {
                        let [open, _] = &self.words;
                        self.excerpt = shortened(open[text..].trim(), EXCERPT_LENGTH);
                    }
                }
                BlockKind::List(list) => {
                    for item in &list.items {
                        self.clause(item, block.span);
                        self.blocks(&item.blocks);
                    }
                }
                BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => self.blocks(blocks),
                BlockKind::Restricted(blocks) => {
                    let outer = std::mem::replace(&mut self.restricted, true);
                    self.blocks(blocks);
                    self.restricted = outer;
                }
                BlockKind::Code { language, text } => {
                    if language.as_deref() == Some(LANGUAGE) {
                        self.applicability.push(Spanned::new(text.clone(), block.span));
                    }
                    self.line(text);
                }
                BlockKind::Table(table) => {
                    for row in std::iter::once(&table.head).chain(&table.rows) {
                        for cell in row {
                            self.text(cell);
                        }
                    }
                }
                BlockKind::Definitions(definitions) => {
                    for definition in definitions {
                        self.text(&definition.term);
                        for blocks in &definition.meanings {
                            self.blocks(blocks);
                        }
                    }
                }
                BlockKind::Html(html) => {
                    let text = super::tag::text(html);
                    self.line(&text);
                }
                BlockKind::Break => {}
            }
        }
    }

    fn heading(&mut self, heading: &Heading<Written>, span: Span) {
        self.section = Some(heading.anchor.clone());
        self.text(&heading.text);
        self.headings.push(SectionHeading {
            level: heading.level,
            anchor: heading.anchor.clone(),
            number: heading.number.clone(),
            text: plain::text(&heading.text),
            mappings: self.mappings.remove(&heading.anchor).unwrap_or_default(),
            restricted: self.restricted,
            span,
        });
    }

    fn clause(&mut self, item: &Item<Written>, list: Span) {
        let Some(mark) = &item.clause else { return };
        let mut text = String::new();
        write_blocks(&item.blocks, false, &mut text);
        let wholly = text.is_empty();
        if wholly {
            write_blocks(&item.blocks, true, &mut text);
        }
        self.clauses.push(Clause {
            anchor: mark.anchor.clone(),
            number: mark.number.clone(),
            text: shortened(text.trim(), CLAUSE_LENGTH),
            audiences: mark.audiences.clone(),
            mappings: self.mappings.remove(&mark.anchor).unwrap_or_default(),
            restricted: self.restricted || wholly && !text.is_empty(),
            span: item.blocks.first().map_or(list, |block| block.span),
        });
    }

    /// Adds a line of text without references.
    fn line(&mut self, text: &str) {
        let words = &mut self.words[usize::from(self.restricted)];
        words.push_str(text);
        words.push('\n');
    }

    /// Adds the text of inlines and what it refers to. Returns where the text begins.
    fn text(&mut self, inlines: &[Inline<Written>]) -> usize {
        let mut found = std::mem::take(&mut self.found);
        let words = &mut self.words[usize::from(self.restricted)];
        let start = words.len();
        plain::write(inlines, words);
        let end = words.len();
        words.push('\n');
        let mut at = 0;
        self.references_of(inlines, &mut at, &mut found);
        if !found.is_empty() {
            let words = &self.words[usize::from(self.restricted)];
            let line = &words[start..end];
            let mut sentence = 0..0;
            for (at, reference, image) in found.drain(..) {
                if !sentence.contains(&at) {
                    sentence = sentence_at(line, sentence.end, at);
                }
                self.references.push(Mention {
                    sentence: shortened(line[sentence.clone()].trim(), SENTENCE_LENGTH),
                    section: self.section.clone(),
                    restricted: self.restricted,
                    image,
                    reference,
                });
            }
        }
        self.found = found;
        start
    }

    /// Finds the references and variables of inlines; `at` counts the bytes of plain text.
    fn references_of(
        &mut self,
        inlines: &[Inline<Written>],
        at: &mut usize,
        found: &mut Vec<(usize, Reference, bool)>,
    ) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => *at += text.len(),
                Inline::Emphasis(inside)
                | Inline::Strong(inside)
                | Inline::Strikethrough(inside)
                | Inline::Element(_, inside) => self.references_of(inside, at, found),
                Inline::Link(reference, inside) => {
                    self.reference(reference, *at, false, found);
                    self.references_of(inside, at, found);
                }
                Inline::AutoTitle(reference) => {
                    self.reference(reference, *at, false, found);
                    *at += reference.target.len();
                }
                Inline::Image { source, alt } => {
                    self.reference(source, *at, true, found);
                    *at += alt.len();
                }
                Inline::Value(name) => {
                    *at += name.path.len() + "{{  }}".len();
                    let restricted = self.restricted;
                    self.variables.push(VariableUse { name: name.clone(), restricted });
                }
                Inline::Footnote(_) | Inline::Anchor(_) => {}
                Inline::SoftBreak | Inline::HardBreak => *at += 1,
            }
        }
    }

    fn reference(
        &mut self,
        reference: &Reference,
        at: usize,
        image: bool,
        found: &mut Vec<(usize, Reference, bool)>,
    ) {
        if reference.target.contains("{{") {
            let restricted = self.restricted;
            for name in target::variables(&reference.target, reference.span, self.source) {
                self.variables.push(VariableUse { name, restricted });
            }
        }
        found.push((at, reference.clone(), image));
    }
}

/// Adds the references of text that was left out, so that the index of each is its slot.
fn fill(mentions: &mut Vec<Mention>, all: Vec<Reference>) {
    if mentions.len() == all.len() {
        return;
    }
    let mut kept = std::mem::take(mentions).into_iter().peekable();
    mentions.extend(all.into_iter().map(|reference| {
        kept.next_if(|mention| mention.reference.slot == reference.slot).unwrap_or_else(|| {
            Mention {
                reference,
                sentence: String::new(),
                section: None,
                restricted: true,
                image: false,
            }
        })
    }));
}

/// Returns the sentence of a line that holds the byte at `at`, looking no further back than
/// `from`.
fn sentence_at(line: &str, from: usize, at: usize) -> std::ops::Range<usize> {
    let mut start = from;
    let mut chars = line[from..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let closes = matches!(c, '.' | '!' | '?' | '。' | '！' | '？');
        let gap = c.len_utf8() > 1 || chars.peek().is_none_or(|(_, next)| *next == ' ');
        if closes && gap {
            let end = from + offset + c.len_utf8();
            if end > at {
                return start..end;
            }
            start = end;
        }
    }
    start..line.len().max(start)
}

/// Returns the start of a text, cut at a word, with an ellipsis where it was cut.
fn shortened(text: &str, length: usize) -> String {
    if text.len() <= length && !text.contains("  ") && !text.contains(['\n', '\t']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len().min(length * 2));
    let mut characters = 0;
    for word in text.split_whitespace() {
        let room = length.saturating_sub(characters);
        let count = word.chars().count();
        if count > room {
            if out.is_empty() {
                out.extend(word.chars().take(length));
            }
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        characters += count + 1;
    }
    out
}

/// Appends the text of blocks, with or without restricted ones, until there is enough.
fn write_blocks(blocks: &[Block<Written>], restricted: bool, out: &mut String) {
    for block in blocks {
        if out.len() > CLAUSE_LENGTH * 4 {
            return;
        }
        if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        match &block.kind {
            BlockKind::Heading(heading) => plain::write(&heading.text, out),
            BlockKind::Paragraph(inlines) => plain::write(inlines, out),
            BlockKind::List(list) => {
                for item in &list.items {
                    write_blocks(&item.blocks, restricted, out);
                }
            }
            BlockKind::Quote(blocks) | BlockKind::Alert(_, blocks) => {
                write_blocks(blocks, restricted, out);
            }
            BlockKind::Restricted(blocks) => {
                if restricted {
                    write_blocks(blocks, restricted, out);
                }
            }
            BlockKind::Definitions(definitions) => {
                for definition in definitions {
                    plain::write(&definition.term, out);
                    for blocks in &definition.meanings {
                        write_blocks(blocks, restricted, out);
                    }
                }
            }
            BlockKind::Table(table) => {
                for cell in table.head.iter().chain(table.rows.iter().flatten()) {
                    plain::write(cell, out);
                    out.push(' ');
                }
            }
            BlockKind::Code { text, .. } => out.push_str(text),
            BlockKind::Html(_) | BlockKind::Break => {}
        }
    }
}
