//! What needs whom by when.

use jiff::civil::Date;

use super::assessment::Urgency;

/// Stands in commands for the id of whoever carries them out.
pub const PERSON: &str = "PERSON";

/// Something that is to be done, or that happens, by a day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Duty {
    /// What kind of thing it is.
    pub kind: DutyKind,
    /// The id of what it is about.
    pub id: String,
    /// The title of that.
    pub title: String,
    /// What is to be done, in a few words that the id follows: "Review".
    pub what: String,
    /// The ids of the people who are to do it, as of the day. Nobody where no one holds the role.
    pub who: Vec<String>,
    /// The last day; nothing where none is set.
    pub by: Option<Date>,
    /// How near that day is. What has no day is [`Urgency::Soon`]: it waits for somebody.
    pub urgency: Urgency,
    /// Why, in a sentence without an end.
    pub why: String,
    /// The command that does it, with [`PERSON`] for whoever does.
    pub command: Option<String>,
}

/// What kind of thing is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyKind {
    /// A text lacks approvals.
    Approval,
    /// An approved text comes into force.
    InForce,
    /// A document is to be reviewed.
    Review,
    /// A text is to be accepted by the people whom it binds.
    Acknowledgement,
    /// Documents of a campaign are to be reviewed.
    Campaign,
    /// The newest evidence of a control goes stale.
    Evidence,
    /// A record of a register falls due.
    Register,
    /// Something of a register happens on that day, whether anybody acts or not.
    Event,
    /// People, keys, roles or rules are to be signed.
    Ring,
    /// A key ends.
    Key,
    /// A delegation ends.
    Delegation,
}

impl DutyKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Approval,
        Self::InForce,
        Self::Review,
        Self::Acknowledgement,
        Self::Campaign,
        Self::Evidence,
        Self::Register,
        Self::Event,
        Self::Ring,
        Self::Key,
        Self::Delegation,
    ];

    /// Returns the word that programs read.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::InForce => "in-force",
            Self::Review => "review",
            Self::Acknowledgement => "acknowledgement",
            Self::Campaign => "campaign",
            Self::Evidence => "evidence",
            Self::Register => "register",
            Self::Event => "event",
            Self::Ring => "ring",
            Self::Key => "key",
            Self::Delegation => "delegation",
        }
    }
}

impl Duty {
    /// Returns whether its day has passed.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.urgency == Urgency::Missed
    }

    /// Returns the word that programs read: `overdue`, `soon`, `later`, or `open` where no day is set.
    #[must_use]
    pub fn state(&self) -> &'static str {
        match (self.by, self.urgency) {
            (None, _) => "open",
            (Some(_), Urgency::Missed) => "overdue",
            (Some(_), Urgency::Soon) => "soon",
            (Some(_), Urgency::Later) => "later",
        }
    }

    /// Returns what is to be done with what, without its title: "Review POL-AC".
    #[must_use]
    pub fn act(&self) -> String {
        if self.id.is_empty() { self.what.clone() } else { format!("{} {}", self.what, self.id) }
    }

    /// Returns the command for one of the people.
    #[must_use]
    pub fn command_of(&self, person: &str) -> Option<String> {
        let placeholder = format!("--as {PERSON}");
        Some(self.command.as_ref()?.replace(&placeholder, &format!("--as {person}")))
    }

    /// Returns whether it is shown to somebody who looks so many days ahead: what is overdue and what
    /// has no day always is.
    #[must_use]
    pub fn is_within(&self, today: Date, days: u16) -> bool {
        let last = today.saturating_add(jiff::Span::new().days(i64::from(days)));
        self.by.is_none_or(|by| by <= last)
    }
}
