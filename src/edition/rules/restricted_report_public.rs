//! `restricted-report-public`: a restricted-use report that is disclosed to everybody.

use crate::diagnostic::{Level, Rule};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "restricted-report-public",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a restricted-use report that is disclosed to everybody",
    explanation: "SOC 1 and SOC 2 reports are for the organisation, its customers and their auditors. Say \
        `disclosure: listed`; readers then ask for the report. SOC 3 reports are for everybody.",
};
