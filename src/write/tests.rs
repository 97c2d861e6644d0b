//! Writing, in temporary folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::root::Means;
use super::{OutputRoot, Progress, WriteFailure, Written, survey, tree};
use crate::model::address::Address;
use crate::model::audience::{Customer, Staff};
use crate::model::fingerprint::Fingerprint;
use crate::render::recipe::{Draft, Recipe, Recipes, RenderFailure};

const BOTH: Means = Means { exchange: true, links: true, patience: 0 };
const NEITHER: Means = Means { exchange: false, links: false, patience: 0 };

/// A workspace to write in, with its `site` folder missing.
fn workspace() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("content/policies")).unwrap();
    folder
}

fn open(workspace: &TempDir, means: Means) -> OutputRoot<Staff> {
    let root = OutputRoot::open(&workspace.path().join("site"), workspace.path());
    root.unwrap().with_means(means)
}

/// Recipes whose fingerprints follow from their bytes; bytes of `!` fail.
fn recipes<'a>(outputs: &[(&'a str, &'a str)]) -> Recipes<'a, Staff> {
    let recipe = |(address, bytes): &(&'a str, &'a str)| {
        let bytes = *bytes;
        Recipe {
            address: Address::parse(address).unwrap(),
            is_forced: false,
            begin: Box::new(move || {
                Draft::new(Fingerprint::of_bytes(bytes.as_bytes()), move || match bytes {
                    "!" => Err(RenderFailure::new("a glyph is missing")),
                    _ => Ok(bytes.trim().into()),
                })
            }),
        }
    };
    Recipes::for_test(outputs.iter().map(recipe).collect())
}

fn run(root: &OutputRoot<Staff>, outputs: &[(&str, &str)]) -> Result<Written, WriteFailure> {
    survey(root)?.write(&recipes(outputs), made_of(outputs), &|_| {})
}

fn made_of(outputs: &[(&str, &str)]) -> Fingerprint {
    Fingerprint::of(&outputs)
}

/// Everything that readers see, but the marker.
fn published(root: &OutputRoot<Staff>) -> BTreeMap<String, String> {
    let read = |path: String| {
        let text = fs::read_to_string(root.path().join(&path)).unwrap();
        (path, text)
    };
    tree::survey(root.path()).unwrap().into_keys().map(read).collect()
}

fn is(outputs: &[(&str, &str)]) -> BTreeMap<String, String> {
    outputs.iter().map(|(path, text)| ((*path).to_owned(), text.trim().to_owned())).collect()
}

