//! Text as typst string literals, the only form in which text enters typst code.

use std::fmt::Write as _;

use super::character;

/// Appends `text` as a string literal. Control characters, which no font can print, and variation
/// selectors are left out; line ends stay.
pub(super) fn push(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            _ if character::is_dropped(character) => {}
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// Returns `text` as a string literal.
pub(super) fn of(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    push(text, &mut out);
    out
}

/// Returns the literals of `texts` as a typst array.
pub(super) fn array<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::from("(");
    for text in texts {
        let _infallible = write!(out, "{}, ", of(text));
    }
    out.push(')');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_literal_early() {
        assert_eq!(
            of("a\"]#panic(\\\" \n\t\u{0}\u{1b}é $x$ @y <z> // *"),
            r#""a\"]#panic(\\\" \n é $x$ @y <z> // *""#
        );
        assert_eq!(array(["a", "b"]), "(\"a\", \"b\", )");
        assert_eq!(array([]), "()");
    }
}
