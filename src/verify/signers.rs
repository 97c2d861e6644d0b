//! The list of allowed signers that says to stock programs what the rings say.
//!
//! A list knows keys, purposes and times and nothing of roles, rules or witnesses, so it allows more
//! than the rings do. Whatever stands by the rings is allowed by the list.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::evidence::Evidence;
use crate::signature::allowed_signers::SignerLine;
use crate::signature::ring::Key;
use crate::signature::{Act, PublicKey, Ring};

/// A first and a last second, both included; nothing means without end.
type Seconds = (Option<Timestamp>, Option<Timestamp>);

/// Writes the list, and returns what could not be written in it, in sentences without an end.
pub(super) fn list(evidence: &Evidence<'_>) -> (String, Vec<String>) {
    let written = &evidence.judgements().written;
    let in_force: Vec<&Ring> = evidence.rings_in_force().iter().map(|it| &it.ring).collect();
    let mut since = evidence.judgements().rings.iter().map_while(|it| it.since);
    let mut terms: Vec<Term<'_>> =
        in_force.iter().map(|ring| Term { ring, since: since.next() }).collect();
    if terms.is_empty() {
        terms.push(Term { ring: written, since: None });
    }
    let mut found: BTreeMap<(&str, &str, Act), Vec<Seconds>> = BTreeMap::new();
    for (at, term) in terms.iter().enumerate() {
        for key in &term.ring.keys {
            for purpose in &key.purposes {
                let seconds = match purpose {
                    Act::Ring => of_votes(key),
                    Act::Approval | Act::Review | Act::Acknowledgement => of_acts(&terms, at, key),
                };
                if seconds.0.is_none() || seconds.1.is_none() || seconds.0 < seconds.1 {
                    let entry = (key.person.as_str(), key.public.as_str(), *purpose);
                    found.entry(entry).or_default().push(seconds);
                }
            }
        }
    }
    let mut list = String::from(
        "# Who may sign what, and when, as the rings in force say.\n\
         # Get this list from the organisation by another way too, and compare the two.\n",
    );
    let mut faults = Vec::new();
    for ((person, public, purpose), seconds) in found {
        let key = match PublicKey::parse(public) {
            Ok(key) => key,
            Err(fault) => {
                faults.push(format!("a key of `{person}` cannot be listed: {fault}"));
                continue;
            }
        };
        for (after, before) in joined(seconds) {
            let line = SignerLine {
                principal: person,
                key: &key,
                namespaces: &[purpose.namespace()],
                valid_after: after,
                valid_before: before,
            };
            match line.write() {
                Ok(line) => list.push_str(&line),
                Err(fault) => {
                    faults.push(format!("a key of `{person}` cannot be listed: {fault}"));
                }
            }
        }
    }
    faults.dedup();
    (list, faults)
}

/// A ring, with the moment since which it is in force.
struct Term<'r> {
    ring: &'r Ring,
    since: Option<Timestamp>,
}

/// Returns when a key may sign for a change of the ring: its days, as the ring says that it signs by.
fn of_votes(key: &Key) -> Seconds {
    let last =
        [key.days.until.and_then(end_of), before(key.retired), before(key.compromised_since)];
    (key.days.from.and_then(start_of), last.into_iter().flatten().min())
}

/// Returns when a key may sign anything else, while a ring is in force.
fn of_acts(terms: &[Term<'_>], at: usize, key: &Key) -> Seconds {
    let later = terms[at + 1..].iter();
    let now = terms.last().and_then(|it| it.ring.key(&key.public)).unwrap_or(key);
    let dropped = later.clone().find(|it| it.ring.key(&key.public).is_none());
    let dropped = dropped.and_then(|it| it.since).map(|it| it.to_zoned(TimeZone::UTC).date());
    let first = [key.days.from.and_then(start_of), terms[at].since];
    let last = [
        later.clone().next().and_then(|it| it.since).and_then(second_before),
        key.days.until.and_then(end_of),
        before(now.retired.or(dropped)),
        before(now.compromised_since.or(key.compromised_since)),
    ];
    (first.into_iter().flatten().max(), last.into_iter().flatten().min())
}

/// Joins times that follow one another.
fn joined(mut all: Vec<Seconds>) -> Vec<Seconds> {
    all.sort();
    let mut joined: Vec<Seconds> = Vec::new();
    for (after, before) in all {
        match joined.last_mut() {
            Some((_, None)) => {}
            Some((_, Some(end)))
                if after.is_none_or(|it| it.as_second() <= end.as_second() + 1) =>
            {
                let later = before.map(|it| it.max(*end));
                if let Some(last) = joined.last_mut() {
                    last.1 = later;
                }
            }
            _ => joined.push((after, before)),
        }
    }
    joined
}

/// Returns the first second of a day.
fn start_of(day: Date) -> Option<Timestamp> {
    day.to_zoned(TimeZone::UTC).ok().map(|it| it.timestamp())
}

/// Returns the last second before a day.
fn before(day: Option<Date>) -> Option<Timestamp> {
    second_before(start_of(day?)?)
}

/// Returns the last second of a day.
fn end_of(day: Date) -> Option<Timestamp> {
    before(day.tomorrow().ok())
}

fn second_before(moment: Timestamp) -> Option<Timestamp> {
    Timestamp::from_second(moment.as_second() - 1).ok()
}
