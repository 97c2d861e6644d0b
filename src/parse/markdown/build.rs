//! The parser's events to a tree.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::fault::{Dialect, FaultKind, Faults};
use super::frame::{Frame, Kind, OpenTable, Shape};
use super::lettered;
use super::quote::{self, Quote};
use super::target;
use super::text::{self, Pending, Surroundings};
use crate::model::body::{
    AlertKind, Alignment, Block, BlockKind, Body, Footnote, Inline, Reference, ReferenceForm,
    Written,
};
use crate::span::Span;

/// How many frames may be open at once. Containers that would open beyond it are left out with
/// all they hold, which also keeps a restricted block down there from losing its walls.
const DEEPEST: usize = 100;

/// A tree without anchors and numbers.
pub(super) struct Draft {
    /// The tree; its footnotes are all labels in the order in which they were met.
    pub(super) body: Body<Written>,
    /// For each footnote where it is defined, if it is.
    pub(super) definitions: Vec<Option<Span>>,
    /// All references by slot, those of text that is left out later included.
    pub(super) references: Vec<Reference>,
}

/// Builds the tree of a text.
pub(super) fn tree<'s>(source: &'s str, faults: &mut Faults<'s>) -> Draft {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    let joined = target::joined(source);
    let mut builder = Builder {
        source,
        joined: matches!(joined, Cow::Owned(_)).then_some(&joined),
        faults,
        top: Frame::new(Kind::Root, 0..source.len()),
        below: Vec::new(),
        left_out: 0,
        link_depth: 0,
        awaits_mark: false,
        pending: Pending::default(),
        references: Vec::new(),
        labels: HashMap::new(),
        footnotes: Vec::new(),
        definitions: Vec::new(),
    };
    for (event, range) in Parser::new_ext(&joined, options).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish()
}

pub(super) struct Builder<'s, 'f> {
    pub(super) source: &'s str,
    /// What the parser reads where that differs from the source.
    joined: Option<&'f str>,
    pub(super) faults: &'f mut Faults<'s>,
    /// The innermost open frame, and those around it.
    pub(super) top: Frame,
    pub(super) below: Vec<Frame>,
    /// How many containers are open that are left out.
    left_out: usize,
    pub(super) link_depth: usize,
    /// Whether the mark of a quote comes next in the text.
    pub(super) awaits_mark: bool,
    pub(super) pending: Pending,
    references: Vec<Reference>,
    pub(super) labels: HashMap<String, u32>,
    pub(super) footnotes: Vec<Footnote<Written>>,
    pub(super) definitions: Vec<Option<Span>>,
}

