//! What somebody states of texts.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Refusal;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::signature::ring::OWNER;
use crate::signature::{Act, Change, Decision, Digest, Ring, Statement, Subject};

/// What somebody does, apart from which texts it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// What is done.
    pub decision: Decision,
    /// Who does it.
    pub by: String,
    /// Whose role was lent.
    pub on_behalf_of: Option<String>,
    /// In which role.
    pub role: Option<String>,
    /// The day that is stated.
    pub decided_on: Date,
    /// The moment that is stated.
    pub signed_at: Timestamp,
    /// Why.
    pub reason: Option<String>,
    /// For reviews: what was taken into account.
    pub considered: Vec<String>,
    /// For reviews: what it came to.
    pub conclusion: Option<String>,
    /// Whether only the wording changed.
    pub change: Change,
    /// For editorial changes: what changed, for everyone.
    pub summary: Option<String>,
}

/// Puts together what is signed. `documents` are their numbers, in the order in which they are stated.
///
/// # Errors
///
/// Refuses what could not count, and what cannot be stated in the form of statements.
pub fn statement(
    corpus: &Corpus,
    assessment: &Assessment,
    deed: Deed,
    documents: &[usize],
) -> Result<Statement, Refusal> {
    let Deed {
        decision,
        by,
        on_behalf_of,
        role,
        decided_on,
        signed_at,
        reason,
        considered,
        conclusion,
        change,
        summary,
    } = deed;
    let (ring, members) = ring_in_force(corpus, assessment);
    check_person(corpus, members, &by, decided_on)?;
    check_role(members, (&by, on_behalf_of.as_deref()), role.as_deref(), decided_on)?;
    if decision != Decision::Approve && decision.act() == Act::Approval && reason.is_none() {
        let message = format!("`{}` needs a reason", decision.word());
        return Err(Refusal::new(message).help("say why with `--reason`"));
    }
    let mut subjects = Vec::new();
    for document in documents {
        check_text(corpus, assessment, decision, *document)?;
        subjects.push(subject(corpus, assessment, *document, change, summary.clone())?);
    }
    let statement = Statement {
        workspace: corpus.settings.workspace_id.clone(),
        decision,
        by,
        on_behalf_of,
        role,
        decided_on,
        signed_at,
        ring,
        reason,
        considered,
        conclusion,
        subjects,
    };
    statement.check().map_err(|fault| {
        let lines = statement.to_string();
        let line = lines.lines().nth(fault.line.saturating_sub(1)).unwrap_or_default();
        Refusal::new(format!("the line `{line}` cannot be stated: {}", fault.message))
            .help("use plain text without control characters, on one line")
    })?;
    Ok(statement)
}

/// Returns the ring in force and its digest, or what is written where none is.
pub(super) fn ring_in_force<'c>(
    corpus: &'c Corpus,
    assessment: &'c Assessment,
) -> (Option<Digest>, &'c Ring) {
    let count = assessment.records.rings_in_force();
    match count.checked_sub(1).and_then(|last| corpus.records.rings.get(last)) {
        Some(filed) => (Some(filed.ring.digest()), &filed.ring),
        None => (None, &assessment.records.written),
    }
}

pub(super) fn check_person(
    corpus: &Corpus,
    ring: &Ring,
    by: &str,
    on: Date,
) -> Result<(), Refusal> {
    let Some(member) = ring.member(by) else {
        let known: Vec<&str> = ring.people.iter().map(|it| it.id.as_str()).collect();
        let message = if corpus.person(by).is_some() {
            format!("`{by}` stands in `content/people.yaml`, which nobody has signed since")
        } else {
            format!("there is no person `{by}` in `content/people.yaml`")
        };
        return Err(Refusal::new(message).help(format!("there are {}", known.join(", "))));
    };
    if !member.days.contain(on) {
        return Err(Refusal::new(format!("`{by}` does not belong to the organisation on {on}")));
    }
    Ok(())
}

/// Refuses a role that somebody cannot act in: what they sign in it would not count.
fn check_role(
    ring: &Ring,
    (by, other): (&str, Option<&str>),
    role: Option<&str>,
    on: Date,
) -> Result<(), Refusal> {
    let Some(role) = role else {
        return match other {
            None => Ok(()),
            Some(other) => Err(Refusal::new(format!("`{by}` acts for `{other}` in no role"))
                .help("say in which one with `--role`")),
        };
    };
    let held = ring.roles.iter().filter(|it| ring.holds(other.unwrap_or(by), it, on));
    let held: Vec<&str> = held.map(String::as_str).collect();
    let message = match other {
        None if ring.holds(by, role, on) => return Ok(()),
        Some(other) if ring.may_act_for(by, other, role, on) => return Ok(()),
        None => format!("`{by}` does not hold the role `{role}` on {on}"),
        Some(other) => format!("`{other}` has not lent the role `{role}` to `{by}` for {on}"),
    };
    Err(Refusal::new(message).help(match held.as_slice() {
        [] => "roles are given in `content/people.yaml`, and signed with `avouch people sign`"
            .to_owned(),
        held => format!("there are {}", held.join(", ")),
    }))
}

