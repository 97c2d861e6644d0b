//! What was assessed, as tables.

use avouch::model::assessment::{Assessment, Lifecycle, Occurrences, ReviewState};
use avouch::model::corpus::Corpus;
use avouch::model::item::ItemState;

/// Writes the axes of every document's standing.
pub(super) fn standings(corpus: &Corpus, assessment: &Assessment) -> String {
    let mut rows =
        vec![words(&["document", "lifecycle", "review", "change", "last review", "next review"])];
    for (document, standing) in corpus.documents.iter().zip(&assessment.documents) {
        let lifecycle = match standing.lifecycle {
            Lifecycle::Draft => "draft",
            Lifecycle::Awaiting => "awaiting",
            Lifecycle::InForce => "in force",
            Lifecycle::Superseded => "superseded",
            Lifecycle::Retired => "retired",
            Lifecycle::Ungoverned => "ungoverned",
        };
        let review = match standing.review {
            ReviewState::None => "none",
            ReviewState::Current => "current",
            ReviewState::DueSoon => "due soon",
            ReviewState::Overdue => "overdue",
        };
        let claimed =
            if standing.is_claimed && standing.last_reviewed.is_some() { " (claimed)" } else { "" };
        rows.push(vec![
            document.id.value.to_string(),
            lifecycle.to_owned(),
            review.to_owned(),
            if standing.proposed_change { "pending" } else { "none" }.to_owned(),
            format!("{}{claimed}", text(standing.last_reviewed)),
            text(standing.next_review),
        ]);
    }
    aligned(&rows)
}

/// Writes where the items stand that somebody approved or that a rule names.
pub(super) fn items(corpus: &Corpus, assessment: &Assessment) -> String {
    let mut rows = vec![words(&["item", "kind", "state", "approved", "counts from"])];
    for standing in assessment.items.values() {
        let facts = corpus.item_facts(standing.item);
        let state = match standing.state() {
            ItemState::Unapproved => "unapproved",
            ItemState::Awaiting => "awaiting",
            ItemState::Approved => "approved",
            ItemState::Changed => "changed",
        };
        rows.push(vec![
            facts.id,
            facts.kind.into_owned(),
            state.to_owned(),
            text(standing.approved().map(|it| it.on)),
            text(standing.approved().map(|it| it.effective)),
        ]);
    }
    aligned(&rows)
}

/// Writes how far every control has come.
pub(super) fn controls(corpus: &Corpus, assessment: &Assessment) -> String {
    let mut rows = vec![words(&["control", "step", "occurrences", "fresh until", "deviations"])];
    for (control, state) in corpus.controls.iter().zip(&assessment.controls) {
        rows.push(vec![
            control.id.value.to_string(),
            state.step.word().to_lowercase(),
            text(state.occurrences.as_ref().map(occurrences)),
            text(state.fresh_until),
            text((!state.deviations.is_empty()).then(|| state.deviations.join(", "))),
        ]);
    }
    aligned(&rows)
}

/// Writes what was shown and missed; where no interval has ended, what is known of the open one.
fn occurrences(it: &Occurrences) -> String {
    let mut text = format!("{} of {}", it.shown, it.expected);
    for missed in &it.missed {
        text += &format!(", not {}", missed.interval);
        if let Some(finding) = &missed.finding {
            text += &format!(" ({finding})");
        }
    }
    if it.expected == 0 {
        let shown = it.open.shown_on.map_or("none yet".to_owned(), |day| day.to_string());
        text += &format!(", {} {shown}", it.open.interval);
    }
    text
}

/// Writes how far the requirements of a framework are covered, and by what.
pub(super) fn coverage(corpus: &Corpus, assessment: &Assessment, framework: &str) -> String {
    let mut rows = vec![words(&["requirement", "step", "in scope", "by"])];
    let position = corpus.frameworks.iter().position(|it| it.id == framework);
    let position = position.unwrap_or_else(|| panic!("there is no framework `{framework}`"));
    let requirements = corpus.frameworks[position].requirements();
    for ((_, requirement), state) in requirements.zip(&assessment.coverage[position]) {
        let document = |number: u32| &corpus.document(number).id.value;
        let clause = |(number, clause): &(u32, u32)| {
            format!(
                "{}#{}",
                document(*number),
                corpus.document(*number).outline.clauses[*clause as usize].anchor
            )
        };
        let control = |(number, is_partial): &(u32, bool)| {
            format!(
                "{}{}",
                corpus.controls[*number as usize].id.value,
                if *is_partial { " (partly)" } else { "" }
            )
        };
        let by = state.documents.iter().map(|number| document(*number).to_string());
        let by =
            by.chain(state.clauses.iter().map(clause)).chain(state.controls.iter().map(control));
        let excluded = state.exclusion.as_ref().map(|reason| format!("excluded: {reason}"));
        let by: Vec<String> = by.chain(excluded).collect();
        rows.push(vec![
            requirement.id.clone(),
            text(state.step.map(|step| step.word().to_lowercase())),
            if state.in_scope { "yes" } else { "no" }.to_owned(),
            text((!by.is_empty()).then(|| by.join(", "))),
        ]);
    }
    aligned(&rows)
}

/// Writes who was asked to accept which text, and what came of it.
pub(super) fn acknowledgements(corpus: &Corpus, assessment: &Assessment) -> String {
    let heads = ["document", "version", "in force", "person", "asked", "due", "state", "accepted"];
    let mut rows = vec![words(&heads)];
    for it in &assessment.acknowledgements.texts {
        for asked in &it.asked {
            rows.push(vec![
                corpus.document(it.document).id.value.to_string(),
                text(it.version.as_ref()),
                format!("{}..{}", it.since, text(it.until)),
                corpus.people[asked.person as usize].id.value.to_string(),
                asked.since.to_string(),
                asked.due.to_string(),
                asked.state.word().to_lowercase(),
                text(asked.acceptance.map(|it| it.on)),
            ]);
        }
    }
    aligned(&rows)
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn aligned(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
