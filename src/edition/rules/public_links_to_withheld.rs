//! `public-links-to-withheld`: a link in public text to something that is not public.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "public-links-to-withheld",
    level: Level::Warning,
    fixed: true,
    is_secret: false,
    summary: "a link in public text to something that is not public",
    explanation: "In the trust center the link loses its target and keeps its words. Check that the words \
        reveal nothing, move the sentence into an `> [!INTERNAL]` block, or disclose the target.",
};
