//! Which texts bear the approvals that their rule demands.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use super::rings::Rings;
use crate::model::corpus::Corpus;
use crate::model::judgement::{
    ApprovedText, Endorsement, Judgement, Obstacle, SubjectRecords, UnfinishedText,
};
use crate::model::lack::Lack;
use crate::signature::ring::{Method, OWNER, Rule};
use crate::signature::{Decision, Digest, Ring};

/// Puts a text after the one that it says was approved before it, whatever their days. One that came
/// before it already needs no other place: an old text may be approved again.
fn follow_chain(approved: &mut Vec<ApprovedText>) {
    for _ in 0..approved.len() {
        let misplaced = (0..approved.len()).find_map(|at| {
            let previous = approved[at].previous?;
            let is_it = |text: &ApprovedText| text.digest == Some(previous);
            let is_there = approved[..at].iter().any(is_it);
            let later = approved[at + 1..].iter().position(is_it)?;
            (!is_there).then_some((at, at + 1 + later))
        });
        let Some((at, later)) = misplaced else { break };
        let text = approved.remove(at);
        approved.insert(later, text);
    }
}

/// Says of each decision whether the same person decided otherwise on the same text later.
fn withdrawn(decisions: &[Endorsement]) -> Vec<bool> {
    let mut otherwise: HashSet<(&str, Option<Digest>)> = HashSet::new();
    let mut withdrawn: Vec<bool> = decisions
        .iter()
        .rev()
        .map(|it| {
            let act = (it.by.as_str(), it.digest);
            let is_withdrawn = otherwise.contains(&act);
            if it.obstacle.is_none() && !it.decision.is_approval() {
                otherwise.insert(act);
            }
            is_withdrawn
        })
        .collect();
    withdrawn.reverse();
    withdrawn
}

/// What stands in a file for a subject.
pub(super) struct Text<'l> {
    /// Its digest.
    pub(super) digest: Digest,
    /// Its tags, by which rules may ask for it.
    pub(super) tags: &'l [String],
    /// Who wrote it, as far as it says so.
    pub(super) authors: Vec<&'l str>,
}

/// What decides whether something counts for a subject.
pub(super) struct Law<'l> {
    pub(super) corpus: &'l Corpus,
    /// The subject.
    pub(super) id: &'l str,
    /// What stands in a file for the subject.
    pub(super) text: Option<Text<'l>>,
    pub(super) rings: &'l Rings<'l>,
    /// What `people.yaml` says now.
    pub(super) written: &'l Ring,
    /// What is held of signed records.
    pub(super) judgements: &'l [Judgement],
}

