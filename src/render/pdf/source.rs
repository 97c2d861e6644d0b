//! A body to typst code: calls of the template's functions around string literals.
//!
//! While writing it keeps a sorted list of places, so that whatever typst says about the code can
//! be said about the Markdown. What a tagged, archival file would refuse it writes in another way:
//! it closes gaps between the levels of headings and leaves out headings without words, and it
//! writes [`REPLACEMENT`] for characters that no font has. The author heard of all that before.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::anchor;
use super::literal;
use super::markup;
use super::preamble;
use super::{PdfDocument, PdfText};
use crate::model::body::{Block, BlockKind, Definition, Heading, Inline, Stage};
use crate::render::highlight::Class;
use crate::span::Span;

/// Code blocks up to this many lines are kept on one page.
const WHOLE_CODE: usize = 18;

/// The contents list sections of the second level as well, up to this many entries.
const CONTENTS: usize = 34;

/// What stands for a character that no font has. The fonts have it.
pub(super) const REPLACEMENT: char = '\u{fffd}';

/// Typst code with what is known about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The code of the main file.
    pub(super) text: String,
    /// Offsets in the code from which on text comes from a place in the body; sorted.
    pub(super) places: Vec<(usize, Option<Span>)>,
    /// The files that the code names, with their name among the files of the text.
    pub(super) files: BTreeMap<String, String>,
}

impl Source {
    /// Returns the place in the body for an offset in the code.
    #[cfg(any(feature = "pdf", test))]
    pub(super) fn place(&self, offset: usize) -> Option<Span> {
        let after = self.places.partition_point(|(start, _)| *start <= offset);
        self.places.get(after.checked_sub(1)?)?.1
    }
}

/// Writes the code for a document. `prints` tells whether a character can be shown.
pub(super) fn write<S: Stage>(
    document: &PdfDocument,
    text: &PdfText<'_, S>,
    prints: &dyn Fn(char) -> bool,
) -> Source {
    let mut writer = Writer::new(text, prints);
    let headings = outline(&text.body.blocks);
    preamble::write(&mut writer, document, contents(&headings));
    writer.blocks(&text.body.blocks);
    writer.finish()
}

/// Returns the levels of the headings as a PDF has them, from 1 and without gaps.
fn outline<S: Stage>(blocks: &[Block<S>]) -> Vec<usize> {
    let mut open = Vec::new();
    let mut levels = Vec::new();
    for block in blocks {
        if let BlockKind::Heading(heading) = &block.kind {
            levels.push(opened(&mut open, heading.level));
        }
    }
    levels
}

/// Opens a section below those that are open and returns its depth.
fn opened(open: &mut Vec<u8>, level: u8) -> usize {
    while open.last().is_some_and(|last| *last >= level) {
        open.pop();
    }
    open.push(level);
    open.len()
}

/// What the contents show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Contents {
    /// Down to which level; 0 for no contents at all.
    pub(super) depth: usize,
    /// Whether they fit on a page.
    pub(super) is_whole: bool,
    /// Whether they leave room for text on their page.
    pub(super) is_short: bool,
}

fn contents(levels: &[usize]) -> Contents {
    let count = |depth| levels.iter().filter(|level| **level <= depth).count();
    let depth = match (count(1), count(2)) {
        (_, 0..=2) => 0,
        (_, 3..=CONTENTS) => 2,
        _ => 1,
    };
    let entries = count(depth);
    Contents {
        depth,
        is_whole: entries <= CONTENTS,
        is_short: depth > 0 && entries <= CONTENTS / 2,
    }
}

/// The code so far.
pub(super) struct Writer<'a, S: Stage> {
    pub(super) text: &'a PdfText<'a, S>,
    pub(super) out: String,
    pub(super) base_url: Option<&'a str>,
    prints: &'a dyn Fn(char) -> bool,
    places: Vec<(usize, Option<Span>)>,
    here: Option<Span>,
    files: BTreeMap<String, String>,
    anchors: BTreeSet<&'a str>,
    labelled: BTreeSet<&'a str>,
    pub(super) noted: BTreeSet<u32>,
    open_sections: Vec<u8>,
    pub(super) list_depth: usize,
}

impl<'a, S: Stage> Writer<'a, S> {
    fn new(text: &'a PdfText<'a, S>, prints: &'a dyn Fn(char) -> bool) -> Self {
        let mut anchors = BTreeSet::new();
        anchor::in_blocks(text, &text.body.blocks, &mut anchors);
        Self {
            text,
            out: String::new(),
            base_url: None,
            prints,
            places: Vec::new(),
            here: None,
            files: BTreeMap::new(),
            anchors,
            labelled: BTreeSet::new(),
            noted: BTreeSet::new(),
            open_sections: Vec::new(),
            list_depth: 0,
        }
    }

    fn finish(self) -> Source {
        let Self { out, places, files, .. } = self;
        Source { text: out, places, files }
    }

    pub(super) fn set_base_url(&mut self, base_url: Option<&'a str>) {
        self.base_url = base_url;
    }

    /// Appends text as a literal of characters that the fonts can print.
    pub(super) fn literal(&mut self, text: &str) {
        let text = self.printable(text);
        literal::push(&text, &mut self.out);
    }

