//! Where an output stands in its folder, and how pages refer to each other.

use std::fmt;
use std::sync::Arc;

/// The address of one output: a relative path with `/` between its parts, such as
/// `policies/access.html`. Addresses are flat: a page is a file, never a folder with an index,
/// so that pages work from disk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(Arc<str>);

impl Address {
    /// Checks and keeps an address; `None` where it is empty, absolute, leaves its folder, or
    /// holds a backslash, a control character or an empty part.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let good = !path.is_empty()
            && path.len() <= 1024
            && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
            && !path.chars().any(|c| c == '\\' || c == ':' || c.is_control());
        good.then(|| Self(path.into()))
    }

    /// Returns the path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the path without its last part: `policies`, or nothing at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the relative reference from the page at this address to another, percent-encoded
    /// (RFC 3986), with an anchor if there is one.
    #[must_use]
    pub fn href_to(&self, other: &Address, anchor: Option<&str>) -> String {
        let mut href = String::new();
        if self != other || anchor.is_none() {
            let folder = self.folder();
            let shared = shared_folders(folder, other.folder());
            let own = folder.get(shared..).unwrap_or_default();
            for _ in own.split('/').filter(|part| !part.is_empty()) {
                href.push_str("../");
            }
            percent_encode(&other.0[shared..], b"-._~()!*$&,;=@/", &mut href);
        }
        if let Some(anchor) = anchor {
            href.push('#');
            percent_encode(anchor, b"-._~()!*$&,;=@", &mut href);
        }
        href
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns the length of the path of the folders that two folders share, with its last `/`.
fn shared_folders(one: &str, other: &str) -> usize {
    let pairs = one.split_inclusive('/').zip(other.split_inclusive('/'));
    let is_same = |(a, b): &(&str, &str)| a.trim_end_matches('/') == b.trim_end_matches('/');
    let length: usize =
        pairs.take_while(is_same).map(|(a, _)| a.trim_end_matches('/').len() + 1).sum();
    if one.is_empty() || other.is_empty() { 0 } else { length }
}

/// Appends `text` with everything encoded but ASCII letters and digits and `allowed` signs.
fn percent_encode(text: &str, allowed: &[u8], out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.reserve(text.len());
    let mut rest = text;
    let is_encoded = |byte: u8| !byte.is_ascii_alphanumeric() && !allowed.contains(&byte);
    while let Some(at) = rest.bytes().position(is_encoded) {
        // What is not encoded is ASCII, so `at` stands before a whole character.
        let (plain, odd) = rest.split_at(at);
        out.push_str(plain);
        let length = odd.chars().next().map_or(0, char::len_utf8);
        for byte in odd[..length].bytes() {
            out.push('%');
            out.push(HEX[usize::from(byte >> 4)].into());
            out.push(HEX[usize::from(byte & 15)].into());
        }
        rest = &odd[length..];
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn references_are_relative_to_the_page() {
        let href = |from: &str, to: &str| {
            Address::parse(from).unwrap().href_to(&Address::parse(to).unwrap(), None)
        };
        assert_eq!(href("index.html", "policies/access.html"), "policies/access.html");
        assert_eq!(href("policies/access.html", "index.html"), "../index.html");
        assert_eq!(href("policies/a.html", "policies/b c.html"), "b%20c.html");
        assert_eq!(href("frameworks/soc2/cc1.html", "controls/x.html"), "../../controls/x.html");
    }

    #[test]
    fn addresses_stay_in_their_folder() {
        for bad in ["", "/a", "a//b", "../a", "a/../b", "a\\b", "c:a", "a/", "a\u{0}"] {
            assert_eq!(Address::parse(bad), None, "{bad:?}");
        }
    }
}
