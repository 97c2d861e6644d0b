//! The section `sign` of a case: who signs what, in order, with keys that are always the same.
//!
//! ```text
//! ring 2026-01-05T09:00:00Z mara
//! mara 2026-01-20T10:00:00Z approve POL-AC role=ciso
//! ```
//!
//! `tests/README.md` lists the words. Digests, rings and what statements say of texts come from the
//! pipeline, as they do for people.

use std::collections::BTreeMap;

use avouch::model::corpus::Corpus;
use avouch::model::document::Document;
use avouch::model::item::Item;
use avouch::pipeline::{self, Checked, Inputs};
use avouch::signature::{Change, Decision, Digest, Statement, Subject};
use avouch::workspace::Snapshot;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use ssh_key::private::{Ed25519Keypair, KeypairData};
use ssh_key::{HashAlg, LineEnding, PrivateKey};

/// Begins what stands for the public key of a person.
const KEY: &str = "the key of ";
/// Begins what stands for the name of a statement.
const STATEMENT: &str = "the statement ";

/// The files of a case, as far as they are signed.
pub(crate) struct Bench<'c> {
    /// The files.
    files: BTreeMap<String, Vec<u8>>,
    /// Files by their label, for texts and people of other times.
    others: BTreeMap<&'c str, BTreeMap<&'c str, &'c str>>,
    /// The digests that were signed for, by subject, each next to another.
    approved: BTreeMap<String, Vec<Digest>>,
    /// The digests of rings so far, with their files.
    rings: Vec<Digest>,
    /// The names of statements by their label.
    names: BTreeMap<String, String>,
    inputs: &'c dyn Fn(Snapshot) -> Inputs,
}

/// Returns the key of a person, which is always the same.
pub(crate) fn key(person: &str) -> PrivateKey {
    let seed: [u8; 32] = Sha256::digest(format!("a key of tests: {person}")).into();
    let pair = Ed25519Keypair::from_seed(&seed);
    PrivateKey::new(KeypairData::Ed25519(pair), "").unwrap()
}

/// Signs bytes as `ssh-keygen -Y sign` does.
pub(crate) fn armour(person: &str, namespace: &str, bytes: &[u8]) -> String {
    let signature = key(person).sign(namespace, HashAlg::Sha512, bytes).unwrap();
    signature.to_pem(LineEnding::LF).unwrap()
}

/// Puts in the public keys that a text asks for.
pub(crate) fn with_keys(bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    let mut parts = text.split(KEY);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|it: char| !it.is_ascii_alphanumeric() && it != '-');
        let (person, rest) = part.split_at(end.unwrap_or(part.len()));
        out += key(person).public_key().to_openssh().unwrap().trim();
        out += rest;
    }
    out.into_bytes()
}

impl<'c> Bench<'c> {
    pub(crate) fn new(
        snapshot: &Snapshot,
        sections: &'c [(String, String)],
        inputs: &'c dyn Fn(Snapshot) -> Inputs,
    ) -> Self {
        let mut others: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        for (name, content) in sections {
            if let Some((path, label)) = labelled(name) {
                others.entry(label).or_default().insert(path, content);
            }
        }
        let files = snapshot.iter().map(|(path, file)| (path.to_string(), with_keys(file.bytes())));
        Self {
            files: files.collect(),
            others,
            approved: BTreeMap::new(),
            rings: Vec::new(),
            names: BTreeMap::new(),
            inputs,
        }
    }

