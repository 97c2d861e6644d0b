//! Campaigns as files: what is started, what each reviewer is given, and the report that closes one.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::statement::{check_person, choose, ring_in_force};
use super::{Deed, Refusal};
use crate::amend::{Spot, Value, append, set};
use crate::diagnostic::render::visible;
use crate::model::assessment::Assessment;
use crate::model::campaign::{self, Campaign, KIND, Outcome, Progress};
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::register::{Record, Value as Cell};
use crate::signature::{Change, Digest, Statement, Subject};

/// Returns the text of the file that says what a campaign is.
///
/// # Errors
///
/// Refuses words that cannot be written down so that they read the same.
pub fn start(campaign: &Campaign) -> Result<String, Refusal> {
    let refused = |refusal| Refusal::of_file(&campaign.path, &refusal);
    let mut text = String::from(
        "# A campaign, written by `avouch campaign start`. How far it is follows from signed reviews.\n",
    );
    let mut facts = Vec::new();
    facts.extend(campaign.title.as_ref().map(|title| ("title", title.clone())));
    facts.push(("due", campaign.due.to_string()));
    facts.push(("started_by", campaign.started_by.value.clone()));
    facts.push(("started_on", campaign.started_on.to_string()));
    for (key, value) in facts {
        text = set(&text, Spot::top(key), &Value::Text(value)).map_err(refused)?;
    }
    for it in &campaign.documents {
        let mut item = vec![("id", Value::text(&it.id.value))];
        item.extend(it.version.as_ref().map(|version| ("version", Value::text(version))));
        item.push(("digest", Value::text(it.digest.to_string())));
        item.push(("reviewers", Value::List(it.reviewers.clone())));
        text = append(&text, Spot::top("documents"), &item).map_err(refused)?;
    }
    Ok(text)
}

/// Returns what one reviewer is given: each document with what they have to know of it.
#[must_use]
pub fn packet(
    corpus: &Corpus,
    assessment: &Assessment,
    campaign: &Campaign,
    reviewer: &str,
) -> String {
    let name = corpus.person(reviewer).map_or(reviewer, |it| it.name.as_str());
    let title = campaign.title.as_deref().unwrap_or(campaign.name.as_str());
    let theirs: Vec<&campaign::Scoped> = campaign
        .documents
        .iter()
        .filter(|it| it.reviewers.iter().any(|one| one == reviewer))
        .collect();
    let mut text = format!("# {}: what {} is to review\n\n", plain(title), plain(name));
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{} of {} documents, by {}. Started on {} by {}. What is said here is as of that day; \
         `avouch campaign status {}` says how far it is.",
        theirs.len(),
        campaign.documents.len(),
        campaign.due,
        campaign.started_on,
        campaign.started_by.value,
        campaign.name
    );
    for scoped in theirs {
        let Some((number, document)) = corpus.document_by_id(&scoped.id.value) else { continue };
        let standing = &assessment.documents[number as usize];
        let id = document.id.value.as_str();
        let title = corpus.filled(&document.title.value);
        let _ = write!(text, "\n## {id} {}\n\n", plain(&title));
        let version = scoped.version.as_deref().unwrap_or("without a number");
        let since = standing.in_force.as_ref().map(|it| it.effective);
        let _ = writeln!(text, "- Text: version {}, in force since {}", plain(version), day(since));
        let _ = writeln!(text, "- File: `{}`", plain(&document.path));
        let _ = writeln!(text, "- Digest: `{}`", scoped.digest);
        let _ = writeln!(text, "- Last review: {}", day(standing.last_reviewed));
        let _ = writeln!(text, "- Next review by the cycle: {}", day(standing.next_review));
        let _ = writeln!(text, "- Due in this campaign: {}", campaign.due);
        if scoped.reviewers.len() > 1 {
            let others = scoped.reviewers.iter().filter(|it| *it != reviewer);
            let others: Vec<&str> = others.map(String::as_str).collect();
            let _ = writeln!(text, "- One review is enough; {} may too", others.join(", "));
        }
        let changes = changes(document, standing.last_reviewed, campaign.started_on);
        section(&mut text, "Changes since the last review", &changes);
        let named = |register| naming(corpus, register, document);
        let since_review = |it: &&Record| match (it.date("detected_on"), standing.last_reviewed) {
            (Some(detected), Some(last)) => detected >= last || !it.is_closed(),
            _ => true,
        };
        let open = |it: &&Record| !it.is_closed();
        let exceptions: Vec<&Record> =
            named("policy-exceptions").into_iter().filter(open).collect();
        let findings: Vec<&Record> = named("findings").into_iter().filter(open).collect();
        let incidents: Vec<&Record> = named("incidents").into_iter().filter(since_review).collect();
        section(&mut text, "Open exceptions", &lines(&exceptions, "expires_on", "until"));
        section(&mut text, "Open findings", &lines(&findings, "due_on", "due"));
        section(&mut text, "Incidents", &lines(&incidents, "detected_on", "detected"));
        let _ = write!(
            text,
            "\nIf it stays as it is:\n\n```sh\navouch review {id} --as {reviewer} --considered \
             incidents,findings,risks,law,changes,exceptions --conclusion \"No change: …\"\n```\n\n\
             If it must change, edit the file and have it approved: `avouch approve {id} --as PERSON`.\n"
        );
    }
    text
}

