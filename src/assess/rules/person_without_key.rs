//! `person-without-key`: somebody who is to approve and has no key.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::signature::ring::{Key, OWNER};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "person-without-key",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "somebody who is to approve and has no key",
    explanation: "The person holds a role that rules of approval name today, and has no key \
        that is valid today, so they cannot sign. Add one: `avouch people key`. This \
        is asked only where somebody has a key.",
};

/// Reports people who hold roles of rules without a valid key.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let written = &assessment.records.written;
    if written.keys.is_empty() {
        return;
    }
    let today = assessment.today;
    let is_valid = |key: &Key| {
        key.days.contain(today)
            && key.retired.is_none_or(|retired| today < retired)
            && key.compromised_since.is_none_or(|since| today < since)
    };
    let named = |role: &str| {
        written.rules.iter().any(|rule| {
            let mut all = rule.all_of.iter().chain(&rule.any_of).chain(&rule.reviewers);
            all.any(|it| it == role && it != OWNER)
                || rule.emergency.as_ref().is_some_and(|it| it.0 == role)
        })
    };
    for person in &corpus.people {
        let id = person.id.value.as_str();
        let is_there = written.member(id).is_some_and(|it| it.days.contain(today));
        let roles = written.roles.iter().filter(|role| named(role));
        let role = roles.into_iter().find(|role| written.holds(id, role, today));
        let has_key = written.keys.iter().any(|key| key.person == id && is_valid(key));
        if let Some(role) = role.filter(|_| is_there && !has_key) {
            let message =
                format!("`{id}` is to sign as `{role}` and has no key that is valid today");
            let help = format!("add the public key of `{id}` under `keys:`");
            diagnostics.push(Diagnostic::new(&RULE, person.place.clone(), message).help(help));
        }
    }
}
