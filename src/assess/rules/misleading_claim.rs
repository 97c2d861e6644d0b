//! `misleading-claim`: words that a report or certificate does not support.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::corpus::Corpus;
use crate::model::disclosure::Disclosure;
use crate::span::{Place, Span};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "misleading-claim",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "words that a report or certificate does not support",
    explanation: "A SOC report is an attestation by an auditor, not a certification, and nobody is \
        certified for GDPR or HIPAA. \"ISO certified\" is wrong too, since ISO certifies nobody: \
        say \"certified to ISO/IEC 27001:2022 by\" and name the body.",
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

/// Reports claims in what customers read.
pub(super) fn check(corpus: &Corpus, diagnostics: &mut Vec<Diagnostic>) {
    let overview = [&corpus.overview.headline, &corpus.overview.statement];
    for text in overview.into_iter().flatten() {
        look(&text.value, &Place::new(&corpus.overview.path, text.span), diagnostics);
    }
    for question in corpus.questions.iter().filter(|it| it.disclosure != Disclosure::Withheld) {
        look(
            &question.answer.value,
            &Place::new(&question.place.path, question.answer.span),
            diagnostics,
        );
    }
    for update in corpus.updates.iter().filter(|it| it.disclosure != Disclosure::Withheld) {
        look(&update.title, &update.place, diagnostics);
        look(&update.text.value, &Place::new(&update.place.path, update.text.span), diagnostics);
    }
    for document in corpus.documents.iter().filter(|it| it.disclosure.value != Disclosure::Withheld)
    {
        if let Some(summary) = &document.public_summary {
            look(summary, &document.head_place(Span::default()), diagnostics);
        }
    }
}

fn look(text: &str, place: &Place, diagnostics: &mut Vec<Diagnostic>) {
    let folded = text.to_lowercase();
    for (claim, help) in CLAIMS {
        if folded.contains(claim) {
            let message = format!("`{claim}` claims more than a report or certificate says");
            diagnostics.push(Diagnostic::new(&RULE, place.clone(), message).help(help));
        }
    }
}
