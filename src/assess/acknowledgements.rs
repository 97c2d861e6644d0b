//! Who was asked to accept which texts, and what came of it on a day.
//!
//! Nothing is remembered: texts come from the judged approvals, people from `people.yaml`, and what
//! they accepted from judged statements and imported rows, every time anew.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::records::day;
use crate::model::acknowledgement::{
    ALL, Acceptance, AcceptanceRecord, Acknowledgements, Asked, AskedState, AskedText, Demand,
    ImportedRow, NamedBy, TAG, version_key,
};
use crate::model::assessment::{Lifecycle, Standing};
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::judgement::{ApprovedText, Judgements, SubjectRecords};
use crate::model::person::{Person, PersonKind};
use crate::signature::{Change, Decision, Digest};

/// Finds out what was asked of whom until a day.
pub(super) fn of(
    corpus: &Corpus,
    standings: &[Standing],
    records: &Judgements,
    today: Date,
) -> Acknowledgements {
    let demands = &corpus.settings.acknowledgements;
    let mut texts = Vec::new();
    if demands.is_empty() {
        return Acknowledgements { texts };
    }
    let rows = rows(corpus, today);
    for (number, (document, standing)) in (0_u32..).zip(corpus.documents.iter().zip(standings)) {
        let demanded: Vec<(u32, &Demand)> =
            (0..).zip(demands).filter(|(_, demand)| is_for(demand, document)).collect();
        let Some(records) = records.subject(document.id.value.as_str()) else { continue };
        if demanded.is_empty() || !document.kind.is_governed() {
            continue;
        }
        let runs = runs(document, standing, &records.approved, today);
        let rows = rows.get(&number).map_or(&[][..], Vec::as_slice);
        let accepted = accepted(corpus, &runs, records, rows);
        let texts_of = (0..).zip(&runs).map(|(at, run)| {
            let people = (0..).zip(&corpus.people);
            let asked = people.filter_map(|(person, it)| {
                let (demand, stay) = demanded.iter().rev().find_map(|(number, demand)| {
                    Some(((*number, *demand), stay(corpus, it, demand, run, today)?))
                })?;
                let acceptance = accepted.get(&(at, it.id.value.as_str())).copied();
                Some(asked(person, demand, (stay, acceptance), run, today))
            });
            AskedText {
                document: number,
                digests: run.digests(),
                version: run.version.clone(),
                since: run.since,
                until: run.until,
                asked: asked.collect(),
            }
        });
        texts.extend(texts_of);
    }
    Acknowledgements { texts }
}

/// Returns whether a demand is for a document.
fn is_for(demand: &Demand, document: &Document) -> bool {
    demand.applies_to.iter().any(|scope| {
        let scope = scope.value.as_str();
        scope == ALL
            || scope == document.kind.noun()
            || scope.eq_ignore_ascii_case(document.id.value.as_str())
            || scope.strip_prefix(TAG).is_some_and(|tag| document.tags.iter().any(|it| it == tag))
    })
}

/// A text with its wordings, while it was in force.
struct Run<'r> {
    /// Its number among the approved texts.
    root: usize,
    wordings: Vec<Wording<'r>>,
    version: Option<String>,
    since: Date,
    until: Option<Date>,
}

/// One wording of a text.
struct Wording<'r> {
    text: &'r ApprovedText,
    digest: Option<Digest>,
}

impl Run<'_> {
    fn digests(&self) -> Vec<Digest> {
        let mut digests: Vec<Digest> = self.wordings.iter().filter_map(|it| it.digest).collect();
        digests.dedup();
        digests
    }
}

