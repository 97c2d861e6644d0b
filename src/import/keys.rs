//! Public keys that come in a file: lines of `.pub` files, or a list of allowed signers.
//!
//! A key counts for one person, whole days, and acts of ours. What a line says besides that cannot be
//! taken over and is refused with its reason; where a line says less than a day, the key counts on
//! fewer days and never on more.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::matching::Matching;
use crate::model::corpus::Corpus;
use crate::model::person::Person;
use crate::signature::allowed_signers::{AllowedSigners, Entry};
use crate::signature::{Act, PublicKey};

/// What a file with people or keys is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileForm {
    /// Lines of `.pub` files: type, base64, comment.
    PublicKeys,
    /// A list of allowed signers of OpenSSH.
    AllowedSigners,
    /// An export of a list of staff as CSV.
    Staff,
}

impl FileForm {
    /// Tells what a file is by its first line that holds anything.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut lines = text.lines().map(str::trim);
        let first = lines.find(|it| !it.is_empty() && !it.starts_with('#')).unwrap_or_default();
        if is_type(first.split_whitespace().next().unwrap_or_default()) {
            Self::PublicKeys
        } else if first.split_whitespace().skip(1).any(is_type) {
            Self::AllowedSigners
        } else {
            Self::Staff
        }
    }
}

/// Returns whether a word looks like the type of a public key.
fn is_type(word: &str) -> bool {
    ["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"].iter().any(|begin| word.starts_with(begin))
}

/// A line of a file that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedLine {
    /// The line, the first one being 1.
    pub line: u32,
    /// Why, in a sentence without an end.
    pub reason: String,
}

/// A key that is new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKey {
    /// The line on which it stands.
    pub line: u32,
    /// Whose it is.
    pub person: String,
    /// The key.
    pub key: PublicKey,
    /// The first day on which it may sign.
    pub from: Date,
    /// The last one.
    pub until: Option<Date>,
    /// What it may sign; everything where that is empty.
    pub purposes: Vec<Act>,
}

/// What came of a file of keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keys {
    /// Those that are new, in the order of their lines.
    pub new: Vec<NewKey>,
    /// How many lines name a key that stands in `people.yaml` already.
    pub known: usize,
    /// The lines that are not taken.
    pub refused: Vec<RefusedLine>,
}

/// Reads the lines of `.pub` files. `person` is whose they all are; where nobody is named, the comment
/// of each says it by an id, an address or a name.
#[must_use]
pub fn public_keys(corpus: &Corpus, today: Date, text: &str, person: Option<&str>) -> Keys {
    let mut reader = Reader::new(corpus, today);
    for (line, text) in (1..).zip(text.lines()) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let comment = text.splitn(3, char::is_whitespace).nth(2).unwrap_or_default().trim();
        let whose = match person {
            Some(id) => corpus.person(id).ok_or_else(|| nobody(id)),
            None if comment.is_empty() => Err("it has no comment that says whose it is".to_owned()),
            None => reader.matching.person(comment).map_err(|reason| reason.to_string()),
        };
        let key = PublicKey::parse(text).map_err(|fault| fault.to_string());
        let found = key.and_then(|key| {
            let person = whose?.id.value.to_string();
            Ok(NewKey { line, person, key, from: today, until: None, purposes: Vec::new() })
        });
        reader.take(line, found);
    }
    reader.keys
}

/// Reads a list of allowed signers.
#[must_use]
pub fn allowed_signers(corpus: &Corpus, today: Date, text: &str) -> Keys {
    let mut reader = Reader::new(corpus, today);
    let signers = AllowedSigners::parse(text);
    for entry in signers.entries() {
        let line = u32::try_from(entry.line).unwrap_or(u32::MAX);
        let found = reader.of_entry(line, entry);
        reader.take(line, found);
    }
    for fault in signers.faults() {
        let line = u32::try_from(fault.line).unwrap_or(u32::MAX);
        reader.take(line, Err(fault.kind.to_string()));
    }
    reader.keys.refused.sort_by_key(|it| it.line);
    reader.keys
}

fn nobody(id: &str) -> String {
    format!("there is no person `{id}`")
}

/// Reads keys and remembers those that it has seen.
struct Reader<'c> {
    corpus: &'c Corpus,
    today: Date,
    matching: Matching<'c>,
    /// Where a new key stands, by its line.
    seen: BTreeMap<String, u32>,
    keys: Keys,
}

impl<'c> Reader<'c> {
    fn new(corpus: &'c Corpus, today: Date) -> Self {
        let matching = Matching::new(corpus);
        Self { corpus, today, matching, seen: BTreeMap::new(), keys: Keys::default() }
    }

