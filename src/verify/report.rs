//! Everything that is to be said of the records of a workspace.
//!
//! The fields are those of the JSON form, in its order; `docs/verify.md` says what each means.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::documents::{Document, documents};
use super::evidence::{Evidence, Stray};
use super::items::{Item, items};
use super::later::Later;
use super::pin::Pin;
use super::summary::Summary;
use super::witness::Source;
use crate::model::judgement::{Flaw, Judgement, Obstacle, RingJudgement};
use crate::model::record::{FiledRing, SignedRecord};
use crate::signature::ring::Method;
use crate::signature::{Act, Decision, Digest, Statement, sshsig};

/// What is held of all records of a workspace on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The version of this form.
    pub version: u8,
    /// Whether all of it is a fictional demonstration.
    pub is_demo: bool,
    /// The id of the workspace.
    pub workspace: String,
    /// The day for which it holds.
    pub today: String,
    /// Whether everything stands.
    pub verdict: Verdict,
    /// How many there are of everything, with what is weak first.
    pub summary: Summary,
    /// Who began the chain of rings.
    pub first_ring: FirstRing,
    /// The rings in the order of their numbers.
    pub rings: Vec<RingLine>,
    /// Texts that people govern, in the order of their ids.
    pub documents: Vec<Document>,
    /// Controls, records of registers, mappings and exclusions that people govern, in the order of
    /// their ids.
    pub items: Vec<Item>,
    /// Signed records in the order of their names.
    pub records: Vec<Record>,
    /// What whoever verifies brought from elsewhere, and what it was worth.
    pub witnesses: Vec<Source>,
    /// Acts that no signature stands behind, by subject and day.
    pub unsigned: Vec<Unsigned>,
    /// Files among the records that are none.
    pub unreadable: Vec<Unreadable>,
    /// What is named somewhere and not there.
    pub missing: Vec<Missing>,
}

/// Whether everything stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything that counts stands.
    Stands,
    /// Something does not.
    Fails,
    /// There is nothing that could stand.
    NothingSigned,
}

/// Who began the chain of rings.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FirstRing {
    /// Who signed the first ring with which key.
    pub signers: Vec<Signer>,
    /// Whether it is the one that was pinned; nothing where none was.
    pub is_pinned: Option<bool>,
}

/// Someone with the key that they used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// The id of the person.
    pub person: String,
    /// The fingerprint of the key.
    pub fingerprint: String,
}

/// A ring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RingLine {
    /// Its number.
    pub number: u32,
    /// Its digest.
    pub digest: String,
    /// Since when it is in force; nothing where it is not.
    pub since: Option<String>,
    /// Who signed it.
    pub by: Vec<String>,
    /// Why it is not in force.
    pub reason: Option<String>,
    /// The day of its first signature, where that is later than the day for which the report holds.
    pub not_yet: Option<String>,
}

/// A signed record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The name of its file without the ending.
    pub name: String,
    /// Its file.
    pub path: String,
    /// The kind of act.
    pub act: &'static str,
    /// What was decided.
    pub decision: &'static str,
    /// Who.
    pub by: String,
    /// In which role.
    pub role: Option<String>,
    /// Whose role was lent.
    pub on_behalf_of: Option<String>,
    /// The day of the act, as claimed.
    pub decided_on: String,
    /// The moment of the signature, as claimed.
    pub signed_at: String,
    /// Who saw it, not later than when; nothing where both are only claimed.
    pub witness: Option<Stamp>,
    /// When the main line of git first held it, as its commits say; nothing where that is not known.
    pub on_main_line: Option<String>,
    /// The day of that, where it is long after the stamp or, without one, the claimed moment.
    #[serde(skip)]
    pub filed_late: Option<String>,
    /// Why a time stamp that stands beside it is none.
    pub witness_fault: Option<String>,
    /// The fingerprint of the key that signed.
    pub fingerprint: Option<String>,
    /// What it is about.
    pub subjects: Vec<Subject>,
    /// Whether it stands.
    pub stands: bool,
    /// Why not.
    pub reasons: Vec<String>,
    /// Its day, where that is later than the day for which the report holds: it does not stand yet, and
    /// does not fail.
    pub not_yet: Option<String>,
}

