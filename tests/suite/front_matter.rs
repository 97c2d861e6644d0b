//! docs/frontmatter.md lists the keys that are read, and no others.

use avouch::pipeline::{Inputs, judge};
use avouch::workspace::{Layout, Snapshot};

const PAGE: &str = include_str!("../../docs/frontmatter.md");
const READER: &str = concat!(
    include_str!("../../src/parse/document/facts.rs"),
    include_str!("../../src/parse/document/acts.rs"),
);

#[test]
fn every_key_that_is_read_stands_on_the_page() {
    let reader: String = READER.split_whitespace().collect();
    let lists = reader.split("&[\"").skip(1).filter_map(|rest| rest.split_once(']'));
    let names = lists.flat_map(|(names, _)| names.trim_end_matches(['"', ',']).split("\",\""));
    let missing: Vec<&str> = names.filter(|name| !PAGE.contains(&format!("`{name}`"))).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn every_key_on_the_page_is_read() {
    let rows = PAGE.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.flat_map(|row| row.splitn(4, '|').skip(1).take(2));
    // The second cell of the table of records holds the keys of items.
    let names = cells
        .filter(|cell| !cell.contains(": "))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2));
    let names: Vec<&str> = names.collect();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        let text = format!("---\n{name}:\n---\n");
        let files = [("content/workspace.yaml", String::new()), ("content/policies/a.md", text)];
        let snapshot = Snapshot::from_files(files.map(|(path, text)| (path, text.into_bytes())));
        let (layout, now) = (Layout::Workspace, jiff::Timestamp::UNIX_EPOCH);
        let inputs =
            Inputs { snapshot, faults: Vec::new(), layout, today: None, now, names: Vec::new() };
        let diagnostics = judge(&inputs).diagnostics;
        let unknown: Vec<_> =
            diagnostics.iter().filter(|it| it.rule.name == "unknown-key").collect();
        assert!(unknown.is_empty(), "`{name}`: {unknown:?}");
    }
}
