//! Items that are appended to lists.

use super::{Case, check, tom};
use crate::amend::{Refusal, Spot, Value, append};

fn approve(text: &str) -> Result<String, Refusal> {
    append(text, Spot::top("approvals"), &tom())
}

#[test]
fn an_item_joins_a_list_of_lines() {
    const CASES: [Case; 26] = [
        (
            "an indented list",
            "approvals:\n  - { by: mara, on: 2026-01-20 }\nowner: x\n",
            "approvals:\n  - { by: mara, on: 2026-01-20 }\n  - { by: tom, on: 2026-02-03 }\nowner: x\n",
        ),
        (
            "a list that is not indented",
            "approvals:\n- { by: mara }\nowner: x\n",
            "approvals:\n- { by: mara }\n- { by: tom, on: 2026-02-03 }\nowner: x\n",
        ),
        (
            "a deep indent",
            "approvals:\n        - { by: mara }\n",
            "approvals:\n        - { by: mara }\n        - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "braces without spaces",
            "approvals:\n  - {by: mara}\n",
            "approvals:\n  - {by: mara}\n  - {by: tom, on: 2026-02-03}\n",
        ),
        (
            "one line a key",
            "approvals:\n  - by: mara\n    role: ciso\nowner: x\n",
            "approvals:\n  - by: mara\n    role: ciso\n  - by: tom\n    on: 2026-02-03\nowner: x\n",
        ),
        (
            "one line a key, far from the dash",
            "approvals:\n-   by: mara\n    role: ciso\n",
            "approvals:\n-   by: mara\n    role: ciso\n-   by: tom\n    on: 2026-02-03\n",
        ),
        (
            "the dash in a line of its own",
            "approvals:\n  -\n    by: mara\n",
            "approvals:\n  -\n    by: mara\n  - by: tom\n    on: 2026-02-03\n",
        ),
        (
            "the last item decides",
            "approvals:\n  - by: mara\n  - { by: ruth }\n",
            "approvals:\n  - by: mara\n  - { by: ruth }\n  - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "a comment behind the last item and one behind the key",
            "approvals: # who\n  - { by: mara } # by phone\nowner: x # me\n",
            "approvals: # who\n  - { by: mara } # by phone\n  - { by: tom, on: 2026-02-03 }\nowner: x # me\n",
        ),
        (
            "a comment below an item belongs to it if it is indented further",
            "approvals:\n  - { by: mara }\n    # in the meeting\n    # of the board\n  # - { by: name }\nowner: x\n",
            "approvals:\n  - { by: mara }\n    # in the meeting\n    # of the board\n  - { by: tom, on: 2026-02-03 }\n  # - { by: name }\nowner: x\n",
        ),
        (
            "comments and empty lines between items",
            "approvals:\n\n  # first\n  - { by: mara }\n\n  # second\n  - { by: ruth }\n\n\nowner: x\n",
            "approvals:\n\n  # first\n  - { by: mara }\n\n  # second\n  - { by: ruth }\n  - { by: tom, on: 2026-02-03 }\n\n\nowner: x\n",
        ),
        (
            "the last line does not end",
            "owner: x\napprovals:\n  - { by: mara }",
            "owner: x\napprovals:\n  - { by: mara }\n  - { by: tom, on: 2026-02-03 }",
        ),
        (
            "lines end as on Windows",
            "owner: x\r\napprovals:\r\n  - { by: mara } # c\r\nsize: 1\r\n",
            "owner: x\r\napprovals:\r\n  - { by: mara } # c\r\n  - { by: tom, on: 2026-02-03 }\r\nsize: 1\r\n",
        ),
        (
            "lines end as on Windows, and the last one does not",
            "owner: x\r\napprovals:\r\n  - by: mara",
            "owner: x\r\napprovals:\r\n  - by: mara\r\n  - by: tom\r\n    on: 2026-02-03",
        ),
        (
            "lines end in both ways",
            "owner: x\napprovals:\r\n  - { by: mara }\r\nsize: 1\n",
            "owner: x\napprovals:\r\n  - { by: mara }\r\n  - { by: tom, on: 2026-02-03 }\r\nsize: 1\n",
        ),
        (
            "tabs where YAML allows them",
            "approvals:\t# who\n-\t{\tby:\tmara\t}\t# c\nowner:\tx\t\n",
            "approvals:\t# who\n-\t{\tby:\tmara\t}\t# c\n- { by: tom, on: 2026-02-03 }\nowner:\tx\t\n",
        ),
        (
            "the key in other letters",
            "Approvals :\n  - { by: mara }\n",
            "Approvals :\n  - { by: mara }\n  - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "the key in quotes",
            "\"ap-provals\":\n  - { by: mara }\n",
            "\"ap-provals\":\n  - { by: mara }\n  - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "braces over several lines",
            "approvals:\n  - { by: mara,\n      # why\n      on: 2026-01-20\n    }\nowner: x\n",
            "approvals:\n  - { by: mara,\n      # why\n      on: 2026-01-20\n    }\n  - { by: tom, on: 2026-02-03 }\nowner: x\n",
        ),
        (
            "an item that ends in a text of several lines",
            "approvals:\n  - by: mara\n    reason: |\n      - { by: x }\n      ---\n      # no comment\n\nowner: x\n",
            "approvals:\n  - by: mara\n    reason: |\n      - { by: x }\n      ---\n      # no comment\n  - by: tom\n    on: 2026-02-03\n\nowner: x\n",
        ),
        (
            "an item that ends in a text that keeps its empty lines",
            "approvals:\n  - by: mara\n    reason: >+\n      words\n\n\nowner: x\n",
            "approvals:\n  - by: mara\n    reason: >+\n      words\n\n\n  - by: tom\n    on: 2026-02-03\nowner: x\n",
        ),
        (
            "an item that ends in words over several lines",
            "approvals:\n  - by: mara\n    reason: these are\n      \"words # too\n    role: ciso\n    note: 'and\n\n      these'\nowner: x\n",
            "approvals:\n  - by: mara\n    reason: these are\n      \"words # too\n    role: ciso\n    note: 'and\n\n      these'\n  - by: tom\n    on: 2026-02-03\nowner: x\n",
        ),
        (
            "an item that ends with nothing, and one that is nothing",
            "approvals:\n  -\n  - by: mara\n    on: # when?\n    # who knows\nowner: x\n",
            "approvals:\n  -\n  - by: mara\n    on: # when?\n    # who knows\n  - by: tom\n    on: 2026-02-03\nowner: x\n",
        ),
        (
            "an item that holds a list",
            "approvals:\n  - by: mara\n    considered:\n    - law\n    - risks # all\nowner: x\n",
            "approvals:\n  - by: mara\n    considered:\n    - law\n    - risks # all\n  - by: tom\n    on: 2026-02-03\nowner: x\n",
        ),
        (
            "items that are words",
            "approvals: # old style\n  - mara, 2026-01-20\n",
            "approvals: # old style\n  - mara, 2026-01-20\n  - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "signs of all kinds",
            "titel: \"🎉 Zürich\" # ← 日本\napprovals:\n  - { by: 🦀, on: \"\\u2603\" } # ☃\nowner: é\n",
            "titel: \"🎉 Zürich\" # ← 日本\napprovals:\n  - { by: 🦀, on: \"\\u2603\" } # ☃\n  - { by: tom, on: 2026-02-03 }\nowner: é\n",
        ),
    ];
    check(&CASES, approve);
}

