//! `approver-lacks-role`: an approval in a role that the person did not hold on that day.

use jiff::civil::Date;

use crate::assess::acts::{Line, lines, ring_on, signed};
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::Flaw;
use crate::model::person::{Person, Role};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approver-lacks-role",
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
/// left: signed records as the ring of their time says, lines by what is in force of it.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for it in signed(corpus, assessment) {
        let statement = &it.record.statement;
        let (by, on) = (&statement.by, statement.decided_on);
        for flaw in &it.judgement.flaws {
            let message = match flaw {
                Flaw::Absent => format!("`{by}` did not belong to the organisation on {on}"),
                Flaw::Role(role) => format!("`{by}` did not hold the role `{role}` on {on}"),
                Flaw::NotDelegated(other) => {
                    format!("`{other}` lent `{by}` no such role on {on}")
                }
                _ => continue,
            };
            let help = "what the ring said then counts; have it signed by somebody who may";
            diagnostics.push(Diagnostic::new(&RULE, it.record.place(), message).help(help));
        }
    }
    for line in lines(corpus).iter().filter(|line| line.proof.statement.is_none()) {
        diagnostics.extend(look(corpus, assessment, line));
    }
}

fn look(corpus: &Corpus, assessment: &Assessment, line: &Line<'_>) -> Option<Diagnostic> {
    let (person, on) = (corpus.person(&line.by.value)?, line.on?);
    let day = on.value;
    let what = line.act.word();
    if person.since.is_some_and(|since| day < since) || person.until.is_some_and(|it| it < day) {
        let message = format!("on {day}, the day of this {what}, {}", absence(person, day));
        let help = "correct the date here, or `since` and `until` of the person";
        let diagnostic = Diagnostic::new(&RULE, line.place(on.span), message).help(help);
        return Some(diagnostic.related(person.place.clone(), "the person"));
    }
    let typed = line.role?;
    let role = corpus.role(&typed.value)?;
    let holds = match ring_on(corpus, assessment, day) {
        Some(ring) => ring.holds(&line.by.value, &typed.value, day),
        None => {
            let mut holders = role.holders.iter();
            holders.any(|it| it.person.value == line.by.value && it.holds_on(day))
        }
    };
    if holds {
        return None;
    }
    let message = format!("`{}` did not hold the role `{}` on {day}", line.by.value, typed.value);
    let place = line.place(typed.span);
    let diagnostic = Diagnostic::new(&RULE, place, message).help(holders(role, day));
    Some(diagnostic.related(role.place.clone(), "the role"))
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
