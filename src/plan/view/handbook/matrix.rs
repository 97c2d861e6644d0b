//! Requirements against documents, controls or steps.

use serde::Serialize;

use super::frame::{Frame, Head};
use crate::plan::view::{HrefText, Html, Status};

/// Requirements against documents, controls or steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Matrix {
    /// What stands around.
    pub frame: Frame,
    /// Its title.
    pub head: Head,
    /// Paragraphs before the table; may be empty.
    pub intro_html: Html,
    /// Other choices of rows or columns, as links to their pages.
    pub filters: Vec<Filter>,
    /// What the table shows, for screen readers.
    pub caption: String,
    /// The header of the first column: "Criterion".
    pub row_title: String,
    /// The other columns.
    pub columns: Vec<MatrixColumn>,
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

/// A column of a matrix.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixColumn {
    /// Its header, short: an id or a step.
    pub text: String,
    /// What the header stands for; may be empty.
    pub title: String,
    /// Its page, if it has one.
    pub href: Option<String>,
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
    /// The requirement, and its id as words.
    pub link: HrefText,
    /// Its title.
    pub title: String,
    /// One cell a column.
    pub cells: Vec<MatrixCell>,
}

/// A cell of a matrix: an icon with a name, or links, or nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct MatrixCell {
    /// The icon and its name: "Met wholly", "Reached".
    pub status: Option<Status>,
    /// Where the icon leads.
    pub href: Option<String>,
    /// Links instead of an icon.
    pub links: Vec<HrefText>,
}
