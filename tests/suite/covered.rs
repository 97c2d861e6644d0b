//! What an approval covers: a change of anything that the digest covers takes the text of the file out
//! of what is approved, and a change of anything else leaves it.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use avouch::parse::description::{Described, Shape};
use avouch::pipeline::{self, Checked};
use avouch::signature::canonical::NOT_COVERED;

use crate::case::Case;

const HEAD: &str = "\
id: POL-AC
title: Access
version: \"1.0\"
owner: ciso
classification: internal
effective_date: 2026-02-01
";
const BODY: &str = "Back in {{ facts.rto }}: ![flow](../assets/flow.svg).\n";
const FACTS: &str = "facts: { rto: 4 hours, other: 5 hours }\n";
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
const PEOPLE: &str = "\
people:
  - { id: ada, name: Ada Byrne }
roles:
  - { id: ciso, title: Head of Security, holders: [{ person: ada }] }
keys:
  - { person: ada, key: the key of ada }
";

/// What stands in files after the approval.
struct After {
    head: String,
    body: String,
    facts: String,
    picture: String,
}

impl Default for After {
    /// What was approved.
    fn default() -> Self {
        Self {
            head: HEAD.to_owned(),
            body: BODY.to_owned(),
            facts: FACTS.to_owned(),
            picture: PICTURE.to_owned(),
        }
    }
}

impl After {
    fn judge(&self) -> Checked {
        let Self { head, body, facts, picture } = self;
        let settings = include_str!("../cases/default/workspace.yaml");
        let case = format!(
            "What was approved may change.\n-- sign --\nring 2026-01-05T09:00:00Z ada of=then\n\
             ada 2026-01-20T10:00:00Z approve POL-AC role=ciso of=then\n\
             -- content/people.yaml --\n{PEOPLE}\
             -- content/policies/access.md (then) --\n---\n{HEAD}---\n{BODY}\
             -- content/workspace.yaml (then) --\n{settings}{FACTS}\
             -- content/assets/flow.svg (then) --\n{PICTURE}\
             -- content/policies/access.md --\n---\n{head}---\n{body}\
             -- content/workspace.yaml --\n{settings}{facts}\
             -- content/assets/flow.svg --\n{picture}"
        );
        pipeline::judge(&Case::parse(&case).inputs())
    }

    /// Returns whether the text of the file is the one that was approved.
    fn is_approved(&self) -> bool {
        let checked = self.judge();
        let standing = &checked.assessment.documents[0];
        let approved = &checked.assessment.records.subject("POL-AC").unwrap().approved;
        assert_eq!(approved.len(), 1, "the approval of then stands, whatever stands in the file");
        let is_approved = approved[0].digest == Some(checked.assessment.texts[0]);
        let is_named = checked.diagnostics.iter().any(|it| it.rule.name == "approval-outdated");
        if checked.corpus.document_by_id("POL-AC").is_some() {
            assert_eq!(standing.in_force.as_ref(), Some(&approved[0]), "it stays in force");
            assert_eq!(is_named, !is_approved, "a change is named");
        }
        is_approved
    }
}

/// Returns what a key may hold, as YAML.
pub(crate) fn value(shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::Id => "POL-ZZ".to_owned(),
        Shape::Texts => "[POL-ZZ]".to_owned(),
        Shape::Pattern(..) => format!("\"sha256:{}\"", "0".repeat(64)),
        Shape::Date => "2026-02-02".to_owned(),
        Shape::Cadence => "7 months".to_owned(),
        Shape::Number(least, _) => least.to_string(),
        Shape::Flag => "true".to_owned(),
        Shape::Words(words) | Shape::SomeWords(words) => (*words.last().unwrap()).to_owned(),
        Shape::List(mapping) | Shape::Mapping(mapping) => {
            let keys = mapping.keys.iter().filter(|it| it.is_required);
            let entries = keys.map(|it| format!("{}: {}", it.key.name, value(&it.shape)));
            let entries = entries.collect::<Vec<_>>().join(", ");
            match shape {
                Shape::List(_) => format!("[{{ {entries} }}]"),
                _ => format!("{{ {entries} }}"),
            }
        }
        Shape::Free(inside) | Shape::Tree(inside) => format!("{{ own: {} }}", value(inside)),
        Shape::Either(both) => value(&both.1),
    }
}

/// Returns the front matter with another value of a key, or with the key.
fn with(Described { key, shape, .. }: &Described) -> String {
    let begin = format!("{}: ", key.name);
    let kept: String = HEAD.split_inclusive('\n').filter(|it| !it.starts_with(&begin)).collect();
    format!("{kept}{}: {}\n", key.name, value(shape))
}

#[test]
fn every_key_of_front_matter_is_covered_but_the_closed_list() {
    let files = avouch::parse::descriptions(&pipeline::rules());
    let root = &files.iter().find(|it| it.name == "frontmatter").unwrap().root;
    let keys: Vec<&Described> = root.keys.iter().collect();
    assert!(keys.len() > 20, "only {} keys", keys.len());
    for described in keys {
        let name = described.key.name;
        let is_covered = !NOT_COVERED.contains(&name.replace('_', "").as_str());
        let after = After { head: with(described), ..After::default() };
        assert_ne!(after.is_approved(), is_covered, "{name}: {}", after.head);
    }
}

#[test]
fn body_variables_and_pictures_are_covered() {
    assert!(After::default().is_approved());
    for at in 0..BODY.len() {
        let mut body = BODY.to_owned();
        body.insert(at, 'x');
        assert!(!After { body, ..After::default() }.is_approved(), "{at}");
    }
    let facts = FACTS.replace("4 hours", "5 hours");
    assert!(!After { facts, ..After::default() }.is_approved());
    let picture = PICTURE.replace("/>", "> </svg>");
    assert!(!After { picture, ..After::default() }.is_approved());
    let head = format!("{HEAD}unknown: x\n");
    assert!(!After { head, ..After::default() }.is_approved(), "a key that nobody knows");
}

#[test]
fn what_is_not_covered_may_change() {
    let texts = [
        After { facts: FACTS.replace("5 hours", "6 hours"), ..After::default() },
        After { head: HEAD.replace("\"1.0\"", "'1.0'"), ..After::default() },
        After {
            head: HEAD.replace("title: Access", "title:   Access # the short one"),
            ..After::default()
        },
        After {
            head: HEAD.lines().rev().fold(String::new(), |all, it| all + it + "\n"),
            ..After::default()
        },
        After { body: BODY.replace('\n', "\r\n"), ..After::default() },
    ];
    for (number, after) in texts.iter().enumerate() {
        assert!(after.is_approved(), "{number}");
    }
}
