//! How many there are of everything, with what is weak first.

use std::borrow::Cow;

use serde::Serialize;

use super::documents::{Document, IN_FORCE};
use super::evidence::Evidence;
use super::items::Item;
use super::report::{FirstRing, Record, Report};

/// How many there are of everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// What is weak, the kinds of which there are any.
    pub weak: Vec<Weakness>,
    /// Signed records, whether they stand or not.
    pub signed: usize,
    /// Those of them that stand.
    pub standing: usize,
    /// Those of them that lie ahead of the day.
    pub not_yet: usize,
    /// Those that stand and were seen by somebody outside.
    pub witnessed: usize,
    /// Those of them that only sources show which whoever verifies brought.
    pub brought: usize,
    /// Acts that no signature stands behind.
    pub unsigned: usize,
    /// Texts in force.
    pub in_force: usize,
    /// Those of them whose approvals are all signed.
    pub in_force_signed: usize,
    /// Rings that are filed.
    pub rings: usize,
    /// Those of them that are or were in force.
    pub rings_in_force: usize,
}

/// Something that is weak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Weakness {
    /// What kind it is, in a word.
    pub kind: &'static str,
    /// How many there are.
    pub count: usize,
    /// What it is, in a phrase.
    pub meaning: Cow<'static, str>,
    /// Whether everything fails for it.
    pub fails: bool,
}

impl Summary {
    /// Counts what a report tells.
    pub(super) fn of(report: &Report, evidence: &Evidence<'_>) -> Self {
        let Report { records, documents, items, rings, unsigned, unreadable, missing, .. } = report;
        let standing: Vec<&Record> = records.iter().filter(|it| it.stands).collect();
        let in_force: Vec<&Document> =
            documents.iter().filter(|it| it.lifecycle == IN_FORCE).collect();
        let is_signed = |it: &&&Document| it.method == Some("signature");
        let is_brought = |it: &&&Record| it.witness.as_ref().is_some_and(|it| it.is_brought);
        let witnessed = standing.iter().filter(|it| it.witness.is_some()).count();
        let not_yet = records.iter().filter(|it| it.not_yet.is_some()).count();
        let coming = rings.iter().filter(|it| it.not_yet.is_some()).count();
        let rings_in_force = rings.iter().filter(|it| it.since.is_some()).count();
        let of_documents = |is: fn(&Document) -> bool| documents.iter().filter(|it| is(it)).count();
        let of_items = |is: fn(&Item) -> bool| items.iter().filter(|it| is(it)).count();
        let without_effect =
            |it: &&&Record| it.subjects.iter().any(|it| it.without_effect.is_some());
        let written = &evidence.judgements().written;
        let last = evidence.rings_in_force().last();
        let differs = last.is_some_and(|it| !it.ring.says_the_same_as(written));
        let in_force_signed = in_force.iter().filter(is_signed).count();
        let weak = [
            ("unsigned", unsigned.len(), "acts that no signature stands behind", false),
            (
                "in-force-unsigned",
                in_force.len() - in_force_signed,
                "texts in force whose approvals are not all signed",
                false,
            ),
            (
                "claimed",
                standing.len() - witnessed,
                "records whose day is only claimed: nobody outside saw them",
                false,
            ),
            ("not-yet", not_yet, "records of a later day, which do not count yet", false),
            ("failed", records.len() - standing.len() - not_yet, "records that fail", true),
            (
                "time-stamp",
                records.iter().filter(|it| it.witness_fault.is_some()).count(),
                "time stamps that prove nothing",
                true,
            ),
            ("unreadable", unreadable.len(), "files among the records that are none", true),
            ("missing", missing.len(), "things that are named and not there", true),
            (
                "lacking",
                of_documents(|it| it.lacks.is_some()),
                "texts that lack what their rule demands",
                true,
            ),
            (
                "lost",
                of_documents(|it| it.lost.is_some()),
                "texts in force that could not be had",
                true,
            ),
            ("ring", rings.len() - rings_in_force - coming, "rings that are not in force", true),
            (
                "no-ring",
                usize::from(rings_in_force == 0),
                "no ring is in force: whoever may change `people.yaml` says whose keys count",
                true,
            ),
            (
                "pin",
                usize::from(report.first_ring.is_pinned == Some(false)),
                "the first ring is not the one that was pinned",
                true,
            ),
            (
                "without-effect",
                standing.iter().filter(without_effect).count(),
                "records that stand and do not count",
                false,
            ),
            (
                "changed",
                of_documents(|it| it.is_changed),
                "files that hold another text than the one in force",
                false,
            ),
            (
                "item-changed",
                of_items(|it| it.is_changed && it.is_missing),
                "entries that a rule wants to be approved, and that changed since they were",
                true,
            ),
            (
                "item-unapproved",
                of_items(|it| !it.is_changed && it.is_missing),
                "entries that a rule wants to be approved, and that are not",
                true,
            ),
            (
                "item-edited",
                of_items(|it| it.is_changed && !it.is_missing),
                "entries that changed since they were approved, and that no rule wants approved",
                false,
            ),
            (
                "people",
                usize::from(differs),
                "`people.yaml` says something else than the last ring in force",
                false,
            ),
        ];
        let weak = weak.into_iter().filter(|(_, count, _, _)| *count > 0);
        let weak = weak.map(|(kind, count, meaning, fails)| Weakness {
            kind,
            count,
            meaning: meaning.into(),
            fails,
        });
        Self {
            // Everything else rests on it.
            weak: own_word(&report.first_ring).into_iter().chain(weak).collect(),
            signed: records.len(),
            standing: standing.len(),
            not_yet,
            witnessed,
            brought: standing.iter().filter(|it| is_brought(it)).count(),
            unsigned: unsigned.len(),
            in_force: in_force.len(),
            in_force_signed,
            rings: rings.len(),
            rings_in_force,
        }
    }
}

/// Says that nobody compared the first ring with anything from elsewhere.
fn own_word(first_ring: &FirstRing) -> Option<Weakness> {
    if !first_ring.is_on_its_own_word() {
        return None;
    }
    let signers: Vec<&str> = first_ring.signers.iter().map(|it| &*it.fingerprint).collect();
    let meaning = format!(
        "the first ring is taken on its own word: compare {} out of band, or pin it with --trust",
        signers.join(" and ")
    );
    Some(Weakness { kind: "first-ring", count: 1, meaning: meaning.into(), fails: false })
}
