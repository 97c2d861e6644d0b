//! The workspace of this repository is our best example, so it says exactly what we expect.

#![expect(clippy::disallowed_methods, reason = "this test reads and rewrites what it expects")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use avouch::diagnostic::Level;
use avouch::memo::Memo;
use avouch::parse;
use avouch::pipeline::{self, Inputs};
use avouch::span::FilePath;
use avouch::workspace::{Layout, Snapshot, read};

use crate::editions::Stages;

/// Reads the workspace of this repository and takes it through all checks.
fn checked() -> (pipeline::Checked, Snapshot) {
    let (snapshot, faults) =
        read::read(Path::new(env!("CARGO_MANIFEST_DIR")), Layout::Workspace).unwrap();
    let now = "2026-11-16T12:00:00Z".parse().unwrap();
    let inputs = Inputs { faults, now, ..Inputs::of(snapshot, Layout::Workspace) };
    (pipeline::check(&inputs, &Memo::default()).unwrap().0, inputs.snapshot)
}

#[test]
fn the_demonstration_says_what_we_expect() {
    let (checked, _) = checked();
    let errors: Vec<&str> = checked
        .diagnostics
        .iter()
        .filter(|it| it.is_error())
        .map(|it| it.message.as_str())
        .collect();
    assert_eq!(errors, [""; 0]);

    // Notes are many and alike, so they are counted; lines are left out, since they churn.
    let mut notes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut found = String::new();
    for diagnostic in &checked.diagnostics {
        if diagnostic.level == Level::Note {
            *notes.entry(diagnostic.rule.name).or_default() += 1;
        } else {
            let place = &diagnostic.place.path;
            found += &format!(
                "{}[{}] {place}: {}\n",
                diagnostic.level, diagnostic.rule.name, diagnostic.message
            );
        }
    }
    for (rule, count) in notes {
        found += &format!("note[{rule}] {count} times\n");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expected/own_content.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &found).unwrap();
    }
    assert_eq!(
        found,
        fs::read_to_string(&path).unwrap(),
        "run again with UPDATE=1 and read the difference"
    );
}

#[test]
fn both_editions_of_the_demonstration_render() {
    let (checked, snapshot) = checked();
    let stages = Stages::checked(snapshot, checked);
    let (trust, handbook) = (stages.trust(false), stages.handbook(false));
    for address in
        ["index.html", "404.html", "policies/incident-response.html", "robots.txt", "_headers"]
    {
        assert!(trust.contains_key(address), "{address}: {:?}", trust.keys());
    }
    for address in [
        "index.html",
        "404.html",
        "policies/access-control.html",
        "frameworks/soc2/index.html",
        "calendar.ics",
    ] {
        assert!(handbook.contains_key(address), "{address}: {:?}", handbook.keys());
    }
    let empty = |(address, output): (&String, &crate::editions::Output)| {
        output.bytes.is_empty().then(|| address.clone())
    };
    assert_eq!(trust.iter().chain(&handbook).filter_map(empty).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(stages.leaks(), []);
}

#[test]
fn built_in_frameworks_are_complete() {
    let (checked, _) = checked();
    let counts: Vec<(String, usize)> = checked
        .corpus
        .frameworks
        .iter()
        .map(|it| (it.id.clone(), it.groups.iter().map(|group| group.requirements.len()).sum()))
        .collect();
    let expected =
        [("soc2", 61), ("iso27001", 123), ("nist-csf", 106), ("hipaa", 69), ("gdpr", 54)];
    assert_eq!(counts, expected.map(|(id, count)| (id.to_owned(), count)));

    // A built-in file is read like one of the user's, so that its faults are reported.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("frameworks");
    let files: Vec<(FilePath, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|it| {
            (
                format!("content/frameworks/{}", it.file_name().display()).into(),
                fs::read(it.path()).unwrap(),
            )
        })
        .collect();
    assert_eq!(files.len(), expected.len());
    let options = parse::Options { layout: Layout::Workspace, rules: &[], names: &[] };
    let (parsed, _) = parse::parse(&Snapshot::from_files(files), options, &Memo::default());
    assert_eq!(parsed.diagnostics, []);
}
