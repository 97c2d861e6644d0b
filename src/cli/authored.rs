//! Who wrote what is approved: said in the statement, and told before anybody signs.

use std::collections::BTreeSet;

use super::Failure;
use super::gather::Gathered;
use crate::enact::{self, Authors, Matter};
use crate::pipeline::{self, Checked, Writers};
use crate::signature::Statement;
use crate::workspace::history::{Extent, Identity};

/// Adds to each subject the people whose commits changed its text since the one that was approved
/// before, and returns what the approver is told about authors.
pub(super) fn name_authors(
    gathered: &Gathered,
    checked: &Checked,
    matters: &[Matter],
    statement: &mut Statement,
) -> Result<Vec<String>, Failure> {
    let mut notes = Vec::new();
    for (number, matter) in matters.iter().enumerate() {
        let Matter::Document(document) = matter else { continue };
        let Some(subject) = statement.subjects.get(number) else { continue };
        let (id, previous) = (subject.id.clone(), subject.previous);
        let stated: BTreeSet<String> = subject.authors.iter().cloned().collect();
        match pipeline::writers(&gathered.inputs, &checked.corpus, *document, previous) {
            Err(reason) => notes.push(format!(
                "warning: who wrote `{id}` cannot be read from the history: {reason}"
            )),
            Ok(writers) => {
                let may =
                    enact::authors_may_approve(&checked.corpus, &checked.assessment, *document);
                refuse_uncommitted(&id, &writers, may || !statement.decision.is_approval())?;
                let found = enact::authors(&checked.corpus, &writers.found);
                notes.extend(told(&id, &writers, &found, &stated));
                enact::add_authors(statement, number, &found.people)?;
            }
        }
        if statement.decision.is_approval() {
            let may = enact::authors_may_approve(&checked.corpus, &checked.assessment, *document);
            notes.extend(own_text(statement, number, may));
        }
    }
    Ok(notes)
}

/// Refuses a text that nobody has committed where authors may not approve: its last author would be
/// nobody.
fn refuse_uncommitted(id: &str, writers: &Writers, may: bool) -> Result<(), Failure> {
    let has_history = !matches!(writers.extent, Extent::NoRepository | Extent::NoCommit);
    if may || writers.is_committed || !has_history {
        return Ok(());
    }
    let message =
        format!("`{id}` has changes that are not committed, so nobody knows who made them");
    Err(Failure::new(message).help(
        "commit them first: authors may not approve their own text, unless a rule says \
         `authors_may_approve: true`",
    ))
}

/// Says what the history says of authors, and what it cannot say.
fn told(id: &str, writers: &Writers, found: &Authors, stated: &BTreeSet<String>) -> Vec<String> {
    let mut notes = Vec::new();
    let new: Vec<&str> = found.people.difference(stated).map(String::as_str).collect();
    if !new.is_empty() {
        let names = new.join(", ");
        notes.push(format!("note: commits name as authors of `{id}` besides: {names}"));
    }
    if !found.unknown.is_empty() {
        let identity = |it: &Identity| format!("{} <{}>", it.name, it.email);
        let names: Vec<String> = found.unknown.iter().map(identity).collect();
        notes.push(format!(
            "warning: commits of `{id}` name authors whom `content/people.yaml` does not have: {}",
            names.join(", ")
        ));
    }
    if let Some(reason) = &writers.lost {
        notes.push(format!(
            "note: all commits of `{id}` count, since the text approved before was not found: {reason}"
        ));
    }
    match writers.extent {
        Extent::Whole | Extent::Partial | Extent::NoRepository | Extent::NoCommit => {}
        Extent::Shallow | Extent::Grafted => notes.push(format!(
            "warning: who wrote `{id}` may not be all that is known: {}",
            writers.extent
        )),
    }
    let has_history = !matches!(writers.extent, Extent::NoRepository | Extent::NoCommit);
    if has_history && !writers.is_committed {
        notes.push(format!(
            "note: `{id}` has changes that are not committed, and nothing says who made them"
        ));
    }
    notes
}

/// Tells an approver who wrote the text, or whose role was lent by somebody who did.
fn own_text(statement: &Statement, number: usize, may: bool) -> Option<String> {
    let subject = statement.subjects.get(number)?;
    let people = [Some(&statement.by), statement.on_behalf_of.as_ref()];
    let author = people.into_iter().flatten().find(|it| subject.authors.contains(it))?;
    let id = &subject.id;
    Some(if may {
        format!(
            "note: `{author}` is an author of `{id}`; the rule of approval lets authors approve"
        )
    } else {
        format!(
            "warning: `{author}` is an author of `{id}`, and the rule of approval keeps authors and \
             approvers apart: this approval will not count (`approver-is-author`)"
        )
    })
}
