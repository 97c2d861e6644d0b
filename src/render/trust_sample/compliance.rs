//! Attestations, frameworks and controls of the sample.

use super::{chips, facts, frame, link, on_request, public, status};
use crate::plan::view::trust::{
    AttestationCard, AttestationState, Compliance, ControlGroup, ControlRow, Controls,
    FrameworkGroup, FrameworkSection, RelatedControl, RelatedControls, RequirementRow,
};
use crate::plan::view::{Icon, Tone};

pub(super) fn attestations() -> Vec<AttestationCard> {
    vec![
        AttestationCard {
            anchor: "att-01".into(),
            title: "SOC 2® Type 2".into(),
            kind: "Report of an independent service auditor".into(),
            status: AttestationState::Attested.status(),
            scope: Some("Quayside and Tideline, with the people and systems that run them.".into()),
            facts: facts(&[
                ("Period", "1 January to 31 December 2025"),
                ("Report date", "20 February 2026"),
                ("Opinion", "Unqualified"),
                ("Auditor", "Marlowe & Finch Assurance LLP"),
            ]),
            categories: chips(&["Security", "Availability", "Confidentiality"]),
            access: Some(on_request("SOC 2® Type 2 report")),
            note: None,
        },
        AttestationCard {
            anchor: "att-02".into(),
            title: "ISO/IEC 27001:2022".into(),
            kind: "Certificate of the information security management system".into(),
            status: AttestationState::Certified.status(),
            scope: Some("Development and operation of Quayside and Tideline.".into()),
            facts: facts(&[
                ("Issued on", "12 September 2025"),
                ("Valid until", "11 September 2028"),
                ("Certificate", "HL-27001-0182"),
                ("Body", "Corvane Certification"),
            ]),
            categories: vec![],
            access: Some(public("ISO/IEC 27001 certificate", "", "files/iso-27001.pdf")),
            note: None,
        },
        AttestationCard {
            anchor: "att-03".into(),
            title: "Penetration test".into(),
            kind: "Letter of an independent tester".into(),
            status: AttestationState::Tested.status(),
            scope: Some("Both products and their public interfaces.".into()),
            facts: facts(&[("Tested on", "22 May 2026"), ("Tester", "Redwharf Testing")]),
            categories: vec![],
            access: Some(on_request("Penetration test letter")),
            note: None,
        },
    ]
}

pub(super) fn compliance() -> Compliance {
    let mut coming = attestations().remove(0);
    coming.anchor = "soc2-2026".into();
    coming.status = AttestationState::InProgress.status();
    coming.facts = facts(&[
        ("Period", "1 January to 31 December 2026"),
        ("Auditor", "Marlowe & Finch Assurance LLP"),
    ]);
    coming.access = None;
    let mut planned = attestations().remove(2);
    planned.anchor = "pentest-2027".into();
    planned.status = AttestationState::Planned.status();
    planned.facts = facts(&[("Planned for", "May 2027")]);
    planned.access = None;
    let mut earlier = attestations().remove(0);
    earlier.anchor = "att-00".into();
    earlier.title = "SOC 2® Type 1".into();
    earlier.status = AttestationState::AttestedWithReservation.status();
    earlier.facts = facts(&[("As of", "30 June 2024"), ("Opinion", "Qualified")]);
    earlier.note = Some(
        "The opinion was qualified for one criterion, CC7.5; the later report has no qualification."
            .into(),
    );
    let mut lapsed = attestations().remove(2);
    lapsed.anchor = "pentest-2025".into();
    lapsed.status = AttestationState::Lapsed.status();
    lapsed.facts = facts(&[("Tested on", "14 May 2025"), ("Tester", "Redwharf Testing")]);
    let mapped = || status(Icon::Info, "Mapped, not assessed", Tone::Neutral);
    Compliance {
        frame: frame(
            "compliance.html",
            "Compliance",
            "Attestations of Harbourlight and the frameworks its controls are mapped to.",
            vec![],
        ),
        title: "Compliance".into(),
        summary: "What independent auditors examined, with its period and scope, and what we map \
                  ourselves."
            .into(),
        current: attestations(),
        coming: vec![coming, planned],
        lapsed: vec![earlier, lapsed],
        frameworks: vec![
            framework(
                "soc2",
                "SOC 2",
                "2017 Trust Services Criteria (with revised points of focus, 2022)",
                &status(Icon::Check, "Covered by the SOC 2® Type 2 report", Tone::Success),
                "criteria",
            ),
            framework(
                "iso27001",
                "ISO/IEC 27001",
                "2022, Annex A",
                &status(Icon::Check, "Covered by the certificate", Tone::Success),
                "controls of Annex A",
            ),
            framework(
                "hipaa",
                "HIPAA Security Rule",
                "45 CFR Part 164, Subpart C",
                &mapped(),
                "standards",
            ),
            framework("gdpr", "GDPR", "Regulation (EU) 2016/679", &mapped(), "articles"),
        ],
        self_reported: "Controls and their mappings are self-reported by Harbourlight.".into(),
        not_covered: Some(link("not-covered.html", "What is not covered")),
    }
}

