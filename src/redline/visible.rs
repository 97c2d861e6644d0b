//! Text as it is shown: nothing acts on a terminal, nothing hides, and nothing in the text can pass
//! for a mark of the redline.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::word::is_invisible;
use super::{Change, Redline, Row, Run};

/// How the text of a run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four questions that do not depend on each other"
)]
pub(super) struct Manner {
    /// Whether `[-`, `-]`, `{+` and `+}` are marks, and have to be told from text.
    pub(super) marks: bool,
    /// Whether white space is written out, because there is nothing else.
    pub(super) spaces: bool,
    /// Whether letters are written out that look like others.
    pub(super) letters: bool,
    /// Whether lines end where they end in the text.
    pub(super) lines: bool,
}

/// Writes a text so that a reader sees everything that is in it.
pub(super) fn shown(text: &str, manner: Manner) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    let mut spaces = 0;
    while let Some(character) = chars.next() {
        let next = chars.peek().copied();
        match character {
            '\n' if manner.spaces => out.push('⏎'),
            // A line that ends by force ends here too.
            '\n' if manner.lines || spaces >= 2 || out.ends_with('\\') => out.push('\n'),
            '\n' => out.push(' '),
            ' ' if manner.spaces => out.push('·'),
            '\t' => out.push_str("\\t"),
            '·' | '⏎' if manner.letters => out.extend(character.escape_unicode()),
            '\\' if next.is_some_and(|it| "utrn-+]}\\".contains(it)) => out.push_str("\\\\"),
            '[' | '{' | '-' | '+' if manner.marks && is_mark(character, next) => {
                out.push(character);
                out.push('\\');
            }
            _ if is_invisible(character) => out.extend(character.escape_unicode()),
            _ if manner.letters && !character.is_ascii() => out.extend(character.escape_unicode()),
            _ => out.push(character),
        }
        spaces = if character == ' ' { spaces + 1 } else { 0 };
    }
    out
}

fn is_mark(character: char, next: Option<char>) -> bool {
    matches!(
        (character, next),
        ('[', Some('-')) | ('-', Some(']')) | ('{', Some('+')) | ('+', Some('}'))
    )
}

impl Redline {
    /// Returns how the run at an index of a row is shown.
    pub(super) fn manner(&self, row: &Row, runs: &[Run], at: usize, marks: bool) -> Manner {
        let run = &runs[at];
        let text = self.run_text(run);
        let changed = run.change != Change::Unchanged;
        let lines = matches!(row.kind, super::Kind::Code | super::Kind::Comment);
        if !changed {
            return Manner { marks, spaces: false, letters: false, lines };
        }
        let other = match run.change {
            Change::Removed => runs.get(at + 1).filter(|it| it.change == Change::Added),
            Change::Added => {
                at.checked_sub(1).map(|at| &runs[at]).filter(|it| it.change == Change::Removed)
            }
            Change::Unchanged => None,
        };
        let alike = other.is_some_and(|it| look(self.run_text(it)) == look(text));
        let only_signs = text.chars().all(|it| matches!(it, '·' | '⏎'));
        Manner {
            marks,
            spaces: text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n')),
            letters: alike || only_signs || text.split_whitespace().any(mixes_scripts),
            lines,
        }
    }
}

/// Returns a text by its looks: letters of other scripts that look like Latin ones become those.
fn look(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().filter(|it| !is_invisible(*it)).map(latin).collect())
}

/// Returns the Latin letter that a Cyrillic or Greek one looks like.
fn latin(character: char) -> char {
    const PAIRS: (&str, &str) = (
        "аеорсухіјѕԁһԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν",
        "aeopcyxijsdhqwABEKMHOPCTYXIJSABEZHIKMNOPTYXoav",
    );
    let found = PAIRS.0.chars().position(|it| it == character);
    found.and_then(|at| PAIRS.1.chars().nth(at)).unwrap_or(character)
}

/// Returns whether a word has Latin letters and such of another script that look like them.
pub(super) fn mixes_scripts(word: &str) -> bool {
    word.contains(|it: char| it.is_ascii_alphabetic())
        && word.contains(|it: char| matches!(it, '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{52f}'))
}

#[cfg(test)]
mod tests {
    use super::{Manner, look, mixes_scripts, shown};

    #[test]
    fn nothing_hides_and_nothing_passes_for_a_mark() {
        let plain = Manner { marks: true, ..Manner::default() };
        let cases = [
            ("a\u{202e}b\u{200b}\u{e0041}", "a\\u{202e}b\\u{200b}\\u{e0041}"),
            ("\u{1b}[31m\u{9b}\r", "\\u{1b}[31m\\u{9b}\\u{d}"),
            ("a\u{a0}b\tc", "a\\u{a0}b\\tc"),
            ("say \\u{202e} or \\t", "say \\\\u{202e} or \\\\t"),
            ("[-x-]{+y+}", "[\\-x-\\]{\\+y+\\}"),
            ("one\ntwo  \nthree\\\nfour", "one two  \nthree\\\nfour"),
            ("C:\\Data", "C:\\Data"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text, plain), expected);
        }
        assert_eq!(shown("  \n", Manner { spaces: true, ..plain }), "··⏎");
        assert_eq!(shown("é", Manner { letters: true, ..plain }), "\\u{e9}");
    }

    #[test]
    fn letters_that_look_alike_are_found() {
        assert_eq!(look("\u{440}\u{430}\u{443}"), "pay");
        assert_eq!(look("e\u{301}"), look("é"));
        assert!(mixes_scripts("p\u{430}y") && !mixes_scripts("Größe"));
    }
}
