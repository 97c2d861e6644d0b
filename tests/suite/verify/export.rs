//! The folder for auditors, checked with the real programs.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use avouch::signature::{Decision, Digest};
use tempfile::TempDir;

use super::Change;
use super::workspace::Workspace;
use crate::timestamps::authority::{Authority, P256};

/// Exports a workspace and returns the folder, and whether everything stood.
fn export(workspace: &Workspace) -> (TempDir, bool) {
    let folder = TempDir::new().unwrap();
    let (code, _) = workspace.verify(&["--export", folder.path().to_str().unwrap()]);
    (folder, code == 0)
}

/// Runs the script of an export from elsewhere, and returns whether everything stood and what it
/// printed.
fn check(folder: &Path) -> (bool, String) {
    let script = folder.join("check.sh");
    let output = Command::new("sh").arg(script).current_dir("/").env("TZ", "Asia/Tokyo").output();
    let output = output.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let told = text(output.stdout) + &text(output.stderr);
    (output.status.success(), told)
}

/// Writes `SHA256SUMS` again, as somebody would who changes an export.
fn sum_up(folder: &Path) {
    let sums = fs::read_to_string(folder.join("SHA256SUMS")).unwrap();
    let mut again = String::new();
    for path in sums.lines().map(|line| line.split_once("  ").unwrap().1) {
        if let Ok(bytes) = fs::read(folder.join(path)) {
            writeln!(again, "{}  {path}", Digest::of_bytes(&bytes).hex()).unwrap();
        }
    }
    fs::write(folder.join("SHA256SUMS"), again).unwrap();
}

fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let bytes = fs::read(folder.join(path)).unwrap();
    let at = bytes.windows(from.len()).position(|it| it == from.as_bytes()).unwrap();
    let changed = [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat();
    fs::write(folder.join(path), changed).unwrap();
}

/// Returns the path, in an export, of the file in a folder that a part of its name finds.
fn find(folder: &Path, under: &str, part: &str) -> String {
    let names = fs::read_dir(folder.join(under)).unwrap();
    let mut names: Vec<String> =
        names.map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let found = names.iter().find(|it| it.contains(part)).unwrap();
    format!("{under}/{found}")
}

