//! Characters that act on a terminal or hide from a reader, written out so that they do neither.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns whether a character must not reach a terminal: controls of both sets, line and
/// paragraph separators, and everything that reorders, joins or takes no room.
pub(super) fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
                | '\u{fff0}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// Writes unprintable characters as `\u{202e}`, and tabs and line ends as `\t`, `\r` and `\n`.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unprintable) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        push_visible(&mut shown, character);
    }
    Cow::Owned(shown)
}

/// Appends one character as [`visible`] writes it.
pub(super) fn push_visible(shown: &mut String, character: char) {
    match character {
        '\t' | '\r' | '\n' => shown.extend(character.escape_default()),
        _ if is_unprintable(character) => shown.extend(character.escape_unicode()),
        _ => shown.push(character),
    }
}

/// Writes the unprintable characters inside the strings of a JSON text as `\uXXXX`, which changes
/// no value. The line ends between its lines stay.
pub(super) fn json(text: String) -> String {
    let stays = |character| character == '\n' || !is_unprintable(character);
    if text.chars().all(stays) {
        return text;
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if stays(character) {
            shown.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{unit:04x}");
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_invisible_characters_are_written_out() {
        assert_eq!(
            visible("a\u{1b}[31m\u{9b}\u{202e}\u{200b}\t\r\n\u{e0041}é→x"),
            "a\\u{1b}[31m\\u{9b}\\u{202e}\\u{200b}\\t\\r\\n\\u{e0041}é→x"
        );
    }

    #[test]
    fn json_keeps_its_values() {
        assert_eq!(
            json("{\n\"a\u{202e}\u{e0041}\u{9b}\"}".to_owned()),
            "{\n\"a\\u202e\\udb40\\udc41\\u009b\"}"
        );
    }
}
