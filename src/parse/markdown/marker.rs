//! Markers of lists that `CommonMark` does not know: `a.`, `(a)`, `iv)`, `(1)`.

use crate::model::body::{Delimiter, Inline, Numbering, Written};

/// A marker at the start of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LineMarker {
    /// What stands around it.
    pub(super) delimiter: Delimiter,
    /// What it can count: `i` is a letter and a Roman number.
    pub(super) readings: Vec<(Numbering, u64)>,
    /// The length with the white space after it.
    pub(super) length: usize,
}

impl LineMarker {
    /// Tells whether it can be the first of a sequence.
    pub(super) fn reads_one(&self) -> bool {
        self.readings.iter().any(|(_, value)| *value == 1)
    }

    /// Tells whether it can only come after another one as the second Roman number.
    pub(super) fn follows(&self, first: &LineMarker) -> bool {
        self.delimiter == first.delimiter
            && self
                .readings
                .iter()
                .all(|(numbering, value)| *value == 2 && first.readings.contains(&(*numbering, 1)))
    }
}

/// Reads the marker with which a line begins.
pub(super) fn of_line(line: &[Inline<Written>]) -> Option<LineMarker> {
    let Some(Inline::Text(text)) = line.first() else { return None };
    let marker = of_text(text)?;
    (text.len() > marker.length || line.len() > 1).then_some(marker)
}

/// Reads the marker at the start of a text.
pub(super) fn of_text(text: &str) -> Option<LineMarker> {
    let inside = text.strip_prefix('(');
    let rest = inside.unwrap_or(text);
    let word_length = rest.bytes().take(9).take_while(u8::is_ascii_alphanumeric).count();
    let (word, after) = rest.split_at(word_length);
    let delimiter = match (inside, after.as_bytes().first()?) {
        (Some(_), b')') => Delimiter::Parentheses,
        (None, b')') => Delimiter::Parenthesis,
        (None, b'.') => Delimiter::Period,
        _ => return None,
    };
    let after = &after[1..];
    let spaces = after.len() - after.trim_start().len();
    let words = &after.as_bytes()[spaces..];
    let abbreviation = delimiter == Delimiter::Period
        && matches!(words, [letter, b'.', ..] if letter.is_ascii_alphabetic());
    if spaces == 0 && !after.is_empty() || abbreviation {
        return None;
    }
    let readings = readings(word, delimiter);
    let length = text.len() - after.len() + spaces;
    (!readings.is_empty()).then_some(LineMarker { delimiter, readings, length })
}

/// Returns what a word can count.
fn readings(word: &str, delimiter: Delimiter) -> Vec<(Numbering, u64)> {
    let mut readings = Vec::new();
    match word.as_bytes() {
        [letter @ b'a'..=b'z'] => {
            readings.push((Numbering::LowerLetter, u64::from(letter - b'a' + 1)));
        }
        [letter @ b'A'..=b'Z'] => {
            readings.push((Numbering::UpperLetter, u64::from(letter - b'A' + 1)));
        }
        _ => {}
    }
    if let Some(number) = roman(&word.to_ascii_lowercase()) {
        if word.bytes().all(|b| b.is_ascii_lowercase()) {
            readings.push((Numbering::LowerRoman, number));
        } else if word.bytes().all(|b| b.is_ascii_uppercase()) {
            readings.push((Numbering::UpperRoman, number));
        }
    }
    // Without the opening parenthesis CommonMark reads numbers itself.
    if delimiter == Delimiter::Parentheses
        && word.len() <= 3
        && !word.starts_with('0')
        && let Ok(number) = word.parse()
    {
        readings.push((Numbering::Decimal, number));
    }
    readings
}

/// Reads a Roman number up to 49 in its one correct form.
fn roman(word: &str) -> Option<u64> {
    const UNITS: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    const TENS: [&str; 5] = ["", "x", "xx", "xxx", "xl"];
    for (tens, prefix) in [0, 1, 2, 3, 4].into_iter().zip(TENS).rev() {
        if let Some(rest) = word.strip_prefix(prefix) {
            let units = (0..).zip(UNITS).find(|(_, unit)| *unit == rest).map(|(unit, _)| unit)?;
            return Some(tens * 10 + units).filter(|number| *number > 0);
        }
    }
    None
}
