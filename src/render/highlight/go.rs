//! Go.

use super::Class;
use super::code::{Grammar, Names, Quote, nothing};

pub(super) const GRAMMAR: Grammar = Grammar {
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    comments_nest: false,
    quotes: &[
        Quote { mark: "\"", escapes: true, lines: false },
        Quote { mark: "`", escapes: false, lines: true },
        Quote { mark: "'", escapes: true, lines: false },
    ],
    word,
    // Capitals mean "exported" in Go, not "type".
    names: Names::Calls,
    special: nothing,
};

fn word(word: &str) -> Option<Class> {
    match word {
        "break" | "case" | "chan" | "const" | "continue" | "default" | "defer" | "else"
        | "fallthrough" | "for" | "func" | "go" | "goto" | "if" | "import" | "interface"
        | "map" | "package" | "range" | "return" | "select" | "struct" | "switch" | "type"
        | "var" => Some(Class::Keyword),
        "any" | "bool" | "byte" | "comparable" | "complex64" | "complex128" | "error"
        | "float32" | "float64" | "int" | "int8" | "int16" | "int32" | "int64" | "rune"
        | "string" | "uint" | "uint8" | "uint16" | "uint32" | "uint64" | "uintptr" => {
            Some(Class::Type)
        }
        "true" | "false" | "nil" | "iota" => Some(Class::Constant),
        _ => None,
    }
}
