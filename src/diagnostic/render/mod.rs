//! Diagnostics as text: one file a form.
//!
//! Every form takes diagnostics and the texts they point into, and returns a whole text. Nothing
//! in it acts on a terminal: characters of content that could are written out.

mod escape;
mod excerpt;
pub mod github;
pub mod human;
pub mod json;
pub mod junit;
mod position;
pub mod sarif;
pub mod short;

pub use position::Sources;

use super::{Diagnostic, Level};
use crate::span::Place;

/// Makes text from content harmless for a terminal: characters that act on it or that cannot be
/// seen are written as `\u{1b}`.
pub fn visible(text: &str) -> std::borrow::Cow<'_, str> {
    escape::visible(text)
}

/// Returns whether a character acts on a terminal or cannot be seen.
pub fn is_hidden(character: char) -> bool {
    escape::is_unprintable(character)
}

/// Returns the line and column of a place, both counted from 1.
pub fn line_and_column(place: &Place, sources: &Sources<'_>) -> (usize, usize) {
    let start = position::Extent::of(place, sources).start;
    (start.line, start.column)
}

/// Returns the diagnostics that are shown, without those that settings turned off.
fn shown(diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    diagnostics.iter().filter(|one| one.level != Level::Off)
}

/// Writes a value as indented JSON with a final line end.
pub(crate) fn json_text(value: &impl serde::Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value)
        .unwrap_or_else(|_| unreachable!("keys are text and numbers are finite"));
    text.push('\n');
    escape::json(text)
}

#[cfg(test)]
mod fixture;
