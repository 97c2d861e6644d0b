//! Texts and what was done with them: who approved which, whether that is enough, who is missing.

use std::collections::BTreeSet;

use super::{HandbookPlan, act, words};
use crate::model::address::Address;
use crate::model::assessment::Standing;
use crate::model::document::Document;
use crate::model::judgement::{ApprovedText, Endorsement, SubjectRecords};
use crate::model::lack::{Lack, people};
use crate::model::proposal::Proposal;
use crate::model::verdict::manner;
use crate::plan::view::handbook::{Endorsed, Revision};
use crate::plan::view::{Cell, Column, ColumnKind, Icon, Row, Status, Table, Tone};
use crate::signature::ring::{Method, Rule};
use crate::signature::{Change, Decision, Digest, Ring};

/// A text that is not in force while another one is.
pub(super) struct Proposed<'t> {
    /// Its digest.
    pub(super) digest: Digest,
    /// Its tags, by which a rule may ask for it.
    pub(super) tags: &'t [String],
}

impl<'t> Proposed<'t> {
    /// Takes the text of a file beside which the one in force is shown.
    pub(super) fn beside(proposal: &'t Proposal) -> Self {
        Self { digest: proposal.digest, tags: &proposal.tags }
    }

    /// Takes the text that is shown, where that is not the one in force.
    pub(super) fn shown(document: &'t Document, standing: &Standing) -> Option<Self> {
        let is_it = standing.in_force.is_some() && !standing.is_text_in_force;
        is_it.then_some(Self { digest: standing.digest, tags: &document.tags })
    }
}

/// How far approvals of one text have come.
pub(super) struct Quorum {
    /// "1 of 2 people".
    pub(super) words: String,
    /// Who is missing, in words; nobody where it is enough.
    pub(super) missing: Vec<String>,
}

impl Quorum {
    /// Returns how many there are, and who is missing.
    pub(super) fn sentence(&self) -> String {
        match self.missing.as_slice() {
            [] => self.words.clone(),
            missing => format!("{}; missing: {}", self.words, missing.join(", ")),
        }
    }
}