/// Returns the texts that were or are in force, the oldest first.
fn runs<'r>(
    document: &Document,
    standing: &Standing,
    approved: &'r [ApprovedText],
    today: Date,
) -> Vec<Run<'r>> {
    let roots = roots(approved);
    let mut runs: Vec<Run<'r>> = Vec::new();
    for (at, text) in approved.iter().enumerate() {
        let next = approved[at + 1..].iter().map(|it| it.effective).min();
        if text.effective > today || next.is_some_and(|next| next <= text.effective) {
            continue;
        }
        let is_retired = matches!(standing.lifecycle, Lifecycle::Retired | Lifecycle::Superseded);
        let typed = document.retired_on.as_ref().map(|date| date.value);
        let typed = typed.filter(|_| is_retired && standing.in_force.as_ref() == Some(text));
        let retired = text.retired.or(typed);
        let until = [retired, next].into_iter().flatten().filter(|date| *date <= today).min();
        match runs.last_mut() {
            Some(run) if run.root == roots[at] => {
                run.version.clone_from(&text.version);
                run.until = until;
            }
            _ => {
                let version = text.version.clone();
                let wordings = Vec::new();
                runs.push(Run { root: roots[at], wordings, version, since: text.effective, until });
            }
        }
    }
    for run in &mut runs {
        let texts = approved.iter().zip(&roots).filter(|(_, root)| **root == run.root);
        run.wordings.extend(texts.map(|(text, _)| {
            // An approval that names no digest covers the text as it stands.
            let stands = standing.is_text_in_force && standing.in_force.as_ref() == Some(text);
            Wording { text, digest: text.digest.or(stands.then_some(standing.digest)) }
        }));
    }
    runs
}

/// Returns for each approved text the first one that it differs from only editorially.
fn roots(approved: &[ApprovedText]) -> Vec<usize> {
    let mut roots = Vec::with_capacity(approved.len());
    for (at, text) in approved.iter().enumerate() {
        let before = &approved[..at];
        let edited = text
            .previous
            .filter(|_| text.change == Change::Editorial)
            .and_then(|previous| before.iter().rposition(|it| it.digest == Some(previous)));
        let is_again = |it: &&ApprovedText| it.digest.is_some() && it.digest == text.digest;
        let parent = edited.or_else(|| before.last().filter(is_again).map(|_| at - 1));
        roots.push(parent.map_or(at, |parent| roots[parent]));
    }
    roots
}

/// The numbers of an imported file and of a row in it.
type RowNumber = (u32, u32);

/// Returns the imported rows until a day, by the number of the document.
fn rows(corpus: &Corpus, today: Date) -> BTreeMap<u32, Vec<RowNumber>> {
    let mut all: BTreeMap<u32, Vec<RowNumber>> = BTreeMap::new();
    for (file, it) in (0..).zip(&corpus.records.acknowledgements) {
        // Nobody imports what has not happened; days may differ by one between zones.
        let has_happened = |row: &ImportedRow| {
            let import = it.imports.get(row.import as usize);
            let imported = import.map_or(today, |it| day(it.imported_at));
            row.on <= today && row.on <= imported.tomorrow().unwrap_or(imported)
        };
        for (number, row) in (0..).zip(&it.rows).filter(|(_, row)| has_happened(row)) {
            if let Some((document, _)) = corpus.document_by_id(&row.document.value) {
                all.entry(document).or_default().push((file, number));
            }
        }
    }
    all
}

/// Returns the first acceptance of each text by each person.
fn accepted<'c>(
    corpus: &'c Corpus,
    runs: &[Run<'_>],
    records: &'c SubjectRecords,
    rows: &[RowNumber],
) -> BTreeMap<(usize, &'c str), Acceptance> {
    let mut all: BTreeMap<(usize, &str), Acceptance> = BTreeMap::new();
    let mut add = |person: &'c str, (run, named_by), on, record| {
        let new = Acceptance { on, record, named_by };
        let known = all.entry((run, person)).or_insert(new);
        let rank = |it: &Acceptance| (it.on, it.named_by, it.record);
        if rank(&new) < rank(known) {
            *known = new;
        }
    };
    for act in &records.acknowledgements {
        let (Some(record), Some(_)) = (act.record, act.digest) else { continue };
        if act.decision != Decision::Accept || act.obstacle.is_some() {
            continue;
        }
        if let Some(named) = text_named(runs, act.digest, None, act.on) {
            add(&act.by, named, act.on, AcceptanceRecord::Signed(record));
        }
    }
    for (file, number) in rows.iter().copied() {
        let row = &corpus.records.acknowledgements[file as usize].rows[number as usize];
        let person = corpus.person(&row.person.value);
        let Some(person) = person.filter(|it| it.until.is_none_or(|until| row.on <= until)) else {
            continue;
        };
        if let Some(named) = text_named(runs, row.digest, row.version.as_deref(), row.on) {
            let record = AcceptanceRecord::Imported(file, number);
            add(person.id.value.as_str(), named, row.on, record);
        }
    }
    all
}

