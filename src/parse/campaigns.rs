//! `content/records/campaigns/NAME/campaign.yaml` to [`Campaign`]s.

use super::data::campaign;
use super::description::{Shape, key};
use super::fields::Fields;
use super::sink::Sink;
use crate::model::campaign::{CAMPAIGNS, CLOSING, Campaign, Scoped};
use crate::model::id::Id;
use crate::signature::Digest;
use crate::span::FilePath;
use crate::workspace::Snapshot;

/// Reads a campaign. `name` is the path of the file in `content/records` without its ending.
pub(super) fn read(
    fields: &mut Fields<'_>,
    name: &str,
    snapshot: &Snapshot,
    sink: &mut Sink,
) -> Option<Campaign> {
    let title = fields.text(key("title", "What it is for, in a few words."), sink);
    let due = fields.date(key("due", "The day by which it is to be done."), sink);
    if due.is_none() {
        fields.missing("due", "add the day: `due: 2026-12-15`", sink);
    }
    let started_by = key("started_by", "Who started it: a person of `people.yaml`.");
    let started_by = fields.required_text(started_by, sink);
    let started_on = key("started_on", "The day on which it began. What was done since counts.");
    let started_on = fields.date(started_on, sink);
    if started_on.is_none() {
        fields.missing("started_on", "add the day: `started_on: 2026-11-16`", sink);
    }
    let documents = key("documents", "What is to be reviewed: the texts in force at the start.");
    let documents = fields.list(documents, "document", sink, scoped);
    let name = campaign(name).and_then(Id::parse);
    if name.is_none() && campaign_folder(sink.path()).is_some() {
        let message = "the folder of a campaign has a name of ASCII letters, digits, `-`, `_`, `.`";
        sink.invalid(fields.span(), message);
    }
    let name = name?;
    let closing = snapshot.get(&format!("{CAMPAIGNS}/{name}/{CLOSING}"));
    Some(Campaign {
        path: FilePath::clone(sink.path()),
        title: title.map(|title| title.value),
        due: due?.value,
        started_by: started_by?,
        started_on: started_on?.value,
        documents,
        closing: closing.map(|file| file.bytes().to_vec()),
        name,
    })
}

/// Returns what follows the folder of campaigns in a path.
fn campaign_folder(path: &str) -> Option<&str> {
    path.strip_prefix(CAMPAIGNS)?.strip_prefix('/')
}

fn scoped(fields: &mut Fields<'_>, sink: &mut Sink) -> Option<Scoped> {
    let id = fields.required_text(key("id", "The id of the document."), sink);
    let version = fields.text(key("version", "The version that was in force."), sink);
    let digest = key("digest", "The digest of the text that was in force.");
    let shape = Shape::Pattern("digest", "^sha256:[0-9a-f]{64}$");
    let digest = fields.required_text_of(digest, shape, sink);
    let reviewers = key("reviewers", "Who is to review it: people of `people.yaml`.");
    let reviewers = fields.texts(reviewers, sink).into_iter().map(|it| it.value).collect();
    let digest = digest?;
    let Some(parsed) = Digest::parse(&digest.value) else {
        sink.invalid(digest.span, "this is no digest: `sha256:` and 64 digits from 0 to f");
        return None;
    };
    let place = sink.place(fields.span());
    let version = version.map(|version| version.value);
    Some(Scoped { id: id?, version, digest: parsed, reviewers, place })
}

/// Returns whether a Markdown file is a packet of a campaign: what a reviewer is given, which is made
/// from the rest and read by nobody but people.
pub(super) fn is_packet(path: &str) -> bool {
    campaign_folder(path).is_some_and(|rest| {
        let parts: Vec<&str> = rest.split('/').collect();
        matches!(parts.as_slice(), [_, "packets", _])
    })
}
