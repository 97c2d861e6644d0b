//! `avouch record`: what was signed or decided elsewhere comes into the workspace.

use std::path::Path;

use super::approve::{judged, tell};
use super::arguments::{OrderChoice, RecordCommand, RecordImportArguments, RecordSignArguments};
use super::gather::counted;
use super::signing;
use super::terminal::Terminal;
use super::{Failure, Outcome, decided, stamp};
use crate::diagnostic::render::visible;
use crate::enact::{self, Matter};
use crate::import::{self, Export, ImportFault, Imported};
use crate::model::acknowledgement::{Field, IMPORTED};
use crate::pipeline::Checked;
use crate::signature::Statement;
use crate::signature::sshsig::{key_of, verify};

/// The most bytes that a statement may have.
const LARGEST: u64 = 1024 * 1024;

pub(super) fn run(command: &RecordCommand, terminal: Terminal) -> Result<Outcome, Failure> {
    match command {
        RecordCommand::Add(arguments) => decided::run(arguments, terminal),
        RecordCommand::Sign(arguments) => sign(arguments, terminal),
        RecordCommand::Stamp(arguments) => stamp::run(arguments, terminal),
        RecordCommand::Import(arguments) => import(arguments, terminal),
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
        let matter = Matter::find(&checked.corpus, &subject.id);
        let digest = matter.and_then(|it| it.digest(&checked.corpus, &checked.assessment));
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

/// Columns of an export, as they are typed: `person=E-mail,on=Completed`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns(Vec<(Field, String)>);

impl Columns {
    /// Reads what is typed.
    pub(super) fn parse(typed: &str) -> Result<Self, String> {
        columns(typed, Field::parse, Field::WORDS).map(Self)
    }
}

/// Reads `person=E-mail,on=Completed`. A comma belongs to a header unless a field follows it.
pub(super) fn columns<F>(
    typed: &str,
    field: fn(&str) -> Option<F>,
    words: &[&str],
) -> Result<Vec<(F, String)>, String> {
    let mut columns: Vec<(F, String)> = Vec::new();
    for part in typed.split(',') {
        let pair = part.split_once('=').map(|(field, header)| (field.trim(), header));
        let known = pair.and_then(|(name, header)| Some((field(name)?, header)));
        match (known, columns.last_mut()) {
            (Some((field, header)), _) => columns.push((field, header.trim().to_owned())),
            (None, Some((_, header))) if pair.is_none() => {
                header.push(',');
                header.push_str(part);
            }
            (None, _) => {
                let (first, words) = (words.first().unwrap_or(&""), words.join(", "));
                return Err(format!("write it like `{first}=E-mail`; the fields are {words}"));
            }
        }
    }
    Ok(columns)
}

impl From<ImportFault> for Failure {
    fn from(fault: ImportFault) -> Self {
        Self::new(visible(&fault.message)).help(visible(&fault.help))
    }
}

fn import(arguments: &RecordImportArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let bytes = read_export(&arguments.file)?;
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    refuse_importer(&checked, &arguments.person)?;
    let lost = checked.diagnostics.iter().find(|it| {
        // A name that is not known any more hides no row.
        it.is_error() && it.place.path.starts_with(IMPORTED) && !it.rule.name.starts_with("unknown")
    });
    if let Some(fault) = lost {
        let message = format!("`{}` has errors: {}", fault.place.path, fault.message);
        return Err(Failure::new(message).help("mend what `avouch check` tells first"));
    }
    let columns: Vec<(Field, String)> =
        arguments.map.iter().flat_map(|columns| columns.0.iter().cloned()).collect();
    let name = arguments.file.file_name().unwrap_or(arguments.file.as_os_str()).to_string_lossy();
    let (at, _) = signing::now(&checked.corpus);
    let export = Export {
        source: &arguments.system,
        name: &name,
        bytes: &bytes,
        columns: &columns,
        dates: arguments.dates.map(OrderChoice::order),
        document: arguments.document.as_deref(),
        by: &arguments.person,
        at,
    };
    let snapshot = &gathered.inputs.snapshot;
    let imported = import::import(&checked.corpus, &checked.assessment, snapshot, &export)?;
    if !arguments.dry_run {
        signing::write(&gathered, &imported.changes)?;
    }
    terminal.data(&refused(&imported))?;
    let Imported { sha256: _, added, known, refused, changes } = &imported;
    let (took, end) = match (arguments.dry_run, *added) {
        (true, _) => ("would be", " Nothing was written."),
        (false, 1) => ("was", ""),
        (false, _) => ("were", ""),
    };
    let mut text = format!(
        "{} {took} taken, {known} known before, {} refused.{end}\n",
        counted(*added, "row"),
        refused.len()
    );
    if !changes.is_empty() {
        text.push_str(&signing::list(&gathered, changes));
        if !arguments.dry_run {
            text.push_str("Commit the changed files, so that others see it.\n");
        }
    }
    terminal.say(&text)?;
    Ok(if refused.is_empty() { Outcome::Fine } else { Outcome::Errors })
}

/// Reads an export, unless it is too large.
pub(super) fn read_export(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |cause| Failure::of_file("read", path, &cause);
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > import::LARGEST {
        let most = import::LARGEST / 1024 / 1024;
        return Err(Failure::new(format!("`{}` has more than {most} MB", path.display()))
            .help("export fewer rows at once, such as one year"));
    }
    std::fs::read(path).map_err(|cause| Failure::of_file("read", path, &cause))
}

/// Refuses an importer who is not there.
fn refuse_importer(checked: &Checked, id: &str) -> Result<(), Failure> {
    let today = checked.assessment.today;
    let is_there = |person: &crate::model::person::Person| {
        person.since.is_none_or(|since| since <= today)
            && person.until.is_none_or(|until| today <= until)
    };
    match checked.corpus.person(id) {
        None => {
            let id = visible(id);
            Err(Failure::new(format!("there is no person `{id}` in `content/people.yaml`")))
        }
        Some(person) if !is_there(person) => {
            Err(Failure::new(format!("`{id}` does not belong to the organisation on {today}")))
        }
        Some(_) => Ok(()),
    }
}

/// Lists the rows that were refused.
fn refused(imported: &Imported) -> String {
    let lines = imported.refused.iter().map(|refused| {
        format!("line {}: {}\n", refused.line, visible(&refused.reason.to_string()))
    });
    lines.collect()
}
