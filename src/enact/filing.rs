//! A signed statement as changes of files.

use super::Refusal;
use crate::amend::replace::Change;
use crate::amend::{Spot, Value, append, append_taken, in_front_matter, take};
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::record::{RECORDS, STATEMENTS};
use crate::parse::yaml::Node;
use crate::signature::{Act, Decision, Digest, Statement};
use crate::span::FilePath;
use crate::workspace::Snapshot;

/// Returns the changes that file a signed statement: its signature, itself, lines of earlier versions
/// that move out of the way, and a line in each document. Of a control, a record of a register, a mapping
/// or an exclusion the statement is the only record: nothing is written into its file.
///
/// # Errors
///
/// Refuses files that cannot be changed without touching something else in them.
pub fn filed(
    corpus: &Corpus,
    snapshot: &Snapshot,
    statement: &Statement,
    armour: &str,
) -> Result<Vec<Change>, Refusal> {
    let name = statement.name();
    // What stands there already, after an act that was cut off, is left as it is.
    let new = |path: String, bytes: &str| Change {
        expected: snapshot
            .get(&path)
            .map(|it| it.bytes().to_vec())
            .filter(|it| it == bytes.as_bytes()),
        path: path.into(),
        new: Some(bytes.as_bytes().to_vec()),
    };
    // The signature first: a statement without one would be a fault.
    let mut changes = vec![
        new(format!("{STATEMENTS}/{name}.txt.sig"), armour),
        new(format!("{STATEMENTS}/{name}.txt"), &statement.to_string()),
    ];
    let key = match (statement.decision.act(), statement.decision) {
        (Act::Approval, decision) if decision.is_approval() => "approvals",
        (Act::Review, _) => "reviews",
        _ => return Ok(changes),
    };
    for subject in &statement.subjects {
        let Some((_, document)) = corpus.document_by_id(&subject.id) else { continue };
        let approvals = document.approvals.iter().map(|it| &it.proof);
        let mut proofs = approvals.chain(document.reviews.iter().map(|it| &it.proof));
        if proofs.any(|proof| proof.statement.as_ref().is_some_and(|it| it.value == name)) {
            continue;
        }
        let line = line(statement, &name, subject.digest);
        changes.extend(with_row(document, snapshot, subject.digest, (key, &line))?);
    }
    Ok(changes)
}

/// Returns the changes that put a line under `approvals` of a document which no statement stands
/// behind. `digest` is that of the text.
///
/// # Errors
///
/// Refuses files that cannot be changed without touching something else in them.
pub fn recorded(
    document: &Document,
    snapshot: &Snapshot,
    digest: Digest,
    row: &[(&str, Value)],
) -> Result<Vec<Change>, Refusal> {
    with_row(document, snapshot, digest, ("approvals", row))
}

/// Puts a line into a list of a document, and moves lines of earlier versions out of it.
fn with_row(
    document: &Document,
    snapshot: &Snapshot,
    digest: Digest,
    (key, row): (&str, &[(&str, Value)]),
) -> Result<Vec<Change>, Refusal> {
    let path = &document.path;
    let Some(file) = snapshot.get(path) else { return Ok(Vec::new()) };
    let bytes = file.bytes();
    let text =
        std::str::from_utf8(bytes).map_err(|_| Refusal::new(format!("`{path}` is not UTF-8")))?;
    let mut taken = Vec::new();
    let written = in_front_matter(text, |head| {
        let mut head = head.to_owned();
        for list in ["approvals", "reviews"] {
            if key == "approvals" {
                let is_of_earlier = |row: &Node| names_other_text(row, digest);
                let (rest, rows) = take(&head, Spot::top(list), is_of_earlier)?;
                head = rest;
                taken.extend(rows.into_iter().map(|row| (list, row)));
            }
        }
        append(&head, Spot::top(key), row)
    });
    let written = written.map_err(|refusal| Refusal::of_file(path, &refusal))?;
    let mut changes = Vec::new();
    if !taken.is_empty() {
        let id = &document.id.value;
        let path = format!("{RECORDS}/{id}.yaml");
        let before = snapshot.get(&path).map(|file| file.bytes().to_vec());
        let mut text = match before.as_deref() {
            Some(bytes) => String::from_utf8(bytes.to_vec())
                .map_err(|_| Refusal::new(format!("`{path}` is not UTF-8")))?,
            None => format!(
                "# Approvals and reviews of earlier versions of {id}, moved here by `avouch approve`.\n"
            ),
        };
        for (list, row) in taken {
            text = append_taken(&text, Spot::top(list), &row)
                .map_err(|refusal| Refusal::of_file(&path, &refusal))?;
        }
        changes.push(Change { path: path.into(), expected: before, new: Some(text.into_bytes()) });
    }
    changes.push(Change {
        path: FilePath::clone(path),
        expected: Some(bytes.to_vec()),
        new: Some(written.into_bytes()),
    });
    Ok(changes)
}

/// Returns the line that stands for a statement in the front matter.
fn line<'s>(statement: &'s Statement, name: &str, digest: Digest) -> Vec<(&'s str, Value)> {
    let mut line = vec![("by", Value::text(&statement.by))];
    line.extend(statement.role.as_ref().map(|role| ("role", Value::text(role))));
    line.push(("on", Value::text(statement.decided_on.to_string())));
    line.push(("digest", Value::text(digest.to_string())));
    if statement.decision == Decision::Keep {
        line.push(("considered", Value::List(statement.considered.clone())));
        line.extend(statement.conclusion.as_ref().map(|it| ("conclusion", Value::text(it))));
    }
    line.push(("statement", Value::text(name)));
    line
}

/// Returns whether a line of the front matter names the digest of another text.
fn names_other_text(row: &Node, digest: Digest) -> bool {
    let entry = row.entries().iter().find(|it| it.key.value.eq_ignore_ascii_case("digest"));
    let text = entry.and_then(|entry| entry.value.text());
    text.is_some_and(|text| text.trim() != digest.to_string())
}
