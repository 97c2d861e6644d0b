//! Where a document stands on a day.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::assessment::{Lifecycle, ReviewState, Standing};
use crate::model::corpus::Corpus;
use crate::model::document::Document;
use crate::model::judgement::{ApprovedText, Judgements, SubjectRecords};
use crate::model::link::Target;
use crate::model::shown::Shown;
use crate::signature::Digest;
use crate::signature::canonical::{self, Canonical};
use crate::workspace::Snapshot;

/// Judges one document, whose text as it is shown has a digest.
pub(super) fn of(
    corpus: &Corpus,
    judgements: &Judgements,
    index: usize,
    (digest, shown): (Digest, Option<&Shown>),
    today: Date,
) -> Standing {
    let document = &corpus.documents[index];
    if !document.kind.is_governed() {
        return Standing {
            lifecycle: Lifecycle::Ungoverned,
            last_reviewed: document.last_reviewed.as_ref().map(|date| date.value),
            ..Standing::default()
        };
    }
    let nothing = SubjectRecords::default();
    let records = judgements.subject(document.id.value.as_str()).unwrap_or(&nothing);
    let in_force = in_force(records, today);
    let awaiting = records.approved.last().filter(|text| text.effective > today);
    let is_text_in_force = in_force.is_some_and(|text| text.digest.is_none_or(|it| it == digest));
    let lifecycle = lifecycle(document, in_force, awaiting, is_text_in_force, today);
    let recorded = in_force.or(awaiting).and_then(|text| last_reviewed(records, text, today));
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
    let settings = &corpus.settings;
    let grace = |date: Date| settings.review_grace.map_or(date, |grace| grace.after(date));
    let review = match next_review {
        None => ReviewState::None,
        Some(next) if grace(next) < today => ReviewState::Overdue,
        Some(next) if settings.due_soon.before(next) <= today => ReviewState::DueSoon,
        Some(_) => ReviewState::Current,
    };
    Standing {
        lifecycle,
        review,
        proposed_change: shown.is_some()
            || !is_text_in_force && in_force.is_some()
            || awaiting.is_some_and(|text| text.digest.is_some_and(|it| it != digest)),
        is_text_in_force,
        last_reviewed,
        is_claimed: recorded.is_none(),
        next_review,
        digest,
        in_force: in_force.cloned(),
        awaiting: awaiting.cloned(),
        shown: shown.cloned(),
    }
}

/// Returns the newest approved text whose day has come.
pub(super) fn in_force(records: &SubjectRecords, today: Date) -> Option<&ApprovedText> {
    records.approved.iter().rfind(|text| text.effective <= today)
}

fn lifecycle(
    document: &Document,
    in_force: Option<&ApprovedText>,
    awaiting: Option<&ApprovedText>,
    is_text_in_force: bool,
    today: Date,
) -> Lifecycle {
    // Of a text from before statements said so, the file itself says when it was retired.
    let typed = document.retired_on.as_ref().filter(|_| is_text_in_force).map(|date| date.value);
    let retired = in_force.and_then(|text| text.retired.or(typed));
    if retired.is_some_and(|date| date <= today) {
        let is_superseded = !document.superseded_by.is_empty();
        return if is_superseded { Lifecycle::Superseded } else { Lifecycle::Retired };
    }
    match (in_force, awaiting) {
        (Some(_), _) => Lifecycle::InForce,
        (None, Some(_)) => Lifecycle::Awaiting,
        (None, None) => Lifecycle::Draft,
    }
}

/// Returns the day of the last approval or review of the text in force.
fn last_reviewed(records: &SubjectRecords, in_force: &ApprovedText, today: Date) -> Option<Date> {
    let reviews = records.reviews.iter().filter(|review| review.obstacle.is_none());
    let reviews = reviews.map(|review| review.on);
    reviews.chain([in_force.on]).filter(|date| *date <= today).max()
}

/// Computes digest v1 of the text of a document as it stands; that of nothing where nobody approves
/// it.
pub(super) fn digest(corpus: &Corpus, snapshot: &Snapshot, index: usize) -> Digest {
    if !corpus.documents[index].kind.is_governed() {
        return Digest::OF_NOTHING;
    }
    Digest::of_bytes(&form(corpus, snapshot, index))
}

/// Writes the canonical form of the text of a document, whose SHA-256 is its digest.
pub(super) fn form(corpus: &Corpus, snapshot: &Snapshot, index: usize) -> Vec<u8> {
    let document = &corpus.documents[index];
    let body = snapshot.body(document);
    let (variables, files) = dependencies(corpus, snapshot, index);
    let texts = |values: BTreeMap<String, Option<String>>| -> BTreeMap<String, Canonical> {
        let value = |value: Option<String>| value.map_or(Canonical::Null, Canonical::Text);
        values.into_iter().map(|(name, it)| (name, value(it))).collect()
    };
    canonical::form(&document.canonical, body, &texts(variables), &texts(files))
}

/// Names with their values, as far as they have one.
pub(crate) type Values = BTreeMap<String, Option<String>>;

/// Returns what a text depends on besides itself: its variables with their printed values, and the
/// files that it shows or leads to with their SHA-256 in hexadecimal.
pub(crate) fn dependencies(corpus: &Corpus, snapshot: &Snapshot, index: usize) -> (Values, Values) {
    let document = &corpus.documents[index];
    let variables = document.outline.variables.iter().map(|variable| {
        let path = &variable.name.path;
        (path.clone(), corpus.fact(path).map(|fact| fact.text.clone()))
    });
    let files = corpus.links[index].iter().filter_map(|link| match &link.target {
        Target::Asset(path) => {
            let hash = Digest::of_sha256(snapshot.get(path)?.sha256()).hex();
            Some((path.clone(), Some(hash)))
        }
        _ => None,
    });
    (variables.collect(), files.collect())
}