fn framework(
    anchor: &str,
    title: &str,
    edition: &str,
    standing: &crate::plan::view::Status,
    words: &str,
) -> FrameworkSection {
    let row = |id: &str, title: &str, controls: &[(&str, &str)]| RequirementRow {
        id: id.into(),
        title: title.into(),
        controls: vec![RelatedControls {
            relation: "Met by".into(),
            controls: controls
                .iter()
                .map(|(href, text)| RelatedControl { link: link(href, text), note: None })
                .collect(),
        }],
    };
    FrameworkSection {
        anchor: anchor.into(),
        title: title.into(),
        edition: edition.into(),
        standing: standing.clone(),
        sentence: format!("15 public controls are mapped to 11 {words}."),
        requirement_word: "Requirement".into(),
        groups: vec![
            FrameworkGroup {
                title: "CC6 Logical and physical access".into(),
                standing: Some(standing.clone()),
                requirements: vec![
                    row(
                        "CC6.1",
                        "Access security software, infrastructure and architecture",
                        &[
                            (
                                "controls.html#ac-01",
                                "Multi-factor authentication on single sign-on",
                            ),
                            ("controls.html#ac-04", "Encryption of data at rest"),
                        ],
                    ),
                    row(
                        "CC6.2",
                        "Registration and authorisation of users",
                        &[("controls.html#ac-02", "Access requests with approval")],
                    ),
                ],
            },
            FrameworkGroup {
                title: "CC7 System operations".into(),
                standing: Some(status(Icon::Dash, "Mapped, not examined", Tone::Neutral)),
                requirements: vec![row(
                    "CC7.2",
                    "Monitoring for anomalies",
                    &[("controls.html#op-01", "Central logging kept for 400 days")],
                )],
            },
        ],
    }
}

pub(super) fn controls() -> Controls {
    let group = |anchor: &str, title: &str, rows: &[(&str, &str, &str)]| ControlGroup {
        anchor: anchor.into(),
        title: title.into(),
        count: format!("{} controls", rows.len()),
        controls: rows
            .iter()
            .map(|(id, title, summary)| ControlRow {
                anchor: id.to_lowercase(),
                id: (*id).into(),
                title: (*title).into(),
                summary: (*summary).into(),
                request: None,
                words: "soc2".into(),
                operating: Some("Operating since 10 January 2025".into()),
                frameworks: chips(&["SOC 2 CC6.1", "SOC 2 CC6.6", "ISO 27001 A.8.5"]),
                documents: vec![link("documents/pol-is.html", "Information Security Policy")],
            })
            .collect(),
    };
    Controls {
        frame: frame(
            "controls.html",
            "Controls",
            "The public security controls of Harbourlight, by group, with the frameworks they meet.",
            vec![],
        ),
        title: "Controls".into(),
        summary: "The safeguards that operate at Harbourlight, in the words we can share.".into(),
        self_reported:
            "Self-reported by Harbourlight. The SOC 2® Type 2 report for 2025 covers the \
                        groups Access, Change and Operations."
                .into(),
        groups: vec![
            group(
                "access",
                "Access",
                &[
                    (
                        "AC-01",
                        "Multi-factor authentication on single sign-on",
                        "Every employee signs in through one identity provider, with a phishing-resistant second factor.",
                    ),
                    (
                        "AC-02",
                        "Access requests with approval",
                        "Access to production is requested in a ticket and approved by the owner of the system before it is granted.",
                    ),
                    (
                        "AC-03",
                        "Quarterly access reviews",
                        "Owners confirm or withdraw every access to production systems every quarter.",
                    ),
                    (
                        "AC-04",
                        "Encryption of data at rest",
                        "Databases, backups and object storage are encrypted with AES-256; keys rotate every 365 days.",
                    ),
                ],
            ),
            group(
                "change",
                "Change",
                &[
                    (
                        "CM-01",
                        "Review of every change",
                        "A second engineer reviews and approves each change before it reaches production.",
                    ),
                    (
                        "CM-02",
                        "Automated tests before release",
                        "A release is blocked until tests and dependency checks have passed.",
                    ),
                ],
            ),
            group(
                "operations",
                "Operations",
                &[
                    (
                        "OP-01",
                        "Central logging kept for 400 days",
                        "Security events of all production systems are collected centrally and cannot be altered by those who run them.",
                    ),
                    (
                        "OP-02",
                        "Critical patches within 7 days",
                        "Critical vulnerabilities are patched within 7 days, high ones within 30.",
                    ),
                    (
                        "OP-03",
                        "Quarterly restore tests",
                        "A backup of each product is restored and checked every quarter.",
                    ),
                ],
            ),
        ],
    }
}
