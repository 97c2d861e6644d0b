//! `unknown-framework`: a framework that is not loaded.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "unknown-framework",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a framework that is not loaded",
    explanation: "Frameworks are named in `frameworks:` of `workspace.yaml`; the built-in ones are soc2, \
        iso27001, nist-csf, hipaa and gdpr, and files in `content/frameworks/` add your own.",
};
