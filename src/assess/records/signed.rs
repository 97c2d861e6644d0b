//! Signed records, as the ring of their time judges them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rayon::prelude::*;

use super::rings::{Rings, day};
use super::witness::{self, Looked};
use crate::model::corpus::Corpus;
use crate::model::judgement::{Flaw, Judgement, Witness, Witnesses};
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
    pub(super) on_main_line: Option<Timestamp>,
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

/// Checks a signature by itself: returns the key that made it, and what is wrong.
pub(super) fn check(record: &SignedRecord, workspace: &str) -> (Option<PublicKey>, Option<Flaw>) {
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
    (snapshot, witnesses): (&Snapshot, &Witnesses),
    signatures: &[Signature],
    bench: Bench<'_>,
) -> Vec<Judgement> {
    let Bench { rings, written, today } = bench;
    let authorities = witness::authorities(snapshot, rings.last().unwrap_or(written), witnesses);
    let records = corpus.records.signed.par_iter().zip(signatures);
    let judge = |(record, signature): (&SignedRecord, &Signature)| {
        let Looked { stamp, brought, fault } = authorities.look(record);
        let on = signature.on_main_line;
        let shown = Shown { witness: stamp.as_ref(), brought, on };
        let (ring, flaws) = match &signature.flaw {
            Some(flaw) => (None, vec![flaw.clone()]),
            None if record.statement.decision == Decision::Enrol => {
                let flaw = rings.flaw_of_vote(record, signature, shown, today);
                (None, flaw.into_iter().collect())
            }
            None => bench.judge(record, signature, shown),
        };
        Judgement {
            flaws,
            ring,
            fingerprint: signature.key.as_ref().map(PublicKey::fingerprint),
            witness: shown.first().cloned(),
            witness_fault: fault,
            on_main_line: signature.on_main_line,
        }
    };
    records.map(judge).collect()
}

/// When a record can be shown to have existed.
#[derive(Clone, Copy)]
pub(super) struct Shown<'w> {
    /// The time stamp beside it.
    pub(super) witness: Option<&'w Witness>,
    /// Who saw it, as whoever verifies knows from elsewhere. That only ever helps: who kept a list for
    /// long shows less than who looked at once, and not that anything is wrong.
    pub(super) brought: Option<&'w Witness>,
    /// Since when the main line of the history holds it.
    pub(super) on: Option<Timestamp>,
}

impl<'w> Shown<'w> {
    /// Returns the first of those outside who saw it.
    fn first(self) -> Option<&'w Witness> {
        self.witness.into_iter().chain(self.brought).min_by_key(|it| it.at)
    }

    /// Returns the earliest moment that somebody else than its signer names, where anything in the
    /// workspace names one.
    fn earliest(self) -> Option<Timestamp> {
        let own = self.witness.map(|it| it.at).into_iter().chain(self.on).min()?;
        Some(self.brought.map_or(own, |it| it.at.min(own)))
    }

    /// Returns the moment by which a record is judged that claims to be of another: a signer could
    /// write any earlier one.
    pub(super) fn judged_at(self, claimed: Timestamp) -> Timestamp {
        self.earliest().map_or(claimed, |it| it.max(claimed))
    }

    /// Returns whether somebody outside saw it before a day.
    fn is_witnessed_before(self, day_after: Date) -> bool {
        self.first().is_some_and(|witness| day(witness.at) < day_after)
    }

    /// Says that a day lies too long before the record can be shown to have existed.
    pub(super) fn dated_back(self, record: &SignedRecord) -> Option<Flaw> {
        let statement = &record.statement;
        let shown = self.earliest().unwrap_or(statement.signed_at);
        let days = (day(shown) - statement.decided_on).get_days();
        (days > DATED_BACK_AFTER).then_some(Flaw::BackDated(days))
    }
}

/// Says of a record that one of its days has not come. Days of people are those of where they are,
/// and days of signatures those of UTC, so that one may be a day ahead of the other.
pub(super) fn future(record: &SignedRecord, today: Date) -> Option<Flaw> {
    let statement = &record.statement;
    let signed = day(statement.signed_at);
    let tomorrow = |date: Date| date.tomorrow().unwrap_or(date);
    if statement.decided_on > today || statement.decided_on > tomorrow(signed) {
        Some(Flaw::Future(statement.decided_on))
    } else if signed > tomorrow(today) {
        Some(Flaw::Future(signed))
    } else {
        None
    }
}

/// What is asked of a key.
pub(super) struct Question {
    /// What was signed.
    pub(super) act: Act,
    /// The day on which it was signed, as claimed.
    pub(super) on: Date,
    /// The day by which it is judged.
    pub(super) latest: Date,
}

