//! `content/people.yaml` to people, roles, and whose word counts for what.

use super::description::{Shape, key};
use super::fields::Fields;
use super::sink::Sink;
use crate::model::acknowledgement::DateOrder;
use crate::model::person::{
    Declared, Holder, Mandates, Person, PersonKind, Role, StaffColumn, StaffExport, StaffField,
};
use crate::signature::ring::{self, Authority, Days, Delegation, Method};
use crate::signature::{Act, Digest};

/// Reads the file.
pub(crate) fn read(fields: &mut Fields<'_>, sink: &mut Sink) -> (Vec<Person>, Vec<Role>, Mandates) {
    let people = key("people", "Everyone who is named anywhere: staff, contractors, the board.");
    let people = fields.list(people, "person", sink, person);
    let roles = key("roles", "Functions that people hold, such as the security officer.");
    let roles = fields.list(roles, "role", sink, role);
    let keys = key("keys", "The public keys with which people sign. `avouch people key` adds one.");
    let keys = fields.list(keys, "key", sink, public_key);
    let delegations = key("delegations", "Who may act in a role of somebody else for some time.");
    let delegations = fields.list(delegations, "delegation", sink, delegation);
    let authorities = key("authorities", "Whose time stamps (RFC 3161) count as witnesses.");
    let authorities = fields.list(authorities, "authority", sink, authority);
    let rules = key(
        "approval_rules",
        "What an approval takes, the general first: of the rules that match a text, the last counts.",
    );
    let rules = fields.list(rules, "rule", sink, approval_rule);
    let staff = staff(fields, sink);
    (people, roles, Mandates { keys, delegations, authorities, rules, staff })
}

fn staff(fields: &mut Fields<'_>, sink: &mut Sink) -> StaffExport {
    let columns = key(
        "staff_columns",
        "Which columns of an export of the list of staff hold what. `avouch people import` writes it.",
    );
    let columns = fields.list(columns, "column", sink, |fields, sink| {
        let field = key("id", "What it holds.");
        let field = fields.word(field, StaffField::WORDS, StaffField::parse, sink);
        let header = fields.required_text(key("header", "The words at its top: `Hired on`."), sink);
        Some(StaffColumn { field: field?.value, header: header?.value })
    });
    let dates = key("staff_dates", "In which order that export writes dates such as 02/03/2026.");
    let dates = fields.word(dates, DateOrder::WORDS, DateOrder::parse, sink);
    StaffExport { columns, dates: dates.map(|word| word.value) }
}

fn days(fields: &mut Fields<'_>, sink: &mut Sink) -> Days {
    let from = fields.date(key("from", "The first day."), sink).map(|date| date.value);
    let until = fields.date(key("until", "The last day."), sink).map(|date| date.value);
    Days { from, until }
}

