//! `avouch people import`: what other files know of people and their keys.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::offboard::{Heirs, Leaving};
use super::{NewPerson, change, done, key_item, known_person, person_item};
use crate::amend::{self, Spot};
use crate::cli::approve::judged;
use crate::cli::arguments::{FormChoice, ImportPeopleArguments, OrderChoice};
use crate::cli::gather::{Gathered, counted};
use crate::cli::record::{columns, read_export};
use crate::cli::terminal::Terminal;
use crate::cli::{Failure, Outcome};
use crate::diagnostic::render::visible;
use crate::import::keys::{self, FileForm, Keys, RefusedLine};
use crate::import::staff::{Joiner, Leaver, Reconciled, StaffList, reconcile};
use crate::model::person::{PersonKind, StaffField};
use crate::pipeline::Checked;

/// Columns of a list of staff, as they are typed: `name=Employee,until=Left on`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct StaffColumns(Vec<(StaffField, String)>);

impl StaffColumns {
    /// Reads what is typed.
    pub(in crate::cli) fn parse(typed: &str) -> Result<Self, String> {
        columns(typed, StaffField::parse, StaffField::WORDS).map(Self)
    }
}

pub(super) fn run(
    arguments: &ImportPeopleArguments,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let bytes = read_export(&arguments.file)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let form = match arguments.format {
        Some(FormChoice::Pub) => FileForm::PublicKeys,
        Some(FormChoice::AllowedSigners) => FileForm::AllowedSigners,
        Some(FormChoice::Csv) => FileForm::Staff,
        None => FileForm::of(text),
    };
    refuse_idle(arguments, form)?;
    let (gathered, checked) = judged(&arguments.source, terminal)?;
    let today = checked.assessment.today;
    match form {
        FileForm::Staff => staff(arguments, &bytes, (&gathered, &checked), terminal),
        FileForm::PublicKeys => {
            let person = arguments.person.as_deref();
            let person = person.map(|id| known_person(&checked, id)).transpose()?;
            let keys = keys::public_keys(&checked.corpus, today, text, person.as_deref());
            take_keys(arguments, &keys, &gathered, terminal)
        }
        FileForm::AllowedSigners => {
            let keys = keys::allowed_signers(&checked.corpus, today, text);
            take_keys(arguments, &keys, &gathered, terminal)
        }
    }
}

/// Refuses what says nothing about a file of this form.
fn refuse_idle(arguments: &ImportPeopleArguments, form: FileForm) -> Result<(), Failure> {
    let of_staff = [
        ("--map", !arguments.map.is_empty()),
        ("--dates", arguments.dates.is_some()),
        ("--hand-over", !arguments.hand_over.is_empty()),
    ];
    let idle = match form {
        FileForm::PublicKeys => of_staff.to_vec(),
        FileForm::AllowedSigners => {
            [("--person", arguments.person.is_some())].into_iter().chain(of_staff).collect()
        }
        FileForm::Staff => vec![("--person", arguments.person.is_some())],
    };
    let (file, help) = match form {
        FileForm::PublicKeys => ("holds public keys", "--format csv"),
        FileForm::AllowedSigners => ("is a list of allowed signers", "--format pub"),
        FileForm::Staff => ("is taken for CSV", "--format pub"),
    };
    match idle.into_iter().find(|(_, is_given)| *is_given) {
        None => Ok(()),
        Some((option, _)) => {
            let message =
                format!("`{}` {file}, of which `{option}` says nothing", arguments.file.display());
            Err(Failure::new(message).help(format!("say what the file is: `{help}`")))
        }
    }
}

fn take_keys(
    arguments: &ImportPeopleArguments,
    keys: &Keys,
    gathered: &Gathered,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let Keys { new, known, refused } = keys;
    let mut text = String::new();
    for key in new {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "line {}: new, {} {} of `{}`, from {}",
            key.line,
            key.key.algorithm(),
            key.key.fingerprint(),
            key.person,
            key.from
        );
        if let Some(until) = key.until {
            let _ = write!(text, " until {until}");
        }
        if !key.purposes.is_empty() {
            let words: Vec<&str> = key.purposes.iter().map(|it| it.word()).collect();
            let _ = write!(text, ", for {}", words.join(", "));
        }
        text.push('\n');
    }
    text.push_str(&told(refused));
    terminal.data(&text)?;
    let counts = format!(
        "{} new, {known} known before, {} refused.",
        counted(new.len(), "key"),
        refused.len()
    );
    let items: Vec<_> = new.iter().map(key_item).collect();
    let edit = |text: &str| amend::append_all(text, Spot::top("keys"), &items);
    if arguments.apply && !new.is_empty() {
        change(gathered, edit)?;
        let told = format!(
            "{counts} Compare each fingerprint with its person by another way than this file."
        );
        done(&told, terminal)?;
        return Ok(if refused.is_empty() { Outcome::Fine } else { Outcome::Errors });
    }
    ended(&counts, new.is_empty() && refused.is_empty(), arguments.apply, terminal)
}

