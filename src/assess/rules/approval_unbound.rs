//! `approval-unbound`: an approval that does not say which text it covers.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::unread::Declares;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-unbound",
    level: Level::Note,
    fixed: false,
    is_secret: false,
    summary: "an approval that does not say which text it covers",
    explanation: "The approval has no `digest:`, so nobody can tell whether the text changed since. The \
        message gives the digest of the text as it stands.",
};

/// Reports approvals without a digest.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    if corpus.unread.kinds.contains(&Declares::Settings) {
        return; // the digest covers facts that could not be read
    }
    for (document, standing) in corpus.documents.iter().zip(&assessment.documents) {
        for approval in document.approvals.iter().filter(|approval| approval.digest.is_none()) {
            let message = format!(
                "this approval of `{}` does not say which text it covers",
                document.id.value
            );
            let help = format!(
                "if it covers the text as it stands, add `digest: \"{}\"`",
                standing.digest
            );
            let place = document.head_place(approval.by.span);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
}
