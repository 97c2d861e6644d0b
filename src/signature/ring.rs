//! The ring: whose word counts for what, since when.
//!
//! A ring is a text, so that its digest can be signed and checked with stock programs: people, their
//! keys, the roles they hold over time, delegations, and the rules of approval. Each ring has a number
//! and names the digest of the one before, whose members sign the change.
//!
//! ```text
//! ring = "avouch ring v1" LF, "workspace: " id LF, "number: " n LF, "previous: " digest LF,
//!        person*, key*, role*, holder*, delegation*, authority*, rule*
//! ```
//!
//! Lines of a kind are sorted by their bytes, but rules: of two rules that match, the later one
//! counts.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::lines::{self, Fault, Lines};
use super::{Act, Digest};

/// The first line.
const FIRST: &str = "avouch ring v1";
/// The word for everything.
pub const EVERYTHING: &str = "all";
/// What a rule of approval calls whoever owns a text.
pub const OWNER: &str = "owner";

/// People, keys, roles and rules at one time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ring {
    /// The id of the workspace.
    pub workspace: String,
    /// Its number, from 1.
    pub number: u32,
    /// The digest of the ring before; nothing for the first.
    pub previous: Option<Digest>,
    /// Everyone.
    pub people: Vec<Member>,
    /// Their keys.
    pub keys: Vec<Key>,
    /// The roles that there are.
    pub roles: Vec<String>,
    /// Who holds them when.
    pub holders: Vec<Tenure>,
    /// Who may act for whom.
    pub delegations: Vec<Delegation>,
    /// Whose time stamps count.
    pub authorities: Vec<Authority>,
    /// What an approval takes, the general first.
    pub rules: Vec<Rule>,
}

/// An authority whose time stamps count as witnesses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Authority {
    /// The SHA-256 of the file with its root certificates.
    pub digest: Digest,
    /// The path of that file from the root of the workspace.
    pub file: String,
}

/// Someone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// The id.
    pub id: String,
    /// How they belong to the organisation: `employee`, `contractor`, `board`, `external`.
    pub kind: String,
    /// The days from and to which they belong to it.
    pub days: Days,
    /// The name.
    pub name: String,
}

/// A first and a last day, both included; nothing means without end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Days {
    /// The first.
    pub from: Option<Date>,
    /// The last.
    pub until: Option<Date>,
}

impl Days {
    /// Returns whether a day is one of them.
    #[must_use]
    pub fn contain(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// A key of a person. Days are those of UTC.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Whose.
    pub person: String,
    /// When it may sign.
    pub days: Days,
    /// The day from which it is no longer used; what it signed before stands.
    pub retired: Option<Date>,
    /// The day since which others may have had it; what has no witness from before fails.
    pub compromised_since: Option<Date>,
    /// What it may sign.
    pub purposes: Vec<Act>,
    /// Type and base64, as OpenSSH writes public keys, without a comment.
    pub public: String,
}

/// Who holds a role when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenure {
    /// The role.
    pub role: String,
    /// The person.
    pub person: String,
    /// When.
    pub days: Days,
}

/// That someone may act in a role of somebody else for some time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Delegation {
    /// The role.
    pub role: String,
    /// Who holds it.
    pub from: String,
    /// Who may act.
    pub to: String,
    /// When; it always ends.
    pub days: Days,
}

/// What an approval takes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rule {
    /// What it is for: kinds, `tag:…`, ids, or `all`.
    pub applies_to: Vec<String>,
    /// Roles of each of which somebody must approve.
    pub all_of: Vec<String>,
    /// Roles of one of which somebody must approve.
    pub any_of: Vec<String>,
    /// How many different people must approve.
    pub people: u32,
    /// Whether who wrote a text may approve it.
    pub authors_may_approve: bool,
    /// Whether approvals after the effective date count.
    pub late_approval: bool,
    /// How approvals may be given.
    pub methods: Vec<Method>,
    /// Roles that may review; nobody named means whoever may approve, and the owner.
    pub reviewers: Vec<String>,
    /// Who may let a text count at once, and within how many days the full approval follows.
    pub emergency: Option<(String, u32)>,
}

impl Default for Rule {
    /// What counts where no rule says otherwise: one person, by signature.
    fn default() -> Self {
        Self {
            applies_to: vec![EVERYTHING.to_owned()],
            all_of: Vec::new(),
            any_of: Vec::new(),
            people: 1,
            authors_may_approve: true,
            late_approval: false,
            methods: vec![Method::Signature],
            reviewers: Vec::new(),
            emergency: None,
        }
    }
}

