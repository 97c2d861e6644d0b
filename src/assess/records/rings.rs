//! The chain of rings: which is in force since when.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::signed::{Question, Shown, Signature, flaw_of_key, future};
use super::witness::{self, Looked};
use crate::model::corpus::Corpus;
use crate::model::judgement::{Flaw, RingJudgement, Witnesses};
use crate::model::lack::Lack;
use crate::model::record::{FiledRing, SignedRecord};
use crate::signature::ring::{Key, Member, Rule, Tenure};
use crate::signature::{Act, Decision, Digest, Ring};
use crate::workspace::Snapshot;

/// The word for the ring as a subject of statements.
pub(crate) const SUBJECT: &str = "ring";

/// The rings that are in force one after the other.
pub(super) struct Rings<'c> {
    /// In the order of their numbers, each with the moment since which it is in force.
    in_force: Vec<(&'c Ring, Digest, Timestamp)>,
    /// What is held of all that are filed.
    judgements: Vec<RingJudgement>,
    /// All that are filed.
    filed: &'c [FiledRing],
    /// Whether somebody ever made a ring, as filed rings or signed records show.
    are_expected: bool,
}

/// Who signed a ring.
#[derive(Default)]
struct Votes {
    /// The people, by the time of their signatures.
    by: Vec<String>,
    /// The numbers of the signed records.
    records: Vec<u32>,
}

/// What the chain of rings is made of.
#[derive(Clone, Copy)]
pub(super) struct Files<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) snapshot: &'c Snapshot,
    /// For each signed record, its signature.
    pub(super) signatures: &'c [Signature],
    /// Who saw which records, as whoever verifies knows from elsewhere.
    pub(super) witnesses: &'c Witnesses,
    pub(super) today: Date,
}

/// Returns what `people.yaml` says now, as the ring that follows the last one.
pub(crate) fn written(corpus: &Corpus) -> Ring {
    let last = corpus.records.rings.last();
    let mandates = &corpus.mandates;
    let person = |it: &crate::model::person::Person| Member {
        id: it.id.value.to_string(),
        kind: it.kind.key().to_owned(),
        days: crate::signature::ring::Days { from: it.since, until: it.until },
        name: it.name.clone(),
    };
    let holders = corpus.roles.iter().flat_map(|role| {
        role.holders.iter().map(|holder| Tenure {
            role: role.id.value.to_string(),
            person: holder.person.value.clone(),
            days: crate::signature::ring::Days { from: holder.from, until: holder.until },
        })
    });
    Ring {
        workspace: corpus.settings.workspace_id.clone(),
        number: last.map_or(1, |it| it.ring.number + 1),
        previous: last.map(|it| it.ring.digest()),
        people: corpus.people.iter().map(person).collect(),
        keys: mandates.keys.iter().map(|it| it.value.clone()).collect(),
        roles: corpus.roles.iter().map(|role| role.id.value.to_string()).collect(),
        holders: holders.collect(),
        delegations: mandates.delegations.iter().map(|it| it.value.clone()).collect(),
        authorities: mandates.authorities.iter().map(|it| it.value.clone()).collect(),
        rules: mandates.rules.iter().map(|it| it.value.clone()).collect(),
    }
}

/// Returns the day of a moment in UTC, by which keys are judged.
pub(in crate::assess) fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

impl<'c> Rings<'c> {
    /// Follows the chain: each ring is signed by members of the one before, the first by its own.
    pub(super) fn follow(files: &Files<'c>) -> Self {
        let Files { corpus, snapshot: _, signatures, witnesses: _, today: _ } = *files;
        let filed = &corpus.records.rings;
        let names_a_ring = |(record, signature): (&SignedRecord, &Signature)| {
            let statement = &record.statement;
            signature.flaw.is_none()
                && (statement.ring.is_some() || statement.decision == Decision::Enrol)
        };
        let mut records = corpus.records.signed.iter().zip(signatures);
        let are_expected = !filed.is_empty() || records.any(names_a_ring);
        let mut rings = Self { in_force: Vec::new(), judgements: Vec::new(), filed, are_expected };
        let mut is_broken = false;
        for filed in &corpus.records.rings {
            let ring = &filed.ring;
            let digest = ring.digest();
            let (votes, accepted) = if is_broken {
                (Votes::default(), Err("a ring before it is not in force".to_owned()))
            } else {
                rings.accept(files, ring, digest)
            };
            let (since, fault) = match accepted {
                Ok(since) => {
                    rings.in_force.push((ring, digest, since));
                    (Some(since), None)
                }
                Err(fault) => {
                    is_broken = true;
                    (None, Some(fault))
                }
            };
            let Votes { by, records } = votes;
            rings.judgements.push(RingJudgement { digest, since, by, records, fault });
        }
        rings
    }

