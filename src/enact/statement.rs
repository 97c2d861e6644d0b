//! What somebody states of texts.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Refusal;
use crate::model::assessment::Assessment;
use crate::model::corpus::Corpus;
use crate::model::item::{Item, ItemStanding, ItemState};
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

/// What an act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// The text of a document, by its number.
    Document(usize),
    /// An item: a control, a record of a register, a mapping or an exclusion.
    Item(Item),
}

impl Matter {
    /// Finds a document or an item by its id.
    #[must_use]
    pub fn find(corpus: &Corpus, id: &str) -> Option<Self> {
        let document = corpus.document_by_id(id).map(|(number, _)| Self::Document(number as usize));
        document.or_else(|| corpus.item(id).map(Self::Item))
    }

    /// Returns the digest of what stands in its file; nothing where the corpus has no such document.
    #[must_use]
    pub fn digest(self, corpus: &Corpus, assessment: &Assessment) -> Option<Digest> {
        match self {
            Self::Document(number) => assessment.documents.get(number).map(|it| it.digest),
            Self::Item(item) => Some(corpus.item_digest(item)),
        }
    }
}

/// Puts together what is signed of matters, in the order in which they are stated.
///
/// # Errors
///
/// Refuses what could not count, and what cannot be stated in the form of statements.
pub fn statement(
    corpus: &Corpus,
    assessment: &Assessment,
    deed: Deed,
    matters: &[Matter],
) -> Result<Statement, Refusal> {
    let (ring, members) = ring_in_force(corpus, assessment);
    if ring.is_none() && deed.decision.act() != Act::Acknowledgement {
        let message = "nobody has signed yet who belongs here and whose keys count";
        return Err(Refusal::new(message).help(format!(
            "sign it first: `avouch people sign --as {}`; what is signed before would count for nothing \
             afterwards",
            deed.by
        )));
    }
    check_person(corpus, members, &deed.by, deed.decided_on)?;
    let who = (deed.by.as_str(), deed.on_behalf_of.as_deref());
    check_role(members, who, deed.role.as_deref(), deed.decided_on)?;
    let decision = deed.decision;
    if decision != Decision::Approve && decision.act() == Act::Approval && deed.reason.is_none() {
        let message = format!("`{}` needs a reason", decision.word());
        return Err(Refusal::new(message).help("say why with `--reason`"));
    }
    let mut subjects = Vec::new();
    for matter in matters {
        match *matter {
            Matter::Document(number) => check_text(corpus, assessment, decision, number)?,
            Matter::Item(item) => check_item(corpus, assessment, decision, item)?,
        }
        subjects.push(subject(corpus, assessment, *matter, &deed)?);
    }
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
        change: _,
        summary: _,
    } = deed;
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

/// Refuses what is said of an item that it cannot be said of.
fn check_item(
    corpus: &Corpus,
    assessment: &Assessment,
    decision: Decision,
    item: Item,
) -> Result<(), Refusal> {
    let id = corpus.item_facts(item).id;
    if decision.act() == Act::Acknowledgement {
        return Err(Refusal::new(format!("`{id}` is no document, which people accept")));
    }
    let standing = assessment.items.get(&id.to_ascii_lowercase());
    let state = standing.map_or(ItemState::Unapproved, ItemStanding::state);
    if decision.act() == Act::Review && state != ItemState::Approved {
        let message = match state {
            ItemState::Changed => format!("`{id}` has changed since it was approved"),
            ItemState::Awaiting => format!("the approval of `{id}` does not count yet"),
            ItemState::Unapproved | ItemState::Approved => format!("`{id}` is not approved"),
        };
        let help = "have it approved first: a review says that what is approved stays as it is";
        return Err(Refusal::new(message).help(help));
    }
    Ok(())
}

