//! `version-reused`: two approved texts under one version.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "version-reused",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "two approved texts under one version",
    explanation: "People and auditors speak of a text by its version. Two different texts were \
        approved under the same one, so that it no longer says which is meant. Give \
        the newer one a version of its own, and have it approved.",
};

/// Reports the newest approved text whose version an earlier one has.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for document in &corpus.documents {
        let id = document.id.value.as_str();
        let Some(records) = assessment.records.subject(id) else { continue };
        let Some((newest, earlier)) = records.approved.split_last() else { continue };
        let (Some(digest), Some(version)) = (newest.digest, &newest.version) else { continue };
        let same = earlier.iter().rfind(|it| {
            it.version.as_ref() == Some(version) && it.digest.is_some_and(|it| it != digest)
        });
        if let Some(same) = same {
            let message = format!(
                "two texts of `{id}` are approved as version {version}, on {} and on {}",
                same.on, newest.on
            );
            let help = "give the newer one a version of its own, and have it approved";
            let span = document.version.as_ref().map_or(document.id.span, |it| it.span);
            diagnostics.push(Diagnostic::new(&RULE, document.head_place(span), message).help(help));
        }
    }
}
