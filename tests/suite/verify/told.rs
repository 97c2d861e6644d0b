//! What an auditor must be told, and must not be told.

use std::fs;

use avouch::signature::{Decision, Statement};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::report::{json, weak};
use super::workspace::Workspace;

/// A workspace with one ring, in which Mara has a key, and rules besides that for everything.
fn governed(rules: &str) -> Workspace {
    let workspace = Workspace::unsigned();
    workspace.people_with(&["{ person: mara, key: OLD }", "{ person: tom, key: TOM }"], rules);
    workspace.enrol("old", "2026-01-05T09:00:00Z");
    workspace
}

#[test]
fn an_entry_that_a_rule_wants_approved_fails_until_it_is_as_it_stands() {
    let workspace = governed("  - { for: [AC-01] }\n");
    let path = "content/controls/access.yaml";
    let control = |id: &str| {
        format!(
            "  - {{ id: {id}, title: Leavers, statement: Accounts end at once., owner: ciso }}\n"
        )
    };
    workspace.write(path, format!("controls:\n{}{}", control("AC-01"), control("AC-02")));
    let state = |expected: (i32, &str)| {
        let (code, told) = workspace.verify(&[]);
        assert_eq!(code, expected.0, "{told}");
        assert!(told.contains(expected.1), "{told}");
        assert_eq!(told.contains("Everything that counts stands"), code == 0, "{told}");
        weak(&json(&workspace, &[]).1)
            .into_iter()
            .map(|it| it.0.to_owned())
            .filter(|it| it.starts_with("item"))
            .collect::<Vec<String>>()
    };
    let unapproved = (1, "  control, unapproved\n  FAILS: a rule wants it to be approved\n");
    assert_eq!(state(unapproved), ["item-unapproved"]);
    for (id, at) in [("AC-01", "2026-01-20T09:00:00Z"), ("AC-02", "2026-01-20T09:01:00Z")] {
        workspace.approve_control("old", id, at);
    }
    assert!(state((0, "  control, approved, since 2026-01-20, by signature, ")).is_empty());
    let changed =
        "what `content/controls/access.yaml` says of it has changed since it was approved";
    // No rule names the other control, so that nothing fails for it.
    workspace.edit(path, &control("AC-02"), &control("AC-02").replace("at once", "later"));
    assert_eq!(state((0, &format!("\n  {changed}\n"))), ["item-edited"]);
    workspace.edit(path, &control("AC-01"), &control("AC-01").replace("at once", "later"));
    let both = ["item-changed", "item-edited"];
    assert_eq!(state((1, &format!("\n  FAILS: {changed}\n"))), both);
    let folder = TempDir::new().unwrap();
    workspace.verify(&["--export", folder.path().to_str().unwrap()]);
    let failures = fs::read_to_string(folder.path().join("expected-failures.txt")).unwrap();
    assert_eq!(failures, "AC-01 a rule wants it to be approved, and it is changed\n");
}

#[test]
fn a_draft_on_which_somebody_decided_says_what_became_of_it() {
    let workspace = governed("  - { for: [POL-PW], people: 2 }\n");
    let lacks = |workspace: &Workspace| {
        let (code, report) = json(workspace, &[]);
        let documents = report["documents"].as_array().unwrap().iter();
        (code, documents.map(|it| it["lacks"].clone()).collect::<Vec<Value>>())
    };
    // POL-AC, POL-PW.
    assert_eq!(lacks(&workspace), (0, vec![Value::Null, Value::Null]));
    workspace.act("old", Decision::Approve, "POL-PW", "2026-01-20T09:00:00Z");
    let one = json!("lacks approvals: one person");
    assert_eq!(lacks(&workspace), (1, vec![Value::Null, one.clone()]));
    workspace.act("old", Decision::Approve, "POL-AC", "2026-01-21T09:00:00Z");
    workspace.act("tom", Decision::Approve, "POL-PW", "2026-01-21T09:01:00Z");
    assert_eq!(lacks(&workspace), (0, vec![Value::Null, Value::Null]));
    workspace.act("old", Decision::Withdraw, "POL-AC", "2026-02-01T09:00:00Z");
    workspace.act("tom", Decision::RequestChanges, "POL-PW", "2026-02-02T09:00:00Z");
    let (withdrawn, back) = (
        json!("withdrawn on 2026-02-01 by mara"),
        json!("sent back for changes on 2026-02-02 by tom"),
    );
    assert_eq!(lacks(&workspace), (1, vec![withdrawn, back.clone()]));
    let (_, told) = workspace.verify(&[]);
    assert!(told.contains("POL-AC  Access\n  draft\n  FAILS: withdrawn on 2026-02-01 by mara\n"));
    // What was decided anew is told no longer.
    workspace.act("old", Decision::Approve, "POL-AC", "2026-02-03T09:00:00Z");
    assert_eq!(lacks(&workspace), (1, vec![Value::Null, back]));
    workspace.act("tom", Decision::Approve, "POL-PW", "2026-02-04T09:00:00Z");
    assert_eq!(lacks(&workspace), (0, vec![Value::Null, Value::Null]));
}

