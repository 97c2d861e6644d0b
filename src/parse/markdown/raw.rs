//! Raw HTML: what has a place in the tree gets it, blocks are cleaned, the rest is reported.

use std::ops::Range;

use super::build::Builder;
use super::fault::{Dialect, FaultKind};
use super::frame::{Frame, Kind};
use super::tag::{Piece, Tag, decoded, pieces};
use crate::model::body::{Block, BlockKind, Element, Inline, ReferenceForm};
use crate::parse::html;

/// How many elements may be open in a block: parsers of HTML take quadratic time in it.
const DEEPEST: usize = 500;

/// The elements that only divide text into paragraphs.
const WRAPPERS: [&str; 3] = ["p", "div", "center"];

/// The attributes of those elements that say only how they look.
const LOOKS: [&str; 4] = ["align", "class", "dir", "lang"];

impl Builder<'_, '_> {
    /// Reads one piece of raw HTML inside text.
    pub(super) fn raw_inline(&mut self, html: &str, range: Range<usize>) {
        for piece in pieces(html) {
            match piece {
                Piece::Comment => {}
                Piece::Text(text) => self.pending.push(&decoded(text), range.start),
                Piece::Other => {
                    self.removed(html.trim_end().chars().take(20).collect(), range.clone());
                }
                Piece::Tag(tag) => self.tag(&tag, range.clone()),
            }
        }
    }

    /// Reads a tag inside text.
    fn tag(&mut self, tag: &Tag, range: Range<usize>) {
        self.flush_text();
        let name = tag.name.as_str();
        if tag.closing {
            if self.top.tag.as_deref() == Some(name) {
                self.top.end = range.end;
                self.close();
            } else if element(name).is_some() || name == "a" {
                self.removed(format!("</{name}>"), range);
            }
            return;
        }
        let is_known = matches!(name, "a" | "br" | "img") || element(name).is_some();
        if !is_known {
            self.removed(format!("<{name}>"), range);
            return;
        }
        let kept: &[&str] = match name {
            "a" => &["href", "name", "id", "rel", "target", "title"],
            "img" => &["src", "alt", "title", "width", "height"],
            _ => &[],
        };
        for (attribute, _) in &tag.attributes {
            if !kept.contains(&attribute.as_str()) {
                self.removed(attribute.clone(), range.clone());
            }
        }
        let kind = match name {
            "br" => return self.inline(Inline::HardBreak, range),
            "img" => return self.image(tag, range),
            "a" => self.anchor(tag, range.clone()),
            _ => match element(name) {
                Some(kind) => kind,
                None => return,
            },
        };
        self.open_tag(kind, name, range);
    }

    fn image(&mut self, tag: &Tag, range: Range<usize>) {
        let alt = tag.attribute("alt").unwrap_or_default().to_owned();
        let target = tag.attribute("src").unwrap_or_default().to_owned();
        let source = if self.in_image() {
            None
        } else {
            self.reference(target, ReferenceForm::Path, range.clone())
        };
        match source {
            Some(source) => self.inline(Inline::Image { source, alt }, range),
            None => self.inline(Inline::Text(alt), range),
        }
    }

    /// Reads `<a …>`: a place to jump to, a link, or both.
    fn anchor(&mut self, tag: &Tag, range: Range<usize>) -> Kind {
        let name = tag.attribute("id").or_else(|| tag.attribute("name"));
        let name = name.filter(|name| !name.is_empty());
        if let Some(name) = name {
            let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            if name.chars().all(good) {
                self.inline(Inline::Anchor(name.to_owned()), range.clone());
            } else {
                self.removed("id".to_owned(), range.clone());
            }
        }
        let Some(target) = tag.attribute("href") else { return Kind::Words };
        if self.link_depth > 0 {
            return Kind::Words;
        }
        match self.reference(target.to_owned(), ReferenceForm::Path, range) {
            Some(reference) => Kind::Link(reference),
            None => Kind::Words,
        }
    }

    /// Reads a block of raw HTML: as text where its elements have a place in the tree, else
    /// cleaned.
    pub(super) fn raw_block(&mut self, html: &str, range: Range<usize>) {
        if html.contains("[!") && html.to_ascii_lowercase().contains("[!internal") {
            self.faults.restricted(range.clone());
        }
        let textual = pieces(html).all(|piece| match piece {
            Piece::Tag(tag) => {
                let name = tag.name.as_str();
                matches!(name, "a" | "br" | "img")
                    || WRAPPERS.contains(&name)
                    || element(name).is_some()
            }
            Piece::Text(_) | Piece::Comment => true,
            Piece::Other => false,
        });
        if textual { self.raw_text(html, range) } else { self.cleaned(html, range) }
    }

