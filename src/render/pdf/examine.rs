//! What a text prints and shows, found without setting it.

use std::collections::{BTreeMap, BTreeSet};

use super::pieces::{Piece, each_piece};
use super::{
    Approvals, PdfApproval, PdfDocument, PdfPages, PdfRevision, PdfTarget, Typesetter, markup,
};
use crate::model::body::{Body, Inline, Stage};
use crate::span::Span;

impl Typesetter {
    /// Returns the characters of a body that cannot stand in a PDF, each with the first block in
    /// which it is printed.
    pub fn unprintable<S: Stage>(
        &self,
        body: &Body<S>,
        pages: &dyn PdfPages<S>,
    ) -> BTreeMap<char, Span> {
        let mut found = BTreeMap::new();
        each_piece(body, pages, &mut |block, piece| {
            each_printed(&piece, pages, &mut |text| {
                if !self.prints_all(text) {
                    for character in text.chars().filter(|it| !self.prints(*it)) {
                        found.entry(character).or_insert(block);
                    }
                }
            });
        });
        found
    }
}

/// Hands the texts of one piece that are printed to a function.
fn each_printed<S: Stage>(
    piece: &Piece<'_, S>,
    pages: &dyn PdfPages<S>,
    then: &mut dyn FnMut(&str),
) {
    // The address of somewhere else is printed beside its link.
    let address = |link: &S::Link, then: &mut dyn FnMut(&str)| {
        if let PdfTarget::Web(address) = pages.target(link) {
            then(&address);
        }
    };
    match piece {
        Piece::Code(text) => then(text),
        Piece::Html(html) => markup::paragraphs(html).iter().for_each(|text| then(text)),
        Piece::Inline(inline) => match inline {
            Inline::Text(text) | Inline::Code(text) => then(text),
            Inline::Link(link, _) => address(link, then),
            Inline::AutoTitle(link) => {
                then(&pages.title(link));
                address(link, then);
            }
            Inline::Image { source: _, alt } => then(alt),
            Inline::Value(value) => then(pages.value(value)),
            Inline::Emphasis(_)
            | Inline::Strong(_)
            | Inline::Strikethrough(_)
            | Inline::Element(..)
            | Inline::Footnote(_)
            | Inline::Anchor(_)
            | Inline::SoftBreak
            | Inline::HardBreak => {}
        },
    }
}

/// Hands every text of the facts to a function.
pub(in crate::render) fn each_text(document: &PdfDocument, then: &mut dyn FnMut(&str)) {
    let PdfDocument {
        organisation,
        id,
        title,
        version,
        kind_word,
        classification,
        facts,
        approvals,
        revisions,
        language: _,
        paper: _,
        brand: _,
        notice,
        footer_left,
        date: _,
        verify_text,
        base_url: _,
    } = document;
    for text in [organisation, id, title, kind_word, classification, footer_left] {
        then(text);
    }
    for text in version.iter().chain(notice).chain(verify_text) {
        then(text);
    }
    for (label, value) in facts {
        then(label);
        then(value);
    }
    if let Approvals::Shown(approvals) = approvals {
        for PdfApproval { name, role, on, method, fingerprint } in approvals {
            for text in [name, role, on, method].into_iter().chain(fingerprint) {
                then(text);
            }
        }
    }
    for PdfRevision { version, date, kind, summary, authors, approvers } in revisions {
        for text in [version, date, kind, summary, authors, approvers] {
            then(text);
        }
    }
}

/// Returns the names of the pictures that a body shows.
pub(in crate::render) fn pictures<S: Stage>(
    body: &Body<S>,
    pages: &dyn PdfPages<S>,
) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    each_piece(body, pages, &mut |_, piece| {
        if let Piece::Inline(Inline::Image { source, alt: _ }) = piece {
            names.extend(pages.picture(source));
        }
    });
    names
}
