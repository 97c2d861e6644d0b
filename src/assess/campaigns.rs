//! How far campaigns are.

use crate::model::assessment::{Assessment, Lifecycle};
use crate::model::campaign::{Campaign, Closing, Deed, KIND, Outcome, Progress, Scoped};
use crate::model::corpus::Corpus;
use crate::model::judgement::{Endorsement, SubjectRecords};
use crate::signature::ring::Method;
use crate::signature::{Decision, Digest};

/// Returns the key under which what was done with a campaign stands among the subjects of records. No
/// id of a document has a colon.
#[must_use]
pub fn subject_key(name: &str) -> String {
    format!("{KIND}:{name}")
}

/// Works out how far a campaign is: from reviews and approvals since it began that count and that
/// somebody signed or that other proof stands for. A line on the word of whoever wrote it does not count.
#[must_use]
pub fn progress(corpus: &Corpus, assessment: &Assessment, campaign: &Campaign) -> Progress {
    let outcomes = campaign.documents.iter();
    let outcomes = outcomes.map(|it| outcome(corpus, assessment, campaign, it)).collect();
    Progress { outcomes, closing: closing(assessment, campaign) }
}

fn outcome(
    corpus: &Corpus,
    assessment: &Assessment,
    campaign: &Campaign,
    scoped: &Scoped,
) -> Outcome {
    let Some((number, document)) = corpus.document_by_id(&scoped.id.value) else {
        return Outcome::Gone;
    };
    let standing = &assessment.documents[number as usize];
    if matches!(standing.lifecycle, Lifecycle::Retired | Lifecycle::Superseded) {
        let typed = document.retired_on.as_ref().map(|date| date.value);
        return Outcome::Retired(standing.in_force.as_ref().and_then(|it| it.retired).or(typed));
    }
    let nothing = SubjectRecords::default();
    let records = assessment.records.subject(&scoped.id.value).unwrap_or(&nothing);
    let counts = |it: &&Endorsement| {
        it.obstacle.is_none() && it.on >= campaign.started_on && it.method != Method::Recorded
    };
    let deed = |it: &Endorsement| Deed {
        by: it.by.clone(),
        on: it.on,
        is_witnessed: it.witnessed.is_some(),
    };
    let changed = records.approved.iter().rfind(|text| {
        text.on >= campaign.started_on
            && text.digest.is_some_and(|digest| digest != scoped.digest)
            && text.full_by.is_none()
    });
    if let Some(text) = changed {
        let last = records.decisions.iter().filter(counts).rfind(|it| {
            it.digest == text.digest && it.decision == Decision::Approve && it.on <= text.on
        });
        if let Some(last) = last {
            return Outcome::Changed { deed: deed(last), version: text.version.clone() };
        }
    }
    let is_of_text = |it: &&Endorsement| it.digest == Some(scoped.digest);
    let review = records.reviews.iter().filter(counts).rfind(is_of_text);
    review.map_or(Outcome::Open, |it| Outcome::Reviewed(deed(it)))
}

fn closing(assessment: &Assessment, campaign: &Campaign) -> Closing {
    let records = assessment.records.subject(&subject_key(campaign.name.as_str()));
    let approved = records.and_then(|it| it.approved.last());
    let Some(bytes) = &campaign.closing else {
        return if approved.is_some() { Closing::Altered } else { Closing::Open };
    };
    let digest = Digest::of_bytes(bytes);
    let nothing = SubjectRecords::default();
    let records = records.unwrap_or(&nothing);
    let is_it = |it: &Option<Digest>| *it == Some(digest);
    if !records.approved.iter().any(|text| is_it(&text.digest)) {
        let is_other_signed = records.decisions.iter().any(|it| !is_it(&it.digest));
        return if is_other_signed { Closing::Altered } else { Closing::Unsigned };
    }
    let last = records.decisions.iter().rfind(|it| is_it(&it.digest) && it.obstacle.is_none());
    last.map_or(Closing::Unsigned, |it| {
        Closing::Closed(Deed { by: it.by.clone(), on: it.on, is_witnessed: it.witnessed.is_some() })
    })
}
