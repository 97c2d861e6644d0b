//! The words of a block: what a reader sees as one thing is one word.
//!
//! Numbers with their units, dates, link targets, variables, marks of Markdown and the parts of a
//! clause's mark are one word each. The words of a text, one after the other, are the text.

use unicode_normalization::char::is_combining_mark;

use super::coarse::coarse;
use super::number::{month_first, number};
use super::segment::{self, Kind};
use crate::diagnostic::render::is_hidden;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Class {
    /// A word of a language.
    Word,
    /// A number, with its unit, or a name with digits such as `CC6.1`.
    Number,
    /// A day, month or time.
    Date,
    /// A mark of Markdown or a tag of HTML.
    Mark,
    /// The number, letter or sign before an item.
    Ordinal,
    /// Where a link leads.
    Target,
    /// Which image is shown.
    Image,
    /// A variable.
    Variable,
    /// A part of the mark of a clause.
    Clause,
    /// Punctuation.
    Punctuation,
    /// A character that nobody sees.
    Hidden,
    /// Spaces and tabs inside a line.
    Space,
    /// The end of a line.
    Break,
}

impl Class {
    /// Returns whether the word is white space.
    pub(super) fn is_space(self) -> bool {
        matches!(self, Self::Space | Self::Break)
    }

    /// Returns whether it carries meaning by itself, unlike a mark or white space.
    pub(super) fn counts(self) -> bool {
        !matches!(self, Self::Mark | Self::Ordinal | Self::Punctuation | Self::Space | Self::Break)
    }
}

/// A word and where it stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) class: Class,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// How far the end of a link, tag or variable is searched, in bytes. What is longer is read as
/// words, which keeps the work linear.
pub(super) const REACH: usize = 1_000;

/// How many such searches of a block may fail before it is read without them.
const FAILURES: usize = 50;

/// The longest block that is read closely, in bytes. Longer ones are no prose: their words are what
/// white space separates.
const LONGEST: usize = 100_000;

/// Takes a block apart. Offsets are those of `text`.
pub(super) fn words(text: &str, kind: Kind) -> Vec<Word> {
    if text.len() > LONGEST {
        return coarse(text);
    }
    let mut scanner = Scanner {
        text,
        kind,
        at: 0,
        line_start: true,
        clause_end: 0,
        brackets: Vec::new(),
        target: None,
        failures: 0,
        definition: kind == Kind::Definition && !text.trim_start().starts_with("[^"),
    };
    let mut words = Vec::with_capacity(text.len() / 4);
    while scanner.at < text.len() {
        let start = scanner.at;
        let (class, length) = scanner.next();
        let end = start + length.max(1);
        scanner.at = end;
        scanner.line_start = class == Class::Break
            || scanner.line_start && (class == Class::Space || &text[start..end] == ">");
        words.push(Word { class, start, end });
    }
    words
}

struct Scanner<'a> {
    text: &'a str,
    kind: Kind,
    at: usize,
    /// Whether nothing but white space and marks of quotes stand before this on its line.
    line_start: bool,
    /// Where the clause mark ends that is being read.
    clause_end: usize,
    /// For each open bracket, whether it is that of an image.
    brackets: Vec<bool>,
    /// The class and end of the link target that is being read.
    target: Option<(Class, usize)>,
    /// How many ends were searched in vain.
    failures: usize,
    /// Whether the target of a definition is still to come.
    definition: bool,
}

