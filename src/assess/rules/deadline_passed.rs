//! `deadline-passed`: a day of a register that has passed without what was due.

use crate::diagnostic::{Diagnostic, Level, Rule};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::span::Place;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    name: "deadline-passed",
    level: Level::Warning,
    fixed: false,
    is_secret: false,
    summary: "a day of a register that has passed without what was due",
    explanation: "A finding was to be remedied, a vendor or a risk to be reviewed, a training to be held, a \
        contract or certificate to be renewed by that day, and the register does not say that it was done.",
};

/// Reports what was due before today in all registers but that of policy exceptions, which have a
/// rule of their own.
pub(super) fn check(corpus: &Corpus, assessment: &Assessment, diagnostics: &mut Vec<Diagnostic>) {
    for (schema, records) in &corpus.registers {
        for column in schema.columns.iter().filter(|_| schema.name != "policy-exceptions") {
            let Some(deadline) = column.deadline.filter(|it| it.missed.is_some()) else { continue };
            for record in records {
                let (Some(date), Some(value)) = (record.due(column), record.value(column.key))
                else {
                    continue;
                };
                if date < assessment.today {
                    let message =
                        format!("the {} of `{}` was due on {date}", deadline.act, record.id.value);
                    let place = Place::new(&record.place.path, value.span);
                    let diagnostic = Diagnostic::new(&RULE, place, message);
                    diagnostics.push(diagnostic.help(lower_first(deadline.remedy)));
                }
            }
        }
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
