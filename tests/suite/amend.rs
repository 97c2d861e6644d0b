//! Changes to front matter that is put together by chance: what comes out is what was put together
//! with the change in its place.

use std::fmt::Write as _;

use avouch::amend::{Refusal, Spot, Value, append, in_front_matter, remove, set, take};
use avouch::parse::yaml::{self, Node, NodeKind};

use crate::random::Random;

/// How many documents are put together.
const DOCUMENTS: u64 = 2000;

/// What may stand around a change. `§` stands for a number, so that no key comes twice.
const AROUND: [&str; 22] = [
    "title§: Access Control # the title\n",
    "# a comment, with approvals: [] in it\n",
    "\n",
    "summary§: |\n  words\n\n  ---\n  approvals:\n    - { by: nobody }\n",
    "summary§: >-\n    folded # no comment\n     words\n",
    "note§: \"two\n  lines, {\"\n",
    "note§: 'it''s: ]'\n",
    "long§: plain words\n  that go on\n  - and on\n",
    "tags§: [a, \"b, c\", d]\n",
    "tags§:\n  - a\n  - b # last\n",
    "tags§: [\n  a, # one\n  b\n  ]\n",
    "nested§:\n  approvals: []\n  deeper:\n    approvals:\n      - { by: nobody }\n",
    "nested§: { approvals: [ { by: nobody } ], x: ~ }\n",
    "nothing§:\n",
    "nothing§: ~ # nothing\n",
    "\"quoted §\": 🎉 Zürich\n",
    "version§: \"1.10\"\n",
    "date§: 2026-01-20   \n",
    "tabs§:\t\tx\t# y\n",
    "rows§:\n  - by: x\n    why: |\n      - y\n  -\n    by: z\n",
    "empty§: {}\n# --\n",
    "keep§: |+\n  text\n\n# end\n",
];

/// A list before and after an item was appended, and how many items it has then.
const LISTS: [(&str, &str, usize); 16] = [
    ("approvals:\n  - { by: mara }\n", "approvals:\n  - { by: mara }\n  - { NEW }\n", 2),
    ("Approvals:\n- {by: mara} # c\n", "Approvals:\n- {by: mara} # c\n- {NEW}\n", 2),
    (
        "approvals: # c\n  # d\n  - by: x\n    on: y\n",
        "approvals: # c\n  # d\n  - by: x\n    on: y\n  - LINES\n",
        2,
    ),
    (
        "approvals:\n   - { by: x,\n       on: y }\n     # c\n   # d\n",
        "approvals:\n   - { by: x,\n       on: y }\n     # c\n   - { NEW }\n   # d\n",
        2,
    ),
    (
        "approvals:\n- why: |\n    ---\n\n    x\n",
        "approvals:\n- why: |\n    ---\n\n    x\n- LINES\n",
        2,
    ),
    ("approvals: [ { by: x } ] # c\n", "approvals: [ { by: x }, { NEW } ] # c\n", 2),
    ("'approvals': [{by: x}, ]\n", "'approvals': [{by: x}, {NEW}, ]\n", 2),
    (
        "approvals: [\n  { by: x }, # c\n  { by: y } # d\n]\n",
        "approvals: [\n  { by: x }, # c\n  { by: y }, # d\n  { NEW }\n]\n",
        3,
    ),
    (
        "approvals: [ # c\n    { by: \"]\" },\n    # d\n  ]\n",
        "approvals: [ # c\n    { by: \"]\" },\n    { NEW },\n    # d\n  ]\n",
        2,
    ),
    (
        "approvals:\n  [{by: x}, # c\n   {by: y}]\n",
        "approvals:\n  [{by: x}, # c\n   {by: y},\n   {NEW}]\n",
        3,
    ),
    ("approvals: []\n", "approvals:\n  - { NEW }\n", 1),
    ("approvals:  [ ] # c\n", "approvals: # c\n  - { NEW }\n", 1),
    ("approvals:\n  # c\n  [] # d\n", "approvals:\n  # c\n  - { NEW } # d\n", 1),
    ("approvals:\n", "approvals:\n  - { NEW }\n", 1),
    ("approvals: null # c\n  # d\n", "approvals: # c\n  # d\n  - { NEW }\n", 1),
    ("ap-pro_vals: ~\n", "ap-pro_vals:\n  - { NEW }\n", 1),
];

/// A value before it is set, and after that.
const VALUES: [(&str, &str); 8] = [
    ("version: 1.9 # c\n", "version: \"2.0\" # c\n"),
    ("Version:   '1.9'\n", "Version:   '2.0'\n"),
    ("version: \"1.9\"\n", "version: \"2.0\"\n"),
    ("version:\n", "version: \"2.0\"\n"),
    ("version: ~\n", "version: \"2.0\"\n"),
    ("version: |- # c\n  1.9\n", "version: \"2.0\" # c\n"),
    ("version: one\n  and a half\n", "version: \"2.0\"\n"),
    ("version:\n  # c\n  1.9\n", "version:\n  # c\n  \"2.0\"\n"),
];

/// Where a document is changed, and what it is around that place.
struct Document {
    before: String,
    after: String,
    windows: bool,
    marked: bool,
    body: &'static str,
}

