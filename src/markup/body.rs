//! The text of a document as HTML.
//!
//! Writes elements without style, so that a strict content security policy holds, and with the
//! roles and names that assistive technology needs. Level-2 headings are the top: the title of
//! the page is its level-1 heading.

use std::borrow::Cow;
use std::ops::Range;

use super::escape::escape;
use super::inline::Words;
use crate::model::body::{
    Alignment, Block, BlockKind, Body, Delimiter, Disclosed, Footnote, Heading, Inline, Item, List,
    Marker, Numbering, Resolved, Stage, Table,
};

/// Where a link goes from the page that is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination<'p> {
    /// The reference to write, relative or absolute, unescaped.
    pub href: Cow<'p, str>,
    /// The title of what it points to, for links without words of their own.
    pub title: Cow<'p, str>,
    /// Whether it leaves the site.
    pub external: bool,
}

/// Words of a text that lead somewhere of themselves: an id, or a term of the glossary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark<'p> {
    /// Which bytes of the text.
    pub range: Range<usize>,
    /// The reference to write, unescaped.
    pub href: Cow<'p, str>,
    /// What an id names, or what a term means.
    pub title: Cow<'p, str>,
    /// The number of the term; only its first use in a section is marked.
    pub term: Option<u32>,
}

/// Knows the pages around the one that is being written.
pub trait Pages<S: Stage> {
    /// Returns where a link goes; `None` leaves its words only.
    fn link(&self, link: &S::Link) -> Option<Destination<'_>>;

    /// Returns the address of an image's file; `None` leaves its alternative text only.
    fn image(&self, image: &S::Image) -> Option<Cow<'_, str>>;

    /// Returns the words of a text that lead somewhere of themselves, in order and apart from each
    /// other. Headings, links and code are not asked about.
    fn marks(&self, text: &str) -> Vec<Mark<'_>> {
        let _ = text;
        Vec::new()
    }
}

/// A stage whose bodies can be printed: variables have values.
pub trait Printable: Stage {
    /// Returns what a restricted block holds.
    fn restricted(block: &Self::Restricted) -> &[Block<Self>]
    where
        Self: Sized;

    /// Returns the text of a value.
    fn value(value: &Self::Value) -> &str;
}

impl Printable for Resolved {
    fn restricted(block: &Self::Restricted) -> &[Block<Self>] {
        block
    }

    fn value(value: &Self::Value) -> &str {
        &value.text
    }
}

impl Printable for Disclosed {
    fn restricted(block: &Self::Restricted) -> &[Block<Self>] {
        match *block {}
    }

    fn value(value: &Self::Value) -> &str {
        match *value {}
    }
}

/// Returns a body as HTML. `code` returns the inside of `<pre><code>` for a language and a text,
/// escaped and perhaps highlighted.
pub fn body<S: Printable>(
    body: &Body<S>,
    pages: &impl Pages<S>,
    code: &dyn Fn(Option<&str>, &str) -> String,
) -> String {
    let mut writer = Writer {
        out: String::with_capacity(4096),
        words: Words::new(pages, body.footnotes.len()),
        code,
        tables: 0,
    };
    writer.blocks(&body.blocks);
    writer.footnotes(&body.footnotes);
    writer.out
}

struct Writer<'a, P> {
    out: String,
    words: Words<'a, P>,
    code: &'a dyn Fn(Option<&str>, &str) -> String,
    tables: usize,
}

