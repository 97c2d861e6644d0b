//! Markdown source as blocks: a partition of the text, line by line.
//!
//! The segmenter reads no more of Markdown than a comparison needs, and never leaves a byte out:
//! the blocks of a text, one after the other, are the text. Its work is linear.

use serde::Serialize;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A heading, with its underline if it has one.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list, up to the next item or blank line.
    Item,
    /// A row of a table.
    Row,
    /// A line of code, or a fence.
    Code,
    /// An HTML comment between blocks.
    Comment,
    /// Lines of a quote, an alert or a restricted block.
    Quote,
    /// Lines that begin with an HTML tag.
    Html,
    /// The definition of a link or a footnote.
    Definition,
    /// A line between parts.
    Rule,
    /// Blank lines between blocks.
    Blank,
    /// An entry of front matter, a variable or a file.
    Fact,
}

impl Kind {
    /// Returns the word for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Item => "list item",
            Self::Row => "table row",
            Self::Code => "code line",
            Self::Comment => "comment",
            Self::Quote => "quote",
            Self::Html => "HTML",
            Self::Definition => "definition",
            Self::Rule => "line",
            Self::Blank => "blank lines",
            Self::Fact => "entry",
        }
    }

    /// Returns whether every space counts.
    pub(super) fn is_exact(self) -> bool {
        matches!(self, Self::Code | Self::Fact)
    }
}

/// A block: its kind and where it stands, its line end included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What the next line may belong to.
enum Open {
    /// Nothing: it begins a block.
    Nothing,
    /// A block of this kind that goes on.
    Text(Kind),
    /// A fence of this character and length, perhaps inside a quote.
    Fence { mark: u8, length: usize, quoted: bool },
    /// A comment that is not closed yet.
    Comment,
    /// A table whose rows need not begin with a bar.
    Table,
}

/// Takes the text from `start` on apart. Offsets are those of `text`.
pub(super) fn blocks(text: &str, start: usize) -> Vec<Block> {
    let mut segmenter = Segmenter { blocks: Vec::new(), open: Open::Nothing, in_list: false };
    let mut at = start;
    let mut lines = text[start..].split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let end = at + line.len();
        segmenter.line(line.trim_end_matches('\n'), lines.peek().copied(), at, end);
        at = end;
    }
    segmenter.blocks
}

struct Segmenter {
    blocks: Vec<Block>,
    open: Open,
    /// Whether indented text belongs to an item.
    in_list: bool,
}

impl Segmenter {
    fn push(&mut self, kind: Kind, start: usize, end: usize, open: Open) {
        self.blocks.push(Block { kind, start, end });
        self.open = open;
    }

    /// Makes the last block longer.
    fn extend(&mut self, end: usize) {
        if let Some(last) = self.blocks.last_mut() {
            last.end = end;
        }
    }

