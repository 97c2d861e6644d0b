//! What is due when.
//!
//! One list for the calendar, the first page and the rules, so that they agree: reviews of
//! documents, evidence that goes stale, and every deadline that the schema of a register declares.

use jiff::civil::Date;

use crate::model::assessment::{Assessment, Due, Subject, Urgency};
use crate::model::corpus::Corpus;
use crate::model::register::Deadline;

/// The next review of a document.
pub(super) const REVIEW: Deadline = Deadline {
    label: "Review",
    missed: Some("Overdue"),
    act: "review",
    remedy: "Review it and record the review",
};

/// The last day on which the newest evidence of a control is fresh.
pub(super) const EVIDENCE: Deadline = Deadline {
    label: "Evidence goes stale",
    missed: Some("Stale evidence"),
    act: "renewal",
    remedy: "Collect newer evidence",
};

/// Lists everything that is due, by date.
pub(super) fn agenda(corpus: &Corpus, assessment: &Assessment) -> Vec<Due> {
    let due = |date: Date, deadline: Deadline, subject: Subject| {
        let urgency = if date < assessment.today {
            Urgency::Missed
        } else if corpus.settings.due_soon.before(date) <= assessment.today {
            Urgency::Soon
        } else {
            Urgency::Later
        };
        Due { date, deadline, urgency, subject }
    };
    let reviews = (0u32..)
        .zip(&assessment.documents)
        .filter_map(|(number, it)| Some(due(it.next_review?, REVIEW, Subject::Document(number))));
    let evidence = (0u32..)
        .zip(&assessment.controls)
        .filter_map(|(number, it)| Some(due(it.fresh_until?, EVIDENCE, Subject::Control(number))));
    let mut agenda: Vec<Due> = reviews.chain(evidence).collect();
    for (register, (schema, records)) in (0u32..).zip(&corpus.registers) {
        for column in schema.columns {
            let Some(deadline) = column.deadline else { continue };
            for (number, record) in (0u32..).zip(records) {
                let Some(date) = record.due(column) else { continue };
                let is_history = deadline.missed.is_none() && date < assessment.today;
                if !is_history {
                    agenda.push(due(date, deadline, Subject::Record(register, number)));
                }
            }
        }
    }
    agenda.sort_by_key(|it| it.date);
    agenda
}
