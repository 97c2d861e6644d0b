//! `security-txt-expires`: a `security.txt` that may soon no longer be used, or may not now.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::edition::gate::Gate;
use crate::model::cadence::Cadence;
use crate::span::Place;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "security-txt-expires",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a security.txt that expires within 30 days, or has expired",
    explanation: "RFC 9116 says that an expired `security.txt` must not be used, so reports of \
        vulnerabilities go elsewhere or nowhere. Check that its contacts still answer and set \
        `security_txt.expires` to a day less than a year from now.",
};

/// Reports the day if it is near or has passed.
pub(in crate::edition) fn check(gate: &Gate<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(security_txt) = &gate.corpus.settings.security_txt else { return };
    let (today, expires) = (gate.assessment.today, security_txt.expires.value);
    let message = if expires < today {
        format!("security.txt expired on {expires} and must not be used")
    } else if expires <= Cadence::days(30).after(today) {
        format!("security.txt expires on {expires}")
    } else {
        return;
    };
    let place = Place::new(&gate.corpus.settings.path, security_txt.expires.span);
    let help = "check that the contacts still answer, then set a later day, less than a year ahead";
    diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
}
