//! What somebody can do who may push, and whose word counts for nothing: each attempt is named by a
//! rule, and none brings a text of theirs into force.
//!
//! What cannot be seen without a witness is not here: that the newest record was deleted, with
//! everything that names it. `docs/threat-model.md` says so.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;

use avouch::pipeline::{self, Checked, Inputs};
use avouch::signature::Digest;
use avouch::workspace::Snapshot;

use crate::case::{Case, sign};
use crate::random::Random;

/// Ada and Ben approve together; Eve has a key and no role; Dan's key is retired, others may have
/// Fay's.
const PEOPLE: &str = "\
people:
  - { id: ada, name: Ada Byrne }
  - { id: ben, name: Ben Cole }
  - { id: dan, name: Dan Frey }
  - { id: eve, name: Eve Duarte }
  - { id: fay, name: Fay Gruber }
  - { id: tom, name: Tom Hale }
roles:
  - id: ciso
    title: Head of Security
    holders: [{ person: ada, from: 2020-01-01 }]
  - id: cto
    title: Head of Technology
    holders: [{ person: ben }, { person: dan }, { person: fay }]
keys:
  - { person: ada, key: the key of ada }
  - { person: ben, key: the key of ben }
  - { person: dan, key: the key of dan, retired: 2026-02-12 }
  - { person: eve, key: the key of eve }
  - { person: fay, key: the key of fay, compromised_since: 2026-02-12 }
approval_rules:
  - { for: [policy], all_of: [ciso, cto], people: 2 }
  - { for: [ring], all_of: [ciso] }
";

const POLICY: &str = "content/policies/access.md";
const FIRST: &str = "\
---
id: POL-AC
title: Access
version: \"1.0\"
owner: ciso
authors: [tom]
classification: internal
effective_date: 2026-02-01
---
Access is granted by role.
";

/// What is approved, in order.
const SIGNED: &str = "\
ring 2026-01-05T09:00:00Z ada role=ciso
ada 2026-01-20T10:00:00Z approve POL-AC role=ciso of=first
ben 2026-01-21T10:00:00Z approve POL-AC role=cto of=first
ada 2026-02-05T10:00:00Z approve POL-AC role=ciso of=second
ben 2026-02-06T10:00:00Z approve POL-AC role=cto of=second
";

fn second() -> String {
    FIRST.replace("1.0", "2.0").replace("02-01", "02-10").replace("by role", "by two people")
}

/// What the attacker wants to have in force.
fn evil() -> String {
    FIRST.replace("1.0", "3.0").replace("02-01", "02-25").replace("by role", "to everyone")
}

type Files = BTreeMap<String, Vec<u8>>;

/// An attempt: what is signed besides, and how files are changed then.
struct Attempt {
    name: &'static str,
    /// What the file of the policy holds.
    text: String,
    /// What `people.yaml` says in the end.
    people: String,
    signed: &'static str,
    change: fn(&mut Files),
    /// The rule that names it.
    rule: &'static str,
    /// Whether the text in force stays, since nothing was taken away that makes it so.
    is_kept: bool,
}

impl Attempt {
    fn new(name: &'static str, rule: &'static str, signed: &'static str) -> Self {
        Self {
            name,
            text: evil(),
            people: PEOPLE.to_owned(),
            signed,
            change: |_| {},
            rule,
            is_kept: true,
        }
    }

    fn inputs(&self) -> Inputs {
        let case = format!(
            "An attempt.\n-- sign --\n{SIGNED}{}-- {POLICY} --\n{}-- {POLICY} (first) --\n{FIRST}\
             -- {POLICY} (second) --\n{}-- {POLICY} (evil) --\n{}\
             -- content/people.yaml --\n{PEOPLE}-- content/people.yaml (theirs) --\n{}",
            self.signed,
            self.text,
            second(),
            evil(),
            self.people,
        );
        let inputs = Case::parse(&case).inputs();
        let files = inputs.snapshot.iter();
        let mut files: Files =
            files.map(|(path, file)| (path.to_string(), file.bytes().to_vec())).collect();
        let people = sign::with_keys(self.people.as_bytes());
        files.insert("content/people.yaml".to_owned(), people);
        (self.change)(&mut files);
        Inputs { snapshot: Snapshot::from_files(files), ..inputs }
    }
}

fn in_force(checked: &Checked) -> Option<Digest> {
    let documents = checked.corpus.documents.iter().zip(&checked.assessment.documents);
    let mut found = documents.filter(|(document, _)| document.id.value.as_str() == "POL-AC");
    found.next()?.1.in_force.as_ref()?.digest
}

fn text_of_file(checked: &Checked) -> Digest {
    let index = checked.corpus.document_by_id("POL-AC").unwrap().0;
    checked.assessment.texts[index as usize]
}

