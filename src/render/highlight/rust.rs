//! Rust: attributes, lifetimes, raw strings and macros.

use super::Class;
use super::code::{Grammar, Names, Quote};
use super::painter::{Painter, is_word, is_word_start};

pub(super) const GRAMMAR: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    comments_nest: true,
    quotes: &[Quote { mark: "\"", escapes: true, lines: true }],
    word,
    names: Names::CallsAndCapitals,
    special,
};

fn word(word: &str) -> Option<Class> {
    match word {
        "as" | "async" | "await" | "break" | "const" | "continue" | "crate" | "dyn" | "else"
        | "enum" | "extern" | "fn" | "for" | "if" | "impl" | "in" | "let" | "loop" | "match"
        | "mod" | "move" | "mut" | "pub" | "ref" | "return" | "self" | "static" | "struct"
        | "super" | "trait" | "type" | "union" | "unsafe" | "use" | "where" | "while" => {
            Some(Class::Keyword)
        }
        "bool" | "char" | "f32" | "f64" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize"
        | "str" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "Self" => Some(Class::Type),
        "true" | "false" | "None" | "Some" | "Ok" | "Err" => Some(Class::Constant),
        _ => None,
    }
}

fn special(painter: &mut Painter<'_>) -> bool {
    match painter.byte() {
        b'#' if matches!(painter.ahead(1), b'[' | b'!') => attribute(painter),
        b'\'' => quote(painter),
        b'r' | b'b' | b'c' => return prefixed(painter) || macro_call(painter),
        byte if is_word_start(byte) => return macro_call(painter),
        _ => return false,
    }
    true
}

/// Reads `#[…]` with the brackets inside it, on as many lines as it takes.
fn attribute(painter: &mut Painter<'_>) {
    let start = painter.skip_while(|byte| byte == b'#' || byte == b'!');
    let mut depth = 0_usize;
    while !painter.is_done() {
        match painter.byte() {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'"' => {
                painter.skip(1);
                painter.skip_quoted(b'"', true);
                continue;
            }
            _ => {}
        }
        if depth == 0 && painter.byte() != b']' {
            break;
        }
        painter.skip(1);
        if depth == 0 {
            break;
        }
    }
    painter.paint(start, Class::Attribute);
}

/// Reads a character such as `'x'` or `'\u{1F512}'`, or a lifetime.
fn quote(painter: &mut Painter<'_>) {
    let start = painter.at;
    let escaped = painter.ahead(1) == b'\\';
    painter.skip(if escaped { 3 } else { 1 });
    if escaped {
        painter.skip_while(|byte| byte != b'\'' && byte != b'\n');
    } else if is_word_start(painter.byte()) {
        painter.skip_while(is_word);
    } else if painter.ahead(1) == b'\'' {
        painter.skip(1);
    }
    if painter.byte() == b'\'' {
        painter.skip(1);
        painter.paint(start, Class::String);
    } else if painter.at - start > 1 && !escaped {
        painter.paint(start, Class::Variable);
    }
}

/// Reads strings and characters with a prefix: `r"…"`, `br#"…"#`, `b'x'`, `c"…"`.
fn prefixed(painter: &mut Painter<'_>) -> bool {
    let start = painter.at;
    let mut distance = 1;
    let mut raw = painter.byte() == b'r';
    if !raw && painter.ahead(1) == b'r' {
        raw = true;
        distance = 2;
    }
    let mut hashes = 0;
    while raw && painter.ahead(distance) == b'#' {
        hashes += 1;
        distance += 1;
        if hashes > 255 {
            return false;
        }
    }
    match painter.ahead(distance) {
        b'"' => {}
        b'\'' if painter.byte() == b'b' && distance == 1 => {
            painter.skip(1);
            quote(painter);
            return true;
        }
        _ => return false,
    }
    painter.skip(distance + 1);
    if raw {
        skip_raw(painter, hashes);
    } else {
        painter.skip_quoted(b'"', true);
    }
    painter.paint(start, Class::String);
    true
}

/// Moves behind the quote that is followed by so many hashes.
fn skip_raw(painter: &mut Painter<'_>, hashes: usize) {
    while !painter.is_done() {
        painter.skip_while(|byte| byte != b'"');
        painter.skip(1);
        let from = painter.skip_while(|byte| byte == b'#');
        if painter.at - from >= hashes {
            painter.at = from + hashes;
            return;
        }
    }
}

/// Reads the name of a macro with its exclamation mark; leaves other words alone.
fn macro_call(painter: &mut Painter<'_>) -> bool {
    let start = painter.skip_while(is_word);
    if painter.byte() == b'!' && painter.ahead(1) != b'=' {
        painter.skip(1);
        painter.paint(start, Class::Function);
        return true;
    }
    painter.at = start;
    false
}
