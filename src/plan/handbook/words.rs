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

/// Returns the state of a document: its three axes in one line, and the picture of what is worst.
pub(super) fn lifecycle(standing: &Standing) -> Option<Status> {
    let (icon, tone) = match (standing.lifecycle, standing.review) {
        (Lifecycle::Ungoverned, _) => return None,
        (Lifecycle::Draft, _) => (Icon::Draft, Tone::Neutral),
        (Lifecycle::Superseded | Lifecycle::Retired, _) => (Icon::Archive, Tone::Neutral),
        (Lifecycle::Awaiting | Lifecycle::InForce, ReviewState::Overdue) => {
            (Icon::Alert, Tone::Danger)
        }
        (Lifecycle::Awaiting, _) => (Icon::Clock, Tone::Info),
        (Lifecycle::InForce, _) if standing.proposed_change => (Icon::Draft, Tone::Attention),
        (Lifecycle::InForce, ReviewState::DueSoon) => (Icon::Clock, Tone::Attention),
        (Lifecycle::InForce, ReviewState::None | ReviewState::Current) => {
            (Icon::Check, Tone::Success)
        }
    };
    Some(status(icon, standing.words(), tone))
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
