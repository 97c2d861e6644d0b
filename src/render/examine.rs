//! What is wrong with texts once they are shown, found before anything is rendered.
//!
//! Whether the fonts of the PDFs have all characters is seen in the Markdown, whose characters are
//! those of the page; only texts with a doubtful one are read again as a tree. That costs about ten
//! microseconds a document, and three hundred where there is a doubt.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::handbook::{body, text};
use super::handbook_pdf::{StaffPdf, pdf_facts, place};
use super::pdf::{Typesetter, each_text};
use super::rules::{empty_heading, missing_glyph, skipped_heading_level};
use crate::diagnostic::Diagnostic;
use crate::model::body::ReferenceForm;
use crate::model::document::Document;
use crate::model::link::Target;
use crate::plan::handbook::HandbookPlan;
use crate::span::Span;
use crate::workspace::Snapshot;

/// Examines every document as the handbook shows it, which is all that any edition shows of it.
#[must_use]
pub fn examine(
    plan: &HandbookPlan<'_>,
    snapshot: &Snapshot,
    typesetter: &Typesetter,
) -> Vec<Diagnostic> {
    let examiner = Examiner { plan, snapshot, typesetter };
    let documents = plan.handbook().corpus().documents.par_iter().enumerate();
    documents
        .flat_map_iter(|(index, document)| {
            let mut diagnostics = Vec::new();
            skipped_heading_level::check(document, &mut diagnostics);
            empty_heading::check(document, &mut diagnostics);
            if Typesetter::IS_ABLE {
                // There are fewer documents than bytes in memory.
                let index = u32::try_from(index).unwrap_or(u32::MAX);
                examiner.glyphs(index, document, &mut diagnostics);
            }
            diagnostics
        })
        .collect()
}

/// Returns whether a diagnostic says nothing about a build without PDFs.
#[must_use]
pub fn is_about_pdfs(diagnostic: &Diagnostic) -> bool {
    diagnostic.rule == &missing_glyph::RULE
}

struct Examiner<'e, 'p> {
    plan: &'e HandbookPlan<'p>,
    snapshot: &'e Snapshot,
    typesetter: &'e Typesetter,
}

impl Examiner<'_, '_> {
    /// Reports each character of a document that no font has, where it stands first.
    fn glyphs(&self, index: u32, document: &Document, diagnostics: &mut Vec<Diagnostic>) {
        let mut missing: BTreeMap<char, Option<Span>> = BTreeMap::new();
        let text = text(self.plan, self.snapshot, index);
        if self.is_doubtful(index, document, text)
            && let Some(pages) = StaffPdf::new(self.plan)
        {
            let body = body(self.plan, self.snapshot, index);
            for (character, block) in self.typesetter.unprintable(&body, &pages) {
                let exact = exact(text, block, character);
                // The title of a document is reported where it is written.
                if exact.is_some() || !self.is_in_title(index, character) {
                    missing.insert(character, Some(exact.unwrap_or(block)));
                }
            }
        }
        each_text(&pdf_facts(self.plan, index), &mut |text| {
            if !self.typesetter.prints_all(text) {
                for character in text.chars().filter(|it| !self.typesetter.prints(*it)) {
                    missing.entry(character).or_insert(None);
                }
            }
        });
        for (character, span) in missing {
            let message = format!(
                "no font of the PDFs has the character `{character}` (U+{:04X})",
                u32::from(character)
            );
            let help = "write it in words, or show it as a picture";
            let place = match span {
                None if document.title.value.contains(character) => {
                    document.head_place(document.title.span)
                }
                span => place(document, span),
            };
            diagnostics.push(Diagnostic::new(&missing_glyph::RULE, place, message).help(help));
        }
    }

    /// Returns whether something that no font has may come out of a text: by itself, by a
    /// character reference, by the value of a variable, or by the title of what it points to, unless
    /// that is a document.
    fn is_doubtful(&self, index: u32, document: &Document, text: &str) -> bool {
        let corpus = self.plan.handbook().corpus();
        let outline = &document.outline;
        let has_odd_value = || {
            let facts = outline.variables.iter().filter_map(|it| corpus.fact(&it.name.path));
            facts.into_iter().any(|fact| !self.typesetter.prints_all(&fact.text))
        };
        let has_odd_title = || {
            let wiki = outline.references.iter().zip(corpus.links[index as usize].iter());
            wiki.filter(|(mention, _)| mention.reference.form == ReferenceForm::Wiki)
                .filter(|(_, link)| !matches!(link.target, Target::Document { .. }))
                .filter_map(|(_, link)| self.plan.title(&link.target))
                .any(|title| !self.typesetter.prints_all(&title))
        };
        has_character_reference(text)
            || !self.typesetter.prints_all(text)
            || has_odd_value()
            || has_odd_title()
    }

    /// Returns whether a character stands in the title of a document to which a text links.
    fn is_in_title(&self, index: u32, character: char) -> bool {
        let corpus = self.plan.handbook().corpus();
        corpus.links[index as usize].iter().any(|link| match &link.target {
            Target::Document { index, .. } => {
                corpus.document(*index).title.value.contains(character)
            }
            _ => false,
        })
    }
}

/// Returns whether a text may hold `&rarr;` or the like. A tree costs a hundred times as much as
/// this look at the text.
fn has_character_reference(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let length =
            rest.bytes().take_while(|it| it.is_ascii_alphanumeric() || *it == b'#').count();
        length > 0 && rest.as_bytes().get(length) == Some(&b';')
    })
}

/// Returns where a character stands in a block, unless it came there by another way.
fn exact(text: &str, block: Span, character: char) -> Option<Span> {
    let start = block.range().start + text.get(block.range())?.find(character)?;
    Some(Span::new(start, start + character.len_utf8()))
}
