//! `content/people.yaml` to people and roles.

use super::fields::{Fields, Sink};
use super::yaml::Node;
use crate::model::person::{Holder, Person, PersonKind, Role};

/// Reads people and roles.
pub(crate) fn read(root: &Node, sink: &mut Sink) -> (Vec<Person>, Vec<Role>) {
    let Some(mut fields) = Fields::open(root, "list of people", sink) else {
        return Default::default();
    };
    let people =
        fields.list("people", sink).into_iter().filter_map(|node| person(node, sink)).collect();
    let roles =
        fields.list("roles", sink).into_iter().filter_map(|node| role(node, sink)).collect();
    fields.finish(sink);
    (people, roles)
}

fn person(node: &Node, sink: &mut Sink) -> Option<Person> {
    let mut fields = Fields::open(node, "person", sink)?;
    let id = fields.required_id(sink);
    let name = fields.required_text(&["name"], sink);
    let kind = fields.word(&["kind"], PersonKind::parse, PersonKind::WORDS, sink);
    let title = fields.text(&["title"], sink).map(|text| text.value);
    let email = fields.text(&["email"], sink).map(|text| text.value);
    let since = fields.date(&["since", "from"], sink).map(|date| date.value);
    let until = fields.date(&["until"], sink).map(|date| date.value);
    fields.finish(sink);
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

fn role(node: &Node, sink: &mut Sink) -> Option<Role> {
    let mut fields = Fields::open(node, "role", sink)?;
    let id = fields.required_id(sink);
    let title = fields.required_text(&["title"], sink);
    let duty = fields.text(&["duty"], sink).map(|text| text.value);
    let holders =
        fields.list("holders", sink).into_iter().filter_map(|node| holder(node, sink)).collect();
    fields.finish(sink);
    let id = id?;
    Some(Role { place: sink.place(id.span), id, title: title?.value, duty, holders })
}

fn holder(node: &Node, sink: &mut Sink) -> Option<Holder> {
    let mut fields = Fields::open(node, "holder", sink)?;
    let person = fields.required_text(&["person"], sink);
    let from = fields.date(&["from", "since"], sink).map(|date| date.value);
    let until = fields.date(&["until"], sink).map(|date| date.value);
    fields.finish(sink);
    Some(Holder { person: person?, from, until })
}
