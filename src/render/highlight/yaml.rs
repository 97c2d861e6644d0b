//! YAML, as front matter, pipelines and manifests use it.

use super::Class;
use super::painter::Painter;

pub(super) fn lex(painter: &mut Painter<'_>) {
    let mut yaml = Yaml { painter, flow: 0, line: 0, parent: 0 };
    while !yaml.painter.is_done() {
        yaml.line();
    }
}

struct Yaml<'p, 't> {
    painter: &'p mut Painter<'t>,
    /// How many brackets and braces are open.
    flow: usize,
    /// Where the line begins.
    line: usize,
    /// The indentation of the entry that a block scalar on this line would belong to.
    parent: usize,
}

impl Yaml<'_, '_> {
    /// Reads one line, and the following ones that belong to its last value.
    fn line(&mut self) {
        self.line = self.painter.at;
        self.painter.skip_blanks();
        let indent = self.painter.at - self.line;
        self.parent = indent;
        if self.flow == 0 {
            match self.painter.byte() {
                b'%' if indent == 0 => return self.finish(Class::Attribute),
                b'-' if indent == 0 && self.is_marker("---") => {
                    self.painter.paint_next(3, Class::Punctuation);
                }
                b'.' if indent == 0 && self.is_marker("...") => {
                    self.painter.paint_next(3, Class::Punctuation);
                }
                _ => {}
            }
            while matches!(self.painter.byte(), b'-' | b'?') && is_blank(self.painter.ahead(1)) {
                self.parent = self.painter.at - self.line;
                self.painter.paint_next(1, Class::Punctuation);
                self.painter.skip_blanks();
            }
        }
        while !matches!(self.painter.byte(), b'\n') && !self.painter.is_done() {
            self.node();
            self.painter.skip_blanks();
        }
        self.painter.skip(1);
    }

    fn finish(&mut self, class: Class) {
        self.painter.paint_line(class);
        self.painter.skip(1);
    }

    fn is_marker(&self, marker: &str) -> bool {
        self.painter.sees(marker) && is_blank(self.painter.ahead(3))
    }

    /// Reads one piece of a line: an indicator, a comment, a quoted or a plain scalar.
    fn node(&mut self) {
        let painter = &mut *self.painter;
        match painter.byte() {
            b'#' if is_blank(painter.previous()) => painter.paint_line(Class::Comment),
            b'&' | b'*' if !is_blank(painter.ahead(1)) => {
                let start = painter.skip_while(|byte| !is_blank(byte) && !is_flow(byte));
                painter.paint(start, Class::Variable);
            }
            b'!' => {
                let start = painter.skip_while(|byte| !is_blank(byte) && !is_flow(byte));
                painter.paint(start, Class::Type);
            }
            quote @ (b'"' | b'\'') => {
                let start = painter.at;
                painter.skip(1);
                painter.skip_quoted(quote, quote == b'"');
                let key = painter.byte() == b':' && (is_blank(painter.ahead(1)) || self.flow > 0);
                painter.paint(start, if key { Class::Property } else { Class::String });
                if key {
                    self.parent = start.saturating_sub(self.line);
                }
            }
            b'[' | b'{' => {
                self.flow += 1;
                painter.skip(1);
            }
            b']' | b'}' if self.flow > 0 => {
                self.flow -= 1;
                painter.skip(1);
            }
            b',' if self.flow > 0 => painter.skip(1),
            b':' if is_blank(painter.ahead(1)) => painter.skip(1),
            b'|' | b'>' if self.flow == 0 => self.block_scalar(),
            _ => self.plain_scalar(),
        }
    }

    /// Reads an unquoted key or value.
    fn plain_scalar(&mut self) {
        let painter = &mut *self.painter;
        let start = painter.at;
        let mut end = start;
        let mut is_key = false;
        let flow = self.flow > 0;
        while !painter.is_done() {
            match painter.byte() {
                b'\n' => break,
                b':' if is_blank(painter.ahead(1)) || (flow && is_flow(painter.ahead(1))) => {
                    is_key = true;
                    break;
                }
                b'#' if is_blank(painter.previous()) => break,
                byte if flow && is_flow(byte) => break,
                b' ' | b'\t' | b'\r' => painter.skip(1),
                _ => {
                    painter.skip(1);
                    end = painter.at;
                }
            }
        }
        if end == start {
            // A carriage return, or an indicator that is out of place.
            painter.skip(usize::from(painter.at == start));
            return;
        }
        let resume = std::mem::replace(&mut painter.at, end);
        let class = if is_key { Class::Property } else { scalar_class(painter.since(start)) };
        painter.paint(start, class);
        painter.at = resume;
        if is_key {
            self.parent = start.saturating_sub(self.line);
        }
    }

    /// Reads `|` or `>` with its modifiers and all lines indented more than its entry.
    fn block_scalar(&mut self) {
        let painter = &mut *self.painter;
        let start =
            painter.skip_while(|byte| matches!(byte, b'|' | b'>' | b'+' | b'-' | b'0'..=b'9'));
        painter.paint(start, Class::Operator);
        painter.skip_blanks();
        if painter.byte() == b'#' {
            painter.paint_line(Class::Comment);
        }
        painter.skip_line();
        let from = painter.at;
        while !painter.is_done() {
            let line = painter.at;
            painter.skip(1);
            let content = painter.at;
            painter.skip_blanks();
            let depth = painter.at - content;
            let empty = matches!(painter.byte(), b'\n' | b'\r' | 0);
            if !empty && depth <= self.parent {
                painter.at = line;
                break;
            }
            painter.skip_line();
        }
        let resume = painter.at;
        let text = painter.since(from);
        let first = from + (text.len() - text.trim_start().len());
        let last = from + text.trim_end().len();
        painter.paint_range(first..last, Class::String);
        painter.at = resume;
    }
}

/// Tells whether a byte ends a word: white space, or the end of the text.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0)
}

fn is_flow(byte: u8) -> bool {
    matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
}

/// Classifies an unquoted value.
fn scalar_class(text: &str) -> Class {
    match text {
        "true" | "false" | "null" | "~" | "yes" | "no" | "on" | "off" | "True" | "False"
        | "Null" | "TRUE" | "FALSE" | "NULL" | "Yes" | "No" | "On" | "Off" => Class::Constant,
        "<<" => Class::Keyword,
        _ if is_numeric(text.as_bytes()) => Class::Number,
        _ => Class::String,
    }
}

/// Tells whether a value is a number, a date or a time: it begins with a digit and holds nothing
/// that those do not hold.
fn is_numeric(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    digits.first().is_some_and(u8::is_ascii_digit)
        && digits.iter().all(|byte| {
            matches!(
                byte,
                b'0'..=b'9' | b'.' | b'_' | b'-' | b'+' | b':' | b'e' | b'E' | b'x' | b'T' | b'Z'
            )
        })
}