    /// Carries out all lines and returns the files.
    pub(crate) fn sign(mut self, lines: &str) -> Snapshot {
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["ring", at, ref rest @ ..] => self.ring(at.parse().unwrap(), rest),
                [by, at, decision, subjects, ref rest @ ..] => {
                    let Some(decision) = Decision::ALL.into_iter().find(|it| it.word() == decision)
                    else {
                        panic!("nobody can `{decision}`: {line}")
                    };
                    let options = Options::of(rest);
                    let checked = self.checked(options.get("of"));
                    let ids = subjects.split(',');
                    let subjects = ids.map(|id| self.subject(&checked, id, &options)).collect();
                    self.file(&options, (by, at.parse().unwrap()), decision, subjects);
                }
                _ => panic!("this signs nothing: {line}"),
            }
        }
        let names = self.names;
        let files = self.files.into_iter().map(|(path, bytes)| {
            let named = match String::from_utf8(bytes) {
                Ok(text) => names.iter().fold(text, |text, (label, name)| {
                    text.replace(&format!("{STATEMENT}{label}"), name)
                }),
                Err(bytes) => return (path, bytes.into_bytes()),
            };
            (path, named.into_bytes())
        });
        Snapshot::from_files(files)
    }

    /// Files what `people.yaml` says as the next ring, and lets people sign it.
    fn ring(&mut self, at: Timestamp, words: &[&str]) {
        let options = Options::of(words);
        let checked = self.checked(options.get("of"));
        let ring = checked.assessment.records.written;
        let (before, digest) = (ring.previous, ring.digest());
        let path = format!("content/records/ring/{}.txt", ring.number);
        self.files.insert(path, ring.to_string().into_bytes());
        let subject = Subject {
            id: "ring".to_owned(),
            kind: "ring".to_owned(),
            title: "Ring".to_owned(),
            version: Some(ring.number.to_string()),
            tags: Vec::new(),
            effective: None,
            retired: None,
            digest,
            previous: before,
            authors: Vec::new(),
            change: Change::Material,
            summary: None,
        };
        for by in words.iter().filter(|word| !word.contains('=')) {
            self.file(&options, (by, at), Decision::Enrol, vec![subject.clone()]);
        }
        self.rings.push(digest);
    }

    /// Looks at the files with those of a label in their place.
    fn checked(&self, label: Option<&str>) -> Checked {
        let mut files = self.files.clone();
        if let Some(label) = label {
            let others = self.others.get(label).unwrap_or_else(|| panic!("no file ({label})"));
            for (path, text) in others {
                files.insert((*path).to_owned(), with_keys(text.as_bytes()));
            }
        }
        pipeline::judge(&(self.inputs)(Snapshot::from_files(files)))
    }

    fn subject(&mut self, checked: &Checked, id: &str, options: &Options<'_>) -> Subject {
        let subject = subject(checked, id).unwrap_or_else(|| panic!("there is no `{id}`"));
        let known = self.approved.entry(id.to_owned()).or_default();
        if known.last() != Some(&subject.digest) {
            known.push(subject.digest);
        }
        let before = known.iter().rev().nth(1).copied();
        let subject = Subject { previous: before, ..subject };
        if options.get("previous") == Some("none") {
            return Subject { previous: None, ..subject };
        }
        let texts = |list: &str| list.split(',').map(ToOwned::to_owned).collect();
        Subject {
            previous: options.get("previous").map_or(subject.previous, |label| {
                Some(self::subject(&self.checked(Some(label)), id).unwrap().digest)
            }),
            kind: options.get("kind").map_or(subject.kind, ToOwned::to_owned),
            version: options.get("version").map(ToOwned::to_owned).or(subject.version),
            tags: options.get("tags").map_or(subject.tags, texts),
            authors: options.get("authors").map_or(subject.authors, texts),
            effective: options.get("effective").map(|it| it.parse().unwrap()).or(subject.effective),
            ..subject
        }
    }

    /// Writes a statement and its signature.
    fn file(
        &mut self,
        options: &Options<'_>,
        (by, at): (&str, Timestamp),
        decision: Decision,
        subjects: Vec<Subject>,
    ) {
        let owned = |name: &str| options.get(name).map(|it| it.replace('_', " "));
        let day = at.to_zoned(jiff::tz::TimeZone::UTC).date();
        let workspace = self.checked(None).corpus.settings.workspace_id;
        let considered = options.get("considered").into_iter().flat_map(|it| it.split(','));
        let statement = Statement {
            workspace: owned("workspace").unwrap_or(workspace),
            decision,
            by: by.to_owned(),
            on_behalf_of: owned("for"),
            role: owned("role"),
            decided_on: options.get("on").map_or(day, |it| it.parse().unwrap()),
            signed_at: at,
            ring: match options.get("ring") {
                Some("none") => None,
                Some(number) => Some(self.rings[number.parse::<usize>().unwrap() - 1]),
                None => self.rings.last().copied(),
            },
            reason: owned("reason"),
            considered: considered.map(ToOwned::to_owned).collect(),
            conclusion: owned("conclusion"),
            subjects,
        };
        statement.check().unwrap();
        let text = statement.to_string();
        let path = format!("content/records/statements/{}.txt", statement.name());
        let namespace = statement.decision.act().namespace();
        let namespace = options.get("namespace").unwrap_or(namespace.as_str());
        if options.get("unsigned").is_none() {
            let armour = armour(options.get("key").unwrap_or(by), namespace, text.as_bytes());
            self.files.insert(format!("{path}.sig"), armour.into_bytes());
        }
        self.files.insert(path, text.into_bytes());
        if let Some(label) = options.get("as") {
            self.names.insert(label.to_owned(), statement.name());
        }
    }
}

/// Splits `PATH (LABEL)`.
pub(crate) fn labelled(name: &str) -> Option<(&str, &str)> {
    let (path, label) = name.strip_suffix(')')?.split_once(" (")?;
    (label != "escaped").then_some((path, label))
}

/// Returns what a document or an item says of itself.
fn subject(checked: &Checked, id: &str) -> Option<Subject> {
    let Some((index, document)) = checked.corpus.document_by_id(id) else {
        return checked.corpus.item(id).map(|item| of_item(&checked.corpus, item));
    };
    Some(of_document(document, checked.assessment.texts[index as usize]))
}

fn of_item(corpus: &Corpus, item: Item) -> Subject {
    let facts = corpus.item_facts(item);
    Subject {
        id: facts.id,
        kind: facts.kind.into_owned(),
        title: facts.title.into_owned(),
        version: facts.version.map(ToOwned::to_owned),
        tags: facts.tags.to_vec(),
        effective: None,
        retired: None,
        digest: corpus.item_digest(item),
        previous: None,
        authors: Vec::new(),
        change: Change::Material,
        summary: None,
    }
}

fn of_document(document: &Document, digest: Digest) -> Subject {
    Subject {
        id: document.id.value.to_string(),
        kind: document.kind.noun().to_owned(),
        title: document.title.value.clone(),
        version: document.version.as_ref().map(|it| it.value.clone()),
        tags: document.tags.clone(),
        effective: document.effective_date.as_ref().map(|it| it.value),
        retired: document.retired_on.as_ref().map(|it| it.value),
        digest,
        previous: None,
        authors: document.authors.iter().map(|it| it.value.clone()).collect(),
        change: Change::Material,
        summary: None,
    }
}

/// Words such as `role=ciso` and `unsigned`.
struct Options<'w>(BTreeMap<&'w str, &'w str>);

impl<'w> Options<'w> {
    fn of(words: &[&'w str]) -> Self {
        Self(words.iter().map(|word| word.split_once('=').unwrap_or((word, ""))).collect())
    }

    fn get(&self, name: &str) -> Option<&'w str> {
        self.0.get(name).copied()
    }
}
