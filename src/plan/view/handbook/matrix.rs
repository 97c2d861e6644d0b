//! All requirements of a framework in one table, for finding gaps.

use serde::Serialize;

use super::coverage::RequirementRow;
use super::frame::{Frame, Head};
use crate::plan::view::HrefText;

/// All requirements of a framework in one table.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Matrix {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// The matrices of other frameworks.
    pub filters: Vec<Filter>,
    /// What readers may narrow the table to, with a script; without one it shows everything.
    pub steps: Vec<StepFilter>,
    /// What the table shows, for screen readers.
    pub caption: String,
    /// The header of the first column: "Criterion".
    pub row_title: String,
    /// The rows, by category.
    pub groups: Vec<MatrixGroup>,
    /// Other forms: CSV.
    pub downloads: Vec<HrefText>,
}

/// A choice between pages.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Filter {
    /// What is chosen: "Framework".
    pub label: String,
    /// The pages.
    pub choices: Vec<Choice>,
}

/// One of the pages to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Choice {
    /// The page.
    pub link: HrefText,
    /// Whether it is this one.
    pub current: bool,
}

/// A part of the rows of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct StepFilter {
    /// The word that the rows carry: `gap`, or that of a step; empty for all rows.
    pub key: String,
    /// What it is called: "Only gaps", "Evidenced".
    pub text: String,
    /// How many rows it has.
    pub count: usize,
}

/// Rows of one category.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixGroup {
    /// The category.
    pub title: String,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// A row of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixRow {
    /// The requirement, how far it has come, and what covers it.
    pub requirement: RequirementRow,
    /// The filters that keep the row, separated by spaces.
    pub keys: String,
}
