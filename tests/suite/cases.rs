//! One test per folder of cases, and one that every rule has a case.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use avouch::pipeline;

use crate::case::Case;

#[test]
fn parse() {
    run("parse");
}

#[test]
fn resolve() {
    run("resolve");
}

#[test]
fn assess() {
    run("assess");
}

#[test]
fn edition() {
    run("edition");
}

#[test]
fn plan() {
    run("plan");
}

#[test]
fn render() {
    run("render");
}

#[test]
fn folder() {
    run("folder");
}

#[test]
fn every_rule_has_a_case() {
    let folders = ["parse", "resolve", "assess", "edition", "plan", "render", "folder"];
    let cases: Vec<Case> =
        folders.into_iter().flat_map(paths).map(|path| Case::read(&path)).collect();
    let expected: String = cases.iter().flat_map(Case::diagnostics).collect();
    let rules = pipeline::rules();
    let named: BTreeSet<&str> = rules
        .iter()
        .map(|rule| rule.name)
        .filter(|name| expected.contains(&format!("[{name}]: ")))
        .collect();
    let without: Vec<&str> =
        rules.iter().map(|rule| rule.name).filter(|name| !named.contains(name)).collect();
    assert_eq!(without, [""; 0]);
}

fn run(folder: &str) {
    let differences: String =
        paths(folder).into_iter().filter_map(|path| Case::read(&path).run(&path).err()).collect();
    assert!(
        differences.is_empty(),
        "\n{differences}\nif this is right: UPDATE=1 cargo test, then read the diff\n"
    );
}

fn paths(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    #[expect(clippy::disallowed_methods, reason = "cases are files")]
    let entries =
        std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(
        paths.iter().all(|path| path.extension().is_some_and(|it| it == "case")),
        "only `.case` files: {paths:?}"
    );
    paths
}
