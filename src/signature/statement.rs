//! Statement v1: what a signature is made over.
//!
//! A statement says, in lines that a person can read, who did what with which exact texts. Its
//! grammar leaves no choice, so that one statement has one form and `ssh-keygen -Y verify` checks
//! the very bytes that Avouch reads:
//!
//! ```text
//! statement = "avouch statement v1" LF, line for each of ACT, (line for each of SUBJECT)+
//! line      = key ": " value LF
//! ```
//!
//! Every key stands in its place exactly once; what there is nothing to say about is `none`. Lists
//! are separated by `, `. A value has no control, bidirectional or invisible character and neither
//! begins nor ends with a space.

use std::fmt::{self, Write as _};

use jiff::Timestamp;
use jiff::civil::Date;

use super::lines::{self, Fault, Lines};
use super::{Digest, Namespace};

/// The first line.
const FIRST: &str = "avouch statement v1";
/// The digests that it may carry.
const DIGESTS: &str = "avouch digest v1";

/// Who did what, when they say, with which texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The id of the workspace, 32 hexadecimal digits: it counts nowhere else.
    pub workspace: String,
    /// What was done.
    pub decision: Decision,
    /// The id of the person who signs.
    pub by: String,
    /// The person whose role a delegation lends.
    pub on_behalf_of: Option<String>,
    /// The role in which they act.
    pub role: Option<String>,
    /// The day of the act, as its signer claims it.
    pub decided_on: Date,
    /// The moment of the signature in whole seconds, as its signer claims it.
    pub signed_at: Timestamp,
    /// The digest of the ring that the signer saw in force; nothing before the first.
    pub ring: Option<Digest>,
    /// Why, in a sentence.
    pub reason: Option<String>,
    /// For reviews: what was taken into account.
    pub considered: Vec<String>,
    /// For reviews: what it came to, in a sentence.
    pub conclusion: Option<String>,
    /// What it is about: at least one.
    pub subjects: Vec<Subject>,
}

/// An exact text that a statement is about, with what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its id.
    pub id: String,
    /// What it is: `policy`, `control`, `ring`.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// Its version.
    pub version: Option<String>,
    /// The words that group it, by which a rule of approval may ask for it.
    pub tags: Vec<String>,
    /// The first day on which it is to count.
    pub effective: Option<Date>,
    /// The day from which it no longer counts.
    pub retired: Option<Date>,
    /// The digest of the text.
    pub digest: Digest,
    /// The digest of the text that was approved before it.
    pub previous: Option<Digest>,
    /// Who wrote it; nobody means that nobody knows.
    pub authors: Vec<String>,
    /// How much it differs from the text before.
    pub change: Change,
    /// For editorial changes: what changed, for everyone.
    pub summary: Option<String>,
}

/// How much a text differs from the one that was approved before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    /// What it demands may have changed: whoever accepted it is asked again.
    Material,
    /// Only the wording changed.
    Editorial,
}

impl Change {
    /// Returns the word that statements use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Material => "material",
            Self::Editorial => "editorial",
        }
    }
}

/// A kind of act. Each has an SSHSIG namespace of its own, so that a signature for one is none for
/// another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// A decision on a text: that it may count, or not.
    Approval,
    /// A look at a text in force that changed nothing.
    Review,
    /// That someone read a text and will follow it.
    Acknowledgement,
    /// A change of people, keys, roles or rules.
    Ring,
}

impl Act {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Approval, Self::Review, Self::Acknowledgement, Self::Ring];

    /// Their words.
    pub const WORDS: &'static [&'static str] = &["approval", "review", "acknowledgement", "ring"];

    /// Returns the word that statements use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approval => "approval",
            Self::Review => "review",
            Self::Acknowledgement => "acknowledgement",
            Self::Ring => "ring",
        }
    }

    /// Returns the namespace of its signatures.
    #[must_use]
    pub fn namespace(self) -> Namespace {
        match self {
            Self::Approval => Namespace::Approval,
            Self::Review => Namespace::Review,
            Self::Acknowledgement => Namespace::Acknowledgement,
            Self::Ring => Namespace::Ring,
        }
    }

    /// Reads the word that statements and the ring use.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }
}

