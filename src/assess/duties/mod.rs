//! What needs whom by when: one list for `avouch status`, reminders and packets.
//!
//! Every date and state is taken from the [`Assessment`]; what is added here is who is to act today,
//! and what each rule of approval still lacks.

mod approvals;
mod mandates;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::acknowledgement::AskedState;
use crate::model::assessment::{Assessment, Lifecycle, ReviewState, Subject, Urgency};
use crate::model::corpus::Corpus;
use crate::model::duty::{Duty, DutyKind, PERSON};
use crate::model::register::ColumnKind;
use crate::signature::Ring;
use crate::signature::ring::OWNER;

/// A corpus and what is held of it on a day.
#[derive(Debug, Clone, Copy)]
pub struct Judged<'j> {
    /// The content.
    pub corpus: &'j Corpus,
    /// Its states.
    pub assessment: &'j Assessment,
}

/// Lists everything that needs somebody, by date; what has no day comes last. `shown` is what the editions show: the
/// texts in force; `written` is what the files say, in which proposed texts stand.
#[must_use]
pub fn duties(shown: Judged<'_>, written: Judged<'_>) -> Vec<Duty> {
    if !shown.corpus.settings.is_workspace {
        return Vec::new();
    }
    let mut duties = Vec::new();
    approvals::add(shown, written, &mut duties);
    in_force(shown, &mut duties);
    agenda(shown, &mut duties);
    acknowledgements(shown, &mut duties);
    campaigns(shown, &mut duties);
    mandates::add(shown, &mut duties);
    duties.sort_by(|one, other| {
        let key = |it: &Duty| (it.by.is_none(), it.by, it.id.clone(), it.kind);
        key(one).cmp(&key(other))
    });
    duties
}

/// Returns how near a day is, as the settings say what is near.
fn urgency(judged: Judged<'_>, by: Date) -> Urgency {
    let today = judged.assessment.today;
    if by < today {
        Urgency::Missed
    } else if judged.corpus.settings.due_soon.before(by) <= today {
        Urgency::Soon
    } else {
        Urgency::Later
    }
}

/// Returns the people behind an owner on the day: a person, or who holds the role.
#[must_use]
pub fn people_of(corpus: &Corpus, owner: &str, today: Date) -> Vec<String> {
    let is_there = |id: &str| {
        corpus.person(id).is_some_and(|it| {
            it.since.is_none_or(|since| since <= today) && it.until.is_none_or(|last| today <= last)
        })
    };
    let mut people: Vec<String> = match corpus.role(owner) {
        Some(role) => {
            let holders = role.holders.iter().filter(|it| it.holds_on(today));
            holders.map(|it| it.person.value.clone()).filter(|it| is_there(it)).collect()
        }
        None => corpus.person(owner).map(|it| it.id.value.to_string()).into_iter().collect(),
    };
    people.sort();
    people.dedup();
    people
}

/// Returns the ring by which acts of today are judged: the last one in force, else what is written.
fn ring(judged: Judged<'_>) -> &Ring {
    let count = judged.assessment.records.rings_in_force();
    let filed = count.checked_sub(1).and_then(|last| judged.corpus.records.rings.get(last));
    filed.map_or(&judged.assessment.records.written, |filed| &filed.ring)
}

/// Says that nobody can act, where that is so.
fn with_holder(why: String, who: &[String], owner: Option<&str>) -> String {
    match owner {
        _ if !who.is_empty() => why,
        Some(owner) => format!("{why}; nobody holds `{owner}` today"),
        None => format!("{why}; it has no owner"),
    }
}

/// Approved texts whose day has not come.
fn in_force(judged: Judged<'_>, duties: &mut Vec<Duty>) {
    let Judged { corpus, assessment } = judged;
    for (document, standing) in corpus.documents.iter().zip(&assessment.documents) {
        let Some(text) = &standing.awaiting else { continue };
        let version = text.version.as_ref().map(|it| format!(" of version {it}"));
        let owner = document.owner.as_ref().map(|it| it.value.as_str());
        let who = owner.map_or_else(Vec::new, |it| people_of(corpus, it, assessment.today));
        duties.push(Duty {
            kind: DutyKind::InForce,
            id: document.id.value.to_string(),
            title: corpus.filled(&document.title.value).into_owned(),
            what: "Comes into force:".to_owned(),
            by: Some(text.effective),
            urgency: urgency(judged, text.effective),
            why: with_holder(
                format!("the approval{} is of {}", version.unwrap_or_default(), text.on),
                &who,
                owner,
            ),
            who,
            command: None,
        });
    }
}

