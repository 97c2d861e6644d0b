//! Variables in text: `{{ dotted.path }}`, nothing else.

use std::borrow::Cow;
use std::ops::Range;

/// Reads a variable at the start of a text and returns its path and its length with braces.
#[must_use]
pub fn at_start(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.as_bytes().iter().take(200).position(|b| *b == b'}')?;
    let path = inside[..end].trim();
    let good = path.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
    });
    (good && inside[end..].starts_with("}}")).then(|| (path.to_owned(), end + 4))
}

/// Returns the variables of a text that is no Markdown, each with its bytes.
#[must_use]
pub fn uses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(distance) = text[at..].find("{{") {
        at += distance;
        match at_start(&text[at..]) {
            Some((path, length)) => {
                found.push((at..at + length, path));
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Puts values in the place of variables; one without a value stays as it was written.
#[must_use]
pub fn fill<'t>(text: &'t str, value: &dyn Fn(&str) -> Option<String>) -> Cow<'t, str> {
    let found = uses(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, path) in found {
        if let Some(value) = value(&path) {
            out.push_str(&text[at..range.start]);
            out.push_str(&value);
            at = range.end;
        }
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{fill, uses};

    #[test]
    fn variables_are_dotted_paths_in_double_braces() {
        let paths = |text: &str| uses(text).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(paths("{{ a.b }} {{c}} {{{ d }}} {{ e f }} {{ g"), ["a.b", "c", "d"]);
        assert_eq!(paths("no {variable} {{% here %}} {{}}"), [""; 0]);
    }

    #[test]
    fn what_has_no_value_stays() {
        let value = |path: &str| (path == "a").then(|| "1 é".to_owned());
        assert_eq!(fill("é {{ a }}{{ b }}{{a}}.", &value), "é 1 é{{ b }}1 é.");
    }
}
