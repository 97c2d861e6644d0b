//! Signed records, as the ring of their time judges them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;

use super::rings::{Rings, day};
use super::witness;
use crate::model::corpus::Corpus;
use crate::model::judgement::{Flaw, Judgement, Witness};
use crate::model::record::SignedRecord;
use crate::signature::ring::Key;
use crate::signature::sshsig::{key_of, verify};
use crate::signature::{Act, DEMONSTRATION, Decision, PublicKey, Ring, is_of_demonstration};
use crate::span::FilePath;
use crate::workspace::Snapshot;

/// After so many days a record counts as dated back: it says that it was made long before anybody can
/// have seen it.
pub(crate) const DATED_BACK_AFTER: i32 = 30;

/// A signature, before anybody asks whose it is.
pub(super) struct Signature {
    /// The key that made it.
    pub(super) key: Option<PublicKey>,
    /// What is wrong with it by itself.
    pub(super) flaw: Option<Flaw>,
    /// When the main line of the history first held the record.
    on_main_line: Option<Timestamp>,
}

/// Checks all signatures.
pub(super) fn signatures(corpus: &Corpus, seen: &BTreeMap<FilePath, Timestamp>) -> Vec<Signature> {
    let signed = &corpus.records.signed;
    let signature = |record: &SignedRecord| {
        let (key, flaw) = check(record, &corpus.settings.workspace_id);
        Signature { key, flaw, on_main_line: seen.get(&record.path).copied() }
    };
    signed.par_iter().map(signature).collect()
}

fn check(record: &SignedRecord, workspace: &str) -> (Option<PublicKey>, Option<Flaw>) {
    let Some(armour) = &record.armour else { return (None, Some(Flaw::Unsigned)) };
    let key = match key_of(armour) {
        Ok(key) => key,
        Err(refusal) => return (None, Some(Flaw::Signature(refusal.to_string()))),
    };
    let statement = &record.statement;
    let namespace = statement.decision.act().namespace();
    let text = statement.to_string();
    let flaw = match verify(&key, namespace, text.as_bytes(), armour) {
        Err(refusal) => Some(Flaw::Signature(refusal.to_string())),
        Ok(()) if statement.workspace != workspace => Some(Flaw::OtherWorkspace),
        Ok(()) if workspace != DEMONSTRATION && is_of_demonstration(&key) => {
            Some(Flaw::DemonstrationKey)
        }
        Ok(()) => None,
    };
    (Some(key), flaw)
}

/// Judges all signed records.
pub(super) fn judge(
    corpus: &Corpus,
    snapshot: &Snapshot,
    signatures: &[Signature],
    rings: &Rings<'_>,
    written: &Ring,
    today: Date,
) -> Vec<Judgement> {
    let authorities = witness::authorities(snapshot, rings.last().unwrap_or(written));
    let records = corpus.records.signed.par_iter().zip(signatures);
    let judge = |(record, signature): (&SignedRecord, &Signature)| {
        let (witness, witness_fault) = authorities.look(record);
        let flaws = match &signature.flaw {
            Some(flaw) => vec![flaw.clone()],
            None => {
                let shown = Shown { witness: witness.as_ref(), on: signature.on_main_line };
                Bench { rings, written, today }.flaws(record, signature, shown)
            }
        };
        Judgement {
            flaws,
            fingerprint: signature.key.as_ref().map(PublicKey::fingerprint),
            witness,
            witness_fault,
            on_main_line: signature.on_main_line,
        }
    };
    records.map(judge).collect()
}

/// When a record can be shown to have existed.
#[derive(Clone, Copy)]
struct Shown<'w> {
    witness: Option<&'w Witness>,
    on: Option<Timestamp>,
}

impl Shown<'_> {
    /// Returns the earliest moment that somebody else than its signer names.
    fn earliest(self) -> Option<Timestamp> {
        self.witness.map(|it| it.at).into_iter().chain(self.on).min()
    }
}

/// What records are judged by.
#[derive(Clone, Copy)]
struct Bench<'b> {
    rings: &'b Rings<'b>,
    written: &'b Ring,
    today: Date,
}

