//! Where readers report to.

use std::collections::BTreeSet;

use super::rules::{duplicate_key, invalid_value, invalid_yaml};
use super::yaml::YamlFault;
use crate::diagnostic::Diagnostic;
use crate::span::{FilePath, Place, Span};

/// The diagnostics of one file.
pub(crate) struct Sink {
    path: FilePath,
    offset: u32,
    /// What was reported so far.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Names that are declared with a value that could not be read.
    pub(crate) lost: BTreeSet<String>,
}

impl Sink {
    /// Reports about a file whose spans count from `offset`.
    pub(crate) fn new(path: &FilePath, offset: u32) -> Self {
        Self { path: FilePath::clone(path), offset, diagnostics: Vec::new(), lost: BTreeSet::new() }
    }

    /// Returns the path of the file.
    pub(crate) fn path(&self) -> &FilePath {
        &self.path
    }

    /// Returns the place of a span in the whole file.
    pub(crate) fn place(&self, span: Span) -> Place {
        Place::new(&self.path, span.shifted(self.offset))
    }

    /// Adds a diagnostic.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports a value of the wrong kind.
    pub(crate) fn invalid(&mut self, span: Span, message: impl Into<String>) {
        let place = self.place(span);
        let is_refused =
            |one: &Diagnostic| one.rule == &invalid_yaml::RULE && one.place.span == place.span;
        if !self.diagnostics.iter().any(is_refused) {
            self.report(Diagnostic::new(&invalid_value::RULE, place, message));
        }
    }

    /// Reports a fault of the text itself.
    pub(crate) fn yaml(&mut self, fault: YamlFault) {
        let place = self.place(fault.span);
        let rule = if fault.first.is_some() { &duplicate_key::RULE } else { &invalid_yaml::RULE };
        let mut diagnostic = Diagnostic::new(rule, place, fault.message);
        if let Some(first) = fault.first {
            diagnostic = diagnostic.related(self.place(first), "the first one");
        }
        diagnostic.help = fault.help;
        self.report(diagnostic);
    }
}
