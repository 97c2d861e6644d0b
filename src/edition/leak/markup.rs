//! What can be read in HTML, SVG and XML: between tags, and in them.
//!
//! This is no parser of correct markup: it loses nothing of what is not correct.

use super::output::BLOCK_END;
use crate::parse::markdown::character_reference;

/// Elements that stand inside a sentence.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tspan", "u", "wbr",
];

/// Attributes that hold words of HTML, ARIA and SVG, or numbers, and nothing that an author wrote.
const VOCABULARY: [&str; 13] = [
    "class",
    "d",
    "dir",
    "lang",
    "points",
    "property",
    "rel",
    "role",
    "scope",
    "transform",
    "type",
    "viewbox",
    "xmlns",
];

/// Returns what stands between the tags of a text in lower case, and what stands in its tags and
/// comments: every value is a block of its own.
pub(super) fn read(markup: &str) -> (String, String) {
    let mut text = String::with_capacity(markup.len());
    let mut inside = String::new();
    let mut add = |value: &str| {
        inside.push_str(&decoded(value));
        inside.push_str(BLOCK_END);
    };
    let mut rest = markup;
    while let Some((before, after)) = rest.split_once('<') {
        // Quotation marks of prose are escaped, so bare ones are those of structured data.
        text.push_str(&decoded(before).replace('"', BLOCK_END));
        if let Some(after) = after.strip_prefix("!--") {
            let (comment, after) = after.split_once("-->").unwrap_or((after, ""));
            add(comment);
            rest = after;
            continue;
        }
        if let Some(after) = after.strip_prefix("![cdata[") {
            let (inside, after) = after.split_once("]]>").unwrap_or((after, ""));
            text.push_str(inside);
            rest = after;
            continue;
        }
        if !after.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
            text.push('<');
            rest = after;
            continue;
        }
        let tag = Tag::read(after);
        let name = tag.name.trim_matches('/');
        text.push_str(if INLINE.contains(&name) { "" } else { BLOCK_END });
        for (key, value) in &tag.attributes {
            if value.is_empty() {
                add(key);
            } else if !VOCABULARY.contains(key) {
                add(&value.replace("%20", " "));
            }
        }
        rest = tag.rest;
        if tag.name == "script" {
            let (script, after) = rest.split_at(rest.find("</script").unwrap_or(rest.len()));
            text.push_str(&unescaped(script));
            rest = after;
        }
    }
    text.push_str(&decoded(rest));
    (text, inside)
}

/// A tag, from behind its `<`.
struct Tag<'t> {
    name: &'t str,
    /// Names and values; a name alone has an empty one.
    attributes: Vec<(&'t str, &'t str)>,
    /// What follows the tag.
    rest: &'t str,
}

impl<'t> Tag<'t> {
    fn read(text: &'t str) -> Self {
        let ends = |ends: &'static str| move |c: char| c.is_whitespace() || ends.contains(c);
        let until = |text: &'t str, ends: &dyn Fn(char) -> bool| {
            text.split_at(text.find(ends).unwrap_or(text.len()))
        };
        let (name, mut rest) = until(text, &ends(">"));
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(ends("/"));
            if rest.is_empty() || rest.starts_with('>') {
                let rest = rest.strip_prefix('>').unwrap_or_default();
                return Self { name, attributes, rest };
            }
            let (key, after) = until(rest, &ends("=>"));
            let Some(value) = after.trim_start().strip_prefix('=') else {
                attributes.push((key, ""));
                rest = after;
                continue;
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| "\"'".contains(*c));
            let (value, after) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => until(value, &ends(">")),
            };
            attributes.push((key, value));
            rest = after;
        }
    }
}

/// Reads the references of characters that writers of markup make.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let found = after.split_once(';').and_then(|(name, after)| Some((lowered(name)?, after)));
        match found {
            Some((character, after)) => {
                out.push(character);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

fn lowered(name: &str) -> Option<char> {
    character_reference(name)?.to_lowercase().next()
}

/// Returns JSON, or a script, with every text a block of its own and without its escapes.
pub(super) fn unescaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut rest = json.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => out.push_str(BLOCK_END),
            '\\' => match rest.next() {
                Some('u') => {
                    let digits: String = rest.by_ref().take(4).collect();
                    let number = u32::from_str_radix(&digits, 16).ok();
                    let character = number.and_then(char::from_u32).unwrap_or(' ');
                    out.extend(character.to_lowercase());
                }
                Some('n' | 't' | 'r' | 'b' | 'f') | None => out.push(' '),
                Some(other) => out.push(other),
            },
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{BLOCK_END, read, unescaped};

    fn blocks(text: &str) -> Vec<String> {
        let blocks = text.split(BLOCK_END).map(|it| it.trim().to_owned());
        blocks.filter(|it| !it.is_empty()).collect()
    }

    #[test]
    fn sentences_go_on_in_inline_elements() {
        let (text, _) =
            read("<p>ask <b>ma</b>ra<!-- x --> <a href=x>ellison</a></p><p>now</p>a < b");
        assert_eq!(blocks(&text), ["ask mara ellison", "now", "a < b"]);
    }

    #[test]
    fn every_value_in_a_tag_is_a_block() {
        let (text, inside) = read(
            "<img class=\"row\" alt='mara > ellison' title=\"a &amp; b\" src=a%20b><input hidden \
             value=one/><!-- for\nus --><p aria-label=\"not closed",
        );
        assert_eq!(blocks(&text), [""; 0]);
        assert_eq!(
            blocks(&inside),
            ["mara > ellison", "a & b", "a b", "hidden", "one/", "for\nus", "not closed"]
        );
    }

    #[test]
    fn characters_may_be_written_as_references() {
        let (text, _) = read("m&#97;r&#x61;&nbsp;el&shy;lison &unknown; &amp;lt; at&t;");
        assert_eq!(text, "mara\u{a0}el\u{ad}lison &unknown; &lt; at&t;");
    }

    #[test]
    fn texts_of_json_are_blocks() {
        let text = unescaped(r#"{"a b": "mara\nellison \"x\" \u00e9\u0041"}"#);
        assert_eq!(blocks(&text), ["{", "a b", ":", "mara ellison \"x\" éa", "}"]);
        let (text, _) = read("<script type=x>{\"a\": \"1 < 2\"}</script>end");
        assert_eq!(blocks(&text), ["{", "a", ":", "1 < 2", "}", "end"]);
    }
}