#[test]
fn an_item_joins_a_list_in_brackets() {
    const CASES: [Case; 17] = [
        (
            "in one line",
            "approvals: [ { by: mara } ] # c\n",
            "approvals: [ { by: mara }, { by: tom, on: 2026-02-03 } ] # c\n",
        ),
        (
            "in one line, without spaces",
            "approvals: [{by: mara}]\n",
            "approvals: [{by: mara}, {by: tom, on: 2026-02-03}]\n",
        ),
        (
            "in one line, with a comma at the end",
            "approvals: [{ by: mara }, ]\n",
            "approvals: [{ by: mara }, { by: tom, on: 2026-02-03 }, ]\n",
        ),
        (
            "one line an item",
            "approvals: [\n  { by: mara },\n  { by: ruth }\n]\nowner: x\n",
            "approvals: [\n  { by: mara },\n  { by: ruth },\n  { by: tom, on: 2026-02-03 }\n]\nowner: x\n",
        ),
        (
            "one line an item, with a comma at the end and comments",
            "approvals: [ # who\n    { by: mara }, # one\n    { by: ruth }, # two\n    # more\n]\n",
            "approvals: [ # who\n    { by: mara }, # one\n    { by: ruth }, # two\n    { by: tom, on: 2026-02-03 },\n    # more\n]\n",
        ),
        (
            "one line an item, with a comment and no comma at the end",
            "approvals: [\n  { by: mara } # one, [1]\n]\n",
            "approvals: [\n  { by: mara }, # one, [1]\n  { by: tom, on: 2026-02-03 }\n]\n",
        ),
        (
            "items below each other",
            "approvals: [ { by: mara },\n             { by: ruth } ]\n",
            "approvals: [ { by: mara },\n             { by: ruth },\n             { by: tom, on: 2026-02-03 } ]\n",
        ),
        (
            "a comment behind the first item",
            "approvals: [ { by: mara } # one\n  ]\n",
            "approvals: [ { by: mara }, # one\n             { by: tom, on: 2026-02-03 }\n  ]\n",
        ),
        (
            "commas before items",
            "approvals: [\n    { by: mara }\n  , { by: ruth }\n  ]\n",
            "approvals: [\n    { by: mara }\n  , { by: ruth }, { by: tom, on: 2026-02-03 }\n  ]\n",
        ),
        (
            "brackets below their key",
            "approvals:\n  [ { by: mara } ]\n",
            "approvals:\n  [ { by: mara }, { by: tom, on: 2026-02-03 } ]\n",
        ),
        (
            "lines that end as on Windows",
            "approvals: [\r\n  { by:\tmara }\r\n]\r\n",
            "approvals: [\r\n  { by:\tmara },\r\n  { by: tom, on: 2026-02-03 }\r\n]\r\n",
        ),
        (
            "brackets and commas in quotes",
            "approvals: [{ by: \"m]a,r}a\", note: ']' }] # ]\n",
            "approvals: [{ by: \"m]a,r}a\", note: ']' }, { by: tom, on: 2026-02-03 }] # ]\n",
        ),
        (
            "brackets in brackets",
            "approvals: [ { by: mara, considered: [ law, [ x ] ] } ]\n",
            "approvals: [ { by: mara, considered: [ law, [ x ] ] }, { by: tom, on: 2026-02-03 } ]\n",
        ),
        (
            "the whole in braces",
            "{ owner: x, approvals: [ { by: mara } ] }\n",
            "{ owner: x, approvals: [ { by: mara }, { by: tom, on: 2026-02-03 } ] }\n",
        ),
        (
            "the whole in braces, without the key",
            "{\n  \"owner\": \"x\"\n}\n",
            "{\n  \"owner\": \"x\",\n  approvals: [ { by: tom, on: 2026-02-03 } ]\n}\n",
        ),
        (
            "the whole in braces, with nothing under the key",
            "{owner: x, approvals: , b: []}\n",
            "{owner: x, approvals: [ { by: tom, on: 2026-02-03 } ] , b: []}\n",
        ),
        (
            "the whole in braces, with an empty list",
            "{owner: x, approvals: [], b}\n",
            "{owner: x, approvals: [ { by: tom, on: 2026-02-03 } ], b}\n",
        ),
    ];
    check(&CASES, approve);
}

