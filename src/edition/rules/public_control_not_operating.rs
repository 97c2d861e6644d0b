//! `public-control-not-operating`: a control that customers read of and that does not operate.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::edition::gate::Gate;
use crate::model::disclosure::Disclosure;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "public-control-not-operating",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a control that customers read of and that does not operate as it should",
    explanation: "`disclosure: public` on a control says to every customer that it operates. A finding \
        that is open, a policy exception that has run out, evidence that is no longer fresh, or a \
        first day that has not come speaks against it. Remedy it, or say `disclosure: listed` until it is remedied.",
};

/// Reports public controls whose state speaks against what customers read.
pub(in crate::edition) fn check(gate: &Gate<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (corpus, assessment) = (gate.corpus, gate.assessment);
    let states = corpus.controls.iter().zip(&assessment.controls);
    for (control, state) in states.filter(|(it, _)| it.disclosure == Disclosure::Public) {
        let mut reasons = Vec::new();
        let mut related = Vec::new();
        match control.operating_since {
            None => reasons.push("nothing says since when it operates".to_owned()),
            Some(since) if since > assessment.today => {
                reasons.push(format!("it operates from {since} only"));
            }
            Some(_) => {}
        }
        for id in &state.deviations {
            let Some(record) = corpus.record(id) else { continue };
            if record.has_expired(assessment.today) {
                reasons.push(format!("the policy exception `{id}` has run out"));
                related.push((record.place.clone(), "the policy exception"));
            } else {
                reasons.push(format!("finding `{id}` is open"));
                related.push((record.place.clone(), "the finding"));
            }
        }
        if let Some(until) = state.fresh_until.filter(|until| *until < assessment.today) {
            reasons.push(format!("its newest evidence was fresh until {until}"));
            let newest = state.evidence.first().and_then(|it| corpus.evidence.get(*it as usize));
            related.extend(newest.map(|it| (it.place.clone(), "the evidence")));
        }
        let Some((first, rest)) = reasons.split_first() else { continue };
        let reasons = rest.iter().fold(first.clone(), |all, it| all + ", and " + it);
        let message = format!("customers read that `{}` operates; {reasons}", control.id.value);
        let mut diagnostic = Diagnostic::new(&RULE, control.place.clone(), message)
            .help("remedy it, or say `disclosure: listed` until it is");
        for (place, words) in related {
            diagnostic = diagnostic.related(place, words);
        }
        diagnostics.push(diagnostic);
    }
}
