//! Text inside blocks as HTML.

use std::collections::BTreeSet;

use super::body::{Destination, Pages, Printable, mention_id};
use super::escape::escape;
use crate::model::body::{Element, Inline};

/// Writes text and counts the mentions of footnotes.
pub(super) struct Words<'a, P> {
    pub(super) pages: &'a P,
    /// How often each footnote was mentioned so far.
    pub(super) mentions: Vec<usize>,
    /// The terms that the section has used.
    used: BTreeSet<u32>,
    /// Whether words lead nowhere of themselves, because they stand in a heading or a link.
    is_unmarked: bool,
}

impl<'a, P> Words<'a, P> {
    pub(super) fn new(pages: &'a P, footnotes: usize) -> Self {
        Self { pages, mentions: vec![0; footnotes], used: BTreeSet::new(), is_unmarked: false }
    }

    /// Forgets which terms were used, at headings that begin a section.
    pub(super) fn begin_section(&mut self, level: u8) {
        if level <= 2 {
            self.used.clear();
        }
    }

    /// Writes text in which no word leads anywhere of itself.
    pub(super) fn write_unmarked<S: Printable>(&mut self, inlines: &[Inline<S>], out: &mut String)
    where
        P: Pages<S>,
    {
        let before = std::mem::replace(&mut self.is_unmarked, true);
        self.write(inlines, out);
        self.is_unmarked = before;
    }

    fn text<S: Printable>(&mut self, text: &str, out: &mut String)
    where
        P: Pages<S>,
    {
        let marks = if self.is_unmarked { Vec::new() } else { self.pages.marks(text) };
        let mut written = 0;
        for mark in marks {
            if mark.term.is_some_and(|term| !self.used.insert(term)) {
                continue;
            }
            escape(&text[written..mark.range.start], out);
            out.push_str(if mark.term.is_some() { "<a class=\"term" } else { "<a class=\"id" });
            out.push_str("\" href=\"");
            escape(&mark.href, out);
            out.push_str("\" title=\"");
            escape(&mark.title, out);
            out.push_str("\">");
            escape(&text[mark.range.clone()], out);
            out.push_str("</a>");
            written = mark.range.end;
        }
        escape(&text[written..], out);
    }

    pub(super) fn write<S: Printable>(&mut self, inlines: &[Inline<S>], out: &mut String)
    where
        P: Pages<S>,
    {
        for inline in inlines {
            self.inline(inline, out);
        }
    }

    fn inline<S: Printable>(&mut self, inline: &Inline<S>, out: &mut String)
    where
        P: Pages<S>,
    {
        match inline {
            Inline::Text(text) => self.text::<S>(text, out),
            Inline::Code(code) => {
                out.push_str("<code>");
                escape(code, out);
                out.push_str("</code>");
            }
            Inline::Emphasis(inside) => self.element("em", inside, out),
            Inline::Strong(inside) => self.element("strong", inside, out),
            Inline::Strikethrough(inside) => self.element("del", inside, out),
            Inline::Element(element, inside) => {
                let name = match element {
                    Element::Subscript => "sub",
                    Element::Superscript => "sup",
                    Element::Keyboard => "kbd",
                    Element::Mark => "mark",
                    Element::Small => "small",
                    Element::Inserted => "ins",
                };
                self.element(name, inside, out);
            }
            Inline::Link(link, inside) => match self.pages.link(link) {
                Some(destination) => {
                    open_link(&destination, out);
                    self.write_unmarked(inside, out);
                    out.push_str("</a>");
                }
                None => self.write_unmarked(inside, out),
            },
            Inline::AutoTitle(link) => {
                if let Some(destination) = self.pages.link(link) {
                    open_link(&destination, out);
                    escape(&destination.title, out);
                    out.push_str("</a>");
                }
            }
            Inline::Image { source, alt } => match self.pages.image(source) {
                Some(address) => {
                    out.push_str("<img src=\"");
                    escape(&address, out);
                    out.push_str("\" alt=\"");
                    escape(alt, out);
                    out.push_str("\" loading=\"lazy\">");
                }
                None => escape(alt, out),
            },
            Inline::Value(value) => escape(S::value(value), out),
            Inline::Footnote(index) => self.mention(*index, out),
            Inline::Anchor(name) => {
                out.push_str("<span id=\"");
                escape(name, out);
                out.push_str("\"></span>");
            }
            Inline::SoftBreak => out.push('\n'),
            Inline::HardBreak => out.push_str("<br>\n"),
        }
    }

    fn element<S: Printable>(&mut self, name: &str, inside: &[Inline<S>], out: &mut String)
    where
        P: Pages<S>,
    {
        for part in ["<", name, ">"] {
            out.push_str(part);
        }
        self.write(inside, out);
        for part in ["</", name, ">"] {
            out.push_str(part);
        }
    }

    fn mention(&mut self, index: u32, out: &mut String) {
        let index = usize::try_from(index).unwrap_or(usize::MAX);
        let Some(count) = self.mentions.get_mut(index) else { return };
        *count += 1;
        let number = index + 1;
        let id = mention_id(number, *count);
        let number = number.to_string();
        for part in [
            "<sup class=\"footnote\"><a id=\"",
            &id,
            "\" href=\"#fn:",
            &number,
            "\" role=\"doc-noteref\" aria-label=\"Footnote ",
            &number,
            "\">",
            &number,
            "</a></sup>",
        ] {
            out.push_str(part);
        }
    }

    /// Appends text without marks or tags, not escaped.
    pub(super) fn plain<S: Printable>(&self, inlines: &[Inline<S>], out: &mut String)
    where
        P: Pages<S>,
    {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => out.push_str(text),
                Inline::Emphasis(inside)
                | Inline::Strong(inside)
                | Inline::Strikethrough(inside)
                | Inline::Element(_, inside)
                | Inline::Link(_, inside) => self.plain(inside, out),
                Inline::AutoTitle(link) => {
                    if let Some(destination) = self.pages.link(link) {
                        out.push_str(&destination.title);
                    }
                }
                Inline::Image { alt, .. } => out.push_str(alt),
                Inline::Value(value) => out.push_str(S::value(value)),
                Inline::Footnote(_) | Inline::Anchor(_) => {}
                Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            }
        }
    }
}

fn open_link(destination: &Destination<'_>, out: &mut String) {
    out.push_str("<a");
    if destination.external {
        out.push_str(" class=\"external\"");
    }
    out.push_str(" href=\"");
    escape(&destination.href, out);
    out.push('"');
    if destination.external {
        out.push_str(" rel=\"noopener noreferrer\"");
    }
    out.push('>');
}
