//! The page of compliance: attestations, and frameworks to which controls are mapped.

use serde::Serialize;

use crate::plan::view::trust::{Access, Frame};
use crate::plan::view::{Chip, Fact, HrefText, Icon, Status, Tone};

/// `compliance.html`: attestations and frameworks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Compliance {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Attestations that have been issued and hold.
    pub current: Vec<AttestationCard>,
    /// Those under way or planned.
    pub coming: Vec<AttestationCard>,
    /// Those that no longer hold.
    pub lapsed: Vec<AttestationCard>,
    /// The frameworks to which controls are mapped.
    pub frameworks: Vec<FrameworkSection>,
    /// `Controls and mappings are self-reported by Harbourlight. …`
    pub self_reported: String,
    /// What the organisation says is not covered, where there is a page about it.
    pub not_covered: Option<HrefText>,
}

/// The report or certificate of a third party.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct AttestationCard {
    /// Its anchor on the page of compliance.
    pub anchor: String,
    /// `SOC 2® Type 2`
    pub title: String,
    /// What it is, in words: `Attestation report of an independent service auditor`.
    pub kind: String,
    /// `Attested`, `Certified`, `In progress`, `Planned` or `Lapsed`; see [`AttestationState`].
    pub status: Status,
    /// What was examined.
    pub scope: Option<String>,
    /// Period or date, opinion, auditor (only with consent), validity, certificate number: what
    /// the kind has, in the order in which it is read.
    pub facts: Vec<Fact>,
    /// `Security`, `Availability`: the categories that the report covers.
    pub categories: Vec<Chip>,
    /// How to get at the report; absent where there is none yet.
    pub access: Option<Access>,
    /// A sentence that has to stand beside it: `The opinion is qualified: …`.
    pub note: Option<String>,
}

/// What has become of an attestation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttestationState {
    /// An auditor has reported and found nothing to qualify.
    Attested,
    /// A tester has written what was tested.
    Tested,
    /// An auditor has reported, and the opinion is not clean.
    AttestedWithReservation,
    /// A certification body has certified.
    Certified,
    /// The examination has begun.
    InProgress,
    /// The examination has not begun.
    Planned,
    /// It no longer holds.
    Lapsed,
}

impl AttestationState {
    /// Returns the status that is shown. Green needs a clean result that holds.
    #[must_use]
    pub fn status(self) -> Status {
        let (word, tone, icon) = match self {
            Self::Attested => ("Attested", Tone::Success, Icon::Check),
            Self::Tested => ("Tested", Tone::Info, Icon::Info),
            Self::AttestedWithReservation => ("Attested", Tone::Attention, Icon::Alert),
            Self::Certified => ("Certified", Tone::Success, Icon::Check),
            Self::InProgress => ("In progress", Tone::Info, Icon::Half),
            Self::Planned => ("Planned", Tone::Neutral, Icon::Dash),
            Self::Lapsed => ("Lapsed", Tone::Attention, Icon::Clock),
        };
        Status { icon, word: word.into(), tone }
    }
}

/// A framework and the public controls that meet its requirements.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FrameworkSection {
    /// Its anchor.
    pub anchor: String,
    /// `SOC 2`
    pub title: String,
    /// `2017 Trust Services Criteria (with revised points of focus, 2022)`
    pub edition: String,
    /// `In scope of an examination`, `Partly in scope of an examination` or `Mapped, not examined`.
    pub standing: Status,
    /// A sentence with numbers, and what an examination does not vouch for: `46 public controls
    /// are mapped to 38 criteria.`
    pub sentence: String,
    /// The heading of the first column: `Criterion`.
    pub requirement_word: String,
    /// Its groups; only requirements to which something public is mapped.
    pub groups: Vec<FrameworkGroup>,
}

/// A group of requirements.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct FrameworkGroup {
    /// `CC6 Logical and physical access`
    pub title: String,
    /// `In scope of SOC 2® Type 2 report` or `Mapped, not examined`; absent where nobody examined
    /// any group, which the framework says.
    pub standing: Option<Status>,
    /// Its requirements.
    pub requirements: Vec<RequirementRow>,
}

/// A requirement and what is mapped to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RequirementRow {
    /// `CC6.1`
    pub id: String,
    /// Our own short title.
    pub title: String,
    /// The published controls, those that meet it wholly first.
    pub controls: Vec<RelatedControls>,
}

/// Published controls that bear on a requirement in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RelatedControls {
    /// How: `Met by`, `Partly met by`; where nobody examined it `Related` or `Related to a part`.
    pub relation: String,
    /// The controls.
    pub controls: Vec<RelatedControl>,
}

/// A published control beside a requirement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct RelatedControl {
    /// Its id and title, and where it is described.
    pub link: HrefText,
    /// `title only, details on request`: what has to be said about it.
    pub note: Option<String>,
}
