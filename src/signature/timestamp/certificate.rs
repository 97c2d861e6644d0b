//! X.509 certificates, with the bytes that their signatures cover.

use der::asn1::{BitString, ObjectIdentifier};
use der::oid::AssociatedOid;
use der::{Any, Decode, Document, Encode, Sequence, Tag, Tagged};
use jiff::Timestamp;
use x509_cert::TbsCertificate;
use x509_cert::name::Name;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::Refusal;
use super::algorithm::{Key, Scheme};
use crate::signature::is_unseen;

/// What stands before and after the bytes of something in PEM.
const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";
const LABEL: &str = "CERTIFICATE";

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// All of it, in DER.
    der: Vec<u8>,
    /// What its signature covers, as it stands in `der`: written anew it might differ.
    covered: Vec<u8>,
    content: TbsCertificate,
    algorithm: AlgorithmIdentifierOwned,
    signature: Vec<u8>,
}

/// A certificate whose content is not looked at.
#[derive(Sequence)]
struct Signed {
    content: Any,
    algorithm: AlgorithmIdentifierOwned,
    signature: BitString,
}

impl Certificate {
    /// Reads a certificate in DER.
    ///
    /// # Errors
    ///
    /// Fails if the bytes are not one certificate, or if it names two signature algorithms.
    pub fn read(der: &[u8]) -> Result<Self, Refusal> {
        let unread = |_| Refusal::Malformed { what: "a certificate" };
        let signed = Signed::from_der(der).map_err(unread)?;
        let covered = signed.content.to_der().map_err(unread)?;
        let content = TbsCertificate::from_der(&covered).map_err(unread)?;
        let signature = signed.signature.as_bytes();
        let (Some(signature), true) = (signature, content.signature == signed.algorithm) else {
            return Err(Refusal::Malformed { what: "the signature of a certificate" });
        };
        let signature = signature.to_vec();
        Ok(Self { der: der.to_vec(), covered, content, algorithm: signed.algorithm, signature })
    }

    /// Returns the bytes of the certificate, in DER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Returns the name of its holder for people, the most specific part first.
    pub fn subject(&self) -> String {
        readable(&self.content.subject)
    }

    /// Returns what the certificate says.
    pub(super) fn content(&self) -> &TbsCertificate {
        &self.content
    }

    /// Returns the key that it is about.
    pub(super) fn key(&self) -> Result<Key, Refusal> {
        Key::read(&self.content.subject_public_key_info)
    }

    /// Tells whether it names itself as its issuer, as roots do.
    pub(super) fn is_self_issued(&self) -> bool {
        self.content.subject == self.content.issuer
    }

    /// Tells whether another certificate bears the name of the issuer, and its key made the
    /// signature.
    pub(super) fn is_issued_by(&self, issuer: &Self) -> Result<bool, Refusal> {
        if self.content.issuer != issuer.content.subject {
            return Ok(false);
        }
        let scheme = Scheme::read(&self.algorithm)?;
        Ok(issuer.key()?.signed(scheme, &self.covered, &self.signature))
    }

    /// Tells whether a time lies in the period of the certificate, both ends included.
    pub(super) fn is_valid_at(&self, at: Timestamp) -> bool {
        let Ok(at) = u64::try_from(at.as_second()) else { return false };
        let validity = &self.content.validity;
        let from = validity.not_before.to_unix_duration().as_secs();
        let to = validity.not_after.to_unix_duration().as_secs();
        (from..=to).contains(&at)
    }

    /// Returns an extension and whether it is critical; `None` if it is absent.
    ///
    /// # Errors
    ///
    /// Fails if it cannot be read or is there twice.
    pub(super) fn extension<'a, T: Decode<'a> + AssociatedOid>(
        &'a self,
    ) -> Result<Option<(bool, T)>, Refusal> {
        let unread = |_| Refusal::Malformed { what: "an extension of a certificate" };
        self.content.get::<T>().map_err(unread)
    }

