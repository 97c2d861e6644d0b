//! Records of registers as anyone may read them.
//!
//! Only the open part of a record is looked at, and its columns are taken by name: what its register
//! declares as internal, or nobody names here, stays internal.

use super::PublicText;
use super::gate::Gate;
use super::trust_center::{PublicAttestation, PublicSubprocessor};
use crate::diagnostic::Diagnostic;
use crate::model::disclosure::Disclosure;
use crate::model::id::PublicId;
use crate::model::register::Record;

/// Discloses an attestation.
pub(super) fn disclose_attestation(
    gate: &Gate<'_>,
    record: &Record,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PublicAttestation> {
    let today = gate.assessment.today;
    if !record.is_shown() {
        return None;
    }
    let record = &record.open_part();
    let kind = record.attestation_kind();
    let valid_until = record.date("valid_until");
    let year = crate::model::cadence::Cadence::months(12);
    let ends = record
        .period("period")
        .map(|(_, until)| until)
        .or(record.date("date"))
        .or(record.date("report_date"));
    let is_old = !kind.has_term() && ends.is_some_and(|end| year.after(end) < today);
    let mut words = Columns { gate, record, diagnostics };
    Some(PublicAttestation {
        id: PublicId::vouched(&record.id.value),
        title: words.of(&record.title),
        kind,
        issuer: words.text("issuer"),
        period: record.period("period"),
        date: record.date("date"),
        report_date: record.date("report_date"),
        opinion: owned(record.text("opinion")),
        scope: words.text("scope"),
        categories: words.list("categories"),
        valid_until,
        is_lapsed: valid_until.is_some_and(|until| until < today) || is_old,
        certificate_number: words.text("certificate_number"),
        accreditation: words.text("accreditation"),
        is_public: record.disclosure == Disclosure::Public,
        framework: owned(record.text("framework")),
        requires_nda: record.is("requires_nda"),
        keywords: words.list("public_keywords"),
    })
}

/// Discloses a subprocessor; what is only listed is not shown.
pub(super) fn disclose_subprocessor(
    gate: &Gate<'_>,
    record: &Record,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<PublicSubprocessor> {
    let today = gate.assessment.today;
    if !record.is_shown() {
        return None;
    }
    let record = &record.open_part();
    let mut words = Columns { gate, record, diagnostics };
    Some(PublicSubprocessor {
        id: PublicId::vouched(&record.id.value),
        name: words.of(&record.title),
        legal_name: words.text("legal_name"),
        country: words.text("country"),
        purpose: words.text("purpose"),
        data_categories: words.list("data_categories"),
        locations: words.list("locations"),
        products: words.list("products"),
        transfer: owned(record.text("transfer")),
        since: record.date("since"),
        announced_on: record.date("announced_on"),
        effective_on: record.date("effective_on"),
        objection_until: record.date("objection_until"),
        ended_on: record.date("ended_on"),
        is_upcoming: record.date("effective_on").is_some_and(|date| date > today),
        has_ended: record.date("ended_on").is_some_and(|date| date <= today),
        url: owned(record.text("url")),
    })
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

/// The columns of a record whose words are disclosed.
struct Columns<'a, 'c> {
    gate: &'a Gate<'c>,
    record: &'a Record,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Columns<'_, '_> {
    fn of(&mut self, text: &str) -> PublicText {
        self.gate.checked_words(text, &self.record.place, self.diagnostics)
    }

    fn text(&mut self, key: &str) -> Option<PublicText> {
        self.record.text(key).map(|text| self.of(text))
    }

    fn list(&mut self, key: &str) -> Vec<PublicText> {
        self.record.list(key).iter().map(|text| self.of(&text.value)).collect()
    }
}
