//! `content/people.yaml` to people and roles.

use super::description::key;
use super::fields::Fields;
use super::sink::Sink;
use crate::model::person::{Holder, Person, PersonKind, Role};

/// Reads people and roles.
pub(crate) fn read(fields: &mut Fields<'_>, sink: &mut Sink) -> (Vec<Person>, Vec<Role>) {
    let people = key("people", "Everyone who is named anywhere: staff, contractors, the board.");
    let people = fields.list(people, "person", sink, person);
    let roles = key("roles", "Functions that people hold, such as the security officer.");
    let roles = fields.list(roles, "role", sink, role);
    (people, roles)
}

fn person(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Person> {
    let id = fields.required_id("Stable and unique, such as the first name: `mara`.", sink);
    let name = fields.required_text(key("name", "The name."), sink);
    let kind =
        key("kind", "How they belong to the organisation; `employee` where nothing is said.");
    let kind = fields.word(kind, PersonKind::WORDS, PersonKind::parse, sink);
    let title = key("title", "What they do, as on a visiting card.");
    let title = fields.text(title, sink).map(|text| text.value);
    let email = key("email", "Where to write to them.");
    let email = fields.text(email, sink).map(|text| text.value);
    let since = key("since", "The day since which they belong to the organisation.");
    let since = fields.date(since.or(&["from"]), sink).map(|date| date.value);
    let until = key("until", "The last day on which they belonged to it.");
    let until = fields.date(until, sink).map(|date| date.value);
    let id = id?;
    Some(Person {
        place: sink.place(id.span),
        id,
        name: name?.value,
        kind: kind.map_or(PersonKind::Employee, |kind| kind.value),
        title,
        email,
        since,
        until,
    })
}

fn role(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Role> {
    let id = fields.required_id("Stable and unique: `ciso`.", sink);
    let title = fields.required_text(key("title", "The name of the function."), sink);
    let duty = key("duty", "What whoever holds it answers for, in a sentence.");
    let duty = fields.text(duty, sink).map(|text| text.value);
    let holders = key("holders", "Who holds it, and who held it before.");
    let holders = fields.list(holders, "holder", sink, holder);
    let id = id?;
    Some(Role { place: sink.place(id.span), id, title: title?.value, duty, holders })
}

fn holder(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Holder> {
    let person = fields.required_text(key("person", "The id of the person."), sink);
    let from = key("from", "The first day on which they hold it.").or(&["since"]);
    let from = fields.date(from, sink).map(|date| date.value);
    let until = key("until", "The last day on which they held it.");
    let until = fields.date(until, sink).map(|date| date.value);
    Some(Holder { person: person?, from, until })
}