impl<P> Writer<'_, P> {
    fn blocks<S: Printable>(&mut self, blocks: &[Block<S>])
    where
        P: Pages<S>,
    {
        for block in blocks {
            self.block(&block.kind);
        }
    }

    fn block<S: Printable>(&mut self, kind: &BlockKind<S>)
    where
        P: Pages<S>,
    {
        match kind {
            BlockKind::Heading(heading) => self.heading(heading),
            BlockKind::Paragraph(inlines) => {
                self.out.push_str("<p>");
                self.words.write(inlines, &mut self.out);
                self.out.push_str("</p>\n");
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Quote(blocks) => {
                self.out.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.out.push_str("</blockquote>\n");
            }
            BlockKind::Alert(kind, blocks) => {
                let class = format!("alert alert-{}", kind.word().to_ascii_lowercase());
                self.aside(&class, kind.word(), blocks);
            }
            BlockKind::Restricted(block) => {
                self.aside("restricted", "Internal: staff only", S::restricted(block));
            }
            BlockKind::Code { language, text } => {
                self.out.push_str("<pre tabindex=\"0\"><code");
                if let Some(language) = language {
                    self.attribute("class", &format!("language-{language}"));
                }
                self.out.push('>');
                self.out.push_str(&(self.code)(language.as_deref(), text));
                self.out.push_str("</code></pre>\n");
            }
            BlockKind::Table(table) => self.table(table),
            BlockKind::Definitions(definitions) => {
                self.out.push_str("<dl>\n");
                for definition in definitions {
                    self.out.push_str("<dt>");
                    self.words.write(&definition.term, &mut self.out);
                    self.out.push_str("</dt>\n");
                    for meaning in &definition.meanings {
                        self.out.push_str("<dd>");
                        self.content(meaning, meaning.len() == 1);
                        self.out.push_str("</dd>\n");
                    }
                }
                self.out.push_str("</dl>\n");
            }
            BlockKind::Html(html) => {
                self.out.push_str(html);
                self.out.push('\n');
            }
            BlockKind::Break => self.out.push_str("<hr>\n"),
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    fn heading<S: Printable>(&mut self, heading: &Heading<S>)
    where
        P: Pages<S>,
    {
        let level = char::from(b'0' + heading.level.clamp(1, 6));
        self.out.push_str("<h");
        self.out.push(level);
        self.attribute("id", &heading.anchor);
        self.out.push('>');
        if let Some(number) = &heading.number {
            self.out.push_str("<span class=\"number\">");
            escape(number, &mut self.out);
            self.out.push_str("</span> ");
        }
        self.words.begin_section(heading.level);
        self.words.write_unmarked(&heading.text, &mut self.out);
        self.out.push_str(" <a class=\"permalink\"");
        self.attribute("href", &format!("#{}", heading.anchor));
        let mut label = "Link to ".to_owned();
        self.words.plain(&heading.text, &mut label);
        self.attribute("aria-label", &label);
        self.out.push_str(">#</a></h");
        self.out.push(level);
        self.out.push_str(">\n");
    }

    fn aside<S: Printable>(&mut self, class: &str, title: &str, blocks: &[Block<S>])
    where
        P: Pages<S>,
    {
        self.out.push_str("<aside role=\"note\"");
        self.attribute("class", class);
        self.out.push_str("><p class=\"alert-title\">");
        escape(title, &mut self.out);
        self.out.push_str("</p>\n");
        self.blocks(blocks);
        self.out.push_str("</aside>\n");
    }

    fn list<S: Printable>(&mut self, list: &List<S>)
    where
        P: Pages<S>,
    {
        let has = |found: fn(&Item<S>) -> bool| list.items.iter().any(found);
        let clauses = has(|item| item.clause.as_ref().is_some_and(|mark| !mark.number.is_empty()));
        let (element, opening) = match list.marker {
            Marker::Bullet => ("ul", if has(|item| item.task.is_some()) { "tasks" } else { "" }),
            Marker::Ordered { .. } if clauses => ("ol", "clauses"),
            // Style sheets do not tell `type="A"` from `type="a"`.
            Marker::Ordered { delimiter, numbering, .. } => {
                let is_upper = matches!(numbering, Numbering::UpperLetter | Numbering::UpperRoman);
                match (delimiter, is_upper) {
                    (Delimiter::Period, _) => ("ol", ""),
                    (Delimiter::Parenthesis, false) => ("ol", "parenthesis"),
                    (Delimiter::Parenthesis, true) => ("ol", "parenthesis upper"),
                    (Delimiter::Parentheses, false) => ("ol", "parentheses"),
                    (Delimiter::Parentheses, true) => ("ol", "parentheses upper"),
                }
            }
        };
        self.out.push('<');
        self.out.push_str(element);
        if !opening.is_empty() {
            self.attribute("class", opening);
        }
        if let Marker::Ordered { start, numbering, .. } = list.marker
            && !clauses
        {
            match numbering {
                Numbering::Decimal => {}
                Numbering::LowerLetter => self.attribute("type", "a"),
                Numbering::UpperLetter => self.attribute("type", "A"),
                Numbering::LowerRoman => self.attribute("type", "i"),
                Numbering::UpperRoman => self.attribute("type", "I"),
            }
            if start != 1 {
                self.attribute("start", &start.to_string());
            }
        }
        self.out.push_str(">\n");
        for item in &list.items {
            self.item(item, list.tight);
        }
        self.out.push_str("</");
        self.out.push_str(element);
        self.out.push_str(">\n");
    }

    fn item<S: Printable>(&mut self, item: &Item<S>, tight: bool)
    where
        P: Pages<S>,
    {
        self.out.push_str("<li");
        if let Some(mark) = &item.clause {
            self.attribute("id", &mark.anchor);
            self.attribute("class", "clause");
            if !mark.audiences.is_empty() {
                self.attribute("data-for", &mark.audiences.join(" "));
            }
        } else if item.task.is_some() {
            self.attribute("class", "task");
        }
        self.out.push('>');
        if let Some(mark) = &item.clause
            && !mark.number.is_empty()
        {
            self.out.push_str("<span class=\"number\"><a");
            self.attribute("href", &format!("#{}", mark.anchor));
            self.out.push('>');
            escape(&mark.number, &mut self.out);
            self.out.push_str("</a></span> ");
        }
        match item.task {
            Some(true) => {
                self.out
                    .push_str("<input type=\"checkbox\" disabled checked aria-label=\"Done\"> ");
            }
            Some(false) => {
                self.out.push_str("<input type=\"checkbox\" disabled aria-label=\"Not done\"> ");
            }
            None => {}
        }
        self.content(&item.blocks, tight);
        self.out.push_str("</li>\n");
    }

    /// Writes the blocks of an item; in tight lists paragraphs are bare text.
    fn content<S: Printable>(&mut self, blocks: &[Block<S>], tight: bool)
    where
        P: Pages<S>,
    {
        for (index, block) in blocks.iter().enumerate() {
            match &block.kind {
                BlockKind::Paragraph(inlines) if tight => {
                    self.words.write(inlines, &mut self.out);
                    if index + 1 < blocks.len() {
                        self.out.push('\n');
                    }
                }
                kind => self.block(kind),
            }
        }
    }

    fn table<S: Printable>(&mut self, table: &Table<S>)
    where
        P: Pages<S>,
    {
        self.tables += 1;
        let mut label = format!("Table {}", self.tables);
        let mut before = ": ";
        for cell in &table.head {
            let start = label.len();
            label.push_str(before);
            self.words.plain(cell, &mut label);
            if label.len() == start + before.len() {
                label.truncate(start);
            } else {
                before = ", ";
            }
        }
        self.out.push_str("<div class=\"table\" tabindex=\"0\" role=\"group\"");
        self.attribute("aria-label", &label);
        self.out.push_str("><table>\n");
        if table.head.iter().any(|cell| !cell.is_empty()) {
            self.out.push_str("<thead>\n<tr>");
            for (cell, alignment) in table.head.iter().zip(&table.alignments) {
                // A header cell without text has nothing to say about its column.
                let (element, scope) =
                    if cell.is_empty() { ("td", "") } else { ("th", " scope=\"col\"") };
                self.cell(element, scope, *alignment, cell);
            }
            self.out.push_str("</tr>\n</thead>\n");
        }
        if !table.rows.is_empty() {
            self.out.push_str("<tbody>\n");
            for row in &table.rows {
                self.out.push_str("<tr>");
                for (cell, alignment) in row.iter().zip(&table.alignments) {
                    self.cell("td", "", *alignment, cell);
                }
                self.out.push_str("</tr>\n");
            }
            self.out.push_str("</tbody>\n");
        }
        self.out.push_str("</table></div>\n");
    }

    fn cell<S: Printable>(
        &mut self,
        element: &str,
        scope: &str,
        alignment: Alignment,
        inlines: &[Inline<S>],
    ) where
        P: Pages<S>,
    {
        let class = match alignment {
            Alignment::Natural => "",
            Alignment::Left => " class=\"left\"",
            Alignment::Center => " class=\"center\"",
            Alignment::Right => " class=\"right\"",
        };
        for part in ["<", element, scope, class, ">"] {
            self.out.push_str(part);
        }
        self.words.write(inlines, &mut self.out);
        for part in ["</", element, ">"] {
            self.out.push_str(part);
        }
    }

    fn footnotes<S: Printable>(&mut self, footnotes: &[Footnote<S>])
    where
        P: Pages<S>,
    {
        if footnotes.is_empty() {
            return;
        }
        let before = std::mem::take(&mut self.out);
        // Footnotes mention footnotes, so all are written before any gets its links back.
        let mut texts = Vec::with_capacity(footnotes.len());
        for footnote in footnotes {
            self.blocks(&footnote.blocks);
            texts.push(std::mem::take(&mut self.out));
        }
        self.out = before;
        self.out.push_str(
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n",
        );
        for (index, text) in texts.iter().enumerate() {
            let number = index + 1;
            self.out.push_str("<li");
            self.attribute("id", &format!("fn:{number}"));
            self.out.push('>');
            let (text, end) = match text.strip_suffix("</p>\n") {
                Some(text) => (text, "</p>\n"),
                None => (text.as_str(), ""),
            };
            self.out.push_str(text);
            let mentions = self.words.mentions.get(index).copied().unwrap_or_default();
            for mention in 1..=mentions {
                self.out.push_str(" <a class=\"back\" role=\"doc-backlink\"");
                self.attribute("href", &format!("#{}", mention_id(number, mention)));
                let label = match mention {
                    1 => format!("Back to footnote mention {number}"),
                    _ => format!("Back to footnote mention {number}, occurrence {mention}"),
                };
                self.attribute("aria-label", &label);
                self.out.push_str(">\u{21a9}</a>");
            }
            self.out.push_str(end);
            self.out.push_str("</li>\n");
        }
        self.out.push_str("</ol>\n</section>\n");
    }
}

/// Returns the anchor of a mention of a footnote. Anchors of authors hold no colon.
pub(super) fn mention_id(number: usize, mention: usize) -> String {
    match mention {
        1 => format!("fnref:{number}"),
        _ => format!("fnref:{number}:{mention}"),
    }
}
