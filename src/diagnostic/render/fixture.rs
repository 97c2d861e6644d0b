//! Diagnostics that the tests of all forms share.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::span::{Place, Span};

pub(super) const ACCESS: &str = "---\r\nid: POL-AC\r\nowner: ciso\u{202e}x\r\nreview_cycle: 1 year\r\n---\r\n\tSee [[PRO-ZZ]] and → the rest.\r\n";
pub(super) const SECRET: &str = "the secret merger with Example Corp\n";

pub(super) static OWNER: Rule = Rule {
    name: "unknown-owner",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "an owner who is not in `people.yaml`",
    explanation: "Somebody must answer.\n\nAdd the person.",
};
pub(super) static REFERENCE: Rule = Rule {
    name: "broken-reference",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a reference to nothing",
    explanation: "It leads nowhere.",
};
pub(super) static WITHHELD: Rule = Rule {
    name: "withheld-text-in-public",
    level: Level::Error,
    fixed: true,
    is_secret: true,
    summary: "text that is withheld, found in public output",
    explanation: "Words that are not public stand in public.",
};
pub(super) static UNREAD: Rule = Rule {
    name: "unread-file",
    level: Level::Note,
    fixed: false,
    is_secret: false,
    summary: "a file that is not read",
    explanation: "It is left out.",
};

pub(super) fn sources(path: &str) -> Option<&'static str> {
    match path {
        "content/policies/access.md" => Some(ACCESS),
        "content/trust/overview.yaml" => Some(SECRET),
        _ => None,
    }
}

/// Returns the place of some words in a file.
pub(super) fn place(path: &str, words: &str) -> Place {
    let start = sources(path).and_then(|text| text.find(words)).unwrap_or_default();
    let end = if sources(path).is_some() { start + words.len() } else { start };
    Place::new(&Arc::from(path), Span::new(start, end))
}

pub(super) fn diagnostics() -> Vec<Diagnostic> {
    let access = "content/policies/access.md";
    vec![
        Diagnostic::new(&REFERENCE, place(access, "[[PRO-ZZ]]"), "no document is called `PRO-ZZ`")
            .label("referred to here")
            .help("did you mean `PRO-ON`?"),
        Diagnostic::new(
            &UNREAD,
            place("content/a, b:50%.bin", ""),
            "the name has a \u{1b}[2J in it",
        ),
        Diagnostic::new(&OWNER, place(access, "ciso\u{202e}x"), "nobody is called `ciso\u{202e}x`")
            .related(place(access, "POL-AC"), "the document is <here> & now"),
        Diagnostic::new(
            &WITHHELD,
            place("content/trust/overview.yaml", "secret merger"),
            "words of `POL-AC` stand here: `the s…r`",
        )
        .label("secret merger"),
    ]
}