    fn line(&mut self, line: &str, next: Option<&str>, start: usize, end: usize) {
        let trimmed = line.trim_start_matches([' ', '\t']);
        let quoted = trimmed.starts_with('>');
        let inner = if quoted { trimmed.trim_start_matches(['>', ' ', '\t']) } else { trimmed };
        match self.open {
            Open::Fence { mark, length, quoted: inside } if !inside || quoted => {
                self.push(Kind::Code, start, end, Open::Fence { mark, length, quoted: inside });
                let run = inner.bytes().take_while(|byte| *byte == mark).count();
                if run >= length && inner[run..].trim().is_empty() {
                    self.open = Open::Nothing;
                }
                return;
            }
            Open::Comment => {
                self.extend(end);
                if line.contains("-->") {
                    self.open = Open::Nothing;
                }
                return;
            }
            _ => {}
        }
        if trimmed.is_empty() {
            match self.blocks.last() {
                Some(Block { kind: Kind::Blank, .. }) => self.extend(end),
                _ => self.push(Kind::Blank, start, end, Open::Nothing),
            }
            self.open = Open::Nothing;
            return;
        }
        if let Some((mark, length)) = fence(inner) {
            return self.push(Kind::Code, start, end, Open::Fence { mark, length, quoted });
        }
        if quoted {
            let alone = inner.is_empty() || inner.starts_with("[!");
            if !alone && matches!(self.open, Open::Text(Kind::Quote)) && !begins(inner) {
                return self.extend(end);
            }
            let open = if alone { Open::Nothing } else { Open::Text(Kind::Quote) };
            return self.push(Kind::Quote, start, end, open);
        }
        if trimmed.starts_with("<!--") {
            let open = if line.contains("-->") { Open::Nothing } else { Open::Comment };
            return self.push(Kind::Comment, start, end, open);
        }
        let indented = line.len() - trimmed.len() >= 4 || line.starts_with('\t');
        if matches!(self.open, Open::Nothing) && indented && !self.in_list {
            return self.push(Kind::Code, start, end, Open::Nothing);
        }
        if is_heading(trimmed) {
            self.in_list = false;
            return self.push(Kind::Heading, start, end, Open::Nothing);
        }
        if matches!(self.open, Open::Text(Kind::Paragraph)) && is_underline(trimmed) {
            self.extend(end);
            if let Some(last) = self.blocks.last_mut() {
                last.kind = Kind::Heading;
            }
            self.open = Open::Nothing;
            return;
        }
        if is_rule(trimmed) {
            return self.push(Kind::Rule, start, end, Open::Nothing);
        }
        let delimiter = next.is_some_and(is_delimiter_row);
        if trimmed.starts_with('|')
            || matches!(self.open, Open::Table) && line.contains('|')
            || line.contains('|') && delimiter
        {
            return self.push(Kind::Row, start, end, Open::Table);
        }
        if marker(trimmed) > 0 {
            self.in_list = true;
            return self.push(Kind::Item, start, end, Open::Text(Kind::Item));
        }
        if is_definition(trimmed) {
            return self.push(Kind::Definition, start, end, Open::Text(Kind::Definition));
        }
        let goes_on = match self.open {
            Open::Text(Kind::Definition) => line.starts_with([' ', '\t']),
            Open::Text(_) => true,
            Open::Nothing | Open::Fence { .. } | Open::Comment | Open::Table => false,
        };
        if goes_on {
            return self.extend(end);
        }
        let kind = if is_tag(trimmed) { Kind::Html } else { Kind::Paragraph };
        if !line.starts_with([' ', '\t']) {
            self.in_list = false;
        }
        self.push(kind, start, end, Open::Text(kind));
    }
}

/// Returns whether a line inside a quote begins something of its own.
fn begins(line: &str) -> bool {
    is_heading(line) || line.starts_with('|') || marker(line) > 0
}

fn fence(line: &str) -> Option<(u8, usize)> {
    let mark = *line.as_bytes().first()?;
    let length = line.bytes().take_while(|byte| *byte == mark).count();
    let opens = match mark {
        b'`' => !line[length..].contains('`'),
        b'~' => true,
        _ => false,
    };
    (opens && length >= 3).then_some((mark, length))
}

fn is_heading(line: &str) -> bool {
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&level)
        && line[level..].chars().next().is_none_or(|it| it == ' ' || it == '\t')
}

fn is_underline(line: &str) -> bool {
    let line = line.trim_end();
    line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-')
}

fn is_rule(line: &str) -> bool {
    let mut marks = line.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'));
    let Some(first @ (b'-' | b'*' | b'_')) = marks.next() else { return false };
    let mut count = 1;
    marks.all(|byte| {
        count += 1;
        byte == first
    }) && count >= 3
}

fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains('-')
        && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

fn is_definition(line: &str) -> bool {
    line.starts_with('[')
        && line.find("]:").is_some_and(|end| end > 1 && !line[1..end].contains(['[', ']']))
}

fn is_tag(line: &str) -> bool {
    let name = line.strip_prefix('<').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
    name.and_then(|name| name.bytes().next()).is_some_and(|byte| byte.is_ascii_alphabetic())
        && !line.split(['>', ' ']).next().is_some_and(|it| it.contains(':') || it.contains('@'))
}

