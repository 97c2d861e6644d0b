//! `avouch record add`: a decision that was made without a key, with what shows it.

use sha2::{Digest as _, Sha256};

use super::approve::judged;
use super::arguments::{MethodChoice, RecordAddArguments};
use super::signing;
use super::terminal::Terminal;
use super::{Failure, Outcome};
use crate::amend::Value;
use crate::enact;
use crate::signature::ring::Method;

pub(super) fn run(arguments: &RecordAddArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let corpus = &checked.corpus;
    let Some((number, document)) = corpus.document_by_id(&arguments.document) else {
        return Err(Failure::new(format!("there is no document `{}`", arguments.document)));
    };
    if corpus.person(&arguments.by).is_none() {
        return Err(Failure::new(format!(
            "there is no person `{}` in `content/people.yaml`",
            arguments.by
        )));
    }
    if arguments.on > checked.assessment.today {
        return Err(Failure::new(format!("{} has not come yet", arguments.on)));
    }
    let method = match arguments.method {
        MethodChoice::ESign => Method::ESign,
        MethodChoice::PullRequest => Method::PullRequest,
        MethodChoice::Minutes => Method::Minutes,
        MethodChoice::Imported => Method::Imported,
    };
    if method == Method::Minutes && (arguments.body.is_none() || arguments.attendees.is_empty()) {
        return Err(Failure::new("minutes say which body decided and who was there")
            .help("add `--body` and `--attendees`"));
    }
    if method == Method::Imported && arguments.file.is_none() {
        return Err(Failure::new("an approval from before needs the file that shows it")
            .help("name the signed file with `--file`"));
    }
    let digest = checked.assessment.documents[number as usize].digest;
    let mut row = vec![
        ("by", Value::text(&arguments.by)),
        ("role", Value::text(&arguments.role)),
        ("on", Value::text(arguments.on.to_string())),
        ("digest", Value::text(digest.to_string())),
        ("method", Value::text(method.word())),
        ("reference", Value::text(&arguments.reference)),
    ];
    row.extend(arguments.body.as_ref().map(|body| ("body", Value::text(body))));
    if !arguments.attendees.is_empty() {
        row.push(("attendees", Value::List(arguments.attendees.clone())));
    }
    if let Some(file) = &arguments.file {
        let bytes = std::fs::read(file).map_err(|cause| Failure::of_file("read", file, &cause))?;
        let sha256 = Sha256::digest(&bytes);
        let hex: String = sha256.iter().flat_map(|byte| hex(*byte)).collect();
        row.push(("sha256", Value::text(hex)));
        if let Some(path) = kept(&gathered, file) {
            row.push(("file", Value::text(path)));
        }
    }
    let changes = enact::recorded(document, &gathered.inputs.snapshot, digest, &row)?;
    signing::write(&gathered, &changes)?;
    terminal.say(&format!(
        "Recorded: {} of {} by {}. It is shown as {}, and counts where a rule of approval admits \
         that.",
        method.word(),
        document.id.value,
        arguments.by,
        method.assurance()
    ))?;
    Ok(Outcome::Fine)
}

fn hex(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 15].map(|it| char::from_digit(u32::from(it), 16).unwrap_or('0'))
}

/// Returns the path of a file from the root of the workspace, if it is kept there.
fn kept(gathered: &super::gather::Gathered, file: &std::path::Path) -> Option<String> {
    let file = file.canonicalize().ok()?;
    let root = gathered.home.canonicalize().ok()?;
    let path = file.strip_prefix(root).ok()?.to_str()?.replace('\\', "/");
    gathered.inputs.snapshot.get(&path).map(|_| path)
}
