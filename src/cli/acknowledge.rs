//! `avouch acknowledge`: somebody accepts texts in force.

use std::fmt::Write as _;

use anstyle::Style;

use super::approve::{documents, indented, keys_of};
use super::arguments::{AcknowledgeArguments, SourceArguments};
use super::gather::{self, Gathered};
use super::signing;
use super::terminal::Terminal;
use super::{Failure, Outcome, foreseen};
use crate::diagnostic::render::visible;
use crate::enact::{self, Deed};
use crate::model::acknowledgement::AskedState;
use crate::pipeline::{self, Checked};
use crate::signature::{Change, Decision, Statement};

const BOLD: Style = Style::new().bold();

pub(super) fn run(
    arguments: &AcknowledgeArguments,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let AcknowledgeArguments { documents: names, signing, source } = arguments;
    let (_, checked) = judged(source, terminal)?;
    if names.is_empty() {
        return list(&checked, &signing.person, terminal);
    }
    let documents = documents(&checked, names)?;
    let (signed_at, decided_on) = signing::moment(&checked.corpus, &checked.assessment, signing)?;
    let deed = Deed {
        decision: Decision::Accept,
        by: signing.person.clone(),
        on_behalf_of: None,
        role: None,
        decided_on,
        signed_at,
        reason: None,
        considered: Vec::new(),
        conclusion: None,
        change: Change::Material,
        summary: None,
    };
    let statement = enact::acknowledgement(&checked.corpus, &checked.assessment, deed, &documents)?;
    terminal.data(&shown(&checked, &statement, &documents))?;
    let statement_lines = indented(&statement);
    terminal.data(&format!("\n{BOLD}What is signed{BOLD:#}\n\n{statement_lines}"))?;
    if signing.dry_run {
        terminal.say("Nothing was signed or changed.")?;
        return Ok(Outcome::Fine);
    }
    let keys = keys_of(&checked, &signing.person);
    let signer = signing::signer(signing, &keys, terminal)?;
    let person = visible(&signing.person);
    let question = format!("Have you read this, {person}, and do you accept it?");
    if !signing.yes && !signing::confirm(&question, terminal)? {
        return Err(Failure::new("nothing was signed"));
    }
    let armour = signing::sign(&signer, &statement)?;
    // What was shown is what is signed: the texts are read once more before anything is written.
    let (again, checked_again) = judged(source, terminal)?;
    for (document, subject) in documents.iter().zip(&statement.subjects) {
        let standing = checked_again.assessment.documents.get(*document);
        if standing.map(|it| it.digest) != Some(subject.digest) {
            let message = format!("`{}` changed while you looked at it", subject.id);
            return Err(Failure::new(message).help("nothing was written; look again"));
        }
    }
    let changes = enact::filed(&checked_again.corpus, &again.inputs.snapshot, &statement, &armour)?;
    foreseen::refuse_void(&again, &changes, &statement)?;
    signing::write(&again, &changes)?;
    tell(source, &statement, terminal)
}

/// Reads the workspace with the texts in force, whatever stands in the files, and judges it.
fn judged(source: &SourceArguments, terminal: Terminal) -> Result<(Gathered, Checked), Failure> {
    let gathered = gather::gather(source, terminal)?;
    let checked = pipeline::judge(&gathered.inputs);
    if !checked.corpus.settings.is_workspace {
        return Err(Failure::new("there is no `content/workspace.yaml`, so nothing can be signed")
            .help("begin a workspace with `avouch new`"));
    }
    Ok((gathered, checked))
}

/// Lists what a person is asked to accept and has not.
fn list(checked: &Checked, person: &str, terminal: Terminal) -> Result<Outcome, Failure> {
    let Checked { corpus, assessment, .. } = checked;
    let Some(number) = corpus.people.iter().position(|it| it.id.value.as_str() == person) else {
        let message = format!("there is no person `{}` in `content/people.yaml`", visible(person));
        return Err(Failure::new(message));
    };
    let number = u32::try_from(number).unwrap_or(u32::MAX);
    let mut lines = String::new();
    for (text, asked) in assessment.acknowledgements.of_person(number) {
        let late = match asked.state {
            AskedState::Outstanding => "",
            AskedState::Overdue => ", overdue",
            AskedState::Accepted
            | AskedState::AcceptedLate
            | AskedState::Left
            | AskedState::Replaced => continue,
        };
        let document = corpus.document(text.document);
        let title = corpus.filled(&document.title.value);
        // Writing to a string cannot fail.
        let _ =
            writeln!(lines, "{} {}, by {}{late}", document.id.value, visible(&title), asked.due);
    }
    if lines.is_empty() {
        terminal.say(&format!("`{}` is asked for nothing.", visible(person)))?;
    } else {
        terminal.data(&lines)?;
        terminal.say("Accept them by their ids: `avouch acknowledge DOC … --as PERSON`.")?;
    }
    Ok(Outcome::Fine)
}

/// Shows which texts are accepted.
fn shown(checked: &Checked, statement: &Statement, documents: &[usize]) -> String {
    let mut text = String::new();
    for (subject, document) in statement.subjects.iter().zip(documents) {
        let version = subject.version.as_deref().unwrap_or("without a number");
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "\n{BOLD}{} {}{BOLD:#}\nVersion {}, {}",
            subject.id,
            visible(&subject.title),
            visible(version),
            subject.digest
        );
        if let Some(in_force) = &checked.assessment.documents[*document].in_force {
            let _ = writeln!(text, "In force since {}.", in_force.effective);
        }
        let standing = &checked.assessment.documents[*document];
        let path = &checked.corpus.documents[*document].path;
        let file = format!(", or in {}", visible(path));
        // A file that holds another text is not what is accepted.
        let file = if standing.shown.is_none() { file.as_str() } else { "" };
        let _ = writeln!(text, "Read it in the handbook{file}.");
    }
    text
}

/// Says what was done, as the files say it now.
fn tell(
    source: &SourceArguments,
    statement: &Statement,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let (_, checked) = judged(source, terminal)?;
    let record = checked.corpus.records.signed_by_name(&statement.name());
    let judgement = record.map(|(number, _)| &checked.assessment.records.signed[number]);
    if !judgement.is_some_and(crate::model::judgement::Judgement::stands) {
        let failure = Failure::new("the record was written and does not count");
        return Err(failure.help("`avouch check` says why"));
    }
    let ids: Vec<&str> = statement.subjects.iter().map(|it| it.id.as_str()).collect();
    terminal.say(&format!(
        "`{}` accepted {}. Commit the new files, so that others see it.",
        statement.by,
        ids.join(", ")
    ))?;
    Ok(Outcome::Fine)
}
