//! `missing-image`: an image or attachment that is not in the workspace.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "missing-image",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "an image or attachment that is not in the workspace",
    explanation: "Images and attachments come from the workspace only. The message offers the nearest file \
        name.",
};