/// That somebody outside saw something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// Not later than when.
    pub at: String,
    /// Who says so.
    pub by: String,
    /// Whether whoever verifies brought it: no file of the workspace says it.
    pub is_brought: bool,
}

/// What a record is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: Option<String>,
    /// The digest of the text.
    pub digest: String,
    /// Who wrote the text, as claimed.
    pub authors: Vec<String>,
    /// Why the act does not count for it, although the record stands.
    pub without_effect: Option<&'static str>,
}

/// An act that no signature stands behind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unsigned {
    /// The id of the text.
    pub subject: String,
    /// The kind of act.
    pub act: &'static str,
    /// Who.
    pub by: String,
    /// In which role.
    pub role: Option<String>,
    /// The day, as claimed.
    pub on: String,
    /// How it is said to have been given.
    pub method: &'static str,
    /// Why it does not count.
    pub without_effect: Option<&'static str>,
}

/// A file among the records that is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unreadable {
    /// The file.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// Something that is named and not there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Missing {
    /// Where it is named: the id of a document, or the name of a record.
    pub named_by: String,
    /// What.
    pub what: String,
}

impl FirstRing {
    /// Returns whether there is one, and nothing from elsewhere says that it is theirs.
    pub(super) fn is_on_its_own_word(&self) -> bool {
        self.is_pinned.is_none() && !self.signers.is_empty()
    }
}

impl Report {
    /// Puts together what is to be said. `pin` is what is known of the first ring from elsewhere.
    #[must_use]
    pub fn new(evidence: &Evidence<'_>, pin: Option<&Pin>) -> Self {
        let first_ring = first_ring(evidence, pin);
        let later = Later::of(evidence);
        let rings = rings(evidence, &later);
        let documents = documents(evidence);
        let items = items(evidence, &later);
        let records = records(evidence, &first_ring, &later);
        let unsigned = unsigned(evidence);
        let strays = evidence.strays().into_iter();
        let unreadable: Vec<Unreadable> = strays
            .map(|Stray { path, file: _, reason }| Unreadable { path: path.to_owned(), reason })
            .collect();
        let missing = missing(evidence);
        let mut report = Self {
            version: 1,
            is_demo: evidence.corpus.settings.is_demo,
            workspace: evidence.corpus.settings.workspace_id.clone(),
            today: evidence.assessment.today.to_string(),
            verdict: Verdict::Fails,
            summary: Summary::default(),
            first_ring,
            rings,
            documents,
            items,
            records,
            witnesses: evidence.sources.to_vec(),
            unsigned,
            unreadable,
            missing,
        };
        report.summary = Summary::of(&report, evidence);
        report.verdict = if report.summary.signed == report.summary.not_yet {
            Verdict::NothingSigned
        } else if report.summary.weak.iter().any(|it| it.fails) {
            Verdict::Fails
        } else {
            Verdict::Stands
        };
        report
    }

    /// Writes the report as JSON, with its line end.
    #[must_use]
    pub fn json(&self) -> String {
        crate::diagnostic::render::json_text(self)
    }
}

/// The id of the ring as a subject.
pub(super) const RING: &str = "ring";

/// After how many days git holds a record late.
const FILED_LATE_AFTER: i64 = 30;

