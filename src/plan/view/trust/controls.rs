//! The page of controls.

use serde::Serialize;

use crate::plan::view::trust::{Action, Frame};
use crate::plan::view::{Chip, HrefText};

/// `controls.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Controls {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// `Self-reported by Harbourlight; the SOC 2® Type 2 report covers …`
    pub self_reported: String,
    /// The groups.
    pub groups: Vec<ControlGroup>,
}

/// A group of controls.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ControlGroup {
    /// Its anchor.
    pub anchor: String,
    /// `Access`
    pub title: String,
    /// `8 controls`
    pub count: String,
    /// Its controls.
    pub controls: Vec<ControlRow>,
}

/// A public control.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct ControlRow {
    /// Its anchor.
    pub anchor: String,
    /// `AC-01`
    pub id: String,
    /// `Multi-factor authentication on single sign-on`
    pub title: String,
    /// What customers read.
    pub summary: String,
    /// A request by mail, where only the title is published.
    pub request: Option<Action>,
    /// Words by which it is found besides those that are seen.
    pub words: String,
    /// `Operating since 10 January 2025`; absent where it does not operate yet.
    pub operating: Option<String>,
    /// The frameworks and requirements it is mapped to.
    pub frameworks: Vec<Chip>,
    /// Public documents that describe it.
    pub documents: Vec<HrefText>,
}