/// How an approval was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Method {
    /// By a key of the ring.
    Signature,
    /// By an envelope of a service for electronic signatures.
    ESign,
    /// By the review of a merged change on the git host.
    PullRequest,
    /// By a body, as its minutes say.
    Minutes,
    /// Before Avouch, as a signed file shows.
    Imported,
    /// By a line in the file, on the word of whoever wrote it.
    Recorded,
}

impl Method {
    /// All of them, the strongest first.
    pub const ALL: [Self; 6] = [
        Self::Signature,
        Self::ESign,
        Self::PullRequest,
        Self::Minutes,
        Self::Imported,
        Self::Recorded,
    ];

    /// Their words.
    pub const WORDS: &'static [&'static str] =
        &["signature", "e-sign", "pull-request", "minutes", "imported", "recorded"];

    /// The words of those that a record may state: a signature shows itself.
    pub const STATED: &'static [&'static str] = &["e-sign", "pull-request", "minutes", "imported"];

    /// Returns the word that the ring and records use.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::ESign => "e-sign",
            Self::PullRequest => "pull-request",
            Self::Minutes => "minutes",
            Self::Imported => "imported",
            Self::Recorded => "recorded",
        }
    }

    /// Returns what it shows, for whoever has to rely on it.
    #[must_use]
    pub fn assurance(self) -> &'static str {
        match self {
            Self::Signature => "signed with a key of the ring",
            Self::ESign => "signed by a service, which is asked with the id of the envelope",
            Self::PullRequest => "approved on the git host, on its word",
            Self::Minutes => "decided by a body, as its minutes say",
            Self::Imported => "approved before Avouch, as a signed file shows",
            Self::Recorded => "recorded, unsigned",
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

impl Ring {
    /// Reads a ring. The bytes must be exactly those that [`Ring`] writes of what they say.
    ///
    /// # Errors
    ///
    /// Says in which line what is wrong.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut lines = Lines::open(text, FIRST)?;
        let workspace = lines.take("workspace")?.to_owned();
        let number = lines.take_as("number", |it| it.parse().ok().filter(|it| *it > 0))?;
        let previous = lines.take_optional("previous", Digest::parse)?;
        let ring = Self {
            workspace,
            number,
            previous,
            people: all(&mut lines, "person", member)?,
            keys: all(&mut lines, "key", key)?,
            roles: all(&mut lines, "role", lines::id)?,
            holders: all(&mut lines, "holder", tenure)?,
            delegations: all(&mut lines, "delegation", delegation)?,
            authorities: all(&mut lines, "authority", authority)?,
            rules: all(&mut lines, "rule", rule)?,
        };
        lines.finish(&ring)?;
        Ok(ring)
    }

    /// Returns the SHA-256 of its bytes.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of_bytes(self.to_string().as_bytes())
    }

    /// Returns whether it says the same as another of any number.
    #[must_use]
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        let bare = |ring: &Self| Self { number: 0, previous: None, ..ring.clone() }.to_string();
        bare(self) == bare(other)
    }

    /// Returns a person.
    #[must_use]
    pub fn member(&self, id: &str) -> Option<&Member> {
        self.people.iter().find(|it| it.id == id)
    }

    /// Returns the entry of a public key.
    #[must_use]
    pub fn key(&self, public: &str) -> Option<&Key> {
        self.keys.iter().find(|it| it.public == public)
    }

    /// Returns whether a person holds a role on a day, themselves.
    #[must_use]
    pub fn holds(&self, person: &str, role: &str, day: Date) -> bool {
        self.holders.iter().any(|it| it.person == person && it.role == role && it.days.contain(day))
    }

    /// Returns whether a person may act in the role of another on a day.
    #[must_use]
    pub fn may_act_for(&self, person: &str, other: &str, role: &str, day: Date) -> bool {
        let is_it = |it: &Delegation| it.to == person && it.from == other && it.role == role;
        self.delegations.iter().any(|it| is_it(it) && it.days.contain(day))
            && self.holds(other, role, day)
    }

    /// Returns the rule for a text of a kind with an id and tags: of those that match, the last.
    #[must_use]
    pub fn rule(&self, kind: &str, id: &str, tags: &[String]) -> Rule {
        let is_for = |scope: &String| {
            scope == EVERYTHING && kind != Act::Ring.word()
                || scope == kind
                || scope.eq_ignore_ascii_case(id)
                || scope.strip_prefix("tag:").is_some_and(|tag| tags.iter().any(|it| it == tag))
        };
        let matching = self.rules.iter().rev().find(|it| it.applies_to.iter().any(is_for));
        matching.cloned().unwrap_or_default()
    }
}

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST}")?;
        writeln!(f, "workspace: {}", self.workspace)?;
        writeln!(f, "number: {}", self.number)?;
        writeln!(f, "previous: {}", lines::optional(self.previous.as_ref()))?;
        sorted(f, "person", &self.people, |it| {
            format!("{} {} {} {}", it.id, it.kind, it.days, it.name)
        })?;
        sorted(f, "key", &self.keys, |it| {
            format!(
                "{} {} {} {} {} {}",
                it.person,
                it.days,
                lines::optional(it.retired.as_ref()),
                lines::optional(it.compromised_since.as_ref()),
                joined(it.purposes.iter().map(|act| act.word())),
                it.public,
            )
        })?;
        sorted(f, "role", &self.roles, Clone::clone)?;
        sorted(f, "holder", &self.holders, |it| format!("{} {} {}", it.role, it.person, it.days))?;
        sorted(f, "delegation", &self.delegations, |it| {
            format!("{} {} {} {}", it.role, it.from, it.to, it.days)
        })?;
        sorted(f, "authority", &self.authorities, |it| format!("{} {}", it.digest, it.file))?;
        self.rules.iter().try_for_each(|it| {
            let words = |words: &[String]| joined(words.iter().map(String::as_str));
            let yes = |is: bool| if is { "yes" } else { "no" };
            let emergency = it.emergency.as_ref();
            writeln!(
                f,
                "rule: for={} all={} any={} people={} authors={} late={} methods={} reviewers={} \
                 emergency={}",
                words(&it.applies_to),
                words(&it.all_of),
                words(&it.any_of),
                it.people,
                yes(it.authors_may_approve),
                yes(it.late_approval),
                joined(it.methods.iter().map(|method| method.word())),
                words(&it.reviewers),
                emergency
                    .map_or_else(|| "none".to_owned(), |(role, days)| format!("{role}/{days}")),
            )
        })
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, until) = (self.from.as_ref(), self.until.as_ref());
        write!(f, "{} {}", lines::optional(from), lines::optional(until))
    }
}

