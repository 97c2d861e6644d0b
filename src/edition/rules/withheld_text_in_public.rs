//! `withheld-text-in-public`: text that is withheld, found in public output.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "withheld-text-in-public",
    level: Level::Error,
    fixed: true,
    is_secret: true,
    summary: "text that is withheld, found in public output",
    explanation: "Words of a document, block, name, address or pattern that is not public stand in \
        something that everybody can read. The message shows the place and a masked excerpt, \
        because logs may be public.",
};
