//! What approvals of one text lack of what a rule demands: counted here, once, for whoever decides, and
//! for every page and message.

use std::collections::BTreeSet;

use super::judgement::Endorsement;
use crate::signature::ring::Rule;

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lack {
    /// Roles of each of which somebody must approve.
    pub roles: Vec<String>,
    /// Roles of one of which somebody must approve.
    pub any_of: Vec<String>,
    /// How many different people must still approve, whatever their roles.
    pub people: usize,
}

/// Counts different people. Whoever lends a role and whoever borrows it are one.
#[must_use]
pub fn people(acts: &[&Endorsement]) -> usize {
    let signers: BTreeSet<&str> = acts.iter().map(|it| it.by.as_str()).collect();
    let principals: BTreeSet<&str> =
        acts.iter().map(|it| it.on_behalf_of.as_deref().unwrap_or(&it.by)).collect();
    signers.len().min(principals.len())
}

impl Lack {
    /// Returns what approvals that count lack of what a rule demands. At least one person must approve.
    #[must_use]
    pub fn of(rule: &Rule, acts: &[&Endorsement]) -> Self {
        let has = |role: &String| acts.iter().any(|it| it.role.as_ref() == Some(role));
        let is_any_missing = !rule.any_of.is_empty() && !rule.any_of.iter().any(has);
        Self {
            roles: rule.all_of.iter().filter(|role| !has(role)).cloned().collect(),
            any_of: if is_any_missing { rule.any_of.clone() } else { Vec::new() },
            people: (rule.people as usize).max(1).saturating_sub(people(acts)),
        }
    }

    /// Returns how many people are missing besides one for each missing role.
    #[must_use]
    pub fn more(&self) -> usize {
        self.people.saturating_sub(self.roles.len() + usize::from(!self.any_of.is_empty()))
    }

    /// Returns whether nothing is missing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Says what is missing: "`ciso` and 1 more person".
    #[must_use]
    pub fn words(&self) -> String {
        let mut words: Vec<String> = self.roles.iter().map(|role| format!("`{role}`")).collect();
        if !self.any_of.is_empty() {
            let roles: Vec<String> = self.any_of.iter().map(|role| format!("`{role}`")).collect();
            words.push(format!("one of {}", roles.join(", ")));
        }
        match (self.more(), words.is_empty()) {
            (0, _) => {}
            (1, true) => words.push("one person".to_owned()),
            (1, false) => words.push("one more person".to_owned()),
            (more, true) => words.push(format!("{more} people")),
            (more, false) => words.push(format!("{more} more people")),
        }
        match words.as_slice() {
            [] => "nothing".to_owned(),
            [one] => one.clone(),
            [all @ .., last] => format!("{} and {last}", all.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use jiff::civil::date;

    use super::Lack;
    use crate::model::judgement::Endorsement;
    use crate::signature::ring::{Method, Rule};
    use crate::signature::{Change, Decision};

    fn act(by: &str, role: Option<&str>, lender: Option<&str>) -> Endorsement {
        Endorsement {
            by: by.to_owned(),
            role: role.map(str::to_owned),
            on_behalf_of: lender.map(str::to_owned),
            decision: Decision::Approve,
            on: date(2026, 1, 1),
            signed_at: None,
            witnessed: None,
            method: Method::Signature,
            digest: None,
            previous: None,
            version: None,
            tags: Vec::new(),
            effective: None,
            retired: None,
            change: Change::Material,
            authors: Vec::new(),
            reason: None,
            considered: Vec::new(),
            conclusion: None,
            elsewhere: None,
            record: None,
            obstacle: None,
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let words = |all: &[&str], any: &[&str], people: u32, acts: &[Endorsement]| {
            let owned = |words: &[&str]| words.iter().map(|&it| it.to_owned()).collect();
            let rule = Rule { all_of: owned(all), any_of: owned(any), people, ..Rule::default() };
            Lack::of(&rule, &acts.iter().collect::<Vec<_>>()).words()
        };
        let mara = act("mara", Some("ciso"), None);
        let tom_for_mara = act("tom", Some("ciso"), Some("mara"));
        let cases = [
            (words(&[], &[], 1, &[]), "one person"),
            (words(&[], &[], 3, &[]), "3 people"),
            (words(&[], &[], 2, from_ref(&mara)), "one person"),
            (words(&["ciso"], &[], 1, &[]), "`ciso`"),
            (words(&["ciso"], &[], 1, from_ref(&mara)), "nothing"),
            (words(&["ciso"], &[], 2, &[]), "`ciso` and one more person"),
            (words(&["ciso"], &["cto", "ceo"], 2, &[]), "`ciso` and one of `cto`, `ceo`"),
            (words(&["ciso"], &["cto"], 4, &[]), "`ciso`, one of `cto` and 2 more people"),
            (words(&["ciso"], &["cto"], 2, from_ref(&mara)), "one of `cto`"),
            (words(&["ciso"], &[], 2, &[mara, tom_for_mara]), "one person"),
        ];
        for (number, (found, expected)) in cases.into_iter().enumerate() {
            assert_eq!(found, expected, "case {number}");
        }
    }
}
