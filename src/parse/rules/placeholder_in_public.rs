//! `placeholder-in-public`: text that nobody has filled in, where customers would read it.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "placeholder-in-public",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "text that nobody has filled in, where customers would read it",
    explanation: "The trust center is on (`publish.trust_center`), and this text is disclosed with a \
        placeholder of a template or of the starter in it. Fill it in, move it into an \
        `> [!INTERNAL]` block, or say `disclosure: withheld` until it is true. An approval by a person whose name is a placeholder \
        is one too, since customers would read that somebody approved. Elsewhere the same \
        text is only a warning, `template-residue`.",
};