/// Says why a key could not sign, as its entry has it.
pub(super) fn flaw_of_key(key: &Key, question: &Question, shown: Shown<'_>) -> Option<Flaw> {
    let Question { act, on, latest } = question;
    if !key.purposes.contains(act) {
        return Some(Flaw::Purpose);
    }
    if let Some(from) = key.days.from.filter(|from| on < from) {
        return Some(Flaw::KeyTooEarly(from));
    }
    if let Some(until) = key.days.until.filter(|until| until < latest) {
        return Some(Flaw::KeyExpired(until));
    }
    if let Some(retired) = key.retired.filter(|retired| retired <= latest) {
        return Some(Flaw::KeyRetired(retired));
    }
    let compromised = key.compromised_since.filter(|since| !shown.is_witnessed_before(*since));
    compromised.map(Flaw::KeyCompromised)
}

/// What records are judged by.
#[derive(Clone, Copy)]
pub(super) struct Bench<'b> {
    pub(super) rings: &'b Rings<'b>,
    /// What `people.yaml` says now.
    pub(super) written: &'b Ring,
    pub(super) today: Date,
}

impl Bench<'_> {
    /// Returns the number of the ring by which a record is judged, and why it does not stand.
    fn judge(
        self,
        record: &SignedRecord,
        signature: &Signature,
        shown: Shown<'_>,
    ) -> (Option<usize>, Vec<Flaw>) {
        if let Some(flaw) = future(record, self.today) {
            return (None, vec![flaw]);
        }
        match self.ring(record, shown) {
            Ok((ring, number)) => (number, self.flaws(record, signature, shown, (ring, number))),
            Err(flaw) => (None, vec![flaw]),
        }
    }

    fn flaws(
        self,
        record: &SignedRecord,
        signature: &Signature,
        shown: Shown<'_>,
        (ring, number): (&Ring, Option<usize>),
    ) -> Vec<Flaw> {
        let statement = &record.statement;
        let mut flaws = Vec::new();
        let on = day(statement.signed_at);
        let Some(public) = signature.key.as_ref().map(PublicKey::line) else {
            return vec![Flaw::Unsigned];
        };
        match ring.key(&public) {
            None => flaws.push(Flaw::UnknownKey),
            Some(key) if key.person != statement.by => {
                flaws.push(Flaw::KeyOfAnother(key.person.clone()));
            }
            Some(key) => {
                let latest = day(shown.judged_at(statement.signed_at));
                let question = Question { act: statement.decision.act(), on, latest };
                flaws.extend(self.of_key(key, number, &question, shown));
            }
        }
        let is_there = |ring: &Ring| {
            ring.member(&statement.by)
                .map(|it| it.days.contain(statement.decided_on) && it.days.contain(on))
        };
        // Whoever is no longer listed was there before; a last day that was written later counts.
        let last = self.rings.last().and_then(is_there);
        if is_there(ring) != Some(true) || last == Some(false) {
            flaws.push(Flaw::Absent);
        }
        let by = &statement.by;
        for date in [statement.decided_on, on] {
            flaws.extend(match (&statement.role, &statement.on_behalf_of) {
                (None, None) => None,
                (Some(role), None) if ring.holds(by, role, date) => None,
                (Some(role), None) => Some(Flaw::Role(role.clone())),
                (Some(role), Some(other)) if ring.may_act_for(by, other, role, date) => None,
                (_, Some(other)) => Some(Flaw::NotDelegated(other.clone())),
            });
        }
        flaws.extend(shown.dated_back(record));
        flaws.sort();
        flaws.dedup();
        flaws
    }

    /// Returns the ring that was in force when a record can first be shown to have existed, and
    /// its number. Where nobody ever made a ring, what is written now counts.
    fn ring(
        &self,
        record: &SignedRecord,
        shown: Shown<'_>,
    ) -> Result<(&Ring, Option<usize>), Flaw> {
        if !self.rings.are_expected() {
            return Ok((self.written, None));
        }
        let statement = &record.statement;
        let claimed = self.rings.number_at(statement.signed_at).ok_or(Flaw::Ring)?;
        let named = statement.ring.and_then(|digest| self.rings.number_of(digest));
        if named.is_none_or(|named| named > claimed) {
            return Err(Flaw::Ring);
        }
        let number = self.rings.number_at(shown.judged_at(statement.signed_at)).unwrap_or(claimed);
        Ok((self.rings.ring(number), Some(number)))
    }

    /// Says why a key could not sign: as its entry has it, and as is known of it since.
    fn of_key(
        &self,
        key: &Key,
        number: Option<usize>,
        question: &Question,
        shown: Shown<'_>,
    ) -> Option<Flaw> {
        let last = self.rings.last().unwrap_or(self.written);
        let now = last.key(&key.public).unwrap_or(key);
        let mut known = key.clone();
        let enrolled = self.rings.enrolled(&key.person, &key.public);
        known.days.from = [key.days.from, enrolled].into_iter().flatten().max();
        known.retired =
            now.retired.or_else(|| self.rings.dropped(number.unwrap_or(0), &key.public));
        known.compromised_since = now.compromised_since.or(key.compromised_since);
        flaw_of_key(&known, question, shown)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{Act, Flaw, Key, Question, Shown, day, flaw_of_key};
    use crate::model::judgement::Witness;
    use crate::signature::ring::Days;

    fn noon(day: Date) -> jiff::Timestamp {
        day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
    }

    /// What is asked of a key that was retired on the 10th, or compromised since, of a record that
    /// claims the 5th, seen by a witness and by the main line on some days.
    #[test]
    fn a_claimed_day_is_judged_by_the_first_day_that_somebody_else_names() {
        let on = |number| date(2026, 2, number);
        let plain = Key {
            person: "ada".to_owned(),
            days: Days { from: Some(on(1)), until: None },
            retired: None,
            compromised_since: None,
            purposes: vec![Act::Approval],
            public: String::new(),
        };
        let expired = Key { days: Days { until: Some(on(9)), ..plain.days }, ..plain.clone() };
        let retired = Key { retired: Some(on(10)), ..plain.clone() };
        let compromised = Key { compromised_since: Some(on(10)), ..plain.clone() };
        let (is_expired, is_retired, is_compromised) = (
            Some(Flaw::KeyExpired(on(9))),
            Some(Flaw::KeyRetired(on(10))),
            Some(Flaw::KeyCompromised(on(10))),
        );
        // Key, day of the witness, day of the main line, and what is held of it.
        let table = [
            (&plain, None, Some(20), None),
            (&expired, None, None, None),
            (&expired, None, Some(9), None),
            (&expired, None, Some(20), is_expired.clone()),
            (&expired, Some(20), None, is_expired),
            (&expired, Some(9), Some(20), None),
            (&retired, None, None, None),
            (&retired, Some(9), Some(20), None),
            (&retired, Some(10), None, is_retired.clone()),
            (&retired, None, Some(20), is_retired),
            (&compromised, None, None, is_compromised.clone()),
            (&compromised, None, Some(6), is_compromised.clone()),
            (&compromised, Some(10), Some(6), is_compromised),
            (&compromised, Some(9), Some(20), None),
        ];
        for (number, (key, witness, main_line, expected)) in table.into_iter().enumerate() {
            let witness =
                witness.map(|it| Witness { at: noon(on(it)), authority: "a clock".to_owned() });
            let on_main_line = main_line.map(|it| noon(on(it)));
            let shown = Shown { witness: witness.as_ref(), brought: None, on: on_main_line };
            let latest = day(shown.judged_at(noon(on(5))));
            let question = Question { act: Act::Approval, on: on(5), latest };
            assert_eq!(flaw_of_key(key, &question, shown), expected, "{number}");
        }
        // The same with the day that whoever verifies knows from elsewhere: it never hurts.
        let table = [
            (&expired, Some(20), None, None),
            (&expired, Some(9), Some(20), None),
            (&expired, Some(20), Some(9), None),
            (&retired, Some(20), None, None),
            (&retired, Some(9), Some(20), None),
            (&compromised, Some(10), None, Some(Flaw::KeyCompromised(on(10)))),
            (&compromised, Some(9), None, None),
            (&compromised, Some(9), Some(20), None),
        ];
        for (number, (key, brought, main_line, expected)) in table.into_iter().enumerate() {
            let brought =
                brought.map(|it| Witness { at: noon(on(it)), authority: "a log".to_owned() });
            let on_main_line = main_line.map(|it| noon(on(it)));
            let shown = Shown { witness: None, brought: brought.as_ref(), on: on_main_line };
            let latest = day(shown.judged_at(noon(on(5))));
            let question = Question { act: Act::Approval, on: on(5), latest };
            assert_eq!(flaw_of_key(key, &question, shown), expected, "{number}");
        }
        let shown = Shown { witness: None, brought: None, on: None };
        let ask = |act, number| {
            flaw_of_key(&plain, &Question { act, on: on(number), latest: on(number) }, shown)
        };
        assert_eq!(ask(Act::Ring, 5), Some(Flaw::Purpose));
        let early = date(2026, 1, 31);
        let question = Question { act: Act::Approval, on: early, latest: on(5) };
        assert_eq!(flaw_of_key(&plain, &question, shown), Some(Flaw::KeyTooEarly(on(1))));
    }
}
