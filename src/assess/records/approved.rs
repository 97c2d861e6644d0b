//! Which texts bear the approvals that their rule demands.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::rings::Rings;
use crate::model::corpus::Corpus;
use crate::model::judgement::{ApprovedText, Endorsement, Obstacle, SubjectRecords};
use crate::signature::ring::{Method, OWNER, Rule};
use crate::signature::{Decision, Digest, Ring};

/// Says of every decision whether it counts, and finds the texts that are approved.
pub(super) fn find(
    corpus: &Corpus,
    id: &str,
    records: &mut SubjectRecords,
    rings: &Rings<'_>,
    written: &Ring,
) {
    let law = Law { corpus, id, rings, written };
    let withdrawn: Vec<bool> =
        (0..records.decisions.len()).map(|at| is_withdrawn(&records.decisions, at)).collect();
    let mut texts: BTreeMap<(Option<Digest>, Option<Digest>), Vec<usize>> = BTreeMap::new();
    for (at, decision) in records.decisions.iter_mut().enumerate() {
        if decision.obstacle.is_none() {
            decision.obstacle = law.obstacle(decision, withdrawn[at]);
        }
        if decision.decision.is_approval() {
            texts.entry((decision.digest, decision.previous)).or_default().push(at);
        }
    }
    let decisions = &records.decisions;
    let mut approved: Vec<ApprovedText> = texts
        .values()
        .filter_map(|group| law.approved(group.iter().map(|at| &decisions[*at]).collect()))
        .collect();
    approved.sort_by_key(|text| (text.on, text.effective));
    follow_chain(&mut approved);
    records.approved = approved;
    let texts = records.approved.clone();
    for review in &mut records.reviews {
        if review.obstacle.is_none() {
            review.obstacle = law.obstacle_of_review(review, &texts);
        }
    }
}

/// Puts a text after the one that it says was approved before it, whatever their days.
fn follow_chain(approved: &mut [ApprovedText]) {
    for _ in 0..approved.len() {
        let misplaced = (1..approved.len()).find(|at| {
            let before = &approved[at - 1];
            before.previous.is_some() && before.previous == approved[*at].digest
        });
        match misplaced {
            Some(at) => approved.swap(at - 1, at),
            None => break,
        }
    }
}

/// Returns whether the same person decided otherwise on the same text later.
fn is_withdrawn(decisions: &[Endorsement], at: usize) -> bool {
    let decision = &decisions[at];
    decisions[at + 1..].iter().any(|later| {
        later.by == decision.by
            && later.digest == decision.digest
            && later.obstacle.is_none()
            && !later.decision.is_approval()
    })
}

/// What decides whether something counts for a subject.
struct Law<'l> {
    corpus: &'l Corpus,
    id: &'l str,
    rings: &'l Rings<'l>,
    written: &'l Ring,
}

