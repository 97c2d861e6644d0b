//! `avouch approve` and `avouch review`: somebody decides on texts.

use std::fmt::Write as _;

use anstyle::Style;

use super::arguments::{ApproveArguments, DecisionChoice, ReviewArguments, SourceArguments};
use super::gather::{self, Gathered};
use super::signing::{self, SigningArguments};
use super::terminal::Terminal;
use super::{Failure, Outcome, authored, foreseen, matters};
use crate::diagnostic::nearest_name;
use crate::diagnostic::render::visible;
use crate::enact::{self, Deed, Matter};
use crate::model::judgement::Flaw;
use crate::pipeline::{self, Checked, Texts};
use crate::signature::{Act, Change, Decision, Digest, Statement};

const BOLD: Style = Style::new().bold();

/// Runs `avouch approve`.
pub(super) fn approve(
    arguments: &ApproveArguments,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let decision = match arguments.decision {
        DecisionChoice::Approve if arguments.emergency => Decision::ApproveInEmergency,
        DecisionChoice::Approve => Decision::Approve,
        DecisionChoice::Reject => Decision::Reject,
        DecisionChoice::RequestChanges => Decision::RequestChanges,
        DecisionChoice::Withdraw => Decision::Withdraw,
    };
    let change = if arguments.editorial { Change::Editorial } else { Change::Material };
    let said = Said {
        decision,
        on_behalf_of: arguments.on_behalf_of.clone(),
        role: arguments.role.clone(),
        reason: arguments.reason.clone(),
        considered: Vec::new(),
        conclusion: None,
        change,
        summary: arguments.public_summary.clone(),
        expected: &arguments.expect_digest,
        export: arguments.export_statement.as_deref(),
    };
    act(&arguments.source, &arguments.signing, &arguments.documents, said, terminal)
}

/// Runs `avouch review`.
pub(super) fn review(arguments: &ReviewArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let said = Said {
        decision: Decision::Keep,
        on_behalf_of: None,
        role: arguments.role.clone(),
        reason: None,
        considered: arguments.considered.clone(),
        conclusion: Some(arguments.conclusion.clone()),
        change: Change::Material,
        summary: None,
        expected: &arguments.expect_digest,
        export: arguments.export_statement.as_deref(),
    };
    act(&arguments.source, &arguments.signing, &arguments.documents, said, terminal)
}

/// What is said of texts.
struct Said<'a> {
    decision: Decision,
    on_behalf_of: Option<String>,
    role: Option<String>,
    reason: Option<String>,
    considered: Vec<String>,
    conclusion: Option<String>,
    change: Change,
    summary: Option<String>,
    expected: &'a [String],
    export: Option<&'a std::path::Path>,
}

