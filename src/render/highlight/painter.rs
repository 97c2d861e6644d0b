//! The cursor that all lexers share: it walks over bytes and collects tokens.

use std::ops::Range;

use super::{Class, Token};

/// A position in a text and the tokens found before it.
///
/// Lexers look at ASCII bytes only and take bytes from 0x80 up as letters, so a token can only
/// begin and end beside an ASCII byte: on a character boundary.
pub(super) struct Painter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// The offset of the next byte.
    pub(super) at: usize,
    tokens: Vec<Token>,
}

impl<'t> Painter<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0, tokens: Vec::with_capacity(text.len() / 12) }
    }

    pub(super) fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }

    /// Returns the next byte; a NUL at the end, which no lexer gives a meaning.
    pub(super) fn byte(&self) -> u8 {
        self.ahead(0)
    }

    /// Returns the byte that many bytes after the next one.
    pub(super) fn ahead(&self, distance: usize) -> u8 {
        self.bytes.get(self.at + distance).copied().unwrap_or(0)
    }

    /// Returns the byte before the next one; a line feed at the very beginning.
    pub(super) fn previous(&self) -> u8 {
        self.at.checked_sub(1).and_then(|at| self.bytes.get(at)).copied().unwrap_or(b'\n')
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Returns what is left.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn sees(&self, literal: &str) -> bool {
        self.rest().starts_with(literal.as_bytes())
    }

    /// Returns the text from `start` up to here; nothing where that is not text.
    pub(super) fn since(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Moves on by some bytes, never past the end.
    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.bytes.len());
    }

    /// Moves on while bytes are accepted; returns where it began.
    pub(super) fn skip_while(&mut self, accept: impl Fn(u8) -> bool) -> usize {
        let start = self.at;
        let length = self.rest().iter().position(|&byte| !accept(byte));
        self.at = length.map_or(self.bytes.len(), |length| start + length);
        start
    }

    /// Moves to the end of the line; returns where it began.
    pub(super) fn skip_line(&mut self) -> usize {
        self.skip_while(|byte| byte != b'\n')
    }

    pub(super) fn skip_blanks(&mut self) {
        self.skip_while(|byte| byte == b' ' || byte == b'\t');
    }

    /// Moves behind the next occurrence of `literal`, or to the end.
    pub(super) fn skip_past(&mut self, literal: &str) {
        let Some((&first, tail)) = literal.as_bytes().split_first() else { return };
        loop {
            self.skip_while(|byte| byte != first);
            if self.is_done() {
                return;
            }
            self.at += 1;
            if self.rest().starts_with(tail) {
                self.at += tail.len();
                return;
            }
        }
    }

    /// Moves behind the closing quote; a backslash protects the byte after it where `escapes`.
    pub(super) fn skip_quoted(&mut self, quote: u8, escapes: bool) {
        loop {
            self.skip_while(|byte| byte != quote && byte != b'\\');
            match self.byte() {
                _ if self.is_done() => return,
                b'\\' if escapes => self.skip(2),
                byte => {
                    self.at += 1;
                    if byte == quote {
                        return;
                    }
                }
            }
        }
    }

    /// Gives a class to the text from `start` up to here. Tokens come in order; one that continues
    /// the token before it, with nothing but spaces between, is joined to it.
    pub(super) fn paint(&mut self, start: usize, class: Class) {
        self.paint_range(start..self.at, class);
    }

    /// Gives a class to a stretch behind all tokens so far.
    pub(super) fn paint_range(&mut self, range: Range<usize>, class: Class) {
        let Range { start, end } = range;
        let boundaries = self.text.is_char_boundary(start) && self.text.is_char_boundary(end);
        if start >= end || !boundaries {
            return;
        }
        if let Some(last) = self.tokens.last_mut() {
            if start < last.range.end {
                return;
            }
            let between = &self.bytes[last.range.end..start];
            if last.class == class && between.iter().all(|&byte| byte == b' ') {
                last.range.end = end;
                return;
            }
        }
        self.tokens.push(Token { range, class });
    }

    /// Gives a class to the rest of the line and moves there.
    pub(super) fn paint_line(&mut self, class: Class) {
        let start = self.skip_line();
        self.paint(start, class);
    }

    /// Gives a class to the next `count` bytes and moves over them.
    pub(super) fn paint_next(&mut self, count: usize, class: Class) {
        let start = self.at;
        self.skip(count);
        self.paint(start, class);
    }
}

/// Tells whether a byte can stand in a name of most languages.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Tells whether a byte can begin a name of most languages.
pub(super) fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

/// Tells whether a byte can stand in a number, its unit, exponent or suffix included.
pub(super) fn is_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.'
}
