//! Words, as they are compared.

use crate::span::Span;

/// Returns the words of a text with their places: letters and digits, in lower case as given.
/// Characters that nobody sees do not end a word.
pub(super) fn words(text: &str) -> impl Iterator<Item = (String, Span)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while rest.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, _) = *rest.peek()?;
        let mut word = String::new();
        let mut end = start;
        while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric() || is_unseen(*c)) {
            if !is_unseen(c) {
                word.push(c);
                end = at + c.len_utf8();
            }
        }
        Some((word, Span::new(start, end)))
    })
}

/// Returns whether a character has no width: soft hyphens, joiners and their like.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_letters_and_digits() {
        let found: Vec<(String, usize)> = words("«AC-02» Elli\u{ad}son\u{200b}, x")
            .map(|(word, it)| (word, it.end as usize))
            .collect();
        let named = |word: &str, end| (word.to_owned(), end);
        assert_eq!(found, [named("AC", 4), named("02", 7), named("Ellison", 19), named("x", 25)]);
    }
}
