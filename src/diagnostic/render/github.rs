//! Annotations that GitHub shows beside the changed lines of a pull request.

use std::fmt::Write as _;

use super::position::{Extent, Sources};
use super::{escape, shown};
use crate::diagnostic::{Diagnostic, Level};

/// Writes one workflow command for each diagnostic.
pub fn github(diagnostics: &[Diagnostic], sources: &Sources<'_>) -> String {
    let mut text = String::new();
    for one in shown(diagnostics) {
        let command = match one.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note | Level::Off => "notice",
        };
        let Extent { start, end } = Extent::of(&one.place, sources);
        let mut message = visible_lines(&one.message);
        if let Some(help) = &one.help {
            message.push_str("\nhelp: ");
            message.push_str(&visible_lines(help));
        }
        let (file, message) = (property(&one.place.path), encoded(&message, &['%', '\r', '\n']));
        let (line, last, title) = (start.line, end.line, one.rule.name);
        // Writing to a string cannot fail.
        let _ =
            write!(text, "::{command} file={file},line={line},endLine={last},col={}", start.column);
        if line == last {
            let _ = write!(text, ",endColumn={}", end.column);
        }
        let _ = writeln!(text, ",title={title}::{message}");
    }
    text
}

/// Writes out what a log must not contain; line ends stay, since they are encoded afterwards.
fn visible_lines(text: &str) -> String {
    text.split('\n').map(escape::visible).collect::<Vec<_>>().join("\n")
}

fn property(value: &str) -> String {
    encoded(&escape::visible(value), &['%', '\r', '\n', ':', ','])
}

/// Percent-encodes those characters that end a message or a property.
fn encoded(text: &str, ending: &[char]) -> String {
    let mut encoded = String::with_capacity(text.len());
    for character in text.chars() {
        if ending.contains(&character) {
            let _ = write!(encoded, "%{:02X}", u32::from(character));
        } else {
            encoded.push(character);
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::fixture;

    #[test]
    fn nothing_in_content_can_end_a_command() {
        let mut diagnostics = fixture::diagnostics();
        diagnostics[1].message.push_str("\n::error::100%\r");
        assert_eq!(
            github(&diagnostics, &fixture::sources),
            "\
::warning file=content/policies/access.md,line=6,endLine=6,col=6,endColumn=16,title=broken-reference::no document is called `PRO-ZZ`%0Ahelp: did you mean `PRO-ON`?
::notice file=content/a%2C b%3A50%25.bin,line=1,endLine=1,col=1,endColumn=1,title=unread-file::the name has a \\u{1b}[2J in it%0A::error::100%25\\r
::error file=content/policies/access.md,line=3,endLine=3,col=8,endColumn=14,title=unknown-owner::nobody is called `ciso\\u{202e}x`
::error file=content/trust/overview.yaml,line=1,endLine=1,col=5,endColumn=18,title=withheld-text-in-public::words of `POL-AC` stand here: `the s…r`
"
        );
    }
}
