//! Small bodies as typst code; real PDFs are made in `press`.

use std::collections::BTreeMap;

use super::source::{self, Source};
use super::*;
use crate::model::body::{
    AlertKind, Alignment, Block, BlockKind, ClauseMark, Delimiter, Element, Footnote, Heading,
    Inline, Item, List, Marker, Numbering, Resolved, Table, Value,
};
use crate::model::link::{Link, Target};
use crate::model::settings::Paper;

/// A workspace of one document.
pub(super) struct Pages;

impl PdfPages<Resolved> for Pages {
    fn target(&self, link: &Link) -> PdfTarget {
        match &link.target {
            Target::Here(anchor) => PdfTarget::Here(anchor.clone()),
            Target::Web(address) => PdfTarget::Web(address.clone()),
            Target::Control(id) => PdfTarget::Page(format!("controls/{id}.html")),
            _ => PdfTarget::Nowhere,
        }
    }

    fn title(&self, link: &Link) -> String {
        format!("Title of {}", link.slot)
    }

    fn picture(&self, image: &Link) -> Option<String> {
        match &image.target {
            Target::Asset(path) => Some(path.clone()),
            _ => None,
        }
    }

    fn value<'b>(&self, value: &'b Value) -> &'b str {
        &value.text
    }

    fn restricted<'b>(&self, restricted: &'b Vec<Block<Resolved>>) -> &'b [Block<Resolved>] {
        restricted
    }
}

pub(super) fn text(words: &str) -> Inline<Resolved> {
    Inline::Text(words.to_owned())
}

pub(super) fn link(target: Target) -> Link {
    Link { slot: 0, target }
}

/// Blocks whose spans are their numbers times ten.
pub(super) fn body(kinds: Vec<BlockKind<Resolved>>) -> Body<Resolved> {
    let blocks = kinds
        .into_iter()
        .enumerate()
        .map(|(index, kind)| Block { kind, span: Span::new(index * 10, index * 10 + 9) })
        .collect();
    Body { blocks, footnotes: Vec::new() }
}

pub(super) fn paragraph(words: &str) -> BlockKind<Resolved> {
    BlockKind::Paragraph(vec![text(words)])
}

pub(super) fn heading(level: u8, number: Option<&str>, words: &str) -> BlockKind<Resolved> {
    BlockKind::Heading(Heading {
        level,
        anchor: words.to_lowercase(),
        number: number.map(str::to_owned),
        text: vec![text(words)],
    })
}

fn item(number: Option<&str>, task: Option<bool>, words: &str) -> Item<Resolved> {
    Item {
        task,
        clause: number.map(|number| ClauseMark {
            anchor: format!("c{number}"),
            number: number.to_owned(),
            audiences: Vec::new(),
        }),
        blocks: body(vec![paragraph(words)]).blocks,
    }
}

fn list(marker: Marker, items: Vec<Item<Resolved>>) -> BlockKind<Resolved> {
    BlockKind::List(List { marker, tight: true, items })
}

pub(super) fn document() -> PdfDocument {
    PdfDocument {
        organisation: "Harbourlight Ltd".to_owned(),
        id: "POL-AC".to_owned(),
        title: "Access \"Control\"".to_owned(),
        version: Some("2.1".to_owned()),
        kind_word: "Policy".to_owned(),
        classification: "Internal".to_owned(),
        facts: vec![("Owner".to_owned(), "Jane".to_owned())],
        approvals: Approvals::Shown(vec![PdfApproval {
            name: "Jane".to_owned(),
            role: "CISO".to_owned(),
            on: "2026-01-20".to_owned(),
            method: "unsigned".to_owned(),
            fingerprint: None,
        }]),
        revisions: vec![PdfRevision {
            version: "2.1".to_owned(),
            date: "2026-02-01".to_owned(),
            kind: "material".to_owned(),
            summary: "All of it".to_owned(),
            authors: "Sam".to_owned(),
            approvers: "Jane (CISO)".to_owned(),
        }],
        language: "en-GB".to_owned(),
        paper: Paper::A4,
        brand: [15, 92, 110],
        notice: None,
        footer_left: "POL-AC \u{b7} version 2.1".to_owned(),
        date: Some(jiff::civil::date(2026, 2, 1)),
        verify_text: vec!["Run:".to_owned(), "$ sha256sum -c".to_owned()],
        base_url: Some("https://handbook.example.com/".to_owned()),
    }
}

