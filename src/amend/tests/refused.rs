//! Texts that are left alone, each with a reason.

use super::tom;
use crate::amend::{Refusal, Spot, Value, append, remove, set, take};

/// Shows what is said about a text, and where.
fn said(text: &str, refused: Result<String, Refusal>) -> String {
    let refusal = refused.unwrap_err();
    assert!(!refusal.help().is_empty());
    let at = refusal.span().map_or("", |span| text.get(span.range()).unwrap());
    format!("{refusal}: {at}")
}

#[test]
fn what_reads_differently_to_different_readers_is_left_alone() {
    let cases = [
        ("a: &x 1\n", "anchors (`&name`) are not accepted: 1"),
        ("a: !!str 1\n", "tags (`!name`) are not accepted: 1"),
        ("a: &x 1\nb: *x\n", "anchors (`&name`) are not accepted: 1"),
        ("<<: { a: 1 }\n", "merge keys (`<<`) are not accepted: <<"),
        ("a: 1\n---\nb: 2\n", "a second document begins here: ---"),
        ("a: 1\na: 2\n", "the key `a` stands here twice: a"),
        ("approvals: []\nApprovals: []\n", "the key `approvals` stands here twice: Approvals"),
        ("a:\n\tb: 1\n", "a tab cannot indent YAML: "),
        ("a: [\n\t1 ]\n", "a tab cannot indent YAML: "),
        ("a: [ 1\n", "this `[` is never closed: ["),
        ("a: 1\rb: 2\r", "a carriage return without a line feed stands here: \r"),
        ("- a\n", "this is no mapping of keys and values: - a\n"),
        ("words\n", "this is no mapping of keys and values: words"),
        ("approvals: mara\n", "the value of `approvals` is no list: mara"),
        ("Approvals: { by: mara }\n", "the value of `Approvals` is no list: { by: mara "),
    ];
    for (text, message) in cases {
        assert_eq!(said(text, append(text, Spot::top("approvals"), &tom())), message, "{text:?}");
    }
}

#[test]
fn what_cannot_be_changed_alone_is_left_alone() {
    let unusual = "this is written in a way that cannot be changed without touching more";
    let append = |text: &str| append(text, Spot::top("approvals"), &tom());
    for text in ["? approvals\n", "---\n...\n"] {
        assert!(said(text, append(text)).starts_with(unusual), "{text:?}");
    }
    let text = "l:\n  - until: x # why\n    id: y\n";
    assert!(said(text, remove(text, Spot::within("l", "y", "until"))).starts_with(unusual));
    // The empty line would become part of the text above.
    let text = "keep: |+\n  text\nuntil: x\n\nowner: y\n";
    assert!(said(text, remove(text, Spot::top("until"))).starts_with(unusual));
    let text = "l: [ id: y ]\n";
    let set = |text: &str| set(text, Spot::within("l", "y", "until"), &Value::text("x"));
    assert!(said(text, set(text)).starts_with(unusual));
}

#[test]
fn lists_and_mappings_are_not_overwritten() {
    let spot = Spot::top("a");
    for (text, message) in [
        ("a: [1]\n", "the value of `a` is no single value: [1"),
        ("A:\n  b: 1\n", "the value of `A` is no single value: b: 1\n"),
    ] {
        assert_eq!(said(text, set(text, spot, &Value::Number(1))), message);
        assert_eq!(said(text, remove(text, spot)), message);
    }
    let taken = |text| take(text, spot, |_| true).map(|(text, _)| text);
    assert_eq!(said("a: 1\n", taken("a: 1\n")), "the value of `a` is no list: 1");
}

#[test]
fn an_item_is_found_once_or_not_at_all() {
    let spot = Spot::within("people", "mara", "until");
    let cases = [
        ("a: 1\n", "there is no `mara` in `people`: "),
        ("people:\n", "there is no `mara` in `people`: "),
        ("people:\n  - { id: tom }\n  - mara\n", "there is no `mara` in `people`: "),
        ("people: mara\n", "the value of `people` is no list: mara"),
        ("people: [{ id: mara }, { ID: mara }]\n", "`mara` stands twice in `people`: { ID: mara "),
    ];
    for (text, message) in cases {
        assert_eq!(said(text, set(text, spot, &Value::text("x"))), message, "{text:?}");
    }
}
