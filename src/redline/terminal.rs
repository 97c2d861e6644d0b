//! A redline on a terminal.
//!
//! With colours, what was removed is red and struck out, what was added green and underlined;
//! without, it stands between `[-` and `-]` and between `{+` and `+}`. Each block begins with a
//! sign: `~` changed, `+` added, `-` removed, `<` moved away, `>` moved here.

use anstyle::{AnsiColor, Style};

use super::shown::Shown;
use super::visible::shown;
use super::{Change, Fate, Part, Redline, Row, Run};

/// How a redline is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The number of columns.
    pub width: usize,
    /// Whether the terminal has colours.
    pub colours: bool,
    /// How many unchanged blocks are shown beside a changed one.
    pub context: usize,
    /// What the part is called that says keys and values: front matter, where nothing else is said.
    pub keys: &'static str,
}

impl Default for Options {
    fn default() -> Self {
        Self { width: 80, colours: false, context: 2, keys: Part::FrontMatter.title() }
    }
}

/// The least number of columns that text is wrapped to.
const NARROWEST: usize = 20;

const REMOVED: Style = AnsiColor::Red.on_default().strikethrough();
const ADDED: Style = AnsiColor::Green.on_default().underline();
const MOVED: Style = AnsiColor::Cyan.on_default();
const NOTE: Style = Style::new().dimmed();
const TITLE: Style = Style::new().bold();
const PLAIN: Style = Style::new();

/// Prints a redline. Ends with a line end, or is empty where nothing changed.
#[must_use]
pub fn print(redline: &Redline, options: Options) -> String {
    let mut printer = Printer { redline, options, out: String::new(), titled: false };
    for thing in redline.shown(options.context) {
        match thing {
            Shown::Part(part) => printer.part(part),
            Shown::Section(section) => {
                let title = shown(&section, super::visible::Manner::default());
                printer.gap();
                printer.line("", &[(TITLE, format!("§ {title}"))]);
            }
            Shown::Fold(range) => {
                let words = format!("… {} …", redline.fold_words(range));
                printer.line("    ", &[(NOTE, words)]);
            }
            Shown::Row(at) => printer.row(&redline.rows[at]),
        }
    }
    printer.out
}

struct Printer<'a> {
    redline: &'a Redline,
    options: Options,
    out: String,
    /// Whether the last line is a title.
    titled: bool,
}

impl Printer<'_> {
    /// Leaves a line free, unless a title stands above.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.titled {
            self.out.push('\n');
        }
        self.titled = true;
    }

    fn part(&mut self, part: Part) {
        self.gap();
        let title = match part {
            Part::FrontMatter => self.options.keys,
            Part::Variables | Part::Files | Part::Body => part.title(),
        };
        self.line("", &[(TITLE, title.to_owned())]);
    }

    fn row(&mut self, row: &Row) {
        let sign = match row.fate {
            Fate::Same => "    ",
            Fate::Changed => "  ~ ",
            Fate::Removed => "  - ",
            Fate::Added => "  + ",
            Fate::Left => "  < ",
            Fate::Arrived => "  > ",
        };
        let runs = Redline::shown_runs(row);
        let mut spans = Vec::with_capacity(runs.len() + 1);
        for at in 0..runs.len() {
            self.run(row, &runs, at, &mut spans);
        }
        if let Some(note) = self.redline.note(row) {
            spans.push((NOTE, format!(" ({note})")));
        }
        self.line(sign, &spans);
    }

    /// Adds the words of a run with their style.
    fn run(&self, row: &Row, runs: &[Run], at: usize, spans: &mut Vec<(Style, String)>) {
        let run = &runs[at];
        let text = self.redline.run_text(run);
        let last = at + 1 == runs.len();
        let whole = runs.iter().all(|it| it.change == run.change);
        // The line end of a block is no text, unless it is what changed.
        let text =
            if last && (run.change == Change::Unchanged || whole) && row.kind != super::Kind::Blank
            {
                text.strip_suffix('\n').unwrap_or(text)
            } else {
                text
            };
        if run.layout {
            // What no reader sees is said in the note.
            if run.change == Change::Added {
                spans.push((PLAIN, shown(text, super::visible::Manner::default())));
            }
            return;
        }
        let manner = self.redline.manner(row, runs, at, !self.options.colours);
        let text = shown(text, manner);
        if text.is_empty() {
            return;
        }
        let moved = run.moved.is_some();
        let (style, open, close) = match run.change {
            Change::Unchanged if moved => (MOVED, "", ""),
            Change::Unchanged => (PLAIN, "", ""),
            Change::Removed => (if moved { MOVED.strikethrough() } else { REMOVED }, "[-", "-]"),
            Change::Added => (if moved { MOVED.underline() } else { ADDED }, "{+", "+}"),
        };
        if self.options.colours {
            spans.push((style, text));
        } else {
            spans.push((PLAIN, format!("{open}{text}{close}")));
        }
        if moved
            && row.fate == Fate::Changed
            && let Some(note) = self.redline.move_note(run.moved, run.change == Change::Removed)
        {
            spans.push((NOTE, format!(" ({note})")));
        }
    }

    /// Writes a paragraph of styled text behind a sign, wrapped.
    fn line(&mut self, sign: &str, spans: &[(Style, String)]) {
        let indent = sign.len();
        let width = self.options.width.saturating_sub(indent).max(NARROWEST);
        self.titled = sign.is_empty();
        let mut line = Line { out: &mut self.out, style: PLAIN, column: 0, indent, width };
        line.out.push_str(sign);
        let mut word: Vec<(Style, char)> = Vec::new();
        for (style, text) in spans {
            let style = if self.options.colours { style } else { &PLAIN };
            for character in text.chars() {
                match character {
                    '\n' => {
                        line.word(&mut word);
                        line.end();
                    }
                    ' ' => {
                        line.word(&mut word);
                        line.space(*style);
                    }
                    _ => word.push((*style, character)),
                }
            }
        }
        line.word(&mut word);
        line.set(PLAIN);
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
    }
}

/// A line as it is written.
struct Line<'a> {
    out: &'a mut String,
    style: Style,
    column: usize,
    indent: usize,
    width: usize,
}

impl Line<'_> {
    /// Changes the style of what follows.
    fn set(&mut self, style: Style) {
        if self.style != style {
            let sequence = format!("{:#}{style}", self.style);
            self.out.push_str(&sequence);
            self.style = style;
        }
    }

    /// Ends the line; the style goes on in the next.
    fn end(&mut self) {
        let style = self.style;
        self.set(PLAIN);
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        self.out.push('\n');
        self.out.push_str(&" ".repeat(self.indent));
        self.column = 0;
        self.set(style);
    }

    fn space(&mut self, style: Style) {
        if self.column < self.width {
            self.set(style);
            self.out.push(' ');
            self.column += 1;
        }
    }

    fn word(&mut self, word: &mut Vec<(Style, char)>) {
        let length: usize = word.iter().map(|(_, it)| columns(*it)).sum();
        if self.column > 0 && self.column + length > self.width {
            self.end();
        }
        for (style, character) in word.drain(..) {
            let columns = columns(character);
            if self.column > 0 && self.column + columns > self.width {
                self.end();
            }
            self.set(style);
            self.out.push(character);
            self.column += columns;
        }
    }
}

/// Returns how many columns a character takes.
pub(crate) fn columns(character: char) -> usize {
    match character {
        _ if character.is_ascii() => 1,
        _ if unicode_normalization::char::is_combining_mark(character) => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}
