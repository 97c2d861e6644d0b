//! The registers that there are.
//!
//! A column is declared as `internal` or `open`: there is no third way, so that somebody decides
//! about every new one.

use super::attestation::AttestationKind;
use super::schema::{Column, ColumnKind, Schema};
use crate::model::disclosure::Disclosure;

use ColumnKind::{
    Choice, ClauseOf, Controls, CycleSince, Document, Framework, List, Number, Owner, Period, Text,
    Url, YesNo,
};

const fn internal(key: &'static str, label: &'static str, kind: ColumnKind) -> Column {
    Column::internal(key, label, kind)
}

const fn open(key: &'static str, label: &'static str, kind: ColumnKind) -> Column {
    Column::open(key, label, kind)
}

/// Dates share their name with the type.
const DAY: ColumnKind = ColumnKind::Date;

/// All registers, in the order in which they are shown.
pub const REGISTERS: &[Schema] = &[
    Schema {
        name: "risks",
        title: "Risks",
        singular: "risk",
        purpose: "What could go wrong, how likely and how bad it is, and what we do about it.",
        shown_from: None,
        columns: &[
            internal("description", "Description", Text),
            internal("owner", "Owner", Owner).in_table(),
            internal("inherent_likelihood", "Likelihood before treatment", Number(1, 5)),
            internal("inherent_impact", "Impact before treatment", Number(1, 5)),
            internal(
                "treatment",
                "Treatment",
                Choice(&[
                    ("mitigate", "Mitigate"),
                    ("accept", "Accept"),
                    ("transfer", "Transfer"),
                    ("avoid", "Avoid"),
                ]),
            )
            .in_table(),
            internal("controls", "Controls", Controls).in_table(),
            internal("likelihood", "Likelihood", Number(1, 5)).in_table(),
            internal("impact", "Impact", Number(1, 5)).in_table(),
            internal("reason", "Reason", Text),
            internal(
                "status",
                "Status",
                Choice(&[
                    ("open", "Open"),
                    ("treated", "Treated"),
                    ("accepted", "Accepted"),
                    ("closed", "Closed"),
                ]),
            )
            .in_table(),
            internal("accepted_by", "Accepted by", Owner),
            internal("accepted_on", "Accepted", DAY),
            internal("reviewed_on", "Reviewed", DAY),
            internal("next_review_on", "Next review", DAY).due(
                ("Risk review", "Overdue"),
                "review",
                "Rate the risk again",
            ),
        ],
    },
    Schema {
        name: "findings",
        title: "Findings",
        singular: "finding",
        purpose: "What an examination, a test or we ourselves found, and how it is remedied.",
        shown_from: None,
        columns: &[
            internal(
                "kind",
                "Kind",
                Choice(&[
                    ("deviation", "Deviation"),
                    ("deficiency", "Deficiency"),
                    ("nonconformity-major", "Major nonconformity"),
                    ("nonconformity-minor", "Minor nonconformity"),
                    ("opportunity", "Opportunity for improvement"),
                    ("observation", "Observation"),
                ]),
            )
            .in_table(),
            internal("source", "Source", Text),
            internal("found_on", "Found", DAY),
            internal("period", "Days concerned", Period),
            internal("owner", "Owner", Owner).in_table(),
            internal("controls", "Controls", Controls).in_table(),
            internal("cause", "Cause", Text),
            internal("correction", "Correction", Text),
            internal("due_on", "Due", DAY).in_table().due(
                ("Finding due", "Overdue"),
                "remedy",
                "Remedy the finding",
            ),
            internal(
                "status",
                "Status",
                Choice(&[
                    ("open", "Open"),
                    ("in-remediation", "In remediation"),
                    ("closed", "Closed"),
                ]),
            )
            .in_table(),
            internal("closed_on", "Closed", DAY),
        ],
    },
    Schema {
        name: "policy-exceptions",
        title: "Policy exceptions",
        singular: "policy exception",
        purpose: "Permissions to depart from a policy, until a date.",
        shown_from: None,
        columns: &[
            internal("document", "Document", Document).in_table(),
            internal("clause", "Clause", ClauseOf("document")).in_table(),
            internal("owner", "Owner", Owner).in_table(),
            internal("controls", "Controls", Controls),
            internal("reason", "Reason", Text),
            internal("compensating", "Instead", Text),
            internal("granted_by", "Granted by", Owner).in_table(),
            internal("granted_on", "Granted", DAY),
            internal("expires_on", "Expires", DAY).in_table().due(
                ("Exception expires", "Expired"),
                "end",
                "End the departure, or have it granted anew",
            ),
            internal("status", "Status", Choice(&[("active", "Active"), ("closed", "Closed")]))
                .in_table(),
        ],
    },
    Schema {
        name: "incidents",
        title: "Incidents",
        singular: "incident",
        purpose: "Security incidents, how they ended and what was learned.",
        shown_from: None,
        columns: &[
            internal(
                "severity",
                "Severity",
                Choice(&[
                    ("low", "Low"),
                    ("medium", "Medium"),
                    ("high", "High"),
                    ("critical", "Critical"),
                ]),
            )
            .in_table(),
            internal("detected_on", "Detected", DAY).in_table(),
            internal("resolved_on", "Resolved", DAY).in_table(),
            internal("summary", "Summary", Text),
            internal("owner", "Owner", Owner).in_table(),
            internal("lessons", "Lessons", Text),
        ],
    },
    Schema {
        name: "vendors",
        title: "Vendors",
        singular: "vendor",
        purpose: "Organisations whose services we use, and when each was last reviewed.",
        shown_from: None,
        columns: &[
            internal("purpose", "Purpose", Text).in_table(),
            internal("owner", "Owner", Owner).in_table(),
            internal(
                "tier",
                "Tier",
                Choice(&[
                    ("critical", "Critical"),
                    ("important", "Important"),
                    ("standard", "Standard"),
                ]),
            )
            .in_table(),
            internal("data", "Data", Text),
            internal("reviewed_on", "Reviewed", DAY).in_table(),
            internal("next_review_on", "Next review", DAY).in_table().due(
                ("Vendor review", "Overdue"),
                "review",
                "Review the vendor",
            ),
            internal("contract_until", "Contract until", DAY).due(
                ("Contract ends", "Ended"),
                "renewal",
                "Renew the contract or end the use",
            ),
            internal("report", "Their report", Text),
        ],
    },
    Schema {
        name: "subprocessors",
        title: "Subprocessors",
        singular: "subprocessor",
        purpose: "Organisations that process our customers' personal data for us.",
        shown_from: Some(Disclosure::Public),
        columns: &[
            open("legal_name", "Legal name", Text),
            open("country", "Country", Text).in_table(),
            open("purpose", "Purpose", Text).in_table(),
            open("data_categories", "Data", List),
            open("locations", "Locations", List).in_table(),
            open("products", "Products", List),
            open(
                "transfer",
                "Transfer",
                Choice(&[
                    ("none-eea", "None, stays in the EEA"),
                    ("adequacy", "Adequacy decision"),
                    ("scc", "Standard contractual clauses"),
                    ("dpf", "Data Privacy Framework"),
                    ("bcr", "Binding corporate rules"),
                ]),
            )
            .in_table(),
            open("since", "Since", DAY),
            open("announced_on", "Announced", DAY),
            open("effective_on", "Effective", DAY)
                .in_table()
                .happens("Subprocessor begins", "Begin the use, or announce a later day"),
            open("objection_until", "Objections until", DAY)
                .happens("Objections end", "Answer objections of customers"),
            open("ended_on", "Ended", DAY).in_table(),
            open("url", "Web site", Url),
            internal("contract", "Contract", Text),
        ],
    },
    Schema {
        name: "systems",
        title: "Systems",
        singular: "system",
        purpose: "What we run, who answers for it and which data it holds.",
        shown_from: None,
        columns: &[
            internal("description", "Description", Text),
            internal("owner", "Owner", Owner).in_table(),
            internal("criticality", "Criticality", Text).in_table(),
            internal("data", "Data", Text).in_table(),
            internal("location", "Location", Text).in_table(),
            internal("production", "Production", YesNo).in_table(),
        ],
    },
    Schema {
        name: "trainings",
        title: "Trainings",
        singular: "training",
        purpose: "What people are trained in, how often, and when last.",
        shown_from: None,
        columns: &[
            internal("audience", "Audience", Text).in_table(),
            internal("cycle", "Cycle", CycleSince("last_held_on")).in_table().due(
                ("Training due", "Overdue"),
                "training",
                "Hold the training",
            ),
            internal("provider", "Provider", Text),
            internal("owner", "Owner", Owner).in_table(),
            internal("last_held_on", "Last held", DAY).in_table(),
        ],
    },
    Schema {
        name: "attestations",
        title: "Attestations",
        singular: "attestation",
        purpose: "Reports and certificates of third parties about us.",
        shown_from: Some(Disclosure::Listed),
        columns: &[
            open("kind", "Kind", Choice(AttestationKind::WORDS)).in_table(),
            Column::open_if("issuer_consents", "issuer", "Issuer", Text).in_table(),
            internal("issuer_consents", "Issuer consents to being named", YesNo),
            open("framework", "Framework", Framework),
            internal("type", "Type", Number(1, 2)),
            open("period", "Period", Period).in_table(),
            open("date", "Date", DAY),
            open("report_date", "Report date", DAY).in_table(),
            open(
                "opinion",
                "Opinion",
                Choice(&[
                    ("unqualified", "Unqualified"),
                    ("qualified", "Qualified"),
                    ("adverse", "Adverse"),
                    ("disclaimer", "Disclaimer"),
                ]),
            )
            .in_table(),
            open("scope", "Scope", Text),
            open("categories", "Categories", List),
            open("valid_until", "Valid until", DAY).in_table().due(
                ("Certificate expires", "Expired"),
                "renewal",
                "Have it renewed, or take it down",
            ),
            open("certificate_number", "Certificate", Text),
            open("accreditation", "Accreditation", Text),
            open("requires_nda", "Needs an agreement", YesNo),
            open("public_keywords", "Words for finding it", List),
        ],
    },
];