/// Returns what a statement says of a document or an item.
///
/// # Errors
///
/// Refuses a document that the corpus does not have.
pub fn subject(
    corpus: &Corpus,
    assessment: &Assessment,
    matter: Matter,
    deed: &Deed,
) -> Result<Subject, Refusal> {
    let said = match matter {
        Matter::Document(number) => of_document(corpus, assessment, number),
        Matter::Item(item) => Some(of_item(corpus, item, deed.decided_on)),
    };
    let said = said.ok_or_else(|| Refusal::new("there is no such document"))?;
    let records = assessment.records.subject(&said.id);
    let approved = records.map_or(&[][..], |records| &records.approved);
    // The newest approved text that is another one; of this text itself, the one before it.
    let previous = match approved.last() {
        Some(text) if text.digest == Some(said.digest) => text.previous,
        Some(text) => text.digest,
        None => None,
    };
    Ok(Subject { previous, change: deed.change, summary: deed.summary.clone(), ..said })
}

/// Returns what a document says of itself.
fn of_document(corpus: &Corpus, assessment: &Assessment, number: usize) -> Option<Subject> {
    let it = corpus.documents.get(number)?;
    let authors: BTreeSet<&str> = it.authors.iter().map(|author| author.value.as_str()).collect();
    Some(Subject {
        id: it.id.value.to_string(),
        kind: it.kind.noun().to_owned(),
        title: it.title.value.clone(),
        version: it.version.as_ref().map(|version| version.value.clone()),
        tags: it.tags.clone(),
        effective: it.effective_date.as_ref().map(|date| date.value),
        retired: it.retired_on.as_ref().map(|date| date.value),
        digest: assessment.documents.get(number)?.digest,
        previous: None,
        authors: authors.into_iter().map(str::to_owned).collect(),
        change: Change::Material,
        summary: None,
    })
}

/// Returns what an item says of itself. It need not say from when on it counts: where it says an
/// earlier day than that of the decision, or none, it counts from the decision.
fn of_item(corpus: &Corpus, item: Item, decided_on: Date) -> Subject {
    let facts = corpus.item_facts(item);
    Subject {
        id: facts.id,
        kind: facts.kind.into_owned(),
        title: facts.title.into_owned(),
        version: facts.version.map(str::to_owned),
        tags: facts.tags.to_vec(),
        effective: facts.starts.filter(|starts| *starts >= decided_on),
        retired: None,
        digest: corpus.item_digest(item),
        previous: None,
        authors: Vec::new(),
        change: Change::Material,
        summary: None,
    }
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
    matters: &[Matter],
) -> Result<Option<String>, Refusal> {
    let (_, ring) = ring_in_force(corpus, assessment);
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for matter in matters {
        let it = subject(corpus, assessment, *matter, deed)?;
        let rule = ring.rule(&it.kind, &it.id, &it.tags);
        match deed.decision {
            Decision::ApproveInEmergency => {
                wanted.extend(rule.emergency.map(|(role, _)| role));
            }
            Decision::Keep => {
                wanted.extend(rule.reviewers.iter().filter(|it| *it != OWNER).cloned());
                let owner = corpus.owner_of_subject(&it.id).map(str::to_owned);
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
            let lent = ring.delegations.iter().find(|it| {
                deed.on_behalf_of.is_none()
                    && it.to == deed.by
                    && it.days.contain(deed.decided_on)
                    && wanted.contains(&it.role.as_str())
            });
            Err(Refusal::new(message).help(match lent {
                Some(it) => {
                    format!("`{0}` has lent you `{1}`: add `--on-behalf-of {0}`", it.from, it.role)
                }
                None => "an approval without such a role would not count".to_owned(),
            }))
        }
        ([one], _) | ([], [one]) => Ok(Some((*one).to_owned())),
        ([], _) => Ok(None),
        (several, _) => {
            let message = format!("`{holder}` holds several roles: {}", several.join(", "));
            Err(Refusal::new(message).help("say in which one with `--role`"))
        }
    }
}
