//! `template-residue`: text of a template that was never filled in.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "template-residue",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "text of a template that was never filled in",
    explanation: "Placeholders such as `[Company Name]`, `<insert date>`, `TBD`, `lorem ipsum`, the to-do of \
        programmers in capitals, and tags of other template languages show that nobody finished reading the document; so do the \
        words with which `avouch new` begins a workspace. Fill them in or remove them. Where \
        customers would read them they are errors, `placeholder-in-public`.",
};
