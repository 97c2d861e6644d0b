//! The variables and references of short texts, and tags of other templates in them.

use std::collections::BTreeMap;

use super::reference::{Lookup, Origin};
use super::rules::unresolved_variable;
use crate::diagnostic::Diagnostic;
use crate::model::link::Link;
use crate::model::outline::Mention;
use crate::model::settings::Fact;
use crate::model::short_text::{self, Holders, Reading};
use crate::model::unread::Declares;
use crate::model::variable;
use crate::parse::Parsed;
use crate::parse::markdown::{self, FaultKind};
use crate::parse::rules::template_residue;
use crate::span::Place;
use crate::workspace::Snapshot;

/// A short text in which there is something to look up, and the place of what it belongs to.
pub(super) struct ShortText {
    text: String,
    reading: Reading,
    place: Place,
}

impl<'h> From<&'h mut Parsed> for Holders<'h> {
    fn from(parsed: &'h mut Parsed) -> Self {
        Self {
            documents: &mut parsed.documents,
            controls: &mut parsed.controls,
            evidence: &mut parsed.evidence,
            registers: &mut parsed.registers,
            roles: &mut parsed.roles,
            terms: &mut parsed.terms,
            questions: &mut parsed.questions,
            updates: &mut parsed.updates,
            overview: &mut parsed.overview,
        }
    }
}

/// Collects the short texts that hold variables or references. In a folder that is no workspace
/// there are none.
pub(super) fn collect(parsed: &mut Parsed) -> Vec<ShortText> {
    let mut texts = Vec::new();
    if !parsed.settings.is_workspace {
        return texts;
    }
    short_text::each(parsed, &mut |text, reading, place| {
        let may_refer = reading == Reading::Markdown && text.contains(['[', '<']);
        if may_refer || short_text::has_tag(text) {
            texts.push(ShortText { text: text.clone(), reading, place: place.clone() });
        }
    });
    texts
}

/// Returns whether any words hold variables.
pub(super) fn have_words_to_fill(texts: &[ShortText]) -> bool {
    texts.iter().any(|it| it.reading == Reading::Words)
}

/// Checks all short texts, and returns where their references go.
pub(super) fn check(
    texts: &[ShortText],
    lookup: &Lookup<'_>,
    snapshot: &Snapshot,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Vec<Link>> {
    let mut links = BTreeMap::new();
    let (facts, unread) = (&lookup.parsed.settings.facts, &lookup.parsed.unread);
    for ShortText { text, reading, place } in texts {
        let at = |range| snapshot.locate(place, text, range);
        let paths = match reading {
            Reading::Words => variable::uses(text),
            Reading::Markdown => {
                let read = markdown::read(text, &markdown::Options::default());
                for fault in &read.faults {
                    if let FaultKind::Dialect(dialect) = fault.kind {
                        let message = format!("this is {dialect}, which is printed as it stands");
                        diagnostics.push(
                            Diagnostic::new(
                                &template_residue::RULE,
                                at(fault.span.range()),
                                message,
                            )
                            .help("write it in Markdown"),
                        );
                    }
                }
                let link = |mention: &Mention| {
                    let file = &place.path;
                    let place = || at(mention.reference.span.range());
                    let origin = Origin { path: file, document: None, place: &place };
                    let target = lookup.target(origin, mention, diagnostics);
                    Link { slot: mention.reference.slot, target }
                };
                let found: Vec<Link> = read.outline.references.iter().map(link).collect();
                if !found.is_empty() {
                    links.insert(text.clone(), found);
                }
                let names = read.outline.variables.into_iter().map(|it| it.name);
                names.map(|name| (name.span.range(), name.path)).collect()
            }
        };
        for (range, path) in paths {
            if unread.may_declare(Declares::Settings, &path) {
                continue;
            }
            diagnostics.extend(unresolved(facts, &path, at(range)));
        }
    }
    links
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
