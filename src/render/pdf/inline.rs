//! Text inside blocks to typst code.

use std::fmt::Write as _;

use super::literal;
use super::source::Writer;
use super::{PdfPages, PdfTarget};
use crate::model::body::{Element, Inline, Stage};

impl<'a, S: Stage> Writer<'a, S> {
    pub(super) fn inlines(&mut self, inlines: &'a [Inline<S>]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &'a Inline<S>) {
        match inline {
            Inline::Text(text) => self.words(text),
            Inline::Code(code) => {
                self.out.push_str("#raw(");
                self.literal(code);
                self.out.push(')');
            }
            Inline::Emphasis(inlines) => self.wrapped("emph", inlines),
            Inline::Strong(inlines) => self.wrapped("strong", inlines),
            Inline::Strikethrough(inlines) => self.wrapped("strike", inlines),
            Inline::Element(element, inlines) => self.wrapped(function(*element), inlines),
            Inline::Link(link, inlines) => {
                let target = self.text.pages.target(link);
                self.link(&target, &plain(inlines, self.text.pages), |writer| {
                    writer.inlines(inlines);
                });
            }
            Inline::AutoTitle(link) => {
                let target = self.text.pages.target(link);
                let title = self.text.pages.title(link);
                self.link(&target, &title, |writer| writer.words(&title));
            }
            Inline::Image { source, alt } => self.picture("inline-picture", source, alt),
            Inline::Value(value) => self.words(self.text.pages.value(value)),
            Inline::Footnote(index) => self.footnote(*index),
            Inline::Anchor(anchor) => self.point(anchor),
            Inline::SoftBreak => self.out.push(' '),
            Inline::HardBreak => self.out.push_str("#linebreak()"),
        }
    }

    fn words(&mut self, text: &str) {
        if !text.is_empty() {
            self.out.push('#');
            self.literal(text);
        }
    }

    fn wrapped(&mut self, function: &str, inlines: &'a [Inline<S>]) {
        let _infallible = write!(self.out, "#{function}[");
        self.inlines(inlines);
        self.out.push(']');
    }

    fn link(&mut self, target: &PdfTarget, words: &str, content: impl FnOnce(&mut Self)) {
        let printed = match target {
            PdfTarget::Here(anchor) if self.has_anchor(anchor) => {
                self.out.push_str("#link(label(");
                literal::push(&format!("at:{anchor}"), &mut self.out);
                self.out.push_str("))[");
                None
            }
            PdfTarget::Page(address) => {
                let Some(address) = absolute(self.base_url, address) else {
                    return content(self);
                };
                self.open_link(&address);
                None
            }
            PdfTarget::Web(address) => {
                self.open_link(address);
                Some(address.as_str()).filter(|address| !says(words, address))
            }
            PdfTarget::Here(_) | PdfTarget::Nowhere => return content(self),
        };
        content(self);
        self.out.push(']');
        if let Some(address) = printed {
            self.out.push_str("#target(");
            self.literal(short(address));
            self.out.push(')');
        }
    }

    fn open_link(&mut self, address: &str) {
        self.out.push_str("#link(");
        literal::push(address, &mut self.out);
        self.out.push_str(")[");
    }

    fn footnote(&mut self, index: u32) {
        let label = literal::of(&format!("note:{index}"));
        if !self.noted.insert(index) {
            let _infallible = write!(self.out, "#footnote(label({label}))");
            return;
        }
        let body = self.text.body;
        let note = usize::try_from(index).ok().and_then(|index| body.footnotes.get(index));
        if let Some(note) = note {
            self.out.push_str("#footnote");
            self.bracketed(&note.blocks);
            let _infallible = write!(self.out, "#label({label})");
        }
    }

    pub(super) fn picture(&mut self, function: &str, source: &S::Image, alt: &str) {
        let name = self.text.pages.picture(source);
        let path = name.as_deref().and_then(|name| self.file(name));
        // A picture that is wrong was reported where it was looked up.
        let Some(path) = path else { return self.words(alt) };
        // The call of `image` stands here and not in the template, so that what typst says about
        // a file has its place.
        if alt.trim().is_empty() {
            let _infallible = write!(self.out, "#{function}(pdf.artifact(image(\"{path}\")))");
        } else {
            let _infallible = write!(self.out, "#{function}(image(\"{path}\", alt: ");
            self.literal(alt);
            self.out.push_str("))");
        }
    }
}

/// Returns the words of text, as for measuring and comparing.
pub(super) fn plain<S: Stage>(inlines: &[Inline<S>], pages: &(dyn PdfPages<S> + Sync)) -> String {
    let mut out = String::new();
    push_plain(inlines, pages, &mut out);
    out
}

fn push_plain<S: Stage>(inlines: &[Inline<S>], pages: &(dyn PdfPages<S> + Sync), out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inlines)
            | Inline::Strong(inlines)
            | Inline::Strikethrough(inlines)
            | Inline::Element(_, inlines)
            | Inline::Link(_, inlines) => push_plain(inlines, pages, out),
            Inline::AutoTitle(link) => out.push_str(&pages.title(link)),
            Inline::Image { alt, .. } => out.push_str(alt),
            Inline::Value(value) => out.push_str(pages.value(value)),
            Inline::Footnote(_) | Inline::Anchor(_) => {}
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
        }
    }
}

fn function(element: Element) -> &'static str {
    match element {
        Element::Subscript => "sub",
        Element::Superscript => "super",
        Element::Keyboard => "keyboard",
        Element::Mark => "marker",
        Element::Small => "small",
        Element::Inserted => "underline",
    }
}

/// Returns the absolute form of an address of ours.
fn absolute(base_url: Option<&str>, address: &str) -> Option<String> {
    if address.starts_with("https://") || address.starts_with("http://") {
        return Some(address.to_owned());
    }
    let base = base_url?.trim_end_matches('/');
    Some(format!("{base}/{}", address.trim_start_matches('/')))
}

/// Returns an address as it is printed.
fn short(address: &str) -> &str {
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address)
        .trim_end_matches('/')
}

/// Tells whether words already give an address.
fn says(words: &str, address: &str) -> bool {
    words.to_lowercase().contains(&short(address).to_lowercase())
}
