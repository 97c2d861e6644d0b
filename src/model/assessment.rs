//! Everything that is computed from the corpus on a day.
//!
//! A state that any page, PDF, table or message shows is computed once, by `assess`, and held
//! here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::signature::Digest;

/// The corpus on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The day.
    pub today: Date,
    /// For each document, its standing.
    pub documents: Vec<Standing>,
    /// For each control, how far it has come.
    pub controls: Vec<ControlState>,
    /// For each framework, its requirements in order.
    pub coverage: Vec<Vec<RequirementState>>,
}

/// Where a document stands: three axes that never merge into one word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Standing {
    /// From draft to retired.
    pub lifecycle: Lifecycle,
    /// Whether its review is current.
    pub review: ReviewState,
    /// Whether its text differs from the text that was approved.
    pub proposed_change: bool,
    /// The day of the last approval or recorded review.
    pub last_reviewed: Option<Date>,
    /// Whether that day is only a typed date.
    pub is_claimed: bool,
    /// The day by which the next review is due.
    pub next_review: Option<Date>,
    /// The digest of the text as it stands.
    pub digest: Digest,
}

/// From draft to retired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lifecycle {
    /// Nobody has approved it.
    Draft,
    /// It is approved and its effective date has not come.
    Awaiting,
    /// It counts.
    InForce,
    /// Another document took its place.
    Superseded,
    /// It no longer counts.
    Retired,
    /// It is not governed: a page, or a document in a plain folder.
    Ungoverned,
}

/// Whether a review is current.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewState {
    /// There is nothing to review.
    None,
    /// The next one is some time away.
    Current,
    /// The next one is near.
    DueSoon,
    /// The next one should have happened.
    Overdue,
}

/// The steps by which a requirement is covered. They never merge into a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Something names it.
    Cited,
    /// A document in force describes what is done.
    Documented,
    /// A control operates, as its owner states.
    Implemented,
    /// There is proof that it operated.
    Evidenced,
    /// The newest proof is fresh.
    Fresh,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 5] =
        [Self::Cited, Self::Documented, Self::Implemented, Self::Evidenced, Self::Fresh];

    /// Returns the word that is printed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Cited => "Cited",
            Self::Documented => "Documented",
            Self::Implemented => "Implemented",
            Self::Evidenced => "Evidenced",
            Self::Fresh => "Fresh",
        }
    }
}

/// How far a control has come.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ControlState {
    /// The highest step.
    pub step: Step,
    /// The documents in force that describe it, by number.
    pub documents: Vec<u32>,
    /// Its evidence by number, newest first.
    pub evidence: Vec<u32>,
    /// How many occurrences the evidence shows, and how many were expected in the period that is
    /// looked at; nothing for controls without a fixed frequency.
    pub occurrences: Option<(u32, u32)>,
    /// The last day on which its newest evidence is fresh.
    pub fresh_until: Option<Date>,
    /// The ids of open findings that are deviations or deficiencies; they cap the step.
    pub deviations: Vec<String>,
}

/// How far a requirement is covered.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequirementState {
    /// Why it does not apply, if it does not.
    pub exclusion: Option<String>,
    /// Whether an engagement examines it.
    pub in_scope: bool,
    /// The highest step, which is that of its weakest control.
    pub step: Option<Step>,
    /// The clauses that address it: document and clause by number.
    pub clauses: Vec<(u32, u32)>,
    /// Documents that address it as a whole, by number.
    pub documents: Vec<u32>,
    /// The controls that meet it, by number, and whether only partly.
    pub controls: Vec<(u32, bool)>,
}

impl Assessment {
    /// Counts the requirements of a framework that apply, and how many reached each step.
    #[must_use]
    pub fn counts(&self, framework: usize) -> (u32, BTreeMap<Step, u32>) {
        let mut reached: BTreeMap<Step, u32> =
            Step::ALL.into_iter().map(|step| (step, 0)).collect();
        let mut total = 0;
        for state in self.coverage[framework].iter().filter(|state| state.exclusion.is_none()) {
            total += 1;
            for (step, count) in &mut reached {
                *count += u32::from(state.step.is_some_and(|it| it >= *step));
            }
        }
        (total, reached)
    }
}