    /// Reads a block of raw HTML as paragraphs.
    fn raw_text(&mut self, html: &str, range: Range<usize>) {
        self.open(Kind::Paragraph, range.clone());
        for piece in pieces(html) {
            match piece {
                Piece::Text(text) => {
                    let text = decoded(text);
                    let text = if self.top.inlines.is_empty() { text.trim_start() } else { &text };
                    let words = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
                    let spaced = text.ends_with(char::is_whitespace) && !words.is_empty();
                    if text.starts_with(char::is_whitespace) {
                        self.pending.push(" ", range.start);
                    }
                    self.pending.push(&words, range.start);
                    if spaced {
                        self.pending.push(" ", range.start);
                    }
                }
                Piece::Tag(tag) if WRAPPERS.contains(&tag.name.as_str()) => {
                    let lost = tag
                        .attributes
                        .iter()
                        .map(|(name, _)| name)
                        .filter(|name| !LOOKS.contains(&name.as_str()));
                    lost.for_each(|name| self.removed(name.clone(), range.clone()));
                    self.flush_text();
                    self.close_tags();
                    self.close();
                    self.open(Kind::Paragraph, range.clone());
                }
                Piece::Tag(tag) => self.tag(&tag, range.clone()),
                Piece::Comment | Piece::Other => {}
            }
        }
        self.flush_text();
        self.close_tags();
        self.trim_end();
        self.close();
    }

    /// Removes white space at the end of the innermost frame.
    fn trim_end(&mut self) {
        let Frame { inlines, starts, .. } = &mut self.top;
        if let Some(Inline::Text(text)) = inlines.last_mut() {
            text.truncate(text.trim_end().len());
            if text.is_empty() {
                inlines.pop();
                starts.pop();
            }
        }
    }

    /// Keeps what is safe of a block of raw HTML.
    fn cleaned(&mut self, raw: &str, range: Range<usize>) {
        let mut depth = 0_usize;
        for piece in pieces(raw) {
            if let Piece::Tag(tag) = &piece {
                depth = if tag.closing { depth.saturating_sub(1) } else { depth + 1 };
            }
            if depth > DEEPEST {
                self.faults.add(FaultKind::NestingTooDeep, range);
                return;
            }
            match piece {
                Piece::Tag(tag) if tag.closing => {}
                Piece::Tag(tag) if !html::keeps_element(&tag.name) => {
                    self.removed(format!("<{}>", tag.name), range.clone());
                }
                Piece::Tag(tag) => {
                    for (attribute, value) in &tag.attributes {
                        let absolute = ["http://", "https://", "mailto:"]
                            .iter()
                            .any(|scheme| value.trim().to_ascii_lowercase().starts_with(scheme));
                        let kept = html::keeps_attribute(&tag.name, attribute)
                            && (attribute != "href" || absolute);
                        if !kept {
                            self.removed(attribute.clone(), range.clone());
                        }
                    }
                }
                Piece::Other => self.removed("a declaration".to_owned(), range.clone()),
                Piece::Text(_) | Piece::Comment => {}
            }
        }
        for (tag, dialect) in
            [("{{", Dialect::Mustache), ("{%", Dialect::Liquid), ("<%", Dialect::Erb)]
        {
            if raw.contains(tag) {
                self.faults.add(FaultKind::Dialect(dialect), range.clone());
            }
        }
        let clean = html::clean(raw);
        let clean = clean.trim();
        if !clean.is_empty() {
            let kind = BlockKind::Html(clean.to_owned());
            self.top.blocks.push(Block { kind, span: range.into() });
        }
    }

    fn removed(&mut self, what: String, range: Range<usize>) {
        self.faults.add(FaultKind::RawHtmlRemoved(what), range);
    }
}

/// Returns what an element without attributes becomes inside text.
fn element(name: &str) -> Option<Kind> {
    Some(match name {
        "b" | "strong" => Kind::Strong,
        "i" | "em" => Kind::Emphasis,
        "s" | "del" | "strike" => Kind::Strikethrough,
        "code" => Kind::CodeText,
        "sub" => Kind::Element(Element::Subscript),
        "sup" => Kind::Element(Element::Superscript),
        "kbd" => Kind::Element(Element::Keyboard),
        "mark" => Kind::Element(Element::Mark),
        "small" => Kind::Element(Element::Small),
        "u" | "ins" => Kind::Element(Element::Inserted),
        _ => return None,
    })
}
