//! Front matter of Hugo and Zola between two lines of `+++`: its simple keys.
//!
//! Only what stands on one line before the first table is read: text, numbers, dates and lists of
//! text. A whole reader of TOML would be much code for a form that is to be replaced.

use super::yaml::{Entry, Node, NodeKind};
use crate::span::{Span, Spanned};

/// Reads the simple keys.
pub(super) fn read(toml: &str) -> Node {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = 0;
    for line in toml.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.starts_with('[') {
            break;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let name = key.trim().trim_matches('"');
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
        if name.is_empty() || !name.chars().all(is_name) {
            continue;
        }
        let Some(kind) = kind(value.trim(), start) else { continue };
        let value_start = start + key.len() + 1 + (value.len() - value.trim_start().len());
        let span = Span::new(value_start, value_start + value.trim().len());
        let key = Spanned::new(name.to_owned(), Span::new(start, start + key.trim_end().len()));
        entries.push(Entry { key, value: Node { kind, span } });
    }
    Node { kind: NodeKind::Map(entries), span: Span::new(0, toml.len()) }
}

fn kind(value: &str, start: usize) -> Option<NodeKind> {
    if let Some(list) = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let span = Span::new(start, start);
        let items = list.split(',').map(str::trim).filter(|item| !item.is_empty());
        let items = items.map(|item| Some(Node { kind: text(item)?, span }));
        return items.collect::<Option<_>>().map(NodeKind::List);
    }
    text(value)
}

fn text(value: &str) -> Option<NodeKind> {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let text = match quote {
        Some(quote) => {
            let (text, _) = value[1..].split_once(quote)?;
            text.replace("\\\"", "\"")
        }
        None => value.split('#').next().unwrap_or_default().trim().to_owned(),
    };
    let is_simple = !text.is_empty() && !text.starts_with(['[', '{', '"', '\'']);
    is_simple.then_some(NodeKind::Scalar { text, plain: false })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn lines_before_the_first_table_are_read() {
        let node = read(
            "title = \"A: b\" # x\ndate = 2026-01-02\ntags = ['a', \"b\"]\nlong = \"\"\"\nx\n[extra]\nowner = \"z\"\n",
        );
        let names: Vec<&str> = node.entries().iter().map(|it| it.key.value.as_str()).collect();
        assert_eq!(names, ["title", "date", "tags"]);
    }
}
