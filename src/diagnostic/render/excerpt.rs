//! The line of a file that a message is about, made fit for a terminal.

use super::escape::{is_unprintable, push_visible};
use super::position::bounded;
use crate::span::Span;

const TAB: &str = "    ";

/// One line of a file: nothing in it acts on a terminal, and it is no longer than asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The line, without its end.
    pub(super) line: String,
    /// The bytes of it to point at; empty where the place is.
    pub(super) marked: std::ops::Range<usize>,
}

impl Excerpt {
    /// Cuts the line where a span begins. A span over several lines is marked to the end of its
    /// first; a line of more than `width` characters keeps those around the mark.
    pub(super) fn of(text: &str, span: Span, width: usize) -> Self {
        let range = bounded(text, span);
        let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        let rest = &text[line_start..];
        let line = rest.split('\n').next().unwrap_or(rest);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let start = (range.start - line_start).min(line.len());
        let end = (range.end - line_start).clamp(start, line.len());
        let (start, end) = (shown_length(&line[..start]), shown_length(&line[..end]));
        Self::window(&shown(line), start..end, width.max(20))
    }

    /// Keeps `width` characters of a line around the marked ones.
    fn window(line: &str, marked: std::ops::Range<usize>, width: usize) -> Self {
        let length = line.chars().count();
        let (skipped, kept) = if length <= width {
            (0, length)
        } else {
            let context = width / 4;
            let skipped = marked.start.saturating_sub(context).min(length - width);
            (skipped, width)
        };
        let ends_early = skipped + kept < length;
        let mut window = String::with_capacity(line.len().min(kept * 4) + 6);
        if skipped > 0 {
            window.push('…');
        }
        let lead = usize::from(skipped > 0);
        window
            .extend(line.chars().skip(skipped + lead).take(kept - lead - usize::from(ends_early)));
        if ends_early {
            window.push('…');
        }
        let byte = |character: usize| {
            let at = character.saturating_sub(skipped);
            window.char_indices().nth(at).map_or(window.len(), |(byte, _)| byte)
        };
        let marked = byte(marked.start)..byte(marked.end);
        Self { line: window, marked }
    }
}

fn shown(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\t' => shown.push_str(TAB),
            _ => push_visible(&mut shown, character),
        }
    }
    shown
}

/// Returns how many characters [`shown`] makes of a text.
fn shown_length(text: &str) -> usize {
    if text.contains(is_unprintable) { shown(text).chars().count() } else { text.chars().count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, start: usize, end: usize, width: usize) -> (String, String) {
        let excerpt = Excerpt::of(text, Span::new(start, end), width);
        let marked = excerpt.line[excerpt.marked].to_owned();
        (excerpt.line, marked)
    }

    #[test]
    fn a_line_is_cut_cleaned_and_marked() {
        let pair = |line: &str, marked: &str| (line.to_owned(), marked.to_owned());
        assert_eq!(marked("one\r\ntwo\r\n", 5, 8, 80), pair("two", "two"));
        assert_eq!(marked("one\r\ntwo\r\n", 1, 8, 80), pair("one", "ne"));
        assert_eq!(marked("\ta\u{202e}b", 5, 6, 80), pair("    a\\u{202e}b", "b"));
        assert_eq!(marked("one\n", 4, 4, 80), pair("", ""));
    }

    #[test]
    fn a_long_line_keeps_what_surrounds_the_mark() {
        let text = format!("{}needle{}", "a".repeat(50), "b".repeat(50));
        assert_eq!(
            marked(&text, 50, 56, 20),
            ("…aaaaneedlebbbbbbbb…".to_owned(), "needle".to_owned())
        );
        assert_eq!(
            marked(&text, 100, 106, 20),
            ("…bbbbbbbbbbbbbbbbbbb".to_owned(), "bbbbbb".to_owned())
        );
    }
}
