//! What the path of a document says where its author says nothing.

use crate::model::fingerprint::Fingerprint;
use crate::model::id::Id;

/// Makes an id from a path, for documents that state none: its letters and digits, with `-`
/// between, and a few digits of its fingerprint where it is too long or has none.
pub(super) fn id(path: &str) -> Id {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let mut text = String::new();
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') {
            text.push(c);
        } else if !text.ends_with('-') && !text.is_empty() {
            text.push('-');
        }
    }
    let is_exact =
        stem.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'));
    text.truncate(48);
    let text = text.trim_end_matches(['-', '.']).trim_start_matches(['-', '.', '_']);
    let hash = Fingerprint::of_bytes(path.as_bytes()).short(8);
    let text = if is_exact && !text.is_empty() && stem.len() <= 48 {
        text.to_owned()
    } else {
        format!("{text}-{hash}")
    };
    Id::parse(text.trim_start_matches('-'))
        .unwrap_or_else(|| unreachable!("`{text}` is made of the characters of an id"))
}

/// Makes a title from the name of a file, or of its folder where the file is its index.
pub(super) fn title(path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_index = matches!(stem.to_ascii_lowercase().as_str(), "index" | "readme" | "_index");
    let source = match folder.rsplit('/').next() {
        Some(last) if is_index && !last.is_empty() => last,
        _ => stem,
    };
    let words = source.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(
        || "Untitled".to_owned(),
        |first| first.to_uppercase().chain(letters).collect(),
    )
}
