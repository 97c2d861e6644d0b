//! `avouch record stamp`: requests for time stamps, and what authorities answer.

use std::fmt::Write as _;

use super::approve::judged;
use super::arguments::RecordStampArguments;
use super::gather::{Gathered, counted};
use super::signing;
use super::terminal::Terminal;
use super::{Failure, Outcome};
use crate::amend::replace::Change;
use crate::diagnostic::render::visible;
use crate::model::record::SignedRecord;
use crate::pipeline::Checked;
use crate::signature::Digest;
use crate::signature::timestamp::{self, Certificate, Refusal, Token, certificates};

/// The most bytes that an answer may have.
const LARGEST: u64 = 64 * 1024;

pub(super) fn run(
    arguments: &RecordStampArguments,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let records = &checked.corpus.records.signed;
    let open = records.iter().filter(|it| it.armour.is_some() && it.token.is_none());
    let open: Vec<&SignedRecord> = open.collect();
    if arguments.replies.is_empty() {
        return request(&gathered, &open, terminal);
    }
    let roots = roots(&gathered, &checked);
    let mut changes = Vec::new();
    let mut told = String::new();
    for file in &arguments.replies {
        let failed = |cause| Failure::of_file("read", file, &cause);
        if std::fs::metadata(file).map_err(failed)?.len() > LARGEST {
            return Err(Failure::new(format!(
                "`{}` is too large for a time stamp",
                file.display()
            )));
        }
        let bytes = std::fs::read(file).map_err(failed)?;
        let refused = |refusal: &Refusal| {
            Failure::new(format!("`{}` is no time stamp that counts: {refusal}", file.display()))
        };
        let token = Token::read(&bytes).map_err(|refusal| refused(&refusal))?;
        let mut last = None;
        let found = open.iter().find(|record| {
            let stamped = Digest::of_bytes(record.armour.as_deref().unwrap_or_default().as_bytes());
            match token.verify(stamped.bytes(), &roots) {
                Ok(seen) => {
                    // Writing to a string cannot fail.
                    let _ = writeln!(
                        told,
                        "  {}: seen by {} at {}",
                        record.name,
                        visible(&seen.authority),
                        seen.at
                    );
                    true
                }
                Err(refusal @ Refusal::NoRoot { .. }) => {
                    last = Some(refusal);
                    false
                }
                Err(refusal) => {
                    last.get_or_insert(refusal);
                    false
                }
            }
        });
        let Some(record) = found else {
            let failure = match &last {
                Some(refusal) => refused(refusal),
                None => Failure::new("every signature has a time stamp already"),
            };
            return Err(failure.help(
                "the authority must stand under `authorities:` in `content/people.yaml`, with its \
                 root certificates",
            ));
        };
        let path = format!("{}.sig.tsr", record.path);
        changes.push(Change { path: path.into(), expected: None, new: Some(bytes) });
    }
    signing::write(&gathered, &changes)?;
    terminal.say(&format!("{told}Commit the new files."))?;
    Ok(Outcome::Fine)
}

/// Writes a request beside each signature that has no time stamp.
fn request(
    gathered: &Gathered,
    open: &[&SignedRecord],
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let mut changes = Vec::new();
    for record in open {
        let path = format!("{}.sig.tsq", record.path);
        if gathered.inputs.snapshot.get(&path).is_some() {
            continue;
        }
        let mut nonce = [0; 8];
        getrandom::fill(&mut nonce)
            .map_err(|cause| Failure::new(format!("there is no randomness: {cause}")))?;
        let stamped = Digest::of_bytes(record.armour.as_deref().unwrap_or_default().as_bytes());
        let request = timestamp::request(stamped.bytes(), nonce);
        changes.push(Change { path: path.into(), expected: None, new: Some(request) });
    }
    signing::write(gathered, &changes)?;
    if open.is_empty() {
        terminal.say("Every signature has a time stamp.")?;
        return Ok(Outcome::Fine);
    }
    let mut text = format!(
        "{} without a time stamp. Send each request to an authority that stands under \
         `authorities:` in `content/people.yaml`, and bring its answer back:\n",
        counted(open.len(), "signature")
    );
    for record in open {
        let path = visible(&gathered.shown.path(&record.path)).into_owned();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  curl -sH 'Content-Type: application/timestamp-query' --data-binary @{path}.sig.tsq \
             AUTHORITY -o answer.tsr && avouch record stamp answer.tsr"
        );
    }
    terminal.say(&text)?;
    Ok(Outcome::Fine)
}

/// Returns the root certificates of the authorities whose time stamps count.
fn roots(gathered: &Gathered, checked: &Checked) -> Vec<Certificate> {
    let mut roots = Vec::new();
    // Those of the ring in force judge later; before there is one, those that are written down.
    let records = &checked.assessment.records;
    let filed = records.rings_in_force().checked_sub(1);
    let filed = filed.and_then(|last| checked.corpus.records.rings.get(last));
    let ring = filed.map_or(&records.written, |filed| &filed.ring);
    for authority in &ring.authorities {
        let file = gathered.inputs.snapshot.get(&authority.file);
        let file = file.filter(|file| Digest::of_sha256(file.sha256()) == authority.digest);
        let text = file.and_then(|file| file.text().ok());
        roots.extend(text.and_then(|pem| certificates(pem).ok()).into_iter().flatten());
    }
    roots
}
