//! What is held of records and documents, in the words that every page, PDF and message uses.

use jiff::civil::Date;
use serde::Serialize;

use super::assessment::{Lifecycle, ReviewState, Standing};
use super::document::Document;
use super::judgement::{Flaw, Obstacle};
use crate::signature::Decision;
use crate::signature::ring::Method;

impl Flaw {
    /// Returns why a record does not stand, as the rest of a sentence that begins with "because".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Unsigned => "it is not signed".to_owned(),
            Self::Signature(why) => format!("the signature does not verify: {why}"),
            Self::OtherWorkspace => "it was made for another workspace".to_owned(),
            Self::DemonstrationKey => {
                "everybody has the key, which is of the demonstration".to_owned()
            }
            Self::Ring => "the ring that it names was not in force then".to_owned(),
            Self::UnknownKey => "nobody in the ring has the key".to_owned(),
            Self::KeyOfAnother(person) => format!("the key is that of `{person}`"),
            Self::Purpose => "the key may not sign such acts".to_owned(),
            Self::KeyTooEarly(from) => format!("the key counts from {from} on"),
            Self::KeyExpired(until) => format!("the key counted until {until}"),
            Self::KeyRetired(on) => {
                format!("the key was retired on {on}, and nothing shows that the record is older")
            }
            Self::KeyCompromised(since) => {
                format!("others may have had the key since {since}, and no witness saw it before")
            }
            Self::Absent => "the person did not belong to the organisation".to_owned(),
            Self::Role(role) => format!("the person did not hold the role `{role}`"),
            Self::NotDelegated(other) => format!("`{other}` did not lend the role"),
            Self::BackDated(days) => {
                format!("its day is {days} days before anybody can have seen it")
            }
            Self::Future(day) => format!("its day, {day}, has not come"),
        }
    }
}

impl Obstacle {
    /// Returns why an act does not count, as the rest of a sentence that begins with "because".
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Flawed => "the record does not stand",
            Self::Method => "the rule does not admit what was given in this way",
            Self::OtherRole => "the rule does not ask for this role",
            Self::RoleNotHeld => "the person did not hold the role on that day",
            Self::Author => "the person wrote the text",
            Self::Withdrawn => "the same person decided otherwise later",
            Self::NotInForce => "the text that was reviewed was not in force",
            Self::Late => "it was given after the text was to count, which the rule does not admit",
        }
    }
}

/// Returns how an act was given, in one or two words.
#[must_use]
pub fn manner(method: Method) -> &'static str {
    match method {
        Method::Signature => "Signed",
        Method::ESign => "E-sign",
        Method::PullRequest => "Pull request",
        Method::Minutes => "Minutes",
        Method::Imported => "Imported",
        Method::Recorded => "Recorded, unsigned",
    }
}

/// Returns on whose word it rests that an act was given, as a few words.
#[must_use]
pub fn assurance(method: Method) -> &'static str {
    match method {
        Method::Signature => "checked here",
        Method::ESign => "on the word of a signature service, not checked here",
        Method::PullRequest => "on the word of the git host, not checked here",
        Method::Minutes => "on the word of the minutes, not checked here",
        Method::Imported => "on a file from before Avouch, not checked here",
        Method::Recorded => "on the word of whoever wrote the line",
    }
}

/// Returns what was decided, in words that stand alone.
#[must_use]
pub fn decided(decision: Decision) -> &'static str {
    match decision {
        Decision::Approve => "Approved",
        Decision::ApproveInEmergency => "Approved in an emergency",
        Decision::Reject => "Rejected",
        Decision::RequestChanges => "Asked for changes",
        Decision::Withdraw => "Withdrew",
        Decision::Keep => "Reviewed, no change",
        Decision::Accept => "Acknowledged",
        Decision::Enrol => "Changed the ring",
    }
}

impl Lifecycle {
    /// Returns the words that begin a line of standing; nothing for what is not governed.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Awaiting => "Approved, not yet in force",
            Self::InForce => "In force",
            Self::Superseded => "Superseded",
            Self::Retired => "Retired",
            Self::Ungoverned => "",
        }
    }

    /// Returns the word of machine forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Awaiting => "awaiting",
            Self::InForce => "in-force",
            Self::Superseded => "superseded",
            Self::Retired => "retired",
            Self::Ungoverned => "ungoverned",
        }
    }
}

impl ReviewState {
    /// Returns what a line of standing says of the review; nothing where there is nothing to do.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::None | Self::Current => None,
            Self::DueSoon => Some("review due soon"),
            Self::Overdue => Some("review overdue"),
        }
    }

    /// Returns the word of machine forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Current => "current",
            Self::DueSoon => "due-soon",
            Self::Overdue => "overdue",
        }
    }
}

/// The three axes of a standing, as machine forms have them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Axes {
    /// From `draft` to `retired`.
    pub lifecycle: &'static str,
    /// `none`, `current`, `due-soon` or `overdue`.
    pub review: &'static str,
    /// `none` or `pending`.
    pub proposed_change: &'static str,
}

impl Standing {
    /// Returns the first day on which the text of a document counts: as its records have it, else as
    /// it says itself.
    #[must_use]
    pub fn effective_day(&self, document: &Document) -> Option<Date> {
        let text = self.in_force.as_ref().or(self.awaiting.as_ref());
        text.map(|it| it.effective).or_else(|| document.effective_date.as_ref().map(|it| it.value))
    }

    /// Returns the three axes in one line: "In force, review overdue, change proposed". Pages, lists
    /// and the terminal print this line and no other.
    #[must_use]
    pub fn words(&self) -> String {
        let change = self.proposed_change.then_some("change proposed");
        let parts = [Some(self.lifecycle.word()), self.review.word(), change];
        parts.into_iter().flatten().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Returns the three axes for machine forms.
    #[must_use]
    pub fn axes(&self) -> Axes {
        Axes {
            lifecycle: self.lifecycle.key(),
            review: self.review.key(),
            proposed_change: if self.proposed_change { "pending" } else { "none" },
        }
    }
}
