//! Author's HTML, cleaned. The only importer of ammonia.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

/// The elements that stay in blocks of HTML.
const ELEMENTS: [&str; 48] = [
    "a",
    "abbr",
    "b",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];

/// The attributes that stay, with their elements.
const ATTRIBUTES: [(&str, &[&str]); 7] = [
    ("a", &["href"]),
    ("abbr", &["title"]),
    ("details", &["open"]),
    ("li", &["value"]),
    ("ol", &["start", "reversed"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
];

static CLEANER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<_, HashSet<_>> = ATTRIBUTES
        .iter()
        .map(|&(element, attributes)| (element, attributes.iter().copied().collect()))
        .collect();
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.into_iter().collect())
        .tag_attributes(attributes)
        .clean_content_tags(["script", "style", "template", "title"].into_iter().collect())
        .url_schemes(["http", "https", "mailto"].into_iter().collect())
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer"))
        .strip_comments(true);
    builder
});

/// Returns the HTML without anything that is not on the short list: no script, style, form,
/// class, id or relative address. Unclosed elements are closed.
pub(super) fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// Tells whether an element stays in blocks of HTML; names are lower case.
pub(super) fn keeps_element(name: &str) -> bool {
    ELEMENTS.contains(&name)
}

/// Tells whether an attribute of an element stays in blocks of HTML; names are lower case.
pub(super) fn keeps_attribute(element: &str, attribute: &str) -> bool {
    ATTRIBUTES.iter().any(|(name, kept)| *name == element && kept.contains(&attribute))
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn only_the_short_list_stays() {
        assert_eq!(
            clean(
                "<div class=x id=y style='color:red' onclick=z()><script>bad()</script>\
                 <a href=/local>a</a><a href='javascript:b()'>b</a><a href=https://c.example>c</a>\
                 <!-- secret --><form><input></form><iframe src=https://x></iframe>\
                 <details><summary>More</summary>Text"
            ),
            "<div><a rel=\"noopener noreferrer\">a</a><a rel=\"noopener noreferrer\">b</a>\
             <a href=\"https://c.example\" rel=\"noopener noreferrer\">c</a>\
             <details><summary>More</summary>Text</details></div>"
        );
    }
}
