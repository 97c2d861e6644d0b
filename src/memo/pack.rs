//! A memo as bytes that vouch for themselves.
//!
//! ```text
//! pack    = mac[32] "avouch memo 1" LF text(build) text(workspace) count entry*
//! entry   = fingerprint[32] length bytes
//! text    = length bytes
//! ```
//!
//! Numbers are `u64`, little-endian. `mac` is BLAKE3 of all that follows, keyed with a secret of
//! the user's: what somebody else wrote, what another build of the program wrote, and what was
//! written for another folder is no pack. Documents are in postcard's format.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Memo, ReadDocument};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::document::Document;
use crate::model::fingerprint::{BUILD, Fingerprint};
use crate::span::Place;

const MAGIC: &[u8] = b"avouch memo 1\n";
const MAC: usize = 32;

/// The secret that packs are authenticated with.
pub(super) type Secret = [u8; 32];

/// Documents that an earlier process read, still packed.
#[derive(Debug, Clone, Default)]
pub(super) struct Pack {
    bytes: Arc<Vec<u8>>,
    entries: HashMap<Fingerprint, Range<usize>>,
    /// The rules that diagnostics may name.
    rules: Vec<&'static Rule>,
}

/// Whom a pack is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner<'o> {
    /// The folder of the workspace, as a whole path.
    pub(super) workspace: &'o str,
    /// The secret of the user.
    pub(super) secret: &'o Secret,
}

/// A diagnostic with its rule by name.
#[derive(Serialize, Deserialize)]
struct Packed {
    rule: String,
    level: Level,
    message: String,
    place: Place,
    label: String,
    related: Vec<(Place, String)>,
    help: Option<String>,
}

impl Packed {
    fn new(diagnostic: &Diagnostic) -> Self {
        let Diagnostic { rule, level, message, place, label, related, help } = diagnostic.clone();
        Self { rule: rule.name.to_owned(), level, message, place, label, related, help }
    }

    fn unpack(self, rules: &[&'static Rule]) -> Option<Diagnostic> {
        let Self { rule, level, message, place, label, related, help } = self;
        let rule = *rules.iter().find(|it| it.name == rule)?;
        Some(Diagnostic { rule, level, message, place, label, related, help })
    }
}

impl Pack {
    /// Returns a document.
    pub(super) fn document(&self, key: Fingerprint) -> Option<ReadDocument> {
        let bytes = self.bytes.get(self.entries.get(&key)?.clone())?;
        let (document, found): (Document, Vec<Packed>) = postcard::from_bytes(bytes).ok()?;
        let diagnostics =
            found.into_iter().map(|it| it.unpack(&self.rules)).collect::<Option<_>>()?;
        Some(ReadDocument { document: Arc::new(document), diagnostics })
    }

    /// Returns whether a document is in it.
    pub(super) fn holds(&self, key: &Fingerprint) -> bool {
        self.entries.contains_key(key)
    }

    /// Returns how many documents are in it.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether it holds exactly what a memo does.
    pub(super) fn equals(&self, memo: &Memo) -> bool {
        self.len() == memo.documents.len() && memo.documents.keys().all(|key| self.holds(key))
    }

    /// Opens what [`write()`] made for the same owner and with the same build of the program.
    pub(super) fn open(bytes: Vec<u8>, owner: Owner<'_>, rules: &[&'static Rule]) -> Option<Self> {
        let (mac, signed) = bytes.split_at_checked(MAC)?;
        if Fingerprint::with_secret(owner.secret, signed).as_bytes() != mac {
            return None;
        }
        let rest = signed.strip_prefix(head(owner.workspace).as_slice())?;
        let mut at = bytes.len() - rest.len();
        let take = |at: &mut usize, length: usize| {
            let end = at.checked_add(length)?;
            let range = *at..end;
            *at = end;
            (end <= bytes.len()).then_some(range)
        };
        let number = |at: &mut usize| {
            let digits = bytes.get(take(at, 8)?)?;
            usize::try_from(u64::from_le_bytes(digits.try_into().ok()?)).ok()
        };
        let count = number(&mut at)?;
        let mut entries = HashMap::with_capacity(count.min(bytes.len() / MAC));
        for _ in 0..count {
            let key = bytes.get(take(&mut at, MAC)?)?;
            let key = Fingerprint::from_bytes(key.try_into().ok()?);
            let length = number(&mut at)?;
            entries.insert(key, take(&mut at, length)?);
        }
        let is_whole = at == bytes.len();
        is_whole.then(|| Self { bytes: Arc::new(bytes), entries, rules: rules.to_vec() })
    }
}

/// Packs a memo. What `before` holds already is copied as it is.
pub(super) fn write(memo: &Memo, before: &Pack, owner: Owner<'_>) -> Vec<u8> {
    let documents: BTreeMap<_, _> = memo.documents.iter().collect();
    let packed: Vec<(Fingerprint, Vec<u8>)> = documents
        .into_par_iter()
        .filter_map(|(key, read)| {
            let old = before.entries.get(key).and_then(|range| before.bytes.get(range.clone()));
            let bytes = match old {
                Some(old) => old.to_vec(),
                None => pack(read)?,
            };
            Some((*key, bytes))
        })
        .collect();
    let mut out = vec![0; MAC];
    out.extend(head(owner.workspace));
    out.extend((packed.len() as u64).to_le_bytes());
    for (key, bytes) in packed {
        out.extend(key.as_bytes());
        out.extend((bytes.len() as u64).to_le_bytes());
        out.extend(bytes);
    }
    let mac = Fingerprint::with_secret(owner.secret, &out[MAC..]);
    out[..MAC].copy_from_slice(mac.as_bytes());
    out
}

fn pack(read: &ReadDocument) -> Option<Vec<u8>> {
    let found: Vec<Packed> = read.diagnostics.iter().map(Packed::new).collect();
    postcard::to_stdvec(&(&*read.document, found)).ok()
}

fn head(workspace: &str) -> Vec<u8> {
    let mut head = MAGIC.to_vec();
    for text in [BUILD.0, workspace] {
        head.extend((text.len() as u64).to_le_bytes());
        head.extend(text.as_bytes());
    }
    head
}
