//! One lexer for the programming languages: they differ by their words, comments and quotes.

use super::Class;
use super::painter::{Painter, is_number, is_word, is_word_start};

/// How a language looks to its lexer.
pub(super) struct Grammar {
    /// What begins a comment that ends with its line.
    pub(super) line_comments: &'static [&'static str],
    /// What begins and ends a comment of any length.
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// Whether such comments stand inside each other.
    pub(super) comments_nest: bool,
    /// The quotes, longer ones before shorter ones.
    pub(super) quotes: &'static [Quote],
    /// What the words of the language are.
    pub(super) word: fn(&str) -> Option<Class>,
    /// Which names the language's customs give away.
    pub(super) names: Names,
    /// Reads what is special in the language; returns whether there was something.
    pub(super) special: fn(&mut Painter<'_>) -> bool,
}

/// A kind of quoted text.
pub(super) struct Quote {
    /// What begins and ends it.
    pub(super) mark: &'static str,
    /// Whether a backslash protects the next character.
    pub(super) escapes: bool,
    /// Whether it may run over several lines.
    pub(super) lines: bool,
}

/// Which names are recognised by their form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Calls only, by the parenthesis behind them.
    Calls,
    /// Calls, `Types` and `CONSTANTS`.
    CallsAndCapitals,
}

/// Is the `special` of a language that has nothing special.
pub(super) fn nothing(_: &mut Painter<'_>) -> bool {
    false
}

pub(super) fn lex(painter: &mut Painter<'_>, grammar: &Grammar) {
    let mut declares = false;
    while !painter.is_done() {
        let byte = painter.byte();
        if byte.is_ascii_whitespace() {
            painter.skip_while(|byte| byte.is_ascii_whitespace());
        } else if (grammar.special)(painter) {
            declares = false;
        } else if is_word_start(byte) {
            declares = word(painter, grammar, declares);
        } else {
            declares = false;
            if byte.is_ascii_digit() {
                number(painter);
            } else if !comment(painter, grammar) && !quoted(painter, grammar) {
                operator(painter);
            }
        }
    }
}

/// Paints a word; returns whether it declares the name that follows.
fn word(painter: &mut Painter<'_>, grammar: &Grammar, declared: bool) -> bool {
    let start = painter.skip_while(is_word);
    let word = painter.since(start);
    if let Some(class) = (grammar.word)(word) {
        painter.paint(start, class);
        return class == Class::Keyword && matches!(word, "fn" | "def" | "func" | "function");
    }
    if declared || painter.byte() == b'(' {
        painter.paint(start, Class::Function);
    } else if grammar.names == Names::CallsAndCapitals
        && let [first, rest @ ..] = word.as_bytes()
        && first.is_ascii_uppercase()
    {
        let constant = !rest.is_empty() && !rest.iter().any(u8::is_ascii_lowercase);
        painter.paint(start, if constant { Class::Constant } else { Class::Type });
    }
    false
}

pub(super) fn number(painter: &mut Painter<'_>) {
    let start = painter.at;
    loop {
        // `1..2` is a range and `1.max(2)` a call; `1.5e-3` is one number.
        painter.skip_while(|byte| is_number(byte) && byte != b'.');
        let next = painter.ahead(1);
        let exponent = matches!(painter.previous(), b'e' | b'E')
            && !painter.since(start).starts_with("0x")
            && matches!(painter.byte(), b'+' | b'-');
        if (painter.byte() == b'.' || exponent) && next.is_ascii_digit() {
            painter.skip(1);
        } else {
            break;
        }
    }
    painter.paint(start, Class::Number);
}

fn comment(painter: &mut Painter<'_>, grammar: &Grammar) -> bool {
    if grammar.line_comments.iter().any(|mark| painter.sees(mark)) {
        painter.paint_line(Class::Comment);
        return true;
    }
    let Some((open, close)) = grammar.block_comment.filter(|(open, _)| painter.sees(open)) else {
        return false;
    };
    let start = painter.at;
    painter.skip(open.len());
    if grammar.comments_nest {
        let mut depth = 1_usize;
        while depth > 0 && !painter.is_done() {
            painter.skip_while(|byte| byte != b'/' && byte != b'*');
            if painter.sees(close) {
                depth -= 1;
                painter.skip(close.len());
            } else if painter.sees(open) {
                depth += 1;
                painter.skip(open.len());
            } else {
                painter.skip(1);
            }
        }
    } else {
        painter.skip_past(close);
    }
    painter.paint(start, Class::Comment);
    true
}

fn quoted(painter: &mut Painter<'_>, grammar: &Grammar) -> bool {
    let Some(quote) = grammar.quotes.iter().find(|quote| painter.sees(quote.mark)) else {
        return false;
    };
    let start = painter.at;
    painter.skip(quote.mark.len());
    skip_quote(painter, quote);
    painter.paint(start, Class::String);
    true
}

/// Moves behind the end of quoted text that has begun.
pub(super) fn skip_quote(painter: &mut Painter<'_>, quote: &Quote) {
    let Some(&mark) = quote.mark.as_bytes().first() else { return };
    loop {
        painter.skip_while(|byte| byte != mark && byte != b'\\' && byte != b'\n');
        match painter.byte() {
            _ if painter.is_done() => return,
            b'\n' if !quote.lines => return,
            b'\\' if quote.escapes => painter.skip(2),
            _ if painter.sees(quote.mark) => return painter.skip(quote.mark.len()),
            _ => painter.skip(1),
        }
    }
}

fn operator(painter: &mut Painter<'_>) {
    let start = painter.skip_while(|byte| {
        matches!(
            byte,
            b'=' | b'+'
                | b'-'
                | b'*'
                | b'/'
                | b'%'
                | b'<'
                | b'>'
                | b'!'
                | b'&'
                | b'|'
                | b'^'
                | b'?'
        )
    });
    // A lone slash may begin a comment that the run would swallow: only whole runs are painted,
    // and a run ends before `//` and `/*`.
    let run = painter.since(start);
    if let Some(comment) = run.find("//").or_else(|| run.find("/*")).filter(|&at| at > 0) {
        painter.at = start + comment;
    }
    if painter.at == start {
        painter.skip(1);
    } else {
        painter.paint(start, Class::Operator);
    }
}