/// Removes the files whose names hold some words.
fn remove(files: &mut Files, words: &str) {
    let before = files.len();
    files.retain(|path, _| !path.contains(words));
    assert!(files.len() < before, "nothing is called {words}");
}

/// Changes words in the one statement whose name and text hold others, and names it as it must be.
fn forge(files: &mut Files, (name, holds): (&str, &str), (from, to): (&str, &str)) {
    let is_it = |path: &str, bytes: &[u8]| {
        path.contains(name)
            && path.ends_with(".txt")
            && String::from_utf8_lossy(bytes).contains(holds)
    };
    let (path, bytes) = files.iter().find(|(path, bytes)| is_it(path, bytes)).unwrap();
    let (path, text) = (path.clone(), String::from_utf8(bytes.clone()).unwrap());
    let statement = avouch::signature::Statement::read(&text.replacen(from, to, 1)).unwrap();
    assert_ne!(statement.to_string(), text, "{from} is not in it");
    let signature = files[&format!("{path}.sig")].clone();
    let forged = format!("content/records/statements/{}.txt", statement.name());
    files.insert(format!("{forged}.sig"), signature);
    files.insert(forged, statement.to_string().into_bytes());
}

fn attempts() -> Vec<Attempt> {
    let people = |from: &str, to: &str| {
        assert!(PEOPLE.contains(from), "{from}");
        PEOPLE.replace(from, to)
    };
    vec![
        Attempt {
            people: people("ben, key: the key of ben", "ben, key: the key of mallory"),
            ..Attempt::new(
                "gives Ben a key of theirs",
                "approval-invalid",
                "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso key=mallory\n\
                 ben 2026-02-20T10:05:00Z approve POL-AC role=cto key=mallory\n",
            )
        },
        Attempt {
            people: people("ben, key: the key of ben", "ben, key: the key of mallory"),
            ..Attempt::new(
                "says so in a ring of their own",
                "ring-unsigned",
                "ring 2026-02-20T09:00:00Z eve of=theirs\n\
                 ben 2026-02-20T10:05:00Z approve POL-AC role=cto key=mallory\n",
            )
        },
        Attempt {
            people: people("all_of: [ciso, cto], people: 2", "people: 1"),
            ..Attempt::new(
                "lowers the quorum",
                "quorum-not-met",
                "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n",
            )
        },
        Attempt {
            people: people("{ person: ben }", "{ person: ben }, { person: eve }"),
            ..Attempt::new(
                "moves a role",
                "approver-lacks-role",
                "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n\
                 eve 2026-02-20T10:05:00Z approve POL-AC role=cto\n",
            )
        },
        Attempt {
            text: second(),
            ..Attempt::new(
                "says that a text, which only the history holds, is of another kind",
                "id-reused",
                "eve 2026-02-20T10:05:00Z approve POL-AC of=evil kind=narrative\n",
            )
        },
        Attempt::new(
            "dates back, both of them",
            "approval-backdated",
            "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso on=2026-01-10\n\
             ben 2026-02-20T10:05:00Z approve POL-AC role=cto on=2026-01-10\n",
        ),
        Attempt::new(
            "uses a retired key",
            "key-compromised",
            "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n\
             dan 2026-02-20T10:05:00Z approve POL-AC role=cto\n",
        ),
        Attempt::new(
            "uses a compromised key and claims a day before",
            "key-compromised",
            "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n\
             fay 2026-02-08T10:05:00Z approve POL-AC role=cto previous=second\n",
        ),
        Attempt {
            text: FIRST.to_owned(),
            ..Attempt::new("puts an old text back", "approval-rolled-back", "")
        },
        Attempt {
            text: second(),
            change: |files| remove(files, "20260206T100000Z-ben"),
            is_kept: false,
            ..Attempt::new("deletes an approval", "quorum-not-met", "")
        },
        Attempt {
            text: second(),
            change: |files| {
                remove(files, "20260120T100000Z-ada");
                remove(files, "20260121T100000Z-ben");
            },
            ..Attempt::new("deletes the records of the text before", "approval-rolled-back", "")
        },
        Attempt {
            text: second(),
            change: |files| remove(files, POLICY),
            is_kept: false,
            ..Attempt::new("deletes the policy", "document-gone", "")
        },
        Attempt::new(
            "brings records of another workspace",
            "approval-invalid",
            "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso workspace=ffffffffffffffffffffffffffffffff\n\
             ben 2026-02-20T10:05:00Z approve POL-AC role=cto workspace=ffffffffffffffffffffffffffffffff\n",
        ),
        Attempt {
            change: |files| forge(files, ("20260220", "by: ada"), ("by: ada", "by: ben")),
            ..Attempt::new(
                "makes an approval that of somebody else",
                "approval-invalid",
                "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n",
            )
        },
        Attempt {
            change: |files| {
                let from = ("20260220T100500Z", "reject");
                forge(files, from, ("decision: reject", "decision: approve"));
            },
            ..Attempt::new(
                "makes a rejection an approval",
                "approval-invalid",
                "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n\
                 ben 2026-02-20T10:05:00Z reject POL-AC role=cto reason=Too_much\n",
            )
        },
        Attempt::new(
            "takes the signature of a review for one of an approval",
            "approval-invalid",
            "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n\
             ben 2026-02-20T10:05:00Z approve POL-AC role=cto namespace=review@avouch\n",
        ),
        Attempt {
            change: |files| {
                let text = String::from_utf8(files[POLICY].clone()).unwrap();
                let rows = "approvals:\n  - { by: ada, role: ciso, on: 2026-02-20 }\n  \
                            - { by: ben, role: cto, on: 2026-02-20 }\n---\nAccess";
                files.insert(POLICY.to_owned(), text.replace("---\nAccess", rows).into_bytes());
            },
            ..Attempt::new("only writes that it was approved", "quorum-not-met", "")
        },
        Attempt {
            people: people("ben, key: the key of ben", "ben, key: the key of mallory"),
            change: |files| remove(files, "content/records/ring/"),
            is_kept: false,
            ..Attempt::new(
                "takes the ring away",
                "approval-invalid",
                "ben 2026-02-20T10:05:00Z approve POL-AC role=cto key=mallory ring=none\n",
            )
        },
        Attempt {
            change: |files| {
                let text = files.remove(POLICY).unwrap();
                files.insert("content/narratives/access.md".to_owned(), text);
            },
            ..Attempt::new(
                "moves the text to a folder without a rule",
                "approval-invalid",
                "ada 2026-02-20T10:00:00Z approve POL-AC role=ciso\n",
            )
        },
    ]
}

