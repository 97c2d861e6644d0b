//! The page of updates.

use serde::Serialize;

use crate::plan::view::Status;
use crate::plan::view::trust::{Day, Frame};

/// `updates.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Updates {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// The updates by year, latest first.
    pub years: Vec<UpdateYear>,
}

/// The updates of a year.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct UpdateYear {
    /// `2026`
    pub year: String,
    /// Latest first.
    pub updates: Vec<Update>,
}

/// An update.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Update {
    /// Its anchor on the page of updates.
    pub anchor: String,
    /// Where it stands, as seen from this page.
    pub href: String,
    /// Its date.
    pub date: Day,
    /// `Certification`, `Incident`.
    pub kind: Status,
    /// Its title.
    pub title: String,
    /// What happened.
    pub text: String,
}
