//! `avouch people`: who there is, who holds which role, whose keys count, and the ring that says so.

mod import;
mod offboard;

use std::fmt::Write as _;

use jiff::civil::Date;

pub(super) use self::import::StaffColumns;
use super::approve::{indented, judged, keys_of};
use super::arguments::SignRingArguments;
use super::arguments::{PeopleCommand, PersonArguments, PublicKeyArguments, RoleArguments};
use super::gather::Gathered;
use super::signing;
use super::terminal::Terminal;
use super::{Failure, Outcome, foreseen};
use crate::amend::replace::Change;
use crate::amend::{self, Spot, Value};
use crate::diagnostic::render::visible;
use crate::enact::{self, Deed, RingChange};
use crate::import::keys::NewKey;
use crate::model::id::Id;
use crate::pipeline::Checked;
use crate::signature::{Change as HowMuch, Decision, PublicKey};
use crate::span::FilePath;

/// The file that says who there is.
const PEOPLE: &str = "content/people.yaml";

pub(super) fn run(command: &PeopleCommand, terminal: Terminal) -> Result<Outcome, Failure> {
    match command {
        PeopleCommand::Add(arguments) => add(arguments, terminal),
        PeopleCommand::Role(arguments) => role(arguments, terminal),
        PeopleCommand::Key(arguments) => key(arguments, terminal),
        PeopleCommand::Offboard(arguments) => offboard::run(arguments, terminal),
        PeopleCommand::Import(arguments) => import::run(arguments, terminal),
        PeopleCommand::Sign(arguments) => sign(arguments, terminal),
    }
}

impl From<amend::Refusal> for Failure {
    fn from(refusal: amend::Refusal) -> Self {
        Self::new(format!("`{PEOPLE}` cannot be changed: {refusal}")).help(refusal.help())
    }
}

fn add(arguments: &PersonArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    if checked.corpus.person(&arguments.id).is_some() {
        return Err(Failure::new(format!("there is a person `{}` already", arguments.id)));
    }
    refuse_bad_id(&arguments.id)?;
    let since = arguments.since.unwrap_or(checked.assessment.today);
    let item = person_item(&NewPerson {
        id: &arguments.id,
        name: &arguments.name,
        kind: arguments.kind.word(),
        title: arguments.title.as_deref(),
        email: arguments.email.as_deref(),
        since: Some(since),
        until: None,
    });
    change(&gathered, |text| amend::append(text, Spot::top("people"), &item))?;
    done(&format!("`{}` stands in `{PEOPLE}`.", arguments.id), terminal)
}

/// What is written down of a person.
struct NewPerson<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    title: Option<&'a str>,
    email: Option<&'a str>,
    since: Option<Date>,
    until: Option<Date>,
}

/// Returns the entry of a person.
fn person_item(person: &NewPerson<'_>) -> Vec<(&'static str, Value)> {
    let NewPerson { id, name, kind, title, email, since, until } = person;
    let mut item =
        vec![("id", Value::text(*id)), ("name", Value::text(*name)), ("kind", Value::text(*kind))];
    item.extend(title.map(|title| ("title", Value::text(title))));
    item.extend(email.map(|email| ("email", Value::text(email))));
    item.extend(since.map(|since| ("since", Value::text(since.to_string()))));
    item.extend(until.map(|until| ("until", Value::text(until.to_string()))));
    item
}

fn role(arguments: &RoleArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let corpus = &checked.corpus;
    let person = known_person(&checked, &arguments.person)?;
    let from = arguments.from.unwrap_or(checked.assessment.today);
    let Some(role) = corpus.role(&arguments.role) else {
        let Some(title) = &arguments.title else {
            let known: Vec<&str> = corpus.roles.iter().map(|it| it.id.value.as_str()).collect();
            return Err(Failure::new(format!("there is no role `{}`", arguments.role))
                .help(format!("there are {}; a new one needs `--title`", known.join(", "))));
        };
        refuse_bad_id(&arguments.role)?;
        let item = [("id", Value::text(&arguments.role)), ("title", Value::text(title))];
        let holder = holder(&person, from);
        change(&gathered, |text| {
            let text = amend::append(text, Spot::top("roles"), &item)?;
            amend::append(&text, Spot::within("roles", &arguments.role, "holders"), &holder)
        })?;
        return done(&format!("`{person}` holds the new role `{}`.", arguments.role), terminal);
    };
    let current: Vec<&str> = role
        .holders
        .iter()
        .filter(|it| it.holds_on(from))
        .map(|it| it.person.value.as_str())
        .collect();
    if current.contains(&person.as_str()) {
        return Err(Failure::new(format!(
            "`{person}` holds the role `{}` already",
            arguments.role
        )));
    }
    let holder = holder(&person, from);
    change(&gathered, |text| {
        amend::append(text, Spot::within("roles", &arguments.role, "holders"), &holder)
    })?;
    let mut told = format!("`{person}` holds the role `{}` from {from} on.", arguments.role);
    if !current.is_empty() {
        let _ = write!(
            told,
            " So does {}: write the last day of who no longer does as `until:`.",
            current.join(", ")
        );
    }
    done(&told, terminal)
}

