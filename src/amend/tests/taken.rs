//! Items that are taken out of lists and put elsewhere.

use crate::amend::{Spot, Taken, append_taken, take};
use crate::parse::yaml::Node;

/// Returns whether an item says that it is old.
fn is_old(item: &Node) -> bool {
    item.entries().iter().any(|it| it.key.value == "old")
}

/// What it shows, a text, the text without what is old, and what is old.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

#[test]
fn items_are_taken_out_with_what_belongs_to_them() {
    const CASES: [Case; 27] = [
        ("none", "l:\n  - { a: 1 }\n", "l:\n  - { a: 1 }\n", &[]),
        ("no key", "a: 1\n", "a: 1\n", &[]),
        ("no list", "l: # none\n", "l: # none\n", &[]),
        (
            "the first",
            "l:\n  - { old: 1 }\n  - { a: 1 }\n",
            "l:\n  - { a: 1 }\n",
            &["- { old: 1 }\n"],
        ),
        ("the last", "l:\n- { a: 1 }\n- { old: 1 }", "l:\n- { a: 1 }\n", &["- { old: 1 }\n"]),
        (
            "some",
            "l:\n  - old: 1\n    b: 2\n  - a: 1\n  - old: 2\nm: 1\n",
            "l:\n  - a: 1\nm: 1\n",
            &["- old: 1\n  b: 2\n", "- old: 2\n"],
        ),
        (
            "all",
            "a: 1\nl:\n  - { old: 1 }\n  - { old: 2 }\nm: 1\n",
            "a: 1\nm: 1\n",
            &["- { old: 1 }\n", "- { old: 2 }\n"],
        ),
        ("all there is", "l:\n  - { old: 1 }\n", "", &["- { old: 1 }\n"]),
        (
            "all, and a comment behind the key",
            "l: # c\n  - { old: 1 }\nm: 1\n",
            "l: [] # c\nm: 1\n",
            &["- { old: 1 }\n"],
        ),
        (
            "all, and a comment above",
            "l:\n  # c\n  - { old: 1 }\nm: 1\n",
            "l: []\n  # c\nm: 1\n",
            &["- { old: 1 }\n"],
        ),
        (
            "all, and a comment below",
            "l:\n  - { old: 1 }\n# m\nm: 1\n",
            "# m\nm: 1\n",
            &["- { old: 1 }\n"],
        ),
        (
            "comments of others stay",
            "l:\n  # all\n  - a: 1 # one\n    # one more\n  # two\n  - old: 1 # two\n    # two more\n  # three\n  - a: 3\n",
            "l:\n  # all\n  - a: 1 # one\n    # one more\n  # three\n  - a: 3\n",
            &["# two\n- old: 1 # two\n  # two more\n"],
        ),
        (
            "a comment in a paragraph of its own stays",
            "l:\n  - a: 1\n\n  # about both\n\n  - old: 1\n  - a: 2\n",
            "l:\n  - a: 1\n\n  # about both\n\n  - a: 2\n",
            &["- old: 1\n"],
        ),
        (
            "a comment above the first stays",
            "l:\n  # newest first\n  - old: 1\n  - a: 1\n",
            "l:\n  # newest first\n  - a: 1\n",
            &["- old: 1\n"],
        ),
        (
            "Windows",
            "l:\r\n  - old: 1\r\n    b: 2\r\n  - a: 1\r\n",
            "l:\r\n  - a: 1\r\n",
            &["- old: 1\n  b: 2\n"],
        ),
        (
            "texts of several lines",
            "l:\n    - old: |\n        x\n\n         ---\n      b: 'c\n\n       d'\n    - a: 1\n",
            "l:\n    - a: 1\n",
            &["- old: |\n    x\n\n     ---\n  b: 'c\n\n   d'\n"],
        ),
        (
            "braces that go on further to the left",
            "l:\n    - { old: 1, # c\n  b: 2\n# d\n  }\n    - a: 1\n",
            "l:\n    - a: 1\n",
            &["- { old: 1, # c\n  b: 2\n# d\n  }\n"],
        ),
        (
            "brackets",
            "l: [ { a: 1 }, { old: 1 } ] # c\n",
            "l: [ { a: 1 } ] # c\n",
            &["- { old: 1 }\n"],
        ),
        ("brackets, the first", "l: [{old: 1}, {a: 1}]\n", "l: [{a: 1}]\n", &["- {old: 1}\n"]),
        (
            "brackets, with a comma behind",
            "l: [{a: 1}, {old: 1},]\n",
            "l: [{a: 1},]\n",
            &["- {old: 1}\n"],
        ),
        (
            "brackets, all",
            "a: 1\nl: [ { old: 1 }, { old: 2 } ]\nm: 1\n",
            "a: 1\nm: 1\n",
            &["- { old: 1 }\n", "- { old: 2 }\n"],
        ),
        (
            "brackets, all, and a comment",
            "l: [ { old: 1 } ] # c\n",
            "l: [] # c\n",
            &["- { old: 1 }\n"],
        ),
        (
            "brackets over lines",
            "l: [\n  { a: 1 }, # one\n  { old: 1,\n    b: 2 }, # two\n  # three\n  { a: 3 }, # three\n]\n",
            "l: [\n  { a: 1 }, # one\n  # three\n  { a: 3 }, # three\n]\n",
            &["- { old: 1,\n    b: 2 } # two\n"],
        ),
        (
            "brackets over lines, the last",
            "l: [\n  { a: 1 }, # one\n  { old: 1 } # two\n]\n",
            "l: [\n  { a: 1 } # one\n]\n",
            &["- { old: 1 } # two\n"],
        ),
        (
            "brackets over lines, all",
            "l: [\n  # none\n  { old: 1 },\n  { old: 2 }\n]\n",
            "l: [\n  # none\n]\n",
            &["- { old: 1 }\n", "- { old: 2 }\n"],
        ),
        (
            "a comment between two in one line",
            "l: [ { a: 1 }, # one\n     { old: 1 } ]\n",
            "l: [ { a: 1 }, # one\n     ]\n",
            &["- { old: 1 }\n"],
        ),
        (
            "braces around all",
            "{ l: [ { old: 1 } ], m: 1 }\n",
            "{ l: [], m: 1 }\n",
            &["- { old: 1 }\n"],
        ),
    ];
    let wrong: Vec<String> = CASES
        .iter()
        .filter_map(|(about, before, after, old)| {
            let found = take(before, Spot::top("l"), is_old);
            let found = found.as_ref().map(|(text, taken)| {
                (text.as_str(), taken.iter().map(Taken::text).collect::<Vec<_>>())
            });
            let is_right = found == Ok((*after, old.to_vec()));
            (!is_right).then(|| {
                format!("{about}:\n{before:?}\n{after:?} {old:?} is right, not\n{found:?}")
            })
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_was_taken_is_put_elsewhere() {
    let text = "l:\n    # one\n    - { a: 1 }\n    # two\n    - old: 1 # two\n      b: |\n        x\n\n        y\n    - { old: 2 } # three\n";
    let (_, taken) = take(text, Spot::top("l"), is_old).unwrap();
    let put = |text: &str| {
        let put = |text: String, one| append_taken(&text, Spot::top("l"), one);
        taken.iter().try_fold(text.to_owned(), put).unwrap()
    };
    let lines = "  # two\n  - old: 1 # two\n    b: |\n      x\n\n      y\n  - { old: 2 } # three\n";
    assert_eq!(put(""), format!("l:\n{lines}"));
    assert_eq!(put("l: []\n"), format!("l:\n{lines}"));
    assert_eq!(put("l:\n  - c: 3\n"), format!("l:\n  - c: 3\n{lines}"));
    assert_eq!(
        put("l:\r\n- c: 3\r\n"),
        format!("l:\n- c: 3\n{}", lines.replace("\n  ", "\n").split_off(2)).replace('\n', "\r\n")
    );
    assert_eq!(
        put("l: [ { c: 3 } ]\n"),
        "l: [ { c: 3 }, { old: \"1\", b: \"x\\n\\ny\\n\" }, { old: 2 } ]\n".replace("\"1\"", "1")
    );
}