impl Law<'_> {
    /// Returns the ring by which an act is judged.
    fn ring(&self, act: &Endorsement) -> &Ring {
        let signed = act.signed_at.and_then(|at| self.rings.number_at(at));
        let ring = signed.map(|number| self.rings.ring(number));
        ring.or_else(|| self.rings.on(act.on)).unwrap_or(self.written)
    }

    fn rule(&self, act: &Endorsement) -> Rule {
        let kind = self.corpus.kind_of_subject(self.id);
        let ring = self.ring(act);
        let rule = ring.rule(kind, self.id, &act.tags);
        if self.rings.is_empty() && rule == Rule::default() {
            // Where nobody governs approvals, whatever is written down is shown for what it is.
            return Rule { methods: Method::ALL.to_vec(), late_approval: true, ..rule };
        }
        rule
    }

    fn obstacle(&self, act: &Endorsement, is_withdrawn: bool) -> Option<Obstacle> {
        let rule = self.rule(act);
        let ring = self.ring(act);
        let role = act.role.as_deref();
        let holds = |role: &str| match &act.on_behalf_of {
            None => ring.holds(&act.by, role, act.on),
            Some(other) => ring.may_act_for(&act.by, other, role, act.on),
        };
        let wanted = rule.all_of.iter().chain(&rule.any_of);
        let is_wanted = rule.all_of.is_empty() && rule.any_of.is_empty()
            || wanted.clone().any(|it| Some(it.as_str()) == role);
        let may_in_emergency =
            rule.emergency.as_ref().is_some_and(|it| Some(it.0.as_str()) == role);
        let is_author = |person: &String| act.authors.contains(person);
        if is_withdrawn {
            Some(Obstacle::Withdrawn)
        } else if !rule.methods.contains(&act.method) {
            Some(Obstacle::Method)
        } else if role.is_some_and(|role| !holds(role)) {
            Some(Obstacle::RoleNotHeld)
        } else if act.decision == Decision::ApproveInEmergency && !may_in_emergency
            || act.decision == Decision::Approve && !is_wanted
        {
            Some(Obstacle::OtherRole)
        } else if !rule.authors_may_approve
            && (is_author(&act.by) || act.on_behalf_of.as_ref().is_some_and(is_author))
        {
            Some(Obstacle::Author)
        } else {
            None
        }
    }

    /// Finds out whether some approvals of one text are enough, in the order of their time.
    fn approved(&self, group: Vec<&Endorsement>) -> Option<ApprovedText> {
        let last = *group.last()?;
        let rule = self.rule(last);
        let counted: Vec<&Endorsement> =
            group.iter().copied().filter(|it| it.obstacle.is_none()).collect();
        let full: Vec<&Endorsement> =
            counted.iter().copied().filter(|it| it.decision == Decision::Approve).collect();
        let text = |acts: &[&Endorsement], full_by: Option<Date>| {
            let last = *acts.last()?;
            Some(ApprovedText {
                digest: last.digest,
                previous: last.previous,
                version: last.version.clone(),
                effective: last.effective.map_or(last.on, |it| it.max(last.on)),
                retired: last.retired,
                on: last.on,
                method: acts.iter().map(|it| it.method).max()?,
                is_witnessed: acts.iter().all(|it| it.witnessed.is_some()),
                change: last.change,
                full_by,
                rule: rule.clone(),
            })
        };
        let enough = (1..=full.len()).find(|count| is_enough(&rule, &full[..*count]));
        if let Some(count) = enough {
            return text(&full[..count], None);
        }
        let (_, days) = rule.emergency.as_ref()?;
        let urgent = counted.iter().position(|it| it.decision == Decision::ApproveInEmergency)?;
        let act = counted[urgent];
        let days = jiff::Span::new().days(i64::from(*days));
        text(&[act], Some(act.on.saturating_add(days)))
    }

    fn obstacle_of_review(
        &self,
        review: &Endorsement,
        approved: &[ApprovedText],
    ) -> Option<Obstacle> {
        let rule = self.rule(review);
        let ring = self.ring(review);
        let then = approved.iter().rfind(|text| text.effective <= review.on);
        let is_in_force = then.is_some_and(|text| {
            text.digest == review.digest || text.digest.is_none() || review.digest.is_none()
        });
        let role = review.role.as_deref();
        if !is_in_force && !self.rings.is_empty() {
            return Some(Obstacle::NotInForce);
        }
        if role.is_some_and(|role| !ring.holds(&review.by, role, review.on)) {
            return Some(Obstacle::RoleNotHeld);
        }
        if !rule.reviewers.is_empty() {
            let named = rule.reviewers.iter().chain(&rule.all_of).chain(&rule.any_of);
            let is_named = named.clone().any(|it| {
                it != OWNER
                    && ring.holds(&review.by, it, review.on)
                    && role.is_none_or(|role| role == it)
            });
            let owner = self.corpus.owner_of_subject(self.id);
            let is_owner = rule.reviewers.iter().any(|it| it == OWNER)
                && owner.is_some_and(|owner| {
                    owner == review.by || ring.holds(&review.by, owner, review.on)
                });
            if !is_named && !is_owner {
                return Some(Obstacle::OtherRole);
            }
        }
        None
    }
}

/// Returns whether approvals are all that a rule asks for. Whoever lends a role and whoever borrows it
/// are one.
fn is_enough(rule: &Rule, acts: &[&Endorsement]) -> bool {
    let signers: BTreeSet<&str> = acts.iter().map(|it| it.by.as_str()).collect();
    let principals: BTreeSet<&str> =
        acts.iter().map(|it| it.on_behalf_of.as_deref().unwrap_or(&it.by)).collect();
    let has = |role: &String| acts.iter().any(|it| it.role.as_ref() == Some(role));
    signers.len().min(principals.len()) >= rule.people as usize
        && rule.all_of.iter().all(has)
        && (rule.any_of.is_empty() || rule.any_of.iter().any(has))
}
