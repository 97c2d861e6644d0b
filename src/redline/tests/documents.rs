//! What a redline shows of small documents.

use super::{body, compare, entries, plain};
use crate::redline::{Change, Text, html, terminal};

/// A change: its name, both bodies and the redline in its plain form.
type Case = (&'static str, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    (
        "a typo",
        "## Access\n\nAll staff recieve a badge.\n",
        "## Access\n\nAll staff receive a badge.\n",
        concat!("Text\n", "    ## Access\n", "  ~ All staff [-recieve-]{+receive+} a badge.\n",),
    ),
    (
        "a number",
        "Use 12 characters or more.\n",
        "Use 14 characters or more.\n",
        concat!("Text\n", "  ~ Use [-12 characters-]{+14 characters+} or more.\n",),
    ),
    (
        "a sentence that moved",
        "Keep it short enough. Never share it with anyone. Change it when asked to do so.\n",
        "Keep it short enough. Change it when asked to do so. Never share it with anyone.\n",
        concat!(
            "Text\n",
            "  ~ Keep it short enough. [-Never share it with anyone.-] (moved, see 1)[-·-]Change it when asked to\n",
            "    do so{+.+}{+ Never share it with anyone+} (moved here, 1).\n",
        ),
    ),
    (
        "an item that was added",
        "1. First duty of all. {#one}\n2. Second duty of all. {#two}\n3. Third duty of all. {#three}\n",
        "1. First duty of all. {#one}\n2. A new duty for some. {#new}\n3. Second duty of all. {#two}\n4. Third duty of all. {#three}\n",
        concat!(
            "Text\n",
            "    1. First duty of all. {#one}\n",
            "  + {+2. A new duty for some. {#new}+}\n",
            "  ~ [-2.-]{+3.+} Second duty of all. {#two}\n",
            "  ~ [-3.-]{+4.+} Third duty of all. {#three}\n",
        ),
    ),
    (
        "a cell",
        "| Role | Days |\n| --- | --- |\n| CISO | 5 |\n",
        "| Role | Days |\n| --- | --- |\n| CISO | 10 |\n",
        concat!(
            "Text\n",
            "    | Role | Days |\n",
            "    | --- | --- |\n",
            "  ~ | CISO | [-5-]{+10+} |\n",
        ),
    ),
    (
        "a line of code",
        "```sh\nset -e\nrm -r tmp\n```\n",
        "```sh\nset -e\nrm -rf tmp\n```\n",
        concat!("Text\n", "    ```sh\n", "    set -e\n", "  ~ rm -[-r-]{+rf+} tmp\n", "    ```\n",),
    ),
    (
        "a link target",
        "See [the plan](plan.md#a).\n",
        "See [the plan](plan-2.md#a).\n",
        concat!("Text\n", "  ~ See [the plan]([-plan.md#a-]{+plan-2.md#a+}).\n",),
    ),
    (
        "a comment",
        "One.\n\nTwo.\n",
        "One.\n\n<!-- ask legal -->\n\nTwo.\n",
        concat!("Text\n", "    One.\n", "  + {+<!-- ask legal -->+}\n", "    Two.\n",),
    ),
    (
        "a comment in a sentence",
        "One two.\n",
        "One <!-- not --> two.\n",
        concat!("Text\n", "  ~ One {+<!-- not --> +}two.\n",),
    ),
    (
        "a heading",
        "## Scope\n\nAll staff.\n",
        "## Reach\n\nAll staff.\n",
        concat!("Text\n", "  ~ ## [-Scope-]{+Reach+}\n", "    All staff.\n",),
    ),
    ("line ends of Windows", "One.\r\n\r\nTwo.\r\n", "One.\n\nTwo.\n", ""),
    (
        "spaces at the end",
        "One.\nTwo.\n",
        "One.  \nTwo.\n",
        concat!("Text\n", "  ~ One.{+··+} Two.\n",),
    ),
    (
        "lines filled anew",
        "One two\nthree four.\n",
        "One two three\nfour.\n",
        concat!("Text\n", "  ~ One two three four. (line ends or spaces changed in 2 places)\n",),
    ),
    (
        "a depth",
        "- a b c\n- d e f\n",
        "- a b c\n  - d e f\n",
        concat!("Text\n", "    - a b c\n", "  ~ {+··+}- d e f\n",),
    ),
    (
        "directions and no width",
        "Pay Bob.\n",
        "Pay \u{202e}Bob\u{200b}.\n",
        concat!("Text\n", "  ~ Pay {+\\u{202e}+}Bob{+\\u{200b}+}.\n",),
    ),
    (
        "letters that look alike",
        "Ask admin now.\n",
        "Ask \u{430}dmin now.\n",
        concat!("Text\n", "  ~ Ask [-admin-]{+\\u{430}dmin+} now.\n",),
    ),
    (
        "marks that are text",
        "Type [-x-] now.\n",
        "Type {+x+} now.\n",
        concat!("Text\n", "  ~ Type [-[\\-x-\\]-]{+{\\+x+\\}+} now.\n",),
    ),
    (
        "a block that moved",
        "## A\n\nThe first duty of all.\n\nKeep one.\n\nKeep two.\n\n## B\n\nLast of them.\n",
        "## A\n\nKeep one.\n\nKeep two.\n\n## B\n\nThe first duty of all.\n\nLast of them.\n",
        concat!(
            "Text\n",
            "    ## A\n",
            "  < [-The first duty of all.-] (moved to B, 1)\n",
            "    Keep one.\n",
            "    Keep two.\n",
            "    ## B\n",
            "  > {+The first duty of all.+} (moved from A, 1)\n",
            "    Last of them.\n",
        ),
    ),
    (
        "a block that moved and changed",
        "## A\n\nThe owner of each system must review all its rights within 30 days.\n\nKeep one.\n\nKeep two.\n\n## B\n\nLast of them.\n",
        "## A\n\nKeep one.\n\nKeep two.\n\n## B\n\nThe owner of each system must review all its rights within 90 days.\n\nLast of them.\n",
        concat!(
            "Text\n",
            "    ## A\n",
            "  < [-The owner of each system must review all its rights within 30 days.-] (moved to B, 1)\n",
            "    Keep one.\n",
            "    Keep two.\n",
            "    ## B\n",
            "  > The owner of each system must review all its rights within [-30 days-]{+90 days+}. (moved from\n",
            "    A, 1)\n",
            "    Last of them.\n",
        ),
    ),
    (
        "a paragraph taken apart",
        "One is here now. Two is there as well.\n",
        "One is here now.\n\nTwo is there as well.\n",
        concat!(
            "Text\n",
            "  + {+One is here now.+}\n",
            "  ~ [-One is here now. -]Two is there as well.\n",
        ),
    ),
    (
        "a clause mark",
        "Do it. {#do soc2=\"CC6.1 CC6.2\"}\n",
        "Do it. {#do soc2=\"CC6.1 CC6.3\"}\n",
        concat!("Text\n", "  ~ Do it. {#do soc2=\"CC6.1 [-CC6.2-]{+CC6.3+}\"}\n",),
    ),
    (
        "a variable",
        "Within {{ facts.rto }}.\n",
        "Within {{ facts.rpo }}.\n",
        concat!("Text\n", "  ~ Within [-{{ facts.rto }}-]{+{{ facts.rpo }}+}.\n",),
    ),
    (
        "blank lines",
        "One.\n\nTwo.\n",
        "One.\n\n\nTwo.\n",
        concat!("Text\n", "    One.\n", "  ~ [-⏎-]{+⏎⏎+} (blank lines)\n", "    Two.\n",),
    ),
    ("the last line end", "One.", "One.\n", concat!("Text\n", "  ~ One.{+⏎+}\n",)),
    (
        "unchanged blocks",
        "## A\n\na\n\nb\n\nc\n\nd one\n\ne\n\nf\n\ng\n\nh\n",
        "## A\n\na\n\nb\n\nc\n\nd two\n\ne\n\nf\n\ng\n\nh\n",
        concat!(
            "Text\n",
            "    … 2 unchanged blocks …\n",
            "\n",
            "§ A\n",
            "    b\n",
            "    c\n",
            "  ~ d [-one-]{+two+}\n",
            "    e\n",
            "    f\n",
            "    … 2 unchanged blocks …\n",
        ),
    ),
    (
        "another sentence",
        "Passwords are changed each year by their holders.\n",
        "Nobody shares secrets over the phone, ever, with anyone.\n",
        concat!(
            "Text\n",
            "  - [-Passwords are changed each year by their holders.-]\n",
            "  + {+Nobody shares secrets over the phone, ever, with anyone.+}\n",
        ),
    ),
    ("all of it", "One.\n", "", concat!("Text\n", "  - [-One.-]\n",)),
];

