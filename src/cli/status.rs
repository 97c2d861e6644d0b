//! `avouch status`: what needs whom by when.

use std::fmt::Write as _;

use anstyle::Style;
use clap::ValueEnum;
use jiff::civil::Date;
use serde::Serialize;

use super::arguments::StatusArguments;
use super::duties::{by_urgency, of_person, sum};
use super::gather::{self, Gathered};
use super::terminal::{Stream, Terminal};
use super::{Failure, Outcome};
use crate::assess::duties::{Judged, duties, people_of};
use crate::diagnostic::nearest_name;
use crate::diagnostic::render::{json_text, visible};
use crate::model::corpus::Corpus;
use crate::model::duty::Duty;
use crate::model::verdict::Axes;
use crate::pipeline::{self, Checked, Texts};

const BOLD: Style = Style::new().bold();
/// What is due within so many days is counted, if not listed.
const COUNTED: u16 = 90;

/// The form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum StatusForm {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Runs `avouch status`.
pub(super) fn run(arguments: &StatusArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let agenda = Agenda::read(&arguments.source, terminal)?;
    let corpus = &agenda.shown.corpus;
    let today = agenda.shown.assessment.today;
    let people = person_ids(corpus, &arguments.person, today)?;
    let is_theirs =
        |duty: &Duty| arguments.person.is_empty() || duty.who.iter().any(|id| people.contains(id));
    let known: Vec<&Duty> = agenda
        .duties
        .iter()
        .filter(|duty| is_theirs(duty) && duty.is_within(today, arguments.within.max(COUNTED)))
        .collect();
    let listed: Vec<&Duty> =
        known.iter().copied().filter(|duty| duty.is_within(today, arguments.within)).collect();
    let text = match arguments.format {
        StatusForm::Json => json(&agenda.shown, &listed, arguments.within),
        StatusForm::Human => {
            let width = Stream::Data.width().unwrap_or(100);
            human(corpus, (&known, &listed), today, (&people, arguments.within, width))
        }
    };
    terminal.data(&text)?;
    let more = known.len() - listed.len();
    if more > 0 && arguments.format == StatusForm::Human {
        terminal.say(&format!("\n{more} more within {COUNTED} days: `--within {COUNTED}`"))?;
    }
    let is_overdue = listed.iter().any(|duty| duty.is_overdue());
    Ok(if is_overdue { Outcome::Errors } else { Outcome::Fine })
}

/// What is due, from one reading of the files.
pub(super) struct Agenda {
    /// What the editions show.
    pub(super) shown: Checked,
    /// Everything that needs somebody, the most urgent first.
    pub(super) duties: Vec<Duty>,
}

impl Agenda {
    /// Reads a workspace and lists what is due in it.
    pub(super) fn read(
        source: &super::arguments::SourceArguments,
        terminal: Terminal,
    ) -> Result<Self, Failure> {
        let mut gathered: Gathered = gather::gather(source, terminal)?;
        let shown = pipeline::judge(&gathered.inputs);
        if !shown.corpus.settings.is_workspace {
            return Err(Failure::new("there is no `content/workspace.yaml`, so nothing is due")
                .help("begin a workspace with `avouch new`"));
        }
        // What is proposed stands in the files only.
        let has_proposals = shown.assessment.documents.iter().any(|it| it.proposed_change);
        let written = has_proposals.then(|| {
            gathered.inputs.texts = Texts::Written;
            pipeline::judge(&gathered.inputs)
        });
        let duties = duties(judged(&shown), judged(written.as_ref().unwrap_or(&shown)));
        Ok(Self { shown, duties })
    }
}

fn judged(checked: &Checked) -> Judged<'_> {
    Judged { corpus: &checked.corpus, assessment: &checked.assessment }
}

/// Finds people by id, e-mail address or role, as of a day.
pub(super) fn person_ids(
    corpus: &Corpus,
    names: &[String],
    today: Date,
) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    for name in names {
        let by_address = corpus
            .people
            .iter()
            .find(|it| it.email.as_ref().is_some_and(|address| address.eq_ignore_ascii_case(name)));
        if let Some(person) = corpus.person(name).or(by_address) {
            found.push(person.id.value.to_string());
            continue;
        }
        if corpus.role(name).is_none() {
            let people = corpus.people.iter().map(|it| it.id.value.as_str());
            let ids = people.chain(corpus.roles.iter().map(|it| it.id.value.as_str()));
            let failure = Failure::new(format!("there is no person or role `{name}`"));
            return Err(match nearest_name(name, ids) {
                Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
                None => failure.help("name the id, the e-mail address or a role of somebody"),
            });
        }
        let holders = people_of(corpus, name, today);
        if holders.is_empty() {
            return Err(Failure::new(format!("nobody holds the role `{name}` on {today}")));
        }
        found.extend(holders);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Returns a name for people, with what they hold today: "Mara Ellison (mara), CISO".
fn heading(corpus: &Corpus, id: &str, today: Date) -> String {
    let name = corpus.person(id).map_or(id, |it| it.name.as_str());
    let held = corpus
        .roles
        .iter()
        .filter(|role| role.holders.iter().any(|it| it.person.value == id && it.holds_on(today)));
    let held: Vec<&str> = held.map(|role| role.title.as_str()).collect();
    let roles = if held.is_empty() { String::new() } else { format!(", {}", held.join(", ")) };
    visible(&format!("{name} ({id}){roles}")).into_owned()
}

/// Returns the duties of one person.
fn of<'d>(duties: &[&'d Duty], person: &str) -> Vec<&'d Duty> {
    duties.iter().copied().filter(|duty| duty.who.iter().any(|it| it == person)).collect()
}

