//! Digest v1 is what docs/digest-v1.md says: its vectors hold, and an implementation in Python
//! that knows that page and nothing of this program finds the same digests, for the vectors and
//! for every governed document and every item of `content/`.
#![expect(clippy::disallowed_methods, reason = "another program reads the files")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use avouch::model::corpus::Corpus;
use avouch::model::item::Item;
use avouch::model::link::Target;
use avouch::pipeline::{Checked, Inputs, judge};
use avouch::workspace::{Layout, Snapshot, home, read};

const PAGE: &str = include_str!("../../docs/digest-v1.md");
const PICTURE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
const SETTINGS: &str = "workspace: 00000000000000000000000000000000\n\
                        organisation: { name: Vector }\n\
                        facts:\n  session_timeout: { value: 12, unit: hours }\n";

#[test]
fn the_vectors_of_the_page_hold() {
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("flow.svg");
    fs::write(&picture, PICTURE).unwrap();
    let used =
        ["--variable", "facts.session_timeout", "12 hours", "--file", "content/assets/flow.svg"];
    let (texts, forms, digests) =
        (blocks("markdown vector"), blocks("text form"), blocks("text digest"));
    assert_eq!((texts.len(), forms.len(), digests.len()), (2, 2, 2));
    for (number, text) in texts.iter().enumerate() {
        let snapshot = Snapshot::from_files([
            ("content/workspace.yaml", SETTINGS.as_bytes().to_vec()),
            ("content/assets/flow.svg", PICTURE.as_bytes().to_vec()),
            ("content/policies/vector.md", text.clone().into_bytes()),
        ]);
        let checked = judge(&inputs(snapshot));
        assert_eq!(checked.assessment.documents[0].digest.to_string(), digests[number].trim());

        let file = folder.path().join("vector.md");
        fs::write(&file, text).unwrap();
        let mut arguments = vec![file.to_str().unwrap()];
        if number == 1 {
            arguments.extend(used);
            arguments.push(picture.to_str().unwrap());
        }
        assert_eq!(python(&arguments), digests[number].trim());
        arguments.push("--form");
        assert_eq!(python(&arguments), forms[number].replace('\n', ""));
    }
}

#[test]
fn python_finds_the_same_digest_of_every_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (snapshot, _) = read::read(root, home::layout(root)).unwrap();
    let Checked { corpus, assessment, .. } = judge(&inputs(snapshot));
    let governed =
        corpus.documents.iter().enumerate().filter(|(_, document)| document.kind.is_governed());
    let mut count = 0;
    for (index, document) in governed {
        let mut arguments = vec![root.join(&*document.path).to_str().unwrap().to_owned()];
        arguments.extend(variables(&corpus, index));
        arguments.extend(files(&corpus, index, root));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert_eq!(
            python(&arguments),
            assessment.documents[index].digest.to_string(),
            "{}",
            document.path
        );
        count += 1;
    }
    assert!(count >= 14, "only {count} documents");
}

#[test]
fn the_vectors_of_items_hold() {
    let folder = tempfile::tempdir().unwrap();
    let control = blocks("yaml control vector").remove(0);
    let exclusion = blocks("yaml exclusion vector").remove(0);
    let document = blocks("markdown mapping vector").remove(0);
    let settings = format!("{SETTINGS}frameworks: [soc2]\n{exclusion}");
    let checked = judge(&inputs(Snapshot::from_files([
        ("content/workspace.yaml", settings.as_bytes()),
        ("content/controls/access.yaml", control.as_bytes()),
        ("content/policies/access.md", document.as_bytes()),
    ])));
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for (name, text) in
        [("access.yaml", &control), ("access.md", &document), ("settings.yaml", &settings)]
    {
        fs::write(path(name), text).unwrap();
    }
    let (files, value) = (["access.yaml", "access.md"].map(path), "12 hours");
    let variable = ["--variable", "facts.session_timeout", value];
    let (forms, digests) = (blocks("text item form"), blocks("text item digest"));
    let vectors: [(&str, Vec<&str>); 3] = [
        ("AC-01", vec!["--entries", "control", &files[0]]),
        ("exclusion:soc2:CC6.4", vec!["--entries", "exclusion", "SETTINGS"]),
        ("mapping:soc2", vec!["--mapping", "soc2", &files[0], &files[1]]),
    ];
    assert_eq!((forms.len(), digests.len()), (3, 3));
    for (number, (id, arguments)) in vectors.into_iter().enumerate() {
        let item = checked.corpus.item(id).unwrap();
        assert_eq!(checked.corpus.item_digest(item).to_string(), digests[number].trim(), "{id}");
        let settings = path("settings.yaml");
        let arguments =
            arguments.into_iter().map(|it| if it == "SETTINGS" { &settings } else { it });
        let mut arguments: Vec<&str> = arguments.chain(variable).collect();
        let last = |printed: String, id: &str| printed.trim_start_matches(id).trim().to_owned();
        assert_eq!(last(python(&arguments), id), digests[number].trim(), "{id}");
        arguments.push("--form");
        assert_eq!(last(python(&arguments), id), forms[number].replace('\n', ""), "{id}");
    }
}

