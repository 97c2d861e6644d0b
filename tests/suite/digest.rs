//! Digest v1 is what docs/digest-v1.md says: its vectors hold, and an implementation in Python
//! that knows that page and nothing of this program finds the same digests, for the vectors and
//! for every governed document of `content/`.
#![expect(clippy::disallowed_methods, reason = "another program reads the files")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::Command;

use avouch::model::corpus::Corpus;
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