fn holder(person: &str, from: Date) -> [(&'static str, Value); 2] {
    [("person", Value::text(person)), ("from", Value::text(from.to_string()))]
}

fn key(arguments: &PublicKeyArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let person = known_person(&checked, &arguments.person)?;
    let text = std::fs::read_to_string(&arguments.file)
        .map_err(|cause| Failure::of_file("read", &arguments.file, &cause))?;
    let key = PublicKey::parse(text.trim_end())
        .map_err(|fault| Failure::new(fault.to_string()).help(fault.help()))?;
    let line = key.line();
    let known = checked.corpus.mandates.keys.iter().find(|it| it.value.public == line);
    if let Some(known) = known {
        let message = format!("this key is one of `{}` already", known.value.person);
        return Err(Failure::new(message).help("one key belongs to one person, and is listed once"));
    }
    let today = checked.assessment.today;
    let from = arguments.from.unwrap_or(today);
    let fingerprint = key.fingerprint();
    let item = key_item(&NewKey {
        line: 0,
        person: person.clone(),
        key: key.clone(),
        from,
        until: arguments.until,
        purposes: arguments.purposes.clone(),
    });
    change(&gathered, |text| amend::append(text, Spot::top("keys"), &item))?;
    let told = format!(
        "The key {fingerprint} ({}) stands for `{person}`. Compare the fingerprint with `{person}` by \
         another way than this repository.",
        key.algorithm()
    );
    done(&told, terminal)
}

/// Returns the entry of a key.
fn key_item(new: &NewKey) -> Vec<(&'static str, Value)> {
    let NewKey { line: _, person, key, from, until, purposes } = new;
    let fingerprint = key.fingerprint();
    let digits = fingerprint.trim_start_matches("SHA256:").chars();
    let short: String = digits.filter(char::is_ascii_alphanumeric).take(6).collect();
    let mut item = vec![
        ("id", Value::text(format!("{person}-{short}"))),
        ("person", Value::text(person)),
        ("key", Value::text(key.line())),
        ("from", Value::text(from.to_string())),
    ];
    item.extend(until.map(|until| ("until", Value::text(until.to_string()))));
    if !purposes.is_empty() {
        let words = purposes.iter().map(|it| it.word().to_owned()).collect();
        item.push(("purposes", Value::List(words)));
    }
    item
}

fn sign(arguments: &SignRingArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let (signed_at, decided_on) =
        signing::moment(&checked.corpus, &checked.assessment, &arguments.signing)?;
    let deed = Deed {
        decision: Decision::Enrol,
        by: arguments.signing.person.clone(),
        on_behalf_of: None,
        role: arguments.role.clone(),
        decided_on,
        signed_at,
        reason: arguments.reason.clone(),
        considered: Vec::new(),
        conclusion: None,
        change: HowMuch::Material,
        summary: None,
    };
    let RingChange { ring, path, is_filed, statement } =
        enact::ring_change(&checked.corpus, &checked.assessment, deed)?;
    let filed = &checked.corpus.records.rings;
    let before = filed.iter().rfind(|it| it.ring.number < ring.number);
    let old: String = before.map(|it| it.ring.to_string()).unwrap_or_default();
    terminal.data(&difference(&old, &ring.to_string()))?;
    terminal.data(&format!("\nWhat is signed\n\n{}", indented(&statement)))?;
    if before.is_none() {
        terminal.say(
            "This is the first ring: nobody vouches for it but whoever signs it. Give the fingerprint \
             of your key to your auditor by another way, so that they can pin it.",
        )?;
    }
    let mut changes = enact::filed(&checked.corpus, &gathered.inputs.snapshot, &statement, "")?;
    if !is_filed {
        let text = ring.to_string().into_bytes();
        changes.push(Change { path: path.as_str().into(), expected: None, new: Some(text) });
    }
    if arguments.signing.dry_run {
        terminal.data(&format!("\n{}", signing::list(&gathered, &changes)))?;
        terminal.say("Nothing was signed or changed.")?;
        return Ok(Outcome::Fine);
    }
    let signer = signing::signer(
        &arguments.signing,
        &keys_of(&checked, &arguments.signing.person),
        terminal,
    )?;
    let question = format!("Sign the ring {} as {}?", ring.number, visible(&statement.by));
    if !arguments.signing.yes && !signing::confirm(&question, terminal)? {
        return Err(Failure::new("nothing was signed"));
    }
    let armour = signing::sign(&signer, &statement)?;
    if let Some(signature) = changes.first_mut() {
        signature.new = Some(armour.into_bytes());
    }
    foreseen::refuse_void(&gathered, &changes, &statement)?;
    // The ring is what `people.yaml` says; so that must not change meanwhile.
    if let Some(people) = gathered.inputs.snapshot.get(PEOPLE) {
        let bytes = people.bytes().to_vec();
        changes.push(Change {
            path: PEOPLE.into(),
            expected: Some(bytes.clone()),
            new: Some(bytes),
        });
    }
    signing::write(&gathered, &changes)?;
    let (_, checked) = judged(&arguments.source, terminal)?;
    let state = checked.assessment.records.rings.get(ring.number as usize - 1);
    let told = match state {
        Some(it) if it.since.is_some() => format!("The ring {} is in force.", ring.number),
        Some(it) => format!(
            "The ring {} is not in force yet: {}.",
            ring.number,
            it.fault.as_deref().unwrap_or("more must sign it")
        ),
        None => format!("The ring {} was not found again.", ring.number),
    };
    terminal.say(&format!(
        "\nSigned by {} with {}.\n{told}",
        statement.by,
        signer.public_key().fingerprint()
    ))?;
    Ok(Outcome::Fine)
}

/// Shows the lines that two rings do not share.
fn difference(old: &str, new: &str) -> String {
    let has = |text: &str, line: &str| text.lines().any(|it| it == line);
    let mut out = String::from("What changes in the ring\n\n");
    for line in old.lines().filter(|line| !has(new, line)) {
        let _ = writeln!(out, "  - {}", visible(line));
    }
    for line in new.lines().filter(|line| !has(old, line)) {
        let _ = writeln!(out, "  + {}", visible(line));
    }
    out
}

fn known_person(checked: &Checked, id: &str) -> Result<String, Failure> {
    if let Some(person) = checked.corpus.person(id) {
        return Ok(person.id.value.to_string());
    }
    let known: Vec<&str> = checked.corpus.people.iter().map(|it| it.id.value.as_str()).collect();
    Err(Failure::new(format!("there is no person `{}` in `{PEOPLE}`", visible(id)))
        .help(format!("there are {}", known.join(", "))))
}

fn refuse_bad_id(id: &str) -> Result<(), Failure> {
    match Id::parse(id) {
        Some(_) => Ok(()),
        None => Err(Failure::new(format!("`{}` cannot be an id", visible(id)))
            .help("an id has ASCII letters, digits, `-`, `_` and `.`")),
    }
}

/// Changes the file of people.
fn change(
    gathered: &Gathered,
    edit: impl FnOnce(&str) -> Result<String, amend::Refusal>,
) -> Result<(), Failure> {
    let path = FilePath::from(PEOPLE);
    let file = gathered.inputs.snapshot.get(&path);
    let bytes = file.map(|file| file.bytes().to_vec());
    let text = match &bytes {
        Some(bytes) => std::str::from_utf8(bytes)
            .map_err(|_| Failure::new(format!("`{PEOPLE}` is not UTF-8")))?,
        None => "",
    };
    let new = edit(text)?.into_bytes();
    signing::write(gathered, &[Change { path, expected: bytes, new: Some(new) }])
}

fn done(told: &str, terminal: Terminal) -> Result<Outcome, Failure> {
    terminal.say(&format!(
        "{told} It counts once the ring is signed: `avouch people sign --as YOU`."
    ))?;
    Ok(Outcome::Fine)
}

/// Reads `ROLE=PERSON`.
pub(super) fn heir(text: &str) -> Result<(String, String), String> {
    let (role, person) = text.split_once('=').ok_or("write `ROLE=PERSON`")?;
    Ok((role.trim().to_owned(), person.trim().to_owned()))
}
