//! Targets of links: variables in them, and their schemes.

use std::borrow::Cow;

use super::text::is_hidden;
use crate::model::body::VariableName;
use crate::model::variable;
use crate::span::Span;

/// How many bytes of a target are looked at.
const LONGEST: usize = 2000;

/// Lets targets hold variables with spaces, which `CommonMark` does not allow: replaces the spaces
/// in `](https://{{ host }}/x)` by braces. The length stays, so all places do.
pub(super) fn joined(source: &str) -> Cow<'_, str> {
    let mut joined: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(distance) = source[at..].find("{{ ") {
        let variable_start = at + distance;
        at = variable_start + 3;
        if !is_in_target(source, variable_start) {
            continue;
        }
        let Some((_, length)) = variable::at_start(&source[variable_start..]) else { continue };
        let bytes = joined.get_or_insert_with(|| source.as_bytes().to_vec());
        let range = variable_start..variable_start + length;
        at = range.end;
        let mut brace = b'{';
        for byte in bytes.get_mut(range).unwrap_or_default() {
            match byte {
                b' ' | b'\t' => *byte = brace,
                b'{' => {}
                _ => brace = b'}',
            }
        }
    }
    match joined.map(String::from_utf8) {
        Some(Ok(joined)) => Cow::Owned(joined),
        Some(Err(_)) | None => Cow::Borrowed(source),
    }
}

/// Tells whether a place stands in the target of a link: after `](` or `]: ` with nothing but
/// the beginning of a target between.
fn is_in_target(source: &str, at: usize) -> bool {
    let bytes = source.as_bytes();
    let mut inside_variable = false;
    for start in (at.saturating_sub(LONGEST)..at).rev() {
        match bytes[start] {
            b'(' if start > 0 && bytes[start - 1] == b']' => return true,
            b' ' if source[..start].ends_with("]:") => return true,
            b'}' => inside_variable = true,
            b'{' => inside_variable = false,
            b' ' if inside_variable => {}
            b' ' | b'\n' | b'\t' | b')' => return false,
            _ => {}
        }
    }
    false
}

/// Undoes [`joined`] in a target.
pub(super) fn separated(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    let mut rest = target;
    while let Some(at) = rest.find("{{{") {
        out.push_str(&rest[..at]);
        rest = rest[at..].trim_start_matches('{');
        let end = rest.find("}}}").unwrap_or(rest.len());
        out.push_str("{{ ");
        out.push_str(&rest[..end]);
        rest = rest[end..].trim_start_matches('}');
        out.push_str(" }}");
    }
    out.push_str(rest);
    out
}

/// Returns the variables in the target of a link that was written somewhere in `span`.
pub(super) fn variables(target: &str, span: Span, source: &str) -> Vec<VariableName> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut searched = span.range().start;
    while let Some(distance) = target[at..].find("{{") {
        at += distance;
        let Some((path, length)) = variable::at_start(&target[at..]) else {
            at += 2;
            continue;
        };
        let written = &target[at..at + length];
        let place = source.get(searched..span.range().end).and_then(|text| text.find(written));
        let span = place.map_or(span, |distance| {
            let start = searched + distance;
            searched = start + length;
            Span::new(start, start + length)
        });
        found.push(VariableName { path, span });
        at += length;
    }
    found
}

/// Returns the scheme of an address if it is not on the list of allowed ones. Browsers skip
/// control characters and spaces in front of and inside a scheme, so this does too.
pub(super) fn forbidden_scheme(target: &str) -> Option<String> {
    let folded: String = target
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace() && !is_hidden(*c))
        .take(64)
        .collect();
    let slash = |c: char| matches!(c, '/' | '\\');
    if folded.starts_with(slash) && folded[1..].starts_with(slash) {
        return Some("//".to_owned());
    }
    let (scheme, _) = folded.split_once(':')?;
    let written = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let scheme = scheme.to_ascii_lowercase();
    let allowed = matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel");
    (written && !allowed).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::{forbidden_scheme, joined, separated};

    #[test]
    fn variables_in_targets_are_joined_and_separated() {
        let text = "[a](https://{{ a.b }}/{{  c }}) {{ d }} [e]: {{ f }}\n(see {{ g }})";
        let joined = joined(text);
        assert_eq!(joined, "[a](https://{{{a.b}}}/{{{{c}}}) {{ d }} [e]: {{{f}}}\n(see {{ g }})");
        assert_eq!(separated("https://{{{a.b}}}/{{{{c}}}"), "https://{{ a.b }}/{{ c }}");
    }

    #[test]
    fn schemes_can_not_hide() {
        for target in
            ["javascript:a", " java\tscript:a", "DATA:x", "\\\\host", "/\\host", "vbscript:x"]
        {
            assert!(forbidden_scheme(target).is_some(), "{target}");
        }
        for target in ["https://x", "../a:b.md", "#a:b", "{{ a }}:b", "a b", "tel:+1", "mailto:a@b"]
        {
            assert_eq!(forbidden_scheme(target), None, "{target}");
        }
    }
}
