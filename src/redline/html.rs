//! A redline as HTML.
//!
//! What was removed stands in `<del>`, what was added in `<ins>`, each with a word for those who
//! hear the page. Unchanged blocks are folded into `<details>`, so that the whole text is on the
//! page. Styles are those of the theme, by classes; nothing is styled here.

use std::fmt::Write as _;
use std::ops::Range;

use super::shown::Shown;
use super::visible::{Manner, shown};
use super::{Change, Fate, Kind, Part, Redline, Row, Run};
use crate::markup::escape;

/// How many unchanged blocks are shown beside a changed one.
const CONTEXT: usize = 2;

/// Writes a redline. `level` is the level of the headings of its parts, from 2 to 5; headings of
/// sections are one level below.
#[must_use]
pub fn html(redline: &Redline, level: u8) -> String {
    let mut page = Page { redline, out: String::new() };
    let _ = writeln!(
        page.out,
        "<div class=\"redline\">\n<p class=\"redline-summary\">{}</p>",
        escape(&sentence(&redline.summary().to_string()))
    );
    let (part_level, section_level) = (level.clamp(2, 5), level.clamp(2, 5) + 1);
    let shown = redline.shown(CONTEXT);
    let body_only = !shown.iter().any(|it| matches!(it, Shown::Part(part) if *part != Part::Body));
    let mut open = false;
    for thing in shown {
        match thing {
            Shown::Part(part) => {
                if open {
                    page.out.push_str("</section>\n");
                }
                open = true;
                page.out.push_str("<section class=\"redline-part\">\n");
                if !body_only {
                    let _ = writeln!(
                        page.out,
                        "<h{part_level} class=\"redline-title\">{}</h{part_level}>",
                        part.title()
                    );
                }
            }
            Shown::Section(section) => {
                let _ = writeln!(
                    page.out,
                    "<h{section_level} class=\"redline-section\">{}</h{section_level}>",
                    escape(&shown_text(&section))
                );
            }
            Shown::Fold(range) => page.fold(range),
            Shown::Row(at) => page.row(&redline.rows[at]),
        }
    }
    if open {
        page.out.push_str("</section>\n");
    }
    page.out.push_str("</div>\n");
    page.out
}

fn shown_text(text: &str) -> String {
    shown(text, Manner::default())
}

/// Returns a text that begins with a capital and ends with a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", chars.as_str())
}

struct Page<'a> {
    redline: &'a Redline,
    out: String,
}

impl Page<'_> {
    fn fold(&mut self, range: Range<usize>) {
        let words = self.redline.fold_words(range.clone());
        let _ = writeln!(self.out, "<details class=\"redline-fold\"><summary>{words}</summary>");
        for at in range.filter(|at| !self.redline.is_silent(*at)) {
            self.row(&self.redline.rows[at]);
        }
        self.out.push_str("</details>\n");
    }

    fn row(&mut self, row: &Row) {
        let (class, sign, word) = match row.fate {
            Fate::Same => ("same", "", ""),
            Fate::Changed => ("changed", "~", "changed"),
            Fate::Removed => ("removed", "−", "removed"),
            Fate::Added => ("added", "+", "added"),
            Fate::Left => ("left", "←", "moved away"),
            Fate::Arrived => ("arrived", "→", "moved here"),
        };
        let kind = match row.kind {
            Kind::Heading => "heading",
            Kind::Code | Kind::Comment | Kind::Html => "code",
            Kind::Row => "cells",
            Kind::Quote => "quote",
            Kind::Item => "item",
            Kind::Paragraph | Kind::Definition | Kind::Rule | Kind::Blank => "words",
            Kind::Fact => "fact",
        };
        let _ = write!(self.out, "<div class=\"redline-row redline-{class} redline-{kind}\">");
        if !sign.is_empty() {
            let _ = write!(
                self.out,
                "<span class=\"redline-sign\" aria-hidden=\"true\">{sign}</span>\
                <span class=\"visually-hidden\">{} {word}: </span>",
                row.kind.word()
            );
        }
        self.out.push_str("<div class=\"redline-text\">");
        let runs = Redline::shown_runs(row);
        for at in 0..runs.len() {
            self.run(row, &runs, at);
        }
        self.out.push_str("</div>");
        if let Some(note) = self.redline.note(row) {
            let _ = write!(self.out, "<p class=\"redline-note\">{}</p>", escape(&note));
        }
        self.out.push_str("</div>\n");
    }

    fn run(&mut self, row: &Row, runs: &[Run], at: usize) {
        let run = &runs[at];
        let text = self.redline.run_text(run);
        let whole = runs.iter().all(|it| it.change == run.change);
        let ends = at + 1 == runs.len() && row.kind != Kind::Blank;
        let text = match text.strip_suffix('\n') {
            Some(text) if ends && (run.change == Change::Unchanged || whole) => text,
            _ => text,
        };
        if run.layout {
            if run.change == Change::Added {
                self.out.push_str(&escape(&shown_text(text)));
            }
            return;
        }
        let text = escape(&shown(text, self.redline.manner(row, runs, at, false)));
        if text.is_empty() {
            return;
        }
        let moved = if run.moved.is_some() { " class=\"redline-moved\"" } else { "" };
        let word = if run.moved.is_some() { "moved " } else { "" };
        let (tag, said) = match run.change {
            Change::Unchanged => {
                self.out.push_str(&text);
                return;
            }
            Change::Removed => ("del", if moved.is_empty() { "removed" } else { "away" }),
            Change::Added => ("ins", if moved.is_empty() { "added" } else { "here" }),
        };
        // A row that is wholly removed or added says so at its beginning.
        let said = if whole && (moved.is_empty() || row.moved.is_some()) {
            [String::new(), String::new()]
        } else {
            [
                format!("<span class=\"visually-hidden\"> [{word}{said}: </span>"),
                "<span class=\"visually-hidden\">] </span>".to_owned(),
            ]
        };
        let _ = write!(self.out, "<{tag}{moved}>{}{text}{}</{tag}>", said[0], said[1]);
        if run.moved.is_some()
            && row.moved.is_none()
            && let Some(note) = self.redline.move_note(run.moved, run.change == Change::Removed)
        {
            let _ = write!(self.out, "<span class=\"redline-note\"> ({})</span>", escape(&note));
        }
    }
}
