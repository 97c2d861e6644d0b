//! What is wrong with the text of a document, as diagnostics.

use super::Strictness;
use crate::diagnostic::{Diagnostic, Level};
use crate::model::disclosure::Disclosure;
use crate::model::document::Document;
use crate::parse::markdown::{Fault, FaultKind};
use crate::parse::markdown_fault;
use crate::parse::residue::{self, Exposure, Found};
use crate::parse::rules::{missing_alt_text, unreadable_markdown};
use crate::span::Span;

/// Explains what was never filled in and what links to nothing. `text` is the whole file; `values`
/// are the unfinished values of its front matter, each with whether customers read it.
pub(super) fn unfinished(
    document: &Document,
    text: &str,
    values: Vec<(Span, Exposure)>,
    body: Found,
    strictness: Strictness<'_>,
) -> Vec<Diagnostic> {
    let is_public = strictness.is_published && document.disclosure.value == Disclosure::Public;
    let Found { placeholders, undefined, silent_pictures } = body;
    let values = values
        .into_iter()
        .map(|(span, exposure)| residue::unfinished(document.head_place(span), text, exposure));
    let placeholders = placeholders.into_iter().map(|(span, is_internal)| {
        let exposure = Exposure::Disclosed.published(is_public && !is_internal);
        residue::unfinished(document.body_place(span), text, exposure)
    });
    let undefined = undefined.into_iter().map(|(span, label)| {
        let label = label.escape_debug().to_string();
        let (message, help) = if label.is_empty() {
            ("this link names nothing".to_owned(), "write an id into it: `[[POL-AC]]`".to_owned())
        } else {
            (
                format!("nothing defines `{label}`, so this is no link"),
                format!("add a line `[{label}]: …` with the address, or write `(…)` instead"),
            )
        };
        let place = document.body_place(span);
        let mut diagnostic = Diagnostic::new(&unreadable_markdown::RULE, place, message).help(help);
        if !strictness.is_workspace {
            diagnostic.level = Level::Note;
        }
        diagnostic
    });
    let silent_pictures = silent_pictures.into_iter().map(|span| {
        let message = "this picture has no words for people who do not see it";
        let help = "say what it shows: `![Flow of an incident](flow.svg)`";
        let place = document.body_place(span);
        Diagnostic::new(&missing_alt_text::RULE, place, message).help(help)
    });
    values.chain(placeholders).chain(undefined).chain(silent_pictures).collect()
}

/// Explains a fault of Markdown. Some are only notes, most of them in other people's folders, whose
/// authors write for another program.
pub(super) fn fault(document: &Document, fault: &Fault, strictness: Strictness<'_>) -> Diagnostic {
    let (rule, message, help) = markdown_fault::explain(&fault.kind);
    let mut diagnostic = Diagnostic::new(rule, document.body_place(fault.span), message);
    diagnostic.help = help;
    let is_note = match fault.kind {
        FaultKind::LooksRemoved(_) => true,
        FaultKind::EmptyTarget
        | FaultKind::ForbiddenScheme(_)
        | FaultKind::FootnoteUnresolved(_)
        | FaultKind::FootnoteUnused(_)
        | FaultKind::FootnoteRepeated(_)
        | FaultKind::AttributesMisplaced
        | FaultKind::NestingTooDeep
        | FaultKind::DuplicateAnchor(_) => !strictness.is_workspace,
        FaultKind::RestrictedMalformed
        | FaultKind::Dialect(_)
        | FaultKind::RawHtmlRemoved(_)
        | FaultKind::UnclosedFence
        | FaultKind::HiddenCharacter(_) => false,
    };
    if is_note {
        diagnostic.level = Level::Note;
    }
    diagnostic
}
