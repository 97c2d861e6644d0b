//! `avouch remind`: what is due as a calendar and a letter for each person, in files. Nothing is sent.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::civil::Date;

use super::arguments::RemindArguments;
use super::duties::{hanging, relative, sum};
use super::gather::{counted, find};
use super::status::{Agenda, person_ids};
use super::terminal::Terminal;
use super::{Failure, Outcome};
use crate::diagnostic::render::visible;
use crate::model::corpus::Corpus;
use crate::model::duty::Duty;
use crate::model::fingerprint::Fingerprint;
use crate::model::person::Person;
use crate::plan::handbook::Appointment;
use crate::render::calendar;
use crate::render::letter::{self, Address, Letter};

/// The file that says that a folder is ours, and which files in it are.
const MARKER: &str = ".avouch-reminders";
/// Its first line.
const FIRST: &str = "avouch reminders v1";
/// The columns of a letter.
const WIDTH: usize = 72;

pub(super) fn run(arguments: &RemindArguments, terminal: Terminal) -> Result<Outcome, Failure> {
    let (home, _) = find(&arguments.source, terminal)?;
    let agenda = Agenda::read(&arguments.source, terminal)?;
    let corpus = &agenda.shown.corpus;
    let today = agenda.shown.assessment.today;
    let wanted = person_ids(corpus, &arguments.person, today)?;
    let is_wanted = |id: &str| wanted.is_empty() || wanted.iter().any(|it| it == id);
    let listed: Vec<&Duty> =
        agenda.duties.iter().filter(|it| it.is_within(today, arguments.within)).collect();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut without_address: Vec<&str> = Vec::new();
    let mut people = 0;
    let sender = sender(corpus)?;
    for person in &corpus.people {
        let id = person.id.value.as_str();
        let theirs: Vec<&Duty> =
            listed.iter().copied().filter(|duty| duty.who.iter().any(|it| it == id)).collect();
        if theirs.is_empty() || !is_wanted(id) {
            continue;
        }
        people += 1;
        let name = visible(&person.name);
        let dates = appointments(corpus, id, &theirs, today);
        files.insert(format!("{id}.ics"), calendar::write_named(&format!("Due: {name}"), &dates));
        let Some(address) = person.email.as_deref().and_then(Address::parse) else {
            without_address.push(id);
            continue;
        };
        let organisation = &corpus.settings.organisation.name;
        let letter = Letter {
            from: (organisation, sender.clone()),
            to: (&person.name, address),
            subject: &format!("{organisation}: {}", sum(&theirs, today)),
            date: today,
            text: &text(corpus, person, &theirs, (today, arguments.within)),
        };
        files.insert(format!("{id}.eml"), letter::write(&letter));
    }
    let folder = arguments.out.clone().unwrap_or_else(|| home.join("site").join("reminders"));
    write(&folder, &files)?;
    let shown = folder.display();
    if files.is_empty() {
        terminal.say(&format!(
            "Nobody has anything to do within {} days; {shown} is empty.",
            arguments.within
        ))?;
    } else {
        terminal.say(&format!(
            "{} for {} in {shown}. Nothing was sent.",
            counted(files.len(), "file"),
            if people == 1 { "one person".to_owned() } else { format!("{people} people") }
        ))?;
    }
    if !without_address.is_empty() {
        terminal.say(&format!(
            "No letter for {}: no e-mail address in `content/people.yaml` that a letter can have.",
            without_address.join(", ")
        ))?;
    }
    let nobody = listed.iter().filter(|duty| duty.who.is_empty()).count();
    if nobody > 0 && arguments.person.is_empty() {
        terminal.say(&format!(
            "{} with nobody to do it: see `avouch status`.",
            counted(nobody, "line")
        ))?;
    }
    Ok(Outcome::Fine)
}

/// Returns the address that letters come from.
fn sender(corpus: &Corpus) -> Result<Address, Failure> {
    let settings = &corpus.settings;
    let contacts = [&settings.security_contact, &settings.privacy_contact];
    contacts.into_iter().flatten().find_map(|it| Address::parse(it)).ok_or_else(|| {
        Failure::new("no address that letters could come from")
            .help("add `contacts: { security: security@example.com }` to `content/workspace.yaml`")
    })
}

/// Returns the entries of a person's calendar. What is overdue stands on the day, so that it is seen.
fn appointments(corpus: &Corpus, person: &str, duties: &[&Duty], today: Date) -> Vec<Appointment> {
    let workspace = &corpus.settings.workspace_id;
    let dated = duties.iter().filter_map(|duty| Some((duty, duty.by?)));
    dated
        .map(|(duty, by)| {
            let subject = if duty.title.is_empty() {
                duty.act()
            } else {
                format!("{} {}", duty.act(), duty.title)
            };
            let (date, summary) = if by < today {
                (today, format!("Overdue since {by}: {subject}"))
            } else {
                (by, subject)
            };
            let command = duty.command_of(person).map(|it| format!("\n{}", visible(&it)));
            let hash = Fingerprint::of(&(&duty.what, &duty.id, person)).short(12);
            Appointment {
                uid: visible(&format!("{}-{hash}@{workspace}", duty.kind.word())).into_owned(),
                date,
                summary: visible(&summary).into_owned(),
                description: format!("{}{}", visible(&duty.why), command.unwrap_or_default()),
            }
        })
        .collect()
}