/// Returns the length of the marker of an item at the start of a line, the space after it left
/// out; 0 where there is none.
pub(super) fn marker(line: &str) -> usize {
    let bytes = line.as_bytes();
    let length = match bytes.first() {
        Some(b'-' | b'*' | b'+' | b':') => 1,
        Some(b'(') => {
            let name = label(&bytes[1..]);
            if name > 0 && bytes.get(1 + name) == Some(&b')') { name + 2 } else { 0 }
        }
        _ => {
            let name = label(bytes);
            if name > 0 && matches!(bytes.get(name), Some(b'.' | b')')) { name + 1 } else { 0 }
        }
    };
    match bytes.get(length) {
        None | Some(b' ' | b'\t' | b'\n') => length,
        Some(_) => 0,
    }
}

/// Returns the length of the number, letter or Roman numeral of an item.
fn label(bytes: &[u8]) -> usize {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 {
        return if digits <= 9 { digits } else { 0 };
    }
    let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let roman = bytes[..letters].iter().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    if letters == 1 || letters <= 5 && roman { letters } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::{Kind, blocks, marker};

    fn outline(text: &str) -> Vec<(Kind, &str)> {
        let blocks = blocks(text, 0);
        let whole: String = blocks.iter().map(|it| &text[it.start..it.end]).collect();
        assert_eq!(whole, text, "no byte is left out");
        blocks
            .iter()
            .filter(|it| it.kind != Kind::Blank)
            .map(|it| (it.kind, text[it.start..it.end].trim_end_matches('\n')))
            .collect()
    }

    #[test]
    fn a_document_is_taken_apart() {
        let text = "## Title\nOne line\nand one more.\n- item\n  goes on\n- item\n\n  also it\n\n\
            Setext\n======\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\na | b\n--|--\n1 | 2\nafter\n\n\
            ```sh\nset -e\n\n# no heading\n```\n<!-- a\n\nb -->\n> [!NOTE]\n> one\n> two\n>\n> three\n\n\
            ---\n\n    code\n\n[a]: /x\n[^1]: Note\n<div>\nx\n</div>\n";
        assert_eq!(
            outline(text),
            [
                (Kind::Heading, "## Title"),
                (Kind::Paragraph, "One line\nand one more."),
                (Kind::Item, "- item\n  goes on"),
                (Kind::Item, "- item"),
                (Kind::Paragraph, "  also it"),
                (Kind::Heading, "Setext\n======"),
                (Kind::Row, "| a | b |"),
                (Kind::Row, "| - | - |"),
                (Kind::Row, "| 1 | 2 |"),
                (Kind::Row, "a | b"),
                (Kind::Row, "--|--"),
                (Kind::Row, "1 | 2"),
                (Kind::Paragraph, "after"),
                (Kind::Code, "```sh"),
                (Kind::Code, "set -e"),
                (Kind::Code, ""),
                (Kind::Code, "# no heading"),
                (Kind::Code, "```"),
                (Kind::Comment, "<!-- a\n\nb -->"),
                (Kind::Quote, "> [!NOTE]"),
                (Kind::Quote, "> one\n> two"),
                (Kind::Quote, ">"),
                (Kind::Quote, "> three"),
                (Kind::Rule, "---"),
                (Kind::Code, "    code"),
                (Kind::Definition, "[a]: /x"),
                (Kind::Definition, "[^1]: Note"),
                (Kind::Html, "<div>\nx\n</div>"),
            ]
        );
    }

    #[test]
    fn what_is_not_closed_ends_with_the_text() {
        assert_eq!(
            outline("```\na\n\n## b"),
            [(Kind::Code, "```"), (Kind::Code, "a"), (Kind::Code, ""), (Kind::Code, "## b")]
        );
        assert_eq!(outline("<!-- a\n\nb"), [(Kind::Comment, "<!-- a\n\nb")]);
        assert_eq!(outline(""), []);
    }

    #[test]
    fn markers_are_those_of_lists() {
        let long = ["- a", "12. a", "12) a", "a. x", "(b) x", "iv) x", "-"];
        assert_eq!(long.map(marker), [1, 3, 3, 2, 3, 3, 1]);
        for line in ["-a", "12.5 a", "ab. x", "(see) x", "1234567890. x", "x"] {
            assert_eq!(marker(line), 0, "{line}");
        }
    }
}