impl Document {
    fn chance(random: &mut Random) -> Self {
        let mut number = 0;
        let mut some = |random: &mut Random| {
            let mut text = String::new();
            for _ in 0..random.below(5) {
                number += 1;
                text += &AROUND[random.below(AROUND.len())].replace('§', &number.to_string());
            }
            text
        };
        let (before, after) = (some(random), some(random));
        let bodies = ["", "\n# Title\n\n---\napprovals: []\n", "No end", "\r\nMixed\n\r\n"];
        Self {
            before,
            after,
            windows: random.below(3) == 0,
            marked: random.below(4) == 0,
            body: bodies[random.below(bodies.len())],
        }
    }

    /// Puts it together with something in the place of the change.
    fn with(&self, middle: &str) -> String {
        let head = format!("---\nid: POL-AC\n{}{middle}{}---\n", self.before, self.after);
        let head = if self.windows { head.replace('\n', "\r\n") } else { head };
        format!("{}{head}{}", if self.marked { "\u{feff}" } else { "" }, self.body)
    }
}

fn head(text: &str) -> Node {
    let mut found = None;
    in_front_matter(text, |head| {
        let (node, faults) = yaml::read(head).unwrap();
        assert_eq!(faults, []);
        found = Some(node);
        Ok(head.to_owned())
    })
    .unwrap();
    found.unwrap()
}

/// Writes out what is read, keys in their order, without places.
fn outline(node: &Node) -> String {
    match &node.kind {
        NodeKind::Null => "~".to_owned(),
        NodeKind::Scalar { text, .. } => format!("{text:?}"),
        NodeKind::List(items) => {
            let mut out = String::from("[");
            items.iter().for_each(|item| write!(out, "{},", outline(item)).unwrap());
            out + "]"
        }
        NodeKind::Map(entries) => {
            let mut out = String::from("{");
            for entry in entries {
                write!(out, "{:?}:{},", entry.key.value, outline(&entry.value)).unwrap();
            }
            out + "}"
        }
    }
}

fn value<'n>(node: &'n Node, key: &str) -> &'n Node {
    let is_it = |name: &str| name.to_lowercase().replace(['-', '_'], "") == key;
    &node.entries().iter().find(|entry| is_it(&entry.key.value)).unwrap().value
}

#[test]
fn an_appended_item_is_all_that_is_new() {
    let item = [
        ("by", Value::text("tom")),
        ("on", Value::text("2026-02-03")),
        ("digest", Value::text("sha256:ab12")),
        ("version", Value::text("2.0")),
        ("considered", Value::List(vec!["law".to_owned(), "a: b".to_owned()])),
    ];
    let pairs = [
        "by: tom",
        "on: 2026-02-03",
        "digest: \"sha256:ab12\"",
        "version: \"2.0\"",
        "considered: [law, \"a: b\"]",
    ];
    let append = |head: &str| append(head, Spot::top("approvals"), &item);
    let mut random = Random(7);
    for number in 0..DOCUMENTS {
        let document = Document::chance(&mut random);
        let (before, after, count) = LISTS[random.below(LISTS.len())];
        let indent = " ".repeat(
            after.find("- LINES").map_or(0, |at| at - after[..at].rfind('\n').unwrap() - 1),
        );
        let after = after
            .replace("NEW", &pairs.join(", "))
            .replace("LINES", &pairs.join(&format!("\n{indent}  ")));
        let (before, after) = (document.with(before), document.with(&after));
        let found = in_front_matter(&before, append);
        assert_eq!(found.as_ref(), Ok(&after), "document {number}:\n{before}");

        let read = head(&after);
        let items = value(&read, "approvals").items();
        assert_eq!(items.len(), count);
        assert_eq!(
            outline(&items[count - 1]),
            r#"{"by":"tom","on":"2026-02-03","digest":"sha256:ab12","version":"2.0","considered":["law","a: b",],}"#
        );
        if count > 1 {
            let is_new = |item: &Node| item.entries().iter().any(|it| it.key.value == "digest");
            let take = |head: &str| take(head, Spot::top("approvals"), is_new).map(|it| it.0);
            assert_eq!(in_front_matter(&after, take).as_ref(), Ok(&before), "document {number}");
        }
    }
}

#[test]
fn a_value_that_is_set_is_all_that_is_new() {
    let set = |head: &str| set(head, Spot::top("version"), &Value::text("2.0"));
    let remove = |head: &str| remove(head, Spot::top("version"));
    let mut random = Random(8);
    for number in 0..DOCUMENTS {
        let document = Document::chance(&mut random);
        let (before, after) = VALUES[random.below(VALUES.len())];
        let (before, after) = (document.with(before), document.with(after));
        assert_eq!(
            in_front_matter(&before, set).as_ref(),
            Ok(&after),
            "document {number}:\n{before}"
        );
        assert_eq!(outline(value(&head(&after), "version")), r#""2.0""#);
        let without: Result<String, Refusal> = in_front_matter(&after, remove);
        assert_eq!(without, Ok(document.with("")), "document {number}:\n{after}");
    }
}
