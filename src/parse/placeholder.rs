//! Words that stand for what nobody has filled in yet: those of templates that people find
//! somewhere, and those of our own starter.
//!
//! `avouch new` writes the second kind from this list, and the rules look for both, so that a
//! starter never passes for finished.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::span::Span;

/// A word of the starter: what `own/` calls it between two `@`, and what stands in its place.
pub(crate) const STARTER: [(&str, &str); 24] = [
    ("PERSON", "Replace This Name"),
    ("TITLE", "Replace this title"),
    ("EMAIL", "you@example.com"),
    ("SECURITY", "security@example.com"),
    ("PRIVACY", "privacy@example.com"),
    ("WEBSITE", "https://example.com"),
    ("HOST", "corp.example.com"),
    ("BUSINESS", "One sentence about what you make."),
    ("STATEMENT", "Say here in two sentences what you make and what this site shows."),
    ("ANSWER", "Not answered yet."),
    ("SHREDDER", "Say here where media are shredded."),
    ("DC1", "Say here what the service does, for whom, and how they reach it."),
    ("DC2", "Say here what contracts promise, and what the system must do to keep it."),
    ("DC3-INFRASTRUCTURE", "Say here where it runs, and which networks and accounts there are."),
    ("DC3-SOFTWARE", "Say here which programs it consists of, and which you buy."),
    ("DC3-PEOPLE", "Say here which roles build, run and support it."),
    ("DC3-PROCEDURES", "Say here which policies and procedures apply."),
    (
        "DC3-DATA",
        "Say here which kinds of data it holds, how they are classified and how long they are kept.",
    ),
    (
        "DC4",
        "Say here which incidents kept the service from its commitments since the last description, or that there were none.",
    ),
    ("DC5", "Say here which criteria apply."),
    ("DC7", "List here each subservice organisation with the controls expected of it."),
    ("DC8", "Say here which criteria do not apply, and why."),
    ("DC9", "Say here what changed in the system during the period that a reader must know."),
    ("INSIDE", "Say here what else is inside the system and what is outside."),
];

/// Placeholders of other templates, in lower case. One that ends with a space goes on to the
/// bracket that closes it.
const FOUND: [&str; 15] = [
    "[company name]",
    "[company]",
    "[your company]",
    "[organization name]",
    "[organisation name]",
    "[insert ",
    "<insert ",
    "<company name>",
    "<date>",
    "<name>",
    "<your ",
    "lorem ipsum",
    "[date]",
    "[name]",
    "tbd",
];

/// Elements that no HTML has, and that templates use for what is to be filled in.
pub(crate) const TAGS: [&str; 6] = ["insert", "company", "your", "name", "date", "organisation"];

/// Looks for all of them in one pass, without regard to case; those of others come first.
static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = FOUND.into_iter().chain(STARTER.iter().map(|(_, words)| *words));
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .unwrap_or_else(|fault| unreachable!("two dozen short words: {fault}"))
});

/// Returns the placeholders in a text in their order: our own ones wherever they stand, those of
/// others outside the code of Markdown.
pub(super) fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut code_spans = None;
    for hit in WORDS.find_overlapping_iter(text) {
        let mut span = Span::new(hit.start(), hit.end());
        match FOUND.get(hit.pattern().as_usize()) {
            Some(words) => {
                let Some(end) = end(text, words, span) else { continue };
                span = Span::new(hit.start(), end);
                let is_link = text[hit.start()..].starts_with('[')
                    && text[end..].starts_with(['(', '[', ':']);
                let code_spans = code_spans.get_or_insert_with(|| code(text));
                let is_code =
                    code_spans.iter().any(|it| it.start <= span.start && span.end <= it.end);
                if is_link || is_code {
                    continue;
                }
            }
            None => {
                let (_, words) = STARTER[hit.pattern().as_usize() - FOUND.len()];
                if text[hit.range()] != *words {
                    continue;
                }
            }
        }
        if stands_alone(text, span) {
            found.push(span);
        }
    }
    found.sort_unstable();
    // `security@example.com` holds no second one.
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

/// Returns where a placeholder ends that may go on to a bracket; nothing where there is none.
fn end(text: &str, words: &str, span: Span) -> Option<usize> {
    let end = span.range().end;
    if !words.ends_with(' ') {
        return Some(end);
    }
    let line = text[end..].lines().next().unwrap_or_default();
    let closing = if words.starts_with('<') { '>' } else { ']' };
    Some(end + line.find(closing)? + 1)
}

/// Returns whether no letter or digit stands before or after a word, nor a part of an address.
fn stands_alone(text: &str, span: Span) -> bool {
    let range = span.range();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '-');
    let begins = text[range.clone()].starts_with(char::is_alphanumeric);
    let ends = text[range.clone()].ends_with(char::is_alphanumeric);
    let before = text[..range.start].chars().next_back();
    let mut after = text[range.end..].chars();
    let next = after.next();
    let goes_on = next.is_some_and(|c| {
        is_part(c) || (matches!(c, '.' | '/') && after.next().is_some_and(char::is_alphanumeric))
    });
    !(begins && before.is_some_and(is_part) || ends && goes_on)
}

/// Returns the code spans of a paragraph: what stands between two equal runs of backticks.
fn code(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|found| at + found) {
        let ticks = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        let mut from = start + ticks;
        let mut end = None;
        while let Some(next) = text[from..].find('`').map(|found| from + found) {
            let length = text[next..].bytes().take_while(|byte| *byte == b'`').count();
            from = next + length;
            if length == ticks {
                end = Some(from);
                break;
            }
        }
        match end {
            Some(end) => {
                spans.push(Span::new(start, end));
                at = end;
            }
            None => at = start + ticks,
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn each_placeholder_is_found_where_it_stands() {
        let text = "[Company Name] and `TBD`, TBD. [insert date here] <insert x> [Name](x.md) \
                    security@example.com my-security@example.com https://example.com/x Not answered yet.";
        let found: Vec<&str> = find(text).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(
            found,
            [
                "[Company Name]",
                "TBD",
                "[insert date here]",
                "<insert x>",
                "security@example.com",
                "Not answered yet."
            ]
        );
    }
}
