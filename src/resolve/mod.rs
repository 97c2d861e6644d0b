//! References to links: [`Parsed`] becomes a [`Corpus`].
//!
//! Afterwards every id is unique and every reference slot has a target; what could not be found
//! points [`Nowhere`](crate::model::link::Target::Nowhere) and was reported.

mod again;
mod asset;
pub mod body;
mod index;
mod names;
mod reference;
pub(crate) mod rules;
mod short_text;
mod text;

pub use self::text::{links_of_text, text, text_with};

use std::sync::Arc;

use self::asset::Assets;
use self::index::Index;
use self::reference::Lookup;
use crate::diagnostic::Diagnostic;
use crate::memo::FoundLinks;
use crate::model::corpus::Corpus;
use crate::model::link::Link;
use crate::model::mention::Mentions;
use crate::model::numbers::Numbers;
use crate::parse::Parsed;
use crate::workspace::Snapshot;

/// Looks up every reference. Total: what is wrong is reported and points nowhere.
pub fn resolve(parsed: Parsed, snapshot: &Snapshot) -> (Corpus, Vec<Diagnostic>) {
    let (corpus, diagnostics, _) = resolve_again(parsed, snapshot, None);
    (corpus, diagnostics)
}

/// Resolves like [`resolve`], and takes over from the run before what cannot lead elsewhere now.
pub fn resolve_again(
    mut parsed: Parsed,
    snapshot: &Snapshot,
    before: Option<&FoundLinks>,
) -> (Corpus, Vec<Diagnostic>, FoundLinks) {
    let mut diagnostics = std::mem::take(&mut parsed.diagnostics);
    let texts = short_text::collect(&mut parsed);
    let index = Index::new(&parsed, snapshot, &mut diagnostics);
    let lookup = Lookup { parsed: &parsed, index: &index };
    let found = again::links(&lookup, snapshot, before);
    let mut links: Vec<Arc<[Link]>> = found.links.iter().map(|it| Arc::clone(&it.links)).collect();
    let assets = Assets::new(links.iter().flat_map(|it| it.iter()), &parsed, snapshot);
    for ((document, found), links) in parsed.documents.iter().zip(&found.links).zip(&mut links) {
        diagnostics.extend_from_slice(&found.diagnostics);
        assets.check_links(document, links, &mut diagnostics);
    }
    assets.check_evidence(&parsed, &mut diagnostics);
    names::check(&parsed, &index, &mut diagnostics);
    let text_links = short_text::check(&texts, &lookup, snapshot, &mut diagnostics);
    let mentions = Mentions::of(links.iter().map(|links| &**links));
    let ids = index.into_names();

    let Parsed {
        settings,
        people,
        roles,
        mandates,
        records,
        frameworks,
        framework_ids: _,
        terms,
        documents,
        controls,
        evidence,
        registers,
        overview,
        questions,
        updates,
        unread,
        diagnostics: _,
    } = parsed;
    let numbers = Numbers::of(&controls, &registers, (&people, &roles), &frameworks);
    let corpus = Corpus {
        settings,
        people,
        roles,
        mandates,
        records,
        frameworks,
        terms,
        documents,
        links,
        text_links,
        controls,
        evidence,
        registers,
        overview,
        questions,
        updates,
        assets: assets.fit(),
        mentions,
        numbers,
        names: ids,
        has_words_to_fill: short_text::have_words_to_fill(&texts),
        unread,
    };
    (corpus, diagnostics, found)
}
