//! Lines and columns: what people and editors call a place.

use crate::span::{Place, Span};

/// Finds the text of a file by its path: without a byte order mark, since spans count from after
/// it. Nothing for a file that is no text.
pub type Sources<'a> = dyn Fn(&str) -> Option<&'a str> + Sync + 'a;

/// A line and a column, both counted from 1. Columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) column: usize,
}

/// Where a place begins and ends: the end is after its last character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Extent {
    /// Finds a place in its text; the first character where there is no text.
    pub(super) fn of(place: &Place, sources: &Sources<'_>) -> Self {
        let text = sources(&place.path).unwrap_or_default();
        let range = bounded(text, place.span);
        let start = position(text, Position { line: 1, column: 1 }, 0..range.start);
        Self { start, end: position(text, start, range) }
    }
}

/// Returns the range of a span, moved inwards to where the text has characters.
pub(super) fn bounded(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.range().start);
    start..text.ceil_char_boundary(span.range().end).max(start)
}

fn position(text: &str, from: Position, range: std::ops::Range<usize>) -> Position {
    let passed = &text[range];
    match passed.rfind('\n') {
        Some(last) => Position {
            line: from.line + passed.bytes().filter(|byte| *byte == b'\n').count(),
            column: passed[last + 1..].chars().count() + 1,
        },
        None => Position { column: from.column + passed.chars().count(), ..from },
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn extent(text: &'static str, start: usize, end: usize) -> [usize; 4] {
        let place = Place::new(&Arc::from("a.md"), Span::new(start, end));
        let Extent { start, end } = Extent::of(&place, &|_| Some(text));
        [start.line, start.column, end.line, end.column]
    }

    #[test]
    fn columns_count_characters_and_survive_wrong_offsets() {
        assert_eq!(extent("é→x\r\nab", 5, 6), [1, 3, 1, 4]);
        assert_eq!(extent("é→x\r\nab", 2, 9), [1, 2, 2, 2]);
        assert_eq!(extent("é→x", 3, 99), [1, 2, 1, 4]);
        assert_eq!(extent("", 7, 9), [1, 1, 1, 1]);
    }
}
