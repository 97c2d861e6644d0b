//! `ring-unsigned`: people, keys, roles or rules that nobody has signed.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::signature::PublicKey;
use crate::span::{FilePath, Place, Span};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "ring-unsigned",
    level: Level::Warning,
    fixed: true,
    is_secret: false,
    summary: "people, keys, roles or rules that nobody has signed",
    explanation: "People, keys, role holders, delegations and rules of approval form the ring, \
        which says whose word counts for what. Its first version is signed by its \
        own people, and each change by those whom the ring before names. What \
        `people.yaml` says beyond the ring in force counts for nothing until it is \
        signed; without any ring, whoever may push decides by a change of \
        `people.yaml` whose signature counts. One person alone can start: they sign \
        the first ring, and add others by changes. Settings may raise this rule to \
        an error and not lower it: a team starts without a ring, and must be told \
        so.",
};

/// The file that holds what becomes the ring.
const PEOPLE: &str = "content/people.yaml";
/// So many lines are shown.
const SHOWN: usize = 12;

/// Reports rings that are not in force, and what differs from the ring that is.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    let records = &assessment.records;
    for (filed, judgement) in corpus.records.rings.iter().zip(&records.rings) {
        if let Some(fault) = &judgement.fault {
            let message = format!("the ring {} is not in force: {fault}", filed.ring.number);
            let help = "have it signed by those who may, or take it away";
            let place = Place::new(&filed.path, Span::default());
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
    }
    let place = Place::new(&FilePath::from(PEOPLE), Span::default());
    let in_force = records.rings_in_force();
    let Some(filed) = in_force.checked_sub(1).and_then(|at| corpus.records.rings.get(at)) else {
        if corpus.records.rings.is_empty() && !corpus.mandates.keys.is_empty() {
            let message = "there are keys, and nobody has signed whose they are".to_owned();
            let help = "until a first ring is signed, whoever may push decides whose signature \
                counts; one person alone can begin";
            diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
        }
        return;
    };
    if filed.ring.says_the_same_as(&records.written) || in_force < records.rings.len() {
        return;
    }
    let (signed, written) = (filed.ring.to_string(), records.written.to_string());
    let is_fact = |line: &&str| !(line.starts_with("number: ") || line.starts_with("previous: "));
    let missing = |from: &str, other: &str, sign: char| -> Vec<String> {
        let lines = from.lines().filter(is_fact);
        let lines = lines.filter(|line| !other.lines().any(|it| it == *line));
        lines.map(|line| format!("`{sign} {}`", shortened(line))).collect()
    };
    let mut changes = missing(&signed, &written, '-');
    changes.extend(missing(&written, &signed, '+'));
    if changes.is_empty() {
        changes.push("the rules stand in another order".to_owned());
    }
    let number = filed.ring.number;
    let message = format!("this is not what the ring {number} says, which is in force");
    let more = changes.len().saturating_sub(SHOWN);
    changes.truncate(SHOWN);
    if more > 0 {
        changes.push(format!("and {more} more"));
    }
    let help = format!("have the change signed, or take it back: {}", changes.join("; "));
    diagnostics.push(Diagnostic::new(&RULE, place, message).help(help));
}

/// Returns a line of a ring with the fingerprint of its key in the place of the key.
fn shortened(line: &str) -> String {
    let key = line.strip_prefix("key: ").and_then(|rest| {
        let (rest, base64) = rest.rsplit_once(' ')?;
        let (rest, kind) = rest.rsplit_once(' ')?;
        let key = PublicKey::parse(&format!("{kind} {base64}")).ok()?;
        Some(format!("key: {rest} {}", key.fingerprint()))
    });
    key.unwrap_or_else(|| line.to_owned())
}
