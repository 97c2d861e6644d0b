//! What stands in an output folder, and the marker that says whose it is.
//!
//! The ledger stands beside the published root, since fingerprints and times are nobody else's
//! business. The marker stands inside and holds a digest over addresses, hashes and lengths:
//! facts that whoever reads the folder can see anyway. A ledger that the marker does not vouch for
//! is ignored, and everything is made anew.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::model::address::Address;
use crate::model::fingerprint::Fingerprint;

/// A SHA-256.
pub(super) type Hash = [u8; 32];

/// One output as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) fingerprint: Fingerprint,
    pub(super) sha256: Hash,
    pub(super) stat: Stat,
}

/// What the system says about a file without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stat {
    pub(super) length: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub(super) changed: u128,
}

/// All outputs of one root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Ledger {
    /// Everything that they were made of, under one fingerprint.
    pub(super) made_of: Option<Fingerprint>,
    pub(super) entries: BTreeMap<Address, Entry>,
}

impl Ledger {
    /// Returns the digest that the marker holds.
    pub(super) fn digest(&self) -> Hash {
        let mut hasher = Sha256::new();
        for (address, entry) in &self.entries {
            hasher.update(entry.sha256);
            hasher.update(entry.stat.length.to_be_bytes());
            hasher.update((address.as_str().len() as u64).to_be_bytes());
            hasher.update(address.as_str());
        }
        hasher.finalize().into()
    }

    /// Returns the ledger as text, one line an output, with a last line that proves it whole.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::from(HEAD);
        if let Some(made_of) = self.made_of {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{MADE_OF}{made_of}");
        }
        for (address, entry) in &self.entries {
            let Stat { length, changed } = entry.stat;
            let sha256 = to_hex(&entry.sha256);
            let _ = writeln!(text, "{} {sha256} {length} {changed} {address}", entry.fingerprint);
        }
        let end = to_hex(&Sha256::digest(&text).into());
        text + END + &end + "\n"
    }

    /// Reads what [`Ledger::to_text`] wrote; nothing where a byte of it is missing or changed.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (lines, end) = text.strip_suffix('\n')?.rsplit_once(END)?;
        if from_hex(end)? != Hash::from(Sha256::digest(lines)) {
            return None;
        }
        let entry = |line: &str| {
            let mut fields = line.splitn(5, ' ');
            let fingerprint = Fingerprint::parse(fields.next()?)?;
            let sha256 = from_hex(fields.next()?)?;
            let length = fields.next()?.parse().ok()?;
            let changed = fields.next()?.parse().ok()?;
            let address = Address::parse(fields.next()?)?;
            Some((address, Entry { fingerprint, sha256, stat: Stat { length, changed } }))
        };
        let lines = lines.strip_prefix(HEAD)?;
        let (made_of, lines) = match lines.strip_prefix(MADE_OF) {
            Some(rest) => {
                let (made_of, lines) = rest.split_once('\n')?;
                (Some(Fingerprint::parse(made_of)?), lines)
            }
            None => (None, lines),
        };
        let entries = lines.lines().map(entry).collect::<Option<_>>()?;
        Some(Self { made_of, entries })
    }
}

const HEAD: &str = "avouch ledger v2\n";
const MADE_OF: &str = "made of ";
const END: &str = "end ";

/// The marker file inside an output root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) edition: String,
    /// The digest of the ledger; nothing while the tree is being made or removed.
    pub(super) ledger: Option<Hash>,
}

impl Marker {
    /// The name of the file, which no output may have.
    pub(super) const NAME: &'static str = ".avouch";

    pub(super) fn to_text(&self) -> String {
        let ledger = self.ledger.as_ref().map_or_else(|| UNFINISHED.to_owned(), to_hex);
        format!("avouch output v1\nedition {}\nledger {ledger}\n", self.edition)
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix("avouch output v1\nedition ")?;
        let (edition, ledger) = text.strip_suffix('\n')?.split_once("\nledger ")?;
        let ledger = if ledger == UNFINISHED { None } else { Some(from_hex(ledger)?) };
        Some(Self { edition: edition.to_owned(), ledger })
    }
}

const UNFINISHED: &str = "unfinished";

fn to_hex(hash: &Hash) -> String {
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble)]);
    hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn from_hex(text: &str) -> Option<Hash> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let mut hash = Hash::default();
    if text.len() != 2 * hash.len() {
        return None;
    }
    for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
    }
    Some(hash)
}

#[cfg(test)]
mod tests {
    use super::{Entry, Ledger, Marker, Stat};
    use crate::model::address::Address;
    use crate::model::fingerprint::Fingerprint;

    #[test]
    fn a_ledger_is_read_back_whole_or_not_at_all() {
        let entry = |text: &str, changed| Entry {
            fingerprint: Fingerprint::of_bytes(text.as_bytes()),
            sha256: [changed; 32],
            stat: Stat { length: 7, changed: changed.into() },
        };
        let address = |path| Address::parse(path).unwrap();
        let entries = [(address("a b.html"), entry("a", 1)), (address("end .html"), entry("b", 2))];
        let made_of = Some(Fingerprint::of_bytes(b"inputs"));
        let ledger = Ledger { made_of, entries: entries.into() };
        let text = ledger.to_text();
        assert_eq!(Ledger::parse(&text), Some(ledger.clone()));
        for end in 0..text.len() {
            assert_eq!(Ledger::parse(&text[..end]), None);
        }
        assert_eq!(Ledger::parse(&text.replace(" 7 1 ", " 8 1 ")), None);
        let unknown = Ledger { made_of: None, ..ledger };
        assert_eq!(Ledger::parse(&unknown.to_text()), Some(unknown));
        assert_eq!(Ledger::parse(&Ledger::default().to_text()), Some(Ledger::default()));
    }

    #[test]
    fn a_marker_is_read_back() {
        for ledger in [None, Some([0xab; 32])] {
            let marker = Marker { edition: "trust".to_owned(), ledger };
            assert_eq!(Marker::parse(&marker.to_text()), Some(marker));
        }
        assert_eq!(Marker::parse("avouch output v2\nedition trust\nledger unfinished\n"), None);
    }
}
