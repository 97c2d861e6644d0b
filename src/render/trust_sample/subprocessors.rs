//! Subprocessors of the sample.

use super::{day, facts, frame, link};
use crate::plan::view::trust::{SubprocessorChange, SubprocessorRow, Subprocessors};

pub(super) fn change(from_elsewhere: bool) -> SubprocessorChange {
    SubprocessorChange {
        anchor: "sub-09".into(),
        href: from_elsewhere.then(|| "subprocessors.html#sub-09".into()),
        title: "Waymark Maps will be added".into(),
        purpose: "Geocoding of port and depot addresses in Quayside bookings.".into(),
        facts: facts(&[
            ("Personal data", "Delivery addresses"),
            ("Location", "Ireland"),
            ("Announced on", "2 November 2026"),
            ("Objections until", "5 December 2026"),
            ("Takes effect on", "15 December 2026"),
        ]),
        action: Some(link(
            "mailto:privacy@harbourlight.example?subject=Subprocessor%20change:%20Waymark%20Maps",
            "Object or ask by e-mail",
        )),
    }
}

fn row(anchor: &str, name: &str, words: [&str; 6], since: (&str, &str)) -> SubprocessorRow {
    let [entity, purpose, products, data, locations, transfer] = words.map(str::to_owned);
    SubprocessorRow {
        anchor: anchor.into(),
        name: name.into(),
        url: Some(format!("https://{}.example", name.to_lowercase().replace(' ', "-"))),
        entity,
        purpose,
        data,
        locations,
        transfer,
        products,
        date: Some(day(since.0, since.1)),
    }
}

pub(super) fn subprocessors() -> Subprocessors {
    let mut former = row(
        "sub-08",
        "Relaypost",
        ["Relaypost GmbH, Germany", "Notification e-mail", "", "", "", ""],
        ("2025-06-30", "30 June 2025"),
    );
    former.url = None;
    Subprocessors {
        frame: frame(
            "subprocessors.html",
            "Subprocessors",
            "Companies that process personal data on behalf of Harbourlight's customers.",
            vec![],
        ),
        title: "Subprocessors".into(),
        summary: "These companies process personal data for us when you use Quayside or Tideline. \
                  We announce every change before it takes effect, and you can object."
            .into(),
        changes: vec![change(false)],
        no_changes: None,
        rows: vec![
            row(
                "sub-01",
                "Stratus Cloud",
                [
                    "Stratus Cloud EMEA Ltd, Ireland",
                    "Hosting, storage and databases",
                    "Quayside, Tideline",
                    "All customer data",
                    "Ireland; Ohio, United States for customers of the US region",
                    "Stays in the EEA (EU region); standard contractual clauses (US region)",
                ],
                ("2020-05-01", "1 May 2020"),
            ),
            row(
                "sub-02",
                "Keyring ID",
                [
                    "Keyring Identity Inc., United States",
                    "Sign-in of customers' users",
                    "Quayside, Tideline",
                    "Names, e-mail addresses, sign-in records",
                    "Ireland",
                    "Data Privacy Framework",
                ],
                ("2021-02-15", "15 February 2021"),
            ),
            row(
                "sub-03",
                "Postbeam",
                [
                    "Postbeam B.V., Netherlands",
                    "Notification e-mail",
                    "Quayside",
                    "Names, e-mail addresses, booking references",
                    "Netherlands, Germany",
                    "Stays in the EEA",
                ],
                ("2025-07-01", "1 July 2025"),
            ),
            row(
                "sub-04",
                "Faultline",
                [
                    "Faultline Software Inc., United States",
                    "Error tracking",
                    "Quayside, Tideline",
                    "User ids, IP addresses",
                    "Germany",
                    "Standard contractual clauses",
                ],
                ("2021-09-01", "1 September 2021"),
            ),
            row(
                "sub-05",
                "Deskhand",
                [
                    "Deskhand Ltd, United Kingdom",
                    "Support desk",
                    "Quayside, Tideline",
                    "Names, e-mail addresses, what is written to support",
                    "United Kingdom",
                    "Adequacy decision",
                ],
                ("2022-01-10", "10 January 2022"),
            ),
        ],
        ended: vec![former],
        forms: [
            ("subprocessors.atom", "Follow changes (Atom)"),
            ("subprocessors.csv", "CSV"),
            ("subprocessors.json", "JSON"),
        ]
        .map(|(href, text)| link(href, text))
        .into(),
    }
}