impl<'s> Builder<'s, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.left_out > 0 {
            match event {
                Event::Start(_) => self.left_out += 1,
                Event::End(_) => self.left_out -= 1,
                _ => {}
            }
            return;
        }
        if let Event::Text(text) = &event {
            let text = self.original(text, &range);
            match &mut self.top.kind {
                Kind::Code { text: code, .. } => code.push_str(text),
                Kind::Html(html) => html.push_str(text),
                _ => self.pending.push(text, range.start),
            }
            return;
        }
        self.flush_text();
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => {
                self.close_tags();
                self.close();
            }
            Event::Text(_) => {}
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                let code = self.original(&code, &range).to_owned();
                self.inline(Inline::Code(code), range);
            }
            Event::Html(html) => match &mut self.top.kind {
                Kind::Html(text) => text.push_str(&html),
                _ => self.raw_inline(&html, range),
            },
            Event::InlineHtml(html) => self.raw_inline(&html, range),
            Event::FootnoteReference(label) => {
                let index = self.label(&label);
                self.inline(Inline::Footnote(index), range);
            }
            Event::SoftBreak => {
                if !self.top.inlines.is_empty() {
                    self.inline(Inline::SoftBreak, range);
                }
            }
            Event::HardBreak => self.inline(Inline::HardBreak, range),
            Event::Rule => {
                self.flush_loose();
                self.block(BlockKind::Break, range);
            }
            Event::TaskListMarker(done) => {
                let frames = std::iter::once(&mut self.top).chain(self.below.iter_mut().rev());
                for frame in frames.take(3) {
                    if let Kind::Item { task } = &mut frame.kind {
                        *task = Some(done);
                        break;
                    }
                }
            }
        }
    }

    /// Returns text as it was written.
    fn original<'t>(&self, text: &'t str, range: &Range<usize>) -> &'t str
    where
        's: 't,
    {
        let place = || {
            let at = range.start + self.joined?.get(range.clone())?.find(text)?;
            self.source.get(at..at + text.len())
        };
        place().unwrap_or(text)
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let Some(kind) = self.opened(tag, &range) else { return };
        if kind.shape() != Shape::Inline {
            self.close_tags();
            self.flush_loose();
        }
        // Parts of lists and tables never open on their own, so the cap need not count them.
        let part = matches!(
            kind,
            Kind::Item { .. } | Kind::Term | Kind::Meaning | Kind::Row { .. } | Kind::Cell
        );
        if self.below.len() >= DEEPEST && !part {
            self.faults.add(FaultKind::NestingTooDeep, range.start..range.start + 1);
            self.left_out = 1;
            return;
        }
        self.open(kind, range);
    }

    /// Returns the frame that a tag opens; `None` where it opens none.
    fn opened(&mut self, tag: Tag<'_>, range: &Range<usize>) -> Option<Kind> {
        Some(match tag {
            Tag::Paragraph => Kind::Paragraph,
            Tag::Heading { level, .. } => Kind::Heading(level as u8),
            Tag::BlockQuote(kind) => Kind::Quote(self.quote(kind, range)),
            Tag::CodeBlock(CodeBlockKind::Indented) => {
                Kind::Code { language: None, text: String::new() }
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                self.fence(range);
                let mut words = info.split([' ', ',', '{', '}', '\t']);
                let language = words.find(|word| !word.is_empty());
                let language = language.map(|word| word.trim_start_matches('.').to_lowercase());
                Kind::Code { language, text: String::new() }
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Html(String::new()),
            Tag::List(start) => Kind::List { start, loose: false, items: Vec::new() },
            Tag::Item => Kind::Item { task: None },
            Tag::FootnoteDefinition(label) => Kind::Footnote { label: label.into_string() },
            Tag::DefinitionList => Kind::Definitions(Vec::new()),
            Tag::DefinitionListTitle => Kind::Term,
            Tag::DefinitionListDefinition => {
                if self.source[range.start..].starts_with(":::") {
                    let span = range.start..range.start + 3;
                    self.faults.add(FaultKind::Dialect(Dialect::Container), span);
                }
                Kind::Meaning
            }
            Tag::Table(alignments) => Kind::Table(Box::new(OpenTable {
                alignments: alignments.into_iter().map(alignment).collect(),
                head: Vec::new(),
                rows: Vec::new(),
            })),
            Tag::TableHead => Kind::Row { head: true, cells: Vec::new() },
            Tag::TableRow => Kind::Row { head: false, cells: Vec::new() },
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => Kind::Emphasis,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough => Kind::Strikethrough,
            Tag::Link { link_type, dest_url, .. } => {
                self.awaits_mark = false;
                if self.link_depth > 0 {
                    return Some(Kind::Words);
                }
                let form = form(link_type);
                let target = address(link_type, dest_url);
                match self.reference(target, form, range.clone()) {
                    None => Kind::Words,
                    Some(reference) => match link_type {
                        LinkType::WikiLink { has_pothole: false } => Kind::AutoTitle(reference),
                        _ => Kind::Link(reference),
                    },
                }
            }
            Tag::Image { .. } if self.in_image() => Kind::Words,
            Tag::Image { link_type, dest_url, .. } => {
                let form = form(link_type);
                match self.reference(dest_url.into_string(), form, range.clone()) {
                    None => Kind::Words,
                    Some(reference) => Kind::Image(reference),
                }
            }
        })
    }

    /// Reports a block of code that does not end with the line that it begins with.
    fn fence(&mut self, range: &Range<usize>) {
        let source = &self.source[range.clone()];
        let mut lines = source.lines();
        let first = lines.next().unwrap_or_default();
        let mark = if first.starts_with('~') { '~' } else { '`' };
        let length = first.len() - first.trim_start_matches(mark).len();
        let is_end = |line: &str| {
            let line = line.trim_start_matches([' ', '\t', '>']).trim_end();
            line.len() >= length && line.trim_start_matches(mark).is_empty()
        };
        if !lines.next_back().is_some_and(is_end) {
            let end = range.start + first.trim_end().len();
            self.faults.add(FaultKind::UnclosedFence, range.start..end);
        }
    }

    /// Decides what a quote is.
    fn quote(
        &mut self,
        kind: Option<pulldown_cmark::BlockQuoteKind>,
        range: &Range<usize>,
    ) -> Quote {
        use pulldown_cmark::BlockQuoteKind;
        let kind = match kind {
            Some(BlockQuoteKind::Note) => Some(AlertKind::Note),
            Some(BlockQuoteKind::Tip) => Some(AlertKind::Tip),
            Some(BlockQuoteKind::Important) => Some(AlertKind::Important),
            Some(BlockQuoteKind::Warning) => Some(AlertKind::Warning),
            Some(BlockQuoteKind::Caution) => Some(AlertKind::Caution),
            None => None,
        };
        if let Some(kind) = kind {
            return Quote::Alert(kind);
        }
        let source = &self.source[range.clone()];
        let quote = quote::classify(source);
        match quote {
            Quote::Alert(_) | Quote::Restricted => self.awaits_mark = true,
            Quote::Malformed => {
                let line = source.find('\n').unwrap_or(source.len());
                self.faults.restricted(range.start..range.start + line);
            }
            Quote::Plain => {}
        }
        quote
    }

    /// Tells whether text goes into the words for an image.
    pub(super) fn in_image(&self) -> bool {
        self.link_depth > 0
            && std::iter::once(&self.top)
                .chain(&self.below)
                .any(|frame| matches!(frame.kind, Kind::Image(_)))
    }

    /// Makes a reference and gives it its slot; `None` where words must do.
    pub(super) fn reference(
        &mut self,
        target: String,
        form: ReferenceForm,
        range: Range<usize>,
    ) -> Option<Reference> {
        let target = match self.joined {
            Some(_) => target::separated(&target),
            None => target,
        };
        if target.trim().is_empty() {
            self.faults.add(FaultKind::EmptyTarget, range);
            return None;
        }
        if form != ReferenceForm::Wiki
            && let Some(scheme) = target::forbidden_scheme(&target)
        {
            self.faults.add(FaultKind::ForbiddenScheme(scheme), range);
            return None;
        }
        Some(text::number(
            Reference { slot: 0, target, form, span: range.into() },
            &mut self.references,
        ))
    }

    /// Returns the index of a footnote's label.
    pub(super) fn label(&mut self, label: &str) -> u32 {
        let next = u32::try_from(self.footnotes.len()).unwrap_or(u32::MAX);
        let index = *self.labels.entry(label.to_lowercase()).or_insert(next);
        if index == next {
            self.footnotes.push(Footnote { label: label.to_owned(), blocks: Vec::new() });
            self.definitions.push(None);
        }
        index
    }

    pub(super) fn open(&mut self, kind: Kind, range: Range<usize>) {
        self.link_depth += usize::from(kind.bars_links());
        let outer = std::mem::replace(&mut self.top, Frame::new(kind, range));
        self.below.push(outer);
    }

    /// Opens what a tag of raw HTML opens; tells whether it could.
    pub(super) fn open_tag(&mut self, kind: Kind, name: &str, range: Range<usize>) -> bool {
        if self.below.len() >= DEEPEST {
            self.faults.add(FaultKind::NestingTooDeep, range);
            return false;
        }
        self.open(kind, range);
        self.top.tag = Some(name.to_owned());
        true
    }

    /// Closes what tags of raw HTML left open.
    pub(super) fn close_tags(&mut self) {
        while self.top.tag.is_some() && !self.below.is_empty() {
            self.close();
        }
    }

    /// Divides the pending text into inlines of the innermost frame.
    pub(super) fn flush_text(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        if std::mem::take(&mut self.awaits_mark) {
            self.pending.strip_mark();
        }
        let surroundings =
            Surroundings { in_link: self.link_depth > 0, line_start: self.top.at_line_start() };
        let top = &mut self.top;
        let mut out = |inline, start| {
            top.inlines.push(inline);
            top.starts.push(start);
        };
        text::divide(&self.pending, surroundings, &mut self.references, self.faults, &mut out);
        top.text_end = self.pending.source_end();
        self.pending.clear();
    }

    pub(super) fn inline(&mut self, inline: Inline<Written>, range: Range<usize>) {
        self.top.inlines.push(inline);
        self.top.starts.push(range.start);
        self.top.text_end = range.end;
    }

    pub(super) fn block(&mut self, kind: BlockKind<Written>, range: Range<usize>) {
        self.top.blocks.push(Block { kind, span: range.into() });
    }

    fn finish(mut self) -> Draft {
        self.flush_text();
        while !self.below.is_empty() {
            self.close();
        }
        self.flush_loose();
        let Frame { blocks, lines, .. } = self.top;
        let blocks = lettered::convert(blocks, lines);
        Draft {
            body: Body { blocks, footnotes: self.footnotes },
            definitions: self.definitions,
            references: self.references,
        }
    }
}

fn alignment(alignment: pulldown_cmark::Alignment) -> Alignment {
    match alignment {
        pulldown_cmark::Alignment::None => Alignment::Natural,
        pulldown_cmark::Alignment::Left => Alignment::Left,
        pulldown_cmark::Alignment::Center => Alignment::Center,
        pulldown_cmark::Alignment::Right => Alignment::Right,
    }
}

fn form(link: LinkType) -> ReferenceForm {
    match link {
        LinkType::WikiLink { .. } => ReferenceForm::Wiki,
        LinkType::Autolink | LinkType::Email => ReferenceForm::Bare,
        LinkType::Inline
        | LinkType::Reference
        | LinkType::ReferenceUnknown
        | LinkType::Collapsed
        | LinkType::CollapsedUnknown
        | LinkType::Shortcut
        | LinkType::ShortcutUnknown => ReferenceForm::Path,
    }
}

fn address(link: LinkType, address: CowStr<'_>) -> String {
    match link {
        LinkType::Email => format!("mailto:{address}"),
        LinkType::WikiLink { .. } => address.trim().to_owned(),
        _ => address.into_string(),
    }
}