/// The names in our notes, process numbers left out.
fn notes(workspace: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(workspace.path().join("site/.avouch")).unwrap();
    let name =
        |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

fn said(failure: &WriteFailure, workspace: &TempDir) -> String {
    let root = workspace.path().canonicalize().unwrap();
    failure.to_string().replace(root.to_str().unwrap(), "W")
}

#[test]
fn a_folder_becomes_what_the_recipes_say() {
    for means in [BOTH, NEITHER, Means { links: false, ..BOTH }, Means { exchange: false, ..BOTH }]
    {
        let workspace = workspace();
        let root = open(&workspace, means);
        let first = [("a/b/c.html", "one"), ("a/d.html", "two"), ("e.html", "three")];
        let second = [("a/d.html", "TWO!"), ("e.html", " three"), ("f.html", "four")];

        assert_eq!(
            run(&root, &first).unwrap(),
            Written { written: 3, bytes: 11, ..Written::default() }
        );
        assert_eq!(published(&root), is(&first));
        assert_eq!(run(&root, &first).unwrap(), Written { unchanged: 3, ..Written::default() });
        assert_eq!(
            run(&root, &second).unwrap(),
            Written { written: 2, unchanged: 1, removed: 1, bytes: 8, ..Written::default() }
        );
        assert_eq!(published(&root), is(&second));
        assert_eq!(notes(&workspace), ["handbook.ledger", "handbook.lock"]);
    }
}

#[test]
fn what_others_did_to_the_folder_is_undone() {
    let workspace = workspace();
    let root = open(&workspace, BOTH);
    let outputs = [("a.html", "one"), ("b/c.html", "two"), ("d.html", "three")];
    run(&root, &outputs).unwrap();
    fs::write(root.path().join("a.html"), "ONE").unwrap();
    fs::remove_file(root.path().join("d.html")).unwrap();
    fs::write(root.path().join("b/stray.html"), "stray").unwrap();
    assert_eq!(
        run(&root, &outputs).unwrap(),
        Written { written: 2, unchanged: 1, removed: 1, bytes: 8, ..Written::default() }
    );
    assert_eq!(published(&root), is(&outputs));

    fs::write(workspace.path().join("site/.avouch/handbook.ledger"), "spoilt").unwrap();
    assert_eq!(run(&root, &outputs).unwrap().written, 3);
}

#[test]
fn what_stands_is_known_by_what_it_was_made_of() {
    let workspace = workspace();
    let root = open(&workspace, BOTH);
    let stands = |inputs: &str| {
        let found = survey(&root).unwrap();
        let is_it = found.is_made_of(Fingerprint::of(&inputs));
        is_it.then(|| found.addresses().map(str::to_owned).collect::<Vec<_>>())
    };
    let put = |inputs: &str, outputs: &[(&str, &str)]| {
        let made_of = Fingerprint::of(&inputs);
        survey(&root).unwrap().write(&recipes(outputs), made_of, &|_| {}).unwrap()
    };
    let outputs = [("a.html", "one"), ("b/c.html", "two")];
    let all = Some(vec!["a.html".to_owned(), "b/c.html".to_owned()]);
    assert_eq!(stands("first"), None);
    put("first", &outputs);
    assert_eq!((stands("first"), stands("second")), (all.clone(), None));
    assert_eq!(put("second", &outputs), Written { unchanged: 2, ..Written::default() });
    assert_eq!((stands("first"), stands("second")), (None, all));

    fs::write(root.path().join("a.html"), "ONE").unwrap();
    assert_eq!(stands("second"), None);
    put("second", &outputs);
    fs::write(root.path().join("stray.html"), "stray").unwrap();
    assert_eq!(stands("second"), None);
    put("second", &outputs);
    fs::remove_file(root.path().join("b/c.html")).unwrap();
    assert_eq!(stands("second"), None);

    put("second", &outputs);
    fs::create_dir(workspace.path().join("site/.avouch/next-handbook-1")).unwrap();
    assert!(stands("second").is_some());
    assert_eq!(notes(&workspace), ["handbook.ledger", "handbook.lock"]);
}

#[test]
fn a_recipe_that_fails_leaves_everything_as_it_was() {
    let workspace = workspace();
    let root = open(&workspace, BOTH);
    let good = [("a.html", "one"), ("z.html", "two")];
    run(&root, &good).unwrap();
    let failure = run(&root, &[("a.html", "ONE"), ("b.pdf", "!"), ("c.pdf", "!")]).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "could not make `b.pdf`: a glyph is missing; could not make `c.pdf`: a glyph is missing"
    );
    assert_eq!(published(&root), is(&good));
    assert_eq!(notes(&workspace), ["handbook.ledger", "handbook.lock"]);
    assert_eq!(run(&root, &good).unwrap().unchanged, 2);
}

#[test]
fn progress_counts_every_output() {
    let workspace = workspace();
    let root = open(&workspace, BOTH);
    let seen = std::sync::Mutex::new(Vec::new());
    let outputs = recipes(&[("a", "1"), ("b", "2"), ("c", "3")]);
    let made_of = Fingerprint::of(&());
    let progress = |progress| seen.lock().unwrap().push(progress);
    survey(&root).unwrap().write(&outputs, made_of, &progress).unwrap();
    let mut seen = seen.into_inner().unwrap();
    seen.sort_by_key(|progress| progress.done);
    assert_eq!(seen, [1, 2, 3].map(|done| Progress { done, total: 3 }));
}

