//! The page of subprocessors.

use serde::Serialize;

use crate::plan::view::trust::{Day, Frame};
use crate::plan::view::{Fact, HrefText};

/// `subprocessors.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Subprocessors {
    /// The frame.
    pub frame: Frame,
    /// The heading.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Changes that were announced and aren't in effect.
    pub changes: Vec<SubprocessorChange>,
    /// An honest sentence where there is no change: `No change is announced.`
    pub no_changes: Option<String>,
    /// Those in use.
    pub rows: Vec<SubprocessorRow>,
    /// Those no longer in use.
    pub ended: Vec<SubprocessorRow>,
    /// `Atom`, `JSON`, `CSV`: lists and feeds.
    pub forms: Vec<HrefText>,
}

/// A change of subprocessors that was announced.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SubprocessorChange {
    /// Its anchor on the page of subprocessors.
    pub anchor: String,
    /// Where it is described, as seen from this page; absent on that page itself.
    pub href: Option<String>,
    /// `Waymark Analytics joins`
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Data, locations, announced on, objections until, effective on.
    pub facts: Vec<Fact>,
    /// `Object by mail`, with the subject filled in.
    pub action: Option<HrefText>,
}

/// A subprocessor.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct SubprocessorRow {
    /// Its anchor.
    pub anchor: String,
    /// `Stratus Cloud`
    pub name: String,
    /// Its own page about privacy or security.
    pub url: Option<String>,
    /// `Stratus Cloud EMEA Ltd, Ireland`
    pub entity: String,
    /// What it is for.
    pub purpose: String,
    /// The categories of data.
    pub data: String,
    /// Where it processes.
    pub locations: String,
    /// `Standard contractual clauses`, `None: stays in the EEA`.
    pub transfer: String,
    /// The products that use it.
    pub products: String,
    /// Since when, or until when for those that ended.
    pub date: Option<Day>,
}
