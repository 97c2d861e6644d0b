//! Digest v1: one name for everything that an approval covers.
//!
//! The digest is SHA-256 over a canonical form that is easy to write in any language:
//!
//! ```text
//! document = "avouch digest v1" LF, map(front matter), bytes(body), map(variables), map(files)
//! item     = "avouch digest v1" LF, text(kind), map(entry), map(variables)
//! null     = "N"
//! text     = "S" length bytes          length = number of bytes, u64, big-endian
//! bytes    = "B" length bytes
//! list     = "L" count item*           count = u64, big-endian
//! map      = "M" count (text value)*   sorted by the bytes of the key
//! ```
//!
//! - *front matter*: every key except [`NOT_COVERED`], folded to lower case without spaces, `-`
//!   and `_`. Scalars are text as typed after YAML's unescaping, whatever their quotes; an empty
//!   value is null, an absent key is absent.
//! - *body*: UTF-8, a byte order mark dropped, CRLF as LF, nothing else touched.
//! - *variables*: the path and the printed value of every variable that the body uses.
//! - *files*: the path and the SHA-256 in lower-case hexadecimal of every image that it shows.
//! - *entry*: of a control, a record of a register or an exclusion, its keys except those of
//!   [`not_covered`]; of a mapping, what it says by source and requirement. Its variables are those of
//!   all its texts. The form of a document goes on with a map and that of an item with a text, so
//!   that neither can pass for the other.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest as _, Sha256};

/// The keys of front matter that an approval does not cover, folded: the records themselves,
/// computed dates, and the mapping to frameworks, which is approved as a record of its own so
/// that adding a framework does not void every policy.
pub const NOT_COVERED: [&str; 6] =
    ["approvals", "reviews", "lastreviewed", "nextreview", "addresses", "satisfies"];

/// The keys of an entry that an approval of it does not cover, folded, by the kind of the entry. What
/// a control meets is approved as the matrix of the framework, as with documents; the day on which a
/// record was last looked at and the day that somebody typed for the decision on an exclusion are
/// records themselves.
#[must_use]
pub fn not_covered(kind: &str) -> &'static [&'static str] {
    match kind {
        CONTROL => &["approvals", "reviews", "meets", "satisfies"],
        EXCLUSION => &["approvals", "reviews", "approvedon"],
        _ => &["approvals", "reviews", "reviewedon"],
    }
}

/// The word for a control.
pub const CONTROL: &str = "control";
/// The word for the reason why a requirement does not apply.
pub const EXCLUSION: &str = "exclusion";
/// The word for what is mapped to the requirements of one framework.
pub const MAPPING: &str = "mapping";

/// A value of the canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Canonical {
    /// Nothing.
    Null,
    /// Text.
    Text(String),
    /// Values in order.
    List(Vec<Canonical>),
    /// Named values.
    Map(BTreeMap<String, Canonical>),
}

impl Canonical {
    /// Reads a value that [`Canonical::write`] wrote.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let value = take(&mut rest)?;
        rest.is_empty().then_some(value)
    }

    /// Calls `act` with every text in it; the keys of maps are none.
    pub fn texts<'c>(&'c self, act: &mut dyn FnMut(&'c str)) {
        match self {
            Self::Null => {}
            Self::Text(text) => act(text),
            Self::List(items) => items.iter().for_each(|item| item.texts(act)),
            Self::Map(entries) => entries.values().for_each(|value| value.texts(act)),
        }
    }

    /// Appends the bytes of this value.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.push(b'N'),
            Self::Text(text) => tagged(b'S', text.as_bytes(), out),
            Self::List(items) => {
                out.push(b'L');
                out.extend(length(items.len()));
                items.iter().for_each(|item| item.write(out));
            }
            Self::Map(entries) => {
                out.push(b'M');
                out.extend(length(entries.len()));
                for (key, value) in entries {
                    tagged(b'S', key.as_bytes(), out);
                    value.write(out);
                }
            }
        }
    }
}

fn take(rest: &mut &[u8]) -> Option<Canonical> {
    let (tag, after) = rest.split_first()?;
    *rest = after;
    Some(match tag {
        b'N' => Canonical::Null,
        b'S' => Canonical::Text(take_text(rest)?),
        b'L' => {
            let count = take_length(rest)?;
            let mut items = Vec::new();
            for _ in 0..count {
                items.push(take(rest)?);
            }
            Canonical::List(items)
        }
        b'M' => {
            let count = take_length(rest)?;
            let mut entries = BTreeMap::new();
            for _ in 0..count {
                let key = rest.strip_prefix(b"S")?;
                *rest = key;
                let key = take_text(rest)?;
                entries.insert(key, take(rest)?);
            }
            Canonical::Map(entries)
        }
        _ => return None,
    })
}

