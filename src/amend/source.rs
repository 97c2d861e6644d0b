//! Where things really stand in a YAML text.
//!
//! The spans of [`Node`]s point at what was read and not at what was typed around it: dashes, commas,
//! closing brackets, the header of a block scalar and comments belong to no span. This finds them
//! again by walking from one known place to the next. Whatever looks unfamiliar on the way is
//! answered by `None`, and then nothing is changed.

use std::ops::Range;

use crate::parse::yaml::{Entry, Node, NodeKind};

/// A YAML text without byte order mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'t>(pub(super) &'t str);

/// A member of a list or mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Member {
    /// Where its dash stands, if it is an item of a block list; else where it begins.
    pub(super) mark: usize,
    /// Where it begins: the value of an item, the key of an entry.
    pub(super) start: usize,
    /// Where it ends, the brackets and quotes of its value included, and comments left out.
    pub(super) end: usize,
}

/// What ends a line.
const ENDS: [char; 2] = ['\n', '\r'];

/// What may stand between two words of one line.
pub(super) const BLANKS: [char; 2] = [' ', '\t'];

impl<'t> Source<'t> {
    fn byte(self, at: usize) -> Option<u8> {
        self.0.as_bytes().get(at).copied()
    }

    /// Returns a part of the text, and nothing for a range that is none.
    pub(super) fn part(self, range: Range<usize>) -> &'t str {
        self.0.get(range).unwrap_or_default()
    }

    /// Returns where the line of a place begins.
    pub(super) fn line_start(self, at: usize) -> usize {
        self.part(0..at).rfind('\n').map_or(0, |end| end + 1)
    }

    /// Returns where the line of a place ends, its line end left out.
    pub(super) fn line_end(self, at: usize) -> usize {
        let rest = self.part(at..self.0.len());
        match rest.find('\n') {
            Some(length) if rest[..length].ends_with('\r') => at + length - 1,
            Some(length) => at + length,
            None => self.0.len(),
        }
    }

    /// Returns where the line after that of a place begins; the end of the text if there is none.
    pub(super) fn next_line(self, at: usize) -> usize {
        self.part(at..self.0.len()).find('\n').map_or(self.0.len(), |length| at + length + 1)
    }

    /// Returns what ends the line of a place; for a last line without end, what ends the first one.
    pub(super) fn line_break(self, at: usize) -> &'t str {
        let own = self.part(self.line_end(at)..self.next_line(at));
        let first = self.part(self.line_end(0)..self.next_line(0));
        [own, first].into_iter().find(|it| !it.is_empty()).unwrap_or("\n")
    }

    /// Returns how many characters stand before a place in its line.
    pub(super) fn column(self, at: usize) -> usize {
        self.part(self.line_start(at)..at).chars().count()
    }

    /// Returns what stands before a place in its line, if that is white space only.
    pub(super) fn indent(self, at: usize) -> Option<&'t str> {
        let before = self.part(self.line_start(at)..at);
        before.trim_matches(BLANKS).is_empty().then_some(before)
    }

    /// Returns what stands after a place in its line, without white space around it.
    pub(super) fn rest(self, at: usize) -> &'t str {
        self.part(at..self.line_end(at)).trim_matches(BLANKS)
    }

    /// Returns whether nothing but white space and a comment stands after a place in its line.
    pub(super) fn is_line_over(self, at: usize) -> bool {
        let rest = self.rest(at);
        rest.is_empty() || rest.starts_with('#')
    }

    /// Returns the first place from `at` on that is neither white space nor a comment.
    pub(super) fn skip(self, at: usize) -> usize {
        let mut at = at;
        loop {
            let rest = self.part(at..self.0.len());
            at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
            let begins_comment = self.byte(at) == Some(b'#')
                && (at == 0 || matches!(self.byte(at - 1), Some(b' ' | b'\t' | b'\n' | b'\r')));
            if !begins_comment {
                return at;
            }
            at = self.line_end(at);
        }
    }

    /// Returns whether a comment stands in a range between two members.
    pub(super) fn has_comment(self, range: Range<usize>) -> bool {
        self.part(range).contains('#')
    }

    /// Returns the end of the last comment that belongs to what ends in the line of `at`: its own
    /// lines that follow at once and are indented further than `column`. The end of the line of `at`
    /// if there are none.
    pub(super) fn end_with_comments(self, at: usize, column: usize) -> usize {
        let mut end = self.line_end(at);
        loop {
            let next = self.next_line(end);
            let line = self.part(next..self.line_end(next));
            let words = line.trim_start_matches(BLANKS);
            if !words.starts_with('#') || line.len() - words.len() <= column {
                return end;
            }
            end = self.line_end(next);
        }
    }

    /// Returns whether a list or mapping is written in brackets.
    pub(super) fn is_flow(self, node: &Node) -> bool {
        let open = match node.kind {
            NodeKind::List(_) => b'[',
            NodeKind::Map(_) => b'{',
            NodeKind::Null | NodeKind::Scalar { .. } => return false,
        };
        self.byte(node.span.range().start) == Some(open)
    }

    /// Returns the place after the colon of an entry; after its key if there is no colon.
    pub(super) fn after_colon(self, entry: &Entry) -> usize {
        let end = entry.key.span.range().end;
        let colon = self.skip(end);
        if self.byte(colon) == Some(b':') { colon + 1 } else { end }
    }

    /// Returns where the header of a block scalar stands whose colon or dash ends at `from`.
    pub(super) fn block_header(self, node: &Node, from: usize) -> Option<usize> {
        let header = self.skip(from);
        let is_text = matches!(node.kind, NodeKind::Scalar { plain: false, .. });
        (is_text && matches!(self.byte(header), Some(b'|' | b'>'))).then_some(header)
    }

    /// Returns the members of a list or mapping whose colon or dash ends at `from`.
    pub(super) fn members(self, node: &Node, from: usize) -> Option<Vec<Member>> {
        let is_flow = self.is_flow(node);
        let mut at = if is_flow { node.span.range().start + 1 } else { from };
        let mut members = Vec::new();
        for item in node.items() {
            at = self.skip(at);
            let mark = at;
            match self.byte(at) {
                Some(b'-') if !is_flow => at += 1,
                Some(b',') if is_flow && !members.is_empty() => at += 1,
                _ if is_flow && members.is_empty() => {}
                _ => return None,
            }
            let end = self.end(item, at)?;
            let start = match item.kind {
                // What is not there begins and ends at its dash.
                NodeKind::Null if item.span.range().is_empty() => at,
                _ => self.block_header(item, at).unwrap_or(item.span.range().start),
            };
            members.push(Member { mark: if is_flow { start } else { mark }, start, end });
            at = end;
        }
        for entry in node.entries() {
            let start = entry.key.span.range().start;
            let end = self.end(&entry.value, self.after_colon(entry))?;
            members.push(Member { mark: start, start, end });
        }
        Some(members)
    }

    /// Returns where a value ends whose colon or dash ends at `from`.
    pub(super) fn end(self, node: &Node, from: usize) -> Option<usize> {
        let span = node.span.range();
        match &node.kind {
            NodeKind::Null if span.is_empty() => Some(from),
            NodeKind::Null => Some(span.end),
            NodeKind::Scalar { .. } => match self.block_header(node, from) {
                Some(header) => Some(self.block_end(header, span.end)),
                None => Some(span.end),
            },
            NodeKind::List(_) | NodeKind::Map(_) => {
                let members = self.members(node, from)?;
                let last = members.last().map(|last| last.end);
                if self.is_flow(node) { Some(self.close(node, last)? + 1) } else { last }
            }
        }
    }

    /// Returns where the closing bracket of a list or mapping stands whose last member ends at
    /// `last`.
    pub(super) fn close(self, node: &Node, last: Option<usize>) -> Option<usize> {
        let mut at = self.skip(last.unwrap_or(node.span.range().start + 1));
        if self.byte(at) == Some(b',') {
            at = self.skip(at + 1);
        }
        matches!(self.byte(at), Some(b']' | b'}')).then_some(at)
    }

    /// Returns where the lines of a block scalar end, the last line end left out. Empty lines after
    /// it belong to it only if its header says so.
    fn block_end(self, header: usize, end: usize) -> usize {
        let header_end = self.line_end(header);
        let body = self.part(0..end.max(header_end));
        let indicators = self.part(header + 1..header_end);
        let is_kept = indicators.chars().take_while(|c| !c.is_whitespace()).any(|c| c == '+');
        let end = if is_kept {
            let lines = body.trim_end_matches(BLANKS);
            let lines = lines.strip_suffix('\n').unwrap_or(lines);
            lines.strip_suffix('\r').unwrap_or(lines).len()
        } else {
            self.line_end(
                body.trim_end_matches(BLANKS).trim_end_matches([' ', '\t', '\n', '\r']).len(),
            )
        };
        end.max(header_end)
    }

    /// Returns where a carriage return stands that ends no line for most programs and one for YAML.
    pub(super) fn lone_return(self) -> Option<usize> {
        let returns = self.0.match_indices('\r').map(|(at, _)| at);
        returns.into_iter().find(|at| self.byte(at + 1) != Some(b'\n'))
    }
}

/// Returns a text without the line ends at its end.
pub(super) fn without_end(text: &str) -> &str {
    text.trim_end_matches(ENDS)
}

/// Changes to make to a text, all at once.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts text at a place.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Puts text in the place of a range. Ranges do not overlap.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Puts lines after the line of a place.
    pub(super) fn insert_lines(&mut self, source: Source<'_>, at: usize, lines: &[String]) {
        let line_break = source.line_break(at);
        let text: String = lines.iter().flat_map(|line| [line_break, line]).collect();
        self.insert(source.line_end(at), text);
    }

    /// Returns the changed text.
    pub(super) fn apply(mut self, text: &str) -> Option<String> {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let (mut out, mut at) = (String::with_capacity(text.len() + 256), 0);
        for (range, new) in self.0 {
            out += text.get(at..range.start)?;
            out += &new;
            at = range.end;
        }
        out += text.get(at..)?;
        Some(out)
    }
}
