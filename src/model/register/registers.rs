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

const fn internal(
    key: &'static str,
    label: &'static str,
    kind: ColumnKind,
    about: &'static str,
) -> Column {
    Column::internal(key, label, kind, about)
}

const fn open(
    key: &'static str,
    label: &'static str,
    kind: ColumnKind,
    about: &'static str,
) -> Column {
    Column::open(key, label, kind, about)
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
            internal("description", "Description", Text, "What could happen, and to what."),
            internal(
                "owner",
                "Owner",
                Owner,
                "Who answers for it: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal(
                "inherent_likelihood",
                "Likelihood before treatment",
                Number(1, 5),
                "How likely it is if nothing is done: 1 rare to 5 certain.",
            ),
            internal(
                "inherent_impact",
                "Impact before treatment",
                Number(1, 5),
                "How bad it is if nothing is done: 1 slight to 5 severe.",
            ),
            internal(
                "treatment",
                "Treatment",
                Choice(&[
                    ("mitigate", "Mitigate"),
                    ("accept", "Accept"),
                    ("transfer", "Transfer"),
                    ("avoid", "Avoid"),
                ]),
                "What is done about it.",
            )
            .in_table(),
            internal("controls", "Controls", Controls, "Ids of the controls that lessen it.")
                .in_table(),
            internal(
                "likelihood",
                "Likelihood",
                Number(1, 5),
                "How likely it is with what is done: 1 rare to 5 certain.",
            )
            .in_table(),
            internal(
                "impact",
                "Impact",
                Number(1, 5),
                "How bad it is with what is done: 1 slight to 5 severe.",
            )
            .in_table(),
            internal("reason", "Reason", Text, "Why it is rated and treated so."),
            internal(
                "status",
                "Status",
                Choice(&[
                    ("open", "Open"),
                    ("treated", "Treated"),
                    ("accepted", "Accepted"),
                    ("closed", "Closed"),
                ]),
                "How far its treatment is. Nothing falls due for a closed one.",
            )
            .in_table(),
            internal(
                "accepted_by",
                "Accepted by",
                Owner,
                "Who accepted what remains: a person or role of `people.yaml`.",
            ),
            internal("accepted_on", "Accepted", DAY, "The day on which what remains was accepted."),
            internal("reviewed_on", "Reviewed", DAY, "The day on which it was last rated."),
            internal(
                "next_review_on",
                "Next review",
                DAY,
                "The day by which it is to be rated again.",
            )
            .due(("Risk review", "Overdue"), "review", "Rate the risk again"),
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
                "How grave it is, in the words of whoever found it.",
            )
            .in_table(),
            internal("source", "Source", Text, "The examination or test that found it."),
            internal("found_on", "Found", DAY, "The day on which it was found."),
            internal(
                "period",
                "Days concerned",
                Period,
                "The days that it is about: occurrences that were missed in them are explained by it.",
            ),
            internal(
                "owner",
                "Owner",
                Owner,
                "Who answers for the remedy: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal(
                "controls",
                "Controls",
                Controls,
                "Ids of the controls that did not do what they say.",
            )
            .in_table(),
            internal("cause", "Cause", Text, "Why it happened."),
            internal(
                "correction",
                "Correction",
                Text,
                "What is done so that it does not happen again.",
            ),
            internal("due_on", "Due", DAY, "The day by which it is to be remedied.")
                .in_table()
                .due(("Finding due", "Overdue"), "remedy", "Remedy the finding"),
            internal(
                "status",
                "Status",
                Choice(&[
                    ("open", "Open"),
                    ("in-remediation", "In remediation"),
                    ("closed", "Closed"),
                ]),
                "How far the remedy is. An open deviation holds its requirements back.",
            )
            .in_table(),
            internal("closed_on", "Closed", DAY, "The day on which it was remedied."),
        ],
    },
    Schema {
        name: "policy-exceptions",
        title: "Policy exceptions",
        singular: "policy exception",
        purpose: "Permissions to depart from a policy, until a date.",
        shown_from: None,
        columns: &[
            internal(
                "document",
                "Document",
                Document,
                "The id of the document that is departed from.",
            )
            .in_table(),
            internal(
                "clause",
                "Clause",
                ClauseOf("document"),
                "The anchor of the clause in it: `unique`.",
            )
            .in_table(),
            internal(
                "owner",
                "Owner",
                Owner,
                "Who departs from it: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal("controls", "Controls", Controls, "Ids of the controls that it touches."),
            internal("reason", "Reason", Text, "Why the clause cannot be kept."),
            internal("compensating", "Instead", Text, "What is done instead."),
            internal(
                "granted_by",
                "Granted by",
                Owner,
                "Who permitted it: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal("granted_on", "Granted", DAY, "The day on which it was permitted."),
            internal("expires_on", "Expires", DAY, "The last day on which it counts.")
                .in_table()
                .due(
                    ("Exception expires", "Expired"),
                    "end",
                    "End the exception, or have it granted anew",
                ),
            internal(
                "status",
                "Status",
                Choice(&[("active", "Active"), ("closed", "Closed")]),
                "Whether it is in use. Nothing falls due for a closed one.",
            )
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
                "How grave it was.",
            )
            .in_table(),
            internal("detected_on", "Detected", DAY, "The day on which it was noticed.").in_table(),
            internal("resolved_on", "Resolved", DAY, "The day on which it was over.").in_table(),
            internal("summary", "Summary", Text, "What happened, in a sentence or two."),
            internal(
                "owner",
                "Owner",
                Owner,
                "Who led the response: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal("lessons", "Lessons", Text, "What was learned and changed."),
        ],
    },
    Schema {
        name: "vendors",
        title: "Vendors",
        singular: "vendor",
        purpose: "Organisations whose services we use, and when each was last reviewed.",
        shown_from: None,
        columns: &[
            internal("purpose", "Purpose", Text, "What we use them for.").in_table(),
            internal(
                "owner",
                "Owner",
                Owner,
                "Who answers for the contract: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal(
                "tier",
                "Tier",
                Choice(&[
                    ("critical", "Critical"),
                    ("important", "Important"),
                    ("standard", "Standard"),
                ]),
                "How much depends on them.",
            )
            .in_table(),
            internal("data", "Data", Text, "Which data of ours they hold."),
            internal(
                "reviewed_on",
                "Reviewed",
                DAY,
                "The day on which their security was last reviewed.",
            )
            .in_table(),
            internal(
                "next_review_on",
                "Next review",
                DAY,
                "The day by which it is to be reviewed again.",
            )
            .in_table()
            .due(("Vendor review", "Overdue"), "review", "Review the vendor"),
            internal("contract_until", "Contract until", DAY, "The last day of the contract.").due(
                ("Contract ends", "Ended"),
                "renewal",
                "Renew the contract or end the use",
            ),
            internal(
                "report",
                "Their report",
                Text,
                "Their own report or certificate that was looked at.",
            ),
        ],
    },
    Schema {
        name: "subprocessors",
        title: "Subprocessors",
        singular: "subprocessor",
        purpose: "Organisations that process our customers' personal data for us.",
        shown_from: Some(Disclosure::Public),
        columns: &[
            open("legal_name", "Legal name", Text, "The name in the contract."),
            open("country", "Country", Text, "The country of its seat.").in_table(),
            open("purpose", "Purpose", Text, "What it does for our customers.").in_table(),
            open(
                "data_categories",
                "Data",
                List,
                "Which personal data it processes: one or a list.",
            ),
            open("locations", "Locations", List, "Where it processes them: one or a list.")
                .in_table(),
            open("products", "Products", List, "Which of our products use it: one or a list."),
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
                "What allows data to leave the EEA.",
            )
            .in_table(),
            open("since", "Since", DAY, "The day since which it is used."),
            open("announced_on", "Announced", DAY, "The day on which customers were told."),
            open("effective_on", "Effective", DAY, "The day on which the use begins.")
                .in_table()
                .happens("Subprocessor begins", "Begin the use, or announce a later day"),
            open(
                "objection_until",
                "Objections until",
                DAY,
                "The last day on which customers may object.",
            )
            .happens("Objections end", "Answer objections of customers"),
            open("ended_on", "Ended", DAY, "The last day on which it was used.").in_table(),
            open("url", "Web site", Url, "Its web site."),
            internal("contract", "Contract", Text, "Where the contract is kept. Internal."),
        ],
    },
    Schema {
        name: "systems",
        title: "Systems",
        singular: "system",
        purpose: "What we run, who answers for it and which data it holds.",
        shown_from: None,
        columns: &[
            internal("description", "Description", Text, "What it does."),
            internal(
                "owner",
                "Owner",
                Owner,
                "Who answers for it: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal("criticality", "Criticality", Text, "How much depends on it, in a word.")
                .in_table(),
            internal("data", "Data", Text, "Which data it holds.").in_table(),
            internal("location", "Location", Text, "Where it runs.").in_table(),
            internal("production", "Production", YesNo, "Whether customers depend on it.")
                .in_table(),
        ],
    },
    Schema {
        name: "trainings",
        title: "Trainings",
        singular: "training",
        purpose: "What people are trained in, how often, and when last.",
        shown_from: None,
        columns: &[
            internal("audience", "Audience", Text, "Who has to attend.").in_table(),
            internal(
                "cycle",
                "Cycle",
                CycleSince("last_held_on"),
                "How often it is held; due that long after `last_held_on`.",
            )
            .in_table()
            .due(("Training due", "Overdue"), "training", "Hold the training"),
            internal("provider", "Provider", Text, "Who holds it."),
            internal(
                "owner",
                "Owner",
                Owner,
                "Who answers for it: a person or role of `people.yaml`.",
            )
            .in_table(),
            internal("last_held_on", "Last held", DAY, "The day on which it was last held.")
                .in_table(),
        ],
    },
    Schema {
        name: "attestations",
        title: "Attestations",
        singular: "attestation",
        purpose: "Reports and certificates of third parties about us.",
        shown_from: Some(Disclosure::Listed),
        columns: &[
            open("kind", "Kind", Choice(AttestationKind::WORDS), "What it is.").in_table(),
            Column::open_if(
                "issuer_consents",
                "issuer",
                "Issuer",
                Text,
                "The auditor or certification body. Customers see the name if `issuer_consents`.",
            )
            .in_table(),
            internal(
                "issuer_consents",
                "Issuer consents to being named",
                YesNo,
                "Whether the issuer consents to being named.",
            ),
            open("framework", "Framework", Framework, "The id of the framework that it is about."),
            internal("type", "Type", Number(1, 2), "For SOC reports: 1 for a day, 2 for a period."),
            open("period", "Period", Period, "The first and last day that it is about.").in_table(),
            open("date", "Date", DAY, "The day that it is about, where it has no period."),
            open("report_date", "Report date", DAY, "The day on which it was signed.").in_table(),
            open(
                "opinion",
                "Opinion",
                Choice(&[
                    ("unqualified", "Unqualified"),
                    ("qualified", "Qualified"),
                    ("adverse", "Adverse"),
                    ("disclaimer", "Disclaimer"),
                ]),
                "What the auditor concluded.",
            )
            .in_table(),
            open("scope", "Scope", Text, "Which system or services it is about."),
            open(
                "categories",
                "Categories",
                List,
                "The categories that were examined: one or a list.",
            ),
            open(
                "valid_until",
                "Valid until",
                DAY,
                "For certificates: the last day on which it holds.",
            )
            .in_table()
            .due(
                ("Certificate expires", "Expired"),
                "renewal",
                "Have it renewed, or take it down",
            ),
            open("certificate_number", "Certificate", Text, "The number on the certificate."),
            open("accreditation", "Accreditation", Text, "Who accredited the certification body."),
            open(
                "requires_nda",
                "Needs an agreement",
                YesNo,
                "Whether it is given only under an agreement to keep it confidential.",
            ),
            open(
                "public_keywords",
                "Words for finding it",
                List,
                "Words by which customers find it: one or a list.",
            ),
        ],
    },
];
