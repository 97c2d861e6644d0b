//! What is held of records: whether each stands, and what texts they approve.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::lack::Lack;
use crate::signature::ring::{Method, Rule};
use crate::signature::{Change, Decision, Digest, Ring, Statement};
use crate::span::FilePath;

/// What is held of all records on a day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgements {
    /// For each signed record, whether it stands.
    pub signed: Vec<Judgement>,
    /// For each filed ring, whether it is in force.
    pub rings: Vec<RingJudgement>,
    /// What `people.yaml` says now, as a ring.
    pub written: Ring,
    /// For each subject that records name, by its id in lower case, what was done with it.
    pub subjects: BTreeMap<String, SubjectRecords>,
    /// Signed records that were taken away.
    pub gone: Vec<GoneRecord>,
}

impl Judgements {
    /// Returns the number of the last ring in force, and whether there is one at all.
    #[must_use]
    pub fn rings_in_force(&self) -> usize {
        self.rings.iter().take_while(|it| it.since.is_some()).count()
    }

    /// Returns what was done with a subject.
    #[must_use]
    pub fn subject(&self, id: &str) -> Option<&SubjectRecords> {
        self.subjects.get(&id.to_ascii_lowercase())
    }
}

/// What is held of one signed record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Judgement {
    /// Why it does not stand; nothing where it does.
    pub flaws: Vec<Flaw>,
    /// The fingerprint of the key that signed, where there is a signature.
    pub fingerprint: Option<String>,
    /// Who saw it, not later than when.
    pub witness: Option<Witness>,
    /// Why a time stamp that stands beside it is none.
    pub witness_fault: Option<String>,
    /// When the main line of the history first held it, as git says.
    pub on_main_line: Option<Timestamp>,
    /// The number, from 0, of the filed ring by which it was judged; nothing where there is none.
    pub ring: Option<usize>,
}

impl Judgement {
    /// Returns whether it stands.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.flaws.is_empty()
    }
}

/// Somebody outside who saw a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Witness {
    /// It existed not later than this.
    pub at: Timestamp,
    /// Who says so: the subject of a certificate, in the form of RFC 4514.
    pub authority: String,
}

impl Witness {
    /// Returns the common name of whoever says so, else all that is known of them.
    #[must_use]
    pub fn name(&self) -> &str {
        let common = self.authority.split(',').find_map(|part| part.trim().strip_prefix("CN="));
        common.filter(|name| !name.contains('\\')).unwrap_or(&self.authority)
    }
}

/// Who saw which records, by the paths of their statements.
pub type Witnesses = BTreeMap<FilePath, Witness>;

/// When records can be shown to have existed, besides by the time stamps that stand beside them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Seen {
    /// Since when the main line of the history holds them: a claim of whoever made its commits.
    pub main_line: BTreeMap<FilePath, Timestamp>,
    /// Who saw them, as whoever verifies knows from elsewhere.
    pub witnesses: Witnesses,
    /// Files that only the history holds and that stood among the records.
    pub gone: BTreeMap<FilePath, GoneFile>,
}

/// A file that only the history holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneFile {
    /// The newest commit that holds it, 40 hexadecimal digits.
    pub commit: String,
    /// What it held.
    pub bytes: Vec<u8>,
}

/// A signed record that was taken away: only the history holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoneRecord {
    /// Where it stood.
    pub path: FilePath,
    /// The newest commit that holds it, 40 hexadecimal digits.
    pub commit: String,
    /// What it says.
    pub statement: Statement,
}

/// Why a signed record does not stand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flaw {
    /// There is no signature.
    Unsigned,
    /// The signature is none of these bytes: why.
    Signature(String),
    /// It was made for another workspace.
    OtherWorkspace,
    /// The key is one of the demonstration and this is another workspace.
    DemonstrationKey,
    /// The ring that it names is not one that was in force then.
    Ring,
    /// Nobody in the ring has the key.
    UnknownKey,
    /// The key belongs to this person, who is not the one that is named.
    KeyOfAnother(String),
    /// The key may not sign such acts.
    Purpose,
    /// The key was not valid yet; it is from this day on.
    KeyTooEarly(Date),
    /// The key was no longer valid; it was until this day.
    KeyExpired(Date),
    /// The key was retired on this day, before the record can be shown to have existed.
    KeyRetired(Date),
    /// Others may have had the key since this day, and no witness saw the record before.
    KeyCompromised(Date),
    /// The person did not belong to the organisation.
    Absent,
    /// The person did not hold the role.
    Role(String),
    /// Nobody lent the person the role.
    NotDelegated(String),
    /// The date lies so many days before the record can be shown to have existed.
    BackDated(i32),
    /// The date has not come.
    Future(Date),
}

