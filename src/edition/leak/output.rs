//! The text of an output, as the search sees it.

use std::borrow::Cow;

use super::atom::Atom;
use super::markup;
use super::word::words;

/// Stands between the blocks of a text.
pub(super) const BLOCK_END: &str = "\u{1}";

/// The shortest readable text in a file that is not text, and the shortest atom that is looked for
/// there, in characters: shorter ones stand in any bytes by chance.
const SHORTEST: usize = 6;

/// What can be read in one output.
pub(super) struct Output {
    pub(super) address: String,
    /// Everything in it in lower case: as it stands, and as it is shown.
    pub(super) raw: String,
    /// Its words, block by block: words of two blocks are no quotation.
    pub(super) blocks: Vec<Vec<String>>,
    /// The words with a space around each, for searching a few in a row.
    joined: String,
    /// Whether it is text from beginning to end.
    is_text: bool,
}

impl Output {
    pub(super) fn new(address: &str, bytes: &[u8]) -> Self {
        let text = decode(bytes);
        let is_text = text.is_some();
        let mut raw = text.unwrap_or_else(|| readable(bytes).into()).to_lowercase();
        let (text, inside) = match address.rsplit_once('.') {
            Some((_, "html" | "htm" | "xml" | "atom" | "svg")) => markup::read(&raw),
            Some((_, "json" | "js")) => (markup::unescaped(&raw), String::new()),
            _ => (raw.clone(), String::new()),
        };
        if text != raw {
            raw.extend([BLOCK_END, &text, BLOCK_END, &inside]);
        }
        let blocks = |text: &str| -> Vec<Vec<String>> {
            let blocks = text.split(BLOCK_END);
            blocks.map(|block| words(block).map(|(word, _)| word).collect()).collect()
        };
        let mut open = blocks(&text);
        // What a tag says does not go on in the next one.
        let address_and_tags = blocks(&format!("{}{BLOCK_END}{inside}", address.to_lowercase()));
        let separator = format!(" {BLOCK_END} ");
        let tags: Vec<String> = address_and_tags.iter().map(|block| block.join(" ")).collect();
        let joined = format!(" {}{separator}{} ", open.concat().join(" "), tags.join(&separator));
        open.extend(address_and_tags);
        Self { address: address.to_owned(), raw, blocks: open, joined, is_text }
    }

    pub(super) fn holds(&self, atom: &Atom) -> bool {
        if !self.is_text && atom.text.chars().count() < SHORTEST {
            return false;
        }
        if atom.is_pattern {
            return self.raw.contains(&atom.text.to_lowercase());
        }
        let phrase = atom.phrase();
        !phrase.is_empty() && self.joined.contains(&format!(" {} ", phrase.join(" ")))
    }
}

/// Returns bytes as text: UTF-8, or UTF-16 that says so.
fn decode(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let units = |read: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes.chunks_exact(2).map(|it| read([it[0], it[1]])).collect()
    };
    match bytes {
        [0xff, 0xfe, ..] => Some(String::from_utf16_lossy(&units(u16::from_le_bytes)).into()),
        [0xfe, 0xff, ..] => Some(String::from_utf16_lossy(&units(u16::from_be_bytes)).into()),
        _ => std::str::from_utf8(bytes).ok().map(Cow::from),
    }
}

/// Returns what can be read in bytes that are not text, such as the notes of a camera.
fn readable(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let runs = text.split(|c: char| c.is_control() || c == char::REPLACEMENT_CHARACTER);
    let runs: Vec<&str> = runs.filter(|run| run.chars().count() >= SHORTEST).collect();
    runs.join(BLOCK_END)
}

#[cfg(test)]
mod tests {
    use super::{Atom, Output};
    use crate::span::{Place, Span};

    fn atom(text: &str, is_pattern: bool) -> Atom {
        let place = Place::new(&"x.yaml".into(), Span::default());
        Atom { text: text.to_owned(), what: "", is_pattern, place }
    }

    #[test]
    fn words_are_found_whole_and_patterns_anywhere() {
        let output = Output::new("a.html", b"<p>Ask <b>Mara</b> Ellisons</p><img alt='AC-02'>");
        assert!(output.holds(&atom("ac-02", false)));
        assert!(!output.holds(&atom("Mara Ellison", false)));
        assert!(output.holds(&atom("ellison", true)));
    }

    #[test]
    fn neighbouring_values_are_no_phrase() {
        let output = Output::new("a.html", b"<img alt='Mara' title='Ellison'>");
        assert!(!output.holds(&atom("Mara Ellison", false)));
    }

    #[test]
    fn wide_text_is_text() {
        let wide = "\u{feff}a;Mara Ellison".encode_utf16();
        let little: Vec<u8> = wide.clone().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = wide.flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            assert!(Output::new("a.csv", &bytes).holds(&atom("Mara Ellison", false)));
        }
    }

    #[test]
    fn bytes_are_searched_for_what_can_be_read_and_is_no_chance() {
        let output = Output::new("a.pdf", b"%PDF\xff\x00/Author (Mara Ellison)\x00 AC-02 here");
        assert!(output.holds(&atom("Mara Ellison", false)));
        assert!(output.holds(&atom("llison)", true)));
        assert!(!output.holds(&atom("AC-02", false)));
    }

    #[test]
    fn the_address_is_searched() {
        assert!(Output::new("policies/mara-ellison.html", b"").holds(&atom("Mara Ellison", false)));
    }
}
