//! A line of allowed signers as we write it.

use std::fmt;

use jiff::Timestamp;

use super::time;
use crate::signature::key::PublicKey;
use crate::signature::namespace::Namespace;

/// How long a name may be, in bytes: what fits into a pattern of OpenSSH.
const LONGEST_PRINCIPAL: usize = 1022;

/// What a line says: who may sign for what, with which key, and when.
#[derive(Debug, Clone, Copy)]
pub struct SignerLine<'a> {
    /// The name that `ssh-keygen -Y verify` is given with `-I`.
    pub principal: &'a str,
    /// The key.
    pub key: &'a PublicKey,
    /// For what; at least one.
    pub namespaces: &'a [Namespace],
    /// The first second in which the key counts; a part of a second is dropped.
    pub valid_after: Option<Timestamp>,
    /// The last second in which it counts; a part of a second is dropped.
    pub valid_before: Option<Timestamp>,
}

impl SignerLine<'_> {
    /// Writes the line with its line end.
    ///
    /// # Errors
    ///
    /// Fails where OpenSSH would read something else than what is meant.
    pub fn write(&self) -> Result<String, LineFault> {
        let Self { principal, key, namespaces, valid_after, valid_before } = *self;
        let is_plain = |it: u8| it.is_ascii_alphanumeric() || b"@._+-".contains(&it);
        if principal.is_empty()
            || principal.len() > LONGEST_PRINCIPAL
            || !principal.bytes().all(is_plain)
        {
            return Err(LineFault::Principal);
        }
        if namespaces.is_empty() {
            return Err(LineFault::NoNamespace);
        }
        let namespaces: Vec<&str> = namespaces.iter().map(|it| it.as_str()).collect();
        let mut options = format!("namespaces=\"{}\"", namespaces.join(","));
        for (name, limit) in [("valid-after", valid_after), ("valid-before", valid_before)] {
            if let Some(limit) = limit {
                let limit = time::write(limit).ok_or(LineFault::Time)?;
                options.extend([",", name, "=\"", limit.as_str(), "\""]);
            }
        }
        if let (Some(after), Some(before)) = (valid_after, valid_before)
            && before.as_second() <= after.as_second()
        {
            return Err(LineFault::NoTimeLeft);
        }
        Ok(format!("{principal} {options} {}\n", key.line()))
    }
}

/// Why a line cannot be written. `Display` says it in one phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineFault {
    /// The name has characters that mean something else, or is empty.
    Principal,
    /// There is nothing that the key may sign; without the option it might sign everything.
    NoNamespace,
    /// A time lies before 1970 or after the year 9999.
    Time,
    /// The last second is not after the first one.
    NoTimeLeft,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Principal => "the name cannot stand in a list of allowed signers",
            Self::NoNamespace => "the key may sign nothing",
            Self::Time => "the time is too early or too late for OpenSSH",
            Self::NoTimeLeft => "the key ends before it begins to count",
        })
    }
}

impl std::error::Error for LineFault {}
