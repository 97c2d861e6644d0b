//! States and dates as words.

use jiff::civil::Date;

use crate::model::assessment::{Lifecycle, ReviewState, Standing, Step};
use crate::plan::view::handbook::{Ladder, LadderStep};
use crate::plan::view::{Icon, Status, Tone};

/// Writes a date as prose has it: 1 February 2026.
pub(in crate::plan) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Counts things: "1 document", "3 documents".
pub(in crate::plan) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

pub(in crate::plan) fn status(icon: Icon, word: impl Into<String>, tone: Tone) -> Status {
    Status { icon, word: word.into(), tone }
}

/// Returns the state of a document as one line begins with it.
pub(super) fn lifecycle(standing: &Standing) -> Option<Status> {
    Some(match standing.lifecycle {
        Lifecycle::Draft => status(Icon::Draft, "Draft", Tone::Neutral),
        Lifecycle::Awaiting => status(Icon::Clock, "Approved, not yet in force", Tone::Info),
        Lifecycle::InForce if standing.proposed_change => {
            status(Icon::Draft, "In force, change proposed", Tone::Attention)
        }
        Lifecycle::InForce => match standing.review {
            ReviewState::Overdue => status(Icon::Alert, "In force, review overdue", Tone::Danger),
            ReviewState::DueSoon => {
                status(Icon::Clock, "In force, review due soon", Tone::Attention)
            }
            ReviewState::None | ReviewState::Current => {
                status(Icon::Check, "In force", Tone::Success)
            }
        },
        Lifecycle::Superseded => status(Icon::Archive, "Superseded", Tone::Neutral),
        Lifecycle::Retired => status(Icon::Archive, "Retired", Tone::Neutral),
        Lifecycle::Ungoverned => return None,
    })
}

/// Returns the state of a review.
pub(super) fn review(standing: &Standing) -> Option<Status> {
    match standing.review {
        ReviewState::None => None,
        ReviewState::Current => Some(status(Icon::Check, "Current", Tone::Success)),
        ReviewState::DueSoon => Some(status(Icon::Clock, "Due soon", Tone::Attention)),
        ReviewState::Overdue => Some(status(Icon::Alert, "Overdue", Tone::Danger)),
    }
}

/// Returns the step that something has reached.
pub(super) fn step(step: Option<Step>) -> Status {
    match step {
        None => status(Icon::Cross, "Not covered", Tone::Danger),
        Some(it @ (Step::Cited | Step::Documented)) => {
            status(Icon::Half, it.word(), Tone::Attention)
        }
        Some(it @ (Step::Implemented | Step::Evidenced)) => {
            status(Icon::Half, it.word(), Tone::Info)
        }
        Some(it @ Step::Fresh) => status(Icon::Check, it.word(), Tone::Success),
    }
}

/// Returns the five steps with those that are reached.
pub(super) fn ladder(reached: Option<Step>, note: impl Fn(Step) -> String) -> Ladder {
    let steps = Step::ALL.into_iter().map(|step| LadderStep {
        word: step.word().to_owned(),
        reached: reached.is_some_and(|reached| reached >= step),
        note: note(step),
    });
    Ladder { steps: steps.collect() }
}