#[test]
fn each_attempt_is_named_and_none_succeeds() {
    let honest = Attempt { text: second(), ..Attempt::new("nothing", "", "") };
    let honest = pipeline::judge(&honest.inputs());
    let approved = in_force(&honest);
    assert_eq!(approved, Some(text_of_file(&honest)), "what both approved is in force");
    assert!(!honest.has_errors(), "{:#?}", honest.diagnostics);
    let mut faults = Vec::new();
    for attempt in attempts() {
        let name = attempt.name;
        let checked = pipeline::judge(&attempt.inputs());
        if !checked.diagnostics.iter().any(|it| it.rule.name == attempt.rule) {
            let named: Vec<&str> = checked.diagnostics.iter().map(|it| it.rule.name).collect();
            faults.push(format!("{name}: not {} but {named:?}", attempt.rule));
        }
        let now = in_force(&checked);
        if attempt.is_kept && now != approved {
            faults.push(format!("{name}: another text is in force: {now:?}"));
        }
        let is_theirs = attempt.text == evil()
            && checked.corpus.document_by_id("POL-AC").is_some()
            && now == Some(text_of_file(&checked));
        if is_theirs {
            faults.push(format!("{name}: their text is in force"));
        }
    }
    assert_eq!(faults, [""; 0]);
}

/// A byte of a statement, a signature or a ring that is another one is found, wherever it stands.
#[test]
fn no_byte_of_a_record_can_be_changed() {
    let honest = Attempt { text: second(), ..Attempt::new("nothing", "", "") }.inputs();
    let checked = pipeline::judge(&honest);
    let records = checked.assessment.records.subject("POL-AC").unwrap();
    let known: Vec<Option<Digest>> =
        records.approved.iter().map(|it| it.digest).chain([None]).collect();
    assert_eq!(known.len(), 3, "two texts were approved");
    let files = honest.snapshot.iter();
    let files: Files =
        files.map(|(path, file)| (path.to_string(), file.bytes().to_vec())).collect();
    let records = files.iter().filter(|(path, _)| path.starts_with("content/records/"));
    let mut random = Random(34);
    let mut count = 0;
    for (path, bytes) in records {
        for _ in 0..12 {
            let mut changed = bytes.clone();
            let at = random.below(bytes.len());
            changed[at] ^= 1 << random.below(7);
            let mut files = files.clone();
            files.insert(path.clone(), changed);
            let inputs = Inputs::of(Snapshot::from_files(files), honest.layout);
            let checked = pipeline::judge(&Inputs { today: honest.today, ..inputs });
            assert!(checked.has_errors(), "byte {at} of {path}");
            let now = in_force(&checked);
            assert!(known.contains(&now), "byte {at} of {path}: {now:?}");
            count += 1;
        }
    }
    assert!(count >= 100, "only {count}");
}
