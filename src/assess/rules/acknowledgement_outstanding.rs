//! `acknowledgement-outstanding`: people who should have accepted a text by now.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::acknowledgement::{Asked, AskedState};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "acknowledgement-outstanding",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "people who should have accepted a text by now",
    explanation: "`acknowledgements:` in `content/workspace.yaml` says who must accept which documents \
        within how many days. The time begins when the text comes into force, or on the first day of \
        whoever joins later; a material change asks again, an editorial one does not. Have these \
        people run `avouch acknowledge`, or import what another system recorded with `avouch record \
        import`. Who has left owes nothing.",
};

/// How many people are named.
const NAMED: usize = 10;

/// Reports each text in force that somebody should have accepted, once.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for text in assessment.acknowledgements.in_force() {
        let late: Vec<&Asked> =
            text.asked.iter().filter(|it| it.state == AskedState::Overdue).collect();
        let Some(first) = late.iter().min_by_key(|it| it.due) else { continue };
        let demand = &corpus.settings.acknowledgements[first.demand as usize];
        let counts = text.counts();
        let of = counts.asked - counts.left;
        let people = if of == 1 { "person" } else { "people" };
        let have = if late.len() == 1 { "has" } else { "have" };
        let document = corpus.document(text.document);
        let version = text.version.as_ref().map_or_else(String::new, |it| format!(" {it}"));
        let days = (assessment.today - first.due).get_days();
        let plural = if days == 1 { "" } else { "s" };
        let names = late.iter().take(NAMED);
        let names = names.map(|it| corpus.people[it.person as usize].name.as_str());
        let names = names.collect::<Vec<_>>().join(", ");
        let more = match late.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "{} of {of} {people} {have} not accepted `{}`{version}, {days} day{plural} after the \
             first was due: {names}{more}",
            late.len(),
            document.id.value,
        );
        let help = format!(
            "each of them runs `avouch acknowledge {}`, or import what another system recorded with \
             `avouch record import`",
            document.id.value
        );
        diagnostics.push(Diagnostic::new(&RULE, demand.place.clone(), message).help(help));
    }
}
