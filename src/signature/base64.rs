//! Base64 as RFC 4648 has it, strictly: one text for each sequence of bytes.
//!
//! Padding is required, unused bits are zero, nothing is skipped. What was changed in a text by a
//! single character is therefore other bytes or no text at all.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Writes bytes with padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for place in 0..4 {
            let digit = char::from(ALPHABET[(bits >> (18 - 6 * place)) as usize & 63]);
            text.push(if place <= chunk.len() { digit } else { '=' });
        }
    }
    text
}

/// Reads bytes. Returns nothing where the text is not the one that [`encode`] writes.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(4) {
        return None;
    }
    let padding = text.iter().rev().take_while(|&&it| it == b'=').count();
    if padding > 2 {
        return None;
    }
    let digits = &text[..text.len() - padding];
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for chunk in digits.chunks(4) {
        let mut bits = 0u32;
        for &character in chunk {
            bits = bits << 6 | digit(character)?;
        }
        bits <<= 6 * (4 - chunk.len());
        let [_, group @ ..] = bits.to_be_bytes();
        let (kept, unused) = group.split_at(chunk.len() - 1);
        if unused.iter().any(|&it| it != 0) {
            return None;
        }
        bytes.extend(kept);
    }
    Some(bytes)
}

fn digit(character: u8) -> Option<u32> {
    let value = match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    /// The vectors of RFC 4648, section 10.
    #[test]
    fn bytes_and_texts_belong_together() {
        let vectors = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("\0\u{10ffff}", "APSPv78="),
        ];
        for (bytes, text) in vectors {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decode(text.as_bytes()).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
    }

    #[test]
    fn no_other_text_is_read() {
        let texts = [
            "Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zg==Zg==", "====", "=", "Zm9v\n", "Zm 9",
            "Zm-_", "Z===", "A=AA", "é==",
        ];
        for text in texts {
            assert_eq!(decode(text.as_bytes()), None, "{text:?}");
        }
    }
}
