//! What we tell the user about content, as data.
//!
//! A [`Diagnostic`] names its [`Rule`], says in one phrase what is wrong, and points at the
//! [`Place`] to change. Stages collect them; only [`render`] turns them into text, and only the
//! command line prints that. Failures of the environment are no diagnostics, they are `Result`s.

pub mod baseline;
mod counts;
mod nearest;
pub mod render;
mod rule;

pub use counts::Counts;
pub use nearest::nearest_name;
pub use rule::{Level, Rule};

use crate::span::Place;

/// One message about content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: &'static Rule,
    /// How bad it is here: the rule's level, or what the settings made of it.
    pub level: Level,
    /// One lower-case phrase without a final period, names in backticks.
    pub message: String,
    /// The bytes to look at.
    pub place: Place,
    /// What stands at the place, in a few words; empty where the message says it all.
    pub label: String,
    /// Other places that explain it, each with a few words.
    pub related: Vec<(Place, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Makes a diagnostic at the rule's own level.
    pub fn new(rule: &'static Rule, place: Place, message: impl Into<String>) -> Self {
        Self {
            rule,
            level: rule.level,
            message: message.into(),
            place,
            label: String::new(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Adds a few words that stand under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the nearest name as help, where there is one.
    #[must_use]
    pub fn nearest<'a>(self, typed: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest_name(typed, known) {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Adds another place that explains it.
    #[must_use]
    pub fn related(mut self, place: Place, words: impl Into<String>) -> Self {
        self.related.push((place, words.into()));
        self
    }

    /// Returns whether it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

/// Sorts by file and place, so that output does not depend on the order of work, and drops
/// repetitions.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (&a.place, a.rule.name, &a.message).cmp(&(&b.place, b.rule.name, &b.message))
    });
    diagnostics.dedup();
}