#[test]
fn a_list_begins_where_there_is_none() {
    const CASES: [Case; 24] = [
        (
            "brackets around nothing",
            "approvals: []\nowner: x\n",
            "approvals:\n  - { by: tom, on: 2026-02-03 }\nowner: x\n",
        ),
        (
            "brackets around nothing, with a comment behind",
            "approvals:   [ ]  # none yet\nowner: x\n",
            "approvals:  # none yet\n  - { by: tom, on: 2026-02-03 }\nowner: x\n",
        ),
        (
            "brackets around a comment",
            "approvals: [\n  # none yet\n]\n",
            "approvals: [\n  # none yet\n  { by: tom, on: 2026-02-03 }\n]\n",
        ),
        (
            "brackets around nothing, below their key",
            "approvals:\n  # who\n  [] # none\nowner: x\n",
            "approvals:\n  # who\n  - { by: tom, on: 2026-02-03 } # none\nowner: x\n",
        ),
        (
            "brackets around nothing at the end of the text",
            "approvals: []",
            "approvals:\n  - { by: tom, on: 2026-02-03 }",
        ),
        (
            "nothing",
            "approvals:\nowner: x\n",
            "approvals:\n  - { by: tom, on: 2026-02-03 }\nowner: x\n",
        ),
        (
            "nothing at the end of the text",
            "owner: x\napprovals:",
            "owner: x\napprovals:\n  - { by: tom, on: 2026-02-03 }",
        ),
        (
            "nothing, with comments",
            "approvals: # who\n  # none yet\n# the owner\nowner: x\n",
            "approvals: # who\n  # none yet\n  - { by: tom, on: 2026-02-03 }\n# the owner\nowner: x\n",
        ),
        (
            "nothing, by its sign",
            "approvals: ~\nowner: x\n",
            "approvals:\n  - { by: tom, on: 2026-02-03 }\nowner: x\n",
        ),
        (
            "nothing, by its name",
            "approvals: null # none\r\nowner: x\r\n",
            "approvals: # none\r\n  - { by: tom, on: 2026-02-03 }\r\nowner: x\r\n",
        ),
        ("no key", "owner: x\n", "owner: x\napprovals:\n  - { by: tom, on: 2026-02-03 }\n"),
        (
            "no key, and the last line does not end",
            "owner: x",
            "owner: x\napprovals:\n  - { by: tom, on: 2026-02-03 }",
        ),
        (
            "no key, and comments at the end",
            "owner: x # me\n  # really\n\n# end\n",
            "owner: x # me\n  # really\napprovals:\n  - { by: tom, on: 2026-02-03 }\n\n# end\n",
        ),
        (
            "no key after a text of several lines",
            "summary: |\n  words\n\n  ---\n\n\n# end\n",
            "summary: |\n  words\n\n  ---\napprovals:\n  - { by: tom, on: 2026-02-03 }\n\n\n# end\n",
        ),
        (
            "no key after a text that keeps its empty lines",
            "summary: |2+ # c\n   words\n\n",
            "summary: |2+ # c\n   words\n\napprovals:\n  - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "no key after a text of no lines",
            "summary: >-\n\n",
            "summary: >-\napprovals:\n  - { by: tom, on: 2026-02-03 }\n\n",
        ),
        (
            "no key after nothing",
            "summary:   # none\n",
            "summary:   # none\napprovals:\n  - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "lists that are not indented",
            "tags:\n- x\nrelated:\n- y # z\nowner: x\n",
            "tags:\n- x\nrelated:\n- y # z\nowner: x\napprovals:\n- { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "lists that are indented by four",
            "tags:\n    - x\n",
            "tags:\n    - x\napprovals:\n    - { by: tom, on: 2026-02-03 }\n",
        ),
        (
            "a mark where the document begins and one where it ends",
            "%YAML 1.2\n--- # people\nowner: x\n...\n",
            "%YAML 1.2\n--- # people\nowner: x\napprovals:\n  - { by: tom, on: 2026-02-03 }\n...\n",
        ),
        ("an empty text", "", "approvals:\n  - { by: tom, on: 2026-02-03 }\n"),
        (
            "a text of comments",
            "# records\r\n",
            "# records\r\napprovals:\r\n  - { by: tom, on: 2026-02-03 }\r\n",
        ),
        (
            "a text of one comment that does not end",
            "# records",
            "# records\napprovals:\n  - { by: tom, on: 2026-02-03 }",
        ),
        ("empty braces", "{}\n", "{ approvals: [ { by: tom, on: 2026-02-03 } ] }\n"),
    ];
    check(&CASES, approve);
}