/// Returns who may review a document, and the people among them today.
#[must_use]
pub fn reviewers(judged: Judged<'_>, document: usize) -> Vec<String> {
    let Judged { corpus, assessment } = judged;
    let it = &corpus.documents[document];
    let rule = ring(judged).rule(it.kind.noun(), it.id.value.as_str(), &it.tags);
    let owner = it.owner.as_ref().map(|owner| owner.value.as_str());
    let named: Vec<&str> = match rule.reviewers.as_slice() {
        [] => owner.into_iter().collect(),
        roles => roles
            .iter()
            .filter_map(|role| if role == OWNER { owner } else { Some(role.as_str()) })
            .collect(),
    };
    let people = named.iter().flat_map(|name| people_of(corpus, name, assessment.today));
    let people: std::collections::BTreeSet<String> = people.collect();
    people.into_iter().collect()
}

/// What the calendar knows: reviews, evidence, deadlines of registers.
fn agenda(judged: Judged<'_>, duties: &mut Vec<Duty>) {
    let Judged { corpus, assessment } = judged;
    let today = assessment.today;
    for due in &assessment.agenda {
        let duty = match due.subject {
            Subject::Document(number) => {
                let document = corpus.document(number);
                let standing = &assessment.documents[number as usize];
                let who = reviewers(judged, number as usize);
                let id = document.id.value.to_string();
                let owner = document.owner.as_ref().map(|it| it.value.as_str());
                // The state is that of the document's page, which knows of days of grace.
                let urgency = match standing.review {
                    ReviewState::Overdue => Urgency::Missed,
                    ReviewState::DueSoon => Urgency::Soon,
                    ReviewState::Current | ReviewState::None => Urgency::Later,
                };
                let last = match (standing.last_reviewed, standing.is_claimed) {
                    (None, _) => "no review is recorded".to_owned(),
                    (Some(date), false) => format!("last reviewed or approved on {date}"),
                    (Some(date), true) => {
                        format!("last reviewed on {date}, as somebody typed and nobody recorded")
                    }
                };
                let why = match standing.lifecycle {
                    Lifecycle::Awaiting => format!("{last}; not yet in force"),
                    _ if standing.proposed_change => {
                        format!("{last}; a change is proposed, which an approval would settle too")
                    }
                    _ => last,
                };
                Duty {
                    kind: DutyKind::Review,
                    title: corpus.filled(&document.title.value).into_owned(),
                    what: "Review".to_owned(),
                    by: Some(due.date),
                    urgency,
                    why: with_holder(why, &who, owner),
                    command: Some(review_command(&id)),
                    who,
                    id,
                }
            }
            Subject::Control(number) => {
                let control = &corpus.controls[number as usize];
                let owner = control.owner.as_ref().map(|it| it.value.as_str());
                let who = owner.map_or_else(Vec::new, |it| people_of(corpus, it, today));
                let why = "the newest evidence is fresh until that day".to_owned();
                Duty {
                    kind: DutyKind::Evidence,
                    id: control.id.value.to_string(),
                    title: corpus.filled(&control.title).into_owned(),
                    what: "Collect evidence for".to_owned(),
                    by: Some(due.date),
                    urgency: due.urgency,
                    why: with_holder(why, &who, owner),
                    who,
                    command: None,
                }
            }
            Subject::Record(register, number) => {
                let (schema, records) = &corpus.registers[register as usize];
                let record = &records[number as usize];
                let owners = record.values.iter().find_map(|(column, value)| {
                    let is_owner =
                        matches!(column.kind, ColumnKind::Owner) && column.key == "owner";
                    is_owner.then_some(&value.value)
                });
                let owner = match owners {
                    Some(crate::model::register::Value::Text(owner)) => Some(owner.as_str()),
                    _ => None,
                };
                let who = owner.map_or_else(Vec::new, |it| people_of(corpus, it, today));
                let why = format!("{} ({})", due.deadline.label, schema.singular);
                let (kind, why) = match due.deadline.missed {
                    Some(_) => (DutyKind::Register, with_holder(why, &who, owner)),
                    None => (DutyKind::Event, why),
                };
                Duty {
                    kind,
                    id: record.id.value.to_string(),
                    title: corpus.filled(&record.title).into_owned(),
                    what: format!("{}:", due.deadline.remedy),
                    by: Some(due.date),
                    urgency: due.urgency,
                    why,
                    who,
                    command: None,
                }
            }
        };
        duties.push(duty);
    }
}

