//! The preview: whatever happens to the files, what it serves is what a build would write.

#![expect(clippy::disallowed_methods, reason = "the program watches a folder of the disk")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use avouch::memo::Memo;
use avouch::pipeline::{self, Inputs};
use avouch::workspace::{home, read};
use tempfile::TempDir;

use crate::random::Random;

/// How many changes the test makes; `AVOUCH_SOAK` says another number.
const CHANGES: usize = 30;

/// How long a change may take to be seen; far longer than it does.
const PATIENCE: Duration = Duration::from_secs(20);

/// How what is added to every page begins, and how it ends.
const SCRIPT: [&str; 2] = ["<script src=\"/-/preview.js\"", "</script>"];

/// A preview of a folder.
struct Preview {
    folder: TempDir,
    process: Child,
    handbook: String,
}

impl Preview {
    fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            put(folder.path(), path, text);
        }
        let mut process = Command::new(env!("CARGO_BIN_EXE_avouch"))
            .args(["serve", "--port", "0", "--trust-port", "0", "--today", "2026-03-01"])
            .current_dir(folder.path())
            .env("NO_COLOR", "1")
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let handbook =
            line.split("http://").nth(1).unwrap().trim().trim_end_matches('/').to_owned();
        // What else it says is not read, and must not fill the pipe.
        std::thread::spawn(move || lines.read_to_end(&mut Vec::new()));
        Self { folder, process, handbook }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.ask("GET", path, &self.handbook.clone())
    }

    /// Asks by a name for the host, and returns the status and the body.
    fn ask(&self, method: &str, path: &str, host: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.handbook).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request =
            format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        (status, body.to_owned())
    }

    /// Waits until a page has a status and some words.
    fn waits_for(&self, path: &str, code: u16, words: &str) {
        let begin = Instant::now();
        let is_there = |(found, page): (u16, String)| found == code && page.contains(words);
        while !is_there(self.get(path)) {
            assert!(begin.elapsed() < PATIENCE, "{code} {words}: {:?}", self.get(path));
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until every address gives what a build of the folder would write there.
    fn settles(&self, addresses: &BTreeSet<String>, what: &str) {
        let expected = self.built(addresses);
        let begin = Instant::now();
        loop {
            let is_wrong =
                |(address, page): &(&String, &Option<String>)| match (page, self.get(address)) {
                    (Some(page), (200, served)) => *page != without_script(&served),
                    (None, (404, _)) => false,
                    _ => true,
                };
            let wrong: Vec<_> = expected.iter().filter(is_wrong).map(|(it, _)| it).collect();
            if wrong.is_empty() {
                return;
            }
            assert!(begin.elapsed() < PATIENCE, "after {what}: {wrong:?} differ");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Returns what a build that knows nothing of earlier ones gives at each address.
    fn built(&self, addresses: &BTreeSet<String>) -> BTreeMap<String, Option<String>> {
        let layout = home::layout(self.root());
        let (snapshot, faults) = read::read(self.root(), layout).unwrap();
        let today = Some(jiff::civil::date(2026, 3, 1));
        let inputs = Inputs { faults, today, ..Inputs::of(snapshot, layout) };
        let page = |preview: &pipeline::Preview<'_>, address: &String| {
            preview.handbook(address).map(|bytes| String::from_utf8(bytes.unwrap()).unwrap())
        };
        pipeline::preview(&inputs, &Memo::default(), |preview| {
            addresses.iter().map(|address| (address.clone(), page(preview, address))).collect()
        })
        .0
    }

    /// Returns how many kilobytes the program holds in memory.
    fn memory(&self) -> usize {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    fn open_files(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.process.id())).unwrap().count()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn without_script(page: &str) -> String {
    let [begin, end] = SCRIPT;
    let Some((before, script)) = page.split_once(begin) else { return page.to_owned() };
    before.to_owned() + script.split_once(end).unwrap().1
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // As editors do it: a new file takes the place of the old one.
    let beside = path.with_extension("new~");
    fs::write(&beside, text).unwrap();
    fs::rename(&beside, &path).unwrap();
}

const FILES: [(&str, &str); 4] = [
    ("access.md", "# Access\n\nSee [backup](guides/backup.md#how).\n"),
    ("guides/backup.md", "# Backup\n\n## How\n\nEvery night.\n"),
    ("guides/README.md", "# Guides\n\nAll of them.\n"),
    ("recovery.md", "---\ntitle: Recovery\nowner: ada\n---\n\nSee [access](access.md).\n"),
];

#[test]
fn what_is_served_is_what_a_build_writes() {
    let preview = Preview::of(&FILES);
    let mut addresses: BTreeSet<String> =
        ["", "search.html", "assets/base.css", "guides/index.html"]
            .map(|it| if it.is_empty() { "index.html".to_owned() } else { it.to_owned() })
            .into();
    addresses.extend(["access.html", "recovery.html", "guides/backup.html"].map(str::to_owned));
    preview.settles(&addresses, "the start");
    let open = preview.open_files();

    let changes = std::env::var("AVOUCH_SOAK").ok().and_then(|it| it.parse().ok());
    let changes = changes.unwrap_or(CHANGES);
    let mut random = Random(7);
    let mut memory = 0;
    for number in 0..changes {
        if number == changes / 5 {
            memory = preview.memory();
        }
        let name = format!("page-{}", random.below(6));
        let (folder, path) = (["", "guides/", "new/deep/"][random.below(3)], format!("{name}.md"));
        let path = format!("{folder}{path}");
        addresses.insert(format!("{folder}{name}.html"));
        let file = preview.root().join(&path);
        let what = match random.below(9) {
            0 | 1 => {
                let text = format!("# Page {number}\n\nSee [access](/access.md) and {number}.\n");
                put(preview.root(), &path, &text);
                format!("writing {path}")
            }
            2 => {
                // In place, in two steps, with a break in it.
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(&file, "---\ntitle: [unclosed\n---\n\nHalf").unwrap();
                std::thread::sleep(Duration::from_millis(2));
                fs::write(&file, format!("---\ntitle: Whole {number}\n---\n\nWhole.\n")).unwrap();
                format!("breaking and mending {path}")
            }
            3 => {
                let _ = fs::remove_file(&file);
                format!("removing {path}")
            }
            4 => {
                let _ = fs::remove_dir_all(preview.root().join("new"));
                "removing a folder".to_owned()
            }
            5 => {
                let _ = fs::rename(&file, preview.root().join("guides/moved.md"));
                addresses.insert("guides/moved.html".to_owned());
                format!("moving {path}")
            }
            6 | 7 => {
                // Long enough after files came and went that nothing else is looked at.
                std::thread::sleep(Duration::from_millis(300));
                let (path, text) = match random.below(3) {
                    0 => ("guides/backup.md", format!("# Backup\n\n## How\n\n{number}.\n")),
                    1 => ("guides/backup.md", format!("# Backup\n\n## Why\n\n{number}.\n")),
                    _ => ("recovery.md", format!("See [how](guides/backup.md#how), {number}.\n")),
                };
                put(preview.root(), path, &text);
                format!("editing {path} in peace")
            }
            _ => {
                for burst in 0..5 {
                    put(preview.root(), "access.md", &format!("# Access {number}.{burst}\n"));
                }
                "a burst".to_owned()
            }
        };
        preview.settles(&addresses, &format!("change {number}, {what}"));
    }
    assert!(preview.open_files() <= open + 4, "{} files, {open} before", preview.open_files());
    let after = preview.memory();
    assert!(after < memory + memory / 2, "{after} kB, {memory} kB after a fifth of the changes");
}

#[test]
fn a_slow_reader_keeps_nobody_waiting() {
    let preview = Preview::of(&FILES);
    let row = "a,row,of,a,table\n".repeat(1_000_000);
    put(preview.root(), "big.csv", &row);
    put(preview.root(), "access.md", "# Access\n\nSee [all](big.csv).\n");
    preview.waits_for("access.html", 200, "files/big.csv");
    let mut slow = TcpStream::connect(&preview.handbook).unwrap();
    let request = format!("GET /files/big.csv HTTP/1.1\r\nHost: {}\r\n\r\n", preview.handbook);
    slow.write_all(request.as_bytes()).unwrap();
    slow.read_exact(&mut [0; 4]).unwrap();
    put(preview.root(), "access.md", "# Access\n\nSee [all](big.csv), anew.\n");
    preview.waits_for("access.html", 200, "anew");
    drop(slow);
}

#[test]
fn a_fault_in_a_theme_is_shown_and_mended() {
    let settings = "workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11\norganisation: { name: Acme }\n\
                    frameworks: []\ntheme: own\n";
    let preview = Preview::of(&[("content/workspace.yaml", settings)]);
    preview.waits_for("", 200, "Acme handbook");
    put(preview.root(), "themes/own/handbook/home.html", "{% if %}");
    preview.waits_for("", 500, "home.html");
    put(preview.root(), "themes/own/handbook/home.html", "<p>Mine: {{ title }}</p>");
    preview.waits_for("", 200, "Mine: Acme handbook");
    fs::remove_dir_all(preview.root().join("themes")).unwrap();
    preview.waits_for("", 200, "Recently changed");
}

#[test]
fn strangers_are_refused() {
    let preview = Preview::of(&FILES);
    let host = preview.handbook.clone();
    let port = host.rsplit(':').next().unwrap();
    assert_eq!(preview.ask("GET", "access.html", &host).0, 200);
    assert_eq!(preview.ask("GET", "access.html", &format!("localhost:{port}")).0, 200);
    assert_eq!(preview.ask("GET", "access.html", "attacker.example").0, 403);
    assert_eq!(preview.ask("GET", "access.html", &format!("attacker.example:{port}")).0, 403);
    assert_eq!(preview.ask("POST", "access.html", &host).0, 405);
    assert_eq!(preview.ask("POST", "-/open?0&1&0", &host).0, 403);
    assert_eq!(preview.ask("GET", "..%2f..%2fetc/passwd", &host).0, 404);
    assert_eq!(preview.ask("GET", "%ff", &host).0, 400);
}

#[test]
fn a_taken_port_is_named() {
    let preview = Preview::of(&FILES);
    let port = preview.handbook.rsplit(':').next().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_avouch"))
        .args(["serve", "--port", port])
        .current_dir(preview.root())
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&format!("port {port} of 127.0.0.1 is taken")), "{said}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn withheld_words_in_the_public_pages_are_told() {
    let settings = "workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11\norganisation: { name: Acme }\n\
                    frameworks: []\ntheme: own\npublish: { trust_center: true }\n";
    let secret = "The payroll system is reached through the gate in the north office only.";
    let policy = format!("---\nid: POL-AC\ntitle: Access\nversion: \"1.0\"\n---\n\n{secret}\n");
    let page = format!("<!doctype html><title>Gone</title><p>{secret}");
    let preview = Preview::of(&[
        ("content/workspace.yaml", settings),
        ("content/policies/access.md", &policy),
        ("themes/own/trust/404.html", &page),
    ]);
    let is_told = || preview.get("-/status.json").1.contains("withheld-text-in-public");
    let begin = Instant::now();
    while !is_told() {
        assert!(begin.elapsed() < PATIENCE, "{:?}", preview.get("-/status.json"));
        std::thread::sleep(Duration::from_millis(50));
    }
    put(preview.root(), "themes/own/trust/404.html", "<!doctype html><title>Gone</title><p>Gone.");
    while is_told() {
        assert!(begin.elapsed() < PATIENCE, "{:?}", preview.get("-/status.json"));
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_folder_that_is_replaced_is_served_again() {
    let preview = Preview::of(&FILES);
    preview.waits_for("access.html", 200, "backup");
    let elsewhere = tempfile::tempdir().unwrap();
    fs::rename(preview.root(), elsewhere.path().join("old")).unwrap();
    preview.waits_for("access.html", 503, "cannot be read");
    put(preview.root(), "access.md", "# Access\n\nAnother folder.\n");
    preview.waits_for("access.html", 200, "Another folder.");
    put(preview.root(), "access.md", "# Access\n\nAnd it is watched.\n");
    preview.waits_for("access.html", 200, "And it is watched.");
}

#[test]
fn a_workspace_without_its_settings_is_no_folder_of_markdown() {
    let settings = "workspace: 5f0f2b1d8d5c4f0f9a7d4b4f0c6b7a11\norganisation: { name: Acme }\n\
                    frameworks: []\n";
    let preview = Preview::of(&[("content/workspace.yaml", settings), ("README.md", "# Acme")]);
    preview.waits_for("", 200, "Acme handbook");
    let away = preview.root().join("away");
    fs::rename(preview.root().join("content"), &away).unwrap();
    preview.waits_for("", 503, "cannot be read");
    assert!(preview.get("-/status.json").1.contains("content/workspace.yaml"));
    fs::rename(&away, preview.root().join("content")).unwrap();
    preview.waits_for("", 200, "Acme handbook");
}
