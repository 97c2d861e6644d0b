//! `role-without-holder`: a role that nobody holds today and that something needs.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::person::Role;
use crate::signature::ring::Rule as ApprovalRule;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "role-without-holder",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a role that nobody holds today and that something needs",
    explanation: "A rule of approval names the role, or a document or control belongs to it, \
        and nobody holds it today: nobody can approve, and nobody answers. Write who \
        holds it under `holders:`, or name another role.",
};

/// Reports roles without holders that rules or owners name.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let today = assessment.today;
    let is_there = |id: &str| {
        let person = corpus.person(id);
        person.is_some_and(|it| {
            it.since.is_none_or(|since| since <= today) && it.until.is_none_or(|it| today <= it)
        })
    };
    for role in &corpus.roles {
        let mut holders = role.holders.iter();
        if holders.any(|it| it.holds_on(today) && is_there(&it.person.value)) {
            continue;
        }
        if let Some(need) = need(corpus, role) {
            let message = format!("nobody holds the role `{}` today, and {need}", role.id.value);
            let help = "write who holds it under `holders:`, or name another role";
            diagnostics.push(Diagnostic::new(&RULE, role.place.clone(), message).help(help));
        }
    }
}

/// Says what needs a role.
fn need(corpus: &Corpus, role: &Role) -> Option<String> {
    let id = role.id.value.as_str();
    if corpus.mandates.rules.iter().any(|rule| named(&rule.value).any(|it| it == id)) {
        return Some("a rule of approval names it".to_owned());
    }
    let owns = |owner: Option<&str>| owner.is_some_and(|it| it.eq_ignore_ascii_case(id));
    let documents = corpus.documents.iter();
    let document =
        documents.into_iter().find(|it| owns(it.owner.as_ref().map(|it| it.value.as_str())));
    let control =
        corpus.controls.iter().find(|it| owns(it.owner.as_ref().map(|it| it.value.as_str())));
    let owned = document.map(|it| &it.id.value).or(control.map(|it| &it.id.value))?;
    Some(format!("`{owned}` belongs to it"))
}

/// Returns the roles that a rule names.
fn named(rule: &ApprovalRule) -> impl Iterator<Item = &str> {
    let roles = rule.all_of.iter().chain(&rule.any_of).chain(&rule.reviewers);
    roles.map(String::as_str).chain(rule.emergency.iter().map(|it| it.0.as_str()))
}
