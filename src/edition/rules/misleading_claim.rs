//! `misleading-claim`: words that a report or certificate does not support.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::edition::open_text::Open;
use crate::span::FilePath;
use crate::workspace::Snapshot;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "misleading-claim",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "words that a report or certificate does not support",
    explanation: "A SOC report is an attestation by an auditor, not a certification, and nobody is \
        certified for GDPR or HIPAA. \"ISO certified\" is wrong too, since ISO certifies nobody: \
        say \"certified to ISO/IEC 27001:2022 by\" and name the body. Everything that authors make \
        public is read: documents, pages, titles, summaries, answers, news, terms and records.",
};

/// Claims, in lower case, and what to say instead.
const CLAIMS: [(&str, &str); 8] = [
    ("soc 2 certified", "say that an auditor examined it: \"SOC 2 Type 2 report\""),
    ("soc 2 certification", "say \"SOC 2 report\" or \"SOC 2 examination\""),
    ("soc 2 compliant", "say that an auditor examined it: \"SOC 2 Type 2 report\""),
    ("gdpr certified", "say what you do, and that nobody certifies it"),
    ("gdpr compliant", "say what you do; compliance is not yours to certify"),
    ("hipaa certified", "say what you do, and that nobody certifies it"),
    ("iso certified", "say \"certified to ISO/IEC 27001:2022 by\" and name the body"),
    ("trust services principles", "the current words are \"trust services criteria\""),
];

/// Finds all of them, whatever white space or dash stands between the words.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let pattern = |(claim, _): &(&str, &str)| {
        let words: Vec<&str> = claim.split(' ').collect();
        Regex::new(&format!(r"(?i)\b{}\b", words.join(r"[\s\p{Pd}]+")))
            .unwrap_or_else(|fault| unreachable!("these are a few words: {fault}"))
    };
    CLAIMS.iter().map(pattern).collect()
});

/// Reports claims in what authors made public.
pub(in crate::edition) fn check(open: &[Open], snapshot: &Snapshot) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut waiting = Vec::new();
    for text in open {
        for ((claim, help), pattern) in CLAIMS.into_iter().zip(PATTERNS.iter()) {
            for at in pattern.find_iter(&text.text) {
                let place = snapshot.locate(&text.place, &text.text, at.range());
                let message = format!("`{claim}` claims more than a report or certificate says");
                let is_found = place != text.place;
                let diagnostic = Diagnostic::new(&RULE, place, message).help(help);
                if is_found { found.push(diagnostic) } else { waiting.push(diagnostic) }
            }
        }
    }
    // Texts come more than once, with and without their markup and the values of variables. Where
    // the words of one do not stand so in the file, the others tell the place better.
    let known: BTreeSet<(FilePath, String)> =
        found.iter().map(|it: &Diagnostic| (it.place.path.clone(), it.message.clone())).collect();
    let is_known = |it: &Diagnostic| known.contains(&(it.place.path.clone(), it.message.clone()));
    found.extend(waiting.into_iter().filter(|it| !is_known(it)));
    found
}
