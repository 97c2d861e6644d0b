//! References to links: [`Parsed`] becomes a [`Corpus`].
//!
//! Afterwards every id is unique and every reference slot has a target; what could not be found
//! points [`Target::Nowhere`] and was reported.

mod asset;
pub mod body;
mod index;
mod names;
mod reference;
pub(crate) mod rules;
mod short_text;
mod text;

pub use self::text::{links_of_text, text, text_with};

use hashbrown::HashMap;

use rayon::prelude::*;

use self::asset::Assets;
use self::index::Index;
use self::reference::{Lookup, Origin};
use crate::diagnostic::Diagnostic;
use crate::model::corpus::{Corpus, Mention};
use crate::model::document::Document;
use crate::model::link::{Link, Target};
use crate::model::unread::Declares;
use crate::parse::Parsed;
use crate::workspace::Snapshot;

/// Looks up every reference. Total: what is wrong is reported and points nowhere.
pub fn resolve(mut parsed: Parsed, snapshot: &Snapshot) -> (Corpus, Vec<Diagnostic>) {
    let mut diagnostics = std::mem::take(&mut parsed.diagnostics);
    let texts = short_text::collect(&mut parsed);
    let index = Index::new(&parsed, snapshot, &mut diagnostics);
    let lookup = Lookup { parsed: &parsed, index: &index };
    let mut resolved: Vec<(Vec<Link>, Vec<Diagnostic>)> =
        parsed.documents.par_iter().map(|document| links(document, &lookup)).collect();
    let assets = Assets::new(resolved.iter().flat_map(|(links, _)| links), &parsed, snapshot);
    for (document, (links, found)) in parsed.documents.iter().zip(&mut resolved) {
        assets.check_links(document, links, found);
    }
    assets.check_evidence(&parsed, &mut diagnostics);
    names::check(&parsed, &index, &mut diagnostics);
    let text_links = short_text::check(&texts, &lookup, snapshot, &mut diagnostics);
    let ids = index.into_names();

    let mut mentions: HashMap<Target, Vec<Mention>> = HashMap::new();
    let mut links = Vec::with_capacity(resolved.len());
    for (number, (document_links, mut found)) in (0u32..).zip(resolved) {
        diagnostics.append(&mut found);
        for link in &document_links {
            let target = match &link.target {
                Target::Document { index, .. } if *index != number => {
                    Target::Document { index: *index, anchor: None }
                }
                Target::Control(_)
                | Target::Requirement(..)
                | Target::Record(_)
                | Target::Evidence(_)
                | Target::Role(_)
                | Target::Person(_) => link.target.clone(),
                Target::Document { .. }
                | Target::Here(_)
                | Target::Framework(_)
                | Target::Folder(_)
                | Target::Asset(_)
                | Target::Web(_)
                | Target::Nowhere => continue,
            };
            mentions.entry(target).or_default().push(Mention { document: number, slot: link.slot });
        }
        links.push(document_links);
    }
    let Parsed {
        settings,
        people,
        roles,
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
    let corpus = Corpus {
        settings,
        people,
        roles,
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
        names: ids,
        has_words_to_fill: short_text::have_words_to_fill(&texts),
        unread,
    };
    (corpus, diagnostics)
}

fn links(document: &Document, lookup: &Lookup<'_>) -> (Vec<Link>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let entries = &document.outline.references;
    let links = entries
        .iter()
        .map(|entry| {
            let place = || document.body_place(entry.reference.span);
            let origin = Origin { path: &document.path, document: Some(document), place: &place };
            let target = lookup.target(origin, entry, &mut diagnostics);
            Link { slot: entry.reference.slot, target }
        })
        .collect();
    if lookup.parsed.settings.is_workspace {
        let facts = &lookup.parsed.settings.facts;
        let unread = &lookup.parsed.unread;
        for variable in document.outline.variables.iter().map(|it| &it.name) {
            if unread.may_declare(Declares::Settings, &variable.path) {
                continue;
            }
            let place = document.body_place(variable.span);
            diagnostics.extend(short_text::unresolved(facts, &variable.path, place));
        }
    }
    (links, diagnostics)
}
