//! Merged text to inlines: variables, bare addresses, and what must be reported.

use super::autolink;
use super::fault::{Dialect, FaultKind, Faults};
use super::quote;
use crate::model::body::{Inline, Reference, ReferenceForm, VariableName, Written};
use crate::model::variable;
use crate::span::Span;

/// Text of neighbouring events, merged, and where each piece of it was written.
#[derive(Default)]
pub(super) struct Pending {
    text: String,
    /// Offsets in the text and in the source where pieces begin, ascending.
    pieces: Vec<(usize, usize)>,
}

impl Pending {
    pub(super) fn push(&mut self, text: &str, source_start: usize) {
        self.pieces.push((self.text.len(), source_start));
        self.text.push_str(text);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Empties it, keeping its memory.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
    }

    /// Returns where the text ends in the source.
    pub(super) fn source_end(&self) -> usize {
        self.source(self.text.len())
    }

    /// Removes the mark of a quote from its start.
    pub(super) fn strip_mark(&mut self) {
        if quote::mark(&self.text).is_none() {
            return;
        }
        let Some(end) = self.text.find(']') else { return };
        let length = self.text.len() - self.text[end + 1..].trim_start().len();
        let source = self.source(length);
        self.text.drain(..length);
        self.pieces.retain_mut(|(text, _)| {
            let kept = *text > length;
            *text = text.saturating_sub(length);
            kept
        });
        self.pieces.insert(0, (0, source));
    }

    /// Returns where a place of the text was written.
    fn source(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|(text, _)| *text <= at);
        match self.pieces.get(after.wrapping_sub(1)) {
            Some((text, source)) => source + (at - text),
            None => 0,
        }
    }

    /// Returns where a range of the text was written.
    fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.source(from), self.source(to.saturating_sub(1)) + 1)
    }
}

/// Where the text to divide stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// Whether it stands in a link or an image, where no address becomes a link.
    pub(super) in_link: bool,
    /// Whether it is the first text of a line of its block.
    pub(super) line_start: bool,
}

/// Which bytes the scan stops at.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let bytes = *b"{<[:@!\\+";
    let mut index = 0;
    while index < bytes.len() {
        stops[bytes[index] as usize] = true;
        index += 1;
    }
    stops
};

/// Divides text into inlines and hands each to `out` with the place where it begins.
pub(super) fn divide(
    pending: &Pending,
    surroundings: Surroundings,
    references: &mut Vec<Reference>,
    faults: &mut Faults<'_>,
    out: &mut impl FnMut(Inline<Written>, usize),
) {
    let text = pending.text.as_str();
    let bytes = text.as_bytes();
    let mut plain = 0;
    let mut at = 0;
    while let Some(distance) = bytes[at..].iter().position(|b| STOPS[usize::from(*b)]) {
        let here = at + distance;
        at = here + 1;
        let opens_line = here == 0 && surroundings.line_start;
        let found = match bytes[here] {
            b'{' => {
                let (found, next) = braces(pending, here, faults);
                at = next;
                found
            }
            b':' if opens_line && text.starts_with(":::") => {
                faults.add(FaultKind::Dialect(Dialect::Container), pending.span(0, 3));
                None
            }
            b':' | b'@' if surroundings.in_link => None,
            b':' => autolink::web(text, plain, here).map(|range| {
                let target = text[range.clone()].to_owned();
                (range, Found::Address(target))
            }),
            b'@' => autolink::mail(text, plain, here).map(|mut range| {
                let target = format!("mailto:{}", &text[range.clone()]);
                if text[plain..range.start].ends_with("mailto:") {
                    range.start -= "mailto:".len();
                }
                (range, Found::Address(target))
            }),
            _ => {
                report(pending, here, opens_line, faults);
                None
            }
        };
        let Some((range, found)) = found else { continue };
        if range.start > plain {
            out(Inline::Text(text[plain..range.start].to_owned()), pending.source(plain));
        }
        let span = pending.span(range.start, range.end);
        let inline = match found {
            Found::Variable(path) => Inline::Value(VariableName { path, span }),
            Found::Address(target) => {
                let reference = Reference { slot: 0, target, form: ReferenceForm::Bare, span };
                let reference = number(reference, references);
                Inline::Link(reference, vec![Inline::Text(text[range.clone()].to_owned())])
            }
        };
        out(inline, pending.source(range.start));
        plain = range.end;
        at = range.end;
    }
    if plain < text.len() {
        out(Inline::Text(text[plain..].to_owned()), pending.source(plain));
    }
}

