//! The chain of rings: which is in force since when.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::signed::Signature;
use crate::model::corpus::Corpus;
use crate::model::judgement::RingJudgement;
use crate::model::record::SignedRecord;
use crate::signature::ring::{Key, Member, Rule, Tenure};
use crate::signature::{Act, Decision, Digest, Ring};

/// The word for the ring as a subject of statements.
pub(crate) const SUBJECT: &str = "ring";

/// The rings that are in force one after the other.
pub(super) struct Rings<'c> {
    /// In the order of their numbers, each with the moment since which it is in force.
    in_force: Vec<(&'c Ring, Digest, Timestamp)>,
    /// What is held of all that are filed.
    judgements: Vec<RingJudgement>,
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
pub(super) fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

impl<'c> Rings<'c> {
    /// Follows the chain: each ring is signed by members of the one before, the first by its own.
    pub(super) fn follow(corpus: &'c Corpus, signatures: &[Signature], today: Date) -> Self {
        let mut rings = Self { in_force: Vec::new(), judgements: Vec::new() };
        let mut is_broken = false;
        for filed in &corpus.records.rings {
            let ring = &filed.ring;
            let digest = ring.digest();
            let votes = if is_broken {
                Vec::new()
            } else {
                rings.votes(corpus, ring, digest, signatures)
            };
            let judged = if is_broken {
                Err((Vec::new(), "a ring before it is not in force".to_owned()))
            } else {
                rings.accept(corpus, ring, &votes, today)
            };
            let (since, by, fault) = match judged {
                Ok((since, by)) => {
                    rings.in_force.push((ring, digest, since));
                    (Some(since), by, None)
                }
                Err((by, fault)) => {
                    is_broken = true;
                    (None, by, Some(fault))
                }
            };
            let votes = votes.iter().filter(|(_, it)| day(it.statement.signed_at) <= today);
            let records = votes.map(|(number, _)| *number).collect();
            rings.judgements.push(RingJudgement { digest, since, by, records, fault });
        }
        rings
    }

    /// Returns since when a ring is in force and who signed it, or who did and why it is not.
    fn accept(
        &self,
        corpus: &'c Corpus,
        ring: &'c Ring,
        votes: &[(u32, &SignedRecord)],
        today: Date,
    ) -> Result<(Timestamp, Vec<String>), (Vec<String>, String)> {
        let last = self.in_force.last();
        let fault = |fault: &str| Err((Vec::new(), fault.to_owned()));
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
        let mut by: Vec<String> = Vec::new();
        let mut roles: BTreeSet<&str> = BTreeSet::new();
        for (_, record) in votes {
            let statement = &record.statement;
            if day(statement.signed_at) > today {
                break;
            }
            if !by.contains(&statement.by) {
                by.push(statement.by.clone());
            }
            roles.extend(statement.role.as_deref());
            if is_enough(&rule, by.len(), &roles) {
                let earliest = last.map_or(Timestamp::MIN, |(_, _, since)| *since);
                if statement.signed_at < earliest {
                    return Err((by, "it is dated before the ring that it follows".to_owned()));
                }
                return Ok((statement.signed_at, by));
            }
        }
        let fault = if by.is_empty() {
            "nobody whose word counts for the ring before it has signed it".to_owned()
        } else {
            format!("too few have signed it: {}", by.join(", "))
        };
        Err((by, fault))
    }

    /// Returns the signed records that count for a ring, with their numbers, by their time.
    fn votes(
        &self,
        corpus: &'c Corpus,
        ring: &'c Ring,
        digest: Digest,
        signatures: &[Signature],
    ) -> Vec<(u32, &'c SignedRecord)> {
        let voters = self.last().unwrap_or(ring);
        let is_of = |record: &SignedRecord| {
            let statement = &record.statement;
            let subjects = &statement.subjects;
            statement.decision == Decision::Enrol
                && subjects.len() == 1
                && subjects[0].id == SUBJECT
                && subjects[0].digest == digest
                && statement.ring == ring.previous
        };
        let mut votes: Vec<(u32, &SignedRecord)> = (0_u32..)
            .zip(&corpus.records.signed)
            .zip(signatures)
            .filter(|((_, record), signature)| {
                is_of(record) && self.may_vote(voters, record, signature)
            })
            .map(|(numbered, _)| numbered)
            .collect();
        votes.sort_by_key(|(_, record)| record.statement.signed_at);
        votes
    }

    /// Returns whether a signature counts in a ring.
    fn may_vote(&self, voters: &Ring, record: &SignedRecord, signature: &Signature) -> bool {
        let statement = &record.statement;
        let on = day(statement.signed_at);
        let Some(key) = signature.key.as_ref().and_then(|key| voters.key(&key.line())) else {
            return false;
        };
        signature.flaw.is_none()
            && statement.workspace == voters.workspace
            && key.person == statement.by
            && key.purposes.contains(&Act::Ring)
            && key.days.contain(on)
            && key.retired.is_none_or(|retired| on < retired)
            && key.compromised_since.is_none_or(|since| on < since)
            && voters.member(&statement.by).is_some_and(|it| it.days.contain(on))
            && statement.role.as_ref().is_none_or(|role| voters.holds(&statement.by, role, on))
    }

    /// Returns whether any ring is in force.
    pub(super) fn is_empty(&self) -> bool {
        self.in_force.is_empty()
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

fn is_enough(rule: &Rule, people: usize, roles: &BTreeSet<&str>) -> bool {
    people >= rule.people as usize
        && rule.all_of.iter().all(|role| roles.contains(role.as_str()))
        && (rule.any_of.is_empty() || rule.any_of.iter().any(|role| roles.contains(role.as_str())))
}
