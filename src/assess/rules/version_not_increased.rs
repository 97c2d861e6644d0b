//! `version-not-increased`: a changed text whose version is not above the one before.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "version-not-increased",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a changed text whose version is not above the one before",
    explanation: "A new text needs a new version, above that of the text that was approved \
        before: parts between dots are compared as numbers, so that 1.10 comes after \
        1.9. Versions with anything else than numbers in them are not compared. \
        Raise `version:` before the change is approved.",
};

/// Reports proposed and newly approved texts whose version does not go up.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (document, text) in corpus.documents.iter().zip(&assessment.texts) {
        let id = document.id.value.as_str();
        let Some(records) = assessment.records.subject(id) else { continue };
        let Some(version) = &document.version else { continue };
        let approved = &records.approved;
        let at = approved.iter().rposition(|it| it.digest == Some(*text));
        let before = approved[..at.unwrap_or(approved.len())].last();
        let Some(before) = before.filter(|it| it.digest.is_some_and(|it| it != *text)) else {
            continue;
        };
        let Some(old) = &before.version else { continue };
        let is_same = old == &version.value;
        if is_same && at.is_some() {
            continue; // two approved texts of one version have a rule of their own
        }
        let (Some(now), Some(then)) = (numbers(&version.value), numbers(old)) else { continue };
        if now <= then {
            let message = format!(
                "this text of `{id}` has version {}, and the one before has {old}",
                version.value
            );
            let help = "raise `version:`";
            let place = document.head_place(version.span);
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
}

/// Reads the numbers between dots, without zeros at the end.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let digits = version.strip_prefix(['v', 'V']).unwrap_or(version);
    let mut numbers = digits.split('.').map(|it| it.parse().ok()).collect::<Option<Vec<u64>>>()?;
    while numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn versions_are_compared_as_numbers() {
        for (one, other) in [("1.9", "1.10"), ("1", "1.0.1"), ("v1.2", "2"), ("0.9", "1.0")] {
            assert!(numbers(one).unwrap() < numbers(other).unwrap(), "{one} {other}");
        }
        assert_eq!(numbers("2.0"), numbers("v2"));
        assert_eq!(numbers("2026-01"), None);
        assert_eq!(numbers("1..2"), None);
    }
}
