//! Raw HTML: what has a place in the tree gets it, blocks are cleaned, the rest is reported.

use std::ops::Range;

use super::build::Builder;
use super::fault::{Dialect, FaultKind};
use super::frame::{Frame, Kind};
use super::tag::{Piece, Tag, decoded, pieces, written};
use crate::model::body::{Block, BlockKind, Element, Inline, ReferenceForm};
use crate::parse::{html, placeholder};

/// How many elements may be open in a block: parsers of HTML take quadratic time in it.
const DEEPEST: usize = 500;

/// The elements that only divide text into paragraphs.
const WRAPPERS: [&str; 3] = ["p", "div", "center"];

/// The attributes of those elements that say only how they look.
const LOOKS: [&str; 4] = ["align", "class", "dir", "lang"];

impl Builder<'_, '_> {
    /// Reads one piece of raw HTML inside text.
    pub(super) fn raw_inline(&mut self, html: &str, range: Range<usize>) {
        for (piece, typed) in written(html) {
            match piece {
                Piece::Comment => {}
                Piece::Text(text) => self.pending.push(&decoded(text), range.start),
                Piece::Other => {
                    self.removed(html.trim_end().chars().take(20).collect(), range.clone());
                }
                Piece::Tag(tag) if is_placeholder(&tag) => self.pending.push(typed, range.start),
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
        self.lost(tag, range.clone(), |attribute, _| kept.contains(&attribute));
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
                    || is_placeholder(&tag)
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
        let mut at = range.start;
        for (piece, typed) in written(html) {
            let place = self.typed_at(typed, &mut at, &range);
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
                    self.lost(&tag, place, |_, _| false);
                    self.flush_text();
                    self.close_tags();
                    self.close();
                    self.open(Kind::Paragraph, range.clone());
                }
                Piece::Tag(tag) if is_placeholder(&tag) => self.pending.push(typed, place.start),
                Piece::Tag(tag) => self.tag(&tag, place),
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
        let mut at = range.start;
        for (piece, typed) in written(raw) {
            let place = self.typed_at(typed, &mut at, &range);
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
                    self.removed(format!("<{}>", tag.name), place);
                }
                Piece::Tag(tag) => self.lost(&tag, place, |attribute, value| {
                    let absolute = ["http://", "https://", "mailto:"]
                        .iter()
                        .any(|scheme| value.trim().to_ascii_lowercase().starts_with(scheme));
                    html::keeps_attribute(&tag.name, attribute) && (attribute != "href" || absolute)
                }),
                Piece::Other => self.removed("a declaration".to_owned(), place),
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

    /// Returns where a piece of a block stands, from `at` on: the source has the marks of quotes and
    /// lists between the lines of a block, the piece has not.
    fn typed_at(&self, typed: &str, at: &mut usize, block: &Range<usize>) -> Range<usize> {
        let first = typed.split('\n').next().unwrap_or(typed);
        let rest = self.source.get(*at..block.end).unwrap_or_default();
        let Some(found) = rest.find(first) else { return block.clone() };
        let start = *at + found;
        let whole = self.source.get(start..block.end).is_some_and(|it| it.starts_with(typed));
        let end = start + if whole { typed.len() } else { first.len() };
        *at = end;
        start..end
    }

    /// Reports the attributes that a tag loses, once for all of them.
    fn lost(&mut self, tag: &Tag, range: Range<usize>, kept: impl Fn(&str, &str) -> bool) {
        let lost = |looks: bool| {
            let lost = tag.attributes.iter().filter(|(name, value)| !kept(name, value));
            let lost = lost.map(|(name, _)| name.as_str());
            let mut lost: Vec<&str> = lost.filter(|name| LOOKS.contains(name) == looks).collect();
            lost.dedup();
            lost.join("`, `")
        };
        let (important, looks) = (lost(false), lost(true));
        if !important.is_empty() {
            self.removed(important, range);
        } else if !looks.is_empty() {
            self.faults.add(FaultKind::LooksRemoved(looks), range);
        }
    }

    fn removed(&mut self, what: String, range: Range<usize>) {
        self.faults.add(FaultKind::RawHtmlRemoved(what), range);
    }
}

/// Returns whether a tag is none of HTML but stands for something to be filled in.
fn is_placeholder(tag: &Tag) -> bool {
    !tag.closing && placeholder::TAGS.contains(&tag.name.as_str())
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
