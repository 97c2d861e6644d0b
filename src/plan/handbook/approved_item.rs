//! What was approved of controls, records of registers, mappings and exclusions, as one line of facts.
//!
//! There is nothing to say of what nobody approved and no rule names.

use super::act::Verdict;
use super::endorsed::approved_status;
use super::{HandbookPlan, words};
use crate::model::item::{Item, ItemStanding, ItemState};
use crate::model::judgement::{ApprovedText, Endorsement, SubjectRecords};
use crate::plan::view::{Cell, Fact, Icon, Status, Tone};

impl HandbookPlan<'_> {
    /// Returns who approved an item, and whether it has changed since: at most one line, as facts.
    pub(super) fn approval_of_item(&self, label: &str, item: Item) -> Vec<Fact> {
        let found = self.standing_of_item(item);
        let fact = |standing| {
            let (status, note) = self.item_words(standing);
            let cell = Cell::status(status);
            Fact::new(label, if note.is_empty() { cell } else { cell.note(note) })
        };
        found.map(fact).into_iter().collect()
    }

    /// Returns where an item stands, where somebody approved it or a rule names it.
    pub(super) fn standing_of_item(&self, item: Item) -> Option<&ItemStanding> {
        let id = self.handbook.corpus().item_facts(item).id;
        let standing = self.handbook.assessment().items.get(&id.to_ascii_lowercase())?;
        (standing.item == item).then_some(standing)
    }

    /// Says in a word and a sentence how an item stands to what was approved.
    pub(super) fn item_words(&self, standing: &ItemStanding) -> (Status, String) {
        let facts = self.handbook.corpus().item_facts(standing.item);
        let nothing = SubjectRecords::default();
        let records = self.handbook.assessment().records.subject(&facts.id).unwrap_or(&nothing);
        let of_entry: Vec<&Endorsement> =
            records.decisions.iter().filter(|it| it.digest == Some(standing.digest)).collect();
        let rule = self.ring().rule(&facts.kind, &facts.id, facts.tags);
        let status = |word: &str| words::status(Icon::Draft, word, Tone::Attention);
        match (standing.state(), standing.approved()) {
            (ItemState::Approved, Some(text)) => {
                (approved_status(text), self.approved_words(records, text))
            }
            (ItemState::Awaiting, Some(_)) => {
                let text = standing.awaiting.as_ref();
                let words = text.map(|text| {
                    let by = self.approved_words(records, text);
                    format!("{by}. Counts from {}", words::day(text.effective))
                });
                let status = words::status(Icon::Clock, "Approved, not yet counting", Tone::Info);
                (status, words.unwrap_or_default())
            }
            (ItemState::Changed, Some(text)) => {
                let by = self.approved_words(records, text);
                let quorum = self.quorum(&rule, &of_entry).sentence();
                let status =
                    words::status(Icon::Alert, "Changed since it was approved", Tone::Attention);
                (status, format!("{by}. What stands here is approved by {quorum}"))
            }
            (_, _) if of_entry.is_empty() && facts.is_closed => {
                (words::status(Icon::Dash, "Not approved", Tone::Neutral), String::new())
            }
            (_, _) => (status("Approval missing"), self.quorum(&rule, &of_entry).sentence()),
        }
    }

    /// Says who approved an entry, in which role, on which day, and what shows it.
    fn approved_words(&self, records: &SubjectRecords, text: &ApprovedText) -> String {
        let is_of_text = |it: &&Endorsement| {
            it.digest == text.digest && it.decision.is_approval() && it.obstacle.is_none()
        };
        let acts = records.decisions.iter().filter(is_of_text);
        let by: Vec<String> = acts
            .map(|act| {
                let (name, role) = self.actor(act);
                let role = if role.is_empty() { role } else { format!(" ({role})") };
                let Verdict { status, .. } = self.verdict(act, text.digest);
                let key = self.key_of(act).map(|key| format!(", key {key}")).unwrap_or_default();
                let day = words::day(act.on);
                let certainty = self.certainty(act);
                format!("{name}{role} on {day}, {certainty}; {}{key}", status.word.to_lowercase())
            })
            .collect();
        format!("Approved by {}", by.join("; "))
    }
}