/// Refuses what is said of a text that it cannot be said of.
fn check_text(
    corpus: &Corpus,
    assessment: &Assessment,
    decision: Decision,
    document: usize,
) -> Result<(), Refusal> {
    let id = &corpus.documents[document].id.value;
    let standing = &assessment.documents[document];
    if !corpus.documents[document].kind.is_governed() {
        let message = format!("`{id}` is a page of the trust center, which nobody approves");
        return Err(Refusal::new(message));
    }
    if decision.is_approval() && corpus.documents[document].effective_date.is_none() {
        let message = format!("`{id}` does not say from when on it counts");
        return Err(Refusal::new(message).help("add `effective_date:` with today or a later day"));
    }
    let is_about_force = matches!(decision.act(), Act::Review | Act::Acknowledgement);
    if is_about_force && !standing.is_text_in_force {
        let message = format!("the text of `{id}` in the file is not in force");
        let help = "have it approved first, or take the change back: a review says that the text \
            in force stays as it is";
        return Err(Refusal::new(message).help(help));
    }
    Ok(())
}

/// Returns what a statement says of a document.
///
/// # Errors
///
/// Refuses a document without what a statement must say of it.
pub fn subject(
    corpus: &Corpus,
    assessment: &Assessment,
    document: usize,
    change: Change,
    summary: Option<String>,
) -> Result<Subject, Refusal> {
    let it = &corpus.documents[document];
    let standing = &assessment.documents[document];
    let id = it.id.value.to_string();
    let records = assessment.records.subject(&id);
    let approved = records.map_or(&[][..], |records| &records.approved);
    let digest = standing.digest;
    // The newest approved text that is another one; of this text itself, the one before it.
    let previous = match approved.last() {
        Some(text) if text.digest == Some(digest) => text.previous,
        Some(text) => text.digest,
        None => None,
    };
    let authors: BTreeSet<&str> = it.authors.iter().map(|author| author.value.as_str()).collect();
    Ok(Subject {
        kind: it.kind.noun().to_owned(),
        title: it.title.value.clone(),
        version: it.version.as_ref().map(|version| version.value.clone()),
        tags: it.tags.clone(),
        effective: it.effective_date.as_ref().map(|date| date.value),
        retired: it.retired_on.as_ref().map(|date| date.value),
        digest,
        previous,
        authors: authors.into_iter().map(str::to_owned).collect(),
        change,
        summary,
        id,
    })
}

/// Chooses the role in which somebody acts, where they do not say: the one that they hold and that the
/// rule asks for. Nothing where the rule asks for none and they hold not exactly one.
///
/// # Errors
///
/// Refuses to choose between several, and a person who holds none that counts.
pub fn choose_role(
    corpus: &Corpus,
    assessment: &Assessment,
    deed: &Deed,
    documents: &[usize],
) -> Result<Option<String>, Refusal> {
    let (_, ring) = ring_in_force(corpus, assessment);
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for document in documents {
        let it = &corpus.documents[*document];
        let rule = ring.rule(it.kind.noun(), it.id.value.as_str(), &it.tags);
        match deed.decision {
            Decision::ApproveInEmergency => {
                wanted.extend(rule.emergency.map(|(role, _)| role));
            }
            Decision::Keep => {
                wanted.extend(rule.reviewers.iter().filter(|it| *it != OWNER).cloned());
                let owner = it.owner.as_ref().map(|owner| owner.value.clone());
                wanted.extend(owner.filter(|_| rule.reviewers.iter().any(|it| it == OWNER)));
                wanted.extend(rule.all_of.into_iter().chain(rule.any_of));
            }
            _ => wanted.extend(rule.all_of.into_iter().chain(rule.any_of)),
        }
    }
    choose(ring, deed, &wanted)
}

/// Chooses among the roles that somebody holds the one that is wanted.
pub(super) fn choose(
    ring: &Ring,
    deed: &Deed,
    wanted: &BTreeSet<String>,
) -> Result<Option<String>, Refusal> {
    let holder = deed.on_behalf_of.as_ref().unwrap_or(&deed.by);
    let held: Vec<&str> = ring
        .roles
        .iter()
        .map(String::as_str)
        .filter(|role| ring.holds(holder, role, deed.decided_on))
        .collect();
    let fitting: Vec<&str> = held.iter().copied().filter(|it| wanted.contains(*it)).collect();
    match (fitting.as_slice(), held.as_slice()) {
        ([], _) if !wanted.is_empty() && deed.decision.is_approval() => {
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let message = format!(
                "`{holder}` holds none of the roles that the rule asks for: {}",
                wanted.join(", ")
            );
            Err(Refusal::new(message).help("an approval without such a role would not count"))
        }
        ([one], _) | ([], [one]) => Ok(Some((*one).to_owned())),
        ([], _) => Ok(None),
        (several, _) => {
            let message = format!("`{holder}` holds several roles: {}", several.join(", "));
            Err(Refusal::new(message).help("say in which one with `--role`"))
        }
    }
}
