//! `empty-heading`: a heading without words.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::document::Document;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "empty-heading",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a heading without words",
    explanation: "A heading without words is a stop without a name for those who listen to a text, and an empty \
        line in its contents. PDFs leave it out.",
};

/// Reports headings of a document that have no words.
pub(crate) fn check(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    for heading in document.outline.headings.iter().filter(|it| it.text.trim().is_empty()) {
        let place = document.body_place(heading.span);
        diagnostics.push(
            Diagnostic::new(&RULE, place, "this heading has no words")
                .help("remove it or name the section"),
        );
    }
}
