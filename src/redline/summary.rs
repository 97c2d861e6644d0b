//! A redline in one sentence.

use std::fmt;

use super::word::{self, Class};
use super::{Change, Fate, Kind, Part, Redline, Run};

/// How much changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Summary {
    /// Blocks of the body in which something changed.
    pub changed: usize,
    /// Items of which only the number changed.
    pub renumbered: usize,
    /// Blocks that are new.
    pub added: usize,
    /// Blocks that are gone.
    pub removed: usize,
    /// Blocks and sentences that stand elsewhere.
    pub moved: usize,
    /// Keys of front matter, variables and files that changed, are new or are gone.
    pub entries: usize,
    /// Places where only blank lines changed.
    pub blank: usize,
    /// Numbers and dates that became others, as `12 months` and `6 months`.
    pub numbers: Vec<(String, String)>,
}

impl Redline {
    /// Returns how much changed.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for (at, row) in self.rows.iter().enumerate() {
            match (row.part, row.kind, row.fate) {
                (_, _, Fate::Same) => continue,
                (Part::Body, Kind::Blank, _) => {
                    summary.blank += usize::from(self.blank_counts(at));
                    continue;
                }
                (Part::Body, _, Fate::Changed) if self.is_renumbered(row) => {
                    summary.renumbered += 1;
                    continue;
                }
                (Part::Body, _, Fate::Changed) => summary.changed += 1,
                (Part::Body, _, Fate::Removed) => summary.removed += 1,
                (Part::Body, _, Fate::Added) => summary.added += 1,
                (Part::Body, _, Fate::Arrived) => summary.moved += 1,
                (Part::Body, _, Fate::Left) => continue,
                (Part::FrontMatter | Part::Variables | Part::Files, _, _) => summary.entries += 1,
            }
            let arrived = |run: &&Run| run.moved.is_some() && run.change == Change::Added;
            summary.moved += row.runs.iter().filter(arrived).count();
            for pair in row.runs.windows(2) {
                if let [old, new] = pair
                    && (old.change, new.change) == (Change::Removed, Change::Added)
                    && let Some(old) = figure(self.run_text(old), row.kind)
                    && let Some(new) = figure(self.run_text(new), row.kind)
                {
                    summary.numbers.push((old, new));
                }
            }
        }
        summary
    }

    /// Returns whether a row of blank lines says something by itself: what goes with a block that
    /// is removed or added beside it is said there.
    pub(super) fn blank_counts(&self, at: usize) -> bool {
        let fate = self.rows[at].fate;
        let beside = |found: Option<&super::Row>| {
            found.is_some_and(|row| match fate {
                Fate::Removed => matches!(row.fate, Fate::Removed | Fate::Left),
                Fate::Added => matches!(row.fate, Fate::Added | Fate::Arrived),
                Fate::Same | Fate::Changed | Fate::Left | Fate::Arrived => false,
            })
        };
        let block = |row: &&super::Row| row.kind != Kind::Blank;
        let before = self.rows[..at].last().filter(block);
        let after = self.rows.get(at + 1).filter(block);
        fate != Fate::Same && !beside(before) && !beside(after)
    }
}

/// Returns the number or date that a text is, white space around it left out.
fn figure(text: &str, kind: Kind) -> Option<String> {
    // What is longer is no figure; hashes of files are none either.
    const LONGEST: usize = 40;
    let text = text.trim();
    if text.len() > LONGEST || !text.contains(|it: char| it.is_ascii_digit()) {
        return None;
    }
    let kind = if kind == Kind::Item { Kind::Paragraph } else { kind };
    let words = word::words(text, kind);
    matches!(words[..], [word::Word { class: Class::Number | Class::Date, .. }])
        .then(|| text.to_owned())
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        let counted = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        if self.entries > 0 {
            parts.push(counted(self.entries, "entry changed", "entries changed"));
        }
        for (count, word) in [
            (self.changed, "changed"),
            (self.added, "added"),
            (self.removed, "removed"),
            (self.moved, "moved"),
        ] {
            if count > 0 {
                parts.push(counted(count, &format!("block {word}"), &format!("blocks {word}")));
            }
        }
        if self.renumbered > 0 {
            parts.push(counted(self.renumbered, "item numbered anew", "items numbered anew"));
        }
        if self.blank > 0 {
            parts.push(counted(self.blank, "change of blank lines", "changes of blank lines"));
        }
        if parts.is_empty() {
            return f.write_str("nothing changed");
        }
        f.write_str(&parts.join(", "))?;
        if !self.numbers.is_empty() {
            let numbers: Vec<String> =
                self.numbers.iter().take(5).map(|(old, new)| format!("{old} → {new}")).collect();
            write!(f, "; {}", numbers.join(", "))?;
            if self.numbers.len() > 5 {
                write!(f, " and {} more numbers", self.numbers.len() - 5)?;
            }
        }
        Ok(())
    }
}