#[test]
fn an_item_joins_a_list_in_an_item() {
    const CASES: [Case; 8] = [
        (
            "brackets in lines",
            "roles:\n  - id: ceo\n    holders: []\n  - id: ciso\n    duty: Runs it.\n    holders: [ { person: mara } ]\n",
            "roles:\n  - id: ceo\n    holders: []\n  - id: ciso\n    duty: Runs it.\n    holders: [ { person: mara }, { by: tom, on: 2026-02-03 } ]\n",
        ),
        (
            "lines in lines",
            "Roles:\n- ID: ciso\n  holders:\n  - person: mara\n    from: 2021-03-01\n- id: ceo\n",
            "Roles:\n- ID: ciso\n  holders:\n  - person: mara\n    from: 2021-03-01\n  - by: tom\n    on: 2026-02-03\n- id: ceo\n",
        ),
        (
            "no key in lines",
            "roles:\n  - id: ciso # c\n\n  - id: ceo\n",
            "roles:\n  - id: ciso # c\n    holders:\n      - { by: tom, on: 2026-02-03 }\n\n  - id: ceo\n",
        ),
        (
            "the key is the first one of its item",
            "roles:\n  - holders:\n    id: ciso\n",
            "roles:\n  - holders:\n      - { by: tom, on: 2026-02-03 }\n    id: ciso\n",
        ),
        (
            "no key in braces",
            "roles:\n  - { id: ciso, title: \"X, Y\" } # c\n  - { id: ceo }\n",
            "roles:\n  - { id: ciso, title: \"X, Y\", holders: [ { by: tom, on: 2026-02-03 } ] } # c\n  - { id: ceo }\n",
        ),
        (
            "brackets in braces",
            "roles: [{id: ceo}, {id: ciso, holders: [{person: mara}]}]\n",
            "roles: [{id: ceo}, {id: ciso, holders: [{person: mara}, {by: tom, on: 2026-02-03}]}]\n",
        ),
        (
            "nothing in brackets in braces",
            "roles:\n  - { id: ciso, holders: [ ] }\n",
            "roles:\n  - { id: ciso, holders: [ { by: tom, on: 2026-02-03 } ] }\n",
        ),
        (
            "an id in quotes",
            "roles:\n  - { 'id': \"ciso\",\n      holders: }\n",
            "roles:\n  - { 'id': \"ciso\",\n      holders: [ { by: tom, on: 2026-02-03 } ] }\n",
        ),
    ];
    check(&CASES, |text| append(text, Spot::within("roles", "ciso", "holders"), &tom()));
}