    /// Returns the names of its extensions and whether each is critical.
    pub(super) fn extensions(&self) -> impl Iterator<Item = (ObjectIdentifier, bool)> {
        self.content.extensions.iter().flatten().map(|it| (it.extn_id, it.critical))
    }
}

/// Reads the certificates of a text in PEM. What stands between the blocks is for people.
///
/// # Errors
///
/// Fails if there is no block, and if one is not a certificate: a private key, say, has no place
/// beside them.
pub fn certificates(pem: &str) -> Result<Vec<Certificate>, Refusal> {
    let mut found = Vec::new();
    let mut lines = pem.lines();
    while let Some(line) = lines.next() {
        let Some(label) = line.trim_end().strip_prefix(BEGIN) else { continue };
        let block = found.len() + 1;
        let fault = |what| Refusal::Pem { block, what };
        if label.strip_suffix(DASHES) != Some(LABEL) {
            return Err(fault("is not a certificate"));
        }
        let mut text = format!("{BEGIN}{LABEL}{DASHES}\n");
        loop {
            let line = lines.next().ok_or(fault("has no end"))?.trim();
            text += line;
            text.push('\n');
            if line.starts_with(END) {
                break;
            }
        }
        let (_, document) =
            Document::from_pem(&text).map_err(|_| fault("is not a certificate in PEM"))?;
        let certificate = Certificate::read(document.as_bytes());
        found.push(certificate.map_err(|_| fault("is not a certificate"))?);
    }
    if found.is_empty() {
        return Err(Refusal::Pem { block: 1, what: "is missing" });
    }
    Ok(found)
}

/// Returns a name for people, as RFC 4514 orders it.
pub(super) fn readable(name: &Name) -> String {
    let parts = name.0.iter().rev().flat_map(|it| it.0.iter());
    let parts: Vec<String> =
        parts.map(|it| format!("{}={}", keyword(it.oid), text(&it.value))).collect();
    parts.join(", ")
}

/// Returns the short form of a kind of name, or its number.
fn keyword(kind: ObjectIdentifier) -> String {
    let kind = kind.to_string();
    let short = match kind.as_str() {
        "2.5.4.3" => "CN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return kind,
    };
    short.to_owned()
}

/// Returns the text of a part of a name. Whoever made the certificate chose its characters, so
/// that signs which mean something between the parts are marked, and what cannot be seen or
/// turns the direction of writing is replaced.
fn text(value: &Any) -> String {
    let text = match value.tag() {
        Tag::BmpString => {
            let units = value.value().chunks(2);
            let units: Vec<u16> = units
                .map(|it| it.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte)))
                .collect();
            String::from_utf16_lossy(&units)
        }
        _ => String::from_utf8_lossy(value.value()).into_owned(),
    };
    let mut out = String::new();
    for sign in text.chars() {
        match sign {
            ',' | '+' | '=' | '\\' => out.extend(['\\', sign]),
            ' '..='~' => out.push(sign),
            _ if sign.is_alphanumeric() && !is_unseen(sign) => out.push(sign),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_pretend_to_have_more_parts_or_hide_any() {
        for (tag, bytes, expected) in [
            (Tag::Utf8String, "Zürich Time 3".as_bytes(), "Zürich Time 3"),
            (Tag::PrintableString, b"Acme, O=Bank", "Acme\\, O\\=Bank"),
            (Tag::Utf8String, "a\u{202e}b\u{200b}\nc".as_bytes(), "a\u{fffd}b\u{fffd}\u{fffd}c"),
            (Tag::Utf8String, b"\xff", "\u{fffd}"),
            (Tag::BmpString, b"\x00A\x04\x16", "A\u{416}"),
            (Tag::BmpString, b"\x00A\x00", "A\u{fffd}"),
        ] {
            assert_eq!(text(&Any::new(tag, bytes).unwrap()), expected);
        }
    }
}
