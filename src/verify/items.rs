//! What is to be said of controls, records of registers, mappings and exclusions that somebody
//! approved or that a rule names.

use jiff::civil::Date;
use serde::Serialize;

use super::evidence::Evidence;
use super::later::Later;
use crate::model::item::{ItemStanding, ItemState};

/// An item that people govern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// What rules of approval call its kind.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its file.
    pub path: String,
    /// `approved` as it stands, `awaiting` its day, `changed` since, or `unapproved`.
    pub state: &'static str,
    /// The digest of what was approved last.
    pub digest: Option<String>,
    /// The first day on which that counts.
    pub since: Option<String>,
    /// The weakest way in which an approval was given that it needed.
    pub method: Option<&'static str>,
    /// Whether every approval that it needed was seen by somebody outside.
    pub is_witnessed: bool,
    /// Whether it has changed since it was approved.
    pub is_changed: bool,
    /// Whether a rule wants it to be approved as it stands, and it is neither that nor closed.
    pub is_missing: bool,
    /// Where it was approved only in an emergency: the day, now past, by which the full approval was
    /// due.
    pub full_by: Option<String>,
    /// The day of the first record of it as it stands, where that is later than the day for which the
    /// report holds.
    pub not_yet: Option<String>,
}

/// Returns all of them in the order of their ids.
pub(super) fn items(evidence: &Evidence<'_>, later: &Later) -> Vec<Item> {
    evidence.assessment.items.values().map(|it| item(evidence, later, it)).collect()
}

fn item(evidence: &Evidence<'_>, later: &Later, standing: &ItemStanding) -> Item {
    let facts = evidence.corpus.item_facts(standing.item);
    let state = standing.state();
    let approved = standing.approved();
    let is_past = |day: &Date| *day < evidence.assessment.today;
    let full_by = approved.and_then(|it| it.full_by).filter(is_past);
    let not_yet = later.text(&facts.id, standing.digest);
    let is_approved = matches!(state, ItemState::Approved | ItemState::Awaiting);
    Item {
        kind: facts.kind.into_owned(),
        title: facts.title.into_owned(),
        path: facts.place.path.to_string(),
        state: match state {
            ItemState::Unapproved => "unapproved",
            ItemState::Awaiting => "awaiting",
            ItemState::Approved => "approved",
            ItemState::Changed => "changed",
        },
        digest: approved.and_then(|it| it.digest).map(|it| it.to_string()),
        since: approved.map(|it| it.effective.to_string()),
        method: approved.map(|it| it.method.word()),
        is_witnessed: approved.is_some_and(|it| it.is_witnessed),
        is_changed: state == ItemState::Changed,
        is_missing: standing.is_governed
            && !facts.is_closed
            && not_yet.is_none()
            && (!is_approved || full_by.is_some()),
        full_by: full_by.map(|it| it.to_string()),
        not_yet: not_yet.map(|it| it.to_string()),
        id: facts.id,
    }
}