fn take_length(rest: &mut &[u8]) -> Option<usize> {
    let (length, after) = rest.split_first_chunk::<8>()?;
    *rest = after;
    usize::try_from(u64::from_be_bytes(*length)).ok()
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    let length = take_length(rest)?;
    let (text, after) = rest.split_at_checked(length)?;
    *rest = after;
    String::from_utf8(text.to_vec()).ok()
}

fn tagged(tag: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend(length(bytes.len()));
    out.extend(bytes);
}

fn length(length: usize) -> [u8; 8] {
    (length as u64).to_be_bytes()
}

/// Writes the canonical form of a document, whose SHA-256 is its digest.
#[must_use]
pub fn form(
    front_matter: &[u8],
    body: &str,
    variables: &BTreeMap<String, Canonical>,
    files: &BTreeMap<String, Canonical>,
) -> Vec<u8> {
    let mut form = b"avouch digest v1\n".to_vec();
    form.extend(front_matter);
    tagged(b'B', body.replace("\r\n", "\n").as_bytes(), &mut form);
    for map in [variables, files] {
        Canonical::Map(map.clone()).write(&mut form);
    }
    form
}

/// Writes the canonical form of an item, whose SHA-256 is its digest: something with an entry of its
/// own that is no document.
#[must_use]
pub fn form_of_item(
    kind: &str,
    entry: &Canonical,
    variables: &BTreeMap<String, Canonical>,
) -> Vec<u8> {
    let mut form = b"avouch digest v1\n".to_vec();
    tagged(b'S', kind.as_bytes(), &mut form);
    entry.write(&mut form);
    Canonical::Map(variables.clone()).write(&mut form);
    form
}

/// A SHA-256, written `sha256:` and 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The SHA-256 of no bytes at all: what stands for the text of documents that nobody approves.
    pub const OF_NOTHING: Self = Self([
        0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9,
        0x24, 0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52,
        0xb8, 0x55,
    ]);

    /// Returns whether a text has the form of a digest.
    #[must_use]
    pub fn is_one(text: &str) -> bool {
        text.strip_prefix("sha256:").is_some_and(|hex| {
            hex.len() == 64 && hex.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
        })
    }

    /// Reads a digest.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix("sha256:").filter(|_| Self::is_one(text))?;
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(hex.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(digits, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// Computes digest v1 from the canonical bytes of the front matter, the body as text, and the
    /// values of variables and files that the body uses.
    #[must_use]
    pub fn of_document(
        front_matter: &[u8],
        body: &str,
        variables: &BTreeMap<String, Canonical>,
        files: &BTreeMap<String, Canonical>,
    ) -> Self {
        Self::of_bytes(&form(front_matter, body, variables, files))
    }

    /// Takes a SHA-256 that was computed elsewhere.
    #[must_use]
    pub fn of_sha256(sha256: [u8; 32]) -> Self {
        Self(sha256)
    }

    /// Computes the SHA-256 of bytes that are no file of the workspace.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Returns the 32 bytes.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// Returns the 64 hexadecimal digits without the name of the algorithm.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().fold(String::with_capacity(64), |mut hex, byte| {
            hex.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
            hex.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
            hex
        })
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sha256:{}", self.hex())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Canonical, Digest};
    use sha2::{Digest as _, Sha256};

    /// The bytes are written out by hand, as another implementation would make them.
    #[test]
    fn the_form_is_the_one_that_is_written_down() {
        let text = |text: &str| Canonical::Text(text.to_owned());
        let front = Canonical::Map(BTreeMap::from([
            ("id".to_owned(), text("POL-1")),
            ("tags".to_owned(), Canonical::List(vec![text("a"), Canonical::Null])),
        ]));
        let mut bytes = Vec::new();
        front.write(&mut bytes);
        assert_eq!(Canonical::read(&bytes), Some(front));
        let expected = b"M\0\0\0\0\0\0\0\x02S\0\0\0\0\0\0\0\x02idS\0\0\0\0\0\0\0\x05POL-1\
            S\0\0\0\0\0\0\0\x04tagsL\0\0\0\0\0\0\0\x02S\0\0\0\0\0\0\0\x01aN";
        assert_eq!(bytes, expected);

        let none = BTreeMap::new();
        let digest = Digest::of_document(&bytes, "Text.\r\n", &none, &none);
        let mut form = b"avouch digest v1\n".to_vec();
        form.extend(expected);
        form.extend(b"B\0\0\0\0\0\0\0\x06Text.\nM\0\0\0\0\0\0\0\0M\0\0\0\0\0\0\0\0");
        assert_eq!(digest, Digest::of_sha256(Sha256::digest(form).into()));
        assert_eq!(Digest::OF_NOTHING, Digest::of_sha256(Sha256::digest([]).into()));
    }
}
