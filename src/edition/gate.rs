//! Who gets through to the public: decided once, before any value is disclosed.

use std::collections::BTreeSet;

use super::rules::{
    classification_contradicts_disclosure, disclosure_lapsed, restricted_report_public,
};
use crate::diagnostic::Diagnostic;
use crate::model::assessment::{Assessment, Lifecycle, ReviewState};
use crate::model::control::Control;
use crate::model::corpus::Corpus;
use crate::model::disclosure::{Classification, Disclosure};
use crate::model::document::Kind;
use crate::model::item::ItemState;
use crate::model::settings::{Lapsed, Publish, PublishRequires};
use crate::signature::ring::Method;
use crate::workspace::Snapshot;

/// What each document is to the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admission {
    /// Its text may be read.
    Text,
    /// It may be known of; its text is under review.
    UnderReview,
    /// It may be known of.
    Row,
    /// It does not exist.
    Nothing,
}

/// Who gets through: decided once, before any value is disclosed.
pub(super) struct Gate<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) assessment: &'c Assessment,
    pub(super) documents: Vec<Admission>,
    pub(super) controls: BTreeSet<&'c str>,
    pub(super) snapshot: &'c Snapshot,
}

impl<'c> Gate<'c> {
    pub(super) fn new(
        corpus: &'c Corpus,
        assessment: &'c Assessment,
        snapshot: &'c Snapshot,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let documents = (0..corpus.documents.len())
            .map(|index| admit(corpus, assessment, index, diagnostics))
            .collect();
        let shown = corpus.controls.iter().filter(|control| {
            control.disclosure != Disclosure::Withheld
                && is_control_admitted(corpus, assessment, control, diagnostics)
        });
        let controls = shown.map(|control| control.id.value.as_str()).collect();
        Self { corpus, assessment, documents, controls, snapshot }
    }
}

/// Returns whether customers may read of a control: not of one that waits for an approval which a rule
/// demands, or that changed since it was approved, where only what is signed is published.
fn is_control_admitted(
    corpus: &Corpus,
    assessment: &Assessment,
    control: &Control,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    if corpus.settings.publish.requires != PublishRequires::Signed {
        return true;
    }
    let id = &control.id.value;
    let standing = assessment.items.get(&id.as_str().to_ascii_lowercase());
    let Some(standing) = standing else { return true };
    let is_signed = || standing.approved().is_some_and(|it| it.method == Method::Signature);
    let why = match standing.state() {
        ItemState::Approved if is_signed() => return true,
        ItemState::Unapproved if !standing.is_governed => return true,
        ItemState::Approved => "has no signed approval",
        ItemState::Unapproved => "lacks approvals",
        ItemState::Awaiting => "is approved for a later day",
        ItemState::Changed => "changed since it was approved",
    };
    let message = format!("`{id}` {why}, so it does not appear in the trust center");
    let help = format!("have it approved: `avouch approve {id}`");
    let place = control.place.clone();
    diagnostics.push(Diagnostic::new(&disclosure_lapsed::RULE, place, message).help(help));
    false
}

fn admit(
    corpus: &Corpus,
    assessment: &Assessment,
    index: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Admission {
    let document = &corpus.documents[index];
    let standing = &assessment.documents[index];
    let Publish { trust_center: _, requires, lapsed } = &corpus.settings.publish;
    let mut report = |what: String, help: &str| {
        let place = document.head_place(document.disclosure.span);
        diagnostics.push(Diagnostic::new(&disclosure_lapsed::RULE, place, what).help(help));
    };
    let is_public = match document.disclosure.value {
        Disclosure::Withheld => return Admission::Nothing,
        Disclosure::Listed => false,
        Disclosure::Public => true,
    };
    let id = &document.id.value;
    match standing.lifecycle {
        Lifecycle::Ungoverned if document.kind == Kind::Page => {}
        Lifecycle::InForce => {}
        Lifecycle::Draft | Lifecycle::Awaiting => {
            report(
                format!("`{id}` is not in force, so it does not appear in the trust center"),
                "have it approved, or withhold it",
            );
            return Admission::Nothing;
        }
        Lifecycle::Superseded | Lifecycle::Retired | Lifecycle::Ungoverned => {
            return Admission::Nothing;
        }
    }
    if !is_public {
        return Admission::Row;
    }
    if document.classification.as_ref().map(|it| it.value) != Some(Classification::Public) {
        return Admission::Nothing;
    }
    if document.kind == Kind::Page {
        return Admission::Text;
    }
    let is_signed = standing.in_force.as_ref().is_some_and(|it| it.method == Method::Signature);
    if *requires == PublishRequires::Signed && !is_signed {
        report(
            format!("`{id}` has no signed approval, so only its title is shown"),
            "sign the approval, or say `publish: { requires: recorded }`",
        );
        return Admission::UnderReview;
    }
    if !standing.is_text_in_force {
        report(
            format!(
                "the text of `{id}` is not the one that was approved, so only its title is shown"
            ),
            "have the change approved",
        );
        return Admission::UnderReview;
    }
    if standing.review == ReviewState::Overdue {
        let (effect, admission) = match lapsed {
            Lapsed::Keep => ("its text stays, as `publish.lapsed` says", Admission::Text),
            Lapsed::UnderReview => ("only its title is shown", Admission::UnderReview),
        };
        report(
            format!("the review of `{id}` has lapsed; {effect}"),
            "review it and record the review",
        );
        return admission;
    }
    Admission::Text
}

pub(super) fn check_classifications(corpus: &Corpus, diagnostics: &mut Vec<Diagnostic>) {
    for document in corpus.documents.iter().filter(|it| it.disclosure.value == Disclosure::Public) {
        let classification = document.classification.as_ref().map(|it| it.value);
        if classification != Some(Classification::Public) {
            let word = classification.map_or("nothing", Classification::word).to_lowercase();
            let message =
                format!("`{}` is disclosed as public and classified as {word}", document.id.value);
            let help = "say `classification: public`, or `disclosure: listed`";
            let place = document.head_place(document.disclosure.span);
            diagnostics.push(
                Diagnostic::new(&classification_contradicts_disclosure::RULE, place, message)
                    .help(help),
            );
        }
    }
    for attestation in corpus.register("attestations") {
        if attestation.attestation_kind().is_restricted()
            && attestation.disclosure == Disclosure::Public
        {
            let message = format!("`{}` is a restricted-use report", attestation.id.value);
            let place = attestation.place.clone();
            diagnostics.push(
                Diagnostic::new(&restricted_report_public::RULE, place, message)
                    .help("say `disclosure: listed`"),
            );
        }
    }
}
