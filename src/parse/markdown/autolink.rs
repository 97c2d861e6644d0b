//! Bare web and e-mail addresses in text, by the rules of GitHub Flavored Markdown.

use std::ops::Range;

/// Returns the web address whose scheme ends before the colon at `colon` of `text`, if there is
/// one that begins at `from` or later.
pub(super) fn web(text: &str, from: usize, colon: usize) -> Option<Range<usize>> {
    let after = text[colon..].strip_prefix("://")?;
    let before = &text[from..colon];
    let scheme = ["https", "http"].into_iter().find(|scheme| {
        before.len() >= scheme.len()
            && before.as_bytes()[before.len() - scheme.len()..]
                .eq_ignore_ascii_case(scheme.as_bytes())
    })?;
    let start = colon - scheme.len();
    let opens = text[..start].chars().next_back();
    if !opens.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                '*' | '_'
                    | '~'
                    | '('
                    | '['
                    | '"'
                    | '\''
                    | '“'
                    | '‘'
                    | '«'
                    | '—'
                    | '–'
                    | '/'
                    | ','
                    | ';'
                    | ':'
                    | '|'
            )
    }) {
        return None;
    }
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '@');
    // The host decides before the rest is looked at, which keeps the scan linear.
    if !after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let host = after.find(|c| !allowed(c)).unwrap_or(after.len());
    let rest = &after[host..];
    let length = rest.find(|c: char| c.is_whitespace() || c.is_control() || c == '<');
    let kept = trimmed(&after[..host + length.unwrap_or(rest.len())]);
    Some(start..colon + 3 + kept.len())
}

/// Removes what ends a sentence and not an address.
fn trimmed(address: &str) -> &str {
    let mut kept = address;
    let count = |c| address.bytes().filter(|b| *b == c).count();
    let (opening, mut closing) = (count(b'('), count(b')'));
    while let Some(last) = kept.chars().next_back() {
        let superfluous = match last {
            ')' => {
                let unbalanced = closing > opening;
                closing -= usize::from(unbalanced);
                unbalanced
            }
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '"' | ']' | '}' | '>'
            | '”' | '’' | '»' | '…' => true,
            _ => false,
        };
        if !superfluous {
            break;
        }
        kept = &kept[..kept.len() - last.len_utf8()];
    }
    kept
}

/// Returns the e-mail address around the `@` at `at` of `text`, if there is one that begins at
/// `from` or later.
pub(super) fn mail(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
    let domain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let start = at - bytes[from..at].iter().rev().take_while(|b| local(b)).count();
    let mut end = at + 1 + bytes[at + 1..].iter().take_while(|b| domain(b)).count();
    while end > at + 1 && bytes[end - 1] == b'.' {
        end -= 1;
    }
    let host = &text[at + 1..end];
    let stands_alone =
        text[..start].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '/');
    let good = start < at
        && stands_alone
        && bytes[start].is_ascii_alphanumeric()
        && host.contains('.')
        && host.split('.').all(|part| !part.is_empty())
        && !host.ends_with(['-', '_']);
    good.then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::{mail, web};

    #[test]
    fn addresses_end_where_github_ends_them() {
        for (text, expected) in [
            ("see https://a.example/b.", Some("https://a.example/b")),
            ("(https://a.example/b_(c))", Some("https://a.example/b_(c)")),
            ("HTTP://a.example/x?y=1, and", Some("HTTP://a.example/x?y=1")),
            ("https://a.example/*.", Some("https://a.example/")),
            ("xhttps://a.example", None),
            ("ftp://a.example", None),
            ("https://", None),
            ("https://{{ x }}", None),
        ] {
            let found = text.find(':').and_then(|colon| web(text, 0, colon));
            assert_eq!(found.map(|range| &text[range]), expected, "{text}");
        }
        for (text, expected) in [
            ("write to a.b+c@d.example.", Some("a.b+c@d.example")),
            ("a@b", None),
            ("@team", None),
            ("a@b.c-", None),
        ] {
            let found = text.find('@').and_then(|at| mail(text, 0, at));
            assert_eq!(found.map(|range| &text[range]), expected, "{text}");
        }
    }
}
