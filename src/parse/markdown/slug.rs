//! Anchors from headings, by GitHub's rule.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

/// Returns the anchor that GitHub gives a heading of this text: lower case, punctuation removed,
/// spaces to hyphens.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            'a'..='z' | '0'..='9' | '-' | '_' => slug.push(c),
            'A'..='Z' => slug.push(c.to_ascii_lowercase()),
            ' ' => slug.push('-'),
            _ if c.is_ascii() => {}
            _ if c.is_alphanumeric() || is_combining_mark(c) => slug.extend(c.to_lowercase()),
            _ => {}
        }
    }
    slug
}

/// The anchors of one body.
#[derive(Default)]
pub(super) struct Slugs {
    taken: HashMap<String, u32>,
}

impl Slugs {
    /// Takes an anchor: the wished one, or with `-1`, `-2` … where it is taken. Returns it and
    /// whether the wish was granted.
    pub(super) fn take(&mut self, wish: &str) -> (String, bool) {
        let wish = if wish.is_empty() { "section" } else { wish };
        if !self.taken.contains_key(wish) {
            self.taken.insert(wish.to_owned(), 0);
            return (wish.to_owned(), true);
        }
        let mut count = self.taken.get(wish).copied().unwrap_or_default();
        loop {
            count += 1;
            let anchor = format!("{wish}-{count}");
            if !self.taken.contains_key(&anchor) {
                self.taken.insert(wish.to_owned(), count);
                self.taken.insert(anchor.clone(), 0);
                return (anchor, false);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Slugs, slug};

    #[test]
    fn slugs_are_those_of_github() {
        for (text, expected) in [
            ("Access & Control", "access--control"),
            ("4.1 What's new?", "41-whats-new"),
            ("Überprüfung_2 — 検証", "überprüfung_2--検証"),
            ("🚀 Launch", "-launch"),
            ("RTO of {{ facts.rto }}", "rto-of--factsrto-"),
        ] {
            assert_eq!(slug(text), expected);
        }
        let mut slugs = Slugs::default();
        let taken = ["a", "a", "a-1", "a", ""].map(|wish| slugs.take(wish).0);
        assert_eq!(taken, ["a", "a-1", "a-1-1", "a-2", "section"]);
    }
}