/// Returns the text of a letter.
fn text(
    corpus: &Corpus,
    person: &Person,
    duties: &[&Duty],
    (today, within): (Date, u16),
) -> String {
    let organisation = visible(&corpus.settings.organisation.name);
    let day = today.strftime("%-d %B %Y");
    let mut text = format!("Hello {},\n\n", visible(&person.name));
    let intro = format!(
        "this needs you at {organisation}, as of {day}, looking {within} days ahead: {}.",
        sum(duties, today)
    );
    text.push_str(&hanging(&intro, 0, WIDTH));
    for duty in duties {
        let when = match duty.by {
            Some(by) if duty.is_overdue() => {
                format!("OVERDUE since {by} ({})", relative(by, today))
            }
            Some(by) => format!("By {by} ({})", relative(by, today)),
            None => "No day set".to_owned(),
        };
        let subject = format!("{} {}", duty.act(), duty.title);
        let _ = write!(text, "\n{when}\n  {}", hanging(&visible(&subject), 2, WIDTH));
        let _ = write!(text, "  {}", hanging(&visible(&duty.why), 2, WIDTH));
        if let Some(command) = duty.command_of(person.id.value.as_str()) {
            // A command stays in one line, so that it can be copied.
            let _ = writeln!(text, "  $ {}", visible(&command));
        }
    }
    if let Some(url) = &corpus.settings.handbook_url {
        let _ = write!(text, "\nHandbook: {}\n", visible(url));
    }
    text
}

/// Makes a folder hold exactly some files. Only files that an earlier run wrote are removed; a folder
/// with anything in it that none wrote is refused, as are links.
fn write(folder: &Path, files: &BTreeMap<String, String>) -> Result<(), Failure> {
    let foreign = |path: &Path| {
        Failure::new(format!(
            "`{}` holds something that `avouch remind` did not write",
            path.display()
        ))
        .help("name a new or empty folder with `--out`")
    };
    let failed = |action, path: &Path, cause: &io::Error| Failure::of_file(action, path, cause);
    let marker = folder.join(MARKER);
    let mut before: Vec<String> = Vec::new();
    match fs::symlink_metadata(folder) {
        Ok(metadata) if !metadata.is_dir() => return Err(foreign(folder)),
        Ok(_) => {
            if fs::symlink_metadata(&marker).is_ok_and(|it| it.is_file()) {
                let text =
                    fs::read_to_string(&marker).map_err(|cause| failed("read", &marker, &cause))?;
                let mut lines = text.lines();
                if lines.next() != Some(FIRST) {
                    return Err(foreign(&marker));
                }
                before.extend(lines.filter(|name| is_ours(name)).map(str::to_owned));
            }
            for entry in fs::read_dir(folder).map_err(|cause| failed("read", folder, &cause))? {
                let entry = entry.map_err(|cause| failed("read", folder, &cause))?;
                let name = entry.file_name().to_string_lossy().into_owned();
                if name != MARKER && !before.contains(&name) {
                    return Err(foreign(&entry.path()));
                }
            }
        }
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder).map_err(|cause| failed("create", folder, &cause))?;
        }
        Err(cause) => return Err(failed("read", folder, &cause)),
    }
    // All names first: whatever fails, the next run knows what is ours.
    let mut names: Vec<&str> = files.keys().map(String::as_str).collect();
    names.extend(before.iter().map(String::as_str));
    names.sort_unstable();
    names.dedup();
    put(&marker, &list(&names))?;
    for name in before.iter().filter(|name| !files.contains_key(*name)) {
        remove(&folder.join(name))?;
    }
    for (name, text) in files {
        put(&folder.join(name), text)?;
    }
    put(&marker, &list(&files.keys().map(String::as_str).collect::<Vec<_>>()))
}

fn list(names: &[&str]) -> String {
    let lines = names.iter().map(|name| format!("{name}\n"));
    format!("{FIRST}\n{}", lines.collect::<String>())
}

/// Returns whether a name is one that we give: an id and an ending.
fn is_ours(name: &str) -> bool {
    let stem = name.strip_suffix(".ics").or_else(|| name.strip_suffix(".eml"));
    stem.is_some_and(|stem| crate::model::id::Id::parse(stem).is_some())
}

fn remove(path: &Path) -> Result<(), Failure> {
    match fs::remove_file(path) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            Err(Failure::of_file("remove", path, &cause))
        }
        _ => Ok(()),
    }
}

/// Writes a file anew, so that a link in its place is not followed.
fn put(path: &Path, text: &str) -> Result<(), Failure> {
    remove(path)?;
    let mut file =
        fs::File::create_new(path).map_err(|cause| Failure::of_file("create", path, &cause))?;
    file.write_all(text.as_bytes()).map_err(|cause| Failure::of_file("write", path, &cause))
}
