//! Short texts of data files: Markdown with variables and references, like bodies.

use std::collections::BTreeMap;

use crate::model::body::{Body, ReferenceForm, Resolved};
use crate::model::corpus::Corpus;
use crate::model::link::{Link, Target};
use crate::model::outline::{Mention, Outline};
use crate::parse::markdown;

/// Reads a text whose references were looked up before.
#[must_use]
pub fn text(corpus: &Corpus, text: &str) -> Body<Resolved> {
    text_with(corpus, text, &|path| corpus.fact(path).map(|fact| fact.text.clone()))
}

/// Reads a text like [`text`], with other values in the place of variables.
#[must_use]
pub fn text_with(
    corpus: &Corpus,
    text: &str,
    value: &dyn Fn(&str) -> Option<String>,
) -> Body<Resolved> {
    let read = markdown::read(text, &markdown::Options::default());
    let targets: BTreeMap<u32, Target> = links_of_text(corpus, text, &read.outline)
        .into_iter()
        .map(|link| (link.slot, link.target))
        .collect();
    super::body::body(
        read.body,
        &|slot| targets.get(&slot).cloned().unwrap_or(Target::Nowhere),
        value,
    )
}

/// Returns where the references of such a text go, in their order. In words that are nobody's own
/// short text, such as the text of a requirement, only addresses of the web lead somewhere.
#[must_use]
pub fn links_of_text(corpus: &Corpus, text: &str, outline: &Outline) -> Vec<Link> {
    if let Some(links) = corpus.text_links.get(text) {
        return links.clone();
    }
    let link = |mention: &Mention| {
        let typed = &mention.reference.target;
        let target = match mention.reference.form {
            ReferenceForm::Bare => Target::Web(typed.clone()),
            ReferenceForm::Path if typed.contains(':') && !mention.image => {
                Target::Web(typed.clone())
            }
            ReferenceForm::Wiki | ReferenceForm::Path => Target::Nowhere,
        };
        Link { slot: mention.reference.slot, target }
    };
    outline.references.iter().map(link).collect()
}
