//! Records kept as data: risks, vendors, incidents and so on.
//!
//! A register is a list of records that all have the columns of its [`Schema`]. What a column
//! holds is decided here, so that the reader, the tables of the handbook and the documentation
//! agree.

use jiff::civil::Date;

use super::cadence::Cadence;
use super::disclosure::Disclosure;
use super::id::Id;
use crate::span::{Place, Spanned};

/// What the records of a register look like.
#[derive(Debug, PartialEq, Eq)]
pub struct Schema {
    /// The name of the file and of the list in it: `risks`.
    pub name: &'static str,
    /// The title of the register.
    pub title: &'static str,
    /// The word for one record: "risk".
    pub singular: &'static str,
    /// What the register is for; shown when it is empty.
    pub purpose: &'static str,
    /// The columns besides `id`, `title` and `disclosure`.
    pub columns: &'static [Column],
}

/// One column of a register.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    /// The key in the file.
    pub key: &'static str,
    /// The words over the column.
    pub label: &'static str,
    /// What it holds.
    pub kind: ColumnKind,
    /// Whether the table of the register shows it; records show all.
    pub in_table: bool,
    /// What falls due on its day, in columns that hold one.
    pub deadline: Option<Deadline>,
}

/// What falls due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// What the calendar calls it: "Finding due".
    pub label: &'static str,
    /// The word for it once the day has passed; nothing for what merely happens on that day.
    pub missed: Option<&'static str>,
    /// What should have happened by then, as a noun: "renewal".
    pub act: &'static str,
    /// What is to be done.
    pub remedy: &'static str,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// A web address.
    Url,
    /// A date.
    Date,
    /// First and last day.
    Period,
    /// A whole number within bounds.
    Number(i64, i64),
    /// Yes or no.
    YesNo,
    /// How often something is due; the day is that interval after the column of this name.
    CycleSince(&'static str),
    /// One of some words, each with the words that are printed for it.
    Choice(&'static [(&'static str, &'static str)]),
    /// Texts.
    List,
    /// A person or role.
    Owner,
    /// Ids of controls.
    Controls,
    /// The id of a document.
    Document,
    /// The anchor of a clause of the document that the column of this name gives.
    ClauseOf(&'static str),
    /// The id of a framework.
    Framework,
}

/// What a record says in one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, a web address, a chosen word, an owner, an id.
    Text(String),
    /// A date.
    Date(Date),
    /// First and last day.
    Period(Date, Date),
    /// A number.
    Number(i64),
    /// Yes or no.
    YesNo(bool),
    /// How often something is due.
    Cycle(Cadence),
    /// Texts or ids.
    List(Vec<Spanned<String>>),
}

/// One record of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The register.
    pub schema: &'static Schema,
    /// The id.
    pub id: Spanned<Id>,
    /// The title.
    pub title: String,
    /// Who may see it.
    pub disclosure: Disclosure,
    /// What it says, in the order of the columns; columns that it leaves out are not here.
    pub values: Vec<(&'static Column, Spanned<Value>)>,
    /// Where it is declared.
    pub place: Place,
}

impl Record {
    /// Returns what it says in a column, with its place.
    #[must_use]
    pub fn value(&self, key: &str) -> Option<&Spanned<Value>> {
        self.values.iter().find(|(column, _)| column.key == key).map(|(_, value)| value)
    }

    /// Returns text, or nothing where the column holds something else.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match &self.value(key)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the words that are printed for the chosen word of a column.
    #[must_use]
    pub fn chosen(&self, key: &str) -> Option<&'static str> {
        let (column, _) = self.values.iter().find(|(column, _)| column.key == key)?;
        let ColumnKind::Choice(words) = column.kind else { return None };
        let typed = self.text(key)?;
        words.iter().find(|(word, _)| *word == typed).map(|(_, label)| *label)
    }

    /// Returns a date, or nothing where the column holds something else.
    #[must_use]
    pub fn date(&self, key: &str) -> Option<Date> {
        match self.value(key)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Returns a period, or nothing where the column holds something else.
    #[must_use]
    pub fn period(&self, key: &str) -> Option<(Date, Date)> {
        match self.value(key)?.value {
            Value::Period(from, until) => Some((from, until)),
            _ => None,
        }
    }

    /// Returns a list, empty where the column holds something else.
    #[must_use]
    pub fn list(&self, key: &str) -> &[Spanned<String>] {
        match self.value(key).map(|value| &value.value) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// Returns the day on which something falls due by a column, unless the record is closed or
    /// has ended.
    #[must_use]
    pub fn due(&self, column: &Column) -> Option<Date> {
        if self.text("status") == Some("closed") || self.value("ended_on").is_some() {
            return None;
        }
        match (&self.value(column.key)?.value, column.kind) {
            (Value::Date(date), _) => Some(*date),
            (Value::Cycle(cycle), ColumnKind::CycleSince(key)) => {
                Some(cycle.after(self.date(key)?))
            }
            _ => None,
        }
    }

    /// Returns whether the column says yes.
    #[must_use]
    pub fn is(&self, key: &str) -> bool {
        matches!(self.value(key).map(|value| &value.value), Some(Value::YesNo(true)))
    }
}

const fn shown(key: &'static str, label: &'static str, kind: ColumnKind) -> Column {
    Column { key, label, kind, in_table: true, deadline: None }
}

const fn hidden(key: &'static str, label: &'static str, kind: ColumnKind) -> Column {
    Column { key, label, kind, in_table: false, deadline: None }
}

impl Column {
    /// Says what falls due on the day of a column.
    const fn due(
        self,
        (label, missed): (&'static str, &'static str),
        act: &'static str,
        remedy: &'static str,
    ) -> Self {
        Self { deadline: Some(Deadline { label, missed: Some(missed), act, remedy }), ..self }
    }

    /// Says what happens on the day of a column, whether anybody acts or not.
    const fn happens(self, label: &'static str, remedy: &'static str) -> Self {
        Self { deadline: Some(Deadline { label, missed: None, act: "", remedy }), ..self }
    }
}

use ColumnKind::{
    Choice, ClauseOf, Controls, CycleSince, Document, Framework, List, Number, Owner, Period, Text,
    Url, YesNo,
};

/// Dates share their name with the type.
const DAY: ColumnKind = ColumnKind::Date;

/// All registers, in the order in which they are shown.
pub const REGISTERS: &[Schema] = &[
    Schema {
        name: "risks",
        title: "Risks",
        singular: "risk",
        purpose: "What could go wrong, how likely and how bad it is, and what we do about it.",
        columns: &[
            hidden("description", "Description", Text),
            shown("owner", "Owner", Owner),
            hidden("inherent_likelihood", "Likelihood before treatment", Number(1, 5)),
            hidden("inherent_impact", "Impact before treatment", Number(1, 5)),
            shown(
                "treatment",
                "Treatment",
                Choice(&[
                    ("mitigate", "Mitigate"),
                    ("accept", "Accept"),
                    ("transfer", "Transfer"),
                    ("avoid", "Avoid"),
                ]),
            ),
            shown("controls", "Controls", Controls),
            shown("likelihood", "Likelihood", Number(1, 5)),
            shown("impact", "Impact", Number(1, 5)),
            hidden("reason", "Reason", Text),
            shown(
                "status",
                "Status",
                Choice(&[
                    ("open", "Open"),
                    ("treated", "Treated"),
                    ("accepted", "Accepted"),
                    ("closed", "Closed"),
                ]),
            ),
            hidden("accepted_by", "Accepted by", Owner),
            hidden("accepted_on", "Accepted", DAY),
            hidden("reviewed_on", "Reviewed", DAY),
            hidden("next_review_on", "Next review", DAY).due(
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
        columns: &[
            shown(
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
            ),
            hidden("source", "Source", Text),
            hidden("found_on", "Found", DAY),
            shown("owner", "Owner", Owner),
            shown("controls", "Controls", Controls),
            hidden("cause", "Cause", Text),
            hidden("correction", "Correction", Text),
            shown("due_on", "Due", DAY).due(
                ("Finding due", "Overdue"),
                "remedy",
                "Remedy the finding",
            ),
            shown(
                "status",
                "Status",
                Choice(&[
                    ("open", "Open"),
                    ("in-remediation", "In remediation"),
                    ("closed", "Closed"),
                ]),
            ),
            hidden("closed_on", "Closed", DAY),
        ],
    },
    Schema {
        name: "policy-exceptions",
        title: "Policy exceptions",
        singular: "policy exception",
        purpose: "Permissions to depart from a policy, until a date.",
        columns: &[
            shown("document", "Document", Document),
            shown("clause", "Clause", ClauseOf("document")),
            shown("owner", "Owner", Owner),
            hidden("controls", "Controls", Controls),
            hidden("reason", "Reason", Text),
            hidden("compensating", "Instead", Text),
            shown("granted_by", "Granted by", Owner),
            hidden("granted_on", "Granted", DAY),
            shown("expires_on", "Expires", DAY).due(
                ("Exception expires", "Expired"),
                "end",
                "End the departure, or have it granted anew",
            ),
            shown("status", "Status", Choice(&[("active", "Active"), ("closed", "Closed")])),
        ],
    },
    Schema {
        name: "incidents",
        title: "Incidents",
        singular: "incident",
        purpose: "Security incidents, how they ended and what was learned.",
        columns: &[
            shown(
                "severity",
                "Severity",
                Choice(&[
                    ("low", "Low"),
                    ("medium", "Medium"),
                    ("high", "High"),
                    ("critical", "Critical"),
                ]),
            ),
            shown("detected_on", "Detected", DAY),
            shown("resolved_on", "Resolved", DAY),
            hidden("summary", "Summary", Text),
            shown("owner", "Owner", Owner),
            hidden("lessons", "Lessons", Text),
        ],
    },
    Schema {
        name: "vendors",
        title: "Vendors",
        singular: "vendor",
        purpose: "Organisations whose services we use, and when each was last reviewed.",
        columns: &[
            shown("purpose", "Purpose", Text),
            shown("owner", "Owner", Owner),
            shown(
                "tier",
                "Tier",
                Choice(&[
                    ("critical", "Critical"),
                    ("important", "Important"),
                    ("standard", "Standard"),
                ]),
            ),
            hidden("data", "Data", Text),
            shown("reviewed_on", "Reviewed", DAY),
            shown("next_review_on", "Next review", DAY).due(
                ("Vendor review", "Overdue"),
                "review",
                "Review the vendor",
            ),
            hidden("contract_until", "Contract until", DAY).due(
                ("Contract ends", "Ended"),
                "renewal",
                "Renew the contract or end the use",
            ),
            hidden("report", "Their report", Text),
        ],
    },
    Schema {
        name: "subprocessors",
        title: "Subprocessors",
        singular: "subprocessor",
        purpose: "Organisations that process our customers' personal data for us.",
        columns: &[
            hidden("legal_name", "Legal name", Text),
            shown("country", "Country", Text),
            shown("purpose", "Purpose", Text),
            hidden("data_categories", "Data", List),
            shown("locations", "Locations", List),
            hidden("products", "Products", List),
            shown(
                "transfer",
                "Transfer",
                Choice(&[
                    ("none-eea", "None, stays in the EEA"),
                    ("adequacy", "Adequacy decision"),
                    ("scc", "Standard contractual clauses"),
                    ("dpf", "Data Privacy Framework"),
                    ("bcr", "Binding corporate rules"),
                ]),
            ),
            hidden("since", "Since", DAY),
            hidden("announced_on", "Announced", DAY),
            shown("effective_on", "Effective", DAY)
                .happens("Subprocessor begins", "Begin the use, or announce a later day"),
            hidden("objection_until", "Objections until", DAY)
                .happens("Objections end", "Answer objections of customers"),
            shown("ended_on", "Ended", DAY),
            hidden("url", "Web site", Url),
            hidden("contract", "Contract", Text),
        ],
    },
    Schema {
        name: "systems",
        title: "Systems",
        singular: "system",
        purpose: "What we run, who answers for it and which data it holds.",
        columns: &[
            hidden("description", "Description", Text),
            shown("owner", "Owner", Owner),
            shown("criticality", "Criticality", Text),
            shown("data", "Data", Text),
            shown("location", "Location", Text),
            shown("production", "Production", YesNo),
        ],
    },
    Schema {
        name: "trainings",
        title: "Trainings",
        singular: "training",
        purpose: "What people are trained in, how often, and when last.",
        columns: &[
            shown("audience", "Audience", Text),
            shown("cycle", "Cycle", CycleSince("last_held_on")).due(
                ("Training due", "Overdue"),
                "training",
                "Hold the training",
            ),
            hidden("provider", "Provider", Text),
            shown("owner", "Owner", Owner),
            shown("last_held_on", "Last held", DAY),
        ],
    },
    Schema {
        name: "attestations",
        title: "Attestations",
        singular: "attestation",
        purpose: "Reports and certificates of third parties about us.",
        columns: &[
            shown(
                "kind",
                "Kind",
                Choice(&[
                    ("soc1", "SOC 1"),
                    ("soc2", "SOC 2"),
                    ("soc3", "SOC 3"),
                    ("soc-cybersecurity", "SOC for Cybersecurity"),
                    ("iso-certificate", "ISO certificate"),
                    ("penetration-test-letter", "Penetration test letter"),
                ]),
            ),
            shown("issuer", "Issuer", Text),
            hidden("issuer_consents", "Issuer consents to being named", YesNo),
            hidden("framework", "Framework", Framework),
            hidden("type", "Type", Number(1, 2)),
            shown("period", "Period", Period),
            hidden("date", "Date", DAY),
            shown("report_date", "Report date", DAY),
            shown(
                "opinion",
                "Opinion",
                Choice(&[
                    ("unqualified", "Unqualified"),
                    ("qualified", "Qualified"),
                    ("adverse", "Adverse"),
                    ("disclaimer", "Disclaimer"),
                ]),
            ),
            hidden("scope", "Scope", Text),
            hidden("categories", "Categories", List),
            shown("valid_until", "Valid until", DAY).due(
                ("Certificate expires", "Expired"),
                "renewal",
                "Have it renewed, or take it down",
            ),
            hidden("certificate_number", "Certificate", Text),
            hidden("accreditation", "Accreditation", Text),
            hidden("requires_nda", "Needs an agreement", YesNo),
            hidden("public_keywords", "Words for finding it", List),
        ],
    },
];

/// Returns the schema of a register.
#[must_use]
pub fn schema(name: &str) -> Option<&'static Schema> {
    REGISTERS.iter().find(|schema| schema.name == name)
}
