//! Heads of Markdown files.

use super::{Case, check, tom};
use crate::amend::{Refusal, Spot, append, in_front_matter};

fn approve(text: &str) -> Result<String, Refusal> {
    in_front_matter(text, |head| append(head, Spot::top("approvals"), &tom()))
}

#[test]
fn the_body_stays_as_it_is() {
    const CASES: [Case; 12] = [
        (
            "a document",
            "---\ntitle: X\napprovals:\n  - { by: mara }\n---\n\n# X\n\n---\napprovals:\n- none\n",
            "---\ntitle: X\napprovals:\n  - { by: mara }\n  - { by: tom, on: 2026-02-03 }\n---\n\n# X\n\n---\napprovals:\n- none\n",
        ),
        (
            "a byte order mark",
            "\u{feff}---\ntitle: X\n---\nBody",
            "\u{feff}---\ntitle: X\napprovals:\n  - { by: tom, on: 2026-02-03 }\n---\nBody",
        ),
        (
            "Windows",
            "---\r\ntitle: X\r\n---\r\nBody\nmixed\r\n",
            "---\r\ntitle: X\r\napprovals:\r\n  - { by: tom, on: 2026-02-03 }\r\n---\r\nBody\nmixed\r\n",
        ),
        (
            "a body of Windows under a head of Unix",
            "---\ntitle: X\n---\r\nBody\r\n",
            "---\ntitle: X\napprovals:\n  - { by: tom, on: 2026-02-03 }\n---\r\nBody\r\n",
        ),
        (
            "a line of dashes in a text",
            "---\nsummary: |\n  a\n  ---\n  b\n---\nBody\n",
            "---\nsummary: |\n  a\n  ---\n  b\napprovals:\n  - { by: tom, on: 2026-02-03 }\n---\nBody\n",
        ),
        (
            "dots at the end",
            "---\ntitle: X\n...\nBody\n---\n",
            "---\ntitle: X\napprovals:\n  - { by: tom, on: 2026-02-03 }\n...\nBody\n---\n",
        ),
        (
            "spaces behind the dashes",
            "--- \ntitle: X\n---\t\nBody\n",
            "--- \ntitle: X\napprovals:\n  - { by: tom, on: 2026-02-03 }\n---\t\nBody\n",
        ),
        (
            "no body, no end of the last line",
            "---\ntitle: X\n---",
            "---\ntitle: X\napprovals:\n  - { by: tom, on: 2026-02-03 }\n---",
        ),
        (
            "an empty head",
            "---\n---\nBody\n",
            "---\napprovals:\n  - { by: tom, on: 2026-02-03 }\n---\nBody\n",
        ),
        (
            "an empty head of Windows",
            "---\r\n---\r\nBody\r\n",
            "---\r\napprovals:\r\n  - { by: tom, on: 2026-02-03 }\r\n---\r\nBody\r\n",
        ),
        (
            "empty lines before the end",
            "---\ntitle: X\n\n\n---\nBody\n",
            "---\ntitle: X\napprovals:\n  - { by: tom, on: 2026-02-03 }\n\n\n---\nBody\n",
        ),
        (
            "keys in an order of their own and a comment at the end",
            "---\nzeta: 1\nalpha: 2\napprovals: []\nmid: 3 # x\n# end\n---\n",
            "---\nzeta: 1\nalpha: 2\napprovals:\n  - { by: tom, on: 2026-02-03 }\nmid: 3 # x\n# end\n---\n",
        ),
    ];
    check(&CASES, approve);
}

#[test]
fn a_file_without_clear_front_matter_is_left_alone() {
    let texts = ["# X\n", "", "\u{feff}", "a: b\n", "---\nJust words.\n---\n"];
    for text in texts {
        assert_eq!(approve(text), Err(Refusal::NoFrontMatter), "{text:?}");
    }
    let texts = [
        "---\ntitle: X\n",
        "title: X\nowner: y\n---\nBody\n",
        "```yaml\ntitle: X\n```\n",
        "+++\ntitle = \"X\"\n+++\n",
        "\n---\ntitle: X\n---\nBody\n",
    ];
    for text in texts {
        assert!(matches!(approve(text), Err(Refusal::BrokenFrontMatter(_))), "{text:?}");
    }
}

#[test]
fn places_count_in_the_file() {
    let refusal = approve("\u{feff}---\r\na: 1\r\nb: &x 2\r\n---\r\n").unwrap_err();
    // Seven bytes of `---` and `a: 1` and their ends come before `b: &x `.
    let span = refusal.span().unwrap().range();
    assert_eq!(
        (span.start, refusal.to_string().as_str()),
        (17, "anchors (`&name`) are not accepted")
    );
}

#[test]
fn a_head_that_would_end_early_is_not_written() {
    let broken = in_front_matter("---\na: b\n---\n", |head| Ok(format!("{head}---\nc: d\n")));
    assert!(matches!(broken, Err(Refusal::BrokenFrontMatter(_))));
}
