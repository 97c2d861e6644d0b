//! Diagnostics for people at a terminal.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Origin, Renderer, Snippet};
use rayon::prelude::*;

use super::escape::visible;
use super::excerpt::Excerpt;
use super::position::{Extent, Sources};
use super::shown;
use crate::diagnostic::{Diagnostic, Level};
use crate::span::Place;

/// Wider than any line that we hand over: the crate shall cut nothing, [`Excerpt`] does.
const WIDEST: usize = 10_000;

/// How the text should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour it.
    pub colour: bool,
    /// The columns of the terminal; nothing where it is none, and then no message is broken into
    /// lines.
    pub width: Option<usize>,
    /// How many diagnostics of one rule are shown; the rest is counted.
    pub per_rule: PerRule,
}

/// How many diagnostics of one rule are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PerRule {
    /// All.
    All,
    /// So many notes, which in a large folder are thousands; all that is worse.
    Notes(usize),
    /// So many, whatever they are.
    Few(usize),
}

impl PerRule {
    fn limit(self, level: Level) -> usize {
        match self {
            Self::Few(limit) => limit,
            Self::Notes(limit) if level == Level::Note => limit,
            Self::Notes(_) | Self::All => usize::MAX,
        }
    }
}

/// Writes each diagnostic with its place, the line and a mark under it, file by file. Files that
/// could not be read come first, then those with errors, and in each file the errors.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources<'_>, look: Look) -> String {
    let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(WIDEST);
    let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
    let mut hidden = shown.clone();
    let mut ordered = ordered(diagnostics);
    ordered.retain(|one| {
        let count = shown.entry(one.rule.name).or_default();
        let is_shown = *count < look.per_rule.limit(one.level);
        let counted = if is_shown { count } else { hidden.entry(one.rule.name).or_default() };
        *counted += 1;
        is_shown
    });
    let words = |one| joined(&renderer.render(&groups(one, sources, look.width))) + "\n\n";
    let mut text: String = ordered.into_par_iter().map(words).collect();
    for (rule, count) in hidden {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "and {count} more of `{rule}`; `--format json` shows all\n");
    }
    text
}

/// Sorts by file, files that could not be read first, then those with errors, and the worst first
/// in each.
fn ordered(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut files: HashMap<&str, Worst> = HashMap::new();
    for one in shown(diagnostics).filter(|one| one.is_error()) {
        let worst = files.entry(&one.place.path).or_default();
        worst.is_error = true;
        worst.is_hiding |= one.rule.hides_content();
    }
    let mut ordered: Vec<&Diagnostic> = shown(diagnostics).collect();
    ordered.sort_by_cached_key(|one| {
        let Diagnostic { place, level, rule, .. } = one;
        let Worst { is_hiding, is_error } = files.get(&*place.path).copied().unwrap_or_default();
        (!is_hiding, !is_error, &place.path, Reverse(*level), place.span, rule.name)
    });
    ordered
}

/// What is worst about a file.
#[derive(Debug, Clone, Copy, Default)]
struct Worst {
    /// Whether it could not be read, or not all of it.
    is_hiding: bool,
    is_error: bool,
}

fn groups<'a>(one: &'a Diagnostic, sources: &Sources<'_>, width: Option<usize>) -> Vec<Group<'a>> {
    let level = match one.level {
        Level::Error => annotate_snippets::Level::ERROR,
        Level::Warning => annotate_snippets::Level::WARNING,
        Level::Note | Level::Off => annotate_snippets::Level::NOTE,
    };
    let with_source = !one.rule.is_secret;
    let indent = one.level.word().len() + one.rule.name.len() + 4;
    let title = level.primary_title(wrapped(&one.message, width, indent)).id(one.rule.name);
    let mut group = pointing(
        Group::with_title(title),
        &one.place,
        sources,
        width,
        if with_source { Some(&one.label) } else { None },
    );
    if let Some(help) = &one.help {
        group = group.element(annotate_snippets::Level::HELP.message(wrapped(help, width, 14)));
    }
    let mut groups = vec![group];
    for (place, words) in &one.related {
        let title = annotate_snippets::Level::NOTE.secondary_title(wrapped(words, width, 6));
        groups.push(pointing(
            Group::with_title(title),
            place,
            sources,
            width,
            with_source.then_some(""),
        ));
    }
    groups
}

/// Adds the place and, where `label` is given, the line with a mark and the label.
fn pointing<'a>(
    group: Group<'a>,
    place: &'a Place,
    sources: &Sources<'_>,
    width: Option<usize>,
    label: Option<&'a str>,
) -> Group<'a> {
    let origin = Origin::path(visible(&place.path));
    let Some(text) = sources(&place.path) else { return group.element(origin) };
    let start = Extent::of(place, sources).start;
    let group = group.element(origin.line(start.line).char_column(start.column));
    let Some(label) = label else { return group };
    let gutter = start.line.to_string().len() + 3;
    let room = width.unwrap_or(160).saturating_sub(gutter);
    let Excerpt { line, marked } = Excerpt::of(text, place.span, room);
    let mut mark = AnnotationKind::Primary.span(marked);
    if !label.is_empty() {
        mark = mark.label(visible(label));
    }
    group.element(Snippet::source(line).line_start(start.line).annotation(mark))
}