#[test]
fn authors_are_told_as_they_are_claimed() {
    let workspace = Workspace::signed();
    let path = workspace.statement("20260120T140311Z");
    let mut statement = Statement::read(&workspace.read(&path)).unwrap();
    statement.signed_at = "2026-01-20T15:00:00Z".parse().unwrap();
    statement.subjects[0].authors = vec!["tom".to_owned(), "zoe".to_owned()];
    workspace.sign("old", &statement);
    let (_, told) = workspace.verify(&[]);
    assert_eq!(told.matches("authors, as claimed:").count(), 1, "{told}");
    assert!(told.contains("\n    authors, as claimed: tom, zoe\n"), "{told}");
    let (_, report) = json(&workspace, &[]);
    let records = report["records"].as_array().unwrap().iter();
    let authors = records.map(|it| &it["subjects"][0]["authors"]).filter(|it| **it != json!([]));
    assert_eq!(authors.collect::<Vec<_>>(), [&json!(["tom", "zoe"])]);
}

#[test]
fn imported_acknowledgements_are_acts_without_a_signature() {
    let workspace = Workspace::signed();
    let at = "2026-02-24T09:01:00Z";
    let rows = format!(
        "source: Portal\ncolumns:\n  - {{ id: person, header: E-mail }}\nimports:\n  \
         - {{ imported_at: \"{at}\", by: mara, file: portal.csv, sha256: \"{}\" }}\n\
         acknowledgements:\n  \
         - {{ person: tom, document: POL-AC, on: 2026-02-16, line: 2, imported_at: \"{at}\" }}\n",
        "0".repeat(64)
    );
    workspace.write("content/records/acknowledgements/portal.yaml", rows);
    let folder = TempDir::new().unwrap();
    let (code, told) = workspace.verify(&["--export", folder.path().to_str().unwrap()]);
    assert_eq!(code, 0, "{told}");
    for expected in [
        "\n  unsigned (imported): acknowledgement by tom, 2026-02-16 as the file says\n",
        "\n     1  acts that no signature stands behind\n",
        "\n     1  acts without a signature\n",
    ] {
        assert!(told.contains(expected), "{expected}\n---\n{told}");
    }
    let page = fs::read_to_string(folder.path().join("README.md")).unwrap();
    assert!(page.contains("acts without a signature, which are not in this folder: 1\n"), "{page}");
    let (_, report) = json(&workspace, &[]);
    let expected = json!([{
        "subject": "POL-AC", "act": "acknowledgement", "by": "tom", "role": null,
        "on": "2026-02-16", "method": "imported", "without_effect": null,
    }]);
    assert_eq!(report["unsigned"], expected);
}

#[test]
fn what_was_signed_after_an_earlier_day_is_not_yet_there() {
    let workspace = Workspace::signed();
    let pinned = "frameworks: []\ntoday: 2026-06-01";
    workspace.edit("content/workspace.yaml", "frameworks: []", pinned);
    let earlier = ["--today", "2026-02-01"];
    let (code, told) = workspace.run(&earlier);
    assert_eq!(code, 0, "{told}");
    for expected in [
        "\n  not yet: 2026-02-10: approval, approve, by tom as cto, 2026-02-10, version 1.0\n",
        "\n  2  not yet: 2026-04-01; signed by nobody; sha256:",
        "\n     3  records of a later day, which do not count yet\n",
        "\n     5  signed records\n     2  of them stand\n",
        "\nEverything that counts stands, if the first ring is theirs.\n",
    ] {
        assert!(told.contains(expected), "{expected}\n---\n{told}");
    }
    assert!(!told.contains("FAILS"), "{told}");
    // Before anything was signed there is nothing that could stand.
    let (code, told) = workspace.run(&["--today", "2026-01-01"]);
    assert!(code == 1 && told.ends_with("\nNothing is signed.\n"), "{told}");
    // A day that has not come is none that anybody can have signed on.
    workspace.act("new", Decision::Keep, "POL-AC", "2026-06-20T10:00:00Z");
    for arguments in [&earlier[..], &[]] {
        let (code, told) = workspace.run(arguments);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("because its day, 2026-06-20, has not come"), "{told}");
    }
}

#[test]
fn a_demonstration_says_so_before_anything_else() {
    let workspace = Workspace::signed();
    let first = |workspace: &Workspace| {
        let folder = TempDir::new().unwrap();
        let (_, told) = workspace.verify(&["--export", folder.path().to_str().unwrap()]);
        let page = fs::read_to_string(folder.path().join("README.md")).unwrap();
        let at = |text: &str| text.find("Fictional demonstration:");
        (at(&told), at(&page))
    };
    assert_eq!(first(&workspace), (None, None));
    workspace.edit("content/workspace.yaml", "frameworks: []", "frameworks: []\ndemo: true");
    let title = "# Records of approvals and reviews\n\n**".len();
    assert_eq!(first(&workspace), (Some(0), Some(title)));
    assert_eq!(json(&workspace, &[]).1["is_demo"], true);
}
