//! `approval-recorded-late`: a record that can first be shown more than a week after its day.

use crate::assess::acts::signed;
use crate::assess::records::day;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-recorded-late",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a record that can first be shown more than a week after its day",
    explanation: "Between the day that the record claims and the first moment at which a \
        witness, the main line of the history or its own signature shows it lie more \
        than 7 days. It counts, and an auditor will ask why. Sign when you decide, \
        and merge soon.",
};

/// After so many days a record counts as late.
const LATE_AFTER: i32 = 7;

/// Reports records that stand and were recorded late.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for it in signed(corpus, assessment).filter(|it| it.judgement.stands()) {
        let statement = &it.record.statement;
        let witness = it.judgement.witness.as_ref().map(|witness| witness.at);
        let shown = witness.into_iter().chain(it.judgement.on_main_line).min();
        let shown = day(shown.unwrap_or(statement.signed_at));
        let days = (shown - statement.decided_on).get_days();
        if days > LATE_AFTER {
            let message = format!(
                "this record is dated {} and can first be shown on {shown}, {days} days later",
                statement.decided_on
            );
            let help = "sign on the day of the decision, and merge it soon";
            diagnostics.push(Diagnostic::new(&RULE, it.record.place(), message).help(help));
        }
    }
}
