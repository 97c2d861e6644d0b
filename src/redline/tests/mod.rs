//! Whole small documents and their whole redlines.

mod bounds;
mod documents;
mod editorial;

use super::terminal::{self, Options};
use super::{Change, Part, Redline, Text};

/// Returns a text with this body and nothing else.
fn body(text: &str) -> Text {
    Text { body: text.to_owned(), ..Text::default() }
}

/// Returns a text with entries of front matter.
fn entries(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// Returns the plain form of a redline.
fn plain(redline: &Redline) -> String {
    terminal::print(redline, Options { width: 100, ..Options::default() })
}

/// Compares two texts, and holds the redline against both.
fn compare(old: &Text, new: &Text) -> Redline {
    let redline = Redline::new(old, new);
    let side = |without: Change| -> String {
        let pieces = redline.pieces();
        let of_body = pieces.iter().filter(|it| it.part == Part::Body && it.change != without);
        of_body.map(|it| it.text).collect()
    };
    assert_eq!(side(Change::Added), old.body.replace("\r\n", "\n"), "the old text comes back");
    assert_eq!(side(Change::Removed), new.body.replace("\r\n", "\n"), "the new text comes back");
    let printed = terminal::print(&redline, Options { colours: true, ..Options::default() });
    assert_eq!(hidden_in(&printed), None, "{printed:?}");
    assert_eq!(hidden_in(&plain(&redline)), None);
    assert_eq!(
        redline.is_empty(),
        old.front_matter == new.front_matter
            && old.variables == new.variables
            && old.files == new.files
            && old.body.replace("\r\n", "\n") == new.body.replace("\r\n", "\n"),
    );
    redline
}

/// Returns the first character that acts or hides, our own colours and line ends left out.
fn hidden_in(printed: &str) -> Option<char> {
    let mut rest = printed;
    while let Some(character) = rest.chars().next() {
        if let Some(sequence) = rest.strip_prefix("\u{1b}[") {
            let end = sequence.find('m')?;
            assert!(
                sequence[..end].bytes().all(|it| it.is_ascii_digit() || it == b';'),
                "{rest:?}"
            );
            rest = &sequence[end + 1..];
            continue;
        }
        if character != '\n' && crate::diagnostic::render::is_hidden(character) {
            return Some(character);
        }
        rest = &rest[character.len_utf8()..];
    }
    None
}