/// Returns the number of the text that a record of a day names, and how it does: by digest, else by
/// version, else as the one that was in force. A text that was not approved yet cannot be meant.
fn text_named(
    runs: &[Run<'_>],
    digest: Option<Digest>,
    version: Option<&str>,
    on: Date,
) -> Option<(usize, NamedBy)> {
    let named_by = match (digest, version) {
        (Some(_), _) => NamedBy::Digest,
        (None, Some(_)) => NamedBy::Version,
        (None, None) => NamedBy::Day,
    };
    let is_wording = |it: &Wording<'_>| {
        let is_named = match (digest, version) {
            (Some(digest), _) => it.digest == Some(digest),
            (None, Some(version)) => {
                it.text.version.as_ref().is_some_and(|it| version_key(it) == version_key(version))
            }
            (None, None) => false,
        };
        is_named && it.text.on <= on
    };
    let is_in_force = |run: &&Run<'_>| run.since <= on && run.until.is_none_or(|until| on < until);
    let named = || (0..).zip(runs).filter(|(_, run)| run.wordings.iter().any(is_wording));
    let found = match named_by {
        NamedBy::Day => (0..).zip(runs).filter(|(_, run)| is_in_force(run)).last(),
        NamedBy::Digest | NamedBy::Version => {
            named().filter(|(_, run)| run.since <= on).last().or_else(|| named().last())
        }
    };
    found.map(|(at, _)| (at, named_by))
}

/// The days on which a person belongs to an audience, without an end where none is known.
#[derive(Clone, Copy)]
struct Stay {
    first: Option<Date>,
    last: Option<Date>,
}

impl Stay {
    /// Returns the days that two have in common.
    fn within(self, other: Self) -> Option<Self> {
        let first = self.first.max(other.first);
        let last = [self.last, other.last].into_iter().flatten().min();
        let is_some = first.zip(last).is_none_or(|(first, last)| first <= last);
        is_some.then_some(Self { first, last })
    }

    /// Returns whether a day of it lies in the time in which a text was in force.
    fn meets(self, run: &Run<'_>, today: Date) -> bool {
        self.first.is_none_or(|first| run.until.map_or(first <= today, |until| first < until))
            && self.last.is_none_or(|last| run.since <= last)
    }
}

/// Returns the days on which a person belongs to the audience of a demand, if one of them is a day on
/// which a text was in force.
fn stay(
    corpus: &Corpus,
    person: &Person,
    demand: &Demand,
    run: &Run<'_>,
    today: Date,
) -> Option<Stay> {
    let whole = Stay { first: person.since, last: person.until };
    let id = person.id.value.as_str();
    let mut stays: Vec<Stay> = Vec::new();
    for name in &demand.audience {
        let name = name.value.as_str();
        let is_meant = match PersonKind::parse(name) {
            Some(kind) => kind == person.kind,
            None => name == id || name == ALL && person.kind != PersonKind::External,
        };
        if is_meant {
            stays.push(whole);
        } else if let Some(role) = corpus.role(name) {
            let holders = role.holders.iter().filter(|holder| holder.person.value == id);
            let held = holders.map(|it| Stay { first: it.from, last: it.until });
            stays.extend(held.filter_map(|held| held.within(whole)));
        }
    }
    let mut stays = stays.into_iter().filter(|stay| stay.meets(run, today));
    let first = stays.next()?;
    Some(stays.fold(first, |one, other| Stay {
        first: one.first.min(other.first),
        last: one.last.zip(other.last).map(|(one, other)| one.max(other)),
    }))
}

fn asked(
    person: u32,
    (number, demand): (u32, &Demand),
    (stay, acceptance): (Stay, Option<Acceptance>),
    run: &Run<'_>,
    today: Date,
) -> Asked {
    let since = stay.first.map_or(run.since, |first| first.max(run.since));
    let due = demand.within.after(since);
    let last_day = stay.last.filter(|last| *last < today);
    let has_left = last_day.is_some_and(|last| run.until.is_none_or(|until| last < until));
    let state = match acceptance {
        Some(it) if it.on <= due => AskedState::Accepted,
        Some(_) => AskedState::AcceptedLate,
        None if has_left => AskedState::Left,
        None if run.until.is_some() => AskedState::Replaced,
        None if due < today => AskedState::Overdue,
        None => AskedState::Outstanding,
    };
    Asked { person, demand: number, since, due, last_day, state, acceptance }
}

#[cfg(test)]
mod tests;