fn written(body: &Body<Resolved>) -> Source {
    let files = BTreeMap::from([("assets/flow.svg".to_owned(), Asset::new(b"<svg/>"[..].into()))]);
    let text = PdfText { body, pages: &Pages, files: &files, highlighter: &Highlighter::new() };
    source::write(&document(), &text, &|character| character < '\u{3000}')
}

/// The code of a body without the facts before it.
fn code(body: &Body<Resolved>) -> String {
    let code = written(body).text;
    code.split_once("\n))\n\n").map(|(_, code)| code.trim_end().to_owned()).unwrap_or_default()
}

#[test]
fn facts_are_one_call_of_literals() {
    let expected = r#"#import "/template.typ": *
#show: report.with((
organisation: "Harbourlight Ltd",
title: "Access \"Control\"",
short-title: "POL-AC Access \"Control\"",
classification: "Internal",
footer: "POL-AC · version 2.1",
kicker: "Policy · POL-AC · Version 2.1",
description: "Policy, POL-AC, Version 2.1",
notice: none,
keywords: ("POL-AC", "Policy", "Internal", ),
language: "en",
region: "GB",
paper: "a4",
brand: rgb(15, 92, 110),
date: (2026, 2, 1),
contents: 0,
contents-whole: true,
contents-short: false,
facts: (("Owner", "Jane"), ),
approvals: ((name: "Jane",
role: "CISO",
on: "2026-01-20",
method: "unsigned",
fingerprint: none), ),
revisions: ((version: "2.1",
date: "2026-02-01",
kind: "material",
summary: "All of it",
authors: "Sam",
approvers: "Jane (CISO)",
), ),
verification: ((command: false, text: "Run:",
), (command: true, text: "sha256sum -c",
), ),
))

"#;
    assert_eq!(written(&Body::default()).text, expected);
}

#[test]
fn text_is_literals_and_links_print_their_target() {
    let body = body(vec![BlockKind::Paragraph(vec![
        text("#a] \"b\" \\"),
        Inline::SoftBreak,
        Inline::Strong(vec![Inline::Code("c$".to_owned())]),
        Inline::Element(Element::Keyboard, vec![text("K")]),
        Inline::Value(Value { path: "facts.rto".to_owned(), text: "4 hours".to_owned() }),
        Inline::Anchor("spot".to_owned()),
        Inline::Anchor("spot".to_owned()),
        Inline::HardBreak,
        Inline::Link(link(Target::Here("spot".to_owned())), vec![text("here")]),
        Inline::Link(link(Target::Here("gone".to_owned())), vec![text("there")]),
        Inline::Link(link(Target::Web("https://nist.gov/x/".to_owned())), vec![text("NIST")]),
        Inline::Link(link(Target::Web("https://nist.gov".to_owned())), vec![text("nist.gov")]),
        Inline::AutoTitle(link(Target::Control("AC-1".to_owned()))),
    ])]);
    assert_eq!(
        code(&body),
        concat!(
            r##"#"#a] \"b\" \\" #strong[#raw("c$")]#keyboard[#"K"]#"4 hours"#point("at:spot")"##,
            r##"#linebreak()#link(label("at:spot"))[#"here"]#"there""##,
            r##"#link("https://nist.gov/x/")[#"NIST"]#target("nist.gov/x")"##,
            r##"#link("https://nist.gov")[#"nist.gov"]"##,
            r##"#link("https://handbook.example.com/controls/AC-1.html")[#"Title of 0"]"##,
        )
    );
}