impl Law<'_> {
    /// Says of every decision and review whether it counts, and finds the texts that are approved.
    pub(super) fn find(&self, records: &mut SubjectRecords) {
        let withdrawn = withdrawn(&records.decisions);
        // Emergency approvals first: whoever follows one that counts may be late.
        let mut urgent: BTreeMap<Option<Digest>, Date> = BTreeMap::new();
        for (at, decision) in records.decisions.iter_mut().enumerate() {
            if decision.decision == Decision::ApproveInEmergency && decision.obstacle.is_none() {
                decision.obstacle = self.obstacle(decision, (withdrawn[at], false));
                if decision.obstacle.is_none() {
                    urgent.entry(decision.digest).or_insert(decision.on);
                }
            }
        }
        let mut texts: BTreeMap<(Option<Digest>, Option<Digest>), Vec<usize>> = BTreeMap::new();
        for (at, decision) in records.decisions.iter_mut().enumerate() {
            if decision.obstacle.is_none() {
                let follows = urgent.get(&decision.digest).is_some_and(|on| *on <= decision.on);
                decision.obstacle = self.obstacle(decision, (withdrawn[at], follows));
            }
            if decision.decision.is_approval() {
                texts.entry((decision.digest, decision.previous)).or_default().push(at);
            }
        }
        let decisions = &records.decisions;
        let (mut approved, mut unfinished) = (Vec::new(), Vec::new());
        for group in texts.values() {
            let group: Vec<&Endorsement> = group.iter().map(|at| &decisions[*at]).collect();
            approved.extend(self.approved(&group));
            unfinished.extend(self.unfinished(&group));
        }
        approved.sort_by_key(|text: &ApprovedText| (text.on, text.effective));
        follow_chain(&mut approved);
        for review in &mut records.reviews {
            if review.obstacle.is_none() {
                review.obstacle = self.obstacle_of_review(review, &approved);
            }
        }
        records.approved = approved;
        records.unfinished = unfinished;
    }

    /// Returns whether somebody once signed who belongs here, and no ring is in force: then nothing
    /// counts, so that nobody gains by taking rings away.
    fn has_lost_its_rings(&self) -> bool {
        self.rings.are_expected() && self.rings.last().is_none()
    }

    /// Returns the ring by which an act is judged.
    fn ring(&self, act: &Endorsement) -> &Ring {
        let judgement = act.record.and_then(|record| self.judgements.get(record as usize));
        let ring = match judgement {
            Some(judgement) => judgement.ring.map(|number| self.rings.ring(number)),
            None => self.rings.on(act.on),
        };
        ring.unwrap_or(self.written)
    }

    /// Returns the rules that an act must satisfy: the one for the text as it is signed, and where
    /// the text stands in the file, so that the file is known to be what was signed, the one for the
    /// file.
    fn rules(&self, act: &Endorsement) -> Vec<Rule> {
        let ring = self.ring(act);
        let record = act.record.and_then(|it| self.corpus.records.signed.get(it as usize));
        let subjects = record.into_iter().flat_map(|it| &it.statement.subjects);
        let signed = subjects.into_iter().find(|it| it.id.eq_ignore_ascii_case(self.id));
        let kind = self.corpus.kind_of_subject(self.id);
        let mut rules = Vec::new();
        match signed {
            // What a signer says that a subject is need not be so, and a file may have been moved.
            Some(subject) => {
                rules.push(ring.rule(&subject.kind, self.id, &subject.tags));
                if !kind.is_empty() && *kind != subject.kind {
                    rules.push(ring.rule(&kind, self.id, &subject.tags));
                }
            }
            None => rules.push(ring.rule(&kind, self.id, &act.tags)),
        }
        if let Some(text) = self.text_of_file(act) {
            let of_file = ring.rule(&kind, self.id, text.tags);
            if !rules.contains(&of_file) {
                rules.push(of_file);
            }
        }
        if !self.rings.are_expected() && rules == [Rule::default()] {
            // Where nobody governs approvals, whatever is written down is shown for what it is.
            let methods = Method::ALL.to_vec();
            return vec![Rule { methods, late_approval: true, ..Rule::default() }];
        }
        rules
    }

    /// Returns the text of the file if an act is about it.
    fn text_of_file(&self, act: &Endorsement) -> Option<&Text<'_>> {
        self.text.as_ref().filter(|text| act.digest.is_none_or(|it| it == text.digest))
    }

    fn obstacle(
        &self,
        act: &Endorsement,
        (is_withdrawn, follows_an_emergency): (bool, bool),
    ) -> Option<Obstacle> {
        if self.has_lost_its_rings() {
            return Some(Obstacle::Flawed);
        }
        if is_withdrawn {
            return Some(Obstacle::Withdrawn);
        }
        let ring = self.ring(act);
        let role = act.role.as_deref();
        let of_file = self.text_of_file(act).into_iter().flat_map(|it| &it.authors);
        let authors: BTreeSet<&str> =
            act.authors.iter().map(String::as_str).chain(of_file.copied()).collect();
        let is_author = authors.contains(act.by.as_str())
            || act.on_behalf_of.as_ref().is_some_and(|it| authors.contains(it.as_str()));
        let is_late = act.decision == Decision::Approve
            && !follows_an_emergency
            && act.effective.is_some_and(|effective| effective < act.on);
        self.rules(act).iter().find_map(|rule| {
            let wanted = rule.all_of.iter().chain(&rule.any_of);
            let is_wanted = rule.all_of.is_empty() && rule.any_of.is_empty()
                || wanted.clone().any(|it| Some(it.as_str()) == role);
            let may_in_emergency =
                rule.emergency.as_ref().is_some_and(|it| Some(it.0.as_str()) == role);
            if !rule.methods.contains(&act.method) {
                Some(Obstacle::Method)
            } else if role.is_some_and(|role| !holds(ring, act, role)) {
                Some(Obstacle::RoleNotHeld)
            } else if act.decision == Decision::ApproveInEmergency && !may_in_emergency
                || act.decision == Decision::Approve && !is_wanted
            {
                Some(Obstacle::OtherRole)
            } else if !rule.authors_may_approve && is_author {
                Some(Obstacle::Author)
            } else if !rule.late_approval && is_late {
                Some(Obstacle::Late)
            } else {
                None
            }
        })
    }

    /// Returns whether approvals are all that their rules ask for. What does not count decides
    /// nothing, so that nobody can bring in a rule by a record that does not stand.
    fn is_enough(&self, acts: &[&Endorsement]) -> bool {
        let rules = acts.iter().flat_map(|act| self.rules(act));
        rules.into_iter().all(|rule| Lack::of(&rule, acts).is_nothing())
    }

    /// Finds out whether some approvals of one text are enough, in the order of their time.
    fn approved(&self, group: &[&Endorsement]) -> Option<ApprovedText> {
        let counted = group.iter().copied().filter(|it| it.obstacle.is_none());
        let (full, urgent): (Vec<_>, Vec<_>) =
            counted.partition(|it| it.decision == Decision::Approve);
        let urgent = urgent.first().copied();
        let text = |acts: &[&Endorsement], since: &Endorsement, full_by: Option<Date>| {
            let last = *acts.last()?;
            let mut stated = acts.iter().filter(|it| it.record.is_some()).map(|it| &it.tags);
            let tags = stated.next();
            if stated.any(|other| Some(other) != tags) {
                return None;
            }
            Some(ApprovedText {
                digest: last.digest,
                previous: last.previous,
                version: last.version.clone(),
                tags: tags.cloned(),
                effective: last.effective.map_or(since.on, |it| it.max(since.on)),
                retired: last.retired,
                on: last.on,
                method: acts.iter().map(|it| it.method).max()?,
                is_witnessed: acts.iter().all(|it| it.witnessed.is_some()),
                change: last.change,
                full_by,
                rule: self.rules(last).pop()?,
            })
        };
        let enough = (1..=full.len()).find(|count| self.is_enough(&full[..*count]));
        if let Some(count) = enough {
            let acts = &full[..count];
            return text(
                acts,
                urgent.filter(|it| it.on < acts[count - 1].on).unwrap_or(acts[count - 1]),
                None,
            );
        }
        let urgent = urgent?;
        let rules = self.rules(urgent);
        let days = rules.iter().filter_map(|rule| rule.emergency.as_ref()).map(|it| it.1).min()?;
        let days = jiff::Span::new().days(i64::from(days));
        text(&[urgent], urgent, Some(urgent.on.saturating_add(days)))
    }

    /// Says what approvals of one text lack.
    fn unfinished(&self, group: &[&Endorsement]) -> Option<UnfinishedText> {
        let counted = group.iter().copied().filter(|it| it.obstacle.is_none());
        let full: Vec<&Endorsement> =
            counted.filter(|it| it.decision == Decision::Approve).collect();
        if !full.is_empty() && self.is_enough(&full) {
            return None;
        }
        let rule = self.rules(group.last()?).pop()?;
        Some(UnfinishedText { digest: group.last()?.digest, lack: Lack::of(&rule, &full) })
    }

    fn obstacle_of_review(
        &self,
        review: &Endorsement,
        approved: &[ApprovedText],
    ) -> Option<Obstacle> {
        if self.has_lost_its_rings() {
            return Some(Obstacle::Flawed);
        }
        let ring = self.ring(review);
        let then = approved.iter().rfind(|text| text.effective <= review.on);
        let is_in_force = then.is_some_and(|text| {
            text.digest == review.digest || text.digest.is_none() || review.digest.is_none()
        });
        if !is_in_force && self.rings.are_expected() {
            return Some(Obstacle::NotInForce);
        }
        let role = review.role.as_deref();
        if role.is_some_and(|role| !holds(ring, review, role)) {
            return Some(Obstacle::RoleNotHeld);
        }
        self.rules(review).iter().find_map(|rule| {
            if !rule.methods.contains(&review.method) {
                return Some(Obstacle::Method);
            }
            let approvers = || rule.all_of.iter().chain(&rule.any_of);
            if rule.reviewers.is_empty() && approvers().next().is_none() {
                return None;
            }
            let may = |it: &String| {
                it != OWNER && role.is_none_or(|role| role == it) && holds(ring, review, it)
            };
            let owner = self.corpus.owner_of_subject(self.id);
            let may_own = rule.reviewers.is_empty() || rule.reviewers.iter().any(|it| it == OWNER);
            let is_owner = may_own
                && owner.is_some_and(|owner| owner == review.by || holds(ring, review, owner));
            let is_named = rule.reviewers.iter().chain(approvers()).any(may);
            (!is_named && !is_owner).then_some(Obstacle::OtherRole)
        })
    }
}

/// Returns whether somebody could act in a role.
fn holds(ring: &Ring, act: &Endorsement, role: &str) -> bool {
    match &act.on_behalf_of {
        None => ring.holds(&act.by, role, act.on),
        Some(other) => ring.may_act_for(&act.by, other, role, act.on),
    }
}
