//! Where controls, records of registers, mappings and exclusions stand.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::standing;
use crate::model::corpus::Corpus;
use crate::model::item::{ItemFacts, ItemStanding};
use crate::model::judgement::Judgements;
use crate::signature::Ring;

/// Judges the items that somebody approved or that a rule of approval names.
pub(super) fn standings(
    corpus: &Corpus,
    records: &Judgements,
    today: Date,
) -> BTreeMap<String, ItemStanding> {
    let last = records.rings_in_force().checked_sub(1).and_then(|it| corpus.records.rings.get(it));
    let ring = last.map_or(&records.written, |filed| &filed.ring);
    if ring.rules.is_empty() && records.subjects.is_empty() {
        return BTreeMap::new();
    }
    let mut all = BTreeMap::new();
    for item in corpus.items() {
        let facts = corpus.item_facts(item);
        let is_governed = is_named(ring, &facts);
        let found = records.subject(&facts.id);
        let is_touched =
            found.is_some_and(|it| !(it.decisions.is_empty() && it.reviews.is_empty()));
        // Of two with one id only the first can be approved.
        if !(is_governed || is_touched) || corpus.item(&facts.id) != Some(item) {
            continue;
        }
        let in_force = found.and_then(|it| standing::in_force(it, today));
        let awaiting = found.and_then(|it| it.approved.last()).filter(|it| it.effective > today);
        let standing = ItemStanding {
            item,
            digest: corpus.item_digest(item),
            in_force: in_force.cloned(),
            awaiting: awaiting.cloned(),
            is_governed,
        };
        all.insert(facts.id.to_ascii_lowercase(), standing);
    }
    all
}

/// Returns whether a rule names an item, its kind or a tag of it. A rule for everything names
/// nothing: it says what an approval takes, not that there must be one.
fn is_named(ring: &Ring, facts: &ItemFacts<'_>) -> bool {
    let names = |scope: &String| {
        *scope == facts.kind
            || scope.eq_ignore_ascii_case(&facts.id)
            || scope.strip_prefix("tag:").is_some_and(|tag| facts.tags.iter().any(|it| it == tag))
    };
    ring.rules.iter().any(|rule| rule.applies_to.iter().any(names))
}
