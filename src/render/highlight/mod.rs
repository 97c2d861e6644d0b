//! Code blocks in colour: a language and a text to ranges with a [`Class`], for HTML and PDF alike.
//!
//! # Why lexers of our own
//!
//! A policy set shows the same few languages again and again, and highlighting them by regular
//! expressions would cost more than everything else in a build. So the common languages are read
//! by small lexers that look at each byte about once: `code.rs` for programming languages, which
//! differ by a table of words, comments and quotes, and one file each for those that go by lines.
//! They know what a reader sees, not what a compiler knows. Everything else goes to syntect.
//!
//! Measured on the two thousand YAML, shell, Rust and JSON blocks of the benchmark (1.4 MB), one
//! core, optimised, milliseconds a megabyte, best of nine runs:
//!
//! |                                 | yaml | bash | rust | json |
//! | ------------------------------- | ---- | ---- | ---- | ---- |
//! | these lexers, to tokens         |  3.1 |  3.5 | 12.2 |  3.3 |
//! | these lexers, to HTML           |  5.9 |  7.4 | 24.8 |  6.9 |
//! | syntect with fancy-regex, parse | 2109 | 2925 | 5365 | 1106 |
//!
//! To tokens that is 330 to 830 times less than syntect's parse alone, so nothing here needs a
//! cache.
//!
//! Classes are few and neighbours are joined: naming every scope would make the HTML of a block
//! twenty times its text.

mod class;
mod code;
mod diff;
mod dockerfile;
mod foreign;
mod go;
mod hcl;
mod javascript;
mod json;
mod painter;
mod python;
mod rego;
mod rust;
mod shell;
mod sql;
mod toml;
mod yaml;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use class::Class;
use code::Grammar;
use foreign::Foreign;
use painter::Painter;

/// Blocks with more bytes than this stay plain: nobody reads them, and they are rarely code.
const LONGEST_BLOCK: usize = 64 * 1024;

/// Blocks with a longer line than this stay plain: generated code, on which syntaxes made of
/// regular expressions take their worst time.
const LONGEST_LINE: usize = 2 * 1024;

/// A stretch of code and what it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Token {
    /// The bytes, on character boundaries.
    pub range: Range<usize>,
    /// What it is.
    pub class: Class,
}

/// Colours code. Make one and share it: it keeps the syntaxes that were loaded on demand.
#[derive(Default)]
pub struct Highlighter {
    foreign: Foreign,
}

impl Highlighter {
    /// Makes a highlighter that has loaded nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Finds the coloured stretches of a block, in order and without overlaps. A block in an
    /// unknown language has none.
    #[must_use]
    pub fn spans(&self, language: Option<&str>, text: &str) -> Vec<Token> {
        let Some(language) = language else { return Vec::new() };
        if text.len() > LONGEST_BLOCK || text.lines().any(|line| line.len() > LONGEST_LINE) {
            return Vec::new();
        }
        let mut painter = Painter::new(text);
        match Lexer::of(language) {
            Some(Lexer::Lines(lex)) => lex(&mut painter),
            Some(Lexer::Code(grammar)) => code::lex(&mut painter, grammar),
            None => self.foreign.lex(language, &mut painter, text),
        }
        painter.into_tokens()
    }

    /// Writes a block as HTML: the escaped text with a `span` around each coloured stretch.
    #[must_use]
    pub fn html(&self, language: Option<&str>, text: &str) -> String {
        let tokens = self.spans(language, text);
        let mut html = String::with_capacity(text.len() + tokens.len() * 26 + 16);
        let mut written = 0;
        for Token { range, class } in tokens {
            escape(&text[written..range.start], &mut html);
            html.push_str("<span class=\"");
            html.push_str(class.css());
            html.push_str("\">");
            escape(&text[range.clone()], &mut html);
            html.push_str("</span>");
            written = range.end;
        }
        escape(&text[written..], &mut html);
        html
    }
}

/// Appends text as HTML text.
fn escape(text: &str, html: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>')) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

/// How a language of our own is read.
enum Lexer {
    /// By a lexer that follows its lines.
    Lines(fn(&mut Painter<'_>)),
    /// By the lexer for programming languages.
    Code(&'static Grammar),
}

impl Lexer {
    /// Finds the lexer by the names that authors write behind the fence.
    fn of(language: &str) -> Option<Self> {
        Some(match language {
            "yaml" | "yml" => Self::Lines(yaml::lex),
            "json" | "jsonc" | "json5" | "jsonl" => Self::Lines(json::lex),
            "toml" => Self::Lines(toml::toml),
            "ini" | "cfg" | "conf" | "env" | "dotenv" | "properties" | "editorconfig" => {
                Self::Lines(toml::ini)
            }
            "bash" | "sh" | "shell" | "zsh" | "ksh" => Self::Lines(shell::script),
            "console" | "shell-session" | "shellsession" | "terminal" => {
                Self::Lines(shell::session)
            }
            "dockerfile" | "docker" | "containerfile" => Self::Lines(dockerfile::lex),
            "diff" | "patch" => Self::Lines(diff::lex),
            "rust" | "rs" => Self::Code(&rust::GRAMMAR),
            "python" | "py" | "python3" => Self::Code(&python::GRAMMAR),
            "javascript" | "js" | "mjs" | "jsx" | "typescript" | "ts" | "tsx" => {
                Self::Code(&javascript::GRAMMAR)
            }
            "go" | "golang" => Self::Code(&go::GRAMMAR),
            "sql" | "postgresql" | "postgres" | "mysql" | "sqlite" => Self::Code(&sql::GRAMMAR),
            "hcl" | "terraform" | "tf" | "tfvars" => Self::Code(&hcl::GRAMMAR),
            "rego" => Self::Code(&rego::GRAMMAR),
            _ => return None,
        })
    }
}