#[test]
fn values_are_in_quotes_where_they_need_them() {
    let texts = [
        "mara",
        "POL-AC",
        "2026-01-20",
        "12 months",
        "No change: fine",
        "sha256:ab12",
        "a #b",
        "it's",
        "1.10",
        "2",
        "0x1F",
        "yes",
        "Null",
        "~",
        "",
        " a",
        "a ",
        "- a",
        "a, b",
        "[a]",
        "{{ x }}",
        "a: ",
        "\"q\"",
        "back\\slash",
        "line\nbreak\ttab",
        "é 日本",
        "🎉",
        "@me",
        "!no",
        "&a",
        "*a",
        "%",
        "? a",
        "20260120T140311Z-mara-approval-1a2b3c4d",
        "\u{202e}rtl\u{7}",
        "12:30",
        "1e3",
        "C:\\x",
        "|",
        "\u{feff}x",
        "\u{85}x",
        "'single'",
        "a'b\"c",
        "---",
        "...",
        "<<",
        "=",
        "Kim (CISO)/IT; 50% off!",
    ];
    let entries: Vec<(String, Value)> =
        (0..).zip(texts).map(|(at, text)| (format!("k{at}"), Value::text(text))).collect();
    let mut item: Vec<(&str, Value)> =
        entries.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
    item.push(("version", Value::text("three")));
    item.push(("count", Value::Number(-3)));
    item.push(("considered", Value::List(vec!["law".into(), "a, b".into(), "1.0".into()])));
    // That each is read again as it was is what `append` itself looks at.
    let braces = append("l:\n- {}\n", Spot::top("l"), &item).unwrap();
    let lines = append("l:\n- a: b\n", Spot::top("l"), &item).unwrap();
    assert_eq!(braces.lines().count(), 3);
    let spelled: Vec<&str> =
        lines.lines().skip(2).map(|line| line.split_once(": ").unwrap().1).collect();
    let plain: Vec<&str> = spelled.iter().copied().filter(|it| !it.starts_with('"')).collect();
    assert_eq!(
        plain,
        [
            "mara",
            "POL-AC",
            "2026-01-20",
            "12 months",
            "it's",
            "é 日本",
            "20260120T140311Z-mara-approval-1a2b3c4d",
            "Kim (CISO)/IT; 50% off!",
            "-3",
            "[law, \"a, b\", \"1.0\"]",
        ]
    );
    let quoted =
        ["\"sha256:ab12\"", "\"line\\nbreak\\ttab\"", "\"\\u202ertl\\u0007\"", "\"three\""];
    assert!(quoted.iter().all(|it| spelled.contains(it)), "{spelled:?}");
}