/// Writes one line for each of some things, sorted and each once.
fn sorted<T>(
    f: &mut fmt::Formatter<'_>,
    key: &str,
    things: &[T],
    line: impl Fn(&T) -> String,
) -> fmt::Result {
    let lines: BTreeSet<String> = things.iter().map(line).collect();
    lines.iter().try_for_each(|line| writeln!(f, "{key}: {line}"))
}

/// Writes words between commas, without spaces.
fn joined<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.collect();
    if words.is_empty() { "none".to_owned() } else { words.join(",") }
}

/// Takes all lines of a kind.
fn all<T>(
    lines: &mut Lines<'_>,
    key: &str,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Fault> {
    let mut all = Vec::new();
    while lines.is_at(key) {
        all.push(lines.take_as(key, &read)?);
    }
    Ok(all)
}

/// Reads what may be `none`. Something that cannot be read is nothing at all.
#[expect(clippy::option_option, reason = "`none` is one of the values that can be read")]
fn optional<T>(word: &str, read: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if word == "none" { Some(None) } else { read(word).map(Some) }
}

/// Reads words between commas.
fn words<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    optional(text, |text| text.split(',').map(&read).collect()).map(Option::unwrap_or_default)
}

fn days(from: &str, until: &str) -> Option<Days> {
    Some(Days { from: optional(from, lines::date)?, until: optional(until, lines::date)? })
}

fn member(line: &str) -> Option<Member> {
    let mut parts = line.splitn(5, ' ');
    let mut next = || parts.next();
    Some(Member {
        id: lines::id(next()?)?,
        kind: lines::id(next()?)?,
        days: days(next()?, next()?)?,
        name: next().filter(|name| !name.starts_with(' '))?.to_owned(),
    })
}

fn key(line: &str) -> Option<Key> {
    let mut parts = line.splitn(7, ' ');
    let mut next = || parts.next();
    Some(Key {
        person: lines::id(next()?)?,
        days: days(next()?, next()?)?,
        retired: optional(next()?, lines::date)?,
        compromised_since: optional(next()?, lines::date)?,
        purposes: words(next()?, Act::parse)?,
        public: next()?.to_owned(),
    })
}

fn tenure(line: &str) -> Option<Tenure> {
    let [role, person, from, until] = parts(line)?;
    Some(Tenure { role: lines::id(role)?, person: lines::id(person)?, days: days(from, until)? })
}

fn delegation(line: &str) -> Option<Delegation> {
    let [role, giver, taker, first, last] = parts(line)?;
    Some(Delegation {
        role: lines::id(role)?,
        from: lines::id(giver)?,
        to: lines::id(taker)?,
        days: days(first, last)?,
    })
}

fn authority(line: &str) -> Option<Authority> {
    let (digest, file) = line.split_once(' ')?;
    let file = Some(file).filter(|file| !file.starts_with(' '))?.to_owned();
    Some(Authority { digest: Digest::parse(digest)?, file })
}