#[test]
fn python_finds_the_same_digest_of_every_item() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (snapshot, _) = read::read(root, home::layout(root)).unwrap();
    let Checked { corpus, .. } = judge(&inputs(snapshot));
    let facts = corpus.settings.facts.iter();
    let values: Vec<String> = facts
        .flat_map(|fact| ["--variable".to_owned(), fact.path.clone(), fact.text.clone()])
        .collect();
    let mut files: BTreeMap<(String, String), BTreeMap<String, String>> = BTreeMap::new();
    let mut mappings = Vec::new();
    for item in corpus.items() {
        let facts = corpus.item_facts(item);
        let digest = corpus.item_digest(item).to_string();
        if let Item::Mapping(number) = item {
            mappings.push((corpus.frameworks[number as usize].id.clone(), digest));
            continue;
        }
        let path = root.join(&*facts.place.path).to_str().unwrap().to_owned();
        files.entry((facts.kind.into_owned(), path)).or_default().insert(facts.id, digest);
    }
    let run = |arguments: &[&str]| {
        python(
            &arguments.iter().copied().chain(values.iter().map(String::as_str)).collect::<Vec<_>>(),
        )
    };
    let mut count = 0;
    for ((kind, path), expected) in &files {
        let printed = run(&["--entries", kind, path]);
        let found = printed.lines().map(|line| line.split_once(' ').unwrap());
        let found = found.map(|(id, digest)| (id.to_owned(), digest.to_owned()));
        assert_eq!(found.collect::<BTreeMap<_, _>>(), *expected, "{path}");
        count += expected.len();
    }
    assert!(count >= 100, "only {count} entries");
    let documents = corpus.documents.iter().map(|it| it.path.to_string());
    let sources: BTreeSet<String> =
        documents.chain(corpus.controls.iter().map(|it| it.place.path.to_string())).collect();
    let sources: Vec<String> =
        sources.iter().map(|it| root.join(it).to_str().unwrap().to_owned()).collect();
    assert!(mappings.len() >= 3, "only {} mappings", mappings.len());
    for (framework, expected) in &mappings {
        let mut arguments = vec!["--mapping", framework.as_str()];
        arguments.extend(sources.iter().map(String::as_str));
        assert_eq!(run(&arguments), *expected, "{framework}");
    }
}

/// Returns the arguments that name the variables of a document.
fn variables(corpus: &Corpus, index: usize) -> Vec<String> {
    let used = corpus.documents[index].outline.variables.iter().map(|used| &used.name.path);
    used.flat_map(|name| match corpus.fact(name) {
        Some(fact) => vec!["--variable".to_owned(), name.clone(), fact.text.clone()],
        None => vec!["--undefined".to_owned(), name.clone()],
    })
    .collect()
}

/// Returns the arguments that name the images of a document.
fn files(corpus: &Corpus, index: usize, root: &Path) -> Vec<String> {
    let assets = corpus.links[index].iter().filter_map(|link| match &link.target {
        Target::Asset(path) => Some(path),
        _ => None,
    });
    assets
        .flat_map(|path| {
            ["--file".to_owned(), path.clone(), root.join(path).to_str().unwrap().to_owned()]
        })
        .collect()
}

fn inputs(snapshot: Snapshot) -> Inputs {
    Inputs::of(snapshot, Layout::Workspace)
}

/// Returns the texts of the page's fenced blocks that open with these words.
fn blocks(words: &str) -> Vec<String> {
    let opening = format!("\n```{words}\n");
    let blocks = PAGE.split(&opening).skip(1);
    blocks.map(|rest| rest.split_once("```\n").unwrap().0.to_owned()).collect()
}

/// Runs the Python implementation with the first Python that has a reader of YAML.
fn python(arguments: &[&str]) -> String {
    let has_yaml = |python: &&str| {
        let tried = Command::new(python).args(["-c", "import yaml"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    let python = ["/usr/bin/python3", "python3"].into_iter().find(has_yaml);
    let python = python.unwrap_or_else(|| {
        panic!("no Python with PyYAML: run scripts/test.sh, or install python3-yaml")
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/digest.py");
    let output = Command::new(python).arg(script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end_matches('\n').to_owned()
}