/// What was decided, which also says what kind of act it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// The text may count.
    Approve,
    /// The text counts at once, and the full approval follows.
    ApproveInEmergency,
    /// The text may not count.
    Reject,
    /// The text may not count as it is.
    RequestChanges,
    /// What the same person said of the text before no longer holds.
    Withdraw,
    /// The text was reviewed and stays as it is.
    Keep,
    /// The text was read and is accepted.
    Accept,
    /// The ring becomes this one.
    Enrol,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Approve,
        Self::ApproveInEmergency,
        Self::Reject,
        Self::RequestChanges,
        Self::Withdraw,
        Self::Keep,
        Self::Accept,
        Self::Enrol,
    ];

    /// Returns the kind of act.
    #[must_use]
    pub fn act(self) -> Act {
        match self {
            Self::Approve
            | Self::ApproveInEmergency
            | Self::Reject
            | Self::RequestChanges
            | Self::Withdraw => Act::Approval,
            Self::Keep => Act::Review,
            Self::Accept => Act::Acknowledgement,
            Self::Enrol => Act::Ring,
        }
    }

    /// Returns the word that statements use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::ApproveInEmergency => "approve-in-emergency",
            Self::Reject => "reject",
            Self::RequestChanges => "request-changes",
            Self::Withdraw => "withdraw",
            Self::Keep => "keep",
            Self::Accept => "accept",
            Self::Enrol => "enrol",
        }
    }

    /// Returns whether it says that the text may count.
    #[must_use]
    pub fn is_approval(self) -> bool {
        matches!(self, Self::Approve | Self::ApproveInEmergency)
    }

    fn parse(act: &str, word: &str) -> Option<Self> {
        let is_it = |it: &Self| it.word() == word && it.act().word() == act;
        Self::ALL.into_iter().find(is_it)
    }
}

impl Statement {
    /// Reads a statement. The bytes must be exactly those that [`Statement`] writes of what they
    /// say.
    ///
    /// # Errors
    ///
    /// Says in which line what is wrong.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut lines = Lines::open(text, FIRST)?;
        let workspace = lines.take("workspace")?.to_owned();
        let act = lines.take("act")?;
        let decision = lines.take_as("decision", |word| Decision::parse(act, word))?;
        let by = lines.take_as("by", lines::id)?;
        let on_behalf_of = lines.take_optional("on_behalf_of", lines::id)?;
        let role = lines.take_optional("role", lines::id)?;
        let decided_on = lines.take_as("decided_on", lines::date)?;
        let signed_at = lines.take_as("signed_at", lines::moment)?;
        let ring = lines.take_optional("ring", Digest::parse)?;
        let reason = lines.take_optional("reason", lines::text)?;
        let considered = lines.take_list("considered", lines::text)?;
        let conclusion = lines.take_optional("conclusion", lines::text)?;
        lines.take_as("digests", |form| (form == DIGESTS).then_some(()))?;
        let mut subjects = Vec::new();
        while subjects.is_empty() || !lines.is_at_end() {
            subjects.push(Subject::read(&mut lines)?);
        }
        let statement = Self {
            workspace,
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
        lines.finish(&statement)?;
        Ok(statement)
    }