fn human(
    corpus: &Corpus,
    (known, listed): (&[&Duty], &[&Duty]),
    today: Date,
    (people, within, width): (&[String], u16, usize),
) -> String {
    let name = visible(&corpus.settings.organisation.name).into_owned();
    let day = today.strftime("%-d %B %Y");
    let mut text = String::new();
    if people.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{BOLD}{name}, {day}{BOLD:#}: {}", sum(known, today));
        text.push_str(&by_urgency(listed, today, width));
        if listed.is_empty() {
            let _ = writeln!(text, "Nobody has anything to do within {within} days.");
        }
        return text;
    }
    let _ = writeln!(text, "{BOLD}{name}, {day}{BOLD:#}");
    for person in people {
        let all = of(known, person);
        let heading = heading(corpus, person, today);
        let _ = writeln!(text, "\n{BOLD}{heading}{BOLD:#}: {}", sum(&all, today));
        text.push_str(&of_person(&of(listed, person), person, today, width));
    }
    text
}

/// What `--format json` prints. Fields are added, never changed.
#[derive(Serialize)]
struct Report<'r> {
    /// 1.
    version: u8,
    organisation: &'r str,
    /// The day for which everything holds.
    today: String,
    /// How many days are looked ahead.
    within: u16,
    summary: Summary,
    /// What is due, the most urgent first.
    duties: Vec<Entry<'r>>,
    /// Where every governed document stands, in the words of the handbook.
    documents: Vec<Governed<'r>>,
}

/// How many duties are in which state.
#[derive(Serialize)]
struct Summary {
    overdue: usize,
    soon: usize,
    later: usize,
    open: usize,
}

#[derive(Serialize)]
struct Entry<'r> {
    /// `approval`, `in-force`, `review`, `acknowledgement`, `campaign`, `evidence`, `register`, `event`,
    /// `ring`, `key` or `delegation`.
    kind: &'static str,
    /// `overdue`, `soon`, `later`, or `open` where no day is set.
    state: &'static str,
    id: &'r str,
    title: &'r str,
    act: String,
    who: Vec<Name<'r>>,
    /// The last day, or null.
    by: Option<String>,
    /// How many days are left; negative once they are over; null where no day is set.
    days: Option<i32>,
    why: &'r str,
    command: Option<&'r str>,
}

#[derive(Serialize)]
struct Name<'r> {
    id: &'r str,
    name: &'r str,
}

#[derive(Serialize)]
struct Governed<'r> {
    id: &'r str,
    title: String,
    kind: &'static str,
    version: Option<&'r str>,
    standing: Axes,
    words: String,
    digest: String,
    effective: Option<String>,
    last_reviewed: Option<String>,
    next_review: Option<String>,
}

fn json(checked: &Checked, listed: &[&Duty], within: u16) -> String {
    let Checked { corpus, assessment, .. } = checked;
    let today = assessment.today;
    let count = |state| listed.iter().filter(|duty| duty.state() == state).count();
    let entries = listed.iter().map(|duty| Entry {
        kind: duty.kind.word(),
        state: duty.state(),
        id: &duty.id,
        title: &duty.title,
        act: duty.act(),
        who: duty
            .who
            .iter()
            .map(|id| Name { id, name: corpus.person(id).map_or(id, |it| it.name.as_str()) })
            .collect(),
        by: duty.by.map(|day| day.to_string()),
        days: duty.by.map(|day| (day - today).get_days()),
        why: &duty.why,
        command: duty.command.as_deref(),
    });
    let governed = corpus.documents.iter().zip(&assessment.documents);
    let governed = governed.filter(|(document, _)| document.kind.is_governed());
    let documents = governed.map(|(document, standing)| Governed {
        id: document.id.value.as_str(),
        title: corpus.filled(&document.title.value).into_owned(),
        kind: document.kind.noun(),
        version: document.version.as_ref().map(|it| it.value.as_str()),
        standing: standing.axes(),
        words: standing.words(),
        digest: standing.digest.to_string(),
        effective: standing.effective_day(document).map(|day| day.to_string()),
        last_reviewed: standing.last_reviewed.map(|day| day.to_string()),
        next_review: standing.next_review.map(|day| day.to_string()),
    });
    json_text(&Report {
        version: 1,
        organisation: &corpus.settings.organisation.name,
        today: today.to_string(),
        within,
        summary: Summary {
            overdue: count("overdue"),
            soon: count("soon"),
            later: count("later"),
            open: count("open"),
        },
        duties: entries.collect(),
        documents: documents.collect(),
    })
}
