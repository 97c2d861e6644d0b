//! What changed between two texts of a document, for those who approve, write or audit it.
//!
//! A [`Redline`] compares everything that an approval covers: front matter, variables, files and
//! the body as it was typed, with comments, link targets, white space and characters that nobody
//! sees. It is made block by block and, inside changed blocks, word by word; blocks and sentences
//! that stand elsewhere now are moved. It is exact: what was removed and what stayed is the old
//! text, what was added and what stayed is the new one, byte for byte.
//!
//! The same two texts give the same redline everywhere: no clock decides how closely it looks.
//!
//! The steps: [`facts`](facts::facts) and `segment` take texts apart, `align` and `pair` find what
//! belongs together, `inline` compares the words of two blocks, `moves` finds what moved. The forms
//! are [`terminal`], [`html`] and [`Redline::pieces`]; [`editorial`] tells whether a change may pass
//! as editorial.

mod align;
mod coarse;
mod compare;
pub mod editorial;
mod facts;
pub mod html;
mod inline;
mod moves;
mod notes;
mod number;
mod pair;
mod pieces;
mod segment;
mod shown;
mod summary;
pub mod terminal;
mod visible;
mod word;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

pub use facts::facts;
pub use pieces::{Move, Piece, Place};
pub use segment::Kind;
pub use summary::Summary;

/// A text of a document: everything that an approval of it covers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// Keys of front matter and their printed values, in order, as [`facts()`] makes them.
    pub front_matter: Vec<(String, String)>,
    /// The body as in the file.
    pub body: String,
    /// Names of the variables that the body uses, and their printed values, sorted.
    pub variables: Vec<(String, String)>,
    /// Paths of the images that the body shows, and their SHA-256 in hexadecimal, sorted.
    pub files: Vec<(String, String)>,
}

/// A part of what an approval covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The front matter.
    FrontMatter,
    /// The values of variables.
    Variables,
    /// The images.
    Files,
    /// The body.
    Body,
}

impl Part {
    /// All parts in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::FrontMatter, Self::Variables, Self::Files, Self::Body];

    /// Returns the heading for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::FrontMatter => "Front matter",
            Self::Variables => "Values",
            Self::Files => "Files",
            Self::Body => "Text",
        }
    }
}

/// What became of a block, or of words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It stayed.
    Unchanged,
    /// It is in the old text only.
    Removed,
    /// It is in the new text only.
    Added,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Both texts have it.
    Same,
    /// Some of its words changed.
    Changed,
    /// The old text has it.
    Removed,
    /// The new text has it.
    Added,
    /// The old text has it here, the new one elsewhere.
    Left,
    /// The new text has it here, the old one elsewhere.
    Arrived,
}

/// Words in a row that share their fate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) change: Change,
    /// Where they stand in the old text; nowhere for what was added.
    pub(super) old: Range<usize>,
    /// Where they stand in the new text; nowhere for what was removed.
    pub(super) new: Range<usize>,
    /// The number of the move that they are an end of.
    pub(super) moved: Option<usize>,
    /// Whether they differ in white space that no reader sees.
    pub(super) layout: bool,
}

/// A block of the redline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) part: Part,
    pub(super) kind: Kind,
    pub(super) fate: Fate,
    /// Where it stands in the old text.
    pub(super) old: Range<usize>,
    /// Where it stands in the new text.
    pub(super) new: Range<usize>,
    /// Its words; empty where all of it shares one fate.
    pub(super) runs: Vec<Run>,
    /// The number of the move that it is an end of.
    pub(super) moved: Option<usize>,
    /// The heading that it stands under.
    pub(super) section: Option<Arc<str>>,
}

/// What changed between two texts of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redline {
    /// Everything of the old text that is compared; rows are ranges of it.
    pub(super) old: String,
    /// Everything of the new text.
    pub(super) new: String,
    /// Where the bodies begin.
    pub(super) bodies: (usize, usize),
    pub(super) rows: Vec<Row>,
    /// For each number of a move, where it leads. No move has the number 0.
    pub(super) moves: Vec<Ends>,
}

/// The headings under which a moved block stood and stands.
pub(super) type Ends = (Option<Arc<str>>, Option<Arc<str>>);

impl Redline {
    /// Compares two texts.
    #[must_use]
    pub fn new(old: &Text, new: &Text) -> Self {
        compare::compare(old, new)
    }

    /// Returns whether an approval of one text covers the other.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.fate == Fate::Same)
    }

    /// Returns a text of a row: that of the new text, where it has it.
    fn text(&self, row: &Row) -> &str {
        match row.fate {
            Fate::Removed | Fate::Left => &self.old[row.old.clone()],
            Fate::Same | Fate::Changed | Fate::Added | Fate::Arrived => &self.new[row.new.clone()],
        }
    }

    /// Returns the text of a run.
    fn run_text(&self, run: &Run) -> &str {
        match run.change {
            Change::Removed => &self.old[run.old.clone()],
            Change::Unchanged | Change::Added => &self.new[run.new.clone()],
        }
    }

    /// Returns the runs of a row as forms show them: what left is shown whole, since what changed
    /// in it on its way is shown where it arrived.
    fn shown_runs(row: &Row) -> Cow<'_, [Run]> {
        match row.fate {
            Fate::Left => Cow::Owned(vec![whole(row)]),
            _ => Self::runs(row),
        }
    }

    /// Returns the runs of a row; one where all of it shares one fate.
    fn runs(row: &Row) -> Cow<'_, [Run]> {
        if !row.runs.is_empty() {
            return Cow::Borrowed(&row.runs);
        }
        Cow::Owned(vec![whole(row)])
    }
}

/// Returns a row as one run.
fn whole(row: &Row) -> Run {
    let change = match row.fate {
        Fate::Same | Fate::Changed => Change::Unchanged,
        Fate::Removed | Fate::Left => Change::Removed,
        Fate::Added | Fate::Arrived => Change::Added,
    };
    let (old, new) = (row.old.clone(), row.new.clone());
    Run { change, old, new, moved: row.moved, layout: false }
}

#[cfg(test)]
mod tests;
