//! The ring, keys and delegations.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use super::{Judged, ring, urgency};
use crate::model::assessment::Urgency;
use crate::model::duty::{Duty, DutyKind, PERSON};
use crate::signature::Ring;
use crate::signature::ring::{Key, OWNER};

/// Keys that end within so many days are named.
const KEY_NOTICE: i64 = 90;

/// Adds changes that nobody signed, keys that end and are needed, delegations that end.
pub(super) fn add(judged: Judged<'_>, duties: &mut Vec<Duty>) {
    let signers = signers(judged, duties);
    changes(judged, duties);
    keys(judged, &signers, duties);
    delegations(judged, duties);
}

/// Returns everyone who is to sign something: who is asked to by what is listed so far, and who holds a
/// role that a rule names.
fn signers(judged: Judged<'_>, duties: &[Duty]) -> BTreeSet<String> {
    let written = &judged.assessment.records.written;
    let is_signed = |it: &&Duty| matches!(it.kind, DutyKind::Approval | DutyKind::Review);
    let asked = duties.iter().filter(is_signed).flat_map(|it| it.who.clone());
    let named = written.rules.iter().flat_map(|rule| {
        let emergency = rule.emergency.as_ref().map(|(role, _)| role);
        rule.all_of.iter().chain(&rule.any_of).chain(&rule.reviewers).chain(emergency)
    });
    let roles = named.filter(|role| *role != OWNER);
    let today = judged.assessment.today;
    let held = roles.flat_map(|role| super::people_of(judged.corpus, role, today));
    asked.chain(held).collect()
}

/// Returns the last day on which a key may sign; nothing for one without end.
fn last_day(key: &Key) -> Option<Date> {
    let before = |day: Date| day.saturating_sub(Span::new().days(1));
    let ends = [key.days.until, key.retired.map(before), key.compromised_since.map(before)];
    ends.into_iter().flatten().min()
}

/// Returns who has a key that may sign on a day.
fn people_with_keys(ring: &Ring, on: Date) -> BTreeSet<&str> {
    let keys = ring.keys.iter().filter(|key| {
        key.days.from.is_none_or(|from| from <= on) && last_day(key).is_none_or(|last| on <= last)
    });
    let people = keys.map(|key| key.person.as_str());
    people.filter(|id| ring.member(id).is_some_and(|it| it.days.contain(on))).collect()
}

/// Changes of people, keys, roles and rules that nobody signed.
fn changes(judged: Judged<'_>, duties: &mut Vec<Duty>) {
    let records = &judged.assessment.records;
    let in_force = records.rings_in_force();
    let voters = ring(judged);
    let filed = judged.corpus.records.rings.get(in_force);
    let (what, why) = match filed {
        Some(filed) => {
            let judgement = records.rings.get(in_force);
            let fault = judgement.and_then(|it| it.fault.clone()).unwrap_or_default();
            (format!("Sign the ring {}", filed.ring.number), format!("not in force: {fault}"))
        }
        None if in_force == 0 && !records.written.keys.is_empty() => (
            "Sign the first ring".to_owned(),
            "there are keys, and nobody has signed whose they are".to_owned(),
        ),
        None if in_force > 0 && !voters.says_the_same_as(&records.written) => (
            "Sign the change of people, keys, roles or rules".to_owned(),
            format!("`content/people.yaml` is not what the ring {} says", voters.number),
        ),
        None => return,
    };
    let rule = voters.rule("ring", "ring", &[]);
    let today = judged.assessment.today;
    let roles: Vec<&String> = rule.all_of.iter().chain(&rule.any_of).collect();
    let signed = records.rings.get(in_force).map_or(&[][..], |it| &it.by);
    let who: Vec<String> = people_with_keys(voters, today)
        .into_iter()
        .filter(|id| roles.is_empty() || roles.iter().any(|role| voters.holds(id, role, today)))
        .filter(|id| !signed.iter().any(|it| it == id))
        .map(str::to_owned)
        .collect();
    duties.push(Duty {
        kind: DutyKind::Ring,
        id: String::new(),
        title: String::new(),
        what,
        command: Some(format!("avouch people sign --as {PERSON}")),
        who,
        by: None,
        urgency: Urgency::Soon,
        why,
    });
}

/// Keys that end or have ended while their person is still to sign.
fn keys(judged: Judged<'_>, signers: &BTreeSet<String>, duties: &mut Vec<Duty>) {
    let written = &judged.assessment.records.written;
    let today = judged.assessment.today;
    let horizon = today.saturating_add(Span::new().days(KEY_NOTICE));
    for person in &judged.corpus.people {
        let id = person.id.value.as_str();
        let is_there = written.member(id).is_some_and(|it| it.days.contain(today));
        let theirs: Vec<&Key> = written.keys.iter().filter(|key| key.person == id).collect();
        // Whoever leaves needs no new key.
        let is_leaving = written
            .member(id)
            .is_some_and(|it| it.days.until.is_some_and(|until| until <= horizon));
        if theirs.is_empty()
            || !is_there
            || is_leaving
            || theirs.iter().any(|key| last_day(key).is_none())
        {
            continue;
        }
        let last = theirs.iter().max_by_key(|key| last_day(key));
        let Some((key, last)) = last.and_then(|key| Some((key, last_day(key)?))) else { continue };
        let has_ended = last < today;
        if last > horizon || has_ended && !signers.contains(id) {
            continue;
        }
        let why = if key.compromised_since.is_some() {
            "others may have had the last key; no other is listed"
        } else if key.retired.is_some() {
            "the last key is retired; no other is listed"
        } else if has_ended {
            "the last key has expired; no other is listed"
        } else {
            "the last key expires; no other is listed"
        };
        duties.push(Duty {
            kind: DutyKind::Key,
            id: id.to_owned(),
            title: person.name.clone(),
            what: "Add a new key of".to_owned(),
            who: vec![id.to_owned()],
            by: Some(last),
            urgency: urgency(judged, last),
            why: why.to_owned(),
            command: Some(format!("avouch people key {id} FILE.pub")),
        });
    }
}

/// Delegations that end.
fn delegations(judged: Judged<'_>, duties: &mut Vec<Duty>) {
    let corpus = judged.corpus;
    for delegation in &corpus.mandates.delegations {
        let it = &delegation.value;
        let Some(until) = it.days.until.filter(|until| *until >= judged.assessment.today) else {
            continue;
        };
        duties.push(Duty {
            kind: DutyKind::Delegation,
            id: it.role.clone(),
            title: corpus.role(&it.role).map(|role| role.title.clone()).unwrap_or_default(),
            what: format!("{} no longer acts for {} as", it.to, it.from),
            who: vec![it.from.clone(), it.to.clone()],
            by: Some(until),
            urgency: urgency(judged, until),
            why: "the delegation ends on that day".to_owned(),
            command: None,
        });
    }
}
