//! A list of the SHA-256 of files, as `sha256sum` writes it: that of an earlier export.

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::signature::timestamp::{Certificate, Token, certificates};
use crate::signature::{Digest, Namespace, PublicKey, Ring, sshsig};
use crate::verify::evidence::Evidence;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    text: String,
    sums: BTreeSet<Digest>,
}

/// Who signed a manifest, and when a time stamp says that this was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// Who signed it, with which key, in a phrase.
    pub signer: String,
    /// Not later than when, and who says so.
    pub stamp: Option<(Timestamp, String)>,
}

/// Why something is no manifest, or none that counts. `Display` says it in one phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManifestFault {
    /// A line is none of `sha256sum`.
    Line(usize),
    /// It lists nothing.
    Empty,
    /// The signature beside it does not hold: why.
    Signature(String),
    /// No ring that is or was in force has the key, whose fingerprint this is.
    UnknownKey(String),
    /// Others may have had the key by then.
    Compromised(String),
    /// The time stamp beside the signature proves nothing: why.
    Stamp(String),
}

impl fmt::Display for ManifestFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line} is none of `sha256sum`"),
            Self::Empty => f.write_str("it lists nothing"),
            Self::Signature(reason) => write!(f, "the signature does not hold: {reason}"),
            Self::UnknownKey(key) => write!(f, "no ring has the key {key} that signed it"),
            Self::Compromised(key) => write!(f, "others may have had the key {key} by then"),
            Self::Stamp(reason) => write!(f, "the time stamp proves nothing: {reason}"),
        }
    }
}

impl std::error::Error for ManifestFault {}

impl Manifest {
    /// Reads lines of 64 hexadecimal digits, two characters and a path.
    ///
    /// # Errors
    ///
    /// Fails where a line is something else.
    pub fn read(text: &str) -> Result<Self, ManifestFault> {
        let mut sums = BTreeSet::new();
        for (number, line) in (1..).zip(text.lines()) {
            let parts = line.split_once("  ").or_else(|| line.split_once(" *"));
            let sum = parts.filter(|(_, path)| !path.is_empty()).map(|(sum, _)| sum);
            let sum = sum.and_then(|sum| Digest::parse(&format!("sha256:{sum}")));
            sums.insert(sum.ok_or(ManifestFault::Line(number))?);
        }
        if sums.is_empty() {
            return Err(ManifestFault::Empty);
        }
        Ok(Self { text: text.to_owned(), sums })
    }

    /// Returns whether it lists a file with this SHA-256.
    pub(super) fn has(&self, sha256: [u8; 32]) -> bool {
        self.sums.contains(&Digest::of_sha256(sha256))
    }

    /// Says who signed it for `manifest@avouch`, and when a time stamp of an authority of the ring
    /// says that this was. `known` is when whoever verifies knows it to have been there.
    ///
    /// # Errors
    ///
    /// Fails where the signature does not hold, where no ring has its key, and where the time stamp is
    /// none.
    pub fn signed(
        &self,
        evidence: &Evidence<'_>,
        (armour, token): (&str, Option<&[u8]>),
        known: Option<Timestamp>,
    ) -> Result<Stamped, ManifestFault> {
        let refused =
            |refusal: crate::signature::Refusal| ManifestFault::Signature(refusal.to_string());
        let key: PublicKey = sshsig::key_of(armour).map_err(refused)?;
        sshsig::verify(&key, Namespace::Manifest, self.text.as_bytes(), armour).map_err(refused)?;
        let (line, fingerprint) = (key.line(), key.fingerprint());
        let rings: Vec<&Ring> = evidence.rings_in_force().iter().map(|it| &it.ring).collect();
        let entry = rings.iter().rev().find_map(|ring| ring.key(&line));
        let Some(entry) = entry else { return Err(ManifestFault::UnknownKey(fingerprint)) };
        let stamp = token.map(|token| {
            let roots = roots(evidence, &rings);
            let message = Digest::of_bytes(armour.as_bytes());
            let seen = Token::read(token).and_then(|it| it.verify(message.bytes(), &roots));
            seen.map(|seen| (seen.at, seen.authority))
                .map_err(|refusal| ManifestFault::Stamp(refusal.to_string()))
        });
        let stamp = stamp.transpose()?;
        let at = stamp.as_ref().map(|(at, _)| *at).into_iter().chain(known).min();
        let day = at.map(|at| at.to_zoned(TimeZone::UTC).date());
        if let Some(since) = entry.compromised_since
            && day.is_none_or(|day| since <= day)
        {
            return Err(ManifestFault::Compromised(fingerprint));
        }
        Ok(Stamped { signer: format!("signed by {} with {fingerprint}", entry.person), stamp })
    }
}

/// Reads the certificates of the authorities of all rings, as far as their files are those that they
/// name.
fn roots(evidence: &Evidence<'_>, rings: &[&Ring]) -> Vec<Certificate> {
    let mut roots = Vec::new();
    for authority in rings.iter().flat_map(|ring| &ring.authorities) {
        let file = evidence.snapshot.get(&authority.file);
        let file = file.filter(|file| Digest::of_sha256(file.sha256()) == authority.digest);
        let pem = file.and_then(|file| file.text().ok());
        roots.extend(pem.and_then(|pem| certificates(pem).ok()).into_iter().flatten());
    }
    roots
}
