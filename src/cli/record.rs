//! `avouch record`: what was signed or decided elsewhere comes into the workspace.

use std::path::Path;

use super::approve::{judged, tell};
use super::arguments::{RecordCommand, RecordSignArguments};
use super::signing;
use super::terminal::Terminal;
use super::{Failure, Outcome, decided, stamp};
use crate::enact;
use crate::signature::Statement;
use crate::signature::sshsig::{key_of, verify};

/// The most bytes that a statement may have.
const LARGEST: u64 = 1024 * 1024;

pub(super) fn run(command: &RecordCommand, terminal: Terminal) -> Result<Outcome, Failure> {
    match command {
        RecordCommand::Add(arguments) => decided::run(arguments, terminal),
        RecordCommand::Sign(arguments) => sign(arguments, terminal),
        RecordCommand::Stamp(arguments) => stamp::run(arguments, terminal),
    }
}

fn sign(arguments: &RecordSignArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let text = read(&arguments.statement)?;
    let armour = read(&arguments.signature)?;
    let statement = Statement::read(&text).map_err(|fault| {
        Failure::new(format!("`{}` is no statement: {fault}", arguments.statement.display()))
            .help("sign the file as it was exported, to the byte")
    })?;
    let key = key_of(&armour);
    let namespace = statement.decision.act().namespace();
    let verified =
        key.and_then(|key| verify(&key, namespace, text.as_bytes(), &armour).map(|()| key));
    let key = verified.map_err(|refusal| {
        Failure::new(format!("the signature does not hold: {refusal}")).help(refusal.help())
    })?;
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    if statement.workspace != checked.corpus.settings.workspace_id {
        return Err(Failure::new("the statement is about another workspace"));
    }
    for subject in &statement.subjects {
        let document = checked.corpus.document_by_id(&subject.id);
        let digest =
            document.map(|(number, _)| checked.assessment.documents[number as usize].digest);
        if digest.is_some_and(|digest| digest != subject.digest) {
            let message =
                format!("`{}` has another text by now than the one that was signed", subject.id);
            return Err(
                Failure::new(message).help("file it where the text is the one that was signed")
            );
        }
    }
    let changes = enact::filed(&checked.corpus, &gathered.inputs.snapshot, &statement, &armour)?;
    signing::write(&gathered, &changes)?;
    tell(&arguments.source, &statement, &key.fingerprint(), terminal)
}

fn read(path: &Path) -> Result<String, Failure> {
    let size =
        std::fs::metadata(path).map_err(|cause| Failure::of_file("read", path, &cause))?.len();
    if size > LARGEST {
        return Err(Failure::new(format!("`{}` is too large", path.display())));
    }
    std::fs::read_to_string(path).map_err(|cause| Failure::of_file("read", path, &cause))
}