/// Says what came of a run that wrote nothing.
fn ended(
    counts: &str,
    is_same: bool,
    is_applied: bool,
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let end = if is_same || is_applied {
        "Nothing was changed."
    } else {
        "Nothing was changed; `--apply` takes it over."
    };
    terminal.say(&format!("{counts} {end}"))?;
    Ok(if is_same { Outcome::Fine } else { Outcome::Errors })
}

fn told(refused: &[RefusedLine]) -> String {
    let lines = refused.iter().map(|it| format!("line {}: refused, {}\n", it.line, it.reason));
    lines.map(|line| visible(line.trim_end()).into_owned() + "\n").collect()
}

fn staff(
    arguments: &ImportPeopleArguments,
    bytes: &[u8],
    (gathered, checked): (&Gathered, &Checked),
    terminal: Terminal,
) -> Result<Outcome, Failure> {
    let named: Vec<(StaffField, String)> =
        arguments.map.iter().flat_map(|columns| columns.0.iter().cloned()).collect();
    let list = StaffList {
        bytes,
        columns: &named,
        dates: arguments.dates.map(OrderChoice::order),
        today: checked.assessment.today,
    };
    let found = reconcile(&checked.corpus, &list)?;
    let gone: BTreeSet<&str> = found.leavers.iter().map(|it| it.id.as_str()).collect();
    let heirs = Heirs::new(&arguments.hand_over);
    for heir in heirs.people() {
        if gone.contains(heir) {
            return Err(Failure::new(format!("`{heir}` leaves too, and takes no role")));
        }
        if !found.joiners.iter().any(|it| it.id == heir) {
            known_person(checked, heir)?;
        }
    }
    let leaving: Vec<Leaving<'_>> = found
        .leavers
        .iter()
        .map(|it| Leaving::new(&checked.corpus, (&it.id, it.last_day), &heirs, &gone))
        .collect();
    terminal.data(&report(&found, &leaving))?;
    let counts = format!(
        "{}, {}, {}, {} not on the list, {} the same, {} refused.",
        counted(found.joiners.len(), "joiner"),
        counted(found.leavers.len(), "leaver"),
        counted(found.differences.len(), "difference"),
        found.absent.len(),
        found.same,
        found.refused.len()
    );
    let has_news = !found.joiners.is_empty() || !found.leavers.is_empty();
    if !arguments.apply || !has_news {
        return ended(&counts, found.is_same(), arguments.apply, terminal);
    }
    for it in &leaving {
        it.refuse_orphans()?;
    }
    let joiners: Vec<_> = found.joiners.iter().map(joiner_item).collect();
    change(gathered, |text| {
        let text = found.remember(text)?;
        let text = amend::append_all(&text, Spot::top("people"), &joiners)?;
        leaving.iter().try_fold(text, |text, it| it.write(&text))
    })?;
    done(&format!("{counts} Joiners and leavers were written down."), terminal)?;
    let is_done =
        found.differences.is_empty() && found.absent.is_empty() && found.refused.is_empty();
    Ok(if is_done { Outcome::Fine } else { Outcome::Errors })
}

fn joiner_item(joiner: &Joiner) -> Vec<(&'static str, amend::Value)> {
    person_item(&NewPerson {
        id: &joiner.id,
        name: &joiner.name,
        kind: joiner.kind.key(),
        title: joiner.title.as_deref(),
        email: joiner.email.as_deref(),
        since: joiner.since,
        until: joiner.until,
    })
}

/// Lists what differs.
fn report(found: &Reconciled, leaving: &[Leaving<'_>]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for Joiner { line, id, name, kind, since, .. } in &found.joiners {
        let since = since.map(|since| format!(", since {since}")).unwrap_or_default();
        let kind = PersonKind::key(*kind);
        lines.push(format!("line {line}: joiner `{id}`, {name}, {kind}{since}"));
    }
    for (leaver, leaving) in found.leavers.iter().zip(leaving) {
        let Leaver { line, id, last_day, roles, keys } = leaver;
        let mut held: Vec<String> = roles.iter().map(|role| format!("the role `{role}`")).collect();
        held.extend((*keys > 0).then(|| counted(*keys, "key")));
        let held =
            if held.is_empty() { String::new() } else { format!(", holds {}", held.join(", ")) };
        lines.push(format!("line {line}: leaver `{id}`, last day {last_day}{held}"));
        lines.extend(leaving.list.lines().skip(1).map(str::to_owned));
    }
    for it in &found.differences {
        let shown = |text: &str| {
            if text.is_empty() { "nothing".to_owned() } else { format!("`{text}`") }
        };
        lines.push(format!(
            "line {}: `{}` differs, {}: {} here, {} there",
            it.line,
            it.id,
            it.field.word(),
            shown(&it.here),
            shown(&it.there)
        ));
    }
    for id in &found.absent {
        lines.push(format!("not on the list: `{id}`"));
    }
    if found.gone > 0 {
        let rows = counted(found.gone, "row");
        lines.push(format!("not taken: {rows} about people who left and were never written here"));
    }
    let text: String = lines.iter().map(|line| visible(line).into_owned() + "\n").collect();
    text + &told(&found.refused)
}