/// Writes a day, or that there is none.
fn day(date: Option<Date>) -> String {
    date.map_or_else(|| "none is recorded".to_owned(), |date| date.to_string())
}

/// Returns text without what a reader of Markdown or a terminal would act on.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for character in visible(text).chars() {
        if matches!(character, '`' | '<' | '*' | '_' | '[' | ']' | '|') && !out.ends_with('\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

fn section(text: &mut String, heading: &str, lines: &[String]) {
    let _ = write!(text, "\n{heading}:");
    if lines.is_empty() {
        text.push_str(" none\n");
        return;
    }
    text.push_str("\n\n");
    for line in lines {
        let _ = writeln!(text, "- {line}");
    }
}

fn changes(document: &Document, since: Option<Date>, until: Date) -> Vec<String> {
    let revisions = document.revisions.iter().filter(|it| {
        it.date.is_some_and(|date| since.is_none_or(|since| date > since) && date <= until)
    });
    let line = |it: &crate::model::document::Revision| {
        let kind = if it.is_editorial { "editorial" } else { "material" };
        format!("{}, version {}, {kind}: {}", day(it.date), plain(&it.version), plain(&it.summary))
    };
    revisions.map(line).collect()
}

fn lines(records: &[&Record], key: &str, word: &str) -> Vec<String> {
    let line = |record: &&Record| {
        let date = record.date(key).map(|date| format!(" ({word} {date})"));
        format!("{} {}{}", record.id.value, plain(&record.title), date.unwrap_or_default())
    };
    records.iter().map(line).collect()
}

/// Returns the records of a register that name a document or a control that the document describes.
fn naming<'c>(corpus: &'c Corpus, register: &str, document: &Document) -> Vec<&'c Record> {
    let mut ids = BTreeSet::from([document.id.value.as_str().to_ascii_lowercase()]);
    ids.extend(document.controls.iter().map(|it| it.value.to_ascii_lowercase()));
    let has = |text: &str| {
        let inside = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        text.split(|c: char| !inside(c))
            .map(|word| word.trim_matches('.').to_ascii_lowercase())
            .any(|word| ids.contains(&word))
    };
    let names = |record: &&Record| {
        has(&record.title)
            || record.values.iter().any(|(_, value)| match &value.value {
                Cell::Text(text) => has(text),
                Cell::List(items) => items.iter().any(|it| has(&it.value)),
                Cell::Date(_)
                | Cell::Period(..)
                | Cell::Number(_)
                | Cell::YesNo(_)
                | Cell::Cycle(_) => false,
            })
    };
    corpus.register(register).iter().filter(names).collect()
}

/// A report that closes a campaign, and the statement of whoever signs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingReport {
    /// Its text.
    pub text: String,
    /// What is signed: that the campaign is closed by exactly this report.
    pub statement: Statement,
}

/// Puts together the report that closes a campaign. Its statement is an approval of the report: its
/// subject has the kind `campaign`, the name of the campaign, and the digest of the report.
///
/// # Errors
///
/// Refuses to close a campaign with open documents without a reason, and what cannot be stated.
pub fn close(
    corpus: &Corpus,
    assessment: &Assessment,
    (campaign, progress): (&Campaign, &Progress),
    deed: Deed,
) -> Result<ClosingReport, Refusal> {
    let (ring, voters) = ring_in_force(corpus, assessment);
    check_person(corpus, voters, &deed.by, deed.decided_on)?;
    let open = progress.open();
    if open > 0 && deed.reason.is_none() {
        let ids = campaign.documents.iter().zip(&progress.outcomes);
        let ids: Vec<&str> = ids
            .filter(|(_, outcome)| !outcome.is_done())
            .map(|(it, _)| it.id.value.as_str())
            .collect();
        let plural = if open == 1 { " is" } else { "s are" };
        return Err(Refusal::new(format!("{open} document{plural} open: {}", ids.join(", ")))
            .help("have them reviewed, or say with `--reason` why they stay open"));
    }
    let role = match &deed.role {
        Some(role) => Some(role.clone()),
        None => {
            let rule = voters.rule(KIND, campaign.name.as_str(), &[]);
            let wanted = rule.all_of.into_iter().chain(rule.any_of).collect();
            choose(voters, &deed, &wanted)?
        }
    };
    let text = report(corpus, (campaign, progress), &deed);
    let title = campaign.title.as_deref().unwrap_or(campaign.name.as_str());
    let subject = Subject {
        id: campaign.name.to_string(),
        kind: KIND.to_owned(),
        title: title.to_owned(),
        version: None,
        tags: Vec::new(),
        effective: None,
        retired: None,
        digest: Digest::of_bytes(text.as_bytes()),
        previous: None,
        authors: Vec::new(),
        change: Change::Material,
        summary: Some(result(progress)),
    };
    let statement = Statement {
        workspace: corpus.settings.workspace_id.clone(),
        decision: deed.decision,
        by: deed.by,
        on_behalf_of: deed.on_behalf_of,
        role,
        decided_on: deed.decided_on,
        signed_at: deed.signed_at,
        ring,
        reason: deed.reason,
        considered: Vec::new(),
        conclusion: None,
        subjects: vec![subject],
    };
    statement.check().map_err(|fault| {
        Refusal::new(format!("this cannot be stated: {fault}"))
            .help("use plain text without control characters, on one line")
    })?;
    Ok(ClosingReport { text, statement })
}

