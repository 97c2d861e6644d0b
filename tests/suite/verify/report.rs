//! What is told, and how it ends.

use std::fs;
use std::process::Command;

use avouch::signature::Decision;
use serde_json::Value;

use super::Change;
use super::workspace::{STATEMENTS, Workspace};

pub(super) fn json(workspace: &Workspace, arguments: &[&str]) -> (i32, Value) {
    let (code, text) = workspace.verify(&[&["--format", "json"], arguments].concat());
    (code, serde_json::from_str(&text).unwrap())
}

/// Returns the kinds of what is weak, with how often.
pub(super) fn weak(report: &Value) -> Vec<(&str, u64)> {
    let weak = report["summary"]["weak"].as_array().unwrap();
    weak.iter().map(|it| (it["kind"].as_str().unwrap(), it["count"].as_u64().unwrap())).collect()
}

#[test]
fn what_stands_is_told_with_what_is_only_claimed() {
    let workspace = Workspace::signed();
    let (code, told) = workspace.verify(&[]);
    let old = workspace.public("old").fingerprint();
    assert_eq!(code, 0, "{told}");
    for expected in [
        "POL-AC  Access\n  in force, version 1.0, since 2026-01-20, by signature, sha256:",
        "\n  stands: approval, approve, by mara as ciso, 2026-01-20, version 1.0\n    claimed, signed at 2026-01-20T14:03:11Z as the signer says\n",
        "\n  stands: approval, approve, by tom as cto, 2026-02-10, version 1.0\n",
        "\n  stands: review, keep, by mara as ciso, 2026-04-02, version 1.0\n",
        "\n  2  in force since 2026-04-01T08:00:00Z; signed by mara; sha256:",
        &format!(
            "signer of the first ring: {old} (mara) – compare it out of band; pin it with --trust"
        ),
        &format!(
            "What is weak\n     1  the first ring is taken on its own word: compare {old} out of \
             band, or pin it with --trust\n     5  records whose day is only claimed: nobody outside saw them\n"
        ),
        "\n     5  signed records\n     5  of them stand\n",
        "\nEverything that counts stands, if the first ring is theirs.\n",
    ] {
        assert!(told.contains(expected), "{expected}\n---\n{told}");
    }
    let (code, report) = json(&workspace, &[]);
    assert_eq!((code, &report["verdict"]), (0, &Value::from("stands")));
    assert_eq!(weak(&report), [("first-ring", 1), ("claimed", 5)]);
}

#[test]
fn nothing_signed_is_not_well() {
    let workspace = Workspace::unsigned();
    let (code, told) = workspace.verify(&[]);
    assert_eq!(code, 1);
    assert!(told.ends_with("\nNothing is signed.\n"), "{told}");
    let (code, report) = json(&workspace, &[]);
    assert_eq!((code, &report["verdict"]), (1, &Value::from("nothing-signed")));
}

#[test]
fn the_first_ring_is_the_one_that_is_pinned() {
    let workspace = Workspace::signed();
    let fingerprint = |name: &str| workspace.public(name).fingerprint();
    let list =
        |name: &str| format!("mara namespaces=\"ring@avouch\" {}\n", workspace.public(name).line());
    workspace.write("right", list("old"));
    workspace.write("wrong", list("new"));
    workspace.write("not-for-rings", list("old").replace("ring@", "approval@"));
    let (ring, other) = ("content/records/ring/1.txt", "content/records/ring/2.txt");
    let old = fingerprint("old");
    for pin in [old.as_str(), "right", ring] {
        let (code, told) = workspace.verify(&["--trust", pin]);
        assert_eq!(code, 0, "{pin}: {told}");
        assert!(told.contains("the first ring is the one that was pinned"));
        assert!(!told.contains("out of band"));
        assert!(told.ends_with("\nEverything that counts stands.\n"), "{told}");
    }
    let (new, tom) = (fingerprint("new"), fingerprint("tom"));
    for pin in [new.as_str(), tom.as_str(), "wrong", "not-for-rings", other] {
        let (code, report) = json(&workspace, &["--trust", pin]);
        assert_eq!(code, 1, "{pin}");
        let records = report["records"].as_array().unwrap();
        assert_eq!(records.len(), 5);
        assert!(records.iter().all(|it| it["stands"] == false), "{pin}");
    }
}

