//! The links of all documents, where they are not those of the run before.
//!
//! Where a reference leads depends on what stands where and what is called what, which seldom
//! changes, and on the places of the document that it names. So after an edit only the links of the
//! document itself are looked up, and of those that lead to it if its places changed.

use std::sync::Arc;

use hashbrown::HashSet;
use rayon::prelude::*;

use super::index::Index;
use super::reference::{Lookup, Origin};
use super::short_text;
use crate::diagnostic::Diagnostic;
use crate::memo::{FoundLinks, LinkedDocument};
use crate::model::document::Document;
use crate::model::fingerprint::Fingerprint;
use crate::model::link::{Link, Target};
use crate::model::unread::Declares;
use crate::workspace::Snapshot;

/// Looks up the references of all documents.
pub(super) fn links(
    lookup: &Lookup<'_>,
    snapshot: &Snapshot,
    before: Option<&FoundLinks>,
) -> FoundLinks {
    let documents = lookup.parsed.documents.clone();
    let look_up = || documents.par_iter().map(|document| links_of(document, lookup)).collect();
    let Some(before) = before else {
        let (surroundings, links) = rayon::join(|| surroundings(lookup, snapshot), look_up);
        return FoundLinks { surroundings, documents, links };
    };
    let surroundings = surroundings(lookup, snapshot);
    if surroundings != before.surroundings {
        let links = look_up();
        return FoundLinks { surroundings, documents, links };
    }
    let known = Known::new(before, &documents);
    let one = |(number, document): (usize, &Arc<Document>)| {
        known.links(number, document).cloned().unwrap_or_else(|| links_of(document, lookup))
    };
    let links = documents.par_iter().enumerate().map(one).collect();
    FoundLinks { surroundings, documents, links }
}

/// Covers everything that decides where references lead, but the documents: the other files, the
/// names of all, and what ids name. Documents with other names or ids are other surroundings.
fn surroundings(lookup: &Lookup<'_>, snapshot: &Snapshot) -> Fingerprint {
    let parsed = lookup.parsed;
    let documents: HashSet<&str> = parsed.documents.iter().map(|it| &*it.path).collect();
    let files = snapshot.fingerprint_of(|path| !documents.contains(path));
    let is_workspace = parsed.settings.is_workspace;
    let Index { names, ids, .. } = lookup.index;
    Fingerprint::of(&(files, is_workspace, names, ids, &parsed.unread))
}

/// What is known from the run before.
struct Known<'k> {
    before: &'k FoundLinks,
    /// The documents to which links may lead elsewhere than before.
    moved: HashSet<usize>,
}

impl<'k> Known<'k> {
    fn new(before: &'k FoundLinks, documents: &[Arc<Document>]) -> Self {
        let pairs = before.documents.iter().zip(documents).enumerate();
        let is_moved = |(old, new): (&Arc<Document>, &Arc<Document>)| {
            !Arc::ptr_eq(old, new)
                && (old.outline.anchors != new.outline.anchors || old.title != new.title)
        };
        let moved = pairs.filter(|(_, pair)| is_moved(*pair)).map(|(number, _)| number).collect();
        Self { before, moved }
    }

    /// Returns the links of a document, if they lead where they led.
    fn links(&self, number: usize, document: &Arc<Document>) -> Option<&'k LinkedDocument> {
        let old = self.before.documents.get(number)?;
        let known = self.before.links.get(number)?;
        let leads_elsewhere = |link: &Link| match &link.target {
            Target::Document { index, .. } => self.moved.contains(&(*index as usize)),
            _ => false,
        };
        let is_known = Arc::ptr_eq(old, document)
            && (self.moved.is_empty() || !known.links.iter().any(leads_elsewhere));
        is_known.then_some(known)
    }
}

fn links_of(document: &Document, lookup: &Lookup<'_>) -> LinkedDocument {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
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
    LinkedDocument { links, diagnostics: diagnostics.into() }
}
