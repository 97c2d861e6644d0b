//! Numbers and sorted words in few characters that need no escape in a script.

/// The sixty-four digits.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Returns the digit of a number up to 63; the last digit for greater ones.
pub(super) fn digit(number: usize) -> char {
    DIGITS.get(number).copied().unwrap_or(b'_').into()
}

/// Appends a number of any size: five bits a digit, lowest first, with the sixth bit set in all
/// digits but the last.
pub(super) fn push_number(mut number: usize, text: &mut String) {
    while number >= 32 {
        text.push(digit(number % 32 + 32));
        number /= 32;
    }
    text.push(digit(number));
}

/// Sorted words, divided into texts of limited size.
///
/// A word is written as a digit, the number of UTF-16 units that it shares with the word before,
/// and the rest of it. What belongs to it and the next word follow, each after a space.
pub(super) struct FrontCoded<'w> {
    limit: usize,
    texts: Vec<String>,
    /// The first word of each text.
    keys: Vec<&'w str>,
    previous: &'w str,
}

impl<'w> FrontCoded<'w> {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, texts: Vec::new(), keys: Vec::new(), previous: "" }
    }

    /// Appends a word, greater than all before, with what belongs to it.
    pub(super) fn push(&mut self, word: &'w str, belonging: Option<&str>) {
        let added = word.len() + belonging.map_or(0, str::len) + 3;
        let fits = self.texts.last().is_some_and(|text| text.len() + added <= self.limit);
        if !fits {
            self.texts.push(String::new());
            self.keys.push(word);
            self.previous = "";
        }
        let Some(text) = self.texts.last_mut() else { return };
        if !text.is_empty() {
            text.push(' ');
        }
        let mut units = 0;
        let mut bytes = 0;
        for (ours, theirs) in word.chars().zip(self.previous.chars()) {
            if ours != theirs || units + ours.len_utf16() > 63 {
                break;
            }
            units += ours.len_utf16();
            bytes += ours.len_utf8();
        }
        text.push(digit(units));
        text.push_str(&word[bytes..]);
        if let Some(belonging) = belonging {
            text.push(' ');
            text.push_str(belonging);
        }
        self.previous = word;
    }

    /// Returns the texts, and the first word of each.
    pub(super) fn finish(self) -> (Vec<String>, Vec<&'w str>) {
        (self.texts, self.keys)
    }
}

#[cfg(test)]
mod tests {
    use super::{FrontCoded, push_number};

    #[test]
    fn numbers_have_five_bits_a_digit() {
        let written = |number| {
            let mut text = String::new();
            push_number(number, &mut text);
            text
        };
        assert_eq!(
            [0, 1, 31, 32, 1023, 1024, 50_000].map(written),
            ["A", "B", "f", "gB", "_f", "ggB", "w6wB"]
        );
    }

    #[test]
    fn words_are_coded_by_what_they_share_and_cut_by_size() {
        let mut coded = FrontCoded::new(16);
        for word in ["access", "accessible", "zürich", "zürichs"] {
            coded.push(word, Some("AB"));
        }
        assert_eq!(
            coded.finish(),
            (
                vec![
                    "Aaccess AB".to_owned(),
                    "Aaccessible AB".to_owned(),
                    "Azürich AB".to_owned(),
                    "Azürichs AB".to_owned(),
                ],
                vec!["access", "accessible", "zürich", "zürichs"]
            )
        );
        let mut coded = FrontCoded::new(1000);
        for word in ["access", "accessible", "zürich", "zürichs"] {
            coded.push(word, None);
        }
        assert_eq!(coded.finish(), (vec!["Aaccess Gible Azürich Gs".to_owned()], vec!["access"]));
    }
}