#[test]
fn stock_programs_repeat_every_check() {
    let workspace = Workspace::signed();
    let (folder, stood) = export(&workspace);
    assert!(stood);
    let (stands, told) = check(folder.path());
    assert!(stands, "{told}");
    // The retired and the expired key signed three of them.
    assert!(
        told.contains("5 statements: 5 good, 0 failed checks, 0 expected failures\n"),
        "{told}"
    );
    assert!(told.contains("good      rings/2.txt\n"), "{told}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let signers = read("allowed_signers");
    let line = |name: &str, act: &str| {
        let key = workspace.public(name).line();
        let is_it = |it: &&str| it.ends_with(&key) && it.contains(&format!("\"{act}@avouch\""));
        let lines: Vec<&str> = signers.lines().filter(is_it).collect();
        assert_eq!(lines.len(), 1, "{signers}");
        lines[0].strip_suffix(&format!(" {key}")).unwrap().to_owned()
    };
    assert_eq!(
        line("old", "approval"),
        "mara namespaces=\"approval@avouch\",valid-after=\"20260105090000Z\",valid-before=\"20260331235959Z\""
    );
    assert_eq!(
        line("tom", "review"),
        "tom namespaces=\"review@avouch\",valid-after=\"20260105090000Z\",valid-before=\"20260331235959Z\""
    );
    assert_eq!(
        line("new", "acknowledgement"),
        "mara namespaces=\"acknowledgement@avouch\",valid-after=\"20260401080000Z\""
    );
    assert_eq!(line("old", "ring"), "mara namespaces=\"ring@avouch\"");
    let page = read("README.md");
    assert!(page.contains("Get `allowed_signers` separately from the organisation"));
    assert!(page.contains(&workspace.public("old").fingerprint()));
    assert!(!page.contains('{'), "{page}");
    assert_eq!(read("expected-failures.txt"), "");
    assert_eq!(read("without-text.txt"), "");
    let forms = fs::read_dir(folder.path().join("forms")).unwrap().count();
    assert_eq!(forms, 2);
}

#[test]
fn what_is_changed_in_an_export_falls() {
    let workspace = Workspace::signed();
    let changes: [(&str, &Change<'_, Path>); 10] = [
        ("statement", &|it| {
            edit(it, &find(it, "statements", "20260120"), "reason: none", "reason: nine");
        }),
        ("signature", &|it| edit(it, &find(it, "statements", ".txt.sig"), "U1NIU0lH", "U1NIU0lI")),
        ("form", &|it| edit(it, &find(it, "forms", ""), "The first", "The worst")),
        ("ring", &|it| edit(it, "rings/1.txt", "Tom Adeyemi", "Tom Adeyemo")),
        ("last ring", &|it| edit(it, "rings/2.txt", "Tom Adeyemi", "Tom Adeyemo")),
        ("swapped signatures", &|it| {
            let one = it.join(find(it, "statements", "20260120")).with_extension("txt.sig");
            let two = it.join(find(it, "statements", "20260210")).with_extension("txt.sig");
            let aside = it.join("aside");
            fs::rename(&one, &aside).unwrap();
            fs::rename(&two, &one).unwrap();
            fs::rename(&aside, &two).unwrap();
        }),
        ("signature taken out", &|it| {
            fs::remove_file(it.join(find(it, "statements", ".txt.sig"))).unwrap();
        }),
        ("form taken out", &|it| fs::remove_file(it.join(find(it, "forms", ""))).unwrap()),
        ("other key", &|it| {
            let key = workspace.public("new").line();
            let path = it.join("allowed_signers");
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, text + &format!("tom namespaces=\"approval@avouch\" {key}\n")).unwrap();
        }),
        ("key that expired before", &|it| {
            edit(it, "allowed_signers", "valid-before=\"20260331", "valid-before=\"20260107");
        }),
    ];
    for (what, change) in changes {
        let (folder, _) = export(&workspace);
        change(folder.path());
        let (stands, told) = check(folder.path());
        assert!(!stands && told.contains("FAILS"), "{what}: {told}");
        // And no list of sums that goes along with it helps.
        sum_up(folder.path());
        let (stands, told) = check(folder.path());
        assert!(!stands && told.contains("FAILS"), "{what}, summed up: {told}");
        assert!(!told.contains("FAILS     SHA256SUMS"), "{what}, summed up: {told}");
    }
}

#[test]
fn what_does_not_stand_travels_and_is_named() {
    let signed = Workspace::signed();
    let approval = signed.statement("20260120T140311Z");
    let changes: [(&str, &Change<'_, Workspace>, &str); 4] = [
        ("statement", &|it| it.edit(&approval, "reason: none", "reason: nine"), "unreadable/1"),
        (
            "signature",
            &|it| it.edit(&format!("{approval}.sig"), "U1NIU0lH", "U1NIU0lI"),
            "statements/20260120T140311Z-mara-approval",
        ),
        (
            "ring",
            &|it| it.edit("content/records/ring/1.txt", "Tom Adeyemi", "Tom Adeyemo"),
            "rings/1.txt",
        ),
        ("text", &|it| it.edit("content/policies/access.md", "first", "last"), "POL-AC"),
    ];
    for (what, change, named) in changes {
        let workspace = signed.copy();
        change(&workspace);
        let (folder, stood) = export(&workspace);
        let (stands, told) = check(folder.path());
        assert!(!stood && !stands, "{what}: {told}");
        assert!(told.contains("EXPECTED"), "{what}: {told}");
        for list in ["README.md", "expected-failures.txt"] {
            let text = fs::read_to_string(folder.path().join(list)).unwrap();
            assert!(text.contains(named), "{what}: {text}");
        }
    }
}

#[test]
fn a_key_that_others_may_have_had_signs_nothing_without_a_witness() {
    let workspace = Workspace::unsigned();
    workspace.enrol("old", "2026-01-05T09:00:00Z");
    workspace.act("old", Decision::Approve, "POL-AC", "2026-01-20T14:03:11Z");
    let old = "{ person: mara, key: OLD, compromised_since: 2026-02-01 }";
    workspace.people(&[old, "{ person: mara, key: NEW }"]);
    workspace.enrol("old", "2026-02-02T09:00:00Z");
    let (folder, stood) = export(&workspace);
    assert!(!stood);
    // The signer could have written any date, which stock programs believe.
    let (stands, told) = check(folder.path());
    assert!(!stands);
    assert!(
        told.contains("others may have had the key since 2026-02-01")
            && told.contains("(signature good for ssh-keygen: yes)"),
        "{told}"
    );
}

#[test]
fn a_time_stamp_is_repeated_by_openssl() {
    let workspace = Workspace::unsigned();
    let authority = Authority::new(P256, "sha256");
    let root = authority.text("root.pem");
    workspace.write("content/records/tsa.pem", &root);
    let sha256 = Digest::of_bytes(root.as_bytes()).hex();
    workspace.people_with(
        &["{ person: mara, key: OLD }"],
        &format!("authorities:\n  - {{ file: content/records/tsa.pem, sha256: {sha256} }}\n"),
    );
    // The authority has the clock of this machine.
    let now = jiff::Timestamp::now().as_second();
    let at = |seconds: i64| {
        let moment = jiff::Timestamp::from_second(now + seconds).unwrap();
        moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
    };
    workspace.enrol("old", &at(-20));
    let mut names = Vec::new();
    for (id, bare, seconds) in [("POL-AC", false, -10), ("POL-PW", true, -5)] {
        let name = workspace.act("old", Decision::Approve, id, &at(seconds));
        let signature = format!("content/records/statements/{name}.txt.sig");
        let digest = Digest::of_bytes(workspace.read(&signature).as_bytes()).bytes();
        let answer = authority.answer(&avouch::signature::timestamp::request(digest, [7; 8]));
        let token = if bare { authority.bare(&answer) } else { answer };
        workspace.write(&format!("{signature}.tsr"), token);
        names.push(name);
    }
    let folder = TempDir::new().unwrap();
    let (code, told) = workspace.run(&["--export", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    assert!(told.contains("    witnessed 20"), "{told}");
    let (stands, told) = check(folder.path());
    assert!(stands && told.contains("2 time stamps good, 0 skipped"), "{told}");

    // A time stamp of another signature proves nothing, neither here nor there.
    let token = |name: &str| format!("content/records/statements/{name}.txt.sig.tsr");
    let other = fs::read(workspace.root().join(token(&names[0]))).unwrap();
    workspace.write(&token(&names[1]), other);
    let folder = TempDir::new().unwrap();
    let (code, told) = workspace.run(&["--export", folder.path().to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(told.contains("FAILS: the time stamp proves nothing"), "{told}");
    let (stands, told) = check(folder.path());
    assert!(!stands && told.contains("EXPECTED"), "{told}");
}