/// Joins a place to its line. We name places ourselves, since the columns of an [`Excerpt`] are not
/// those of the file, and the crate then writes `:::` between the two.
fn joined(rendered: &str) -> String {
    let mut joined: Vec<&str> = Vec::new();
    for line in rendered.lines() {
        let follows_gutter = joined.last().is_some_and(|last| unstyled(last).trim() == "|");
        if !(follows_gutter && unstyled(line).trim() == ":::") {
            joined.push(line.trim_end());
        }
    }
    joined.join("\n")
}

fn unstyled(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

/// Breaks text into lines that fit the terminal after `indent` columns.
fn wrapped(text: &str, width: Option<usize>, indent: usize) -> String {
    let text = visible(text);
    let Some(width) = width else { return text.into_owned() };
    let room = width.saturating_sub(indent).max(30);
    let mut wrapped = String::with_capacity(text.len() + 8);
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > room {
            wrapped.push('\n');
            column = 0;
        } else if column > 0 {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::render::fixture;

    const PLAIN: Look = Look { colour: false, width: None, per_rule: PerRule::All };

    #[test]
    fn files_with_errors_first_and_no_line_of_withheld_text() {
        assert_eq!(
            human(&fixture::diagnostics(), &fixture::sources, PLAIN),
            "\
error[unknown-owner]: nobody is called `ciso\\u{202e}x`
 --> content/policies/access.md:3:8
  |
3 | owner: ciso\\u{202e}x
  |        ^^^^^^^^^^^^^
  |
note: the document is <here> & now
 --> content/policies/access.md:2:5
  |
2 | id: POL-AC
  |     ^^^^^^

warning[broken-reference]: no document is called `PRO-ZZ`
 --> content/policies/access.md:6:6
  |
6 |     See [[PRO-ZZ]] and → the rest.
  |         ^^^^^^^^^^ referred to here
  |
  = help: did you mean `PRO-ON`?

error[withheld-text-in-public]: words of `POL-AC` stand here: `the s…r`
--> content/trust/overview.yaml:1:5

note[unread-file]: the name has a \\u{1b}[2J in it
--> content/a, b:50%.bin

"
        );
    }

    #[test]
    fn a_terminal_gets_short_lines_and_few_of_a_rule() {
        let mut diagnostics = vec![fixture::diagnostics().remove(0); 3];
        diagnostics[0].message.push_str(" in any of the folders that a workspace has");
        diagnostics[0].help = Some("write the id of a document that exists here".to_owned());
        let look = Look { colour: false, width: Some(44), per_rule: PerRule::Few(1) };
        assert_eq!(
            human(&diagnostics, &fixture::sources, look),
            "\
warning[broken-reference]: no document is called `PRO-ZZ`
                           in any of the folders that a
                           workspace has
 --> content/policies/access.md:6:6
  |
6 |     See [[PRO-ZZ]] and → the rest.
  |         ^^^^^^^^^^ referred to here
  |
  = help: write the id of a document
          that exists here

and 2 more of `broken-reference`; `--format json` shows all

"
        );
    }

    #[test]
    fn of_many_notes_few_are_shown_and_of_what_is_worse_all() {
        let of = |level| fixture::diagnostics().into_iter().find(|one| one.level == level).unwrap();
        let diagnostics = [Level::Warning, Level::Note].map(|level| vec![of(level); 3]).concat();
        let look = Look { per_rule: PerRule::Notes(1), ..PLAIN };
        let text = human(&diagnostics, &fixture::sources, look);
        let count = |words| text.matches(words).count();
        assert_eq!((count("warning[broken-reference]"), count("note[unread-file]")), (3, 1));
        assert!(text.ends_with("and 2 more of `unread-file`; `--format json` shows all\n\n"));
    }

    #[test]
    fn colour_is_added_to_the_same_text() {
        let diagnostics = fixture::diagnostics();
        let coloured = human(&diagnostics, &fixture::sources, Look { colour: true, ..PLAIN });
        let lines: Vec<String> = coloured.lines().map(unstyled).collect();
        let plain = human(&diagnostics, &fixture::sources, PLAIN);
        assert_eq!(lines, plain.lines().collect::<Vec<_>>());
        assert_eq!(
            coloured.lines().next(),
            Some(
                "\u{1b}[1m\u{1b}[91merror[unknown-owner]\u{1b}[0m\u{1b}[1m: nobody is called \
                 `ciso\\u{202e}x`\u{1b}[0m"
            )
        );
    }
}
