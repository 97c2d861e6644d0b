//! The canonical form of front matter and of entries, see [`crate::signature::canonical`].

use std::collections::BTreeMap;

use super::fields::fold;
use super::yaml::{Entry, Node, NodeKind};
use crate::signature::canonical::{Canonical, NOT_COVERED};

/// Returns the canonical bytes of front matter.
pub(super) fn front_matter(head: &Node) -> Vec<u8> {
    match value(head) {
        Canonical::Map(mut entries) => {
            entries.retain(|key, _| !NOT_COVERED.contains(&key.as_str()));
            canonical_of(entries)
        }
        _ => no_facts(),
    }
}

/// Returns an entry without the keys that its approval does not cover.
pub(super) fn entry<'n>(
    entries: impl Iterator<Item = &'n Entry>,
    not_covered: &[&str],
) -> Canonical {
    let mut entries = folded(entries);
    entries.retain(|key, _| !not_covered.contains(&key.as_str()));
    Canonical::Map(entries)
}

/// Returns entries by their folded keys. Of two that are the same key, which is reported elsewhere, both
/// stay, so that neither can hide behind the other: no folded key holds a space.
fn folded<'n>(entries: impl Iterator<Item = &'n Entry>) -> BTreeMap<String, Canonical> {
    let mut all = BTreeMap::new();
    for entry in entries {
        let mut key = fold(&entry.key.value).into_owned();
        while all.contains_key(&key) {
            key.push(' ');
        }
        all.insert(key, value(&entry.value));
    }
    all
}

/// Returns the canonical bytes of front matter that says nothing.
pub(super) fn no_facts() -> Vec<u8> {
    canonical_of(BTreeMap::new())
}

fn canonical_of(entries: BTreeMap<String, Canonical>) -> Vec<u8> {
    let mut bytes = Vec::new();
    Canonical::Map(entries).write(&mut bytes);
    bytes
}

fn value(node: &Node) -> Canonical {
    match &node.kind {
        NodeKind::Null => Canonical::Null,
        NodeKind::Scalar { text, .. } => Canonical::Text(text.clone()),
        NodeKind::List(items) => Canonical::List(items.iter().map(value).collect()),
        NodeKind::Map(entries) => Canonical::Map(folded(entries.iter())),
    }
}
