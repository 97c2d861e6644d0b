//! Words that stand nowhere else, one for each text of a workspace, so that a text can be
//! recognised wherever it comes out: short ones and long ones, in any case, whole or cut off.

use std::collections::BTreeSet;

const SHORT: &str = "zq";
const LONG: &str = "zqqlongwordthatisnowhere";

/// The markers that were handed out.
#[derive(Default)]
pub(crate) struct Markers {
    /// Whether each may be public, and where it was put.
    list: Vec<(bool, String)>,
}

impl Markers {
    /// Returns a new marker, short and long.
    pub(crate) fn fresh(&mut self, is_public: bool, place: String) -> String {
        let short = self.short(is_public, place);
        let number = &short[SHORT.len()..];
        format!("{short} {LONG}{number}")
    }

    /// Returns a new marker, short only: for names.
    pub(crate) fn short(&mut self, is_public: bool, place: String) -> String {
        self.list.push((is_public, place));
        format!("{SHORT}{:05}x", self.list.len() - 1)
    }

    /// Puts markers where a text says `{open}` or `{shut}`.
    pub(crate) fn fill(&mut self, text: &str, path: &str) -> String {
        let mut out = String::new();
        for (number, line) in text.lines().enumerate() {
            let mut rest = line;
            while let Some(at) = rest.find("{open}").into_iter().chain(rest.find("{shut}")).min() {
                let place = format!("{path}, line {}", number + 1);
                out += &rest[..at];
                out += &self.fresh(rest[at..].starts_with("{open}"), place);
                rest = &rest[at + "{open}".len()..];
            }
            out += rest;
            out.push('\n');
        }
        out
    }

    /// Finds all markers in a text: their numbers, or what is left of one that was cut.
    pub(crate) fn find(&self, text: &str) -> Vec<Result<usize, String>> {
        let text = text.to_lowercase();
        let mut found = Vec::new();
        for (at, _) in text.match_indices(SHORT) {
            let rest = &text[at..];
            let digits = rest.strip_prefix(LONG).unwrap_or(&rest[SHORT.len()..]);
            let number =
                digits.get(..6).and_then(|it| it.strip_suffix('x')).and_then(|it| it.parse().ok());
            let number = number.filter(|number| *number < self.list.len());
            found.push(number.ok_or_else(|| rest.chars().take(24).collect()));
        }
        found
    }

    pub(crate) fn is_public(&self, index: usize) -> bool {
        self.list[index].0
    }

    pub(crate) fn place(&self, index: usize) -> &str {
        &self.list[index].1
    }

    /// Returns how many may be public and how many may not.
    pub(crate) fn counts(&self) -> (usize, usize) {
        let public = self.list.iter().filter(|(is_public, _)| *is_public).count();
        (public, self.list.len() - public)
    }

    /// Returns the places of public markers that were not seen.
    pub(crate) fn missing(&self, seen: &BTreeSet<usize>) -> impl Iterator<Item = &str> {
        let all = self.list.iter().enumerate();
        all.filter(|(index, (is_public, _))| *is_public && !seen.contains(index))
            .map(|(_, (_, place))| place.as_str())
    }
}

/// Puts a marker into every line of a Markdown text, into every cell of a table, and into the
/// words of every link.
pub(crate) fn mark_body(path: &str, body: &str, is_open: bool, markers: &mut Markers) -> String {
    if body.contains("{shut}") {
        return markers.fill(body, path);
    }
    let words = regex::Regex::new(r"(!?\[)([^\]\[^]+)(\]\()").unwrap();
    let mut out = String::new();
    let (mut in_code, mut in_restricted) = (false, false);
    for (number, line) in body.lines().enumerate() {
        let inner = line.trim_start_matches([' ', '>']);
        in_restricted = line.trim_start().starts_with('>')
            && (in_restricted || inner.starts_with("[!INTERNAL]"));
        let is_public = is_open && !in_restricted;
        let mut fresh =
            || markers.fresh(is_public, format!("{path}, line {} of the text", number + 1));
        if inner.starts_with("```") {
            in_code = !in_code;
            out += line;
        } else if in_code {
            out += &format!("{line} {}", fresh());
        } else if inner.is_empty()
            || inner.starts_with("[!")
            || inner.starts_with("---")
            || inner.starts_with("| --")
        {
            out += line;
        } else if inner.starts_with('|') {
            let cells: Vec<String> = line
                .trim_end()
                .trim_end_matches('|')
                .split('|')
                .map(|cell| {
                    if cell.trim_matches([' ', '>']).is_empty() {
                        cell.to_owned()
                    } else {
                        format!("{cell}{} ", fresh())
                    }
                })
                .collect();
            out += &cells.join("|");
            out += "|";
        } else {
            let line = words.replace_all(line, |it: &regex::Captures<'_>| {
                format!("{}{} {}{}", &it[1], &it[2], fresh(), &it[3])
            });
            let (text, attributes) = match line.find(" {#") {
                Some(at) => line.split_at(at),
                None => (&*line, ""),
            };
            out += &format!("{text} {}{attributes}", fresh());
        }
        out.push('\n');
    }
    out
}
