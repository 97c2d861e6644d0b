//! `missing-alt-text`: an image without words.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "missing-alt-text",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "an image without words",
    explanation: "People who do not see the image, and the PDF standard for accessibility, need a few \
        words that say what it shows: `![Flow of an incident](flow.svg)`.",
};
