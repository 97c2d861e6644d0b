//! Rego, the language of Open Policy Agent.

use super::Class;
use super::code::{Grammar, Names, Quote, nothing};

pub(super) const GRAMMAR: Grammar = Grammar {
    line_comments: &["#"],
    block_comment: None,
    comments_nest: false,
    quotes: &[
        Quote { mark: "\"", escapes: true, lines: false },
        Quote { mark: "`", escapes: false, lines: true },
    ],
    word,
    names: Names::Calls,
    special: nothing,
};

fn word(word: &str) -> Option<Class> {
    match word {
        "as" | "contains" | "default" | "else" | "every" | "if" | "import" | "in" | "not"
        | "package" | "some" | "with" => Some(Class::Keyword),
        "input" | "data" => Some(Class::Variable),
        "true" | "false" | "null" => Some(Class::Constant),
        _ => None,
    }
}