#[test]
fn addresses_that_collide_are_named() {
    let workspace = workspace();
    let root = open(&workspace, BOTH);
    let said = |outputs: &[(&str, &str)]| run(&root, outputs).unwrap_err().to_string();
    assert_eq!(
        said(&[("a.html", "1"), ("A.html", "2")]),
        "`A.html` and `a.html` cannot stand side by side on every system"
    );
    assert_eq!(
        said(&[("a", "1"), ("a/b", "2")]),
        "`a` and `a/b` cannot stand side by side on every system"
    );
    assert_eq!(said(&[("a", "1"), ("a", "2")]), "two outputs have the address `a`");
    assert_eq!(said(&[(".avouch", "1")]), "two outputs have the address `.avouch`");
    assert!(!root.path().exists());
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let workspace = workspace();
    let at = |out: &str| {
        let opened = OutputRoot::<Staff>::open(&workspace.path().join(out), workspace.path());
        said(&opened.unwrap_err(), &workspace)
    };
    let put = |path: &str| {
        let path = workspace.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "mine").unwrap();
    };
    assert_eq!(at("content/out"), "`W/content/out` stands inside `W/content`");
    assert_eq!(at("a/../content"), "`W/content` stands inside `W/content`");
    assert_eq!(at(".git/x"), "`W/.git/x` stands inside `W/.git`");

    put("foreign/handbook/thesis.txt");
    assert_eq!(at("foreign"), "`W/foreign/handbook` was not made by avouch");
    put("file/handbook");
    assert_eq!(at("file"), "`W/file/handbook` was not made by avouch");

    let trust = OutputRoot::<Customer>::open(&workspace.path().join("site"), workspace.path());
    let nothing = Recipes::for_test(Vec::new());
    survey(&trust.unwrap()).unwrap().write(&nothing, Fingerprint::of(&()), &|_| {}).unwrap();
    assert_eq!(at("site/trust"), "`W/site/trust` stands inside `W/site/trust`");
    assert_eq!(at("site/trust/deep/er"), "`W/site/trust/deep/er` stands inside `W/site/trust`");
    assert_eq!(at("site/.avouch"), "`W/site/.avouch` stands inside `W/site/.avouch`");
    fs::create_dir(workspace.path().join("mixed")).unwrap();
    fs::rename(workspace.path().join("site/trust"), workspace.path().join("mixed/handbook"))
        .unwrap();
    assert_eq!(at("mixed"), "`W/mixed/handbook` holds another edition, `trust`");

    let root = open(&workspace, BOTH);
    run(&root, &[("a", "1")]).unwrap();
    put("site/handbook/.git/HEAD");
    assert_eq!(at("site"), "`W/site/handbook/.git` was not made by avouch");
    assert_eq!(
        said(&run(&root, &[("a", "2")]).unwrap_err(), &workspace),
        "`W/site/handbook/.git` was not made by avouch"
    );
}

#[cfg(unix)]
#[test]
fn links_in_the_workspace_are_refused_and_those_above_it_followed() {
    use std::os::unix::fs::symlink;

    let workspace = workspace();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = |below: &str| workspace.path().join(below);
    let at = |out: &str| {
        let opened = OutputRoot::<Staff>::open(&path(out), workspace.path());
        said(&opened.unwrap_err(), &workspace)
    };
    symlink(elsewhere.path(), path("linked")).unwrap();
    assert_eq!(at("linked"), "`W/linked` is a symbolic link");
    assert_eq!(at("linked/below"), "`W/linked` is a symbolic link");
    for below in ["handbook", ".avouch"] {
        fs::create_dir_all(path("site")).unwrap();
        symlink(elsewhere.path(), path("site").join(below)).unwrap();
        assert_eq!(at("site"), format!("`W/site/{below}` is a symbolic link"));
        fs::remove_file(path("site").join(below)).unwrap();
    }

    symlink(workspace.path(), elsewhere.path().join("way")).unwrap();
    let out = elsewhere.path().join("way/site");
    let root = OutputRoot::<Staff>::open(&out, workspace.path()).unwrap();
    assert_eq!(root.path(), workspace.path().canonicalize().unwrap().join("site/handbook"));

    // Nothing of ours is written through a link that stands where our notes go.
    run(&open(&workspace, BOTH), &[("a", "1")]).unwrap();
    let victim = elsewhere.path().join("victim");
    fs::write(&victim, "precious").unwrap();
    symlink(&victim, path("site/.avouch/handbook.ledger.next")).unwrap();
    run(&open(&workspace, BOTH), &[("a", "2")]).unwrap();
    fs::remove_file(path("site/.avouch/handbook.lock")).unwrap();
    symlink(&victim, path("site/.avouch/handbook.lock")).unwrap();
    let failure = run(&open(&workspace, BOTH), &[("a", "3")]).unwrap_err();
    assert_eq!(said(&failure, &workspace), "`W/site/.avouch/handbook.lock` is a symbolic link");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "precious");
}

#[test]
fn two_builds_do_not_write_at_once() {
    let workspace = workspace();
    let root = open(&workspace, BOTH);
    run(&root, &[("a", "1")]).unwrap();
    let lock = root.place().lock().unwrap();
    let failure = run(&root, &[("a", "2")]).unwrap_err();
    let process = std::process::id();
    assert_eq!(
        said(&failure, &workspace),
        format!("process {process} is writing `W/site/handbook`")
    );
    drop(lock);
    run(&root, &[("a", "2")]).unwrap();
}

