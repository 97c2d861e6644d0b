//! A change of people, keys, roles or rules as a ring that the one before signs.

use super::statement::ring_in_force;
use super::{Deed, Refusal};
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::record::RINGS;
use crate::signature::{Change, Decision, Ring, Statement, Subject};

/// A ring that waits for signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingChange {
    /// The ring.
    pub ring: Ring,
    /// The path of its file.
    pub path: String,
    /// Whether the file stands there already.
    pub is_filed: bool,
    /// What is signed.
    pub statement: Statement,
}

/// Puts together the ring that says what `people.yaml` says now, or the filed one that is not signed
/// by enough people yet.
///
/// # Errors
///
/// Refuses where there is nothing to sign, and what cannot be stated.
pub fn ring_change(
    corpus: &Corpus,
    assessment: &Assessment,
    deed: Deed,
) -> Result<RingChange, Refusal> {
    let (previous, voters) = ring_in_force(corpus, assessment);
    let in_force = assessment.records.rings_in_force();
    let written = &assessment.records.written;
    let next = Ring {
        number: u32::try_from(in_force).unwrap_or(u32::MAX) + 1,
        previous,
        ..written.clone()
    };
    if previous.is_some() && next.says_the_same_as(voters) {
        let message = format!(
            "`content/people.yaml` says what the ring {} says, which is in force",
            voters.number
        );
        return Err(Refusal::new(message).help("change people, keys, roles or rules first"));
    }
    let filed = corpus.records.rings.get(in_force).map(|filed| &filed.ring);
    if let Some(filed) = filed
        && filed.digest() != next.digest()
    {
        let message = format!(
            "the ring {} is filed and not signed by enough people, and `content/people.yaml` says \
             something else by now",
            filed.number
        );
        let help = format!("take one of the two back, or remove `{RINGS}/{}.txt`", filed.number);
        return Err(Refusal::new(message).help(help));
    }
    if next.keys.is_empty() {
        let message = "there is no key in `content/people.yaml`";
        return Err(Refusal::new(message).help("add yours: `avouch people key PERSON FILE.pub`"));
    }
    let text = next.to_string();
    if let Err(fault) = Ring::read(&text) {
        let line = text.lines().nth(fault.line.saturating_sub(1)).unwrap_or_default();
        return Err(Refusal::new(format!("the line `{line}` cannot be stated: {}", fault.message)));
    }
    let subject = Subject {
        id: "ring".to_owned(),
        kind: "ring".to_owned(),
        title: "People, keys, roles and rules of approval".to_owned(),
        version: Some(next.number.to_string()),
        tags: Vec::new(),
        effective: None,
        retired: None,
        digest: next.digest(),
        previous,
        authors: Vec::new(),
        change: Change::Material,
        summary: None,
    };
    let statement = Statement {
        workspace: corpus.settings.workspace_id.clone(),
        decision: Decision::Enrol,
        by: deed.by,
        on_behalf_of: None,
        role: deed.role,
        decided_on: deed.decided_on,
        signed_at: deed.signed_at,
        ring: previous,
        reason: deed.reason,
        considered: Vec::new(),
        conclusion: None,
        subjects: vec![subject],
    };
    statement.check().map_err(|fault| Refusal::new(fault.to_string()))?;
    let path = format!("{RINGS}/{}.txt", next.number);
    Ok(RingChange { path, is_filed: filed.is_some(), ring: next, statement })
}
