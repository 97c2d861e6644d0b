//! `review-in-future`: a record that is dated after today.

use crate::assess::acts::signed;
use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::judgement::Flaw;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "review-in-future",
    level: Level::Error,
    fixed: false,
    is_secret: false,
    summary: "a record that is dated after today",
    explanation: "An approval or review cannot have happened on a day that has not come, neither \
        when it was signed nor today. A signed record of such a day does not count.",
};

/// Reports approvals and reviews that are dated after today.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for document in &corpus.documents {
        let approvals = document.approvals.iter().filter_map(|approval| approval.on.as_ref());
        let reviews = document.reviews.iter().filter_map(|review| review.on.as_ref());
        for date in approvals.chain(reviews).filter(|date| date.value > assessment.today) {
            let message = format!("{} has not come yet; today is {}", date.value, assessment.today);
            let help = "write the day on which it happened";
            diagnostics
                .push(Diagnostic::new(&RULE, document.head_place(date.span), message).help(help));
        }
    }
    for it in signed(corpus, assessment) {
        for flaw in &it.judgement.flaws {
            let Flaw::Future(date) = flaw else { continue };
            let message = format!("{date} had not come when this was signed or read");
            let help = "sign again on the day on which it happens";
            diagnostics.push(Diagnostic::new(&RULE, it.record.place(), message).help(help));
        }
    }
}
