//! Records of registers as anyone may read them.
//!
//! Columns are taken by name, so a column that nobody names here stays internal.

use jiff::civil::Date;

use super::trust_center::{PublicAttestation, PublicSubprocessor};
use crate::model::disclosure::Disclosure;
use crate::model::id::PublicId;
use crate::model::register::Record;

/// Discloses an attestation.
pub(super) fn disclose_attestation(record: &Record, today: Date) -> Option<PublicAttestation> {
    let is_public = match record.disclosure {
        Disclosure::Withheld => return None,
        Disclosure::Listed => false,
        Disclosure::Public => true,
    };
    let kind = record.text("kind").unwrap_or_default();
    let valid_until = record.date("valid_until");
    let year = crate::model::cadence::Cadence::months(12);
    let ends = record
        .period("period")
        .map(|(_, until)| until)
        .or(record.date("date"))
        .or(record.date("report_date"));
    let is_old = kind != "iso-certificate" && ends.is_some_and(|end| year.after(end) < today);
    Some(PublicAttestation {
        id: PublicId::vouched(&record.id.value),
        title: record.title.clone(),
        kind: kind.to_owned(),
        issuer: owned(record.text("issuer")).filter(|_| record.is("issuer_consents")),
        period: record.period("period"),
        date: record.date("date"),
        report_date: record.date("report_date"),
        opinion: owned(record.text("opinion")),
        scope: owned(record.text("scope")),
        categories: texts(record, "categories"),
        valid_until,
        is_lapsed: valid_until.is_some_and(|until| until < today) || is_old,
        certificate_number: owned(record.text("certificate_number")),
        accreditation: owned(record.text("accreditation")),
        is_public,
    })
}

/// Discloses a subprocessor; what is only listed is not shown.
pub(super) fn disclose_subprocessor(record: &Record, today: Date) -> Option<PublicSubprocessor> {
    if record.disclosure != Disclosure::Public {
        return None;
    }
    Some(PublicSubprocessor {
        id: PublicId::vouched(&record.id.value),
        name: record.title.clone(),
        legal_name: owned(record.text("legal_name")),
        country: owned(record.text("country")),
        purpose: owned(record.text("purpose")),
        data_categories: texts(record, "data_categories"),
        locations: texts(record, "locations"),
        products: texts(record, "products"),
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

fn texts(record: &Record, key: &str) -> Vec<String> {
    record.list(key).iter().map(|text| text.value.clone()).collect()
}
