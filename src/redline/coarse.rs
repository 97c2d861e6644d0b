//! The words of very long blocks, which are no prose: what white space separates, or more.

use super::word::{Class, REACH, Word};

/// The longest block whose words are looked at one by one, in bytes.
const LARGEST: usize = 1_000_000;

/// Takes a long text apart at white space.
pub(super) fn coarse(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = &text[start..];
        let rest = &rest[..rest.floor_char_boundary(REACH)];
        let space = |it: char| matches!(it, ' ' | '\t' | '\n');
        let blank = rest.starts_with(space);
        let length = rest.find(|it: char| space(it) != blank).unwrap_or(rest.len());
        let end = start + length;
        let class = match &text[start..end] {
            word if blank && word.contains('\n') => Class::Break,
            _ if blank => Class::Space,
            word if word.contains(|it: char| it.is_ascii_digit()) => Class::Number,
            _ => Class::Word,
        };
        words.push(Word { class, start, end });
        start = end;
    }
    if text.len() > LARGEST { joined(text, &words) } else { words }
}

/// Joins words where there are very many, up to the end of a line at most. Where a stretch ends
/// depends on its last word alone, so that equal stretches of two texts are joined alike.
fn joined(text: &str, words: &[Word]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len() / 4);
    let mut open = false;
    for word in words {
        match out.last_mut() {
            Some(last) if open && word.class != Class::Break => {
                last.end = word.end;
                if word.class == Class::Number {
                    last.class = Class::Number;
                }
            }
            _ => out.push(*word),
        }
        let sum: u32 = text[word.start..word.end].bytes().map(u32::from).sum();
        open = match word.class {
            Class::Break => false,
            Class::Space => open,
            _ => !sum.is_multiple_of(4),
        };
    }
    out
}