fn public_key(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Declared<ring::Key>> {
    let id = key("id", "A name for it in this file, by which commands find it.");
    let id = fields.text(id, sink).map(|id| id.value);
    let person = fields.required_text(key("person", "Whose it is: the id of a person."), sink);
    let public = key("key", "The line of the `.pub` file: `ssh-ed25519 AAAA…`.");
    let shape = Shape::Pattern("public key", "^[a-z0-9@.-]+ [A-Za-z0-9+/=]+( .*)?$");
    let public = fields.required_text_of(public, shape, sink);
    let days = days(fields, sink);
    let retired = key(
        "retired",
        "The first day on which it is no longer used: the day after its last signature. What it \
         signed before stands.",
    );
    let retired = fields.date(retired, sink).map(|date| date.value);
    let compromised = key(
        "compromised_since",
        "The day since which others may have had it. What no witness saw before that day fails.",
    );
    let compromised_since = fields.date(compromised, sink).map(|date| date.value);
    let purposes = key("purposes", "What it may sign; everything if not given.");
    let mut purposes = fields.words(purposes, Act::WORDS, Act::parse, sink);
    if purposes.is_empty() {
        purposes.extend(Act::ALL);
    }
    purposes.sort_unstable();
    purposes.dedup();
    let public = public?;
    let mut words = public.value.split_whitespace();
    let (Some(kind), Some(base64)) = (words.next(), words.next()) else {
        sink.invalid(public.span, "this is no public key of OpenSSH: `ssh-ed25519 AAAA…`");
        return None;
    };
    let public = format!("{kind} {base64}");
    let person = person?.value;
    let key = ring::Key { person, days, retired, compromised_since, purposes, public };
    Some(Declared { id, value: key, place: sink.place(fields.span()) })
}

fn delegation(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Declared<Delegation>> {
    let role = fields.required_text(key("role", "The role."), sink);
    let from = fields.required_text(key("by", "Who holds the role: the id of a person."), sink);
    let to = fields.required_text(key("to", "Who may act: the id of a person."), sink);
    let days = days(fields, sink);
    if days.until.is_none() {
        fields.missing("until", "a delegation ends: add `until: 2026-08-31`", sink);
    }
    days.until?;
    let delegation = Delegation { role: role?.value, from: from?.value, to: to?.value, days };
    Some(Declared { id: None, value: delegation, place: sink.place(fields.span()) })
}

fn authority(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Declared<Authority>> {
    let file = key("file", "The path of its root certificates in PEM, from the root.");
    let file = fields.required_text(file, sink);
    let sha256 = key("sha256", "The SHA-256 of that file, 64 hexadecimal digits.");
    let shape = Shape::Pattern("SHA-256", "^[0-9a-f]{64}$");
    let sha256 = fields.required_text_of(sha256, shape, sink)?;
    let Some(digest) = Digest::parse(&format!("sha256:{}", sha256.value)) else {
        sink.invalid(sha256.span, "a SHA-256 is 64 digits from 0 to f");
        return None;
    };
    let authority = Authority { digest, file: file?.value };
    Some(Declared { id: None, value: authority, place: sink.place(fields.span()) })
}

fn approval_rule(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Declared<ring::Rule>> {
    let default = ring::Rule::default();
    let values = |texts: Vec<crate::span::Spanned<String>>| {
        texts.into_iter().map(|text| text.value).collect::<Vec<String>>()
    };
    let scope = key(
        "for",
        "What it is for: `all`, kinds such as `policy`, `control`, `policy-exception` or `mapping`, \
         `tag:people`, ids; `ring` for changes of this file.",
    );
    let applies_to = values(fields.texts(scope, sink));
    if applies_to.is_empty() {
        fields.missing("for", "add `for: all` or `for: [policy]`", sink);
    }
    let all_of = key("all_of", "Roles of each of which somebody must approve.");
    let all_of = values(fields.texts(all_of, sink));
    let any_of = key("any_of", "Roles of one of which somebody must approve.");
    let any_of = values(fields.texts(any_of, sink));
    let people = key("people", "How many different people must approve; 1 if not given.");
    let people = fields.number(people, (1, 99), sink);
    let authors = key("authors_may_approve", "Whether who wrote a text may approve it; no.");
    let authors = fields.flag(authors, sink);
    let late = key("late_approval", "Whether approvals after the effective date count; no.");
    let late = fields.flag(late, sink);
    let methods = key("methods", "How approvals may be given; only by signature if not given.");
    let allowed = fields.words(methods, Method::WORDS, Method::parse, sink);
    let reviewers = key("reviewers", "Roles that may review, and `owner`; approvers always may.");
    let reviewers = values(fields.texts(reviewers, sink));
    let emergency = key("emergency", "Who may let a text count at once.");
    let emergency = fields.mapping(emergency, sink, |fields, sink| {
        let role = fields.required_text(key("role", "The role."), sink);
        let days = key("full_within", "Within how many days the full approval follows.");
        let days = fields.number(days, (1, 90), sink);
        if days.is_none() {
            fields.missing("full_within", "add `full_within: 14`", sink);
        }
        Some((role?.value, u32::try_from(days?.value).ok()?))
    });
    if applies_to.is_empty() {
        return None;
    }
    let rule = ring::Rule {
        applies_to,
        all_of,
        any_of,
        people: people.and_then(|it| u32::try_from(it.value).ok()).unwrap_or(default.people),
        authors_may_approve: authors.is_some_and(|flag| flag.value),
        late_approval: late.is_some_and(|flag| flag.value),
        methods: if allowed.is_empty() { default.methods } else { allowed },
        reviewers,
        emergency: emergency.flatten(),
    };
    Some(Declared { id: None, value: rule, place: sink.place(fields.span()) })
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
