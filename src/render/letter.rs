//! Letters as e-mail messages in files (RFC 5322, MIME), for whoever sends them.
//!
//! Nothing is sent from here. A header cannot be broken open: what is no printable character is written
//! out before it gets into one, and an address that is not plain makes no letter.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::diagnostic::render::visible;
use crate::model::fingerprint::Fingerprint;

/// The most characters of a line of a header, as RFC 5322 recommends.
const LINE: usize = 76;
/// The most bytes of an encoded word's text, so that the word has at most 75 characters.
const WORD: usize = 45;

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter<'l> {
    /// Who sends it: name and address.
    pub from: (&'l str, Address),
    /// Who gets it: name and address.
    pub to: (&'l str, Address),
    /// What it is about.
    pub subject: &'l str,
    /// The day on which it is written.
    pub date: Date,
    /// The text, lines ended by LF.
    pub text: &'l str,
}

/// An e-mail address of plain characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Takes an address that needs no quoting in a header; anything else is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().strip_prefix("mailto:").unwrap_or(text.trim());
        let (local, domain) = text.split_once('@')?;
        let is_atom = |part: &str, more: &str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
        };
        let is_good = local.len() <= 64
            && domain.len() <= 255
            && local.split('.').all(|part| is_atom(part, "!#$%&'*+-/=?^_`{|}~"))
            && domain.split('.').all(|part| is_atom(part, "-"));
        is_good.then(|| Self(text.to_owned()))
    }

    /// Returns what stands after the `@`.
    fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Writes a letter. Equal letters have equal bytes; the number of the message is made from them.
#[must_use]
pub fn write(letter: &Letter<'_>) -> String {
    let Letter { from, to, subject, date, text } = letter;
    let mut rest = String::new();
    // Writing to a string cannot fail.
    let _ = write!(rest, "From: {}\r\n", mailbox(from));
    let _ = write!(rest, "To: {}\r\n", mailbox(to));
    let _ = write!(rest, "Subject: {}\r\n", words(subject, "Subject: ".len()));
    let _ = write!(rest, "Date: {} 00:00:00 +0000\r\n", date.strftime("%a, %d %b %Y"));
    rest.push_str("Auto-Submitted: auto-generated\r\n");
    rest.push_str("MIME-Version: 1.0\r\n");
    rest.push_str("Content-Type: text/plain; charset=utf-8\r\n");
    rest.push_str("Content-Transfer-Encoding: quoted-printable\r\n\r\n");
    rest.push_str(&quoted_printable(text));
    let number = Fingerprint::of_bytes(rest.as_bytes()).short(32);
    format!("Message-ID: <{}@{}>\r\n{rest}", number, from.1.domain())
}

fn mailbox((name, address): &(&str, Address)) -> String {
    let name = visible(name);
    let Address(address) = address;
    if name.trim().is_empty() {
        return address.clone();
    }
    let is_plain = name.len() <= 60 && name.chars().all(|c| c == ' ' || c.is_ascii_alphanumeric());
    let name = if is_plain { name.into_owned() } else { encoded(&name) };
    if name.len() + address.len() + 9 > LINE {
        format!("{name}\r\n <{address}>")
    } else {
        format!("{name} <{address}>")
    }
}

/// Writes unstructured words of a header, encoded where they are not plain or too long.
fn words(text: &str, before: usize) -> String {
    let text = visible(text);
    let is_plain = text.is_ascii() && !text.contains("=?") && text.trim() == text;
    if is_plain && before + text.len() <= LINE { text.into_owned() } else { encoded(&text) }
}

/// Writes encoded words (RFC 2047), one a line.
fn encoded(text: &str) -> String {
    let mut lines = vec![String::new()];
    for character in text.chars() {
        let mut piece = String::new();
        let mut bytes = [0; 4];
        for byte in character.encode_utf8(&mut bytes).bytes() {
            if byte.is_ascii_alphanumeric() {
                piece.push(char::from(byte));
            } else {
                let _ = write!(piece, "={byte:02X}");
            }
        }
        match lines.last_mut() {
            Some(line) if line.len() + piece.len() <= WORD => line.push_str(&piece),
            _ => lines.push(piece),
        }
    }
    let words = lines.iter().map(|line| format!("=?utf-8?q?{line}?="));
    words.collect::<Vec<_>>().join("\r\n ")
}

/// Writes a text so that it has only printable ASCII and lines of at most 76 characters (RFC 2045).
fn quoted_printable(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut column = 0;
        let bytes = line.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            let is_last = at + 1 == bytes.len();
            let is_plain =
                matches!(byte, b'!'..=b'~') && *byte != b'=' || *byte == b' ' && !is_last;
            let piece =
                if is_plain { char::from(*byte).to_string() } else { format!("={byte:02X}") };
            if column + piece.len() > LINE - 1 {
                out.push_str("=\r\n");
                column = 0;
            }
            column += piece.len();
            out.push_str(&piece);
        }
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Address, Letter, write};

    #[test]
    fn a_letter_is_written_in_full() {
        let text = "Grüße,\nnothing is due \n=)\n";
        let letter = Letter {
            from: ("Acme", Address::parse("mailto:security@acme.example").unwrap()),
            to: ("Zoë O\u{2019}Neill", Address::parse("zoe@acme.example").unwrap()),
            subject: "1 overdue at Acme",
            date: date(2026, 11, 16),
            text,
        };
        assert_eq!(
            write(&letter).split_once("\r\n").unwrap().1,
            "From: Acme <security@acme.example>\r\n\
             To: =?utf-8?q?Zo=C3=AB=20O=E2=80=99Neill?= <zoe@acme.example>\r\n\
             Subject: 1 overdue at Acme\r\n\
             Date: Mon, 16 Nov 2026 00:00:00 +0000\r\n\
             Auto-Submitted: auto-generated\r\n\
             MIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n\
             Gr=C3=BC=C3=9Fe,\r\nnothing is due=20\r\n=3D)\r\n"
        );
        assert_eq!(write(&letter), write(&letter.clone()));
        let other = Letter { text: "Nothing.\n", ..letter.clone() };
        assert_ne!(write(&other).lines().next(), write(&letter).lines().next());
    }

    #[test]
    fn nothing_breaks_out_of_a_header() {
        for hostile in [
            "a\r\nBcc: x@evil.example",
            "a\nBcc: x@evil.example",
            "a\0b",
            "\u{2028}",
            "=?utf-8?q?=0D=0A?=",
        ] {
            let letter = Letter {
                from: (hostile, Address::parse("a@acme.example").unwrap()),
                to: (hostile, Address::parse("b@acme.example").unwrap()),
                subject: hostile,
                date: date(2026, 1, 1),
                text: hostile,
            };
            let text = write(&letter);
            let head = text.split("\r\n\r\n").next().unwrap();
            assert!(!head.contains("\r\nBcc"), "{head}");
            assert!(!head.replace("\r\n", "").contains(['\r', '\n', '\0']), "{head}");
            assert!(text.split("\r\n").all(|line| line.len() <= 78), "{text}");
        }
        for bad in [
            "",
            "a",
            "a@",
            "@b",
            "a b@c",
            "a@b\r\nBcc: d@e",
            "a@b,c@d",
            "<a@b>",
            "a..b@c",
            "é@b.example",
        ] {
            assert_eq!(Address::parse(bad), None, "{bad}");
        }
    }
}
