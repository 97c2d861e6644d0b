//! People who leave: what they leave, who takes it, and what is written down of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{change, done, holder, known_person};
use crate::amend::{self, Spot, Value};
use crate::cli::approve::judged;
use crate::cli::arguments::OffboardArguments;
use crate::cli::terminal::Terminal;
use crate::cli::{Failure, Outcome};
use crate::model::corpus::Corpus;
use crate::signature::PublicKey;

pub(super) fn run(arguments: &OffboardArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let person = known_person(&checked, &arguments.person)?;
    let last = arguments.last_day.unwrap_or(checked.assessment.today);
    let heirs = Heirs::new(&arguments.hand_over);
    for heir in heirs.people() {
        known_person(&checked, heir)?;
    }
    let leaving = Leaving::new(&checked.corpus, (&person, last), &heirs, &BTreeSet::new());
    terminal.data(&leaving.list)?;
    leaving.refuse_orphans()?;
    if arguments.dry_run {
        terminal.say("Nothing was changed.")?;
        return Ok(Outcome::Fine);
    }
    change(&gathered, |text| leaving.write(text))?;
    done(&format!("`{person}` belongs to the organisation until {last}."), terminal)
}

/// Who takes which role.
pub(super) struct Heirs<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Heirs<'a> {
    pub(super) fn new(typed: &'a [(String, String)]) -> Self {
        Self(typed.iter().map(|(role, heir)| (role.as_str(), heir.as_str())).collect())
    }

    pub(super) fn people(&self) -> impl Iterator<Item = &'a str> {
        self.0.values().copied()
    }
}

/// What somebody leaves who leaves.
pub(super) struct Leaving<'c> {
    corpus: &'c Corpus,
    person: String,
    /// Their last day.
    last: Date,
    /// The day after it.
    next: Date,
    /// The roles that they hold, each with who takes it anew.
    held: Vec<(&'c str, Option<&'c str>)>,
    /// The roles that nobody would hold.
    orphans: Vec<&'c str>,
    /// How many things name them as their owner.
    owned: usize,
    /// All of it in lines, for people.
    pub(super) list: String,
}

impl<'c> Leaving<'c> {
    /// Finds what a person leaves. Whoever is `gone` too takes nothing over.
    pub(super) fn new(
        corpus: &'c Corpus,
        (person, last): (&str, Date),
        heirs: &Heirs<'c>,
        gone: &BTreeSet<&str>,
    ) -> Self {
        let next = last.checked_add(1.day()).unwrap_or(last);
        let mut leaving = Self {
            corpus,
            person: person.to_owned(),
            last,
            next,
            held: Vec::new(),
            orphans: Vec::new(),
            owned: 0,
            list: format!("What `{person}` leaves:\n"),
        };
        leaving.roles(heirs, gone);
        leaving.owned();
        leaving.rest();
        leaving
    }

    fn roles(&mut self, heirs: &Heirs<'c>, gone: &BTreeSet<&str>) {
        for role in &self.corpus.roles {
            let mut holders = role.holders.iter();
            if !holders.any(|it| it.person.value == self.person && it.holds_on(self.last)) {
                continue;
            }
            let id = role.id.value.as_str();
            let heir = heirs.0.get(id).copied();
            self.held.push((id, heir));
            let others = role.holders.iter().filter(|it| {
                let other = it.person.value.as_str();
                other != self.person && it.holds_on(self.next) && !gone.contains(other)
            });
            let other = others.map(|it| it.person.value.as_str()).next();
            // Writing to a string cannot fail.
            if let Some(to) = heir.or(other) {
                let _ = writeln!(self.list, "  role      {id}: goes on with {to}");
            } else {
                let _ = writeln!(self.list, "  role      {id}: nobody else holds it");
                self.orphans.push(id);
            }
        }
    }

    fn owned(&mut self) {
        let corpus = self.corpus;
        let is = |owner: Option<&str>| owner == Some(self.person.as_str());
        let documents = corpus
            .documents
            .iter()
            .filter(|document| is(document.owner.as_ref().map(|it| it.value.as_str())));
        let controls = corpus
            .controls
            .iter()
            .filter(|control| is(control.owner.as_ref().map(|it| it.value.as_str())));
        let records = corpus
            .registers
            .iter()
            .flat_map(|(schema, records)| records.iter().map(|record| (schema.name, record)));
        let records = records.filter(|(_, it)| is(it.text("owner")) && !it.is_closed());
        let owned: Vec<(&str, String)> = documents
            .map(|it| ("document", it.id.value.to_string()))
            .chain(controls.map(|it| ("control", it.id.value.to_string())))
            .chain(records.map(|(name, it)| (name, it.id.value.to_string())))
            .collect();
        self.owned = owned.len();
        for (what, id) in &owned {
            // Writing to a string cannot fail.
            let _ = writeln!(self.list, "  {what:9} {id}: names `{}` as owner", self.person);
        }
    }

