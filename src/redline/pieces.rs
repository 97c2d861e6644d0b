//! The redline as facts, for machines: every piece of both texts, in order.

use serde::Serialize;

use super::{Change, Fate, Kind, Part, Redline, Row};

/// A piece of text that shares one fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece<'a> {
    /// What it is part of.
    pub part: Part,
    /// What its block is.
    pub kind: Kind,
    /// What became of it.
    pub change: Change,
    /// It as it was typed.
    pub text: &'a str,
    /// Where it stands.
    pub place: Place<'a>,
    /// Where it stands in the other text, if it was moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Move<'a>>,
}

/// Where a piece stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place<'a> {
    /// The heading that it stands under.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<&'a str>,
    /// The anchor of the clause or heading that it is in, as typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<&'a str>,
    /// The key of front matter, name of a variable or path of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<&'a str>,
    /// The line of the body, from 1, of the text that it is in: of the new one, where it stayed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

impl Place<'_> {
    /// Returns the place in words: `Passwords, clause mfa` or `front matter, title`.
    #[must_use]
    pub fn words(&self, part: Part) -> String {
        match (self.key, self.section, self.clause) {
            (Some(key), _, _) => format!("{}, {key}", part.title().to_lowercase()),
            (None, Some(section), Some(clause)) => format!("{section}, clause {clause}"),
            (None, Some(section), None) => section.to_owned(),
            (None, None, Some(clause)) => format!("clause {clause}"),
            (None, None, None) => "before the first heading".to_owned(),
        }
    }
}

/// The other end of a move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Move<'a> {
    /// The number that both ends share.
    pub number: usize,
    /// The heading under which the other end stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<&'a str>,
}

impl Redline {
    /// Returns every piece of both texts. Those that are unchanged or removed are the old text,
    /// those that are unchanged or added the new one.
    #[must_use]
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let mut lines = Lines { old: Counter::default(), new: Counter::default() };
        let mut pieces = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let place = self.place(row);
            for run in Self::runs(row).iter() {
                let change = match (row.fate, run.change) {
                    // What changed in a block on its way is part of the block that left.
                    (Fate::Arrived, Change::Removed) => continue,
                    (Fate::Arrived, Change::Unchanged) => Change::Added,
                    (_, change) => change,
                };
                let moved = run.moved.map(|number| Move {
                    number,
                    other: self.moves.get(number).and_then(|(from, to)| match change {
                        Change::Removed => to.as_deref(),
                        Change::Added | Change::Unchanged => from.as_deref(),
                    }),
                });
                let line = (row.part == Part::Body).then(|| match change {
                    Change::Removed => lines.old.line(&self.old, self.bodies.0, run.old.start),
                    Change::Unchanged | Change::Added => {
                        lines.new.line(&self.new, self.bodies.1, run.new.start)
                    }
                });
                pieces.push(Piece {
                    part: row.part,
                    kind: row.kind,
                    change,
                    text: self.run_text(run),
                    place: Place { line, ..place.clone() },
                    moved,
                });
            }
        }
        pieces
    }

    /// Returns where a row stands, without its line.
    pub(super) fn place<'a>(&'a self, row: &'a Row) -> Place<'a> {
        let text = self.text(row);
        if row.part != Part::Body {
            let key = text.split_once(": ").map_or(text, |(key, _)| key);
            return Place { section: None, clause: None, key: Some(key), line: None };
        }
        let clause = text.rfind("{#").map(|at| {
            let name = &text[at + 2..];
            &name[..name.find([' ', '}', '\n']).unwrap_or(name.len())]
        });
        Place { section: row.section.as_deref(), clause, key: None, line: None }
    }
}

/// Counts lines forwards.
struct Lines {
    old: Counter,
    new: Counter,
}

#[derive(Default)]
struct Counter {
    at: usize,
    lines: usize,
}

impl Counter {
    /// Returns the line of an offset, which is never before the last one asked for.
    fn line(&mut self, text: &str, body: usize, offset: usize) -> usize {
        let from = self.at.max(body);
        if offset > from {
            self.lines += text[from..offset].bytes().filter(|byte| *byte == b'\n').count();
        }
        self.at = from.max(offset);
        self.lines + 1
    }
}
