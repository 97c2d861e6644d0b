//! What of a text no font can print, found without setting it.

use std::collections::BTreeMap;

use super::{
    Approvals, PdfApproval, PdfDocument, PdfPages, PdfRevision, PdfTarget, Typesetter, markup,
};
use crate::model::body::{Block, BlockKind, Body, Inline, Stage};
use crate::span::Span;

impl Typesetter {
    /// Returns the characters of a body that cannot stand in a PDF, each with the first block in
    /// which it is printed.
    pub fn unprintable<S: Stage>(
        &self,
        body: &Body<S>,
        pages: &dyn PdfPages<S>,
    ) -> BTreeMap<char, Span> {
        let mut walk =
            Walk { typesetter: self, pages, here: Span::default(), found: BTreeMap::new() };
        walk.blocks(&body.blocks);
        for footnote in &body.footnotes {
            walk.blocks(&footnote.blocks);
        }
        walk.found
    }
}

/// Hands every text of the facts to a function.
pub(in crate::render) fn each_text(document: &PdfDocument, then: &mut dyn FnMut(&str)) {
    let PdfDocument {
        organisation,
        id,
        title,
        version,
        kind_word,
        classification,
        facts,
        approvals,
        revisions,
        language: _,
        paper: _,
        brand: _,
        notice,
        footer_left,
        date: _,
        verify_text,
        source: _,
        base_url: _,
    } = document;
    for text in [organisation, id, title, kind_word, classification, footer_left] {
        then(text);
    }
    for text in version.iter().chain(notice).chain(verify_text) {
        then(text);
    }
    for (label, value) in facts {
        then(label);
        then(value);
    }
    if let Approvals::Shown(approvals) = approvals {
        for PdfApproval { name, role, on, method, fingerprint } in approvals {
            for text in [name, role, on, method].into_iter().chain(fingerprint) {
                then(text);
            }
        }
    }
    for PdfRevision { version, date, kind, summary, authors } in revisions {
        for text in [version, date, kind, summary, authors] {
            then(text);
        }
    }
}

/// What was found so far.
struct Walk<'a, S: Stage> {
    typesetter: &'a Typesetter,
    pages: &'a dyn PdfPages<S>,
    here: Span,
    found: BTreeMap<char, Span>,
}

impl<S: Stage> Walk<'_, S> {
    fn words(&mut self, text: &str) {
        if text.is_ascii() {
            return;
        }
        for character in text.chars().filter(|it| !self.typesetter.prints(*it)) {
            self.found.entry(character).or_insert(self.here);
        }
    }

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
            BlockKind::Code { language: _, text } => self.words(text),
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
            BlockKind::Html(html) => {
                for paragraph in markup::paragraphs(html) {
                    self.words(&paragraph);
                }
            }
            BlockKind::Break => {}
        }
    }

    fn inlines(&mut self, inlines: &[Inline<S>]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => self.words(text),
                Inline::Emphasis(inlines)
                | Inline::Strong(inlines)
                | Inline::Strikethrough(inlines)
                | Inline::Element(_, inlines) => self.inlines(inlines),
                Inline::Link(link, inlines) => {
                    self.inlines(inlines);
                    self.address(link);
                }
                Inline::AutoTitle(link) => {
                    self.words(&self.pages.title(link));
                    self.address(link);
                }
                Inline::Image { source: _, alt } => self.words(alt),
                Inline::Value(value) => {
                    let pages = self.pages;
                    self.words(pages.value(value));
                }
                Inline::Footnote(_) | Inline::Anchor(_) | Inline::SoftBreak | Inline::HardBreak => {
                }
            }
        }
    }

    /// Looks at the address that is printed beside a link to somewhere else.
    fn address(&mut self, link: &S::Link) {
        if let PdfTarget::Web(address) = self.pages.target(link) {
            self.words(&address);
        }
    }
}
