//! `broken-reference`: a link to a file that does not exist.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "broken-reference",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a link to a file that does not exist",
    explanation: "The target of a Markdown link is looked up from the folder of the document, with and \
        without `.md`, and as a folder with an `index`, `README` or `_index`. The message offers \
        the nearest path. In folders without a `workspace.yaml` this is a warning.",
};
