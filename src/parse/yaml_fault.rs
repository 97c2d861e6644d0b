//! What the YAML parser stumbles over, in words for people who do not know YAML.

use super::yaml::YamlFault;
use crate::span::Span;

/// What is said about a tab.
const TAB: &str = "a tab cannot indent YAML";

/// Says what is wrong at `at`, the byte of a text at which the parser gave up with `info`.
pub(super) fn explain(text: &str, at: usize, info: &str) -> YamlFault {
    let info = info.trim_end_matches('.');
    let stop = Stop::new(text, at);
    if info.contains("simple key expected") {
        return stop.no_colon();
    }
    let is_in_flow = ["illegal placement", "flow mapping", "flow sequence", "unclosed bracket"];
    if is_in_flow.iter().any(|words| info.contains(words))
        && let Some(bracket) = unclosed(text, at)
    {
        return never_closed(text, bracket);
    }
    if info.contains("quoted scalar")
        && let Some(fault) = stop.ended_too_early()
    {
        return fault;
    }
    if info.contains("mapping values are not allowed")
        && let Some(key) = stop.indented_key()
    {
        let help = format!(
            "give the line the indent of the one above if `{key}` is a key, or put the value above in quotes"
        );
        return fault("this line is indented further than the one above", at, at, help);
    }
    if info.contains("unexpected character") || info.contains("mapping keys are not allowed") {
        let first = stop.rest.chars().next().unwrap_or_default();
        let message = match first {
            '`' => "a value cannot begin with a backtick".to_owned(),
            first => format!("a value cannot begin with `{first}`"),
        };
        return fault(message, at, at + first.len_utf8(), stop.quoted());
    }
    if info.contains("unknown anchor") {
        let message = "aliases (`*name`) are not accepted";
        let help = format!("write the value out here; if it is text, {}", stop.quoted());
        return fault(message, at, at + 1, help);
    }
    let (message, help) = if info.contains("mapping values are not allowed") {
        ("a colon with a space after it cannot stand here", "put the value in quotes")
    } else if info.contains("tab") {
        let at = tab_at(text, at);
        return fault(TAB, at, at, "use spaces");
    } else if info.contains("quoted scalar") {
        ("a quoted text does not end before this line", "add the missing quotation mark")
    } else if info.contains("flow mapping") {
        (
            "the mapping in braces does not go on like this",
            "put the value in quotes, or add `,` or `}`",
        )
    } else if info.contains("flow sequence") || info.contains("illegal placement") {
        (
            "the list in brackets does not go on like this",
            "put the value in quotes, or add `,` or `]`",
        )
    } else if info.contains("misplaced bracket") {
        ("this bracket closes nothing", "remove it, or put the value in quotes")
    } else if info.contains("block sequence entries") {
        (
            "a list with `-` cannot begin in the line of its key",
            "begin it in the next line, or put the value in quotes",
        )
    } else if info.contains("scanning a block scalar") {
        (
            "text cannot stand in one line with the `|` or `>` before it",
            "begin the text in the next line, indented, or put the value in quotes",
        )
    } else if info.contains("block mapping") || info.contains("block collection") {
        (
            "this line does not fit the lines above it",
            "check how far it is indented, and the quotes above it",
        )
    } else if info.contains("recursion limit") {
        ("values nest too deeply here", "use fewer levels")
    } else {
        (info, "put the value in quotes if it is text")
    };
    fault(message, at, at, help)
}

fn fault(
    message: impl Into<String>,
    start: usize,
    end: usize,
    help: impl Into<String>,
) -> YamlFault {
    let (message, help) = (message.into(), Some(help.into()));
    YamlFault { message, span: Span::new(start, end), first: None, help }
}

/// The place where the parser gave up.
struct Stop<'t> {
    at: usize,
    /// Where its line begins.
    start: usize,
    /// The line without the white space at its end.
    line: &'t str,
    /// The line from there on.
    rest: &'t str,
}