    fn rest(&mut self) {
        let Self { corpus, person, last, next, list, .. } = self;
        for delegation in &corpus.mandates.delegations {
            let it = &delegation.value;
            let ends = it.days.until.is_none_or(|until| until > *last);
            if (it.from == *person || it.to == *person) && ends {
                // Writing to a string cannot fail.
                let _ =
                    writeln!(list, "  delegated {} from {} to {}: ends", it.role, it.from, it.to);
            }
        }
        for key in corpus.mandates.keys.iter().filter(|it| it.value.person == *person) {
            let fingerprint = PublicKey::parse(&key.value.public)
                .map_or_else(|_| "unreadable".to_owned(), |it| it.fingerprint());
            let _ = match key.id {
                Some(_) => writeln!(list, "  key       {fingerprint}: retired from {next}"),
                None => writeln!(
                    list,
                    "  key       {fingerprint}: has no `id`, so add `retired: {next}` to it"
                ),
            };
        }
    }

    /// Refuses to let something be without somebody.
    pub(super) fn refuse_orphans(&self) -> Result<(), Failure> {
        let person = &self.person;
        if !self.orphans.is_empty() {
            let missing: Vec<String> =
                self.orphans.iter().map(|role| format!("--hand-over {role}=PERSON")).collect();
            return Err(Failure::new(format!(
                "`{person}` alone holds roles that somebody must hold"
            ))
            .help(format!("say who takes them: {}", missing.join(" "))));
        }
        if self.owned > 0 {
            let message = format!("{} things name `{person}` as their owner", self.owned);
            return Err(
                Failure::new(message).help("name a role or another person in each of them first")
            );
        }
        Ok(())
    }

    /// Writes it into the text of `people.yaml`.
    pub(super) fn write(&self, text: &str) -> Result<String, amend::Refusal> {
        let Self { corpus, person, last, next, held, .. } = self;
        let day = Value::text(last.to_string());
        let mut text = amend::set(text, Spot::within("people", person, "until"), &day)?;
        for (role, heir) in held {
            text = end_tenure(&text, role, person, *last)?;
            if let Some(heir) = heir {
                let item = holder(heir, *next);
                text = amend::append(&text, Spot::within("roles", role, "holders"), &item)?;
            }
        }
        for key in &corpus.mandates.keys {
            let is_retired = key.value.retired.is_some_and(|day| day <= *next);
            if key.value.person == *person
                && !is_retired
                && let Some(id) = &key.id
            {
                let retired = Value::text(next.to_string());
                text = amend::set(&text, Spot::within("keys", id, "retired"), &retired)?;
            }
        }
        Ok(text)
    }
}

/// Writes the last day of a tenure: the line is taken out and put back with it.
fn end_tenure(text: &str, role: &str, person: &str, last: Date) -> Result<String, amend::Refusal> {
    let spot = Spot::within("roles", role, "holders");
    // Of tenures that begin later nothing is left.
    let mut begun: Vec<Option<String>> = Vec::new();
    let (after, taken) = amend::take(text, spot, |node| {
        let value = |key: &str| {
            let entry = node.entries().iter().find(|it| it.key.value == key)?;
            entry.value.text().map(str::to_owned)
        };
        let goes_on = |until: String| until.parse().map_or(true, |until: Date| until > last);
        let is_open =
            value("person").as_deref() == Some(person) && value("until").is_none_or(goes_on);
        if is_open {
            let from = value("from").or_else(|| value("since"));
            let begins = from.as_deref().and_then(|from| from.parse::<Date>().ok());
            if begins.is_none_or(|begins| begins <= last) {
                begun.push(from);
            }
        }
        is_open
    })?;
    if taken.is_empty() {
        return Ok(text.to_owned());
    }
    let mut text = after;
    for from in begun {
        let mut item = vec![("person", Value::text(person))];
        item.extend(from.map(|from| ("from", Value::text(from))));
        item.push(("until", Value::text(last.to_string())));
        text = amend::append(&text, spot, &item)?;
    }
    Ok(text)
}
