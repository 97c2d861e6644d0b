//! `unusable-image`: an image that cannot be shown safely.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unusable-image",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "an image that cannot be shown safely",
    explanation: "Pictures are checked by their content: SVG must hold no script, no foreign object and no \
        reference outside itself, the content must be what the name says, and sizes are limited. Other files are handed out unless a browser runs them. \
        Evidence that cannot be handed out is noted, and its name and hash are shown.",
};