    /// Returns the SHA-256 of its bytes, by which it is known.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(self.to_string().as_bytes())
    }

    /// Returns the name of its file: the moment, the person, the act and the first digits of its
    /// digest, so that names sort by time and no two are the same.
    #[must_use]
    pub fn name(&self) -> String {
        let moment: String =
            lines::moment_text(self.signed_at).chars().filter(|it| !"-:".contains(*it)).collect();
        let digest = self.digest().hex();
        format!("{moment}-{}-{}-{}", self.by, self.decision.act().word(), &digest[..8])
    }

    /// Returns what is wrong with it as it was put together, before anybody signs it: it cannot be
    /// written so that it reads the same.
    ///
    /// # Errors
    ///
    /// Says in which line what is wrong.
    pub fn check(&self) -> Result<(), Fault> {
        if Self::read(&self.to_string())? == *self {
            return Ok(());
        }
        // A text that is `none`, or an item of a list with a comma in it.
        Err(Fault { line: 1, message: "a value would read as something else".to_owned() })
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST}")?;
        writeln!(f, "workspace: {}", self.workspace)?;
        writeln!(f, "act: {}", self.decision.act().word())?;
        writeln!(f, "decision: {}", self.decision.word())?;
        writeln!(f, "by: {}", self.by)?;
        writeln!(f, "on_behalf_of: {}", lines::optional(self.on_behalf_of.as_ref()))?;
        writeln!(f, "role: {}", lines::optional(self.role.as_ref()))?;
        writeln!(f, "decided_on: {}", self.decided_on)?;
        writeln!(f, "signed_at: {}", lines::moment_text(self.signed_at))?;
        writeln!(f, "ring: {}", lines::optional(self.ring.as_ref()))?;
        writeln!(f, "reason: {}", lines::optional(self.reason.as_ref()))?;
        writeln!(f, "considered: {}", lines::list(&self.considered))?;
        writeln!(f, "conclusion: {}", lines::optional(self.conclusion.as_ref()))?;
        writeln!(f, "digests: {DIGESTS}")?;
        self.subjects.iter().try_for_each(|subject| f.write_str(&subject.lines()))
    }
}

impl Subject {
    fn read(lines: &mut Lines<'_>) -> Result<Self, Fault> {
        let change = |word: &str| {
            [Change::Material, Change::Editorial].into_iter().find(|it| it.word() == word)
        };
        Ok(Self {
            id: lines.take_as("subject", lines::id)?,
            kind: lines.take_as("kind", lines::id)?,
            title: lines.take_as("title", lines::text)?,
            version: lines.take_optional("version", lines::text)?,
            tags: lines.take_list("tags", lines::text)?,
            effective: lines.take_optional("effective", lines::date)?,
            retired: lines.take_optional("retired", lines::date)?,
            digest: lines.take_as("digest", Digest::parse)?,
            previous: lines.take_optional("previous", Digest::parse)?,
            authors: lines.take_list("authors", lines::id)?,
            change: lines.take_as("change", change)?,
            summary: lines.take_optional("summary", lines::text)?,
        })
    }

