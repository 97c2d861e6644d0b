//! Attribute blocks at the end of clauses and headings: `{#id soc2="CC6.1 CC6.2" for="it"}`.

use crate::model::outline::Mapping;
use crate::span::{Span, Spanned};

/// What an attribute block says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Attributes {
    /// The anchor.
    pub(super) anchor: Option<String>,
    /// The points of view.
    pub(super) audiences: Vec<String>,
    /// The requirements.
    pub(super) mappings: Vec<Mapping>,
}

/// Returns where the attribute block at the end of a text begins, if it looks like one.
pub(super) fn find(text: &str) -> Option<usize> {
    let text = text.trim_end();
    if !text.ends_with('}') || text.ends_with("}}") {
        return None;
    }
    let start = text.rfind('{')?;
    let inside = &text[start + 1..];
    let named = inside.find('=').is_some_and(|end| {
        end > 0
            && inside[..end].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && inside[end + 1..].starts_with('"')
    });
    (!text[..start].ends_with('{') && (inside.starts_with('#') || named)).then_some(start)
}

/// Reads an attribute block with its braces that stands at `offset` of the body. `None` where it
/// holds anything else than one anchor and named values in double quotes.
pub(super) fn read(block: &str, offset: usize) -> Option<Attributes> {
    let inside = block.trim_end().strip_prefix('{')?.strip_suffix('}')?;
    let mut attributes = Attributes::default();
    let mut at = 0;
    loop {
        at += inside[at..].len() - inside[at..].trim_start().len();
        let rest = &inside[at..];
        if rest.is_empty() {
            return Some(attributes);
        }
        if let Some(named) = rest.strip_prefix('#') {
            let end = named.find(char::is_whitespace).unwrap_or(named.len());
            let anchor = &named[..end];
            let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            if attributes.anchor.is_some() || anchor.is_empty() || !anchor.chars().all(good) {
                return None;
            }
            attributes.anchor = Some(anchor.to_owned());
            at += 1 + end;
            continue;
        }
        let equals = rest.find('=')?;
        let key = &rest[..equals];
        let value = rest[equals + 1..].strip_prefix('"')?;
        let length = value.find('"')?;
        let value = &value[..length];
        if key.is_empty() || key.contains(char::is_whitespace) {
            return None;
        }
        let start = offset + 1 + at;
        let value_start = start + equals + 2;
        if key.eq_ignore_ascii_case("for") {
            attributes.audiences.extend(words(value).map(|(_, word)| word.to_lowercase()));
        } else {
            let framework = Spanned::new(key.to_owned(), Span::new(start, start + equals));
            let requirements = words(value)
                .map(|(at, word)| {
                    let span = Span::new(value_start + at, value_start + at + word.len());
                    Spanned::new(word.to_owned(), span)
                })
                .collect();
            attributes.mappings.push(Mapping { framework, requirements });
        }
        at += equals + 2 + length + 1;
    }
}

/// Returns the words of a list that is separated by spaces or commas, with their offsets.
fn words(list: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    list.split([' ', ',', '\t', '\n']).filter_map(move |word| {
        let start = at;
        at += word.len() + 1;
        (!word.is_empty()).then_some((start, word))
    })
}

#[cfg(test)]
mod tests {
    use super::{Attributes, find, read};
    use crate::model::outline::Mapping;
    use crate::span::{Span, Spanned};

    #[test]
    fn blocks_are_read_with_places() {
        let text = "Use it. {#mfa soc2=\"CC6.1 CC6.6\" for=\"Engineering it\"}";
        let start = find(text).unwrap();
        let requirement =
            |id: &str, start| Spanned::new(id.to_owned(), Span::new(start, start + 5));
        assert_eq!(
            read(&text[start..], start),
            Some(Attributes {
                anchor: Some("mfa".into()),
                audiences: vec!["engineering".into(), "it".into()],
                mappings: vec![Mapping {
                    framework: Spanned::new("soc2".into(), Span::new(14, 18)),
                    requirements: vec![requirement("CC6.1", 20), requirement("CC6.6", 26)],
                }],
            })
        );
    }

    #[test]
    fn other_braces_are_no_blocks() {
        for text in ["x {{ facts.rto }}", "a {set}", "f() {}", "{{#each}}", "x {a=b}"] {
            assert_eq!(find(text), None, "{text}");
        }
        for block in ["{#}", "{#a #b}", "{#a soc2}", "{#a soc2=\"x}", "{#a<b}"] {
            assert_eq!(read(block, 0), None, "{block}");
        }
    }
}
