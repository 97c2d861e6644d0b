//! What an act is about, as people name it on the command line, and how it is shown to them.

use std::fmt::Write as _;

use anstyle::Style;

use super::Failure;
use super::approve::document;
use super::gather::Gathered;
use super::terminal::{Stream, Terminal};
use crate::diagnostic::nearest_name;
use crate::diagnostic::render::visible;
use crate::enact::Matter;
use crate::model::corpus::Corpus;
use crate::model::item::{Item, ItemState};
use crate::pipeline::{self, Checked};
use crate::redline::{Redline, Text, editorial, terminal as printed};
use crate::signature::canonical::{EXCLUSION, MAPPING};
use crate::signature::{Act, Change, Decision, Digest};

const BOLD: Style = Style::new().bold();

/// Finds documents by id or path, and items by id, each once.
pub(super) fn matters(checked: &Checked, names: &[String]) -> Result<Vec<Matter>, Failure> {
    let corpus = &checked.corpus;
    let mut found = Vec::new();
    for name in names {
        let matter = match corpus.item(name) {
            Some(item) => {
                refuse_faulty(checked, item)?;
                Matter::Item(item)
            }
            None => match document(checked, name)? {
                Some(number) => Matter::Document(number),
                None => return Err(unknown(corpus, name)),
            },
        };
        if !found.contains(&matter) {
            found.push(matter);
        }
    }
    Ok(found)
}

/// Says what somebody may have meant who named nothing that there is.
fn unknown(corpus: &Corpus, name: &str) -> Failure {
    let failure =
        Failure::new(format!("there is nothing `{}` to approve or review", visible(name)));
    if let Some(framework) = corpus.framework(name) {
        return failure.help(format!(
            "`{MAPPING}:{id}` is what is mapped to {}; name one exclusion `{EXCLUSION}:{id}:REQUIREMENT`",
            framework.short_title,
            id = framework.id
        ));
    }
    let documents = corpus.documents.iter().filter(|it| it.kind.is_governed());
    let mut ids: Vec<String> = documents.map(|it| it.id.value.to_string()).collect();
    ids.extend(corpus.items().map(|item| corpus.item_facts(item).id));
    match nearest_name(name, ids.iter().map(String::as_str)) {
        Some(nearest) => failure.help(format!("did you mean `{nearest}`?")),
        None => failure.help(format!(
            "name documents, controls and records of registers by their ids, or `{MAPPING}:FRAMEWORK`"
        )),
    }
}

/// Refuses an item in whose files something is wrong: what is shown could be less than what stands
/// there.
fn refuse_faulty(checked: &Checked, item: Item) -> Result<(), Failure> {
    let corpus = &checked.corpus;
    let facts = corpus.item_facts(item);
    let is_of_item = |path: &str| match item {
        Item::Mapping(_) => {
            corpus.controls.iter().any(|it| *it.place.path == *path)
                || corpus.documents.iter().any(|it| *it.path == *path)
        }
        Item::Control(_) | Item::Record(..) | Item::Exclusion(_) => *facts.place.path == *path,
    };
    let mut errors = checked.diagnostics.iter().filter(|it| it.is_error());
    let Some(error) = errors.find(|it| is_of_item(&it.place.path)) else { return Ok(()) };
    let message = format!("the file of `{}` has errors: {}", facts.id, error.message);
    Err(Failure::new(message).help("mend what `avouch check` tells first"))
}

/// Shows what an act is about: what changed since it was approved, else all of it.
pub(super) fn show(
    gathered: &Gathered,
    checked: &Checked,
    matter: Matter,
    (decision, change): (Decision, Change),
    terminal: Terminal,
) -> Result<(), Failure> {
    let shown = shown(gathered, checked, matter);
    let Shown { id, title, line, old, new, keys } = &shown;
    let mut head = format!("\n{BOLD}{id} {}{BOLD:#}\n", visible(title));
    // Writing to a string cannot fail.
    let _ = writeln!(head, "{}", visible(line));
    terminal.data(&head)?;
    let redline = Redline::new(old, new);
    if change == Change::Editorial && decision.act() == Act::Approval {
        refuse_material(&checked.corpus, &redline, id)?;
    }
    let options = printed::Options {
        width: Stream::Data.width().unwrap_or(100),
        colours: terminal.has_colour(Stream::Data),
        context: 1,
        keys,
    };
    terminal.data(&printed::print(&redline, options))
}