impl Scanner<'_> {
    /// Returns the class and length of the word that begins here.
    fn next(&mut self) -> (Class, usize) {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        if let Some((class, end)) = self.target {
            if self.at < end {
                return (class, end - self.at);
            }
            self.target = None;
            return (Class::Mark, 1);
        }
        if bytes[0] == b'\n' {
            return (Class::Break, 1);
        }
        let blank = bytes.iter().take_while(|it| matches!(it, b' ' | b'\t')).count();
        if blank > 0 {
            return (Class::Space, blank);
        }
        if self.at < self.clause_end {
            return clause(rest, self.clause_end - self.at);
        }
        if self.line_start
            && let Some(found) = self.at_line_start(rest)
        {
            return found;
        }
        if self.kind != Kind::Code
            && let Some(found) = self.markdown(rest)
        {
            return found;
        }
        if rest.starts_with("{{")
            && let Some(end) = self.within(rest, "}}")
            && !rest[..end].contains('\n')
        {
            return (Class::Variable, end);
        }
        for scheme in ["http://", "https://", "mailto:", "www."] {
            if rest.starts_with(scheme) {
                let end = rest.find(|it: char| it.is_whitespace() || "()<>\"`|".contains(it));
                let address = &rest[..end.unwrap_or(rest.len())];
                return (Class::Target, address.trim_end_matches(['.', ',', ';', ':', '*']).len());
            }
        }
        word(rest)
    }

    /// Reads marks that mean something at the start of a line only.
    fn at_line_start(&self, rest: &str) -> Option<(Class, usize)> {
        if matches!(self.kind, Kind::Code | Kind::Fact) {
            return None;
        }
        let hashes = rest.bytes().take_while(|it| *it == b'#').count();
        if hashes > 0 {
            return Some((Class::Mark, hashes));
        }
        if rest.starts_with('>') {
            return Some((Class::Mark, 1));
        }
        match segment::marker(rest) {
            0 => None,
            length => Some((Class::Ordinal, length)),
        }
    }

    /// Reads what Markdown and HTML know.
    fn markdown(&mut self, rest: &str) -> Option<(Class, usize)> {
        let bytes = rest.as_bytes();
        match bytes[0] {
            b'{' if is_clause(rest) => {
                self.clause_end = self.at + rest.find(['}', '\n']).map_or(rest.len(), |it| it + 1);
                Some(clause(rest, self.clause_end - self.at))
            }
            b'\\' if bytes.get(1).is_some_and(u8::is_ascii_punctuation) => {
                Some((Class::Punctuation, 2))
            }
            b'!' if bytes.get(1) == Some(&b'[') => {
                self.brackets.push(true);
                Some((Class::Mark, 2))
            }
            b'[' => Some(self.bracket(rest)),
            b']' => Some(self.after_bracket(rest)),
            b'<' => self.tag(rest),
            b'-' if rest.starts_with("-->") => Some((Class::Mark, 3)),
            b'&' => {
                let name = rest[1..].find(|it: char| !it.is_ascii_alphanumeric() && it != '#')?;
                let found = (1..=32).contains(&name) && bytes[1 + name] == b';';
                found.then_some((Class::Word, name + 2))
            }
            mark @ (b'*' | b'_' | b'~' | b'`') => {
                let run = bytes.iter().take_while(|it| **it == mark).count();
                Some((Class::Mark, run))
            }
            b'|' if self.kind == Kind::Row => Some((Class::Mark, 1)),
            b'-' | b'=' if matches!(self.kind, Kind::Row | Kind::Rule | Kind::Heading) => {
                let run = bytes.iter().take_while(|it| **it == bytes[0]).count();
                Some((if run > 1 { Class::Mark } else { Class::Punctuation }, run))
            }
            _ if self.definition && self.text[..self.at].trim_end().ends_with(':') => {
                self.definition = false;
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                Some((Class::Target, end))
            }
            _ => None,
        }
    }

    /// Reads from an opening bracket on.
    fn bracket(&mut self, rest: &str) -> (Class, usize) {
        let simple = rest.starts_with("[[") || rest.starts_with("[^");
        let close = if rest.starts_with("[[") { "]]" } else { "]" };
        if simple
            && let Some(end) = self.within(rest, close)
            && !rest[..end].contains('\n')
        {
            return (Class::Target, end);
        }
        for check in ["[ ]", "[x]", "[X]"] {
            if rest.starts_with(check) && self.kind == Kind::Item {
                return (Class::Word, check.len());
            }
        }
        self.brackets.push(false);
        (Class::Mark, 1)
    }

    /// Reads from a closing bracket on, with the target that follows it.
    fn after_bracket(&mut self, rest: &str) -> (Class, usize) {
        let class = match self.brackets.pop() {
            Some(true) => Class::Image,
            Some(false) => Class::Target,
            None => return (Class::Mark, 1),
        };
        match rest.as_bytes().get(1) {
            Some(b'(') => match self.closing(&rest[1..]) {
                Some(length) => self.target(class, length),
                None => (Class::Mark, 1),
            },
            Some(b'[') => match self.within(&rest[1..], "]") {
                Some(length) => self.target(class, length),
                None => (Class::Mark, 1),
            },
            _ => (Class::Mark, 1),
        }
    }

    /// Begins to read a target that has `length` bytes with what encloses it.
    fn target(&mut self, class: Class, length: usize) -> (Class, usize) {
        self.target = Some((class, self.at + length));
        (Class::Mark, 2)
    }

    /// Returns the end of `needle` in a text, not too far away.
    fn within(&mut self, text: &str, needle: &str) -> Option<usize> {
        if self.failures > FAILURES {
            return None;
        }
        let near = text.floor_char_boundary(REACH);
        let found = text[..near].find(needle).map(|at| at + needle.len());
        self.failures += usize::from(found.is_none());
        found
    }

    /// Returns the length of a text in parentheses that begins here.
    fn closing(&mut self, text: &str) -> Option<usize> {
        if self.failures > FAILURES {
            return None;
        }
        let (mut depth, mut quoted) = (0_usize, false);
        for (at, byte) in text.bytes().enumerate().take(REACH) {
            match byte {
                b'"' => quoted = !quoted,
                b'(' if !quoted => depth += 1,
                b')' if !quoted => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(at + 1);
                    }
                }
                b'\n' if text[at..].starts_with("\n\n") => break,
                _ => {}
            }
        }
        self.failures += 1;
        None
    }

    /// Reads a tag, a comment's beginning or a link in angle brackets.
    fn tag(&mut self, rest: &str) -> Option<(Class, usize)> {
        if rest.starts_with("<!--") {
            return Some((Class::Mark, 4));
        }
        let end = self.within(rest, ">")?;
        let inside = &rest[1..end - 1];
        let first = inside.strip_prefix('/').unwrap_or(inside).bytes().next()?;
        if !first.is_ascii_alphabetic() {
            return None;
        }
        let name = inside.split([' ', '\n', '\t']).next().unwrap_or_default();
        if name.contains(':') || name.contains('@') {
            return (!inside.contains([' ', '\n'])).then_some((Class::Target, end));
        }
        let class = if inside.contains("src=") {
            Class::Image
        } else if inside.contains("href=") {
            Class::Target
        } else {
            Class::Mark
        };
        Some((class, end))
    }
}

