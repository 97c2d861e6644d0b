//! Statements and rings are what docs/statement-v1.md and docs/ring-v1.md say: their vectors hold,
//! and an implementation in Python that knows those pages and nothing of this program takes and
//! refuses the same texts, and finds the same digests and names.

#![expect(clippy::disallowed_methods, reason = "another program is run, and records are read")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use avouch::signature::{Ring, Statement};

const STATEMENT: &str = include_str!("../../docs/statement-v1.md");
const RING: &str = include_str!("../../docs/ring-v1.md");

/// A text of a kind, `statement` or `ring`.
type Text = (&'static str, String);

/// What a reader says of a text: its digest, and the name or number; nothing where it refuses.
type Answer = Option<(String, String)>;

/// Returns the fenced block of a page that opens with these words.
fn block(page: &str, words: &str) -> String {
    let (_, rest) = page.split_once(&format!("\n```text {words}\n")).unwrap();
    rest.split_once("```\n").unwrap().0.to_owned()
}

/// Reads a text as this program does.
fn ours((kind, text): &Text) -> Answer {
    if *kind == "ring" {
        let ring = Ring::read(text).ok()?;
        return Some((ring.digest().to_string(), ring.number.to_string()));
    }
    let statement = Statement::read(text).ok()?;
    Some((statement.digest().to_string(), statement.name()))
}

/// Lets Python read texts.
fn theirs(texts: &[Text]) -> Vec<Answer> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statement.py");
    let mut python = Command::new("python3")
        .arg(script)
        .arg("--batch")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let asked = serde_json::to_vec(texts).unwrap();
    python.stdin.take().unwrap().write_all(&asked).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_vectors_of_the_pages_hold() {
    let texts = [("statement", block(STATEMENT, "statement")), ("ring", block(RING, "ring"))];
    let answers = theirs(&texts);
    for ((text, answer), page) in texts.iter().zip(&answers).zip([STATEMENT, RING]) {
        let (digest, name) = ours(text).unwrap();
        assert_eq!(digest, block(page, "digest").trim());
        assert!(text.0 == "ring" || page.contains(&format!("`{name}`")));
        assert_eq!(answer, &Some((digest, name)));
    }
}

#[test]
fn python_takes_and_refuses_the_same_texts() {
    let vectors = [("statement", block(STATEMENT, "statement")), ("ring", block(RING, "ring"))];
    let texts: Vec<Text> = vectors.iter().flat_map(mutations).collect();
    let answers = theirs(&texts);
    let mut taken = 0;
    for (text, answer) in texts.iter().zip(answers) {
        let ours = ours(text);
        taken += usize::from(ours.is_some());
        assert_eq!(ours, answer, "{}", text.1);
    }
    // A table of which everything is refused would show little.
    assert!(texts.len() > 10_000 && taken > 1_000, "{taken} of {}", texts.len());
}

/// Returns texts that differ from another by a character or by a line.
fn mutations((kind, text): &Text) -> Vec<Text> {
    let mut all = Vec::new();
    let characters = [
        "\0",
        "\t",
        "\n",
        "\r",
        " ",
        ",",
        ", ",
        ":",
        "0",
        "9",
        "A",
        "z",
        "-",
        "é",
        "\u{85}",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\u{202e}",
        "\u{2028}",
        "\u{3000}",
        "\u{fe0f}",
        "\u{e0041}",
    ];
    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    for at in places {
        let (before, after) = text.split_at(at);
        let mut rest = after.chars();
        rest.next();
        all.push(format!("{before}{}", rest.as_str()));
        // Every character at every eighth place is enough, and keeps the test short.
        for it in characters.iter().skip(at % 8).step_by(8) {
            all.push(format!("{before}{it}{after}"));
            all.push(format!("{before}{it}{}", rest.as_str()));
        }
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let values = [
        "none",
        "none, none",
        "a, , b",
        "a,b",
        "a",
        "0",
        "00",
        "4294967295",
        "4294967296",
        "2024-02-29",
        "2023-02-29",
        "2026-13-01",
        "0000-01-01",
        "-002026-01-20",
        "9999-12-31T00:00:00Z",
        "2026-01-20T24:00:00Z",
        "2026-01-20T14:03:60Z",
        "2026-01-20T14:03:11.5Z",
        "approval",
        "review",
        "keep",
        "material",
        "mara employee none none  x",
        "ciso mara none none",
        "avouch digest v2",
    ];
    for at in 0..lines.len() {
        let with = |line: &str| [&lines[..at].concat(), line, &lines[at + 1..].concat()].concat();
        all.push(with(""));
        all.push(with(&lines[at].repeat(2)));
        all.push(with(&format!("{}\n", "x".repeat(16 * 1024 + 1))));
        if let Some(next) = lines.get(at + 1) {
            all.push([&lines[..at].concat(), *next, lines[at], &lines[at + 2..].concat()].concat());
        }
        if let Some((key, value)) = lines[at].split_once(": ") {
            all.extend(values.iter().map(|value| with(&format!("{key}: {value}\n"))));
            for length in [16 * 1024 - key.len() - 2, 16 * 1024 - key.len() - 1] {
                all.push(with(&format!("{key}: {}\n", "x".repeat(length))));
            }
            // Lists of words, and words of lines.
            for (from, to) in [
                (",", ", "),
                (", ", ","),
                (" none", " 2026-01-01"),
                ("yes", "no"),
                ("no", "yes"),
                ("=none", "=x,y"),
            ] {
                all.push(with(&format!("{key}: {}", value.replacen(from, to, 1))));
            }
        }
    }
    all.into_iter().map(|text| (*kind, text)).collect()
}

#[test]
fn python_reads_the_records_of_this_repository() {
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/records");
    let texts: Vec<Text> = [("statement", "statements"), ("ring", "ring")]
        .into_iter()
        .flat_map(|(kind, folder)| {
            let entries = fs::read_dir(records.join(folder)).into_iter().flatten();
            let paths = entries.map(|entry| entry.unwrap().path());
            let texts = paths.filter(|path| path.extension().is_some_and(|it| it == "txt"));
            texts.map(move |path| (kind, fs::read_to_string(path).unwrap())).collect::<Vec<_>>()
        })
        .collect();
    for (text, answer) in texts.iter().zip(theirs(&texts)) {
        assert!(answer.is_some(), "{}", text.1);
        assert_eq!(ours(text), answer);
    }
}
