//! Short texts of data files: Markdown with variables and wiki links, like bodies.

use std::collections::BTreeMap;

use crate::model::body::{Body, ReferenceForm, Resolved};
use crate::model::corpus::Corpus;
use crate::model::link::{Link, Target};
use crate::model::outline::{Mention, Outline};
use crate::parse::markdown;

/// Reads a text and looks up what it names. Unknown names keep their words.
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
    let targets: BTreeMap<u32, Target> = links_of_text(corpus, &read.outline)
        .into_iter()
        .map(|link| (link.slot, link.target))
        .collect();
    super::body::body(
        read.body,
        &|slot| targets.get(&slot).cloned().unwrap_or(Target::Nowhere),
        value,
    )
}

/// Looks up the references of such a text, in their order.
#[must_use]
pub fn links_of_text(corpus: &Corpus, outline: &Outline) -> Vec<Link> {
    let link = |mention: &Mention| {
        let typed = &mention.reference.target;
        let target = match mention.reference.form {
            ReferenceForm::Bare => Target::Web(typed.clone()),
            ReferenceForm::Wiki => wiki(corpus, typed),
            ReferenceForm::Path if typed.contains(':') && !mention.image => {
                Target::Web(typed.clone())
            }
            ReferenceForm::Path => Target::Nowhere,
        };
        Link { slot: mention.reference.slot, target }
    };
    outline.references.iter().map(link).collect()
}

fn wiki(corpus: &Corpus, typed: &str) -> Target {
    let (name, anchor) =
        typed.split_once('#').map_or((typed, None), |(name, anchor)| (name, Some(anchor)));
    if let Some((framework, requirement)) = name.split_once(':')
        && let Some((framework, _, requirement)) = corpus.requirement(framework, requirement)
    {
        return Target::Requirement(framework.id.clone(), requirement.id.clone());
    }
    match corpus.names.get(&name.trim().to_ascii_lowercase()) {
        Some(Target::Document { index, .. }) => {
            Target::Document { index: *index, anchor: anchor.map(str::to_owned) }
        }
        Some(target) => target.clone(),
        None => Target::Nowhere,
    }
}
