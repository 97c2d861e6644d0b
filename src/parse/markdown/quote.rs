//! What kind of quote a quote is, decided on its source.
//!
//! The source decides and not the parsed text, because `[!INTERNAL]` can become a link, the
//! definition of a link or code, and what the author meant to hide would be published.

use crate::model::body::AlertKind;

/// What a quote is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    /// A quotation.
    Plain,
    /// A call-out with words on the line of its mark, which `CommonMark` parsers don't know.
    Alert(AlertKind),
    /// Restricted.
    Restricted,
    /// Perhaps meant to be restricted: a typo in the mark.
    Malformed,
}

/// The word that makes a quote restricted.
const WORD: &str = "INTERNAL";

/// Classifies a quote by its source, which begins with `>`.
pub(super) fn classify(source: &str) -> Quote {
    let Some(line) = source
        .lines()
        .map(|line| line.trim_start_matches([' ', '\t', '>']))
        .find(|line| !line.trim().is_empty())
    else {
        return Quote::Plain;
    };
    if let Some(word) = mark(line) {
        if word.eq_ignore_ascii_case(WORD) {
            return Quote::Restricted;
        }
        if let Some(kind) = alert(word) {
            return Quote::Alert(kind);
        }
    }
    if looks_restricted(line) || is_label(line) { Quote::Malformed } else { Quote::Plain }
}

/// Tells whether a quote begins with the word as a label: `INTERNAL: …`.
fn is_label(line: &str) -> bool {
    let bare = line.trim_start_matches(['*', '_', ' ']);
    let (Some(word), Some(rest)) = (bare.get(..WORD.len()), bare.get(WORD.len()..)) else {
        return false;
    };
    let rest = rest.trim_start_matches(['*', '_', ' ']);
    word.eq_ignore_ascii_case(WORD) && rest.starts_with([':', '：', '–', '—'])
        || word == WORD && rest.starts_with('-')
}

/// Returns the word of a mark such as `[!NOTE]` at the start of a line.
pub(super) fn mark(line: &str) -> Option<&str> {
    let (word, _) = line.strip_prefix("[!")?.split_once(']')?;
    (!word.is_empty() && word.bytes().all(|b| b.is_ascii_alphabetic())).then_some(word)
}

/// Tells whether text holds the mark of a restricted block where it has no effect.
pub(super) fn is_stray_mark(text: &str) -> bool {
    text.get(..WORD.len() + 2)
        .is_some_and(|start| start.starts_with("[!") && start[2..].eq_ignore_ascii_case(WORD))
}

/// Tells whether the start of a line may be a restricted mark with a typo in it.
pub(super) fn looks_restricted(line: &str) -> bool {
    let folded: String = line
        .chars()
        .take(60)
        .filter_map(|c| match c {
            '［' | '【' => Some('['),
            '］' | '】' => Some(']'),
            '！' | '¡' | 'ǃ' => Some('!'),
            '*' | '_' | '`' | '\\' | '#' | '"' | '\'' | '~' | '|' => None,
            _ if c.is_whitespace() || c.is_control() || super::text::is_hidden(c) => None,
            _ => Some(c.to_ascii_uppercase()),
        })
        .take(32)
        .collect();
    if folded.starts_with("[!") {
        return true;
    }
    let bare = folded.trim_start_matches(['[', '!', '(', '{', '<', '-', ':', '&']);
    if bare.len() == folded.len() {
        return false;
    }
    let word = &bare[..bare.find(|c: char| !c.is_alphabetic()).unwrap_or(bare.len())];
    word == WORD && !folded.starts_with('-')
        || folded.starts_with(['[', '!'])
            && word.len().abs_diff(WORD.len()) <= 2
            && strsim::jaro_winkler(word, WORD) > 0.9
}

/// Returns the call-out of that name.
fn alert(word: &str) -> Option<AlertKind> {
    [AlertKind::Note, AlertKind::Tip, AlertKind::Important, AlertKind::Warning, AlertKind::Caution]
        .into_iter()
        .find(|kind| kind.word().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::{Quote, classify};
    use crate::model::body::AlertKind;

    #[test]
    fn near_misses_are_malformed() {
        for source in [
            "> [! INTERNAL]",
            "> [INTERNAL]",
            "> !INTERNAL",
            "> \\[!INTERNAL]",
            "> [!INTERNALS]",
            "> [!SECRET] x",
            "> **[!INTERNAL]**",
            "> [!INTERNAL",
            "> `[!INTERNAL]`",
            "> [INTRENAL]",
            "> [!\u{200b}INTERNAL]",
            "> ［！INTERNAL］",
            "> (INTERNAL) call",
            "> INTERNAL: call",
            "> **Internal:** call",
            ">\n> [ !internal ]",
        ] {
            assert_eq!(classify(source), Quote::Malformed, "{source}");
        }
    }

    #[test]
    fn marks_decide() {
        for (source, kind) in [
            ("> [!INTERNAL]\n> x", Quote::Restricted),
            ("> [!internal] x", Quote::Restricted),
            (">\n>   [!Internal]: https://x", Quote::Restricted),
            ("> [!WARNING] Mind the gap", Quote::Alert(AlertKind::Warning)),
            ("> Internal audits are yearly.", Quote::Plain),
            ("> [Internal audit](a.md) is yearly.", Quote::Plain),
            ("> - internal", Quote::Plain),
            ("> [a link](b.md)", Quote::Plain),
            (">", Quote::Plain),
        ] {
            assert_eq!(classify(source), kind, "{source}");
        }
    }
}
