//! `approver-without-role`: an approval in a role that the person did not hold on that day.

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::person::{Holder, Person, Role};
use crate::span::Spanned;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approver-without-role",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "an approval in a role that the person did not hold on that day",
    explanation: "An approval or review counts because of the role in which it was given. On its day the \
        person must belong to the organisation and hold the role: see `since`, `until` and \
        `holders` in `content/people.yaml`. Correct what is wrong there, or have the text approved \
        by someone who holds the role.",
};

/// Reports approvals and reviews by people who did not hold the role, or had not come yet, or had
/// left.
pub(super) fn check(corpus: &Corpus, diagnostics: &mut Vec<Diagnostic>) {
    for document in &corpus.documents {
        for it in &document.approvals {
            look("approval", corpus, document, (&it.by, &it.role, &it.on), diagnostics);
        }
        for it in &document.reviews {
            look("review", corpus, document, (&it.by, &it.role, &it.on), diagnostics);
        }
    }
}

/// By whom, in which role, on which day.
type Act<'d> = (&'d Spanned<String>, &'d Option<Spanned<String>>, &'d Option<Spanned<Date>>);

fn look(
    what: &str,
    corpus: &Corpus,
    document: &Document,
    (by, role, on): Act<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (Some(person), Some(on)) = (corpus.person(&by.value), on) else { return };
    let day = on.value;
    if person.since.is_some_and(|since| day < since) || person.until.is_some_and(|it| it < day) {
        let message = format!("on {day}, the day of this {what}, {}", absence(person, day));
        let help = "correct the date here, or `since` and `until` of the person";
        let diagnostic = Diagnostic::new(&RULE, document.head_place(on.span), message).help(help);
        diagnostics.push(diagnostic.related(person.place.clone(), "the person"));
        return;
    }
    let Some((typed, role)) =
        role.as_ref().and_then(|typed| Some((typed, corpus.role(&typed.value)?)))
    else {
        return;
    };
    let holds = |it: &Holder| it.person.value == by.value && it.holds_on(day);
    if role.holders.iter().any(holds) {
        return;
    }
    let message = format!("`{}` did not hold the role `{}` on {day}", by.value, typed.value);
    let place = document.head_place(typed.span);
    let diagnostic = Diagnostic::new(&RULE, place, message).help(holders(role, day));
    diagnostics.push(diagnostic.related(role.place.clone(), "the role"));
}

/// Says why a person was not there on a day.
fn absence(person: &Person, day: Date) -> String {
    match (person.since, person.until) {
        (Some(since), _) if day < since => {
            format!("`{}` did not belong to the organisation, only since {since}", person.id.value)
        }
        (_, Some(until)) => {
            format!(
                "`{}` no longer belonged to the organisation, only until {until}",
                person.id.value
            )
        }
        _ => format!("`{}` did not belong to the organisation", person.id.value),
    }
}

/// Says who held a role on a day.
fn holders(role: &Role, day: Date) -> String {
    let names: Vec<String> = role
        .holders
        .iter()
        .filter(|it| it.holds_on(day))
        .map(|it| format!("`{}`", it.person.value))
        .collect();
    if names.is_empty() {
        "nobody held it on that day; correct `holders` in `content/people.yaml`, or have the text \
         approved by someone who holds a role"
            .to_owned()
    } else {
        format!("{} held it; correct the role, the date or the `holders`", names.join(", "))
    }
}