/// What is held of a filed ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RingJudgement {
    /// Its digest.
    pub digest: Digest,
    /// Since when it is in force; nothing where it is not.
    pub since: Option<Timestamp>,
    /// Who signed it.
    pub by: Vec<String>,
    /// The numbers of the signed records that count as votes for it, by their time.
    pub records: Vec<u32>,
    /// Why it is not in force.
    pub fault: Option<String>,
}

/// Everything that was done with one subject.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SubjectRecords {
    /// Approvals, rejections, withdrawals, by their day.
    pub decisions: Vec<Endorsement>,
    /// Reviews, by their day.
    pub reviews: Vec<Endorsement>,
    /// Acknowledgements, by their day.
    pub acknowledgements: Vec<Endorsement>,
    /// The texts that were approved, the oldest first.
    pub approved: Vec<ApprovedText>,
    /// The texts that somebody approved and that lack approvals still.
    pub unfinished: Vec<UnfinishedText>,
}

/// A text that bears some of the approvals that its rule demands, and not all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnfinishedText {
    /// Its digest; nothing where a record names none.
    pub digest: Option<Digest>,
    /// What is missing.
    pub lack: Lack,
}

/// That somebody did something with a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endorsement {
    /// The id of the person.
    pub by: String,
    /// The role.
    pub role: Option<String>,
    /// The person whose role was lent.
    pub on_behalf_of: Option<String>,
    /// What was done.
    pub decision: Decision,
    /// The day of the act, as claimed.
    pub on: Date,
    /// The moment of the signature, as claimed.
    pub signed_at: Option<Timestamp>,
    /// A moment at which somebody outside saw it.
    pub witnessed: Option<Timestamp>,
    /// How it was given.
    pub method: Method,
    /// The digest of the text, if the record names one.
    pub digest: Option<Digest>,
    /// The digest of the text that was approved before.
    pub previous: Option<Digest>,
    /// The version of the text, as the record has it.
    pub version: Option<String>,
    /// The words that group the text.
    pub tags: Vec<String>,
    /// The first day on which the text is to count.
    pub effective: Option<Date>,
    /// The day from which it no longer counts.
    pub retired: Option<Date>,
    /// Whether the change was editorial.
    pub change: Change,
    /// Who wrote the text, as the record has it.
    pub authors: Vec<String>,
    /// Why, in a sentence.
    pub reason: Option<String>,
    /// For reviews: what was taken into account.
    pub considered: Vec<String>,
    /// For reviews: what it came to.
    pub conclusion: Option<String>,
    /// What shows it elsewhere, for acts that were not signed here.
    pub elsewhere: Option<Elsewhere>,
    /// The number of the signed record.
    pub record: Option<u32>,
    /// Why it does not count.
    pub obstacle: Option<Obstacle>,
}

/// Where something outside shows that an act happened, as its line says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Elsewhere {
    /// What names it there: the id of an envelope, the address of a pull request.
    pub reference: Option<String>,
    /// The body that decided.
    pub body: Option<String>,
    /// The path of a file that shows it.
    pub file: Option<String>,
    /// The SHA-256 of that file.
    pub sha256: Option<String>,
}

/// Why an act that happened does not count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Obstacle {
    /// The signed record does not stand.
    Flawed,
    /// It was not given in a way that the rule admits.
    Method,
    /// The role is none that the rule asks for.
    OtherRole,
    /// The person did not hold the role on that day.
    RoleNotHeld,
    /// The person wrote the text.
    Author,
    /// The same person withdrew it, or decided otherwise later.
    Withdrawn,
    /// The text that was reviewed was not in force.
    NotInForce,
    /// It was given after the text was to count, which the rule does not admit.
    Late,
}

/// A text that bears the approvals that its rule demands.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ApprovedText {
    /// Its digest; nothing where a record names none and so covers the text as it stands.
    pub digest: Option<Digest>,
    /// The digest of the text that was approved before it, as its records have it.
    pub previous: Option<Digest>,
    /// Its version.
    pub version: Option<String>,
    /// The words that group it, as those say who signed it; nothing where nobody signed.
    pub tags: Option<Vec<String>>,
    /// The first day on which it counts: its effective date, and not before it was approved.
    pub effective: Date,
    /// The day from which it no longer counts.
    pub retired: Option<Date>,
    /// The day of the last approval that it needed.
    pub on: Date,
    /// The weakest way in which an approval was given that it needed.
    pub method: Method,
    /// Whether every approval that it needed was seen by somebody outside.
    pub is_witnessed: bool,
    /// Whether it only differs in wording from the one before.
    pub change: Change,
    /// Where it counts only in an emergency: the day by which the full approval is due.
    pub full_by: Option<Date>,
    /// The rule by which it is approved.
    pub rule: Rule,
}
