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

/// Placeholders of other templates, in lower case. One with a bracket that it does not close goes on
/// to the one that closes it.
const FOUND: [&str; 24] = [
    "[company name]",
    "[company's name]",
    "[company]",
    "[your company",
    "[your organi",
    "[your business",
    "[organization name]",
    "[organisation name]",
    "[organization]",
    "[organisation]",
    "[insert ",
    "<insert ",
    "<insert>",
    "<company name>",
    "<company>",
    "<organization>",
    "<organisation>",
    "<date>",
    "<name>",
    "<your ",
    "lorem ipsum",
    "[date]",
    "[name]",
    "tbd",
];

/// Marks of people who want to come back, and names of variables. They count in capitals only: a
/// list of things to do is none.
const SHOUTED: [&str; 5] = ["todo", "fixme", "xxx", "$company", "${company"];

/// What makes such a mark a word for something, when it stands after it.
const NOUNS: [&str; 4] = [" list", " item", " comment", " app"];

/// Elements that no HTML has, and that templates use for what is to be filled in.
pub(crate) const TAGS: [&str; 7] =
    ["insert", "company", "your", "name", "date", "organisation", "organization"];

/// Looks for all of them in one pass, without regard to case; those of others come first.
static WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let starter = STARTER.iter().map(|(_, words)| *words);
    let words = FOUND.into_iter().chain(SHOUTED).chain(starter);
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(words)
        .unwrap_or_else(|fault| unreachable!("a few dozen short words: {fault}"))
});

/// Returns the placeholders in a text in their order: our own ones wherever they stand, those of
/// others outside the code of Markdown.
pub(super) fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut code_spans = None;
    for hit in WORDS.find_overlapping_iter(text) {
        let mut span = Span::new(hit.start(), hit.end());
        let number = hit.pattern().as_usize();
        let typed = &text[hit.range()];
        let is_meant = match number.checked_sub(FOUND.len()) {
            None => true,
            Some(shouted) if shouted < SHOUTED.len() => !typed.contains(char::is_lowercase),
            Some(own) => typed == STARTER[own - SHOUTED.len()].1,
        };
        if !is_meant {
            continue;
        }
        if number < FOUND.len() + SHOUTED.len() {
            let end = match FOUND.get(number) {
                Some(words) => end(text, words, span),
                None => shouted(text, span),
            };
            let Some(end) = end else { continue };
            span = Span::new(hit.start(), end);
            let is_link =
                text[hit.start()..].starts_with('[') && text[end..].starts_with(['(', '[', ':']);
            let code_spans = code_spans.get_or_insert_with(|| code(text));
            let is_code = code_spans.iter().any(|it| it.start <= span.start && span.end <= it.end);
            if is_link || is_code {
                continue;
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
    let (opening, closing) = if words.starts_with('<') { ('<', '>') } else { ('[', ']') };
    if !words.starts_with(opening) || words.ends_with(closing) {
        return Some(end);
    }
    let line = text[end..].lines().next().unwrap_or_default();
    let length = line.find(closing)?;
    (!line[..length].contains(opening)).then_some(end + length + 1)
}

/// Returns where a mark ends of somebody who wants to come back; nothing where it is a word for
/// something.
fn shouted(text: &str, span: Span) -> Option<usize> {
    let range = span.range();
    if text[range.clone()].contains('$') {
        let rest = &text[range.end..];
        let name = rest.len()
            - rest.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '_').len();
        let brace = usize::from(rest[name..].starts_with('}'));
        return Some(range.end + name + brace);
    }
    let is_noun = NOUNS.iter().any(|noun| {
        text[range.end..].get(..noun.len()).is_some_and(|it| it.eq_ignore_ascii_case(noun))
    });
    (!is_noun).then_some(range.end)
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
                    security@example.com my-security@example.com https://example.com/x Not answered yet. \
                    [Your Company Name] <COMPANY> <insert> $COMPANY_NAME \
                    ${COMPANY}";
        let found: Vec<&str> = find(text).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(
            found,
            [
                "[Company Name]",
                "TBD",
                "[insert date here]",
                "<insert x>",
                "security@example.com",
                "Not answered yet.",
                "[Your Company Name]",
                "<COMPANY>",
                "<insert>",
                "$COMPANY_NAME",
                "${COMPANY}",
            ]
        );
    }

    #[test]
    fn words_for_something_are_none() {
        for text in [
            "Keep todo lists short. Todo: none. A size of xxx.",
            "The [company handbook][h], [Company](x.md) and [your company's page](x.md).",
            "The company, your company and `$COMPANY` and [your rights], $company.",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
