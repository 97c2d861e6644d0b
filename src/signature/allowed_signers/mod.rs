//! The file that says whose keys `ssh-keygen -Y verify` believes: `allowed_signers`.
//!
//! [`AllowedSigners`] reads one as OpenSSH does (`ssh-keygen(1)`, "ALLOWED SIGNERS"), and
//! [`SignerLine`] writes a line. Where the two readers do not agree, ours allows less:
//!
//! - a time without a final `Z` is local time in OpenSSH, so that a signature can stand on one
//!   machine and not on another. The line is refused;
//! - a day that its month has not, and a second that its minute has not, are the next day and the
//!   next minute in OpenSSH. The line is refused;
//! - white space within the base64 of a key, such as a vertical tab, is passed over in OpenSSH. The
//!   line is refused;
//! - a key that [`PublicKey`] does not accept allows nothing, and neither does a line for an
//!   authority that signs certificates, as we accept none.

mod fault;
mod line;
mod options;
mod pattern;
mod time;

pub use fault::{FaultKind, SignersFault};
pub use line::{LineFault, SignerLine};

use jiff::Timestamp;

use self::options::Options;
use self::pattern::Patterns;
use super::key::{self, PublicKey};
use super::namespace::Namespace;

/// A file of allowed signers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedSigners {
    entries: Vec<Entry>,
    faults: Vec<SignersFault>,
}

/// A line that says who may sign with which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The line, counted from 1.
    pub line: usize,
    /// Who, as patterns.
    principals: Patterns,
    /// With which key.
    pub key: PublicKey,
    options: Options,
}

impl Entry {
    /// Returns the names that the line is for; nothing where it has patterns instead.
    #[must_use]
    pub fn names(&self) -> Option<Vec<&str>> {
        self.principals.names()
    }

    /// Returns whether the key may sign for a kind of act. Where the line does not say for what, it
    /// may sign everything.
    #[must_use]
    pub fn is_for(&self, namespace: Namespace) -> bool {
        self.options.namespaces.as_ref().is_none_or(|it| it.match_text(namespace.as_str()))
    }

    /// Returns whether the key is one of an authority, which signs certificates and no texts.
    #[must_use]
    pub fn is_authority(&self) -> bool {
        self.options.authority
    }

    /// Returns the first second in which the key counts; nothing where it always did.
    #[must_use]
    pub fn valid_after(&self) -> Option<Timestamp> {
        self.options.valid_after
    }

    /// Returns the last second in which the key counts; nothing where it always will.
    #[must_use]
    pub fn valid_before(&self) -> Option<Timestamp> {
        self.options.valid_before
    }

    fn allows(&self, principal: &str, namespace: Namespace, at: Timestamp) -> bool {
        // OpenSSH knows whole seconds.
        let at = at.as_second();
        let Options { authority, namespaces: _, valid_after, valid_before } = &self.options;
        !authority
            && self.principals.match_text(principal)
            && self.is_for(namespace)
            && valid_after.is_none_or(|after| after.as_second() <= at)
            && valid_before.is_none_or(|before| at <= before.as_second())
    }
}

impl AllowedSigners {
    /// Reads a file. A line with a fault allows nothing, and the others stand.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (mut entries, mut faults) = (Vec::new(), Vec::new());
        for (index, line) in text.split('\n').enumerate() {
            match read_line(line, index + 1) {
                Ok(None) => {}
                Ok(Some(entry)) => entries.push(entry),
                Err(kind) => faults.push(SignersFault { line: index + 1, kind }),
            }
        }
        Self { entries, faults }
    }

    /// Returns the lines that were understood, in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns what is wrong with the other lines, in order.
    #[must_use]
    pub fn faults(&self) -> &[SignersFault] {
        &self.faults
    }

    /// Returns whether a signature with a key counts as one of a person for a kind of act at an
    /// instant.
    #[must_use]
    pub fn is_allowed(
        &self,
        principal: &str,
        key: &PublicKey,
        namespace: Namespace,
        at: Timestamp,
    ) -> bool {
        self.entries.iter().any(|entry| entry.key == *key && entry.allows(principal, namespace, at))
    }
}

/// Reads `principals [options] type base64 [comment]`.
fn read_line(line: &str, number: usize) -> Result<Option<Entry>, FaultKind> {
    let line = line.trim_start_matches(WHITE);
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    if line.contains('\0') {
        return Err(FaultKind::Nul);
    }
    let (principals, rest) = split_principals(line)?;
    let (options, key) = if starts_with_type(rest) { ("", rest) } else { split_options(rest)? };
    let key = read_key(key)?;
    let options = Options::parse(options)?;
    let principals = Patterns::new(principals);
    Ok(Some(Entry { line: number, principals, key, options }))
}

/// What parts principals from the rest of a line.
const WHITE: [char; 3] = [' ', '\t', '\r'];
/// What parts words of the rest.
const BLANK: [char; 2] = [' ', '\t'];

/// Parts the principals from what follows. They end with the first white space, or where a
/// quotation mark begins somewhere in them, with the next quotation mark.
fn split_principals(line: &str) -> Result<(String, &str), FaultKind> {
    let end = line.find([' ', '\t', '\r', '"']).ok_or(FaultKind::NoKey)?;
    let (before, rest) = line.split_at(end);
    let (principals, rest) = match rest.strip_prefix('"') {
        Some(quoted) => {
            let (quoted, rest) = quoted.split_once('"').ok_or(FaultKind::OpenQuote)?;
            (format!("{before}{quoted}"), rest)
        }
        None => (before.to_owned(), rest),
    };
    Ok((principals, rest.trim_start_matches(WHITE)))
}

/// Returns whether the type of a key comes next, and no options.
fn starts_with_type(rest: &str) -> bool {
    rest.split_once(BLANK).is_some_and(|(word, _)| key::is_name(word))
}

/// Parts options from the key. They end with the first white space that no quotation marks hold.
fn split_options(rest: &str) -> Result<(&str, &str), FaultKind> {
    let mut quoted = false;
    let mut bytes = rest.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if bytes.peek().is_some_and(|&(_, next)| next == b'"') => {
                bytes.next();
            }
            b'"' => quoted = !quoted,
            b' ' | b'\t' if !quoted => return Ok((&rest[..at], &rest[at..])),
            _ => {}
        }
    }
    Err(if quoted { FaultKind::OpenQuote } else { FaultKind::NoKey })
}

fn read_key(rest: &str) -> Result<PublicKey, FaultKind> {
    let mut words = rest.split(BLANK).filter(|word| !word.is_empty());
    let name = words.next().ok_or(FaultKind::NoKey)?;
    let base64 = words.next().ok_or(FaultKind::NoKey)?;
    PublicKey::of_words(name, base64.trim_end_matches('\r')).map_err(FaultKind::Key)
}