#[test]
fn what_a_killed_run_left_is_repaired() {
    let workspace = workspace();
    let path = |below: &str| workspace.path().join("site").join(below);
    let root = open(&workspace, NEITHER);
    let outputs = [("a", "1"), ("b", "2")];
    run(&root, &outputs).unwrap();

    // Between the two renames, its tree whole, cut short, or gone.
    for left in ["whole", "unfinished", "gone"] {
        fs::rename(root.path(), path(".avouch/old-handbook-1")).unwrap();
        let next = path(".avouch/next-handbook-1");
        if left != "gone" {
            fs::create_dir(&next).unwrap();
            let marker = fs::read_to_string(path(".avouch/old-handbook-1/.avouch")).unwrap();
            let end = marker.rfind(' ').unwrap() + 1;
            let marker = match left {
                "whole" => marker,
                _ => marker[..end].to_owned() + "unfinished\n",
            };
            fs::write(next.join(".avouch"), marker).unwrap();
            fs::write(next.join("a"), "1").unwrap();
        }
        super::exchange::repair(root.place()).unwrap();
        let expected = if left == "whole" { &outputs[..1] } else { &outputs[..] };
        assert_eq!(published(&root), is(expected), "{left}");
        run(&root, &outputs).unwrap();
        assert_eq!(published(&root), is(&outputs), "{left}");
        assert_eq!(notes(&workspace), ["handbook.ledger", "handbook.lock"]);
    }

    // Right after the exchange: the ledger has its other name still.
    fs::rename(path(".avouch/handbook.ledger"), path(".avouch/handbook.ledger.next")).unwrap();
    assert_eq!(run(&root, &outputs).unwrap().unchanged, 2);
    assert_eq!(notes(&workspace), ["handbook.ledger", "handbook.lock"]);

    // Right before the exchange: the ledger of what never stood is there.
    fs::write(path(".avouch/handbook.ledger.next"), "of another tree").unwrap();
    assert_eq!(run(&root, &outputs).unwrap().unchanged, 2);
    assert_eq!(notes(&workspace), ["handbook.ledger", "handbook.lock"]);

    // A folder that only looks like ours is not swept out.
    fs::create_dir(path(".avouch/next-handbook-7")).unwrap();
    fs::write(path(".avouch/next-handbook-7/thesis.txt"), "mine").unwrap();
    assert_eq!(
        said(&run(&root, &outputs).unwrap_err(), &workspace),
        "`W/site/.avouch/next-handbook-7` was not made by avouch"
    );
}

const KILLED: &str = "AVOUCH_TEST_WRITER";

/// The outputs of one version: every file says which, so that mixtures show.
fn version(number: usize) -> Vec<(String, String)> {
    let output = |index: usize| {
        let bytes = if index.is_multiple_of(3) { "same".to_owned() } else { format!("{number}") };
        (format!("{}/{index}.html", index % 7), bytes)
    };
    (0..300 + number % 3).map(output).collect()
}

fn borrowed(outputs: &[(String, String)]) -> Vec<(&str, &str)> {
    outputs.iter().map(|(path, bytes)| (path.as_str(), bytes.as_str())).collect()
}

/// Writes version after version until it is killed; does nothing unless the next test calls it.
#[test]
fn writer_to_be_killed() {
    let Ok(told) = std::env::var(KILLED) else { return };
    let (means, folder) = told.split_once(' ').unwrap();
    let root = OutputRoot::<Staff>::open(&Path::new(folder).join("site"), Path::new(folder));
    let means = if means == "both" { BOTH } else { NEITHER };
    let root = root.unwrap().with_means(Means { patience: 50, ..means });
    for number in 1.. {
        run(&root, &borrowed(&version(number))).unwrap();
    }
}

#[test]
fn a_killed_writer_leaves_one_whole_version() {
    let this = std::env::current_exe().unwrap();
    for (name, means) in [("both", BOTH), ("neither", NEITHER)] {
        let workspace = workspace();
        let root = open(&workspace, Means { patience: 50, ..means });
        run(&root, &borrowed(&version(0))).unwrap();
        for round in 0..12_u64 {
            let mut writer = Command::new(&this)
                .args(["--exact", "write::tests::writer_to_be_killed"])
                .env(KILLED, format!("{name} {}", workspace.path().display()))
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap();
            thread::sleep(Duration::from_millis(20 + round * 37 % 50));
            assert_eq!(
                writer.try_wait().unwrap(),
                None,
                "{name}, round {round}: stopped by itself"
            );
            writer.kill().unwrap();
            writer.wait().unwrap();
            if !means.exchange {
                super::exchange::repair(root.place()).unwrap();
            }
            let found = published(&root);
            let number = found["1/1.html"].parse().unwrap();
            assert_eq!(found, is(&borrowed(&version(number))), "{name}, round {round}");
        }
        run(&root, &borrowed(&version(0))).unwrap();
        assert_eq!(published(&root), is(&borrowed(&version(0))));
        let left = notes(&workspace);
        assert!(left.iter().all(|name| name.starts_with("handbook.")), "{left:?}");
    }
}
