//! `unclosed-fence`: a block of code that never ends.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unclosed-fence",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a block of code that never ends",
    explanation: "A block of code begins with three backticks or tildes and ends with a line of the \
        same. Without that line all text after it is code: headings, clauses and links in it mean \
        nothing.",
};
