//! `approval-backdated`: a record that is dated long before it can be shown to have existed.

use crate::assess::acts::signed;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::Flaw;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-backdated",
    level: Level::Error,
    fixed: true,
    is_secret: false,
    summary: "a record that is dated long before it can be shown to have existed",
    explanation: "The day of the act lies more than 30 days before a witness, the main line of \
        the history or its own signature shows the record. A date that its signer \
        writes is a claim; one that nobody saw in time is not believed, and the \
        record does not count. Approve again with the date of today; if an approval \
        was given and not recorded then, enter a finding that says so. No setting \
        lowers this rule.",
};

/// Reports records that are dated back.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for it in signed(corpus, assessment) {
        for flaw in &it.judgement.flaws {
            let Flaw::BackDated(days) = flaw else { continue };
            let message = format!(
                "this record is dated {}, {days} days before anything shows it",
                it.record.statement.decided_on
            );
            let help = "approve again with the date of today, and enter a finding for the gap";
            diagnostics.push(Diagnostic::new(&RULE, it.record.place(), message).help(help));
        }
    }
}