/// Returns whether the attributes of a clause or heading begin here.
fn is_clause(rest: &str) -> bool {
    let inside = &rest[1..];
    let name = inside.bytes().take_while(|it| it.is_ascii_alphanumeric() || b"-_".contains(it));
    let length = name.count();
    inside.starts_with('#') || length > 0 && inside[length..].starts_with("=\"")
}

/// Reads a part of a clause mark of which `left` bytes are left.
fn clause(rest: &str, left: usize) -> (Class, usize) {
    let rest = &rest[..left];
    let end = rest.find([' ', '\t', ',']).unwrap_or(left);
    let length = match rest.find("=\"") {
        Some(equals) if equals < end => equals + 2,
        _ => match rest.find(['"', '}']) {
            Some(0) => 1,
            Some(quote) if quote < end => quote,
            _ => end,
        },
    };
    (Class::Clause, length.max(1))
}

/// Reads a word, a number, punctuation or a hidden character.
fn word(rest: &str) -> (Class, usize) {
    let Some(first) = rest.chars().next() else { return (Class::Punctuation, 0) };
    if is_invisible(first) {
        return (Class::Hidden, first.len_utf8());
    }
    if first.is_ascii_digit() {
        return number(rest, 0);
    }
    if matches!(first, '$' | '€' | '£' | '¥') {
        let sign = first.len_utf8();
        let space = usize::from(rest[sign..].starts_with(' '));
        if rest[sign + space..].starts_with(|it: char| it.is_ascii_digit()) {
            return number(rest, sign + space);
        }
    }
    if !is_part(first) {
        let run = rest.chars().take_while(|it| *it == first).count();
        return (Class::Punctuation, run * first.len_utf8());
    }
    if is_alone(first) {
        let marks: usize = rest[first.len_utf8()..]
            .chars()
            .take_while(|it| is_combining_mark(*it))
            .map(char::len_utf8)
            .sum();
        return (Class::Word, first.len_utf8() + marks);
    }
    let length = letters(rest);
    let name = &rest[..length];
    if let Some(end) = mail(rest, length) {
        return (Class::Target, end);
    }
    if name.contains(|it: char| it.is_ascii_digit()) {
        return (Class::Number, length);
    }
    match month_first(rest, length) {
        Some(end) => (Class::Date, end),
        None => (Class::Word, length),
    }
}

/// Returns whether nobody sees a character that is there: unprintable ones and special spaces.
pub(super) fn is_invisible(character: char) -> bool {
    is_hidden(character) || character.is_whitespace() && !matches!(character, ' ' | '\t' | '\n')
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || is_combining_mark(character)
}

/// Returns whether a character belongs to a script that puts no space between words.
fn is_alone(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Returns the length of a word, with what joins its parts.
pub(super) fn letters(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, character)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = match character {
            '-' | '\'' | '’' => next.is_some_and(char::is_alphanumeric),
            '.' => next.is_some_and(|it| it.is_ascii_digit()),
            _ => is_part(character) && !is_alone(character),
        };
        if !joins {
            return at;
        }
    }
    text.len()
}

