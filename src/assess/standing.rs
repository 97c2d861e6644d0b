//! Where a document stands on a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::assessment::{Lifecycle, ReviewState, Standing};
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::link::Target;
use crate::signature::Digest;
use crate::signature::canonical::Canonical;
use crate::workspace::Snapshot;

/// Judges one document.
pub(super) fn of(corpus: &Corpus, snapshot: &Snapshot, index: usize, today: Date) -> Standing {
    let document = &corpus.documents[index];
    if !document.kind.is_governed() {
        return Standing {
            lifecycle: Lifecycle::Ungoverned,
            review: ReviewState::None,
            proposed_change: false,
            last_reviewed: document.last_reviewed.as_ref().map(|date| date.value),
            is_claimed: true,
            next_review: None,
            digest: Digest::OF_NOTHING,
        };
    }
    let digest = digest(corpus, snapshot, index);
    let recorded = recorded_review(document, today);
    let lifecycle = lifecycle(document, today);
    let typed = document.last_reviewed.as_ref().map(|date| date.value);
    let last_reviewed = recorded.or(typed);
    let cycle =
        document.review_cycle.as_ref().map_or(corpus.settings.review_cycle, |cycle| cycle.value);
    let next_review = match lifecycle {
        Lifecycle::InForce | Lifecycle::Awaiting => last_reviewed.map(|date| cycle.after(date)),
        Lifecycle::Draft | Lifecycle::Superseded | Lifecycle::Retired | Lifecycle::Ungoverned => {
            None
        }
    };
    let review = match next_review {
        None => ReviewState::None,
        Some(next) if next < today => ReviewState::Overdue,
        Some(next) if corpus.settings.due_soon.before(next) <= today => ReviewState::DueSoon,
        Some(_) => ReviewState::Current,
    };
    let proposed_change = document
        .approvals
        .iter()
        .filter_map(|approval| approval.digest.as_ref())
        .any(|approved| approved.value != digest.to_string());
    Standing {
        lifecycle,
        review,
        proposed_change,
        last_reviewed,
        is_claimed: recorded.is_none(),
        next_review,
        digest,
    }
}

fn lifecycle(document: &Document, today: Date) -> Lifecycle {
    if document.retired_on.as_ref().is_some_and(|date| date.value <= today) {
        let is_superseded = document.superseded_by.is_some();
        return if is_superseded { Lifecycle::Superseded } else { Lifecycle::Retired };
    }
    let is_approved = document
        .approvals
        .iter()
        .any(|approval| approval.on.as_ref().is_some_and(|on| on.value <= today));
    match (is_approved, document.effective_date.as_ref()) {
        (false, _) => Lifecycle::Draft,
        (true, Some(effective)) if effective.value > today => Lifecycle::Awaiting,
        (true, _) => Lifecycle::InForce,
    }
}

/// Returns the day of the last approval or review that is recorded and not in the future.
fn recorded_review(document: &Document, today: Date) -> Option<Date> {
    document.readings().map(|date| date.value).filter(|date| *date <= today).max()
}

/// Computes digest v1 of the text as it stands.
fn digest(corpus: &Corpus, snapshot: &Snapshot, index: usize) -> Digest {
    let document = &corpus.documents[index];
    let body = snapshot.body(document);
    let variables: BTreeMap<String, Canonical> = document
        .outline
        .variables
        .iter()
        .map(|variable| {
            let value = corpus
                .fact(&variable.name.path)
                .map_or(Canonical::Null, |fact| Canonical::Text(fact.text.clone()));
            (variable.name.path.clone(), value)
        })
        .collect();
    let files: BTreeMap<String, Canonical> = corpus.links[index]
        .iter()
        .filter_map(|link| match &link.target {
            Target::Asset(path) => Some(path),
            _ => None,
        })
        .filter_map(|path| {
            let hash = Digest::of_sha256(snapshot.get(path)?.sha256()).hex();
            Some((path.clone(), Canonical::Text(hash)))
        })
        .collect();
    Digest::of_document(&document.canonical, body, &variables, &files)
}
