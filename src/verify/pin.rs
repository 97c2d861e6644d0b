//! What an auditor knows of the first ring from elsewhere.

use std::fmt;

use crate::model::record::SignedRecord;
use crate::signature::allowed_signers::AllowedSigners;
use crate::signature::{Namespace, Ring, sshsig};

/// What the first ring must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pin {
    /// A key with this fingerprint signed it.
    Fingerprint(String),
    /// Somebody signed it whom this list allows to.
    Signers(AllowedSigners),
    /// It has this text.
    Ring(String),
}

/// Why something is no pin. `Display` says it in one phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinFault {
    /// It begins as a fingerprint and is none.
    NoFingerprint,
    /// It is neither a ring nor a list of allowed signers.
    NoSigners,
}

impl fmt::Display for PinFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoFingerprint => "a fingerprint is `SHA256:` and 43 characters of base64",
            Self::NoSigners => "the file is neither a ring nor a list of allowed signers",
        })
    }
}

impl std::error::Error for PinFault {}

impl Pin {
    /// Reads a fingerprint; nothing where the words are none and name a file.
    ///
    /// # Errors
    ///
    /// Fails where they begin as a fingerprint and are none.
    pub fn fingerprint(words: &str) -> Result<Option<Self>, PinFault> {
        let Some(base64) = words.strip_prefix("SHA256:") else { return Ok(None) };
        let base64 = base64.strip_suffix('=').unwrap_or(base64);
        let is_digit = |it: u8| it.is_ascii_alphanumeric() || b"+/".contains(&it);
        if base64.len() == 43 && base64.bytes().all(is_digit) {
            Ok(Some(Self::Fingerprint(format!("SHA256:{base64}"))))
        } else {
            Err(PinFault::NoFingerprint)
        }
    }

    /// Reads a file: the text of a ring, or a list of allowed signers.
    ///
    /// # Errors
    ///
    /// Fails where it is neither.
    pub fn file(text: &str) -> Result<Self, PinFault> {
        if Ring::read(text).is_ok() {
            return Ok(Self::Ring(text.to_owned()));
        }
        let signers = AllowedSigners::parse(text);
        if signers.entries().is_empty() {
            return Err(PinFault::NoSigners);
        }
        Ok(Self::Signers(signers))
    }

    /// Returns whether the first ring, whose signers these are, is the one that is meant.
    pub(super) fn holds(&self, ring: &Ring, signers: &[&SignedRecord]) -> bool {
        let key = |it: &SignedRecord| sshsig::key_of(it.armour.as_ref()?).ok();
        match self {
            Self::Ring(text) => *text == ring.to_string(),
            Self::Fingerprint(wanted) => {
                signers.iter().any(|it| key(it).is_some_and(|key| key.fingerprint() == *wanted))
            }
            Self::Signers(allowed) => signers.iter().any(|it| {
                let Some(key) = key(it) else { return false };
                let statement = &it.statement;
                allowed.is_allowed(&statement.by, &key, Namespace::Ring, statement.signed_at)
            }),
        }
    }
}
