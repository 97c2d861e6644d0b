//! `approval-outdated`: an approval of another text than this one.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::unread::Declares;
use crate::signature::Digest;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "approval-outdated",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "an approval of another text than this one",
    explanation: "An approval covers one exact text: every key of the front matter except the records and \
        mappings, the body, the values of the variables and the images it uses. Its digest \
        differs from the digest of the text as it stands, so the change is only proposed. Have \
        the new text approved, or take the change back.",
};

/// Reports approvals whose digest is not that of the text as it stands.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    if corpus.unread.kinds.contains(&Declares::Settings) {
        return; // the digest covers facts that could not be read
    }
    for (document, standing) in corpus.documents.iter().zip(&assessment.documents) {
        let now = standing.digest.to_string();
        for digest in document.approvals.iter().filter_map(|approval| approval.digest.as_ref()) {
            if Digest::is_one(&digest.value) && digest.value != now {
                let message =
                    format!("the text of `{}` is not the one that was approved", document.id.value);
                let help =
                    format!("have the change approved; the digest of the text is now `{now}`");
                let place = document.head_place(digest.span);
                diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
            }
        }
    }
}