    /// Returns who signed a ring, and since when it is in force or why it is not.
    fn accept(
        &self,
        files: &Files<'c>,
        ring: &'c Ring,
        digest: Digest,
    ) -> (Votes, Result<Timestamp, String>) {
        let Files { corpus, snapshot, signatures, witnesses, today } = *files;
        let last = self.in_force.last();
        let fault = |fault: &str| (Votes::default(), Err(fault.to_owned()));
        if ring.workspace != corpus.settings.workspace_id {
            return fault("it is the ring of another workspace");
        }
        if ring.previous != last.map(|(_, digest, _)| *digest) {
            return fault("it does not name the ring before it");
        }
        let mut keys: Vec<&Key> = ring.keys.iter().collect();
        keys.sort_by(|one, other| one.public.cmp(&other.public));
        if keys.windows(2).any(|two| two[0].public == two[1].public) {
            return fault("two entries have one key");
        }
        let voters = last.map_or(ring, |(before, _, _)| before);
        let rule = voters.rule(SUBJECT, SUBJECT, &[]);
        let earliest = last.map_or(Timestamp::MIN, |(_, _, since)| *since);
        let authorities = witness::authorities(snapshot, voters, witnesses);
        let mut is_early = false;
        let mut counts = |record: &SignedRecord, signature: &Signature| {
            let statement = &record.statement;
            // Time stamps cost most, so they are looked at last.
            let is_about_it = signature.flaw.is_none()
                && enrols(record) == Some(digest)
                && statement.ring == ring.previous
                && future(record, today).is_none();
            if !is_about_it {
                return false;
            }
            let Looked { stamp, brought, fault: _ } = authorities.look(record);
            let on = signature.on_main_line;
            let shown = Shown { witness: stamp.as_ref(), brought, on };
            let is_vote = flaw_in(voters, record, signature, shown).is_none();
            is_early |= is_vote && statement.signed_at < earliest;
            is_vote && statement.signed_at >= earliest
        };
        let records = (0_u32..).zip(corpus.records.signed.iter().zip(signatures));
        let votes = records.filter(|(_, (record, signature))| counts(record, signature));
        let mut found: Vec<(u32, &SignedRecord)> =
            votes.map(|(number, (record, _))| (number, record)).collect();
        found.sort_by_key(|(_, record)| record.statement.signed_at);
        let mut votes =
            Votes { by: Vec::new(), records: found.iter().map(|(number, _)| *number).collect() };
        let mut roles: BTreeSet<&str> = BTreeSet::new();
        for (_, record) in &found {
            let statement = &record.statement;
            if !votes.by.contains(&statement.by) {
                votes.by.push(statement.by.clone());
            }
            roles.extend(statement.role.as_deref());
            if lack(&rule, votes.by.len(), &roles).is_nothing() {
                return (votes, Ok(statement.signed_at));
            }
        }
        let fault = if is_early {
            "it is dated before the ring that it follows".to_owned()
        } else if votes.by.is_empty() {
            "nobody whose word counts for the ring before it has signed it".to_owned()
        } else {
            let lack = lack(&rule, votes.by.len(), &roles);
            let role = if lack.roles.is_empty() { "" } else { "the role " };
            format!("it lacks {role}{}; it is signed by {}", lack.words(), votes.by.join(", "))
        };
        (votes, Err(fault))
    }

    /// Says why a signature under a change of the ring does not count.
    pub(super) fn flaw_of_vote(
        &self,
        record: &SignedRecord,
        signature: &Signature,
        shown: Shown<'_>,
        today: Date,
    ) -> Option<Flaw> {
        let mut filed = self.filed.iter().zip(&self.judgements);
        let Some((filed, _)) = filed.find(|(_, it)| Some(it.digest) == enrols(record)) else {
            return Some(Flaw::Ring);
        };
        let named = record.statement.ring;
        if named != filed.ring.previous {
            return Some(Flaw::Ring);
        }
        let voters = match named {
            None => &filed.ring,
            Some(digest) => match self.number_of(digest) {
                Some(number) => self.ring(number),
                None => return Some(Flaw::Ring),
            },
        };
        future(record, today).or_else(|| flaw_in(voters, record, signature, shown))
    }