    fn lines(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "subject: {}\nkind: {}\ntitle: {}\nversion: {}\ntags: {}\neffective: {}\nretired: {}\ndigest: {}\n\
             previous: {}\nauthors: {}\nchange: {}\nsummary: {}\n",
            self.id,
            self.kind,
            self.title,
            lines::optional(self.version.as_ref()),
            lines::list(&self.tags),
            lines::optional(self.effective.as_ref()),
            lines::optional(self.retired.as_ref()),
            self.digest,
            lines::optional(self.previous.as_ref()),
            lines::list(&self.authors),
            self.change.word(),
            lines::optional(self.summary.as_ref()),
        );
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Decision, Statement};

    const STATEMENT: &str = "\
avouch statement v1
workspace: 7c1f4be09a2d4e8fb3650d92ac417e58
act: approval
decision: approve
by: mara
on_behalf_of: none
role: ciso
decided_on: 2026-01-20
signed_at: 2026-01-20T14:03:11Z
ring: sha256:56b7d3811f868b5c891644fbbda21f96feb1942ea6dcdcfdde0c56d20018b498
reason: none
considered: none
conclusion: none
digests: avouch digest v1
subject: POL-AC
kind: policy
title: Access Control Policy
version: 2.1
tags: engineering, it
effective: 2026-02-01
retired: none
digest: sha256:f329bd128c269f486398eba083bb3d83d4562c64651452519d953b93be4e6fb5
previous: none
authors: tom, sam
change: material
summary: none
subject: POL-PW
kind: policy
title: Passwörter: \"lang\"
version: none
tags: none
effective: none
retired: none
digest: sha256:56b7d3811f868b5c891644fbbda21f96feb1942ea6dcdcfdde0c56d20018b498
previous: sha256:f329bd128c269f486398eba083bb3d83d4562c64651452519d953b93be4e6fb5
authors: none
change: editorial
summary: Spelling.
";

    #[test]
    fn a_statement_reads_as_it_is_written() {
        let statement = Statement::read(STATEMENT).unwrap();
        assert_eq!(statement.to_string(), STATEMENT);
        assert_eq!(statement.decision, Decision::Approve);
        assert_eq!(statement.subjects[0].authors, ["tom", "sam"]);
        assert_eq!(statement.name(), "20260120T140311Z-mara-approval-29315b69");
        assert_eq!(statement.check(), Ok(()));
    }

    #[test]
    fn what_is_written_otherwise_is_refused() {
        let cases = [
            ("v1\n", "v2\n", "line 1:"),
            ("act: approval", "act: review", "line 4: `approve` is no value of `decision`"),
            ("decision: approve", "decision: bless", "line 4: `bless` is no value of `decision`"),
            ("by: mara", "by: ma ra", "line 5: `ma ra` is no value of `by`"),
            ("by: mara\n", "", "line 5: `by: ` is expected here"),
            ("by: mara\n", "by: mara\nby: tom\n", "line 6: `on_behalf_of: ` is expected here"),
            ("role: ciso", "role:  ciso", "line 7: the value of `role` is empty, begins"),
            ("role: ciso", "Role: ciso", "line 7: `role: ` is expected here"),
            ("2026-01-20\n", "2026-1-20\n", "line 8: `2026-1-20` is no value of `decided_on`"),
            ("14:03:11Z", "14:03:11.5Z", "line 9:"),
            ("14:03:11Z", "15:03:11+01:00", "line 9:"),
            ("ring: sha256", "ring: sha512", "line 10:"),
            ("ring: sha256:56b7", "ring: sha256:56B7", "line 10:"),
            ("reason: none", "reason: ", "line 11: the value of `reason` is empty"),
            ("reason: none", "reason: a\u{202e}b", "line 11: the value of `reason` is empty"),
            ("reason: none", "reason: a\u{1b}[1mb", "line 11:"),
            ("reason: none", "reason: a\r", "line 11: a carriage return"),
            ("digest v1\n", "digest v2\n", "line 14: `avouch digest v2` is no value of `digests`"),
            ("title: Access", "title: \u{200b}Access", "line 17:"),
            ("change: editorial", "change: tiny", "line 37: `tiny` is no value of `change`"),
            ("summary: Spelling.\n", "summary: Spelling.", "line 38: the text ends with one"),
            ("summary: Spelling.\n", "summary: Spelling.\n\n", "line 40: the text ends with one"),
            ("summary: Spelling.\n", "summary: Spelling.\nmore: x\n", "line 39: `subject: ` is"),
        ];
        for (from, to, expected) in cases {
            assert!(STATEMENT.contains(from), "{from}");
            let text = STATEMENT.replacen(from, to, 1);
            let fault = Statement::read(&text).unwrap_err().to_string();
            assert!(fault.starts_with(expected), "{from:?} -> {to:?}: {fault}");
        }
        let until_subjects = STATEMENT.find("subject").unwrap();
        assert!(Statement::read(&STATEMENT[..until_subjects]).is_err());
    }

    #[test]
    fn what_would_read_as_something_else_is_not_signed() {
        let statement = Statement::read(STATEMENT).unwrap();
        let unsound = [
            Statement { reason: Some("none".to_owned()), ..statement.clone() },
            Statement { reason: Some("two\nlines".to_owned()), ..statement.clone() },
            Statement { considered: vec!["law, risks".to_owned()], ..statement.clone() },
            Statement { subjects: Vec::new(), ..statement },
        ];
        for statement in unsound {
            assert!(statement.check().is_err(), "{statement}");
        }
    }
}