/// Gives a reference the next slot.
pub(super) fn number(mut reference: Reference, references: &mut Vec<Reference>) -> Reference {
    reference.slot = u32::try_from(references.len()).unwrap_or(u32::MAX);
    references.push(reference.clone());
    reference
}

enum Found {
    Variable(String),
    Address(String),
}

/// Reads what begins with `{`: a variable, or another tool's tag. Returns where to go on.
fn braces(
    pending: &Pending,
    here: usize,
    faults: &mut Faults<'_>,
) -> (Option<(std::ops::Range<usize>, Found)>, usize) {
    let text = pending.text.as_str();
    let rest = &text[here..];
    let (dialect, length) = if rest.starts_with("{%") {
        (Dialect::Liquid, 2)
    } else if rest.starts_with("{{%") || rest.starts_with("{{<") {
        (Dialect::HugoShortcode, 3)
    } else if rest.starts_with("{{") {
        if let Some((path, length)) = variable::at_start(rest) {
            let span = pending.span(here, here + length);
            // Escaped braces are text: then the source differs.
            let verbatim = faults.source.get(span.range()) == Some(&rest[..length]);
            if verbatim {
                return (Some((here..here + length, Found::Variable(path))), here + length);
            }
            return (None, here + 2);
        }
        (Dialect::Mustache, 2)
    } else {
        return (None, here + 1);
    };
    let span = pending.span(here, here + length);
    if faults.source.get(span.range()) == Some(&rest[..length]) {
        faults.add(FaultKind::Dialect(dialect), span);
    }
    (None, here + length)
}

/// Reports what must not stay unnoticed in text at `here`.
fn report(pending: &Pending, here: usize, opens_line: bool, faults: &mut Faults<'_>) {
    let text = pending.text.as_str();
    let rest = &text[here..];
    let dialect = match rest.as_bytes() {
        [b'<', b'%', ..] => Some((Dialect::Erb, 2)),
        [b'!', b'!', b'!', b' ', ..] if opens_line => Some((Dialect::Admonition, 3)),
        [b'\\', b'p' | b'n', ..] if opens_line => ["\\pagebreak", "\\newpage"]
            .into_iter()
            .find(|command| rest.starts_with(command))
            .map(|command| (Dialect::Latex, command.len())),
        [b'+', b'-' | b'=', b'-' | b'=', ..] if opens_line => Some((Dialect::GridTable, 3)),
        _ => None,
    };
    if let Some((dialect, length)) = dialect {
        faults.add(FaultKind::Dialect(dialect), pending.span(here, here + length));
        return;
    }
    if !rest.starts_with('[') {
        return;
    }
    if let Some(label) = rest.strip_prefix("[^") {
        let end = label.bytes().take(200).position(|b| matches!(b, b']' | b' ' | b'['));
        let label = end.filter(|end| *end > 0 && label.as_bytes()[*end] == b']');
        if let Some(length) = label {
            let span = pending.span(here, here + length + 3);
            let label = rest[2..length + 2].to_owned();
            if faults.source.get(span.range()) == Some(&rest[..length + 3]) {
                faults.add(FaultKind::FootnoteUnresolved(label), span);
            }
        }
    } else if quote::is_stray_mark(rest) || opens_line && quote::looks_restricted(rest) {
        faults.restricted(pending.span(here, here + 1));
    }
}

/// Tells whether a character can't be seen: it has no width or changes the direction of text.
pub(in crate::parse) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// Reports the characters of a text that can't be seen, each run of the same once. Joiners
/// between characters that are not ASCII are part of scripts and emoji.
pub(super) fn hidden_characters(text: &str, faults: &mut Faults<'_>) {
    if text.is_ascii() {
        return;
    }
    let mut last = ' ';
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        let repeated = c == last && text[..at].ends_with(c);
        last = c;
        if !is_hidden(c) || repeated {
            continue;
        }
        let after = text[at + c.len_utf8()..].chars().next();
        let before = text[..at].chars().next_back();
        let joins = matches!(c, '\u{200c}' | '\u{200d}')
            && [before, after].iter().all(|c| c.is_some_and(|c| !c.is_ascii() && !is_hidden(c)));
        if !joins {
            faults.add(FaultKind::HiddenCharacter(c), at..at + c.len_utf8());
        }
    }
}
