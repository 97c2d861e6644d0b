//! Text inside blocks as HTML.

use super::body::{Destination, Pages, Printable, mention_id};
use super::escape::escape;
use crate::model::body::{Element, Inline};

/// Writes text and counts the mentions of footnotes.
pub(super) struct Words<'a, P> {
    pub(super) pages: &'a P,
    /// How often each footnote was mentioned so far.
    pub(super) mentions: Vec<usize>,
}

impl<P> Words<'_, P> {
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
            Inline::Text(text) => escape(text, out),
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
                    self.write(inside, out);
                    out.push_str("</a>");
                }
                None => self.write(inside, out),
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