#[test]
fn what_was_changed_fails() {
    let signed = Workspace::signed();
    let approval = signed.statement("20260120T140311Z");
    let other = signed.statement("20260210T080000Z");
    let renamed = |workspace: &Workspace| {
        // With the name that belongs to its bytes.
        let text = workspace.read(&approval).replacen("reason: none", "reason: yes", 1);
        let name = avouch::signature::Statement::read(&text).unwrap().name();
        fs::remove_file(workspace.root().join(&approval)).unwrap();
        workspace.write(&format!("{STATEMENTS}/{name}.txt"), text);
        let signature = format!("{approval}.sig");
        workspace.write(&format!("{STATEMENTS}/{name}.txt.sig"), workspace.read(&signature));
        fs::remove_file(workspace.root().join(signature)).unwrap();
    };
    let swapped = |workspace: &Workspace| {
        let (one, two) = (format!("{approval}.sig"), format!("{other}.sig"));
        let (first, second) = (workspace.read(&one), workspace.read(&two));
        workspace.write(&one, second);
        workspace.write(&two, first);
    };
    let cases: [(&str, &Change<'_, Workspace>, &[&str]); 9] = [
        ("statement", &|it| it.edit(&approval, "reason: none", "reason: nine"), &["unreadable"]),
        ("renamed statement", &renamed, &["failed"]),
        (
            "signature",
            &|it| it.edit(&format!("{approval}.sig"), "U1NIU0lH", "U1NIU0lI"),
            &["failed"],
        ),
        ("swapped signatures", &swapped, &["failed"]),
        (
            "no signature",
            &|it| fs::remove_file(it.root().join(format!("{approval}.sig"))).unwrap(),
            &["failed"],
        ),
        (
            "ring",
            &|it| it.edit("content/records/ring/1.txt", "Tom Adeyemi", "Tom Adeyemo"),
            &["failed", "ring", "no-ring"],
        ),
        (
            "last ring",
            &|it| it.edit("content/records/ring/2.txt", "2026-04-01", "2026-04-11"),
            &["failed", "ring"],
        ),
        (
            "text",
            &|it| it.edit("content/policies/access.md", "first", "last"),
            &["lost", "changed"],
        ),
        (
            "row",
            &|it| {
                let row =
                    "title: Access\napprovals:\n  - { by: mara, on: 2026-01-20, statement: gone }";
                it.edit("content/policies/access.md", "title: Access", row);
            },
            &["missing"],
        ),
    ];
    for (what, change, expected) in cases {
        let workspace = signed.copy();
        change(&workspace);
        let (code, report) = json(&workspace, &[]);
        assert_eq!((code, &report["verdict"]), (1, &Value::from("fails")), "{what}");
        let weak = weak(&report);
        for kind in expected {
            assert!(weak.iter().any(|it| it.0 == *kind), "{what}: {weak:?}");
        }
    }
}

#[test]
fn settings_hide_nothing() {
    let workspace = Workspace::signed();
    let path = workspace.statement("20260120T140311Z");
    workspace.edit(&path, "reason: none", "reason: nine");
    workspace.edit(
        "content/workspace.yaml",
        "frameworks: []",
        "frameworks: []\nrules: { invalid-record: off }",
    );
    let (code, report) = json(&workspace, &[]);
    assert_eq!(code, 1);
    assert!(weak(&report).contains(&("unreadable", 2)), "{report:#}");
}

#[test]
fn a_text_that_was_changed_since_is_shown_beside_the_one_in_force() {
    let workspace = Workspace::signed();
    let git = |arguments: &[&str], date: &str| {
        let identity = ["-c", "user.name=T", "-c", "user.email=t@example.com"];
        let mut command = Command::new("git");
        command.args(identity).args(arguments).current_dir(workspace.root());
        command.env("GIT_COMMITTER_DATE", date).env("GIT_AUTHOR_DATE", date);
        assert!(command.output().unwrap().status.success(), "{arguments:?}");
    };
    git(&["init", "-q"], "2026-01-01T00:00:00Z");
    let statements = |day: &str| format!("{STATEMENTS}/{day}*");
    let (ring, first, second) =
        (statements("20260105"), statements("20260120"), statements("20260210"));
    // Each record is committed on its day.
    let texts = ["content/policies", "content/workspace.yaml", "content/records/ring/1.txt"];
    for (paths, date) in [
        ([&texts[..], &[ring.as_str(), &first]].concat(), "2026-01-20T15:00:00Z"),
        (vec![second.as_str()], "2026-02-10T15:00:00Z"),
        (vec!["."], "2026-04-02T15:00:00Z"),
    ] {
        git(&[&["add"], &paths[..]].concat(), date);
        git(&["commit", "-q", "-m", "filed"], date);
    }
    workspace.edit("content/policies/access.md", "The first text.", "The second text.");
    let (_, told) = workspace.verify(&[]);
    assert!(
        told.contains("`content/policies/access.md` holds another text than the one in force"),
        "{told}"
    );
    assert!(told.contains("[-first-]") && told.contains("{+second+}"), "{told}");
    let (_, report) = json(&workspace, &[]);
    let document = &report["documents"][0];
    assert_eq!((&document["is_changed"], &document["lost"]), (&Value::Bool(true), &Value::Null));
}

#[test]
fn an_unsigned_approval_does_not_pass_where_a_rule_asks_for_signatures() {
    let workspace = Workspace::signed();
    let text = "---\nid: POL-X\ntitle: X\nversion: \"1.0\"\nowner: ciso\nclassification: internal\n\
                approvals:\n  - { by: mara, role: ciso, on: 2026-02-01 }\n---\n\nText.\n";
    workspace.write("content/policies/x.md", text);
    let (code, report) = json(&workspace, &[]);
    assert_eq!(code, 1);
    let weak = weak(&report);
    assert!(weak.contains(&("unsigned", 1)) && weak.contains(&("lacking", 1)), "{weak:?}");
}

#[test]
fn nothing_in_a_text_acts_on_a_terminal() {
    let workspace = Workspace::signed();
    let title = "\"\\e[31mRed\\e[0m \\e]0;title\\a \u{202e}x\"";
    let text = format!(
        "---\nid: POL-X\ntitle: {title}\nversion: \"1.0\"\nowner: ciso\nclassification: internal\n\
         approvals:\n  - {{ by: \"\\e[1mmara\", role: \"\\e[2Jciso\", on: 2026-02-01 }}\n---\n\nText.\n"
    );
    workspace.write("content/policies/x.md", text);
    workspace.write(&format!("{STATEMENTS}/\u{1b}[31mred.txt"), "x\u{1b}[0m\n");
    let export = workspace.root().join(
        "../ansi-export-of-".to_owned() + workspace.root().file_name().unwrap().to_str().unwrap(),
    );
    let (code, told) = workspace.verify(&["--export", export.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(told.contains("Red"), "{told}");
    let (_, json) = workspace.verify(&["--format", "json"]);
    let listed = ["README.md", "expected-failures.txt", "without-text.txt", "allowed_signers"];
    let exported = listed.map(|name| fs::read_to_string(export.join(name)).unwrap());
    fs::remove_dir_all(&export).unwrap();
    for text in [&told, &json].into_iter().chain(&exported) {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text}");
    }
}

#[test]
fn a_record_from_elsewhere_does_not_stand() {
    let workspace = Workspace::signed();
    let path = workspace.statement("20260120T140311Z");
    let text = workspace.read(&path);
    let mut statement = avouch::signature::Statement::read(&text).unwrap();
    "00000000000000000000000000000000".clone_into(&mut statement.workspace);
    workspace.sign("old", &statement);
    statement.workspace = avouch::signature::Statement::read(&text).unwrap().workspace;
    statement.decision = Decision::Withdraw;
    "tom".clone_into(&mut statement.by);
    statement.role = None;
    workspace.sign("old", &statement);
    let (code, told) = workspace.verify(&[]);
    assert_eq!(code, 1);
    assert!(told.contains("because it was made for another workspace"), "{told}");
    assert!(told.contains("because the key is that of `mara`"), "{told}");
}