/// What is shown of a matter.
struct Shown {
    id: String,
    title: String,
    /// What it is compared with.
    line: String,
    old: Text,
    new: Text,
    /// What its keys and values are called.
    keys: &'static str,
}

fn shown(gathered: &Gathered, checked: &Checked, matter: Matter) -> Shown {
    let Checked { corpus, assessment, .. } = checked;
    let inputs = &gathered.inputs;
    let (id, title, noun, new) = match matter {
        Matter::Document(number) => {
            let it = &corpus.documents[number];
            let title = corpus.filled(&it.title.value).into_owned();
            let new = pipeline::text(corpus, &inputs.snapshot, number);
            (it.id.value.to_string(), title, "text", new)
        }
        Matter::Item(item) => {
            let facts = corpus.item_facts(item);
            let title = corpus.filled(&facts.title).into_owned();
            (facts.id, title, "entry", pipeline::item_text(corpus, item))
        }
    };
    let keys = match matter {
        Matter::Document(_) => printed::Options::default().keys,
        Matter::Item(Item::Mapping(_)) => "Mapping",
        Matter::Item(_) => "Entry",
    };
    let now = matter.digest(corpus, assessment);
    let past = |digest: Digest| match matter {
        Matter::Document(number) => pipeline::past_text(inputs, corpus, number, digest),
        Matter::Item(item) => pipeline::past_item_text(inputs, corpus, item, digest),
    };
    let approved = assessment.records.subject(&id).and_then(|records| records.approved.last());
    let (line, old) = match approved {
        None => {
            let what = match matter {
                Matter::Document(_) => "a text of it",
                Matter::Item(_) => "it",
            };
            (format!("Nobody has approved {what} yet; all of it is new."), None)
        }
        Some(text) if text.digest.is_none() || text.digest == now => {
            (format!("The {noun} is the one that was approved."), Some(new.clone()))
        }
        Some(text) => match past(text.digest.unwrap_or(Digest::OF_NOTHING)) {
            Ok(old) => {
                let version = text.version.as_ref().map(|it| format!("version {it}, "));
                let version = match (version, matter) {
                    (None, Matter::Document(_)) => "version without a number, ".to_owned(),
                    (version, _) => version.unwrap_or_else(|| "the one ".to_owned()),
                };
                (format!("Since {version}approved on {}:", text.on), Some(old))
            }
            Err(reason) => (
                format!(
                    "The {noun} that was approved on {} cannot be shown: {reason}. All of this \
                     {noun} is shown as new.",
                    text.on
                ),
                None,
            ),
        },
    };
    Shown { id, title, line, old: old.unwrap_or_default(), new, keys }
}

/// Refuses to call a change editorial that looks as if it changed what is demanded.
fn refuse_material(corpus: &Corpus, redline: &Redline, id: &str) -> Result<(), Failure> {
    let roles =
        corpus.roles.iter().flat_map(|role| [role.id.value.to_string(), role.title.clone()]);
    let people = corpus.people.iter().flat_map(|it| [it.id.value.to_string(), it.name.clone()]);
    let roles: Vec<String> = roles.chain(people).collect();
    let options = editorial::Options { languages: &[], roles: &roles };
    let signs = editorial::looks_material(redline, &options);
    let Some(sign) = signs.first() else { return Ok(()) };
    let message = format!("the change of `{id}` is not only editorial: {}", sign.reason.words());
    Err(Failure::new(message).help("leave `--editorial` out, or take that part of the change back"))
}

/// Says how far approvals of a matter have come; nothing where it is gone.
pub(super) fn state(checked: &Checked, id: &str) -> Option<String> {
    let Checked { corpus, assessment, .. } = checked;
    Some(match Matter::find(corpus, id)? {
        Matter::Document(number) => {
            let standing = &assessment.documents[number];
            if standing.is_text_in_force {
                "in force".to_owned()
            } else if let Some(text) = &standing.awaiting {
                format!("approved, in force from {}", text.effective)
            } else {
                "not approved yet: more approvals are needed".to_owned()
            }
        }
        Matter::Item(_) => {
            let standing = assessment.items.get(&id.to_ascii_lowercase())?;
            match (standing.state(), &standing.awaiting) {
                (ItemState::Approved, _) => "approved as it stands".to_owned(),
                (ItemState::Awaiting, Some(text)) => {
                    format!("approved, counts from {}", text.effective)
                }
                (ItemState::Changed | ItemState::Unapproved | ItemState::Awaiting, _) => {
                    "not approved yet as it stands: more approvals are needed".to_owned()
                }
            }
        }
    })
}