fn act(
    source: &SourceArguments,
    signing: &SigningArguments,
    names: &[String],
    said: Said<'_>,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(source, terminal)?;
    let matters = matters::matters(&checked, names)?;
    let (expected, export) = (said.expected, said.export);
    let deed = deed(&checked, signing, said)?;
    let deed = match deed.role {
        Some(_) => deed,
        None => {
            let role = enact::choose_role(&checked.corpus, &checked.assessment, &deed, &matters)?;
            Deed { role, ..deed }
        }
    };
    let decision = deed.decision;
    let change = deed.change;
    let mut statement = enact::statement(&checked.corpus, &checked.assessment, deed, &matters)?;
    let mut notes = Vec::new();
    if decision.act() == Act::Approval {
        notes = authored::name_authors(&gathered, &checked, &matters, &mut statement)?;
    }
    refuse_unexpected(&statement, signing, expected)?;
    for matter in &matters {
        matters::show(&gathered, &checked, *matter, (decision, change), terminal)?;
    }
    for note in &notes {
        terminal.say(&visible(note))?;
    }
    terminal.data(&format!("\n{BOLD}What is signed{BOLD:#}\n\n{}", indented(&statement)))?;
    if let Some(file) = export {
        std::fs::write(file, statement.to_string())
            .map_err(|cause| Failure::of_file("write", file, &cause))?;
        terminal.say(&export_help(&statement, file))?;
        return Ok(Outcome::Fine);
    }
    let keys = keys_of(&checked, &signing.person);
    if signing.dry_run {
        let changes = enact::filed(&checked.corpus, &gathered.inputs.snapshot, &statement, "")?;
        terminal.data(&format!("\n{}", signing::list(&gathered, &changes)))?;
        terminal.say("Nothing was signed or changed.")?;
        return Ok(Outcome::Fine);
    }
    let question = format!(
        "Sign as {} with {}?",
        visible(&signing.person),
        if statement.subjects.len() == 1 { "this statement" } else { "this one statement for all" }
    );
    let signer = signing::signer(signing, &keys, terminal)?;
    if !signing.yes && !signing::confirm(&question, terminal)? {
        return Err(Failure::new("nothing was signed"));
    }
    let armour = signing::sign(&signer, &statement)?;
    // What was shown is what is signed: the texts are read once more before anything is written.
    let (again, checked_again) = judged(source, terminal)?;
    for subject in &statement.subjects {
        let Checked { corpus, assessment, .. } = &checked_again;
        let matter = Matter::find(corpus, &subject.id);
        if matter.and_then(|it| it.digest(corpus, assessment)) != Some(subject.digest) {
            let message = format!("`{}` changed while you looked at it", subject.id);
            return Err(Failure::new(message).help("nothing was written; look again"));
        }
    }
    let changes = enact::filed(&checked_again.corpus, &again.inputs.snapshot, &statement, &armour)?;
    foreseen::refuse_void(&again, &changes, &statement)?;
    signing::write(&again, &changes)?;
    tell(source, &statement, &signer.public_key().fingerprint(), terminal)
}

/// Reads the workspace as its files are, and judges it.
pub(super) fn judged(
    source: &SourceArguments,
    terminal: Terminal,
) -> Result<(Gathered, Checked), Failure> {
    let mut gathered = gather::gather(source, terminal)?;
    gathered.inputs.texts = Texts::Written;
    let checked = pipeline::judge(&gathered.inputs);
    if !checked.corpus.settings.is_workspace {
        return Err(Failure::new("there is no `content/workspace.yaml`, so nothing can be signed")
            .help("begin a workspace with `avouch new`"));
    }
    Ok((gathered, checked))
}

/// Finds documents by id or path, each once.
pub(super) fn documents(checked: &Checked, names: &[String]) -> Result<Vec<usize>, Failure> {
    let mut found = Vec::new();
    for name in names {
        let Some(number) = document(checked, name)? else {
            let ids = checked.corpus.documents.iter().map(|it| it.id.value.as_str());
            let failure = Failure::new(format!("there is no document `{}`", visible(name)));
            return Err(match nearest_name(name, ids) {
                Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
                None => failure.help("name documents by their ids or files"),
            });
        };
        if !found.contains(&number) {
            found.push(number);
        }
    }
    Ok(found)
}

/// Finds a document by id or path; refuses one with errors.
pub(super) fn document(checked: &Checked, name: &str) -> Result<Option<usize>, Failure> {
    let corpus = &checked.corpus;
    let by_path = || {
        let path = name.trim_start_matches("./");
        corpus.documents.iter().position(|it| it.path.ends_with(path) && path.contains('.'))
    };
    let number = corpus.document_by_id(name).map(|(number, _)| number as usize);
    let Some(number) = number.or_else(by_path) else { return Ok(None) };
    let document = &corpus.documents[number];
    let errors = checked.diagnostics.iter().filter(|it| it.is_error());
    if let Some(error) = errors.into_iter().find(|it| it.place.path == document.path) {
        let message = format!("`{}` has errors: {}", document.id.value, error.message);
        return Err(Failure::new(message).help("mend what `avouch check` tells first"));
    }
    Ok(Some(number))
}

