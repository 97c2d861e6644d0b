//! `review-rubber-stamped`: many texts that one person approved or reviewed within a minute.

use std::collections::BTreeMap;

use jiff::SignedDuration;

use crate::assess::acts::signed;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::record::SignedRecord;
use crate::signature::Act;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "review-rubber-stamped",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "many texts that one person approved or reviewed within a minute",
    explanation: "Nobody reads twenty texts in a minute, or comes to the same conclusion of \
        more than five. Records of that kind stand, and an auditor will not believe \
        them. One statement that lists the texts of one sitting, signed once, says \
        what happened; so do reviews on the days on which they were made.",
};

/// So many texts within a minute are too many.
const TOO_MANY: usize = 20;
/// More statements than this within a minute must not come to the same conclusion.
const SAME_CONCLUSIONS: usize = 5;
/// The time that is looked at.
const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Reports people who signed more within a minute than they can have read.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let mut people: BTreeMap<&str, Vec<&SignedRecord>> = BTreeMap::new();
    for it in signed(corpus, assessment).filter(|it| it.judgement.stands()) {
        if matches!(it.record.statement.decision.act(), Act::Approval | Act::Review) {
            people.entry(&it.record.statement.by).or_default().push(it.record);
        }
    }
    for (person, mut records) in people {
        records.sort_by_key(|it| it.statement.signed_at);
        let mut start = 0;
        while start < records.len() {
            let first = records[start];
            let is_near = |it: &&&SignedRecord| {
                it.statement.signed_at.duration_since(first.statement.signed_at) <= MINUTE
            };
            let near: Vec<&SignedRecord> =
                records[start..].iter().take_while(is_near).copied().collect();
            let Some(what) = too_fast(&near) else {
                start += 1;
                continue;
            };
            let message = format!("within a minute, `{person}` {what}");
            let help = "review each on its own, or sign one statement for one sitting";
            let place = first.place();
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
            start += near.len();
        }
    }
}

/// Says what was done too fast in the records of a minute.
fn too_fast(records: &[&SignedRecord]) -> Option<String> {
    if records.len() < 2 {
        return None;
    }
    let texts: usize = records.iter().map(|it| it.statement.subjects.len()).sum();
    if texts >= TOO_MANY {
        return Some(format!("signed for {texts} texts in {} records", records.len()));
    }
    let mut conclusions: BTreeMap<&str, usize> = BTreeMap::new();
    for conclusion in records.iter().filter_map(|it| it.statement.conclusion.as_deref()) {
        *conclusions.entry(conclusion).or_default() += 1;
    }
    let most = conclusions.into_values().max().filter(|count| *count > SAME_CONCLUSIONS)?;
    Some(format!("signed {most} reviews with the same conclusion"))
}
