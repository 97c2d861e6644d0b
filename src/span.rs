//! Positions in text: where something was written.
//!
//! A [`Span`] is a pair of byte offsets and means nothing without the text it belongs to; a
//! [`Place`] names the file as well. Offsets are `u32`: no input file may be larger than 4 GiB.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets in one text.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// The offset of the first byte.
    pub start: u32,
    /// The offset after the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span from offsets that fit the size limit of a file.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end) }
    }

    /// Returns this span moved by `offset` bytes, as when a body's span becomes a file's.
    #[must_use]
    pub fn shifted(self, offset: u32) -> Self {
        Self { start: self.start.saturating_add(offset), end: self.end.saturating_add(offset) }
    }

    /// Returns the span as a range for slicing.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value together with where it was written.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Attaches a span to a value.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Applies `change` to the value and keeps the span.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

/// The path of a file inside a workspace, with `/` between its parts.
pub type FilePath = Arc<str>;

/// A span in a named file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the root of the workspace.
    pub path: FilePath,
    /// The bytes in it.
    pub span: Span,
}

impl Place {
    /// Names a span of a file.
    pub fn new(path: &FilePath, span: Span) -> Self {
        Self { path: FilePath::clone(path), span }
    }
}
