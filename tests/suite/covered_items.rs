//! What an approval of a control, a record of a register or an exclusion covers: every key but a closed
//! list, byte for byte.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use avouch::model::item::ItemState;
use avouch::model::register::REGISTERS;
use avouch::parse::description::{Described, FileDescription, Shape};
use avouch::pipeline::{self, Checked};
use avouch::signature::canonical::not_covered;

use crate::case::Case;
use crate::covered::value;

const PEOPLE: &str = "\
people:
  - { id: ada, name: Ada Byrne }
roles:
  - { id: ciso, title: Head of Security, holders: [{ person: ada }] }
keys:
  - { person: ada, key: the key of ada }
";
const SETTINGS: &str = include_str!("../cases/default/workspace.yaml");

/// Signs an item as a file has it, and judges it as another text of the file has it.
fn judge(path: &str, id: &str, (then, now): (&str, &str)) -> Checked {
    let case = format!(
        "What was approved may change.\n-- sign --\nring 2026-01-05T09:00:00Z ada of=then\n\
         ada 2026-01-20T10:00:00Z approve {id} role=ciso of=then\n\
         -- content/people.yaml --\n{PEOPLE}-- {path} (then) --\n{then}\n-- {path} --\n{now}\n"
    );
    pipeline::judge(&Case::parse(&case).inputs())
}

fn is_approved(checked: &Checked, id: &str) -> bool {
    let standing = checked.assessment.items.get(&id.to_ascii_lowercase());
    standing.is_some_and(|it| it.state() == ItemState::Approved)
}

/// A kind of entry, with the words of one that has what it must have.
struct Kind<'d> {
    word: String,
    path: String,
    list: &'static str,
    id: &'static str,
    /// Lines before the list.
    head: &'static str,
    keys: &'d [Described],
}

impl Kind<'_> {
    /// Writes a file with one entry, in which a key has a value of its own.
    fn file(&self, other: Option<(&Described, String)>) -> String {
        let changed = other.as_ref().map(|(key, _)| key.key.name);
        let required = self.keys.iter().filter(|it| it.is_required && Some(it.key.name) != changed);
        let words = |it: &Described| match it.key.name {
            "id" => "X-01".to_owned(),
            "framework" => "own".to_owned(),
            "requirement" => "A.1".to_owned(),
            _ => format!("The {}", it.key.name),
        };
        let mut lines: Vec<String> =
            required.map(|it| format!("{}: {}", it.key.name, words(it))).collect();
        lines.extend(other.map(|(key, value)| format!("{}: {value}", key.key.name)));
        format!("{}{}:\n  - {}", self.head, self.list, lines.join("\n    "))
    }
}

fn list<'d>(files: &'d [FileDescription], file: &str, key: &str) -> &'d [Described] {
    let keys = &files.iter().find(|it| it.name == file).unwrap().root.keys;
    match &keys.iter().find(|it| it.key.name == key).unwrap().shape {
        Shape::List(mapping) => &mapping.keys,
        other => unreachable!("{key} is a list, not {other:?}"),
    }
}

#[test]
fn every_key_of_an_entry_is_covered_but_the_closed_lists() {
    let files = avouch::parse::descriptions(&pipeline::rules());
    let mut kinds: Vec<Kind<'_>> = REGISTERS
        .iter()
        .map(|schema| Kind {
            word: schema.kind(),
            path: format!("content/registers/{}.yaml", schema.name),
            list: schema.name,
            id: "X-01",
            head: "",
            keys: list(&files, schema.name, schema.name),
        })
        .collect();
    kinds.push(Kind {
        word: "control".to_owned(),
        path: "content/controls/access.yaml".to_owned(),
        list: "controls",
        id: "X-01",
        head: "",
        keys: list(&files, "controls", "controls"),
    });
    kinds.push(Kind {
        word: "exclusion".to_owned(),
        path: "content/workspace.yaml".to_owned(),
        list: "exclusions",
        id: "exclusion:own:A.1",
        head: SETTINGS,
        keys: list(&files, "workspace", "exclusions"),
    });
    let mut count = 0;
    for kind in &kinds {
        let then = kind.file(None);
        assert!(is_approved(&judge(&kind.path, kind.id, (&then, &then)), kind.id), "{then}");
        for key in kind.keys {
            let name = key.key.name;
            if matches!(name, "id" | "framework" | "requirement") && key.is_required {
                continue; // another id is another item
            }
            let now = kind.file(Some((key, value(&key.shape))));
            let is_covered = !not_covered(&kind.word).contains(&name.replace('_', "").as_str());
            let checked = judge(&kind.path, kind.id, (&then, &now));
            assert_ne!(is_approved(&checked, kind.id), is_covered, "{now}");
            let is_named = checked.diagnostics.iter().any(|it| it.rule.name == "approval-outdated");
            assert_eq!(is_named, is_covered, "a change is named: {now}");
            count += 1;
        }
        let unknown = format!("{then}\n    unknown: x");
        let checked = judge(&kind.path, kind.id, (&then, &unknown));
        assert!(!is_approved(&checked, kind.id), "a key that nobody knows: {unknown}");
    }
    assert!(count > 80, "only {count} keys");
}

/// Whoever may push changes one byte of an exception that was approved: it is no longer approved, or it
/// says the same as before.
#[test]
fn no_byte_of_an_approved_exception_can_be_changed() {
    const PATH: &str = "content/registers/policy-exceptions.yaml";
    const THEN: &str = "\
policy-exceptions:
  - id: EXC-01
    title: Portal
    reason: None offered.
    granted_by: ada
    granted_on: 2026-01-10
    expires_on: 2026-12-04
    status: active
";
    let honest = judge(PATH, "EXC-01", (THEN, THEN));
    assert!(is_approved(&honest, "EXC-01"));
    let entry = |checked: &Checked| {
        let item = checked.corpus.item("EXC-01")?;
        Some(checked.corpus.item_form(item))
    };
    // A key that stands twice hides nothing: what is approved is what is read.
    for second in ["expires-on: 2027-12-04", "expires_on: 2027-12-04"] {
        for beside in ["title: Portal", "expires_on: 2026-12-04"] {
            let now = THEN.replace(beside, &format!("{beside}\n    {second}"));
            let checked = judge(PATH, "EXC-01", (THEN, &now));
            let last = checked.corpus.record("EXC-01").unwrap().date("expires_on").unwrap();
            let is_read = last.to_string() == "2026-12-04" && second.contains('_');
            assert_eq!(is_approved(&checked, "EXC-01"), is_read, "{now}");
            assert!(checked.has_errors(), "{now}");
        }
    }
    let date = THEN.find("2026-12-04").unwrap();
    let mut same = 0;
    for at in 0..THEN.len() {
        let mut bytes = THEN.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'1' { b'2' } else { b'1' };
        let now = String::from_utf8(bytes).unwrap();
        let checked = judge(PATH, "EXC-01", (THEN, &now));
        if is_approved(&checked, "EXC-01") {
            assert_eq!(entry(&checked), entry(&honest), "byte {at}: {now}");
            assert!(!(date..date + 10).contains(&at), "byte {at} of the last day");
            same += 1;
        }
    }
    assert!(same < 10, "{same} bytes of {} change nothing", THEN.len());
}
