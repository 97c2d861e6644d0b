//! The canonical form of front matter, see [`crate::signature::canonical`].

use std::collections::BTreeMap;

use crate::parse::fields::fold;
use crate::parse::yaml::{Node, NodeKind};
use crate::signature::canonical::{Canonical, NOT_COVERED};

/// Returns the canonical bytes of front matter.
pub(super) fn canonical(head: &Node) -> Vec<u8> {
    match value(head) {
        Canonical::Map(mut entries) => {
            entries.retain(|key, _| !NOT_COVERED.contains(&key.as_str()));
            canonical_of(entries)
        }
        _ => no_facts(),
    }
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
        NodeKind::Map(entries) => Canonical::Map(
            entries
                .iter()
                .map(|entry| (fold(&entry.key.value).into_owned(), value(&entry.value)))
                .collect(),
        ),
    }
}
