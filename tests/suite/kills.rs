//! Builds that are killed: what stands is one whole version, and the next build is right.

#![expect(clippy::disallowed_methods, reason = "the program is run on folders of the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use crate::random::Random;

/// How many builds are killed; `bench/kill.py` does the same with far more, over larger folders.
const KILLS: u32 = 12;

#[test]
fn a_killed_build_leaves_one_whole_version() {
    let text = |number: u32, word: &str| format!("# Page {number} {word}\n\nText, {word}.\n");
    let root = tempfile::tempdir().unwrap();
    let path = |name: &str| root.path().join(name);
    let become_version = |word: &str| {
        fs::create_dir_all(path("docs")).unwrap();
        for number in 0..10 {
            fs::write(path(&format!("docs/page-{number}.md")), text(number, word)).unwrap();
        }
    };
    let build = |out: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_avouch"));
        command.args(["build", "--no-pdf", "--quiet", "--root", "docs", "--out", out]);
        command.current_dir(root.path()).env("XDG_CACHE_HOME", path("cache")).stderr(Stdio::null());
        command
    };
    let words = ["one", "other"];
    let begin = Instant::now();
    let wholes = words.map(|word| {
        become_version(word);
        assert!(build(word).status().unwrap().success());
        tree(&path(word))
    });
    let usual = begin.elapsed() / 2;

    let mut random = Random(1);
    for number in 0..KILLS {
        let version = number as usize % 2;
        become_version(words[version]);
        let mut process = build("out").spawn().unwrap();
        thread::sleep(usual * u32::try_from(random.below(120)).unwrap() / 100);
        process.kill().unwrap();
        process.wait().unwrap();
        let standing = tree(&path("out/handbook"));
        let is_whole = wholes.iter().any(|whole| standing == below(whole, "handbook/"));
        assert!(is_whole || standing.is_empty() && number < 3, "kill {number}: {standing:?}");

        if number % 3 == 2 {
            assert!(build("out").status().unwrap().success(), "kill {number}");
            assert_eq!(tree(&path("out")), wholes[version], "kill {number}");
        }
    }
}

/// Returns the bytes of every file of a folder. Of what stands beside an edition, which holds times,
/// only the names count.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![(folder.to_owned(), String::new())];
    while let Some((folder, path)) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let entry = entry.unwrap();
            let path = format!("{path}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                folders.push((entry.path(), path + "/"));
            } else {
                let is_beside = path.starts_with(".avouch/");
                let bytes = if is_beside { Vec::new() } else { fs::read(entry.path()).unwrap() };
                found.insert(path, bytes);
            }
        }
    }
    found
}

fn below(tree: &BTreeMap<String, Vec<u8>>, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let inner = |(path, bytes): (&String, &Vec<u8>)| {
        Some((path.strip_prefix(folder)?.to_owned(), bytes.clone()))
    };
    tree.iter().filter_map(inner).collect()
}
