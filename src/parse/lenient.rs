//! Lines of `key: value` in YAML that cannot be read, so that one fault does not hide a name.

use super::fields::fold;
use super::yaml::{Entry, Node, NodeKind};
use crate::model::id::Id;
use crate::span::{Span, Spanned};

/// Returns the scalars that stand at the start of lines, as far as each can be read by itself.
/// `keys` are the ones that are wanted; all where there are none.
pub(super) fn head(yaml: &str, keys: &[&str]) -> Node {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = 0;
    for line in yaml.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, rest)) = line.split_once(':') else { continue };
        let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.len() <= 40
            && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '));
        let is_wanted = keys.is_empty() || keys.iter().any(|wanted| fold(wanted) == fold(key));
        let is_new = entries.iter().all(|entry| fold(&entry.key.value) != fold(key));
        if !(is_key && is_wanted && is_new && rest.starts_with([' ', '\n', '\r'])) {
            continue;
        }
        let Some(text) = scalar(rest) else { continue };
        let value_start = start + key.len() + 1 + (rest.len() - rest.trim_start().len());
        let span = Span::new(value_start, value_start + rest.trim().len());
        let key = Spanned::new(key.to_owned(), Span::new(start, start + key.len()));
        let kind = NodeKind::Scalar { text, plain: false };
        entries.push(Entry { key, value: Node { kind, span } });
    }
    Node { kind: NodeKind::Map(entries), span: Span::new(0, yaml.len()) }
}

/// Reads what follows a colon as text. Lists, mappings and blocks are none.
fn scalar(rest: &str) -> Option<String> {
    let text = rest.trim();
    let text = text.split_once(" #").map_or(text, |(text, _)| text.trim_end());
    let text = match text.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.trim_end_matches(['"', '\'']),
        None => text,
    };
    let is_text = !text.is_empty() && !text.starts_with(['[', '{', '|', '>', '&', '*', '!', '#']);
    is_text.then(|| text.to_owned())
}

/// Returns where the facts of a document stand: what is between two lines of `---`, or the first
/// lines where it is not closed.
pub(super) fn top(text: &str) -> &str {
    let mut length = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if number > 60 || (number > 0 && line.trim_end() == "---") {
            break;
        }
        length += line.len();
    }
    &text[..length]
}

/// Returns everything that looks like the id of something in a text.
pub(super) fn ids(text: &str) -> impl Iterator<Item = String> {
    let after = text.lines().filter(|line| !line.trim_start().starts_with('#')).flat_map(|line| {
        line.match_indices("id:").filter_map(|(at, _)| {
            let is_word = line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            (!is_word).then(|| line[at + 3..].trim_start().trim_start_matches(['"', '\'']))
        })
    });
    after.filter_map(|rest| {
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(rest.len());
        Id::parse(&rest[..end]).map(|id| id.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::{head, ids};

    #[test]
    fn what_one_line_says_is_read() {
        let text = "id: POL-AC # stable\ntitle: \"Access\nowner: [a\nVersion: 'x'\ntitle: again\n  deep: y\nnote: a: b\n";
        let found: Vec<String> = head(text, &[])
            .entries()
            .iter()
            .map(|entry| format!("{}={}", entry.key.value, &text[entry.value.span.range()]))
            .collect();
        assert_eq!(found, ["id=POL-AC # stable", "title=\"Access", "Version='x'", "note=a: b"]);
        assert_eq!(head(text, &["id"]).entries().len(), 1);
    }

    #[test]
    fn ids_are_found_wherever_they_stand() {
        let text =
            "people:\n  - { id: mara, name: x }\n  - id: \"CC-1\"\n    grid: no\n# id: none\n";
        assert_eq!(ids(text).collect::<Vec<_>>(), ["mara", "CC-1"]);
    }
}
