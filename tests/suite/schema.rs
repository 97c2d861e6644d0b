//! The JSON Schemas are valid, accept what `avouch check` accepts, and refuse what it refuses.

#![expect(clippy::disallowed_methods, reason = "this test reads workspaces of the disk")]

use std::path::Path;
use std::process::Command;

use avouch::parse::yaml::{self, Node, NodeKind};
use avouch::parse::{self, description::FileDescription};
use avouch::workspace::{Layout, read};
use avouch::{pipeline, schema};
use jsonschema::Validator;
use serde_json::{Map, Value};

fn files() -> Vec<FileDescription> {
    parse::descriptions(&pipeline::rules())
}

fn validator(file: &FileDescription) -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema::json(file)).unwrap()
}

/// Returns a value as editors see it: plain words and digits have the types of YAML 1.2.
fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar { text, plain: true } => match text.as_str() {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            text => match serde_json::from_str(text) {
                Ok(number @ Value::Number(_)) => number,
                _ => Value::String(text.to_owned()),
            },
        },
        NodeKind::Scalar { text, plain: false } => Value::String(text.clone()),
        NodeKind::List(items) => items.iter().map(value).collect(),
        NodeKind::Map(entries) => {
            entries.iter().map(|it| (it.key.value.clone(), value(&it.value))).collect()
        }
    }
}

fn value_of(text: &str) -> Value {
    let (node, faults) = yaml::read(text).unwrap();
    assert_eq!(faults, [], "{text}");
    if node.kind == NodeKind::Null { Value::Object(Map::new()) } else { value(&node) }
}

/// Returns what the schemas say of all files of a workspace, and how many files they are for.
fn faults(root: &Path) -> (Vec<String>, usize) {
    let (snapshot, _) = read::read(root, Layout::Workspace).unwrap();
    let files = files();
    let of_kind = |name: &str| files.iter().find(|file| file.name == name);
    let (mut found, mut count) = (Vec::new(), 0);
    for (path, file) in snapshot.under("content") {
        let folder = path.split('/').nth(1).unwrap();
        let described = match (path.ends_with(".md"), folder) {
            (true, "policies" | "procedures" | "narratives") => of_kind("frontmatter"),
            (true, "trust") => of_kind("page"),
            (true, _) => None,
            (false, _) => files.iter().find(|file| file.is_of(path)),
        };
        let Some(described) = described else { continue };
        let text = file.text().unwrap();
        let head = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
        let value = value_of(head.map_or(text, |(head, _)| head));
        for fault in validator(described).iter_errors(&value) {
            found.push(format!("{path}: {}: {fault}", fault.instance_path()));
        }
        count += 1;
    }
    (found, count)
}

#[test]
fn every_schema_is_valid() {
    for file in files() {
        assert!(jsonschema::meta::is_valid(&schema::json(&file)), "{}", file.name);
    }
}

#[test]
fn the_demonstration_fits_its_schemas() {
    let (faults, count) = faults(Path::new(env!("CARGO_MANIFEST_DIR")));
    assert_eq!(faults, [""; 0]);
    assert!(count > 40, "{count}");
}

#[test]
fn a_starter_fits_its_schemas_and_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_avouch"));
    let made = program.args(["new", "acme", "--quiet"]).current_dir(folder.path()).status();
    assert!(made.unwrap().success());
    let root = folder.path().join("acme");
    let (faults, count) = faults(&root);
    assert_eq!(faults, [""; 0]);
    assert!(count > 30, "{count}");

    let (snapshot, _) = read::read(&root, Layout::Workspace).unwrap();
    for (path, file) in snapshot.under("content").filter(|(path, _)| path.ends_with(".yaml")) {
        let first = file.text().unwrap().lines().next().unwrap();
        let schema = first.strip_prefix("# yaml-language-server: $schema=");
        let schema = schema.unwrap_or_else(|| panic!("{path} names no schema"));
        let folder = root.join(&**path).parent().unwrap().to_owned();
        let text = std::fs::read_to_string(folder.join(schema)).unwrap();
        let title = serde_json::from_str::<Value>(&text).unwrap()["title"].clone();
        let described = files().into_iter().find(|file| file.is_of(path)).unwrap();
        assert_eq!(title, described.place.as_str(), "{path}");
    }
    let settings = std::fs::read_to_string(root.join(".vscode/settings.json")).unwrap();
    let settings: Value = serde_json::from_str(&settings).unwrap();
    for schema in settings["yaml.schemas"].as_object().unwrap().keys() {
        assert!(root.join(schema).exists(), "{schema}");
    }
}

