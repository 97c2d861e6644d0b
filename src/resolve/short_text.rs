//! The variables of short texts, and tags of other templates in them.

use super::rules::unresolved_variable;
use crate::diagnostic::Diagnostic;
use crate::model::corpus::Corpus;
use crate::model::settings::Fact;
use crate::model::short_text::{self, Reading};
use crate::model::unread::Declares;
use crate::model::variable;
use crate::parse::markdown::{self, FaultKind};
use crate::parse::rules::template_residue;
use crate::span::Place;
use crate::workspace::Snapshot;

/// Checks all short texts, and notes whether any words hold variables.
pub(super) fn check(corpus: &mut Corpus, snapshot: &Snapshot, diagnostics: &mut Vec<Diagnostic>) {
    if !corpus.settings.is_workspace {
        return;
    }
    let facts = corpus.settings.facts.clone();
    let unread = corpus.unread.clone();
    let mut has_words_to_fill = false;
    short_text::each(corpus, &mut |text, reading, place| {
        let place = |range| snapshot.locate(place, text, range);
        if !short_text::has_tag(text) {
            return;
        }
        let paths = match reading {
            Reading::Words => {
                has_words_to_fill = true;
                variable::uses(text)
            }
            Reading::Markdown => {
                let read = markdown::read(text, &markdown::Options::default());
                for fault in &read.faults {
                    if let FaultKind::Dialect(dialect) = fault.kind {
                        let message = format!("this is {dialect}, which is printed as it stands");
                        let place = place(fault.span.range());
                        diagnostics.push(
                            Diagnostic::new(&template_residue::RULE, place, message)
                                .help("write it in Markdown"),
                        );
                    }
                }
                let names = read.outline.variables.into_iter().map(|it| it.name);
                names.map(|name| (name.span.range(), name.path)).collect()
            }
        };
        for (range, path) in paths {
            if unread.may_declare(Declares::Settings, &path) {
                continue;
            }
            diagnostics.extend(unresolved(&facts, &path, place(range)));
        }
    });
    corpus.has_words_to_fill = has_words_to_fill;
}

/// Reports a variable that has no value.
pub(super) fn unresolved(facts: &[Fact], path: &str, place: Place) -> Option<Diagnostic> {
    if facts.binary_search_by(|fact| fact.path.as_str().cmp(path)).is_ok() {
        return None;
    }
    let message = format!("`{path}` has no value");
    let nearest = facts.iter().map(|fact| fact.path.as_str());
    Some(Diagnostic::new(&unresolved_variable::RULE, place, message).nearest(path, nearest))
}
