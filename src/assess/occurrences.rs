//! How often a control was to occur, and what the evidence shows of it.
//!
//! Occurrences are counted by intervals of the calendar, so that a count changes when an interval
//! ends or evidence is added, never because a day has passed. The window that is looked at begins
//! with the first engagement under way, or, where there is none, with the interval in which the day
//! a year ago lies: four quarters, twelve months. An interval counts if it lies wholly in the
//! window, began no earlier than the control, and has ended. The one that has not ended is told
//! apart.

use jiff::civil::Date;

use crate::model::assessment::{Missed, Occurrences, OpenInterval};
use crate::model::cadence::Cadence;
use crate::model::control::{Control, Evidence};
use crate::model::corpus::Corpus;
use crate::model::interval::Interval;
use crate::model::register::Record;

/// Counts the occurrences of a control with a fixed frequency. `evidence` is what counts, by
/// number.
pub(super) fn of(
    corpus: &Corpus,
    control: &Control,
    evidence: &[u32],
    today: Date,
) -> Option<Occurrences> {
    let frequency = control.frequency?;
    let current = Interval::around(frequency, today)?;
    let examined = corpus.settings.engagements.iter().filter_map(|it| it.period);
    let begin = examined
        .filter(|(from, until)| *from <= today && today <= *until)
        .map(|(from, _)| from)
        .min()
        .unwrap_or_else(|| current.beside(Cadence::months(12).before(today)).first);
    let since = control.operating_since.map_or(begin, |operating| begin.max(operating));
    let periods: Vec<(Date, Date)> =
        evidence.iter().filter_map(|number| period(&corpus.evidence[*number as usize])).collect();
    let shown = |it: Interval| {
        let inside = periods.iter().filter(|(first, last)| *first <= it.last && it.first <= *last);
        inside.map(|(_, last)| (*last).min(it.last)).max()
    };
    let findings = findings(corpus, control);
    let mut occurrences = Occurrences {
        shown: 0,
        expected: 0,
        since,
        missed: Vec::new(),
        open: OpenInterval { interval: current, shown_on: shown(current) },
    };
    let first = current.beside(since);
    let mut next = if first.first < since { first.next() } else { Some(first) };
    while let Some(interval) = next.filter(|it| it.last < today) {
        occurrences.expected += 1;
        if shown(interval).is_some() {
            occurrences.shown += 1;
        } else {
            let finding = findings.iter().find(|it| explains(it, interval));
            let finding = finding.map(|it| it.id.value.to_string());
            occurrences.missed.push(Missed { interval, finding });
        }
        next = interval.next();
    }
    Some(occurrences)
}

fn period(evidence: &Evidence) -> Option<(Date, Date)> {
    evidence.period.as_ref().map(|(first, last)| (first.value, last.value))
}

fn findings<'c>(corpus: &'c Corpus, control: &Control) -> Vec<&'c Record> {
    let id = control.id.value.as_str();
    let all = corpus.register("findings").iter();
    all.filter(|finding| finding.list("controls").iter().any(|it| it.value == id)).collect()
}

/// Returns whether a finding, open or closed, says of the days of an interval that the control did
/// not occur.
fn explains(finding: &Record, interval: Interval) -> bool {
    let days = finding.period("period");
    days.is_some_and(|(from, until)| from <= interval.last && interval.first <= until)
}
