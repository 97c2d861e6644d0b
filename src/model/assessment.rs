//! Everything that is computed from the corpus on a day.
//!
//! A state that any page, PDF, table or message shows is computed once, by `assess`, and held
//! here.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::acknowledgement::Acknowledgements;
use super::interval::Interval;
use super::item::ItemStanding;
use super::judgement::{ApprovedText, Judgements};
use super::register::Deadline;
use super::shown::Shown;
use crate::signature::Digest;

/// The corpus on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assessment {
    /// The day.
    pub today: Date,
    /// For each document, its standing.
    pub documents: Vec<Standing>,
    /// For each piece of evidence, whether its file is the one that was registered.
    pub evidence: Vec<Proof>,
    /// For each control, how far it has come.
    pub controls: Vec<ControlState>,
    /// For each framework, its requirements in order.
    pub coverage: Vec<Vec<RequirementState>>,
    /// What is due when, by date.
    pub agenda: Vec<Due>,
    /// What is held of records.
    pub records: Judgements,
    /// Where controls, records of registers, mappings and exclusions stand that somebody approved or
    /// that a rule of approval names, by their ids in lower case.
    pub items: BTreeMap<String, ItemStanding>,
    /// Who was asked to accept which texts, and what came of it.
    pub acknowledgements: Acknowledgements,
    /// For each document, the digest of the text of its file, whatever is shown.
    pub texts: Vec<Digest>,
}

/// Something that falls due on a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Due {
    /// The day.
    pub date: Date,
    /// What falls due.
    pub deadline: Deadline,
    /// How near the day is.
    pub urgency: Urgency,
    /// What it is about.
    pub subject: Subject,
}

/// How near a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// It has passed.
    Missed,
    /// It is near.
    Soon,
    /// It is some time away.
    Later,
}

/// What something is about, by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A document.
    Document(u32),
    /// A control.
    Control(u32),
    /// A record: the numbers of its register and of itself.
    Record(u32, u32),
}

/// Where a document stands: three axes that never merge into one word.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Standing {
    /// From draft to retired.
    pub lifecycle: Lifecycle,
    /// Whether its review is current.
    pub review: ReviewState,
    /// Whether the file holds another text than the one that was approved.
    pub proposed_change: bool,
    /// Whether the text that is shown is the one in force.
    pub is_text_in_force: bool,
    /// The day of the last approval or recorded review.
    pub last_reviewed: Option<Date>,
    /// Whether that day is only a typed date.
    pub is_claimed: bool,
    /// The day by which the next review is due.
    pub next_review: Option<Date>,
    /// The digest of the text as it stands; that of nothing where nobody approves it.
    pub digest: Digest,
    /// The text in force, as its records have it.
    pub in_force: Option<ApprovedText>,
    /// A text that is approved and whose day has not come.
    pub awaiting: Option<ApprovedText>,
    /// What is shown, where that is not simply the text of the file.
    pub shown: Option<Shown>,
}

impl Default for Standing {
    /// Where nobody governs it.
    fn default() -> Self {
        Self {
            lifecycle: Lifecycle::Ungoverned,
            review: ReviewState::None,
            proposed_change: false,
            is_text_in_force: false,
            last_reviewed: None,
            is_claimed: true,
            next_review: None,
            digest: Digest::OF_NOTHING,
            in_force: None,
            awaiting: None,
            shown: None,
        }
    }
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

/// Whether the file of a piece of evidence is the one that was registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Proof {
    /// It is a pointer to something outside the workspace.
    Elsewhere,
    /// The file is there, and nothing says what it was when it was registered.
    Unbound,
    /// The file is the one that was registered.
    Intact,
    /// The file is another one than was registered. It proves nothing.
    Changed,
    /// There is no such file. It proves nothing.
    Missing,
}

impl Proof {
    /// Returns whether it can prove anything.
    #[must_use]
    pub fn counts(self) -> bool {
        !matches!(self, Self::Changed | Self::Missing)
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
    /// What the evidence shows of the occurrences that were to be expected; nothing for controls
    /// without a fixed frequency.
    pub occurrences: Option<Occurrences>,
    /// The last day on which its newest evidence is fresh.
    pub fresh_until: Option<Date>,
    /// The ids of open findings that are deviations or deficiencies, and of policy exceptions that
    /// have run out and are not closed: departures without permission. They cap the step.
    pub deviations: Vec<String>,
}

/// Occurrences of a control in the intervals that ended before today: in a daily control days, in
/// a quarterly one quarters of the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Occurrences {
    /// How many the evidence shows.
    pub shown: u32,
    /// How many were to be expected.
    pub expected: u32,
    /// The first day that is looked at: the beginning of the period that is examined, or a year
    /// ago, or when the control began to operate.
    pub since: Date,
    /// The intervals in which the evidence shows none.
    pub missed: Vec<Missed>,
    /// The interval that has not ended.
    pub open: OpenInterval,
}

/// An interval without an occurrence.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missed {
    /// The interval.
    pub interval: Interval,
    /// The id of the finding that says so of its days: there is nothing left to record.
    pub finding: Option<String>,
}

/// The interval in which today lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OpenInterval {
    /// The interval.
    pub interval: Interval,
    /// The last day in it of which evidence speaks.
    pub shown_on: Option<Date>,
}

impl Occurrences {
    /// Returns whether the evidence shows each that was to be expected; where no interval has
    /// ended yet, whether it shows that of the open one.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        match self.expected {
            0 => self.open.shown_on.is_some(),
            expected => self.shown == expected,
        }
    }

    /// Returns the missed intervals of which no finding speaks.
    pub fn unexplained(&self) -> impl Iterator<Item = Interval> {
        self.missed.iter().filter(|it| it.finding.is_none()).map(|it| it.interval)
    }
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
    /// The ids of what holds these controls back, and of policy exceptions from clauses that
    /// address it which have run out and are not closed. They cap the step.
    pub deviations: Vec<String>,
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