fn rule(line: &str) -> Option<Rule> {
    let [scopes, all, any, people, authors, late, methods, reviewers, emergency] = parts(line)?;
    let value = |part: &'_ str, key: &str| -> Option<String> {
        part.strip_prefix(key)?.strip_prefix('=').map(str::to_owned)
    };
    let flag = |part, key| match value(part, key)?.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    Some(Rule {
        applies_to: words(&value(scopes, "for")?, lines::id)?,
        all_of: words(&value(all, "all")?, lines::id)?,
        any_of: words(&value(any, "any")?, lines::id)?,
        people: value(people, "people")?.parse().ok()?,
        authors_may_approve: flag(authors, "authors")?,
        late_approval: flag(late, "late")?,
        methods: words(&value(methods, "methods")?, Method::parse)?,
        reviewers: words(&value(reviewers, "reviewers")?, lines::id)?,
        emergency: optional(&value(emergency, "emergency")?, |it| {
            let (role, days) = it.split_once('/')?;
            Some((lines::id(role)?, days.parse().ok()?))
        })?,
    })
}

/// Splits a line at its spaces into so many parts.
fn parts<const N: usize>(line: &str) -> Option<[&str; N]> {
    line.split(' ').collect::<Vec<_>>().try_into().ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Ring;

    const RING: &str = "\
avouch ring v1
workspace: 7c1f4be09a2d4e8fb3650d92ac417e58
number: 2
previous: sha256:56b7d3811f868b5c891644fbbda21f96feb1942ea6dcdcfdde0c56d20018b498
person: mara employee 2021-03-01 none Mara Ellison
person: tom employee 2022-09-05 2026-12-31 Tom Adeyemi
key: mara 2026-01-05 none none none approval,review ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA
role: ciso
holder: ciso mara 2021-03-01 none
delegation: ciso mara tom 2026-08-01 2026-08-31
authority: sha256:56b7d3811f868b5c891644fbbda21f96feb1942ea6dcdcfdde0c56d20018b498 content/records/tsa.pem
rule: for=all all=none any=none people=1 authors=no late=no methods=signature reviewers=owner emergency=none
rule: for=policy,tag:people all=ciso any=cto,ceo people=2 authors=no late=no methods=signature,e-sign reviewers=owner,ciso emergency=ciso/14
";

    #[test]
    fn a_ring_reads_as_it_is_written() {
        let ring = Ring::read(RING).unwrap();
        assert_eq!(ring.to_string(), RING);
        assert_eq!(ring.number, 2);
        assert!(ring.may_act_for("tom", "mara", "ciso", date(2026, 8, 31)));
        assert!(!ring.may_act_for("tom", "mara", "ciso", date(2026, 9, 1)));
        assert_eq!(ring.rule("policy", "POL-AC", &[]).people, 2);
        assert_eq!(ring.rule("procedure", "PRO-AR", &["people".to_owned()]).people, 2);
        assert_eq!(ring.rule("procedure", "PRO-AR", &[]).people, 1);
        let unchanged = Ring { number: 3, previous: Some(ring.digest()), ..ring.clone() };
        assert!(unchanged.says_the_same_as(&ring));
    }

    #[test]
    fn what_is_written_otherwise_is_refused() {
        let cases = [
            (
                "ring v1\n",
                "ring v2\n",
                "line 1: the text does not begin with the line `avouch ring v1`",
            ),
            ("number: 2", "number: 02", "line 3: this is not how the line is written"),
            ("number: 2", "number: 0", "line 3: `0` is no value of `number`"),
            ("person: tom", "person: abe", "line 5: this is not how the line is written"),
            ("none Mara", "none  Mara", "line 5: `mara"),
            ("Mara Ellison\n", "Mara\u{202e} Ellison\n", "line 5: the value"),
            ("Mara Ellison\n", "Mara Ellison\r\n", "line 5: a carriage return"),
            ("2021-03-01 none\nde", "2021-3-1 none\nde", "line 9: `ciso mara 2021-3-1 none` is no"),
            ("role: ciso\n", "role: ciso\nrole: ciso\n", "line 9: this is not"),
            ("people=2", "people=two", "line 13:"),
            ("ciso/14\n", "ciso/14", "line 13: the text ends with one line feed"),
            ("ciso/14\n", "ciso/14\n\n", "line 15: the text ends with one line feed"),
            ("ciso/14\n", "ciso/14\nnew: 1\n", "line 14: nothing is expected here"),
        ];
        for (from, to, expected) in cases {
            assert!(RING.contains(from), "{from}");
            let fault = Ring::read(&RING.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(fault.starts_with(expected), "{from} -> {to}: {fault}");
        }
    }
}
