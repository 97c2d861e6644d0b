//! The text of an output, as the search sees it.

use std::borrow::Cow;

use super::markup;
use super::word::words;

/// Stands between the blocks of a text.
pub(super) const BLOCK_END: &str = "\u{1}";

/// The shortest readable text in a file that is not text, and the shortest atom that is looked for
/// there, in characters: shorter ones stand in any bytes by chance.
pub(super) const SHORTEST: usize = 6;

/// What can be read in one output.
pub(super) struct Output {
    /// Everything in it in lower case: as it stands, and as it is shown.
    pub(super) raw: String,
    /// Its words, block by block: words of two blocks are no quotation.
    pub(super) blocks: Vec<Vec<String>>,
    /// How many blocks stand between tags; the rest stands in tags.
    between: usize,
    /// Whether it is text from beginning to end.
    pub(super) is_text: bool,
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
        let mut all = blocks(&text);
        let between = all.len();
        all.extend(blocks(&format!("{}{BLOCK_END}{inside}", address.to_lowercase())));
        Self { raw, blocks: all, between, is_text }
    }

    /// Returns the words in which a few are looked for in a row: those of all text together, as a
    /// name may stand in two cells, and those of every value in a tag by itself.
    pub(super) fn passages(&self) -> impl Iterator<Item = Vec<&str>> {
        let (between, inside) = self.blocks.split_at(self.between);
        std::iter::once(between).chain(inside.chunks(1)).map(flat)
    }
}

fn flat(blocks: &[Vec<String>]) -> Vec<&str> {
    blocks.iter().flatten().map(String::as_str).collect()
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