/// Returns the end of an address of mail whose first part has `length` bytes.
fn mail(rest: &str, length: usize) -> Option<usize> {
    let local = rest[length..]
        .bytes()
        .take(64)
        .take_while(|it| it.is_ascii_alphanumeric() || b"._%+-".contains(it))
        .count();
    let host = rest[length + local..].strip_prefix('@')?;
    let host = host.bytes().take_while(|it| it.is_ascii_alphanumeric() || b".-".contains(it));
    let host = host.count();
    (host > 0).then(|| {
        let end = length + local + 1 + host;
        rest[..end].trim_end_matches('.').len()
    })
}

#[cfg(test)]
mod tests {
    use super::{Class, words};
    use crate::redline::segment::Kind;

    /// Returns the words with a letter for each class, white space left out.
    fn read(text: &str, kind: Kind) -> String {
        let words = words(text, kind);
        let whole: String = words.iter().map(|it| &text[it.start..it.end]).collect();
        assert_eq!(whole, text, "no byte is left out");
        let seen = words.iter().filter(|it| !it.class.is_space());
        let each = seen.map(|it| {
            let letter = match it.class {
                Class::Word => 'w',
                Class::Number => 'n',
                Class::Date => 'd',
                Class::Mark => 'm',
                Class::Ordinal => 'o',
                Class::Target => 't',
                Class::Image => 'i',
                Class::Variable => 'v',
                Class::Clause => 'c',
                Class::Punctuation => 'p',
                Class::Hidden => 'h',
                Class::Space | Class::Break => unreachable!("left out"),
            };
            format!("{letter}:{}", &text[it.start..it.end])
        });
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_one_thing_is_one_word() {
        let cases = [
            ("at least 14 characters", "w:at w:least n:14 characters"),
            ("within 5 working days.", "w:within n:5 working days p:."),
            ("in 24h or 1,000.50 EUR, 99.9 %", "w:in n:24h w:or n:1,000.50 EUR p:, n:99.9 %"),
            ("€5,000 and AES-256, CC6.1.", "n:€5,000 w:and n:AES-256 p:, n:CC6.1 p:."),
            ("on 2026-02-01 at 14:03", "w:on d:2026-02-01 w:at d:14:03"),
            ("1 February 2026, March 3, 2026", "d:1 February 2026 p:, d:March 3, 2026"),
            ("You may 5", "w:You d:may 5"),
            ("You may not", "w:You w:may w:not"),
            ("multi-factor, don't", "w:multi-factor p:, w:don't"),
            ("[text](a.md \"t\") x", "m:[ w:text m:]( t:a.md \"t\" m:) w:x"),
            ("![alt](a(1).png)", "m:![ w:alt m:]( i:a(1).png m:)"),
            ("[a][b] [[POL-AC]] [^1]", "m:[ w:a m:][ t:b m:] t:[[POL-AC]] t:[^1]"),
            ("see https://x.org/a, ok", "w:see t:https://x.org/a p:, w:ok"),
            ("<https://x.org> a@b.org.", "t:<https://x.org> t:a@b.org p:."),
            ("{{ facts.rto }} ends", "v:{{ facts.rto }} w:ends"),
            (
                "Do. {#mfa soc2=\"CC6.1 CC6.2\"}",
                "w:Do p:. c:{#mfa c:soc2=\" c:CC6.1 c:CC6.2 c:\" c:}",
            ),
            ("**bold** `code` &nbsp;", "m:** w:bold m:** m:` w:code m:` w:&nbsp;"),
            ("a\u{200b}b\u{a0}c", "w:a h:\u{200b} w:b h:\u{a0} w:c"),
            ("密码 e\u{301}t", "w:密 w:码 w:e\u{301}t"),
            ("x <!-- y --> <br> z", "w:x m:<!-- w:y m:--> m:<br> w:z"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text, Kind::Paragraph), expected);
        }
        assert_eq!(read("7. **All** staff", Kind::Item), "o:7. m:** w:All m:** w:staff");
        assert_eq!(read("| a | 3 days |", Kind::Row), "m:| w:a m:| n:3 days m:|");
        assert_eq!(read("[a]: /x \"T\"", Kind::Definition), "m:[ w:a m:] p:: t:/x p:\" w:T p:\"");
        assert_eq!(read("x = y[0] # z", Kind::Code), "w:x p:= w:y p:[ n:0 p:] p:# w:z");
    }
}
