//! On any day, the page of a document, its PDF, the form for machines and `avouch status` say the
//! same of it.

#![expect(clippy::disallowed_methods, reason = "the program is run on a folder of the disk")]

use std::fs;
use std::process::Command;

use avouch::pipeline::{Inputs, judge};
use avouch::workspace::{Layout, Snapshot};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::Value;
use tempfile::TempDir;

use crate::editions::Stages;

const SETTINGS: &str = "workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11\norganisation: { name: Own }\n\
                        review: { cycle: 12 months, due_soon: 30 days, grace: 5 days }\n";
const PEOPLE: &str = "people:\n  - { id: ada, name: Ada Byrne, since: 2020-01-01 }\n";

/// Heads of documents: a draft; one that awaits its day and is reviewed at the ends of months; one
/// whose review is only claimed; one that is retired; one whose file holds another text.
const HEADS: [&str; 5] = [
    "id: POL-A\nversion: \"0.1\"\n",
    "id: POL-B\nversion: \"1.0\"\neffective_date: 2026-01-31\nreview_cycle: 1 month\n\
     approvals: [ { by: ada, on: 2026-01-31 } ]\n\
     reviews: [ { by: ada, on: 2026-03-02 }, { by: ada, on: 2026-06-30 } ]\n",
    "id: POL-C\nversion: \"2.0\"\neffective_date: 2026-02-10\nlast_reviewed: 2026-08-01\n\
     approvals: [ { by: ada, on: 2026-02-01 } ]\n",
    "id: POL-D\nversion: \"3.1\"\neffective_date: 2025-12-20\nretired_on: 2026-09-01\n\
     approvals: [ { by: ada, on: 2025-12-19 } ]\n",
    "id: POL-E\nversion: \"1.1\"\neffective_date: 2026-04-01\n\
     approvals: [ { by: ada, on: 2026-04-01, digest: \"sha256:\
     00000000000000000000000000000000000000000000000000000000000000ff\" } ]\n",
];

/// Days on which something changes, and the days around them.
fn days() -> Vec<Date> {
    let turns = [
        date(2025, 12, 19),
        date(2026, 1, 31),
        date(2026, 2, 10),
        date(2026, 2, 28),
        date(2026, 3, 2),
        date(2026, 4, 1),
        date(2026, 4, 2),
        date(2026, 6, 30),
        date(2026, 8, 4),
        date(2026, 9, 1),
        date(2027, 4, 1),
        date(2027, 4, 6),
        date(2027, 8, 1),
    ];
    turns.iter().flat_map(|day| (-1..=1).map(|by: i64| *day + by.days())).collect()
}

fn in_words(day: &Value) -> Option<String> {
    let day: Date = day.as_str()?.parse().unwrap();
    Some(day.strftime("%-d %B %Y").to_string())
}

/// Returns what stands beside a label in the facts of a page.
fn fact<'p>(page: &'p str, label: &str) -> &'p str {
    let Some((_, rest)) = page.split_once(&format!("<dt>{label}</dt><dd>")) else {
        unreachable!("the page has no {label}")
    };
    rest.split_once("</dd>").unwrap().0
}

#[test]
fn every_output_says_the_same_on_any_day() {
    let folder = TempDir::new().unwrap();
    let mut files = vec![
        ("content/workspace.yaml".to_owned(), SETTINGS.to_owned()),
        ("content/people.yaml".to_owned(), PEOPLE.to_owned()),
    ];
    for (head, name) in HEADS.into_iter().zip(["a", "b", "c", "d", "e"]) {
        let text = format!(
            "---\n{head}title: Title {name}\nowner: ada\nclassification: internal\n---\n\nText.\n"
        );
        files.push((format!("content/policies/{name}.md"), text));
    }
    for (path, text) in &files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let snapshot = Snapshot::from_files(files);
    let mut seen = std::collections::BTreeSet::new();
    for today in days() {
        let inputs =
            Inputs { today: Some(today), ..Inputs::of(snapshot.clone(), Layout::Workspace) };
        let stages = Stages::checked(snapshot.clone(), judge(&inputs));
        let pages = stages.handbook(false);
        let page = |address: &str| String::from_utf8(pages[address].bytes.clone()).unwrap();
        let proofs = stages.handbook_proofs();
        let machines: Value = serde_json::from_str(&page("documents.json")).unwrap();
        let printed = Command::new(env!("CARGO_BIN_EXE_avouch"))
            .args(["status", "--format", "json", "--no-cache", "--today", &today.to_string()])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let printed: Value = serde_json::from_slice(&printed.stdout).unwrap();
        let documents = machines.as_array().unwrap();
        assert_eq!(documents.len(), HEADS.len());
        for (document, told) in documents.iter().zip(printed["documents"].as_array().unwrap()) {
            let id = document["id"].as_str().unwrap();
            let place = format!("{id} on {today}");
            for field in [
                "id",
                "version",
                "standing",
                "words",
                "digest",
                "effective",
                "last_reviewed",
                "next_review",
            ] {
                assert_eq!(document[field], told[field], "{field} of {place}");
            }
            let words = document["words"].as_str().unwrap();
            seen.insert(words.to_owned());
            let page = page(document["address"].as_str().unwrap());
            let proof = String::from_utf8_lossy(&proofs[&format!("pdf/{id}.pdf")].bytes);
            let line = page.split_once("<p class=\"standing\">").unwrap().1;
            let line = line.split_once("</p>").unwrap().0;
            assert!(line.contains(&format!("<span>{words}</span></span>")), "{place}: {line}");
            let standing = format!("(\"Standing\", \"{words}\")");
            assert!(proof.contains(&standing), "the PDF of {place} lacks {standing}");
            let is_quiet = words.starts_with("In force") && !words.contains("proposed");
            assert_eq!(proof.contains("\nnotice: none,"), is_quiet, "{place}: {proof}");
            for (label, field) in [
                ("Effective", "effective"),
                ("Last reviewed", "last_reviewed"),
                ("Next review", "next_review"),
            ] {
                let day = in_words(&document[field]).unwrap_or_else(|| "—".to_owned());
                assert!(fact(&page, label).contains(&day), "{label} of {place}: {day}");
                let printed = format!("(\"{label}\", \"{day}");
                assert!(proof.contains(&printed), "the PDF lacks {printed} of {place}: {proof}");
            }
            assert_eq!(fact(&page, "Version"), document["version"].as_str().unwrap(), "{place}");
        }
        for duty in printed["duties"].as_array().unwrap().iter().filter(|it| it["kind"] == "review")
        {
            let of = documents.iter().find(|it| it["id"] == duty["id"]).unwrap();
            let is_overdue = of["standing"]["review"] == "overdue";
            assert_eq!(duty["by"], of["next_review"], "{today}");
            assert_eq!(duty["state"] == "overdue", is_overdue, "{duty} on {today}");
        }
    }
    assert!(seen.len() > 6, "{seen:?}");
}