#[test]
fn bodies() {
    let mut wrong = Vec::new();
    for (name, old, new, expected) in CASES {
        let shown = plain(&compare(&body(old), &body(new)));
        if shown != *expected {
            wrong.push(format!("== {name}\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_stands_beside_the_body() {
    let old = Text {
        front_matter: entries(&[
            ("id", "POL-1"),
            ("owner", "ciso"),
            ("tags[1]", "it"),
            ("tags[2]", "people"),
            ("title", "Access Policy"),
        ]),
        body: "Within {{ facts.rto }}: ![flow](flow.png).\n".to_owned(),
        variables: entries(&[("facts.rto", "24 hours")]),
        files: entries(&[("flow.png", &"a1".repeat(32))]),
    };
    let new = Text {
        front_matter: entries(&[
            ("id", "POL-1"),
            ("reviewcycle", "12 months"),
            ("tags[1]", "engineering"),
            ("tags[2]", "it"),
            ("tags[3]", "people"),
            ("title", "Access Control Policy"),
        ]),
        variables: entries(&[("facts.rto", "4 hours")]),
        files: entries(&[("flow.png", &"b2".repeat(32))]),
        ..old.clone()
    };
    let redline = compare(&old, &new);
    assert_eq!(
        plain(&redline),
        concat!(
            "Front matter\n",
            "    … 1 unchanged entry …\n",
            "  - [-owner: ciso-]\n",
            "  + {+reviewcycle: 12 months+}\n",
            "  + {+tags[1]: engineering+}\n",
            "    … 2 unchanged entries …\n",
            "  ~ title: Access {+Control +}Policy\n",
            "\n",
            "Values\n",
            "  ~ facts.rto: [-24 hours-]{+4 hours+}\n",
            "\n",
            "Files\n",
            "  ~ flow.png:\n",
            "    [-a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1-]{+b2b2b2b2b2b2b2b2b2b2b2b2b2\n",
            "    b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2+}\n",
        )
    );
    assert_eq!(redline.summary().to_string(), "6 entries changed; 24 hours → 4 hours");
    let places: Vec<String> = redline
        .pieces()
        .iter()
        .filter(|it| it.change != Change::Unchanged)
        .map(|it| format!("{:?} {} @ {}", it.change, it.text, it.place.words(it.part)))
        .collect();
    assert_eq!(
        places[..4],
        [
            "Removed owner: ciso @ front matter, owner",
            "Added reviewcycle: 12 months @ front matter, reviewcycle",
            "Added tags[1]: engineering @ front matter, tags[1]",
            "Added Control  @ front matter, title",
        ]
    );
}

#[test]
fn pieces_say_where_they_stand() {
    let old = "## A\n\n1. Use 12 characters. {#length}\n\n## B\n\nOld words stand here.\n";
    let new = "## A\n\n1. Use 14 characters. {#length}\n\n## B\n\n";
    let redline = compare(&body(old), &body(new));
    let changed: Vec<_> = redline.pieces();
    let changed = changed.iter().filter(|it| it.change != Change::Unchanged);
    let lines: Vec<String> = changed
        .map(|it| {
            format!("{:?} {:?} {:?} {}", it.place.line, it.change, it.text, it.place.words(it.part))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "Some(3) Removed \"12 characters\" A, clause length",
            "Some(3) Added \"14 characters\" A, clause length",
            "Some(7) Removed \"Old words stand here.\\n\" B",
        ]
    );
    assert_eq!(
        redline.summary().to_string(),
        "1 block changed, 1 block removed; 12 characters → 14 characters"
    );
}

#[test]
fn colours_strike_and_underline() {
    let redline = compare(&body("Use 12 days.\n"), &body("Use 14 days.\n"));
    let options = terminal::Options { colours: true, ..terminal::Options::default() };
    assert_eq!(
        terminal::print(&redline, options),
        "\u{1b}[1mText\u{1b}[0m\n  ~ Use \u{1b}[9m\u{1b}[31m12 days\u{1b}[0m\u{1b}[4m\u{1b}[32m14 \
        days\u{1b}[0m.\n"
    );
    let narrow = terminal::Options { width: 24, ..terminal::Options::default() };
    let long = compare(&body(""), &body("One two three four five six seven.\n"));
    assert_eq!(
        terminal::print(&long, narrow),
        "Text\n  + {+One two three four\n    five six seven.+}\n"
    );
}

#[test]
fn pages_say_it_in_words_too() {
    let redline = compare(
        &body("## A\n\nUse 12 <days>.\n\nOne.\n\nTwo.\n\nThree.\n"),
        &body("## A\n\nUse 14 <days>.\n\nOne.\n\nTwo.\n\nThree.\n"),
    );
    assert_eq!(
        html::html(&redline, 2),
        concat!(
            "<div class=\"redline\">\n",
            "<p class=\"redline-summary\">1 block changed; 12 → 14.</p>\n",
            "<section class=\"redline-part\">\n",
            "<div class=\"redline-row redline-same redline-heading\"><div class=\"redline-text\">## A</div></div>\n",
            "<div class=\"redline-row redline-changed redline-words\"><span class=\"redline-sign\" aria-hidden=\"true\">~</span><span class=\"visually-hidden\">paragraph changed: </span><div class=\"redline-text\">Use <del><span class=\"visually-hidden\"> [removed: </span>12<span class=\"visually-hidden\">] </span></del><ins><span class=\"visually-hidden\"> [added: </span>14<span class=\"visually-hidden\">] </span></ins> &lt;days&gt;.</div></div>\n",
            "<div class=\"redline-row redline-same redline-words\"><div class=\"redline-text\">One.</div></div>\n",
            "<div class=\"redline-row redline-same redline-words\"><div class=\"redline-text\">Two.</div></div>\n",
            "<details class=\"redline-fold\"><summary>1 unchanged block</summary>\n",
            "<div class=\"redline-row redline-same redline-words\"><div class=\"redline-text\">Three.</div></div>\n",
            "</details>\n",
            "</section>\n",
            "</div>\n",
        )
    );
}