impl Bench<'_> {
    fn flaws(self, record: &SignedRecord, signature: &Signature, shown: Shown<'_>) -> Vec<Flaw> {
        let statement = &record.statement;
        let mut flaws = Vec::new();
        let on = day(statement.signed_at);
        for date in [statement.decided_on, on] {
            if date > self.today {
                return vec![Flaw::Future(date)];
            }
        }
        if statement.decision == Decision::Enrol {
            return flaws; // what it enrols is judged with the rings
        }
        let (ring, number) = match self.ring(record) {
            Ok(found) => found,
            Err(flaw) => return vec![flaw],
        };
        let Some(public) = signature.key.as_ref().map(PublicKey::line) else {
            return vec![Flaw::Unsigned];
        };
        match ring.key(&public) {
            None => flaws.push(Flaw::UnknownKey),
            Some(key) if key.person != statement.by => {
                flaws.push(Flaw::KeyOfAnother(key.person.clone()));
            }
            Some(key) => {
                let act = statement.decision.act();
                flaws.extend(self.of_key(key, act, on, number, shown));
            }
        }
        let is_there = |ring: &Ring| {
            ring.member(&statement.by)
                .is_some_and(|it| it.days.contain(statement.decided_on) && it.days.contain(on))
        };
        if !is_there(ring) || self.rings.last().is_some_and(|last| !is_there(last)) {
            flaws.push(Flaw::Absent);
        }
        if let Some(role) = &statement.role {
            let by = &statement.by;
            for date in [statement.decided_on, on] {
                let flaw = match &statement.on_behalf_of {
                    None if ring.holds(by, role, date) => None,
                    None => Some(Flaw::Role(role.clone())),
                    Some(other) if ring.may_act_for(by, other, role, date) => None,
                    Some(other) => Some(Flaw::NotDelegated(other.clone())),
                };
                flaws.extend(flaw);
            }
        }
        let shown_on = shown.earliest().map_or(on, day);
        let days = (shown_on - statement.decided_on).get_days();
        if days > DATED_BACK_AFTER {
            flaws.push(Flaw::BackDated(days));
        }
        flaws.sort();
        flaws.dedup();
        flaws
    }

    /// Returns the ring that was in force when a record was signed, as far as that is known.
    fn ring(&self, record: &SignedRecord) -> Result<(&Ring, usize), Flaw> {
        if self.rings.is_empty() {
            return Ok((self.written, 0));
        }
        let statement = &record.statement;
        let number = self.rings.number_at(statement.signed_at).ok_or(Flaw::Ring)?;
        let named = statement.ring.and_then(|digest| self.rings.number_of(digest));
        match named {
            Some(named) if named <= number => Ok((self.rings.ring(number), number)),
            _ => Err(Flaw::Ring),
        }
    }

    fn of_key(
        &self,
        key: &Key,
        act: Act,
        on: Date,
        number: usize,
        shown: Shown<'_>,
    ) -> Option<Flaw> {
        let enrolled = self.rings.enrolled(&key.person, &key.public);
        let from = [key.days.from, enrolled].into_iter().flatten().max();
        let last = self.rings.last().unwrap_or(self.written);
        let now = last.key(&key.public).unwrap_or(key);
        let retired = now.retired.or_else(|| self.rings.dropped(number, &key.public));
        // Without a witness, the main line bounds the time: a signer could write any earlier date.
        let latest = match (shown.witness, shown.on) {
            (Some(_), _) | (None, None) => on,
            (None, Some(seen)) => day(seen).max(on),
        };
        if !key.purposes.contains(&act) {
            return Some(Flaw::Purpose);
        }
        if let Some(from) = from.filter(|from| on < *from) {
            return Some(Flaw::KeyTooEarly(from));
        }
        if let Some(until) = key.days.until.filter(|until| *until < on) {
            return Some(Flaw::KeyExpired(until));
        }
        if let Some(retired) = retired.filter(|retired| *retired <= latest) {
            return Some(Flaw::KeyRetired(retired));
        }
        let is_witnessed_before =
            |since: Date| shown.witness.is_some_and(|witness| day(witness.at) < since);
        let compromised = now.compromised_since.or(key.compromised_since);
        compromised.filter(|since| !is_witnessed_before(*since)).map(Flaw::KeyCompromised)
    }
}
