//! `skipped-heading-level`: a heading that stands more than one level below the one above it.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::document::Document;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "skipped-heading-level",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a heading that stands more than one level below the one above it",
    explanation: "Who listens to a text finds the way by the levels of its headings, and a gap sounds as if a \
        section were missing. Accessible PDFs (PDF/UA) allow no gaps, so that theirs are closed. \
        The title is the heading of level 1; begin sections with `##`.",
};

/// Reports headings of a document whose level leaves a gap.
pub(crate) fn check(document: &Document, diagnostics: &mut Vec<Diagnostic>) {
    let mut above: Option<u8> = None;
    for heading in &document.outline.headings {
        if heading.level > above.unwrap_or(1).saturating_add(1) {
            let parent = above.map_or("the title".to_owned(), |above| format!("level {above}"));
            let message = format!("this heading of level {} stands below {parent}", heading.level);
            let help = "use one `#` more than the heading above it";
            let place = document.body_place(heading.span);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
        above = Some(heading.level);
    }
}