#[test]
fn lists_keep_their_markers_and_clauses_hang() {
    let lettered = Marker::Ordered {
        start: 3,
        numbering: Numbering::LowerLetter,
        delimiter: Delimiter::Parentheses,
    };
    let decimal =
        Marker::Ordered { start: 1, numbering: Numbering::Decimal, delimiter: Delimiter::Period };
    let body = body(vec![
        list(decimal, vec![item(Some("4.1"), None, "a"), item(Some("4.2"), None, "b")]),
        list(lettered, vec![item(None, None, "c")]),
        list(Marker::Bullet, vec![item(None, Some(true), "d"), item(None, None, "e")]),
        list(Marker::Bullet, vec![item(None, None, "f")]),
    ]);
    assert_eq!(
        code(&body),
        r#"#hanging-numbers(("4.1", "4.2", ), true,
[#point("at:c4.1")#"a"],
[#point("at:c4.2")#"b"],)

#numbered(3, "(a)", true,
[#"c"],)

#marked((task-done, bullet, ), true,
[#"d"],
[#"e"],)

#bulleted(true,
[#"f"],)"#
    );
}

#[test]
fn blocks_are_calls_of_the_template() {
    let mut body = body(vec![
        heading(2, Some("1"), "Scope"),
        heading(3, None, "Deep"),
        BlockKind::Alert(AlertKind::Warning, body(vec![paragraph("hot")]).blocks),
        BlockKind::Restricted(body(vec![paragraph("secret")]).blocks),
        BlockKind::Quote(body(vec![paragraph("said")]).blocks),
        BlockKind::Code { language: Some("yaml".to_owned()), text: "a: 1\n# é\n".to_owned() },
        BlockKind::Table(Table {
            alignments: vec![Alignment::Natural, Alignment::Right],
            head: vec![vec![text("What")], vec![text("Days")]],
            rows: vec![vec![vec![text("Long enough to share the rest")], vec![text("7")]]],
        }),
        BlockKind::Paragraph(vec![Inline::Image {
            source: link(Target::Asset("assets/flow.svg".to_owned())),
            alt: "A flow".to_owned(),
        }]),
        BlockKind::Paragraph(vec![Inline::Footnote(0), Inline::Footnote(0)]),
        BlockKind::Html("<p>x &amp; y</p>".to_owned()),
        BlockKind::Break,
    ]);
    body.footnotes = vec![Footnote {
        label: "n".to_owned(),
        blocks: self::body(vec![paragraph("note")]).blocks,
    }];
    assert_eq!(
        code(&body),
        r##"#section(1, "1", "at:scope")[#"Scope"]

#section(2, none, "at:deep")[#"Deep"]

#alert("warning", "Warning")[#"hot"]

#restricted("Internal: staff only")[#"secret"]

#said[#"said"]

#code("a: 1\n# é", ((("pr", "a"),(none, ": "),("nu", "1"),),(("co", "# é"),),), true)

#whole(table(columns: (6fr, auto, ), align: (left, right, ),
table.header([#"What"], [#"Days"], ),
..([#"Long enough to share the rest"], [#"7"], )))

#picture(image("/files/0.svg", alt: "A flow"))

#footnote[#"note"]#label("note:0")#footnote(label("note:0"))

#"x & y"



#rule()"##
    );
}

#[test]
fn what_a_pdf_refuses_is_written_in_another_way() {
    let picture = |target, alt: &str| {
        BlockKind::Paragraph(vec![Inline::Image { source: link(target), alt: alt.to_owned() }])
    };
    let body = body(vec![
        heading(2, None, "First"),
        heading(4, None, "Skips"),
        heading(3, None, ""),
        paragraph("\u{65e5} and \u{65e5}"),
        BlockKind::Code { language: None, text: "a \u{65e5}".to_owned() },
        picture(Target::Asset("assets/flow.svg".to_owned()), ""),
        picture(Target::Asset("assets/gone.svg".to_owned()), "A sketch"),
    ]);
    let source = written(&body);
    let place = source.text.find("A sketch").and_then(|offset| source.place(offset));
    assert_eq!(place, Some(Span::new(60, 69)));
    assert_eq!(
        code(&body),
        r#"#section(1, none, "at:first")[#"First"]

#section(2, none, "at:skips")[#"Skips"]

#point("at:")

#"� and �"

#code("a �", (((none, "a �"),),), true)

#picture(pdf.artifact(image("/files/0.svg")))

#"A sketch""#
    );
}

#[test]
fn every_class_of_code_has_a_look() {
    let template = include_str!("template.typ");
    for class in crate::render::highlight::Class::ALL {
        let name = class.css();
        let is_known = template.contains(&format!("\n  {name}: ("))
            || template.contains(&format!("\n  \"{name}\": ("));
        assert!(is_known, "{class:?}");
    }
}
