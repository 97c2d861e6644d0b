//! TOML, and the looser files of keys and sections: INI, `.env`, properties.

use super::Class;
use super::painter::{Painter, is_number};

pub(super) fn toml(painter: &mut Painter<'_>) {
    lex(painter, true);
}

pub(super) fn ini(painter: &mut Painter<'_>) {
    lex(painter, false);
}

/// Reads lines; `typed` tells whether values have the syntax of TOML or are bare text.
fn lex(painter: &mut Painter<'_>, typed: bool) {
    // How many brackets are open: inside them a line does not begin with a key.
    let mut depth = 0_usize;
    while !painter.is_done() {
        painter.skip_blanks();
        if depth == 0 {
            match painter.byte() {
                b'[' => {
                    let start = painter.skip_while(|byte| !matches!(byte, b'\n' | b'#'));
                    let end = start + painter.since(start).trim_end().len();
                    painter.paint_range(start..end, Class::Heading);
                }
                b';' | b'!' if !typed => painter.paint_line(Class::Comment),
                _ => key(painter, typed),
            }
        }
        if typed {
            depth = value(painter, depth);
        } else if painter.byte() == b'#' {
            painter.paint_line(Class::Comment);
        } else {
            painter.skip_blanks();
            bare_value(painter);
        }
        painter.skip(1);
    }
}

/// Paints what stands before `=` (or `:` in an untyped file).
fn key(painter: &mut Painter<'_>, typed: bool) {
    let start = painter.at;
    loop {
        painter.skip_while(|byte| !matches!(byte, b'=' | b':' | b'\n' | b'#' | b'"' | b'\''));
        match painter.byte() {
            quote @ (b'"' | b'\'') if typed => {
                painter.skip(1);
                painter.skip_while(|byte| byte != quote && byte != b'\n');
                painter.skip(usize::from(painter.byte() == quote));
            }
            b':' if typed => painter.skip(1),
            b'"' | b'\'' => painter.skip(1),
            b'=' | b':' => break,
            _ => {
                // No key after all.
                painter.at = if painter.byte() == b'#' { painter.at } else { start };
                return;
            }
        }
    }
    let end = start + painter.since(start).trim_end().len();
    painter.paint_range(start..end, Class::Property);
    painter.skip(1);
}

/// Paints the value of an untyped file: the rest of the line.
fn bare_value(painter: &mut Painter<'_>) {
    let start = painter.skip_line();
    let text = painter.since(start).trim_end();
    let class = match text {
        "true" | "false" | "yes" | "no" | "on" | "off" => Class::Constant,
        _ if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) => Class::Number,
        _ => Class::String,
    };
    painter.paint_range(start..start + text.len(), class);
}

/// Paints the values of one line, and of following lines that a string runs over. Returns how
/// many brackets are open at its end.
fn value(painter: &mut Painter<'_>, mut depth: usize) -> usize {
    while !painter.is_done() {
        match painter.byte() {
            b'\n' => break,
            b'#' => painter.paint_line(Class::Comment),
            quote @ (b'"' | b'\'') => {
                let start = painter.at;
                let long = if quote == b'"' { "\"\"\"" } else { "'''" };
                if painter.sees(long) {
                    painter.skip(3);
                    painter.skip_past(long);
                } else {
                    painter.skip(1);
                    painter.skip_quoted(quote, quote == b'"');
                }
                painter.paint(start, Class::String);
            }
            b'[' => {
                depth += 1;
                painter.skip(1);
            }
            b']' => {
                depth = depth.saturating_sub(1);
                painter.skip(1);
            }
            b'0'..=b'9' | b'-' | b'+' => {
                let start = painter.at;
                painter.skip(1);
                painter.skip_while(|byte| is_number(byte) || matches!(byte, b'-' | b':' | b'+'));
                painter.paint(start, Class::Number);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => word(painter),
            _ => painter.skip(1),
        }
    }
    depth
}

/// Paints a bare word: a literal, or a key of an inline table.
fn word(painter: &mut Painter<'_>) {
    let start = painter.skip_while(|byte| is_number(byte) || byte == b'-');
    let end = painter.at;
    match painter.since(start) {
        "true" | "false" | "inf" | "nan" => painter.paint(start, Class::Constant),
        _ => {
            painter.skip_blanks();
            if painter.byte() == b'=' {
                painter.paint_range(start..end, Class::Property);
            }
        }
    }
}