impl<'e> HandbookPlan<'e> {
    /// Returns what was done with a document.
    pub(super) fn records_of(&self, document: &Document) -> Option<&'e SubjectRecords> {
        self.handbook.assessment().records.subject(document.id.value.as_str())
    }

    /// Returns the ring in force: the last that is filed and stands, else what `people.yaml` says.
    pub(super) fn ring(&self) -> &'e Ring {
        let records = &self.handbook.assessment().records;
        let filed = &self.handbook.corpus().records.rings;
        let last = records.rings_in_force().checked_sub(1).and_then(|last| filed.get(last));
        last.map_or(&records.written, |it| &it.ring)
    }

    /// Returns what an approval of a document takes today.
    pub(super) fn rule_today(&self, document: &Document, tags: &[String]) -> Rule {
        self.ring().rule(document.kind.noun(), document.id.value.as_str(), tags)
    }

    /// Counts what a rule asks for.
    pub(super) fn quorum(&self, rule: &Rule, acts: &[&Endorsement]) -> Quorum {
        let counted: Vec<&Endorsement> = acts
            .iter()
            .copied()
            .filter(|it| it.decision == Decision::Approve && it.obstacle.is_none())
            .collect();
        let lack = Lack::of(rule, &counted);
        let people = people(&counted);
        let wanted = (rule.people as usize).max(1);
        let mut missing: Vec<String> =
            lack.roles.iter().map(|role| self.role_words(role)).collect();
        if !lack.any_of.is_empty() {
            let roles: Vec<String> = lack.any_of.iter().map(|role| self.role_words(role)).collect();
            missing.push(roles.join(" or "));
        }
        let more = lack.more();
        if more > 0 {
            missing.push(words::count(more, "more person", "more people"));
        }
        let noun = if wanted == 1 { "person" } else { "people" };
        let words = match people {
            0 => "nobody yet".to_owned(),
            _ => format!("{people} of {wanted} {noun}"),
        };
        Quorum { words, missing }
    }

    /// Returns a role with whoever holds it today.
    fn role_words(&self, role: &str) -> String {
        let corpus = self.handbook.corpus();
        let today = self.handbook.assessment().today;
        let found = corpus.role(role).into_iter().flat_map(|it| &it.holders);
        let held = found.filter(|holder| holder.holds_on(today));
        let names: Vec<&str> = held.map(|it| corpus.owner_words(&it.person.value)).collect();
        match names.as_slice() {
            [] => format!("{} (held by nobody)", corpus.owner_words(role)),
            names => format!("{} ({})", corpus.owner_words(role), names.join(", ")),
        }
    }

    /// Returns the decisions on the text that counts or is nearest to it: on the one in force, else
    /// on the one that is approved and waits, else all there are.
    pub(super) fn decisions(
        &self,
        document: &Document,
        standing: &Standing,
    ) -> Vec<&'e Endorsement> {
        let text = standing.in_force.as_ref().or(standing.awaiting.as_ref());
        let all = self.records_of(document).map_or(&[][..], |it| &it.decisions);
        all.iter().filter(|it| text.is_none_or(|text| it.digest == text.digest)).collect()
    }

    /// Returns the approvals that count for the text in force or the one that waits.
    #[must_use]
    pub fn counted(&self, document: &Document, standing: &Standing) -> Vec<&'e Endorsement> {
        if standing.in_force.is_none() && standing.awaiting.is_none() {
            return Vec::new();
        }
        let decisions = self.decisions(document, standing).into_iter();
        decisions.filter(|it| it.decision.is_approval() && it.obstacle.is_none()).collect()
    }

    /// Returns who approved the text in force, or the nearest to it.
    pub(super) fn approvals(
        &self,
        from: &Address,
        document: &Document,
        standing: &Standing,
    ) -> Endorsed {
        let text = standing.in_force.as_ref().or(standing.awaiting.as_ref());
        let acts = self.decisions(document, standing);
        let of = text.map_or(Some(standing.digest), |text| text.digest);
        let (status, quorum) = match text {
            Some(text) => (approved_status(text), self.quorum(&text.rule, &acts)),
            None => {
                let status = words::status(Icon::Draft, "Approval missing", Tone::Attention);
                let now: Vec<&Endorsement> = acts
                    .iter()
                    .copied()
                    .filter(|it| it.digest.is_none_or(|it| Some(it) == of))
                    .collect();
                (status, self.quorum(&self.rule_today(document, &document.tags), &now))
            }
        };
        let is_nothing = acts.is_empty();
        Endorsed {
            status: Some(status),
            words: quorum.sentence(),
            digest: of.map(|it| it.to_string()).filter(|_| !is_nothing).unwrap_or_default(),
            statements: self.statements(&acts),
            table: Table {
                empty: "Nobody has approved this version. It is not in force.".to_owned(),
                ..self.act_table(from, "Decisions on this text, the oldest first", &acts, of)
            },
        }
    }

    /// Returns who has approved a proposed text so far, and who is missing.
    pub(super) fn approvals_so_far(
        &self,
        from: &Address,
        document: &Document,
        standing: &Standing,
        text: &Proposed<'_>,
    ) -> Endorsed {
        let (acts, quorum, is_enough) = self.progress(document, standing, text);
        let status = if is_enough {
            words::status(Icon::Clock, "Approved, not yet in force", Tone::Info)
        } else {
            words::status(Icon::Draft, "Approval missing", Tone::Attention)
        };
        let of = Some(text.digest);
        Endorsed {
            status: Some(status),
            words: quorum.sentence(),
            digest: text.digest.to_string(),
            statements: self.statements(&acts),
            table: Table {
                empty: "Nobody has decided on this text yet.".to_owned(),
                ..self.act_table(from, "Decisions on the proposed text", &acts, of)
            },
        }
    }

    /// Returns what was decided on a proposed text, how far that has come, and whether it is enough.
    pub(super) fn progress(
        &self,
        document: &Document,
        standing: &Standing,
        text: &Proposed<'_>,
    ) -> (Vec<&'e Endorsement>, Quorum, bool) {
        let all = self.records_of(document).map_or(&[][..], |it| &it.decisions);
        let acts: Vec<&Endorsement> =
            all.iter().filter(|it| it.digest == Some(text.digest)).collect();
        let awaiting = standing.awaiting.as_ref().filter(|it| it.digest == Some(text.digest));
        let rule =
            awaiting.map_or_else(|| self.rule_today(document, text.tags), |it| it.rule.clone());
        let quorum = self.quorum(&rule, &acts);
        (acts, quorum, awaiting.is_some())
    }

    /// Returns whether the text that differs from the one in force is approved and waits for its day.
    pub(super) fn is_next_approved(&self, index: u32, standing: &Standing) -> bool {
        let beside = self.handbook.proposal(index).map(|it| it.digest);
        let next = standing.awaiting.as_ref().and_then(|it| it.digest);
        next.is_some_and(|next| next == beside.unwrap_or(standing.digest))
    }

    /// Returns the reviews of a document, newest first.
    pub(super) fn reviews(&self, from: &Address, document: &Document) -> Endorsed {
        let all = self.records_of(document).map_or(&[][..], |it| &it.reviews);
        let acts: Vec<&Endorsement> = all.iter().rev().collect();
        let rows = acts.iter().map(|act| {
            let [_, day, how, verdict] = self.act_cells(act, None);
            let conclusion = Cell::text(act.conclusion.clone().unwrap_or_default());
            let conclusion = match act.considered.as_slice() {
                [] => conclusion,
                considered => conclusion.note(format!("Considered: {}", considered.join(", "))),
            };
            let cells =
                vec![self.actor_cell(from, act), day, conclusion, act::joined(verdict, &how)];
            Row { anchor: None, cells }
        });
        Endorsed {
            table: Table {
                caption: "Reviews that left the text as it is, newest first".to_owned(),
                columns: vec![
                    Column::new("Person", ColumnKind::Text),
                    Column::new("Day", ColumnKind::Date),
                    Column::new("Conclusion", ColumnKind::Text),
                    Column::new("Verdict", ColumnKind::Status),
                ],
                rows: rows.collect(),
                empty: String::new(),
            },
            statements: self.statements(&acts),
            ..Endorsed::default()
        }
    }

    /// Returns the versions of a document: what its authors wrote of them, joined with the texts that
    /// were approved. A version that was approved and that nobody wrote about stands there too.
    #[must_use]
    pub fn revisions(&self, document: &Document) -> Vec<Revision> {
        let records = self.records_of(document);
        let approved = records.map_or(&[][..], |it| &it.approved);
        let of = |version: &str| approved.iter().rfind(|it| it.version.as_deref() == Some(version));
        let mut revisions: Vec<Revision> = document
            .revisions
            .iter()
            .map(|it| {
                let text = of(&it.version);
                let is_editorial = match text {
                    Some(text) if text.method == Method::Signature => {
                        text.change == Change::Editorial
                    }
                    _ => it.is_editorial,
                };
                // Who wrote it, as its line says, else as those say who approved it.
                let acts = text.map(|it| self.counted_for(document, it.digest)).unwrap_or_default();
                let stated = acts.first().map_or(&[][..], |act| &act.authors);
                let authors = if it.authors.is_empty() { stated } else { &it.authors };
                Revision {
                    version: it.version.clone(),
                    date: it.date.map(|date| date.to_string()).unwrap_or_default(),
                    kind: if is_editorial { "Editorial" } else { "Material" }.to_owned(),
                    summary: it.summary.clone(),
                    authors: self.names(authors),
                    approvers: text.map(|text| self.approvers(document, text)).unwrap_or_default(),
                    redline: None,
                }
            })
            .collect();
        let known: BTreeSet<&str> = document.revisions.iter().map(|it| &*it.version).collect();
        let mut others: Vec<Revision> = Vec::new();
        for text in approved.iter().rev() {
            let Some(version) = text.version.as_deref().filter(|it| !known.contains(it)) else {
                continue;
            };
            if others.iter().any(|it| it.version == version) {
                continue;
            }
            let acts = self.counted_for(document, text.digest);
            let authors = acts.first().map_or(&[][..], |it| &it.authors);
            let kind = match text.change {
                Change::Editorial => "Editorial",
                Change::Material => "Material",
            };
            others.push(Revision {
                version: version.to_owned(),
                date: text.on.to_string(),
                kind: kind.to_owned(),
                summary: acts.iter().find_map(|it| self.summary(it, document)).unwrap_or_default(),
                authors: self.names(authors),
                approvers: self.approvers(document, text),
                redline: None,
            });
        }
        if !others.is_empty() {
            revisions.extend(others);
            revisions.sort_by(|one, other| other.date.cmp(&one.date));
        }
        revisions
    }

    /// Returns what a signed record says of what changed in a document.
    fn summary(&self, act: &Endorsement, document: &Document) -> Option<String> {
        let (record, _) = self.record(act)?;
        let is_it = |id: &str| id.eq_ignore_ascii_case(document.id.value.as_str());
        record.statement.subjects.iter().find(|it| is_it(&it.id))?.summary.clone()
    }

    fn counted_for(&self, document: &Document, digest: Option<Digest>) -> Vec<&'e Endorsement> {
        let all = self.records_of(document).map_or(&[][..], |it| &it.decisions);
        let counts = |it: &&Endorsement| {
            it.digest == digest && it.decision.is_approval() && it.obstacle.is_none()
        };
        all.iter().filter(counts).collect()
    }

    fn approvers(&self, document: &Document, text: &ApprovedText) -> String {
        let acts = self.counted_for(document, text.digest).into_iter();
        let of_text = acts.filter(|it| it.version == text.version);
        let named = of_text.map(|act| match self.actor(act) {
            (name, role) if role.is_empty() => name,
            (name, role) => format!("{name} ({role})"),
        });
        named.collect::<Vec<_>>().join(", ")
    }

    /// Returns people by name.
    pub(super) fn names(&self, people: &[String]) -> String {
        let names = people.iter().map(|it| self.handbook.corpus().owner_words(it));
        names.collect::<Vec<_>>().join(", ")
    }
}

/// Says by what a text is approved.
pub(super) fn approved_status(text: &ApprovedText) -> Status {
    if text.full_by.is_some() {
        return words::status(Icon::Alert, "Approved in an emergency", Tone::Attention);
    }
    match text.method {
        Method::Signature => words::status(Icon::Check, manner(text.method), Tone::Success),
        method => words::status(Icon::Info, manner(method), Tone::Neutral),
    }
}