/// Files with a mistake each, and the place of it. The first of a kind has none.
const MISTAKES: &[(&str, &[(&str, &str)])] = &[
    (
        "frontmatter",
        &[
            ("{ id: P, title: T, version: 1.0, owner: o, classification: internal }", ""),
            (
                "{ doc_id: P, Title: T, version: 1.0, owner: o, classification: internal }",
                "unknown",
            ),
            (
                "{ title: T, version: 1.0, owner: o, classification: internal }",
                "missing, with other names",
            ),
            ("{ doc_id: P, name: T, ver: 1.0, responsible: o, confidentiality: internal }", ""),
            ("{ id: P, title: T, version: 1.0, owner: o, classification: secret }", "word"),
            ("{ id: P!, title: T, version: 1.0, owner: o, classification: internal }", "id"),
            (
                "{ id: P, title: [T], version: 1.0, owner: o, classification: internal }",
                "list for text",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, review_cycle: often }",
                "interval",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, review_cycle: quarterly }",
                "",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, retired_on: 02/01/2026 }",
                "date",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, retired_on: 2026-02-30 }",
                "no day",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, retired_on: 1 February 2026 }",
                "",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, requires_nda: perhaps }",
                "flag",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, order: first }",
                "number",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, next_review: 2026-02-01 }",
                "refused",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, addresses: { soc2: { CC6.1: x } } }",
                "mapping for texts",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, addresses: { soc2: CC6.1 } }",
                "",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, approvals: [ { by: m, on: 2026-02-01 } ] }",
                "missing role",
            ),
            (
                "{ id: P, title: T, version: 1.0, owner: o, classification: internal, reviews: [ { by: m, on: 2026-02-01, digest: abc } ] }",
                "digest",
            ),
        ],
    ),
    ("page", &[("{ id: P, title: T }", ""), ("{ id: P }", "missing title")]),
    (
        "workspace",
        &[
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, facts: { a: 1, b: { value: 2, unit: h }, c: { d: { e: x } } } }",
                "",
            ),
            ("{ workspace: mine, organisation: { name: A } }", "pattern"),
            ("{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11 }", "missing mapping"),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A, url: a.example } }",
                "address",
            ),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, facts: { a: { value: 1, unti: h } } }",
                "key of a fact",
            ),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, facts: { a: [1] } }",
                "list for a fact",
            ),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, rules: { review-overdu: off } }",
                "unknown rule",
            ),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, rules: { review-overdue: off } }",
                "",
            ),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, rules: { withheld-text-in-public: off } }",
                "fixed rule",
            ),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, engagements: [ { id: E, framework: f, type: 3 } ] }",
                "word that is a number",
            ),
            (
                "{ workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11, organisation: { name: A }, engagements: [ { id: E, framework: f, type: 2 } ] }",
                "",
            ),
        ],
    ),
    (
        "controls",
        &[
            (
                "{ controls: [ { id: C, title: T, statement: S, meets: { soc2: { CC6.1: why, CC6.2: { reason: why, partly: true } } } } ] }",
                "",
            ),
            (
                "{ controls: [ { id: C, title: T, statement: S, meets: { soc2: [CC6.1] } } ] }",
                "no reason",
            ),
            (
                "{ controls: [ { id: C, title: T, statement: S, meets: { soc2: { CC6.1: { partly: true } } } } ] }",
                "no reason in a mapping",
            ),
            ("{ controls: { id: C, title: T, statement: S } }", "mapping for a list"),
        ],
    ),
    (
        "risks",
        &[
            ("{ risks: [ { id: R, title: T, impact: 5, status: open } ] }", ""),
            ("{ risks: [ { id: R, title: T, impact: 6 } ] }", "out of bounds"),
            ("{ risks: [ { id: R, title: T, status: lost } ] }", "word"),
        ],
    ),
];

#[test]
fn mistakes_are_refused_by_the_schemas_and_by_check() {
    for (name, texts) in MISTAKES {
        let file = files().into_iter().find(|file| file.name == *name).unwrap();
        let validator = validator(&file);
        for (text, mistake) in *texts {
            let is_good = validator.is_valid(&value_of(text));
            assert_eq!(is_good, mistake.is_empty(), "{name}, {mistake}: {text}");
            // The reader does not mind the spelling of a key; the schema says so of itself.
            if *mistake != "unknown" {
                assert_eq!(is_read(&file, text), mistake.is_empty(), "{name}, {mistake}: {text}");
            }
        }
    }
}

/// Returns whether the readers have nothing to say against a file.
fn is_read(file: &FileDescription, text: &str) -> bool {
    let (path, text) = match file.name {
        "frontmatter" => ("content/policies/a.md".to_owned(), format!("---\n{text}\n---\nText.\n")),
        "page" => ("content/trust/pages/a.md".to_owned(), format!("---\n{text}\n---\nText.\n")),
        _ => (file.place.replace("**/*", "own"), format!("{text}\n")),
    };
    let snapshot = avouch::workspace::Snapshot::from_files([(path, text.into_bytes())]);
    let rules = pipeline::rules();
    let options = parse::Options { layout: Layout::Workspace, rules: &rules, names: &[] };
    let (parsed, _) = parse::parse(&snapshot, options, &avouch::memo::Memo::default());
    parsed.diagnostics.is_empty()
}
