//! What must not be public, in a few words.

use std::collections::BTreeSet;

use super::word::words;
use crate::edition::TrustCenter;
use crate::edition::open_text::Open;
use crate::model::corpus::Corpus;
use crate::model::disclosure::Disclosure;
use crate::model::document::Document;
use crate::model::register::{Openness, Value};
use crate::span::Place;

/// A few words or characters that must not be public.
pub(super) struct Atom {
    pub(super) text: String,
    pub(super) what: &'static str,
    /// Whether it is looked for in all characters, attributes included, and not as words.
    pub(super) is_pattern: bool,
    pub(super) place: Place,
    /// What to do, where it is not simply withheld.
    pub(super) help: Option<String>,
}

impl Atom {
    /// Returns its words in lower case.
    pub(super) fn phrase(&self) -> Vec<String> {
        words(&self.text.to_lowercase()).map(|(word, _)| word).collect()
    }
}

/// Returns what is withheld, in the order in which it is reported.
pub(super) fn atoms(corpus: &Corpus, trust_center: &TrustCenter, open: &[Open]) -> Vec<Atom> {
    // A company may consent to be named for one report, and be a subprocessor besides.
    let open: BTreeSet<String> = open.iter().map(|it| it.text.to_ascii_lowercase()).collect();
    let is_open = |text: &str| open.contains(&text.to_ascii_lowercase());
    let patterns = corpus.settings.never_publish.iter().map(|pattern| Atom {
        text: pattern.value.clone(),
        what: "a pattern of `never_publish`",
        is_pattern: true,
        place: Place::new(&corpus.settings.path, pattern.span),
        help: None,
    });
    let mut atoms: Vec<Atom> = patterns.filter(|it| !it.text.trim().is_empty()).collect();
    let documents = unshown(corpus, trust_center).into_iter();
    atoms.extend(documents.flat_map(of_document));
    let mut add = |text: &str, what, is_pattern, place: Place| {
        if !text.trim().is_empty() {
            atoms.push(Atom { text: text.to_owned(), what, is_pattern, place, help: None });
        }
    };
    for control in corpus.controls.iter().filter(|it| it.disclosure == Disclosure::Withheld) {
        add(
            control.id.value.as_str(),
            "the id of a withheld control",
            false,
            control.place.clone(),
        );
    }
    for evidence in &corpus.evidence {
        add(evidence.id.value.as_str(), "the id of evidence", false, evidence.place.clone());
    }
    for (_, records) in &corpus.registers {
        for record in records.iter().filter(|it| it.disclosure == Disclosure::Withheld) {
            add(
                record.id.value.as_str(),
                "the id of a withheld record",
                false,
                record.place.clone(),
            );
        }
        for record in records.iter().filter(|it| it.is_shown()) {
            for (column, value) in &record.values {
                if let (Openness::OpenIf(_), Value::Text(text)) = (column.openness, &value.value)
                    && !record.is_open(column)
                    && !is_open(text)
                {
                    let place = Place::new(&record.place.path, value.span);
                    add(text, "a name that a record withholds", false, place);
                }
            }
        }
    }
    let public: BTreeSet<&str> = [trust_center.security_contact(), trust_center.privacy_contact()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    for person in &corpus.people {
        if person.name.split_whitespace().count() > 1 {
            add(&person.name, "the name of a person", false, person.place.clone());
        }
        if let Some(email) = person.email.as_deref().filter(|email| !public.contains(email)) {
            add(email, "the address of a person", true, person.place.clone());
        }
    }
    atoms
}

/// Returns the documents that customers see nothing of.
pub(super) fn unshown<'c>(corpus: &'c Corpus, trust_center: &TrustCenter) -> Vec<&'c Document> {
    let shown = trust_center.documents().iter().map(|it| it.id().as_str());
    let listed = trust_center.listed_documents().iter().map(|it| it.id().as_str());
    let known: BTreeSet<&str> = shown.chain(listed).collect();
    let documents = corpus.documents.iter().map(AsRef::as_ref);
    documents.filter(|it: &&Document| !known.contains(it.id.value.as_str())).collect()
}

/// Returns the names of a document that customers see nothing of. Its author may have said that
/// they shall: then it is not in force.
fn of_document(document: &Document) -> Vec<Atom> {
    let disclosure = document.disclosure.value;
    let (id, title, place, help) = if disclosure == Disclosure::Withheld {
        let place = document.head_place(document.id.span);
        ("the id of a withheld document", "the title of a withheld document", place, None)
    } else {
        let (state, deed) = if document.approvals.is_empty() && document.kind.is_governed() {
            ("not approved", "have it approved")
        } else {
            ("not shown", "let it come into force")
        };
        let help = format!(
            "`{}` is {} but {state}: {deed}, or take it out of what is public",
            document.id.value,
            disclosure.word(),
        );
        let place = document.head_place(document.disclosure.span);
        let (id, title) =
            ("the id of a document that is not shown", "the title of a document that is not shown");
        (id, title, place, Some(help))
    };
    let atom = |text: &str, what| Atom {
        text: text.to_owned(),
        what,
        is_pattern: false,
        place: place.clone(),
        help: help.clone(),
    };
    let mut atoms = vec![atom(document.id.value.as_str(), id)];
    if document.title.value.split_whitespace().count() > 2 {
        atoms.push(atom(&document.title.value, title));
    }
    atoms
}