/// Returns the command with which somebody reviews a document, without its conclusion.
fn review_command(document: &str) -> String {
    format!(
        "avouch review {document} --as {PERSON} --considered \
         incidents,findings,risks,law,changes,exceptions --conclusion \"…\""
    )
}

/// Texts that people have not accepted, one line a text and day.
fn acknowledgements(judged: Judged<'_>, duties: &mut Vec<Duty>) {
    let Judged { corpus, assessment } = judged;
    for text in assessment.acknowledgements.in_force() {
        let document = corpus.document(text.document);
        let id = document.id.value.to_string();
        let mut by_day: BTreeMap<Date, Vec<String>> = BTreeMap::new();
        for asked in &text.asked {
            if matches!(asked.state, AskedState::Outstanding | AskedState::Overdue) {
                let person = corpus.people[asked.person as usize].id.value.to_string();
                by_day.entry(asked.due).or_default().push(person);
            }
        }
        for (by, mut who) in by_day {
            who.sort();
            let version = text.version.as_ref().map(|it| format!("version {it} of "));
            duties.push(Duty {
                kind: DutyKind::Acknowledgement,
                title: corpus.filled(&document.title.value).into_owned(),
                what: format!("Accept {}", version.unwrap_or_default()).trim_end().to_owned(),
                by: Some(by),
                urgency: urgency(judged, by),
                why: format!("in force since {}", text.since),
                command: Some(format!("avouch acknowledge {id} --as {PERSON}")),
                who,
                id: id.clone(),
            });
        }
    }
}

/// Documents of open campaigns, one line a reviewer.
fn campaigns(judged: Judged<'_>, duties: &mut Vec<Duty>) {
    let Judged { corpus, assessment } = judged;
    for campaign in &corpus.records.campaigns {
        let progress = super::campaigns::progress(corpus, assessment, campaign);
        if progress.closing != crate::model::campaign::Closing::Open {
            continue;
        }
        let open: Vec<&crate::model::campaign::Scoped> = campaign
            .documents
            .iter()
            .zip(&progress.outcomes)
            .filter(|(_, outcome)| !outcome.is_done())
            .map(|(scoped, _)| scoped)
            .collect();
        let duty = |what: String, who: Vec<String>, why: String, command: Option<String>| Duty {
            kind: DutyKind::Campaign,
            id: campaign.name.to_string(),
            title: campaign.title.clone().unwrap_or_default(),
            what,
            who,
            by: Some(campaign.due),
            urgency: urgency(judged, campaign.due),
            why,
            command,
        };
        for reviewer in campaign.reviewers() {
            let theirs: Vec<&str> = open
                .iter()
                .filter(|it| it.reviewers.iter().any(|one| one == reviewer))
                .map(|it| it.id.value.as_str())
                .collect();
            if theirs.is_empty() {
                continue;
            }
            let plural = if theirs.len() == 1 { "" } else { "s" };
            duties.push(duty(
                format!("Review {} document{plural} of the campaign", theirs.len()),
                vec![reviewer.to_owned()],
                theirs.join(", "),
                Some(format!("avouch campaign status {}", campaign.name)),
            ));
        }
        if open.is_empty() {
            let who = corpus.person(&campaign.started_by.value);
            let who: Vec<String> = who.map(|it| it.id.value.to_string()).into_iter().collect();
            let command = format!("avouch campaign close {} --as {PERSON}", campaign.name);
            let why = "every document is reviewed".to_owned();
            duties.push(duty("Close the campaign".to_owned(), who, why, Some(command)));
        }
    }
}
