//! Characters that cannot be seen, in the parts of files that are no Markdown, and control
//! characters anywhere.

use super::markdown::is_hidden;
use super::rules::{hidden_character, invalid_text};
use crate::diagnostic::Diagnostic;
use crate::span::{FilePath, Place, Span};

/// Reports line ends that only some programs know, control characters, and in what stands before
/// `body` the characters that cannot be seen: reading the body finds its own.
pub(super) fn check(path: &FilePath, text: &str, body: usize, diagnostics: &mut Vec<Diagnostic>) {
    let (head, rest) = text.as_bytes().split_at_checked(body).unwrap_or((text.as_bytes(), &[]));
    if head.iter().all(|byte| is_seen(*byte)) && rest.iter().all(|byte| is_free_of_control(*byte)) {
        return; // nearly every text, without a look at each character
    }
    let mut last = None;
    let mut has_lone_return = false;
    for (at, c) in text.char_indices() {
        let was = last.replace(c);
        let is_plain = matches!(c, ' '..='~' | '\n' | '\t') || was == Some(c);
        let ends_line = c == '\r' && text[at + 1..].starts_with('\n');
        if is_plain || ends_line {
            continue;
        }
        // Joiners are part of scripts and emoji.
        if matches!(c, '\u{200c}' | '\u{200d}') && was.is_some_and(|was| !was.is_ascii()) {
            continue;
        }
        let place = Place::new(path, Span::new(at, at + c.len_utf8()));
        if c == '\r' && !has_lone_return {
            has_lone_return = true;
            let message = "this carriage return ends a line for some programs and not for others";
            let help = "save the file with line ends of Unix or Windows";
            diagnostics.push(Diagnostic::new(&invalid_text::RULE, place, message).help(help));
        } else if c != '\r' && (c.is_control() || at < body && is_hidden(c)) {
            let message =
                format!("the character U+{:04X} stands here and cannot be seen", u32::from(c));
            diagnostics
                .push(Diagnostic::new(&hidden_character::RULE, place, message).help("remove it"));
        }
    }
}

/// Returns whether a byte is a character that can be seen, or an ordinary space or end of a line.
fn is_seen(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n' | b'\t')
}

/// Returns whether no control character has this byte: beyond ASCII they begin with 0xc2.
fn is_free_of_control(byte: u8) -> bool {
    is_seen(byte) || byte >= 0x80 && byte != 0xc2
}
