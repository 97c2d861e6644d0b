//! Single values that are set and taken out.

use super::{Case, check};
use crate::amend::{Spot, Value, remove, set};

#[test]
fn a_value_takes_the_place_of_another() {
    const CASES: [Case; 22] = [
        ("plain", "a: b\nretired_on: 2025-01-01 # then\n", "a: b\nretired_on: 2026-02-03 # then\n"),
        ("double quotes", "retired_on:  \"x\" #y\n", "retired_on:  \"2026-02-03\" #y\n"),
        ("single quotes", "retired_on: 'x'  # y\n", "retired_on: '2026-02-03'  # y\n"),
        ("nothing", "retired_on:\na: b\n", "retired_on: 2026-02-03\na: b\n"),
        ("nothing and a comment", "retired_on:   # c\n", "retired_on: 2026-02-03   # c\n"),
        ("nothing by its sign", "retired_on: ~ # c\n", "retired_on: 2026-02-03 # c\n"),
        ("nothing, and the text ends", "a: b\nretired_on:", "a: b\nretired_on: 2026-02-03"),
        ("the key in other letters", "Retired-On: x\n", "Retired-On: 2026-02-03\n"),
        ("the key in quotes", "\"retired on\" : x\n", "\"retired on\" : 2026-02-03\n"),
        (
            "words over several lines",
            "retired_on: a\n  b\n c\nd: e\n",
            "retired_on: 2026-02-03\nd: e\n",
        ),
        (
            "a text of several lines",
            "retired_on: |- # why\n  a # b\n\n  c\n\n# d\ne: f\n",
            "retired_on: 2026-02-03 # why\n\n# d\ne: f\n",
        ),
        (
            "a value below its key",
            "retired_on:\n  # c\n  x\nd: e\n",
            "retired_on:\n  # c\n  2026-02-03\nd: e\n",
        ),
        ("Windows", "retired_on: x\r\nd: e\r\n", "retired_on: 2026-02-03\r\nd: e\r\n"),
        ("no key", "a: b # c\r\n", "a: b # c\r\nretired_on: 2026-02-03\r\n"),
        ("no key, and the text does not end", "a:\n  - b", "a:\n  - b\nretired_on: 2026-02-03"),
        ("no text", "", "retired_on: 2026-02-03\n"),
        ("in braces", "{a: b, retired_on: x}", "{a: b, retired_on: 2026-02-03}"),
        ("in braces, nothing", "{retired_on: }", "{retired_on: 2026-02-03 }"),
        ("in braces, no colon", "{ retired_on, a: b }", "{ retired_on: 2026-02-03, a: b }"),
        ("in braces, no key", "{ a: b, }", "{ a: b, retired_on: 2026-02-03, }"),
        ("a byte order mark", "\u{feff}retired_on: x\n", "\u{feff}retired_on: 2026-02-03\n"),
        (
            "a byte order mark and no key",
            "\u{feff}a: b\n",
            "\u{feff}a: b\nretired_on: 2026-02-03\n",
        ),
    ];
    check(&CASES, |text| set(text, Spot::top("retired_on"), &Value::text("2026-02-03")));
}

#[test]
fn a_version_is_always_in_quotes() {
    const CASES: [Case; 4] = [
        ("plain", "Version: 1.9\n", "Version: \"1.10\"\n"),
        ("single quotes", "version: '1.9'\n", "version: '1.10'\n"),
        ("nothing", "version:\n", "version: \"1.10\"\n"),
        ("no key", "a: b\n", "a: b\nversion: \"1.10\"\n"),
    ];
    check(&CASES, |text| set(text, Spot::top("version"), &Value::text("1.10")));
}

