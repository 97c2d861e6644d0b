//! Time stamps: when somebody outside saw a signature.

use crate::model::judgement::{Witness, Witnesses};
use crate::model::record::SignedRecord;
use crate::signature::timestamp::{Certificate, Token, certificates};
use crate::signature::{Digest, Ring};
use crate::workspace::Snapshot;

/// The root certificates of authorities whose time stamps count, and who else saw records.
pub(super) struct Authorities<'w> {
    roots: Vec<Certificate>,
    witnesses: &'w Witnesses,
}

/// Who saw a record.
pub(super) struct Looked<'w> {
    /// What the time stamp beside it says.
    pub(super) stamp: Option<Witness>,
    /// What whoever verifies knows from elsewhere.
    pub(super) brought: Option<&'w Witness>,
    /// Why the time stamp beside it says nothing.
    pub(super) fault: Option<String>,
}

/// Reads the certificates that a ring names, as far as their files are those that it names.
pub(super) fn authorities<'w>(
    snapshot: &Snapshot,
    ring: &Ring,
    witnesses: &'w Witnesses,
) -> Authorities<'w> {
    let mut roots = Vec::new();
    for authority in &ring.authorities {
        let file = snapshot.get(&authority.file);
        let file = file.filter(|file| Digest::of_sha256(file.sha256()) == authority.digest);
        let pem = file.and_then(|file| file.text().ok());
        roots.extend(pem.and_then(|pem| certificates(pem).ok()).into_iter().flatten());
    }
    Authorities { roots, witnesses }
}

impl Authorities<'_> {
    /// Returns who saw a record.
    pub(super) fn look(&self, record: &SignedRecord) -> Looked<'_> {
        let (stamp, fault) = self.stamp(record);
        let brought = self.witnesses.get(&record.path).filter(|_| record.armour.is_some());
        Looked { stamp, brought, fault }
    }

    /// Returns what the time stamp beside a record says.
    fn stamp(&self, record: &SignedRecord) -> (Option<Witness>, Option<String>) {
        let (Some(token), Some(armour)) = (&record.token, &record.armour) else {
            return (None, None);
        };
        let stamped = Digest::of_bytes(armour.as_bytes());
        let seen = Token::read(token).and_then(|it| it.verify(stamped.bytes(), &self.roots));
        match seen {
            Ok(seen) => (Some(Witness { at: seen.at, authority: seen.authority }), None),
            Err(refusal) => (None, Some(refusal.to_string())),
        }
    }
}
