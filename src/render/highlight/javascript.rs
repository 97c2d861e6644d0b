//! JavaScript and TypeScript: templates, regular expressions and decorators.

use super::Class;
use super::code::{Grammar, Names, Quote};
use super::painter::{Painter, is_word};

pub(super) const GRAMMAR: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    comments_nest: false,
    quotes: &[
        Quote { mark: "\"", escapes: true, lines: false },
        Quote { mark: "'", escapes: true, lines: false },
        Quote { mark: "`", escapes: true, lines: true },
    ],
    word,
    names: Names::CallsAndCapitals,
    special,
};

fn word(word: &str) -> Option<Class> {
    match word {
        "abstract" | "as" | "async" | "await" | "break" | "case" | "catch" | "class" | "const"
        | "continue" | "declare" | "default" | "delete" | "do" | "else" | "enum" | "export"
        | "extends" | "finally" | "for" | "from" | "function" | "if" | "implements" | "import"
        | "in" | "instanceof" | "interface" | "let" | "new" | "of" | "private" | "protected"
        | "public" | "readonly" | "return" | "static" | "super" | "switch" | "throw" | "try"
        | "type" | "typeof" | "var" | "void" | "while" | "with" | "yield" => Some(Class::Keyword),
        "true" | "false" | "null" | "undefined" | "NaN" | "Infinity" => Some(Class::Constant),
        "this" => Some(Class::Variable),
        "any" | "bigint" | "boolean" | "never" | "number" | "string" | "symbol" | "unknown" => {
            Some(Class::Type)
        }
        _ => None,
    }
}

fn special(painter: &mut Painter<'_>) -> bool {
    match painter.byte() {
        b'@' => {
            let start = painter.at;
            painter.skip(1);
            painter.skip_while(|byte| is_word(byte) || byte == b'.');
            painter.paint(start, Class::Attribute);
            true
        }
        b'/' if !matches!(painter.ahead(1), b'/' | b'*') => regular_expression(painter),
        _ => false,
    }
}

/// Reads a regular expression where a value can stand: behind an operator or an opening bracket,
/// with a blank between at most. Elsewhere a slash divides.
fn regular_expression(painter: &mut Painter<'_>) -> bool {
    let start = painter.at;
    painter.at -= usize::from(painter.previous() == b' ');
    let before = painter.previous();
    painter.at = start;
    if !matches!(before, b'(' | b',' | b'=' | b':' | b'[' | b'!' | b'&' | b'|' | b'?' | b';') {
        return false;
    }
    painter.skip(1);
    let mut bracketed = false;
    loop {
        match painter.byte() {
            b'\n' => {
                painter.at = start;
                return false;
            }
            _ if painter.is_done() => {
                painter.at = start;
                return false;
            }
            b'\\' => painter.skip(1),
            b'[' => bracketed = true,
            b']' => bracketed = false,
            b'/' if !bracketed => break,
            _ => {}
        }
        painter.skip(1);
    }
    painter.skip(1);
    painter.skip_while(|byte| byte.is_ascii_alphabetic());
    painter.paint(start, Class::String);
    true
}
