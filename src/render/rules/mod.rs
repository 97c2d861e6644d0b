//! The rules that rendering checks.

pub(crate) mod pdf_mended;

use crate::diagnostic::Rule;

/// All of them.
pub(crate) const ALL: &[&Rule] = &[&pdf_mended::RULE];