    /// Keeps what was found on a line.
    fn take(&mut self, line: u32, found: Result<NewKey, String>) {
        match found.and_then(|key| self.check(key)) {
            Ok(Some(key)) if self.join(&key) => {}
            Ok(Some(key)) => match self.seen.insert(key.key.line(), line) {
                None => self.keys.new.push(key),
                Some(first) => {
                    let reason = format!("line {first} has the same key, and a key is listed once");
                    self.keys.refused.push(RefusedLine { line, reason });
                }
            },
            Ok(None) => self.keys.known += 1,
            Err(reason) => self.keys.refused.push(RefusedLine { line, reason }),
        }
    }

    /// Adds what a key may sign to an earlier line that says the same of it otherwise.
    fn join(&mut self, key: &NewKey) -> bool {
        let is_it = |it: &&mut NewKey| {
            it.key == key.key
                && (&it.person, it.from, it.until) == (&key.person, key.from, key.until)
                && !it.purposes.is_empty()
                && !key.purposes.iter().any(|act| it.purposes.contains(act))
        };
        let Some(earlier) = self.keys.new.iter_mut().find(is_it) else { return false };
        earlier.purposes.extend(&key.purposes);
        earlier.purposes.sort_unstable();
        if key.purposes.is_empty() || earlier.purposes == Act::ALL {
            earlier.purposes.clear();
        }
        true
    }

    /// Returns a key that may be added; nothing where the person has it already.
    fn check(&self, key: NewKey) -> Result<Option<NewKey>, String> {
        let public = key.key.line();
        let known = self.corpus.mandates.keys.iter().find(|it| it.value.public == public);
        match known {
            Some(known) if known.value.person == key.person => return Ok(None),
            Some(known) => return Err(format!("the key is one of `{}`", known.value.person)),
            None => {}
        }
        let left = self.corpus.person(&key.person).and_then(|it| it.until);
        if let Some(left) = left.filter(|left| *left < self.today) {
            return Err(format!("`{}` left on {left}", key.person));
        }
        Ok(Some(key))
    }

    fn of_entry(&self, line: u32, entry: &Entry) -> Result<NewKey, String> {
        if entry.is_authority() {
            return Err("it is an authority that signs certificates, which count for nobody here"
                .to_owned());
        }
        let Some(names) = entry.names() else {
            return Err("it is for whoever a pattern matches; name a person".to_owned());
        };
        let person = self.person(&names)?;
        let purposes: Vec<Act> =
            Act::ALL.into_iter().filter(|act| entry.is_for(act.namespace())).collect();
        if purposes.is_empty() {
            return Err("it may sign nothing that is signed here".to_owned());
        }
        let from = entry.valid_after().map(first_day);
        let until = entry.valid_before().map(last_day);
        if until.is_some_and(|until| from.is_some_and(|from| until < from)) {
            return Err("it counts on no whole day".to_owned());
        }
        if until.is_some_and(|until| until < self.today && from.is_none()) {
            return Err("it has ended, and nothing says since when it counted".to_owned());
        }
        Ok(NewKey {
            line,
            person: person.id.value.to_string(),
            key: entry.key.clone(),
            from: from.unwrap_or(self.today),
            until,
            purposes: if purposes == Act::ALL { Vec::new() } else { purposes },
        })
    }

    /// Finds the one person whom all names mean.
    fn person(&self, names: &[&str]) -> Result<&'c Person, String> {
        let mut found: Option<&'c Person> = None;
        for name in names {
            let person = self.matching.address(name).ok_or_else(|| {
                format!("`{name}` is the id or the address of nobody in `content/people.yaml`")
            })?;
            match found {
                Some(other) if other.id.value != person.id.value => {
                    let (one, other) = (&other.id.value, &person.id.value);
                    return Err(format!(
                        "it is for `{one}` and `{other}`, and a key belongs to one"
                    ));
                }
                _ => found = Some(person),
            }
        }
        found.ok_or_else(|| "it is for nobody".to_owned())
    }
}

/// Returns the first day of UTC that lies wholly at or after a moment.
fn first_day(moment: Timestamp) -> Date {
    let time = moment.to_zoned(TimeZone::UTC);
    let day = time.date();
    if time.time() == Time::midnight() { day } else { day.tomorrow().unwrap_or(day) }
}

/// Returns the last day of UTC that has ended by the end of a second.
fn last_day(moment: Timestamp) -> Date {
    let after = moment.checked_add(1.second()).unwrap_or(moment);
    let day = after.to_zoned(TimeZone::UTC).date();
    day.yesterday().unwrap_or(day)
}
