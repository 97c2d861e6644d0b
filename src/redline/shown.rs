//! Which rows are shown and which are folded: the order of things that all forms share.

use std::ops::Range;

use super::segment::{self, Kind};
use super::{Change, Fate, Part, Redline, Row};

/// A thing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    /// A part begins.
    Part(Part),
    /// The heading under which what follows stands, where it is not shown itself.
    Section(String),
    /// A row.
    Row(usize),
    /// Rows in which nothing changed but perhaps their numbers.
    Fold(Range<usize>),
}

impl Redline {
    /// Returns what is shown, with this many unchanged blocks beside changed ones.
    pub(super) fn shown(&self, context: usize) -> Vec<Shown> {
        let mut shown = Vec::new();
        for part in Part::ALL {
            let start = self.rows.partition_point(|row| row.part < part);
            let end = self.rows.partition_point(|row| row.part <= part);
            if self.rows[start..end].iter().any(|row| row.fate != Fate::Same) {
                shown.push(Shown::Part(part));
                self.part(start..end, if part == Part::Body { context } else { 0 }, &mut shown);
            }
        }
        shown
    }

    fn part(&self, range: Range<usize>, context: usize, shown: &mut Vec<Shown>) {
        let visible = self.visible(&range, context);
        let mut section: Option<&str> = None;
        let mut fold = range.start;
        for at in range.clone().filter(|at| visible[at - range.start]) {
            let row = &self.rows[at];
            self.fold(fold..at, shown);
            fold = at + 1;
            let here = row.section.as_deref();
            if here != section
                && row.kind != Kind::Heading
                && let Some(here) = here
            {
                shown.push(Shown::Section(here.to_owned()));
            }
            section = here;
            shown.push(Shown::Row(at));
        }
        self.fold(fold..range.end, shown);
    }

    /// Adds a fold, unless there is nothing to fold.
    fn fold(&self, range: Range<usize>, shown: &mut Vec<Shown>) {
        if range.clone().any(|at| !self.is_silent(at)) {
            shown.push(Shown::Fold(range));
        }
    }

    /// Returns for each row whether it is shown.
    fn visible(&self, range: &Range<usize>, context: usize) -> Vec<bool> {
        let mut visible = vec![false; range.len()];
        let mut renumbered = false;
        let mut after = 0;
        for at in range.clone().filter(|at| !self.is_silent(*at)) {
            let row = &self.rows[at];
            let again = self.is_renumbered(row);
            let quiet = row.fate == Fate::Same || again && renumbered;
            renumbered = again || renumbered && row.fate == Fate::Same;
            if !quiet {
                visible[at - range.start] = true;
                let mut before = context;
                for back in (range.start..at).rev().filter(|at| !self.is_silent(*at)) {
                    if before == 0 || visible[back - range.start] {
                        break;
                    }
                    visible[back - range.start] = true;
                    before -= 1;
                }
                after = context;
            } else if after > 0 {
                visible[at - range.start] = true;
                after -= 1;
            }
        }
        visible
    }

    /// Returns whether a row says nothing by itself.
    pub(super) fn is_silent(&self, at: usize) -> bool {
        self.rows[at].kind == Kind::Blank && !self.blank_counts(at)
    }

    /// Returns whether nothing changed in an item but its number.
    pub(super) fn is_renumbered(&self, row: &Row) -> bool {
        if (row.kind, row.fate) != (Kind::Item, Fate::Changed) {
            return false;
        }
        let mut changed = row.runs.iter().filter(|run| run.change != Change::Unchanged);
        changed.all(|run| {
            let text = self.run_text(run);
            let (row_start, run_start) = match run.change {
                Change::Removed => (row.old.start, run.old.start),
                Change::Unchanged | Change::Added => (row.new.start, run.new.start),
            };
            let before = match run.change {
                Change::Removed => &self.old[row_start..run_start],
                Change::Unchanged | Change::Added => &self.new[row_start..run_start],
            };
            before.trim().is_empty()
                && text.starts_with(|it: char| it.is_ascii_digit())
                && segment::marker(text) == text.len()
        })
    }

    /// Says how many blocks are folded.
    pub(super) fn fold_words(&self, range: Range<usize>) -> String {
        let facts = self.rows[range.start].kind == Kind::Fact;
        let rows = range.filter(|at| !self.is_silent(*at));
        let (mut count, mut renumbered) = (0, 0);
        for at in rows {
            count += 1;
            renumbered += usize::from(self.is_renumbered(&self.rows[at]));
        }
        let noun = match (facts, count) {
            (true, 1) => "entry",
            (true, _) => "entries",
            (false, 1) => "block",
            (false, _) => "blocks",
        };
        let unchanged = format!("{count} unchanged {noun}");
        match renumbered {
            0 => unchanged,
            _ if renumbered == count => format!("{count} more with new numbers only"),
            _ => format!("{unchanged}, {renumbered} of them with new numbers"),
        }
    }
}
