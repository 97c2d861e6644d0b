//! Approvals, from internal to public: roles and days, and whether they are signed.

use jiff::civil::Date;

use super::PublicText;
use super::gate::Gate;
use crate::model::assessment::Standing;
use crate::model::document::Document;
use crate::model::judgement::{ApprovedText, Endorsement, SubjectRecords};
use crate::signature::ring::Method;

/// Returns the roles that approved the text in force, each with its day, and whether all that it
/// needed is signed. Who they are, their keys, statements and reasons stay inside.
pub(super) fn disclose_approvals(
    gate: &Gate<'_>,
    document: &Document,
    standing: &Standing,
) -> (Vec<(PublicText, Date)>, bool) {
    let records = gate.assessment.records.subject(document.id.value.as_str());
    let (Some(records), Some(text)) = (records, &standing.in_force) else {
        return (Vec::new(), false);
    };
    let ApprovedText {
        tags: _,
        digest: of,
        previous: _,
        version: _,
        effective: _,
        retired: _,
        on: _,
        method,
        is_witnessed: _,
        change: _,
        full_by: _,
        rule: _,
    } = text;
    let SubjectRecords { decisions, reviews: _, acknowledgements: _, approved: _, unfinished: _ } =
        records;
    let approvals = decisions.iter().filter_map(|act| {
        let Endorsement {
            by: _,
            role,
            on_behalf_of: _,
            decision,
            on,
            signed_at: _,
            witnessed: _,
            method: _,
            digest,
            previous: _,
            version: _,
            tags: _,
            effective: _,
            retired: _,
            change: _,
            authors: _,
            reason: _,
            considered: _,
            conclusion: _,
            elsewhere: _,
            record: _,
            obstacle,
        } = act;
        if digest != of || !decision.is_approval() || obstacle.is_some() {
            return None;
        }
        let role = role.as_ref().and_then(|role| gate.role_title(role));
        Some((role.unwrap_or_else(|| gate.words("Management")), *on))
    });
    (approvals.collect(), *method == Method::Signature)
}

/// Returns the title of the text in force as its approval has it.
pub(super) fn signed_title<'g>(
    gate: &Gate<'g>,
    document: &Document,
    standing: &Standing,
) -> Option<&'g str> {
    let of = standing.in_force.as_ref()?.digest;
    let id = document.id.value.as_str();
    let decisions = &gate.assessment.records.subject(id)?.decisions;
    let act = decisions.iter().find(|it| it.digest == of && it.record.is_some())?;
    let record = gate.corpus.records.signed.get(act.record? as usize)?;
    let subjects = &record.statement.subjects;
    subjects.iter().find(|it| it.id.eq_ignore_ascii_case(id)).map(|it| it.title.as_str())
}
