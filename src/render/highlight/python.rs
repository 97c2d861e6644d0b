//! Python: prefixed strings and decorators.

use super::Class;
use super::code::{self, Grammar, Names, Quote};
use super::painter::{Painter, is_number};

pub(super) const GRAMMAR: Grammar = Grammar {
    line_comments: &["#"],
    block_comment: None,
    comments_nest: false,
    quotes: &QUOTES,
    word,
    names: Names::CallsAndCapitals,
    special,
};

const QUOTES: [Quote; 4] = [
    Quote { mark: "\"\"\"", escapes: true, lines: true },
    Quote { mark: "'''", escapes: true, lines: true },
    Quote { mark: "\"", escapes: true, lines: false },
    Quote { mark: "'", escapes: true, lines: false },
];

fn word(word: &str) -> Option<Class> {
    match word {
        "and" | "as" | "assert" | "async" | "await" | "break" | "class" | "continue" | "def"
        | "del" | "elif" | "else" | "except" | "finally" | "for" | "from" | "global" | "if"
        | "import" | "in" | "is" | "lambda" | "match" | "case" | "nonlocal" | "not" | "or"
        | "pass" | "raise" | "return" | "try" | "while" | "with" | "yield" => Some(Class::Keyword),
        "True" | "False" | "None" | "NotImplemented" => Some(Class::Constant),
        "self" | "cls" => Some(Class::Variable),
        "bool" | "bytes" | "dict" | "float" | "int" | "list" | "object" | "set" | "str"
        | "tuple" => Some(Class::Type),
        _ => None,
    }
}

fn special(painter: &mut Painter<'_>) -> bool {
    match painter.byte() {
        b'@' => {
            let start = painter.at;
            painter.skip(1);
            painter.skip_while(is_number);
            painter.paint(start, Class::Attribute);
            true
        }
        b'r' | b'b' | b'f' | b'u' | b'R' | b'B' | b'F' | b'U' => prefixed(painter),
        _ => false,
    }
}

/// Reads a string with one or two letters before its quote.
fn prefixed(painter: &mut Painter<'_>) -> bool {
    let start = painter.at;
    let letters = if painter.ahead(1).is_ascii_alphabetic() { 2 } else { 1 };
    if !matches!(painter.ahead(letters), b'"' | b'\'') {
        return false;
    }
    painter.skip(letters);
    if let Some(quote) = QUOTES.iter().find(|quote| painter.sees(quote.mark)) {
        painter.skip(quote.mark.len());
        code::skip_quote(painter, quote);
    }
    painter.paint(start, Class::String);
    true
}
