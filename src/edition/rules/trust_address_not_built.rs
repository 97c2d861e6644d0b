//! `trust-address-not-built`: an address of the trust center at which nothing stands.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "trust-address-not-built",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "an address of the trust center at which nothing stands",
    explanation: "A text or setting names an address under `sites.trust`, and no page or file is built \
        there. Link to the document or page by its id or file instead, or correct the address.",
};
