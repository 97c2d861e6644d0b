//! `quorum-not-met`: a text that bears some of the approvals that its rule demands, and not all.

use jiff::civil::Date;

use crate::assess::acts::listed;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::{ApprovedText, Endorsement, Obstacle, SubjectRecords};
use crate::signature::Digest;
use crate::span::Place;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "quorum-not-met",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a text that bears some of the approvals that its rule demands, and not all",
    explanation: "The rule of approval for this text asks for more people or other roles than \
        have approved it. Until they have, it is only proposed. An emergency \
        approval counts at once, and the full approval must follow within the days \
        that the rule gives; enter a finding if it did not.",
};

/// Reports texts in files that lack approvals, and emergency approvals that nobody confirmed in time.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let documents = corpus.documents.iter().zip(&assessment.documents).zip(&assessment.texts);
    for ((document, standing), text) in documents {
        let id = document.id.value.as_str();
        let Some(records) = assessment.records.subject(id) else { continue };
        let place = document.head_place(document.id.span);
        let late = late(id, records, standing.in_force.as_ref(), assessment.today);
        let lacks = unfinished(id, records, *text).into_iter().chain(late);
        diagnostics.extend(lacks.map(|it| it.at(&place)));
    }
    for (id, standing) in &assessment.items {
        let Some(records) = assessment.records.subject(id) else { continue };
        let facts = corpus.item_facts(standing.item);
        let late = late(&facts.id, records, standing.in_force.as_ref(), assessment.today);
        let lacks = unfinished(&facts.id, records, standing.digest).into_iter().chain(late);
        diagnostics.extend(lacks.map(|it| it.at(&facts.place)));
    }
}

/// What there is to report.
struct Lack {
    message: String,
    help: String,
}

impl Lack {
    fn at(self, place: &Place) -> Diagnostic {
        Diagnostic::new(&RULE, place.clone(), self.message).help(self.help)
    }
}

/// Says that somebody approved what stands in the file, and that this is not enough.
fn unfinished(id: &str, records: &SubjectRecords, text: Digest) -> Option<Lack> {
    let is_text = |digest: Option<_>| digest.is_none_or(|it| it == text);
    if records.approved.iter().any(|it| is_text(it.digest)) {
        return None;
    }
    let unfinished = records.unfinished.iter().find(|it| is_text(it.digest))?;
    let message = format!("`{id}` lacks approvals: {}", missing(&unfinished.lack));
    let acts = records.decisions.iter().filter(|it| is_text(it.digest));
    let mut void: Vec<String> = acts.filter_map(why).collect();
    void.sort();
    void.dedup();
    let void = match void.as_slice() {
        [] => String::new(),
        void => format!("; what does not count: {}", void.join("; ")),
    };
    let help = format!("have it approved by those who are missing{void}");
    Some(Lack { message, help })
}

/// Says that something still counts by an emergency approval alone, after the day on which the full one
/// was due.
fn late(
    id: &str,
    records: &SubjectRecords,
    in_force: Option<&ApprovedText>,
    today: Date,
) -> Option<Lack> {
    let urgent = in_force?;
    let due = urgent.full_by.filter(|due| *due < today)?;
    let lacks = records.unfinished.iter().find(|it| urgent.digest == it.digest);
    let message = format!(
        "`{id}` counts by an emergency approval, and the full approval was due on {due}: {}",
        lacks.map(|it| missing(&it.lack)).unwrap_or_default()
    );
    Some(Lack { message, help: "have it approved in full, and enter a finding".to_owned() })
}

/// Says who is missing.
fn missing(lack: &crate::model::lack::Lack) -> String {
    let mut words: Vec<String> =
        lack.roles.iter().map(|role| format!("somebody as `{role}`")).collect();
    if !lack.any_of.is_empty() {
        let roles: Vec<String> = lack.any_of.iter().map(|role| format!("`{role}`")).collect();
        words.push(format!("somebody as {}", roles.join(" or ")));
    }
    let more = lack.more();
    match more {
        0 => {}
        1 if words.is_empty() => words.push("one more person".to_owned()),
        1 => words.push("one person more".to_owned()),
        more => words.push(format!("{more} more people")),
    }
    format!(
        "{} {} missing",
        listed(&words),
        if words.len() + more > 2 || words.len() > 1 { "are" } else { "is" }
    )
}

/// Says why an act does not count; nothing where it does.
fn why(act: &Endorsement) -> Option<String> {
    let by = &act.by;
    let role = act.role.as_deref().unwrap_or("none");
    Some(match act.obstacle.as_ref()? {
        Obstacle::Flawed => format!("the record of `{by}` does not stand"),
        Obstacle::Method => {
            format!("the rule does not admit what `{by}` gave: {}", act.method.word())
        }
        Obstacle::OtherRole => format!("the rule does not ask for the role of `{by}`: {role}"),
        Obstacle::RoleNotHeld => format!("`{by}` did not hold the role `{role}`"),
        Obstacle::Author => format!("`{by}` wrote it"),
        Obstacle::Withdrawn => format!("`{by}` withdrew it"),
        Obstacle::Late => format!("`{by}` approved after it was to count"),
        Obstacle::NotInForce => format!("`{by}` looked at a text that was not in force"),
    })
}
