//! `pdf-mended`: something that the standards for PDFs do not allow and that was mended.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "pdf-mended",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "something that the standards for PDFs do not allow and that was mended",
    explanation: "PDFs are tagged (PDF/UA-1) and archival (PDF/A). They allow no image without words, no \
        skipped level of headings and no character that the fonts lack. Such faults are mended \
        in the PDF so that the build goes on; mend them in the text, because other readers meet \
        them too.",
};