    fn printable<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.chars().all(self.prints) {
            return Cow::Borrowed(text);
        }
        let shown = |it| if (self.prints)(it) { it } else { REPLACEMENT };
        text.chars().map(shown).collect()
    }

    /// Tells whether the body has an anchor.
    pub(super) fn has_anchor(&self, anchor: &str) -> bool {
        self.anchors.contains(anchor)
    }

    /// Makes a place that links can go to, once for each anchor.
    pub(super) fn point(&mut self, anchor: &'a str) {
        if self.labelled.insert(anchor) {
            self.out.push_str("#point(");
            literal::push(&format!("at:{anchor}"), &mut self.out);
            self.out.push(')');
        }
    }

    /// Names a file of the text in the code, under a path that no author chose.
    pub(super) fn file(&mut self, name: &str) -> Option<String> {
        if !self.text.files.contains_key(name) {
            return None;
        }
        let index = self.text.files.keys().position(|known| known == name)?;
        let extension: String = name
            .rsplit_once('.')
            .map(|(_, extension)| extension)
            .filter(|extension| extension.chars().all(|c| c.is_ascii_alphanumeric()))
            .unwrap_or("bin")
            .to_ascii_lowercase();
        let path = format!("/files/{index}.{extension}");
        self.files.insert(path.clone(), name.to_owned());
        Some(path)
    }

    fn at(&mut self, span: Option<Span>) {
        self.here = span;
        self.places.push((self.out.len(), span));
    }

    pub(super) fn blocks(&mut self, blocks: &'a [Block<S>]) {
        let outer = self.here;
        for block in blocks {
            self.at(Some(block.span));
            self.block(block);
        }
        self.at(outer);
    }

    /// Writes blocks between brackets, without space at their end.
    pub(super) fn bracketed(&mut self, blocks: &'a [Block<S>]) {
        self.out.push('[');
        self.blocks(blocks);
        self.close();
    }

    pub(super) fn close(&mut self) {
        let length = self.out.trim_end_matches('\n').len();
        self.out.truncate(length);
        self.out.push(']');
    }

    fn block(&mut self, block: &'a Block<S>) {
        match &block.kind {
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Paragraph(inlines) => match inlines.as_slice() {
                [Inline::Image { source, alt }] => self.picture("picture", source, alt),
                inlines => self.inlines(inlines),
            },
            BlockKind::List(list) => self.list(list),
            BlockKind::Quote(blocks) => {
                self.out.push_str("#said");
                self.bracketed(blocks);
            }
            BlockKind::Alert(kind, blocks) => {
                let word = kind.word();
                let _infallible =
                    write!(self.out, "#alert(\"{}\", \"{word}\")", word.to_ascii_lowercase());
                self.bracketed(blocks);
            }
            BlockKind::Restricted(restricted) => {
                self.out.push_str("#restricted(\"Internal: staff only\")");
                self.bracketed(self.text.pages.restricted(restricted));
            }
            BlockKind::Code { language, text } => self.code(language.as_deref(), text),
            BlockKind::Table(table) => self.table(table),
            BlockKind::Definitions(definitions) => self.definitions(definitions),
            BlockKind::Html(html) => {
                for paragraph in markup::paragraphs(html) {
                    self.out.push('#');
                    self.literal(&paragraph);
                    self.out.push_str("\n\n");
                }
            }
            BlockKind::Break => self.out.push_str("#rule()"),
        }
        self.out.push_str("\n\n");
    }

    fn heading(&mut self, heading: &'a Heading<S>) {
        let level = opened(&mut self.open_sections, heading.level);
        if super::inline::plain(&heading.text, self.text.pages).trim().is_empty() {
            self.open_sections.pop();
            self.point(&heading.anchor);
            return;
        }
        let _infallible = write!(self.out, "#section({level}, ");
        match &heading.number {
            Some(number) => self.literal(number),
            None => self.out.push_str("none"),
        }
        self.out.push_str(", ");
        if self.labelled.insert(&heading.anchor) {
            literal::push(&format!("at:{}", heading.anchor), &mut self.out);
        } else {
            self.out.push_str("none");
        }
        self.out.push_str(")[");
        self.inlines(&heading.text);
        self.out.push(']');
    }

    fn code(&mut self, language: Option<&str>, text: &str) {
        let text = text.trim_end_matches('\n').replace('\t', "    ").replace('\r', "");
        let text = self.printable(&text).into_owned();
        let tokens = self.text.highlighter.spans(language, &text);
        self.out.push_str("#code(");
        self.literal(&text);
        self.out.push_str(", (");
        let mut start = 0;
        for line in text.split('\n') {
            self.out.push('(');
            let end = start + line.len();
            let mut done = start;
            // Tokens may run over several lines; they are in order and do not overlap.
            let first = tokens.partition_point(|token| token.range.end <= start);
            for token in tokens[first..].iter().take_while(|token| token.range.start < end) {
                let (from, to) = (token.range.start.max(done), token.range.end.min(end));
                self.piece(None, &text[done..from]);
                self.piece(Some(token.class), &text[from..to]);
                done = to;
            }
            self.piece(None, &text[done..end]);
            self.out.push_str("),");
            start = end + 1;
        }
        let _infallible = write!(self.out, "), {})", text.lines().count() <= WHOLE_CODE);
    }

    fn piece(&mut self, class: Option<Class>, text: &str) {
        if text.is_empty() {
            return;
        }
        self.out.push('(');
        match class {
            Some(class) => literal::push(class.css(), &mut self.out),
            None => self.out.push_str("none"),
        }
        self.out.push_str(", ");
        literal::push(text, &mut self.out);
        self.out.push_str("),");
    }

    fn definitions(&mut self, definitions: &'a [Definition<S>]) {
        self.out.push_str("#terms(tight: false, ");
        for definition in definitions {
            self.out.push_str("\nterms.item[");
            self.inlines(&definition.term);
            self.out.push_str("][");
            for meaning in &definition.meanings {
                self.blocks(meaning);
            }
            self.close();
            self.out.push(',');
        }
        self.out.push(')');
    }
}