#[test]
fn a_value_of_an_item_is_set() {
    const CASES: [Case; 9] = [
        (
            "braces in one line",
            "people:\n  - { id: tom }\n  - { id: mara, since: 2021-03-01 } # x\n",
            "people:\n  - { id: tom }\n  - { id: mara, since: 2021-03-01, until: 2026-02-03 } # x\n",
        ),
        (
            "braces without spaces",
            "people:\n  - {id: mara}\n",
            "people:\n  - {id: mara, until: 2026-02-03}\n",
        ),
        (
            "braces over lines",
            "people:\n  - { id: mara,\n      since: 2021-03-01 }\n  - {}\n",
            "people:\n  - { id: mara,\n      since: 2021-03-01,\n      until: 2026-02-03 }\n  - {}\n",
        ),
        (
            "the end of a line without end of braces",
            "people:\n  - { id: mara, a: b, # c\n    }\n",
            "people:\n  - { id: mara, a: b, # c\n                until: 2026-02-03,\n    }\n",
        ),
        (
            "lines",
            "people:\n- id: mara\n  name: Mara # x\n\n- id: tom\n",
            "people:\n- id: mara\n  name: Mara # x\n  until: 2026-02-03\n\n- id: tom\n",
        ),
        (
            "there is one",
            "people:\n  - { id: mara, until: ~, since: x }\n",
            "people:\n  - { id: mara, until: 2026-02-03, since: x }\n",
        ),
        (
            "there is one in lines",
            "people:\n  - until:\n    id: mara\n",
            "people:\n  - until: 2026-02-03\n    id: mara\n",
        ),
        (
            "all in brackets",
            "people: [ { id: mara } , { id: tom } ]\n",
            "people: [ { id: mara, until: 2026-02-03 } , { id: tom } ]\n",
        ),
        (
            "a list behind it",
            "people:\n  - id: mara\n    teams:\n    - x\nroles: []\n",
            "people:\n  - id: mara\n    teams:\n    - x\n    until: 2026-02-03\nroles: []\n",
        ),
    ];
    let value = Value::text("2026-02-03");
    check(&CASES, |text| set(text, Spot::within("people", "mara", "until"), &value));
}

#[test]
fn a_key_is_taken_out() {
    const CASES: [Case; 14] = [
        ("a line", "a: b\nretired_on: x # c\nd: e\n", "a: b\nd: e\n"),
        ("the last line without end", "a: b\nretired_on: x", "a: b\n"),
        ("the only line", "retired_on: x\n", ""),
        ("comments around", "# a\nretired_on: x\n  # b\nc: d\n", "# a\n  # b\nc: d\n"),
        ("nothing", "retired_on:\r\na: b\r\n", "a: b\r\n"),
        ("a text of lines", "retired_on: >\n  a\n  b\n\nc: d\n", "\nc: d\n"),
        ("words over lines", "retired_on: 'a\n  b'\nc: d\n", "c: d\n"),
        ("not there", "a: b\n", "a: b\n"),
        ("braces", "{ a: b, retired_on: x }", "{ a: b }"),
        ("braces, the first", "{ retired_on: x, a: b }", "{ a: b }"),
        ("braces, the middle", "{a: b, retired_on: x , c: d}", "{a: b, c: d}"),
        ("braces, the only one", "{ retired_on: x }", "{ }"),
        ("braces over lines", "{\n  a: b,\n  retired_on: x # c\n}\n", "{\n  a: b\n}\n"),
        ("below its key", "retired_on:\n  # c\n  x\nd: e\n", "d: e\n"),
    ];
    const ITEMS: [Case; 3] = [
        ("lines", "l:\n  - id: x\n    until: y\n  - id: z\n", "l:\n  - id: x\n  - id: z\n"),
        ("the first line", "l:\n  - until: y\n    id: x\n", "l:\n  - id: x\n"),
        ("braces", "l:\n  - { id: x, until: y }\n", "l:\n  - { id: x }\n"),
    ];
    check(&CASES, |text| remove(text, Spot::top("retired_on")));
    check(&ITEMS, |text| remove(text, Spot::within("l", "x", "until")));
}