fn deed(checked: &Checked, signing: &SigningArguments, said: Said<'_>) -> Result<Deed, Failure> {
    let (signed_at, decided_on) = signing::moment(&checked.corpus, &checked.assessment, signing)?;
    if said.change == Change::Editorial && said.summary.is_none() {
        return Err(Failure::new("an editorial change says what changed")
            .help("say it in a sentence with `--public-summary`"));
    }
    Ok(Deed {
        decision: said.decision,
        by: signing.person.clone(),
        on_behalf_of: said.on_behalf_of,
        role: said.role,
        decided_on,
        signed_at,
        reason: said.reason,
        considered: said.considered,
        conclusion: said.conclusion,
        change: said.change,
        summary: said.summary,
    })
}

/// Refuses to sign without a look what nobody named by its digest.
fn refuse_unexpected(
    statement: &Statement,
    signing: &SigningArguments,
    expected: &[String],
) -> Result<(), Failure> {
    for text in expected {
        let digest = Digest::parse(text)
            .ok_or_else(|| Failure::new(format!("`{}` is no digest", visible(text))))?;
        if !statement.subjects.iter().any(|subject| subject.digest == digest) {
            let digests: Vec<String> =
                statement.subjects.iter().map(|it| format!("{} {}", it.id, it.digest)).collect();
            return Err(Failure::new(format!("no text has the digest {digest}"))
                .help(format!("it is {}", digests.join(", "))));
        }
    }
    if signing.yes && !signing.dry_run && expected.len() < statement.subjects.len() {
        let flags: Vec<String> =
            statement.subjects.iter().map(|it| format!("--expect-digest {}", it.digest)).collect();
        return Err(Failure::new("`--yes` signs only what is named by its digest")
            .help(format!("add {}", flags.join(" "))));
    }
    Ok(())
}

/// Returns the public keys of a person, as far as they are written down.
pub(super) fn keys_of(checked: &Checked, person: &str) -> Vec<String> {
    let keys = checked.corpus.mandates.keys.iter().map(|it| &it.value);
    keys.filter(|key| key.person == person).map(|key| key.public.clone()).collect()
}

pub(super) fn indented(statement: &Statement) -> String {
    let mut text = String::new();
    for line in statement.to_string().lines() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  {}", visible(line));
    }
    text
}

fn export_help(statement: &Statement, file: &std::path::Path) -> String {
    let file = file.display();
    format!(
        "Written: {file}. Sign it where your key is, and bring the signature back:\n  \
         ssh-keygen -Y sign -f YOUR_KEY -n {} {file}\n  avouch record sign {file} {file}.sig",
        statement.decision.act().namespace()
    )
}

/// Says what was done and what is still missing, as the files say it now.
pub(super) fn tell(
    source: &SourceArguments,
    statement: &Statement,
    fingerprint: &str,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let (_, checked) = judged(source, terminal)?;
    let mut text = format!("\nSigned by {} with {fingerprint}.\n", statement.by);
    let record = checked.corpus.records.signed_by_name(&statement.name());
    let flaws =
        record.map(|(number, _)| checked.assessment.records.signed[number].flaws.as_slice());
    let mut outcome = Outcome::Fine;
    match flaws {
        Some([]) => {}
        Some(flaws) => {
            outcome = Outcome::Errors;
            let words: Vec<String> = flaws.iter().map(Flaw::words).collect();
            let _ = writeln!(text, "  The record does not count: {}", words.join("; "));
        }
        None => {
            outcome = Outcome::Errors;
            text.push_str("  The record was not found again.\n");
        }
    }
    for subject in &statement.subjects {
        if let Some(state) = matters::state(&checked, &subject.id) {
            let _ = writeln!(text, "  {}: {state}", subject.id);
        }
    }
    text.push_str("Commit the changed files, so that others see it.\n");
    terminal.say(&text)?;
    Ok(outcome)
}
