//! `withheld-fact-in-public`: a fact that is withheld, used in public text.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "withheld-fact-in-public",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a fact that is withheld, used in public text",
    explanation: "The variable has a value that `workspace.yaml` does not disclose. Say `disclosure: \
        public` at the fact, or move the sentence into an `> [!INTERNAL]` block.",
};