impl<'t> Stop<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default().trim_end();
        let rest = line.get(at - start..).unwrap_or_default();
        Self { at, start, line, rest }
    }

    /// A line that is no `key: value`.
    fn no_colon(&self) -> YamlFault {
        let line = self.line.trim_start();
        let start = self.start + self.line.len() - line.len();
        let end = self.start + self.line.len();
        if let Some((key, value)) = line.split_once(':')
            && is_key(key)
            && !value.is_empty()
        {
            let colon = start + key.len();
            let help = format!("write `{key}: {}`", value.trim_start());
            return fault("a space is missing after this colon", colon, colon + 1, help);
        }
        let mut words = line.splitn(2, [' ', '=']);
        let (key, value) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let value = value.trim_start_matches([' ', '=']);
        let help = if is_key(key) && !value.is_empty() && !value.contains(' ') {
            format!("write `{key}: {value}`")
        } else {
            "write `key: value`, or indent the line if it goes on from the one above".to_owned()
        };
        fault("there is no colon after a key in this line", start, end, help)
    }

    /// A text in quotes that holds the same quotes.
    fn ended_too_early(&self) -> Option<YamlFault> {
        let before = self.line.get(..self.at - self.start)?.trim_end();
        let quote = before.chars().next_back().filter(|c| matches!(c, '"' | '\''))?;
        let other = if quote == '"' { '\'' } else { '"' };
        let opening = format!(": {quote}");
        let value = self.line.find(&opening).map(|at| &self.line[at + 2..]);
        let value = value.filter(|value| value.len() > 1 && !value.contains(other));
        let help = match value {
            Some(value) => {
                let inside = &value[1..];
                // `"How "good" x"`: the second mark begins something, so the first is around it all.
                let is_around = value.ends_with(quote)
                    && inside.find(quote).is_some_and(|at| {
                        let is_word = |c: char| c.is_alphanumeric();
                        !inside[..at].ends_with(is_word) || inside[at + 1..].starts_with(is_word)
                    });
                let words = if is_around { &inside[..inside.len() - 1] } else { value };
                format!("write `{other}{words}{other}`")
            }
            None if quote == '"' => "write each `\"` in the text as `\\\"`".to_owned(),
            None => "write each `'` in the text as `''`".to_owned(),
        };
        let end = self.start + before.len();
        Some(fault("the quoted text ends here, before the value does", end - 1, end, help))
    }

    /// Returns the key of a line that is only wrong because spaces stand before it.
    fn indented_key(&self) -> Option<&'t str> {
        let before = self.line.get(..self.at - self.start)?;
        let key = before.trim_start();
        (key.len() < before.len() && is_key(key)).then_some(key)
    }

    /// Says how to put the rest of the line in quotes.
    fn quoted(&self) -> String {
        match self.rest {
            rest if rest.contains(['"', '\\', ',', ']', '}', '`']) => "put it in quotes".to_owned(),
            rest => format!("put it in quotes: `\"{}\"`", rest.split(" #").next().unwrap_or(rest)),
        }
    }
}

fn is_key(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.len() <= 40
        && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// Returns the innermost bracket that is open at `at`, if the line there begins something new: it is
/// not indented further than the line of the bracket.
fn unclosed(text: &str, at: usize) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut quote = None;
    let mut before = '\n';
    let mut is_comment = false;
    for (place, c) in text[..at].char_indices().chain(text[at..].chars().next().map(|c| (at, c))) {
        let begins = matches!(before, '\n' | ' ' | '\t' | '[' | '{' | ',' | ':');
        match c {
            '\n' => is_comment = false,
            _ if is_comment => {}
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => {}
            '"' | '\'' if begins => quote = Some(c),
            '#' if matches!(before, '\n' | ' ' | '\t') => is_comment = true,
            '[' | '{' if !open.is_empty() || begins => open.push(place),
            ']' | '}' => {
                open.pop();
            }
            _ => {}
        }
        before = c;
    }
    let bracket = open.pop()?;
    let line = |at: usize| {
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        (start, line.len() - line.trim_start().len(), line.trim_start())
    };
    let (first, second) = (line(bracket), line(at));
    let is_new = second.0 > first.0 && second.1 <= first.1 && !second.2.starts_with([']', '}']);
    (bracket == at || is_new || second.2.is_empty()).then_some(bracket)
}

fn never_closed(text: &str, bracket: usize) -> YamlFault {
    let (open, close, what) =
        if text[bracket..].starts_with('[') { ('[', ']', "list") } else { ('{', '}', "mapping") };
    let help = format!("end the {what} with `{close}`, or put the value in quotes if it is text");
    fault(format!("this `{open}` is never closed"), bracket, bracket + 1, help)
}

/// Returns where the tab stands that a parser stumbled over at `at`: the first one that indents a
/// line, from the line of `at` on.
fn tab_at(text: &str, at: usize) -> usize {
    let mut start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    for line in text[start..].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return start + tab;
        }
        start += line.len();
    }
    at
}
