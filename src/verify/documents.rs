//! What is to be said of texts that people govern.

use jiff::civil::Date;
use serde::Serialize;

use super::evidence::Evidence;
use crate::model::assessment::{Lifecycle, Standing};
use crate::model::judgement::{ApprovedText, Endorsement, Obstacle, SubjectRecords};
use crate::signature::{Decision, Digest};

/// A text that people govern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its file.
    pub path: String,
    /// From draft to retired, in a word.
    pub lifecycle: &'static str,
    /// The version in force.
    pub version: Option<String>,
    /// The digest of the text in force.
    pub digest: Option<String>,
    /// The first day on which it counts.
    pub since: Option<String>,
    /// The weakest way in which an approval was given that it needed.
    pub method: Option<&'static str>,
    /// Whether every approval that it needed was seen by somebody outside.
    pub is_witnessed: bool,
    /// Whether the file holds another text than the one in force.
    pub is_changed: bool,
    /// Why the text in force could not be had.
    pub lost: Option<String>,
    /// What it lacks of what its rule demands, or who decided against it; nothing for a draft on which
    /// nobody decided.
    pub lacks: Option<String>,
}

/// The word for texts that count.
pub(super) const IN_FORCE: &str = "in force";

/// Returns all of them in the order of their ids.
pub(super) fn documents(evidence: &Evidence<'_>) -> Vec<Document> {
    let Evidence { corpus, assessment, lost, .. } = evidence;
    let documents = corpus.documents.iter().zip(&assessment.documents).enumerate();
    let mut found: Vec<Document> = documents
        .filter(|(_, (document, _))| document.kind.is_governed())
        .map(|(index, (document, standing))| {
            let id = document.id.value.as_str();
            let in_force = standing.in_force.as_ref();
            Document {
                id: id.to_owned(),
                title: document.title.value.clone(),
                path: document.path.to_string(),
                lifecycle: lifecycle(standing.lifecycle),
                version: in_force.and_then(|it| it.version.clone()),
                digest: in_force.and_then(|it| it.digest).map(|it| it.to_string()),
                since: in_force.map(|it| it.effective.to_string()),
                method: in_force.map(|it| it.method.word()),
                is_witnessed: in_force.is_some_and(|it| it.is_witnessed),
                is_changed: in_force.is_some() && !standing.is_text_in_force,
                lost: lost.get(&index).cloned(),
                lacks: lacks(evidence, id, standing),
            }
        })
        .collect();
    found.sort_by(|one, other| one.id.cmp(&other.id));
    found
}

fn lifecycle(lifecycle: Lifecycle) -> &'static str {
    match lifecycle {
        Lifecycle::Draft => "draft",
        Lifecycle::Awaiting => "awaiting",
        Lifecycle::InForce => IN_FORCE,
        Lifecycle::Superseded => "superseded",
        Lifecycle::Retired => "retired",
        Lifecycle::Ungoverned => "ungoverned",
    }
}

/// Returns what a text lacks that passes for approved, or on which somebody decided.
fn lacks(evidence: &Evidence<'_>, id: &str, standing: &Standing) -> Option<String> {
    let today: Date = evidence.assessment.today;
    if let Some(ApprovedText { full_by: Some(day), .. }) = &standing.in_force
        && *day < today
    {
        return Some(format!("the full approval was due on {day}"));
    }
    if standing.in_force.is_some() || standing.awaiting.is_some() {
        return None;
    }
    let records = evidence.judgements().subject(id)?;
    let is_refused = |it: &Endorsement| it.obstacle == Some(Obstacle::Method);
    if records.decisions.iter().any(is_refused) {
        return Some("its rule does not admit approvals of the kind that it has".to_owned());
    }
    if standing.lifecycle == Lifecycle::Draft { undecided(records, standing.digest) } else { None }
}

/// Returns why a text is a draft on which somebody decided: of the text as it stands, else of the one
/// on which somebody decided last. Nothing where nobody did.
fn undecided(records: &SubjectRecords, text: Digest) -> Option<String> {
    let decisions = &records.decisions;
    let is_it = |it: &&Endorsement| it.digest.is_none_or(|digest| digest == text);
    let digest = decisions.iter().rfind(is_it).or(decisions.last())?.digest;
    let of_it: Vec<&Endorsement> = decisions.iter().filter(|it| it.digest == digest).collect();
    let against = of_it.iter().enumerate().rev().find_map(|(at, it)| {
        let is_past = of_it[at + 1..].iter().any(|later| {
            later.by == it.by && later.obstacle.is_none() && later.decision.is_approval()
        });
        let what = match it.decision {
            Decision::Withdraw => "withdrawn",
            Decision::Reject => "rejected",
            Decision::RequestChanges => "sent back for changes",
            Decision::Approve
            | Decision::ApproveInEmergency
            | Decision::Keep
            | Decision::Accept
            | Decision::Enrol => return None,
        };
        let counts = it.obstacle.is_none() && !is_past;
        counts.then(|| format!("{what} on {} by {}", it.on, it.by))
    });
    let lacks = || {
        let text = records.unfinished.iter().find(|it| it.digest == digest)?;
        Some(format!("lacks approvals: {}", text.lack.words()))
    };
    against.or_else(lacks)
}
