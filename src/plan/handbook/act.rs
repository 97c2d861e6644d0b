//! What somebody did with a text, in words: the same for pages and PDFs.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{HandbookPlan, words};
use crate::model::address::Address;
use crate::model::judgement::{Elsewhere, Endorsement, Flaw, Judgement, Obstacle};
use crate::model::record::SignedRecord;
use crate::model::verdict::{assurance, decided, manner};
use crate::plan::view::handbook::SignedText;
use crate::plan::view::{Cell, Column, ColumnKind, Icon, Row, Status, Table, Tone};
use crate::signature::Digest;
use crate::signature::ring::Method;

/// How many characters of a fingerprint or digest stand where there is little room.
const SHORT: usize = 12;

/// Whether something counts, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// "Valid", "Counts", "Does not count".
    pub status: Status,
    /// Why not; empty where it counts.
    pub why: String,
}

impl HandbookPlan<'_> {
    /// Returns the record of an act that was signed, and what is held of it.
    pub(super) fn record(&self, act: &Endorsement) -> Option<(&SignedRecord, &Judgement)> {
        let number = act.record? as usize;
        let record = self.handbook.corpus().records.signed.get(number)?;
        Some((record, self.handbook.assessment().records.signed.get(number)?))
    }

    /// Says how sure the day of an act is: "claimed", or "witnessed" and by whom.
    #[must_use]
    pub fn certainty(&self, act: &Endorsement) -> String {
        let witness = self.record(act).and_then(|(_, judgement)| judgement.witness.as_ref());
        match (witness, act.witnessed) {
            (Some(witness), _) => {
                let seen = day(witness.at);
                let when = if seen == act.on { String::new() } else { format!(" on {seen}") };
                format!("witnessed{when} by {}", witness.name())
            }
            (None, Some(at)) => format!("witnessed on {}", day(at)),
            (None, None) => "claimed".to_owned(),
        }
    }

    /// Returns the key that signed an act, in its short form.
    #[must_use]
    pub fn key_of(&self, act: &Endorsement) -> Option<String> {
        let (_, judgement) = self.record(act)?;
        judgement.fingerprint.as_deref().map(short_fingerprint)
    }

    /// Returns who signed an act, and the file of the statement from the root of the workspace.
    #[must_use]
    pub fn statement(&self, act: &Endorsement) -> Option<(&str, &str)> {
        let (record, _) = self.record(act)?;
        Some((&record.statement.by, &record.path))
    }

    /// Says what shows an act: the key that signed it, or on whose word it rests.
    pub(super) fn proof(&self, act: &Endorsement) -> String {
        match self.key_of(act) {
            Some(key) => key,
            None if act.method == Method::Signature => "no signature".to_owned(),
            None => {
                let named = act.elsewhere.iter().flat_map(|it| {
                    let Elsewhere { reference, body, file, sha256: _ } = it;
                    [body, reference, file].into_iter().flatten().cloned()
                });
                let words = std::iter::once(assurance(act.method).to_owned());
                words.chain(named).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// Says whether an act counts for a text with a digest, and why not.
    #[must_use]
    pub fn verdict(&self, act: &Endorsement, text: Option<Digest>) -> Verdict {
        let is_of_another =
            act.digest.zip(text).is_some_and(|(of, text)| of != text && act.obstacle.is_none());
        let (icon, word, tone) = match (&act.obstacle, act.method) {
            (None, _) if is_of_another => (Icon::Alert, "Of another text", Tone::Attention),
            (None, Method::Signature) => (Icon::Check, "Valid", Tone::Success),
            (None, _) => (Icon::Info, "Counts", Tone::Neutral),
            (Some(Obstacle::Withdrawn), _) => (Icon::Dash, "Withdrawn", Tone::Neutral),
            (Some(Obstacle::Flawed), _) => (Icon::Cross, "Does not stand", Tone::Danger),
            (Some(_), _) => (Icon::Cross, "Does not count", Tone::Danger),
        };
        let why = match &act.obstacle {
            None | Some(Obstacle::Withdrawn) => String::new(),
            Some(Obstacle::Flawed) => {
                let flaws = self.record(act).map_or(&[][..], |(_, it)| &it.flaws);
                flaws.iter().map(Flaw::words).collect::<Vec<_>>().join("; ")
            }
            Some(other) => other.words().to_owned(),
        };
        Verdict { status: words::status(icon, word, tone), why }
    }

    /// Returns the name of who did something, and the roles in which they did.
    #[must_use]
    pub fn actor(&self, act: &Endorsement) -> (String, String) {
        let corpus = self.handbook.corpus();
        let name = corpus.person(&act.by).map_or(act.by.as_str(), |it| &it.name).to_owned();
        let role = act.role.as_ref().map(|role| corpus.owner_words(role).to_owned());
        let lent = act.on_behalf_of.as_ref().map(|it| format!("for {}", corpus.owner_words(it)));
        (name, role.into_iter().chain(lent).collect::<Vec<_>>().join(", "))
    }

    /// Returns who did something as a cell.
    pub(super) fn actor_cell(&self, from: &Address, act: &Endorsement) -> Cell {
        let (name, role) = self.actor(act);
        let target = crate::model::link::Target::Person(act.by.clone());
        let cell = match self.destination(from, &target) {
            Some(href) => Cell::link(href, name),
            None => Cell::text(name),
        };
        if role.is_empty() { cell } else { cell.note(role) }
    }

    /// Returns the cells of an act after its actor: decision, day, proof, verdict.
    pub(super) fn act_cells(&self, act: &Endorsement, text: Option<Digest>) -> [Cell; 4] {
        let noted = |cell: Cell, note: String| if note.is_empty() { cell } else { cell.note(note) };
        let Verdict { status, why } = self.verdict(act, text);
        let decision = Cell::text(decided(act.decision));
        [
            noted(decision, act.reason.clone().unwrap_or_default()),
            Cell::text(act.on.to_string()).note(self.certainty(act)),
            noted(Cell::text(manner(act.method)), self.proof(act)),
            noted(Cell::status(status), why),
        ]
    }

    /// Returns acts on one text as a table.
    pub(super) fn act_table(
        &self,
        from: &Address,
        caption: &str,
        acts: &[&Endorsement],
        text: Option<Digest>,
    ) -> Table {
        let rows = acts.iter().map(|act| {
            let [decision, day, how, verdict] = self.act_cells(act, text);
            let cells = vec![self.actor_cell(from, act), decision, day, joined(verdict, &how)];
            Row { anchor: None, cells }
        });
        Table {
            caption: caption.to_owned(),
            columns: vec![
                Column::new("Person", ColumnKind::Text),
                Column::new("Decision", ColumnKind::Text),
                Column::new("Day", ColumnKind::Date),
                Column::new("Verdict", ColumnKind::Status),
            ],
            rows: rows.collect(),
            empty: String::new(),
        }
    }

    /// Returns the statements behind acts, as they are filed.
    pub(super) fn statements(&self, acts: &[&Endorsement]) -> Vec<SignedText> {
        let rings = &self.handbook.assessment().records.rings;
        let signed = acts.iter().filter_map(|act| Some((act, self.record(act)?)));
        signed
            .map(|(act, (record, judgement))| {
                let key = judgement.fingerprint.as_ref().map(|it| format!("key {it}"));
                let ring = record.statement.ring.map(|digest| {
                    match rings.iter().position(|ring| ring.digest == digest) {
                        Some(index) => format!("ring {}", index + 1),
                        None => "a ring that is not filed".to_owned(),
                    }
                });
                let fault = judgement.witness_fault.as_ref();
                let fault = fault.map(|fault| format!("its time stamp says nothing: {fault}"));
                let words: Vec<String> = key.into_iter().chain(ring).chain(fault).collect();
                let (name, _) = self.actor(act);
                SignedText {
                    title: format!("Statement of {name}, {}", act.on),
                    file: record.path.to_string(),
                    words: words.join(" · "),
                    text: record.statement.to_string(),
                }
            })
            .collect()
    }
}

/// Returns a verdict with what it is about: how the act was given, and what shows it.
pub(super) fn joined(verdict: Cell, how: &Cell) -> Cell {
    let how = [Some(&how.text), how.note.as_ref()];
    let how: Vec<&str> = how.into_iter().flatten().map(String::as_str).collect();
    let note = match &verdict.note {
        Some(why) => format!("{why} · {}", how.join(", ")),
        None => how.join(", "),
    };
    Cell { note: Some(note), ..verdict }
}

/// Returns the day of a moment in UTC, by which keys and witnesses are judged.
pub(super) fn day(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// Returns the beginning of a fingerprint: enough to tell keys apart, not enough to check one.
pub(super) fn short_fingerprint(fingerprint: &str) -> String {
    let (kind, hash) = fingerprint.split_once(':').unwrap_or(("", fingerprint));
    let beginning: String = hash.chars().take(SHORT).collect();
    format!("{kind}:{beginning}…")
}
