//! `classification-contradicts-disclosure`: a public document that is not classified as public.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "classification-contradicts-disclosure",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a public document that is not classified as public",
    explanation: "`classification:` is a word that is printed, `disclosure:` decides who may see the text. \
        A text that everybody can read while its pages say \"Internal\" is wrong in one of the \
        two. `disclosure: public` needs `classification: public`.",
};