    /// Returns whether somebody ever made a ring. Then nothing counts without one, so that nobody
    /// gains by taking rings away.
    pub(super) fn are_expected(&self) -> bool {
        self.are_expected
    }

    /// Returns the number in the chain, from 0, of the ring that was in force at a moment.
    pub(super) fn number_at(&self, moment: Timestamp) -> Option<usize> {
        self.in_force.iter().rposition(|(_, _, since)| *since <= moment)
    }

    /// Returns a ring that is or was in force.
    pub(super) fn ring(&self, number: usize) -> &'c Ring {
        self.in_force[number].0
    }

    /// Returns the ring that is in force now.
    pub(super) fn last(&self) -> Option<&'c Ring> {
        self.in_force.last().map(|(ring, _, _)| *ring)
    }

    /// Returns the number of the ring with a digest.
    pub(super) fn number_of(&self, digest: Digest) -> Option<usize> {
        self.in_force.iter().position(|(_, it, _)| *it == digest)
    }

    /// Returns the day of the ring that first held a key of a person.
    pub(super) fn enrolled(&self, person: &str, public: &str) -> Option<Date> {
        let has = |ring: &Ring| ring.key(public).is_some_and(|key| key.person == person);
        let first = self.in_force.iter().find(|(ring, _, _)| has(ring));
        first.map(|(_, _, since)| day(*since))
    }

    /// Returns the day of the first ring after one that no longer held a key.
    pub(super) fn dropped(&self, number: usize, public: &str) -> Option<Date> {
        let later = self.in_force.iter().skip(number + 1);
        later.into_iter().find(|(ring, _, _)| ring.key(public).is_none()).map(|it| day(it.2))
    }

    /// Returns the ring by which an unsigned act of a day is judged.
    pub(super) fn on(&self, date: Date) -> Option<&'c Ring> {
        let found = self.in_force.iter().rfind(|(_, _, since)| day(*since) <= date);
        found.or(self.in_force.first()).map(|(ring, _, _)| *ring)
    }

    /// Returns what is held of all filed rings.
    pub(super) fn into_judgements(self) -> Vec<RingJudgement> {
        self.judgements
    }
}

/// Returns the digest of the ring that a record asks for.
fn enrols(record: &SignedRecord) -> Option<Digest> {
    match record.statement.subjects.as_slice() {
        [subject] if record.statement.decision == Decision::Enrol && subject.id == SUBJECT => {
            Some(subject.digest)
        }
        _ => None,
    }
}

/// Says why a signature under a change of the ring does not count with its voters.
fn flaw_in(
    voters: &Ring,
    record: &SignedRecord,
    signature: &Signature,
    shown: Shown<'_>,
) -> Option<Flaw> {
    let statement = &record.statement;
    let on = day(statement.signed_at);
    let key = signature.key.as_ref().and_then(|key| voters.key(&key.line()));
    let Some(key) = key else { return Some(Flaw::UnknownKey) };
    if key.person != statement.by {
        return Some(Flaw::KeyOfAnother(key.person.clone()));
    }
    let latest = day(shown.judged_at(statement.signed_at));
    let flaw = flaw_of_key(key, &Question { act: Act::Ring, on, latest }, shown);
    if flaw.is_some() {
        return flaw;
    }
    if !voters.member(&statement.by).is_some_and(|it| it.days.contain(on)) {
        return Some(Flaw::Absent);
    }
    let is_held = |role: &&String| voters.holds(&statement.by, role, on);
    if let Some(other) = &statement.on_behalf_of {
        return Some(Flaw::NotDelegated(other.clone()));
    }
    if let Some(role) = statement.role.as_ref().filter(|role| !is_held(role)) {
        return Some(Flaw::Role(role.clone()));
    }
    shown.dated_back(record)
}

/// Returns what those who signed a ring lack of what a rule demands.
fn lack(rule: &Rule, people: usize, roles: &BTreeSet<&str>) -> Lack {
    let has = |role: &String| roles.contains(role.as_str());
    let is_any_missing = !rule.any_of.is_empty() && !rule.any_of.iter().any(has);
    Lack {
        roles: rule.all_of.iter().filter(|role| !has(role)).cloned().collect(),
        any_of: if is_any_missing { rule.any_of.clone() } else { Vec::new() },
        people: (rule.people as usize).saturating_sub(people),
    }
}
