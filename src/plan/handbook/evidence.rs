//! Evidence as a table, and what it shows of the occurrences of a control.

use super::{HandbookPlan, register, words};
use crate::model::address::Address;
use crate::model::assessment::{Missed, Occurrences};
use crate::model::control::Evidence;
use crate::model::interval::Interval;
use crate::model::link::Target;
use crate::plan::view::{Cell, Column, ColumnKind, Icon, Row, Status, Table, Tone};

/// The most intervals that a sentence names.
const NAMED: usize = 3;

impl HandbookPlan<'_> {
    /// Returns evidence as a table, by number, as proof of some controls.
    pub(super) fn evidence_table(
        &self,
        from: &Address,
        evidence: &[u32],
        controls: &[u32],
        empty: &str,
    ) -> Table {
        let rows = evidence.iter().map(|index| {
            let it = &self.handbook.corpus().evidence[*index as usize];
            let href = self
                .destination(from, &Target::Evidence(it.id.value.to_string()))
                .unwrap_or_default();
            let about = it.period.as_ref().map(|(first, last)| {
                if first.value == last.value {
                    first.value.to_string()
                } else {
                    format!("{} to {}", first.value, last.value)
                }
            });
            Row {
                anchor: None,
                cells: vec![
                    Cell::link(href, it.title.clone()).note(it.id.value.as_str()),
                    Cell::text(about.unwrap_or_default()),
                    Cell::text(it.source.clone().unwrap_or_default()),
                    self.freshness(*index, controls).map_or_else(Cell::default, Cell::status),
                ],
            }
        });
        Table {
            caption: "Evidence".to_owned(),
            columns: vec![
                Column::new("Evidence", ColumnKind::Text),
                Column::new("About", ColumnKind::Date),
                Column::new("Source", ColumnKind::Text),
                Column::new("State", ColumnKind::Status),
            ],
            rows: rows.collect(),
            empty: empty.to_owned(),
        }
    }

    /// Returns whether evidence is fresh, or which newer evidence of the same controls followed it:
    /// only the newest can be stale.
    fn freshness(&self, index: u32, controls: &[u32]) -> Option<Status> {
        let (corpus, assessment) = (self.handbook.corpus(), self.handbook.assessment());
        let proof = assessment.evidence[index as usize];
        if !proof.counts() {
            return register::proof_status(proof);
        }
        let until = corpus.evidence[index as usize].fresh_until()?;
        if until >= assessment.today {
            let word = format!("Fresh until {until}");
            return Some(words::status(Icon::Check, word, Tone::Success));
        }
        let proven = controls.iter().map(|it| &assessment.controls[*it as usize].evidence);
        let places: Vec<(&Vec<u32>, usize)> =
            proven.filter_map(|all| Some((all, all.iter().position(|it| *it == index)?))).collect();
        let is_newest = places.is_empty() || places.iter().any(|(_, place)| *place == 0);
        let newer: Option<&Evidence> = places
            .iter()
            .filter_map(|(all, place)| all.get(place.checked_sub(1)?))
            .map(|it| &corpus.evidence[*it as usize])
            .next();
        Some(match newer.filter(|_| !is_newest) {
            Some(newer) => {
                let word = format!("Followed by {}", newer.id.value);
                words::status(Icon::Archive, word, Tone::Neutral)
            }
            None => words::status(Icon::Clock, format!("Stale since {until}"), Tone::Attention),
        })
    }
}

/// Says what the evidence shows: `317 of 319 expected occurrences since 1 January 2026; 2 missed,
/// explained by FND-05`, `1 occurrence in 2026 (2026-10-21)`.
pub(super) fn occurrences(it: &Occurrences) -> String {
    if it.expected == 0 {
        let interval = it.open.interval;
        return match it.open.shown_on {
            Some(day) => format!("1 occurrence in {interval} ({day})"),
            None => format!("due by {}, none yet", words::day(interval.last)),
        };
    }
    let mut parts = vec![format!(
        "{} of {} since {}",
        it.shown,
        words::count(it.expected as usize, "expected occurrence", "expected occurrences"),
        words::day(it.since)
    )];
    let mut findings: Vec<(&str, usize)> = Vec::new();
    for Missed { interval: _, finding } in &it.missed {
        let Some(finding) = finding.as_deref() else { continue };
        match findings.iter_mut().find(|(id, _)| *id == finding) {
            Some((_, count)) => *count += 1,
            None => findings.push((finding, 1)),
        }
    }
    parts.extend(findings.iter().map(|(id, count)| format!("{count} missed, explained by {id}")));
    let unexplained = intervals(it.unexplained());
    if !unexplained.is_empty() {
        parts.push(format!("nothing shows {unexplained}"));
    }
    parts.join("; ")
}

/// Names the first of some intervals and counts the others: `April 2026, May 2026 and 3 more`.
pub(super) fn intervals(all: impl Iterator<Item = Interval>) -> String {
    let names: Vec<String> = all.map(|it| it.to_string()).collect();
    let text = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(NAMED) {
        None | Some(0) => text,
        Some(more) => format!("{text} and {more} more"),
    }
}
