//! `missing-glyph`: a character that no font of the PDFs has.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "missing-glyph",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a character that no font of the PDFs has",
    explanation: "Archival PDFs (PDF/A) may hold no character that cannot be shown. The fonts of the PDFs have \
        Latin, Greek and Cyrillic letters, the usual signs, arrows and mathematics, and no emoji. \
        Write the character in words, or show it as a picture. Where the level of this rule is \
        lowered, and in a folder that is no workspace, the PDF shows `\u{fffd}` in its place. The \
        rule asks nothing of a build that makes no PDFs.",
};