/// Says in a sentence what came of a campaign.
fn result(progress: &Progress) -> String {
    let count =
        |is: &dyn Fn(&Outcome) -> bool| progress.outcomes.iter().filter(|it| is(it)).count();
    format!(
        "{} of {} documents done: {} reviewed without change, {} changed and approved, {} retired; \
         {} open.",
        progress.outcomes.len() - progress.open(),
        progress.outcomes.len(),
        count(&|it| matches!(it, Outcome::Reviewed(_))),
        count(&|it| matches!(it, Outcome::Changed { .. })),
        count(&|it| matches!(it, Outcome::Retired(_))),
        progress.open()
    )
}

/// Writes the report. It is read by people and signed as it stands, so nothing in it hides.
fn report(corpus: &Corpus, (campaign, progress): (&Campaign, &Progress), deed: &Deed) -> String {
    let name = |id: &str| match corpus.person(id) {
        Some(person) => visible(&format!("{id} ({})", person.name)).into_owned(),
        None => visible(id).into_owned(),
    };
    let title = campaign.title.as_deref().unwrap_or(campaign.name.as_str());
    let mut text = String::from("avouch campaign closing v1\n");
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(text, "{key:14}{}", visible(value));
    };
    line("Campaign", &format!("{title} ({})", campaign.name));
    line("Organisation", &corpus.settings.organisation.name);
    line("Workspace", &corpus.settings.workspace_id);
    line("Started", &format!("{} by {}", campaign.started_on, name(&campaign.started_by.value)));
    line("Due", &campaign.due.to_string());
    line("Closed", &format!("{} by {}", deed.decided_on, name(&deed.by)));
    line("Result", &result(progress));
    if progress.open() > 0 {
        line("Open because", deed.reason.as_deref().unwrap_or_default());
    }
    text.push_str("\nDates are those that whoever signed states; \"witnessed\" says that somebody outside saw the record.\n");
    let pairs = || campaign.documents.iter().zip(&progress.outcomes);
    for (heading, is_open) in [("Open", true), ("Done", false)] {
        let group: Vec<_> = pairs().filter(|(_, outcome)| outcome.is_done() != is_open).collect();
        if group.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{heading}");
        for (scoped, outcome) in group {
            let title = corpus.document_by_id(&scoped.id.value);
            let title = title
                .map(|(_, it)| corpus.filled(&it.title.value).into_owned())
                .unwrap_or_default();
            let title = visible(&title).into_owned();
            let version = scoped.version.as_deref().unwrap_or("none");
            let _ = writeln!(text, "\n  {} {title}", visible(&scoped.id.value));
            let _ =
                writeln!(text, "    Text       version {}, {}", visible(version), scoped.digest);
            let _ = writeln!(text, "    Reviewers  {}", visible(&scoped.reviewers.join(", ")));
            let _ = writeln!(text, "    Outcome    {}", outcome_words(outcome, &name));
        }
    }
    text
}

/// Says what came of one document, by whom and when.
fn outcome_words(outcome: &Outcome, name: &dyn Fn(&str) -> String) -> String {
    let deed = |it: &campaign::Deed| {
        let seen = if it.is_witnessed { "witnessed" } else { "claimed" };
        format!("by {} on {}, {seen}", name(&it.by), it.on)
    };
    let word = outcome.word();
    match outcome {
        Outcome::Open | Outcome::Gone => word.to_owned(),
        Outcome::Reviewed(it) => format!("{word}, {}", deed(it)),
        Outcome::Changed { deed: it, version } => {
            let version = version.as_ref().map(|it| format!(" as version {}", visible(it)));
            format!("{word}{}, {}", version.unwrap_or_default(), deed(it))
        }
        Outcome::Retired(date) => {
            let since = date.map(|date| format!(" since {date}"));
            format!("{word}{}", since.unwrap_or_default())
        }
    }
}
