//! Front matter, variables and files as lines of key and value.

use crate::signature::canonical::Canonical;

/// Writes a canonical value as lines: `owner`, `tags[2]`, `scope.sites[1]`, each with its printed
/// value. Different values never give the same lines: nothing is printed as no text, and what
/// would look like something else stands in quotes.
#[must_use]
pub fn facts(value: &Canonical) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    write(String::new(), value, &mut lines);
    lines
}

fn write(key: String, value: &Canonical, lines: &mut Vec<(String, String)>) {
    match value {
        Canonical::Null => lines.push((key, String::new())),
        Canonical::Text(text) => lines.push((key, printed(text))),
        Canonical::List(items) if items.is_empty() => lines.push((key, "[]".to_owned())),
        Canonical::List(items) => {
            for (index, item) in items.iter().enumerate() {
                write(format!("{key}[{}]", index + 1), item, lines);
            }
        }
        Canonical::Map(entries) if entries.is_empty() => {
            if !key.is_empty() {
                lines.push((key, "{}".to_owned()));
            }
        }
        Canonical::Map(entries) => {
            for (name, value) in entries {
                let plain = !name.is_empty() && !name.contains(['.', '[', ']', '"', ':', '\n']);
                let name = if plain { name.clone() } else { format!("{name:?}") };
                let path = if key.is_empty() { name } else { format!("{key}.{name}") };
                write(path, value, lines);
            }
        }
    }
}

fn printed(text: &str) -> String {
    let doubtful = text.is_empty()
        || matches!(text, "[]" | "{}")
        || text.starts_with('"')
        || text.trim().len() < text.len();
    if doubtful { format!("{text:?}") } else { text.to_owned() }
}

/// Returns a key without the numbers of its items, so that an item is the same one elsewhere.
pub(super) fn without_numbers(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut inside = false;
    for character in key.chars() {
        inside = character != ']' && (inside || character == '[');
        if !inside || character == '[' {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{facts, without_numbers};
    use crate::signature::canonical::Canonical;

    #[test]
    fn nested_values_are_lines() {
        let text = |text: &str| Canonical::Text(text.to_owned());
        let map = |entries: &[(&str, Canonical)]| {
            let entries = entries.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
            Canonical::Map(entries.collect::<BTreeMap<_, _>>())
        };
        let value = map(&[
            ("id", text("POL-1")),
            ("tags", Canonical::List(vec![text("it"), text("")])),
            ("scope", map(&[("a.b", text("x")), ("none", Canonical::Null)])),
            ("empty", Canonical::List(Vec::new())),
            ("odd", text("[]")),
        ]);
        let lines: Vec<String> =
            facts(&value).iter().map(|(key, value)| format!("{key}={value}")).collect();
        assert_eq!(
            lines,
            [
                "empty=[]",
                "id=POL-1",
                "odd=\"[]\"",
                "scope.\"a.b\"=x",
                "scope.none=",
                "tags[1]=it",
                "tags[2]=\"\"",
            ]
        );
        assert_eq!(without_numbers("a[12].b[3]"), "a[].b[]");
    }
}
