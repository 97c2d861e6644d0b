//! HCL, as Terraform and its relatives use it: blocks, arguments, interpolations.

use super::Class;
use super::code::{Grammar, Names};
use super::painter::{Painter, is_word, is_word_start};

pub(super) const GRAMMAR: Grammar = Grammar {
    line_comments: &["#", "//"],
    block_comment: Some(("/*", "*/")),
    comments_nest: false,
    quotes: &[],
    word,
    names: Names::Calls,
    special,
};

fn word(word: &str) -> Option<Class> {
    match word {
        "for" | "in" | "if" | "else" | "endif" | "endfor" => Some(Class::Keyword),
        "true" | "false" | "null" => Some(Class::Constant),
        "var" | "local" | "module" | "data" | "each" | "self" | "path" | "count" => {
            Some(Class::Variable)
        }
        "string" | "number" | "bool" | "list" | "map" | "set" | "object" | "tuple" | "any" => {
            Some(Class::Type)
        }
        _ => None,
    }
}

fn special(painter: &mut Painter<'_>) -> bool {
    match painter.byte() {
        b'"' => string(painter),
        b'<' if painter.sees("<<") => here_document(painter),
        byte if is_word_start(byte) => return name(painter),
        _ => return false,
    }
    true
}

/// Reads the name of an argument, before `=`, or of a block, before its labels or brace.
fn name(painter: &mut Painter<'_>) -> bool {
    let start = painter.at;
    painter.skip_while(|byte| is_word(byte) || byte == b'-');
    let end = painter.at;
    painter.skip_blanks();
    let class = match (painter.byte(), painter.ahead(1)) {
        (b'=', next) if next != b'=' && next != b'>' => Class::Property,
        (b'{' | b'"', _) if painter.at > end => Class::Keyword,
        _ => {
            painter.at = start;
            return false;
        }
    };
    painter.paint_range(start..end, class);
    true
}

/// Reads a string; what stands in `${…}` is a variable.
fn string(painter: &mut Painter<'_>) {
    let mut start = painter.at;
    painter.skip(1);
    while !painter.is_done() {
        painter.skip_while(|byte| !matches!(byte, b'"' | b'\\' | b'$' | b'%' | b'\n'));
        match painter.byte() {
            b'\n' => break,
            b'"' => {
                painter.skip(1);
                break;
            }
            b'\\' => painter.skip(2),
            _ if painter.ahead(1) == b'{' => {
                painter.paint(start, Class::String);
                start = painter.skip_while(|byte| byte != b'}' && byte != b'\n');
                painter.skip(usize::from(painter.byte() == b'}'));
                painter.paint(start, Class::Variable);
                start = painter.at;
            }
            _ => painter.skip(1),
        }
    }
    painter.paint(start, Class::String);
}

/// Reads `<<EOT` or `<<-EOT` and the lines up to the one that says `EOT`.
fn here_document(painter: &mut Painter<'_>) {
    let start = painter.at;
    painter.skip(2);
    painter.skip(usize::from(painter.byte() == b'-'));
    let word = painter.skip_while(is_word);
    let end = painter.since(word);
    if !end.is_empty() {
        painter.skip_line();
        painter.skip(1);
        while !painter.is_done() {
            let line = painter.skip_line();
            if painter.since(line).trim() == end {
                break;
            }
            painter.skip(1);
        }
    }
    painter.paint(start, Class::String);
}