/// Writes a moment in whole seconds of UTC.
pub(super) fn moment(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Returns who signed the first ring.
fn first_ring(evidence: &Evidence<'_>, pin: Option<&Pin>) -> FirstRing {
    let signed = &evidence.corpus.records.signed;
    let Some(first) = evidence.rings_in_force().first() else {
        return FirstRing { signers: Vec::new(), is_pinned: pin.map(|_| false) };
    };
    let records = evidence.judgements().rings[0].records.iter();
    let signers: Vec<&SignedRecord> = records.map(|number| &signed[*number as usize]).collect();
    let signer = |record: &&SignedRecord| {
        let key = sshsig::key_of(record.armour.as_ref()?).ok()?;
        Some(Signer { person: record.statement.by.clone(), fingerprint: key.fingerprint() })
    };
    FirstRing {
        signers: signers.iter().filter_map(signer).collect(),
        is_pinned: pin.map(|pin| pin.holds(&first.ring, &signers)),
    }
}

fn rings(evidence: &Evidence<'_>, later: &Later) -> Vec<RingLine> {
    let rings = &evidence.judgements().rings;
    let workspace = &evidence.corpus.settings.workspace_id;
    let before = std::iter::once(None).chain(rings.iter().map(|it| Some(it.digest)));
    let filed = evidence.corpus.records.rings.iter().zip(rings).zip(before);
    let line = |((filed, judgement), before): ((&FiledRing, &RingJudgement), Option<Digest>)| {
        let ring = &filed.ring;
        let follows = ring.workspace == *workspace && ring.previous == before;
        let is_out = judgement.since.is_none() && follows;
        let not_yet = later.text(RING, judgement.digest).filter(|_| is_out);
        RingLine {
            number: ring.number,
            digest: judgement.digest.to_string(),
            since: judgement.since.map(moment),
            by: judgement.by.clone(),
            reason: judgement.fault.clone().filter(|_| not_yet.is_none()),
            not_yet: not_yet.map(|it| it.to_string()),
        }
    };
    filed.map(line).collect()
}

fn records(evidence: &Evidence<'_>, first_ring: &FirstRing, later: &Later) -> Vec<Record> {
    let judgements = evidence.judgements();
    let in_force: BTreeSet<u32> = judgements
        .rings
        .iter()
        .filter(|it| it.since.is_some())
        .flat_map(|it| it.records.iter().copied())
        .collect();
    let without_effect = without_effect(evidence);
    let signed = evidence.corpus.records.signed.iter().zip(&judgements.signed);
    let record = |(number, (record, judgement)): (u32, (&SignedRecord, &Judgement))| {
        let statement = &record.statement;
        let not_yet = later.record(number);
        let flaws = judgement.flaws.iter().filter(|_| not_yet.is_none());
        let mut reasons: Vec<String> = flaws.map(Flaw::words).collect();
        if not_yet.is_none()
            && reasons.is_empty()
            && statement.decision == Decision::Enrol
            && !in_force.contains(&number)
        {
            reasons.push("it puts no ring into force that is filed".to_owned());
        }
        if first_ring.is_pinned == Some(false) {
            reasons.push("the first ring is not the one that was pinned".to_owned());
        }
        let effect = |id: &str| without_effect.get(&(number, id.to_ascii_lowercase())).copied();
        Record {
            name: record.name.clone(),
            path: record.path.to_string(),
            act: statement.decision.act().word(),
            decision: statement.decision.word(),
            by: statement.by.clone(),
            role: statement.role.clone(),
            on_behalf_of: statement.on_behalf_of.clone(),
            decided_on: statement.decided_on.to_string(),
            signed_at: moment(statement.signed_at),
            witness: judgement.witness.as_ref().map(|it| Stamp {
                at: moment(it.at),
                by: it.authority.clone(),
                is_brought: evidence.brought.get(&record.path) == Some(it),
            }),
            on_main_line: judgement.on_main_line.map(moment),
            filed_late: filed_late(statement, judgement),
            witness_fault: judgement.witness_fault.clone(),
            fingerprint: judgement.fingerprint.clone(),
            subjects: subjects(statement, &effect),
            stands: not_yet.is_none() && reasons.is_empty(),
            not_yet: not_yet.filter(|_| reasons.is_empty()).map(|it| it.to_string()),
            reasons,
        }
    };
    (0_u32..).zip(signed).map(record).collect()
}

/// Returns the day on which git first held a record, where that is long after the first moment that
/// anything else shows.
fn filed_late(statement: &Statement, judgement: &Judgement) -> Option<String> {
    let shown = judgement.witness.as_ref().map_or(statement.signed_at, |it| it.at);
    let filed = judgement.on_main_line?;
    let is_late = filed.duration_since(shown) > SignedDuration::from_hours(24 * FILED_LATE_AFTER);
    is_late.then(|| filed.strftime("%Y-%m-%d").to_string())
}

/// Returns why acts do not count, by the number of their record and the id of their subject.
fn without_effect(evidence: &Evidence<'_>) -> BTreeMap<(u32, String), &'static str> {
    let subjects = evidence.judgements().subjects.iter();
    let acts = subjects.flat_map(|(id, records)| {
        let acts = records.decisions.iter().chain(&records.reviews);
        acts.chain(&records.acknowledgements).map(move |it| (id, it))
    });
    acts.filter_map(|(id, it)| {
        let obstacle = it.obstacle.as_ref().filter(|it| **it != Obstacle::Flawed)?;
        Some(((it.record?, id.clone()), obstacle.words()))
    })
    .collect()
}

fn subjects(
    statement: &Statement,
    without_effect: &dyn Fn(&str) -> Option<&'static str>,
) -> Vec<Subject> {
    let subject = |it: &crate::signature::Subject| Subject {
        id: it.id.clone(),
        kind: it.kind.clone(),
        title: it.title.clone(),
        version: it.version.clone(),
        digest: it.digest.to_string(),
        authors: it.authors.clone(),
        without_effect: without_effect(&it.id),
    };
    statement.subjects.iter().map(subject).collect()
}

fn unsigned(evidence: &Evidence<'_>) -> Vec<Unsigned> {
    let subjects = evidence.judgements().subjects.iter();
    let acts = subjects.flat_map(|(id, records)| {
        records.decisions.iter().chain(&records.reviews).map(move |it| (id, it))
    });
    let name = |id: &str| {
        let document = evidence.corpus.document_by_id(id);
        document.map_or_else(|| id.to_owned(), |(_, document)| document.id.value.to_string())
    };
    let acts = acts.filter(|(_, it)| it.record.is_none()).map(|(id, it)| Unsigned {
        subject: name(id),
        act: it.decision.act().word(),
        by: it.by.clone(),
        role: it.role.clone(),
        on: it.on.to_string(),
        method: it.method.word(),
        without_effect: it.obstacle.as_ref().map(Obstacle::words),
    });
    let rows = evidence.corpus.records.acknowledgements.iter().flat_map(|it| &it.rows);
    let rows = rows.filter(|it| it.on <= evidence.assessment.today).map(|it| Unsigned {
        subject: name(&it.document.value),
        act: Act::Acknowledgement.word(),
        by: it.person.value.clone(),
        role: None,
        on: it.on.to_string(),
        method: Method::Imported.word(),
        without_effect: None,
    });
    let mut unsigned: Vec<Unsigned> = acts.chain(rows).collect();
    unsigned.sort_by_key(|it| (it.subject.to_ascii_lowercase(), it.on.clone()));
    unsigned
}

/// Returns what is named and not there: statements behind lines of front matter, and texts that
/// were approved before others.
fn missing(evidence: &Evidence<'_>) -> Vec<Missing> {
    let Evidence { corpus, .. } = evidence;
    let mut missing = BTreeSet::new();
    for document in &corpus.documents {
        let id = document.id.value.as_str();
        let earlier = corpus.records.earlier.get(&id.to_ascii_lowercase());
        let proofs = document.approvals.iter().map(|it| &it.proof);
        let proofs = proofs.chain(document.reviews.iter().map(|it| &it.proof));
        let before = earlier.into_iter().flat_map(|it| {
            let approvals = it.approvals.iter().map(|it| &it.proof);
            approvals.chain(it.reviews.iter().map(|it| &it.proof))
        });
        for name in proofs.chain(before).filter_map(|it| it.statement.as_ref()) {
            if corpus.records.signed_by_name(&name.value).is_none() {
                let what = format!("the statement `{}`", name.value);
                missing.insert(Missing { named_by: id.to_owned(), what });
            }
        }
    }
    for (id, records) in &evidence.judgements().subjects {
        let is_approved = |digest| {
            records.decisions.iter().any(|it| it.digest.is_none() || it.digest == Some(digest))
        };
        for act in &records.decisions {
            if let (Some(previous), Some(number)) = (act.previous, act.record)
                && act.obstacle.is_none()
                && !is_approved(previous)
            {
                let named_by = corpus.records.signed[number as usize].name.clone();
                let what = format!("an approval of the text of `{id}` before it, {previous}");
                missing.insert(Missing { named_by, what });
            }
        }
    }
    for gone in &evidence.judgements().gone {
        let what = format!("the signed record `{}`", gone.path);
        missing.insert(Missing { named_by: format!("commit {}", gone.commit), what });
    }
    missing.into_iter().collect()
}
