//! JSON, and the comments and trailing commas that its relatives allow.

use super::Class;
use super::painter::{Painter, is_number, is_word};

pub(super) fn lex(painter: &mut Painter<'_>) {
    while !painter.is_done() {
        match painter.byte() {
            b'"' => string(painter),
            b'-' | b'0'..=b'9' => {
                let start = painter.at;
                painter.skip(1);
                painter.skip_while(|byte| is_number(byte) || byte == b'-' || byte == b'+');
                painter.paint(start, Class::Number);
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => {
                let start = painter.skip_while(|byte| is_word(byte) || byte == b'$');
                match painter.since(start) {
                    "true" | "false" | "null" => painter.paint(start, Class::Constant),
                    _ => painter.paint(start, Class::Property),
                }
            }
            b'/' if painter.ahead(1) == b'/' => painter.paint_line(Class::Comment),
            b'/' if painter.ahead(1) == b'*' => {
                let start = painter.at;
                painter.skip(2);
                painter.skip_past("*/");
                painter.paint(start, Class::Comment);
            }
            _ => painter.skip(1),
        }
    }
}

/// Paints a string, as a property where a colon follows.
fn string(painter: &mut Painter<'_>) {
    let start = painter.at;
    painter.skip(1);
    painter.skip_quoted(b'"', true);
    let end = painter.at;
    painter.skip_while(|byte| byte.is_ascii_whitespace());
    let class = if painter.byte() == b':' { Class::Property } else { Class::String };
    painter.paint_range(start..end, class);
}
