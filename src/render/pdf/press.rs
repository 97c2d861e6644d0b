//! Real PDFs: what is in the file, the same bytes on every thread, faults that typst finds.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::tests::{Pages, body, document, heading, link, paragraph};
use super::*;
use crate::model::body::{BlockKind, Inline, Resolved};
use crate::model::link::Target;
use crate::model::settings::Paper;

type Files = BTreeMap<String, Asset>;

fn press(
    typesetter: &Typesetter,
    document: &PdfDocument,
    body: &Body<Resolved>,
    files: &Files,
) -> Result<Vec<u8>, Vec<PdfFault>> {
    let highlighter = Highlighter::new();
    typesetter.make(document, &PdfText { body, pages: &Pages, files, highlighter: &highlighter })
}

fn holds(pdf: &[u8], needle: &str) -> bool {
    pdf.windows(needle.len()).any(|window| window == needle.as_bytes())
}

fn long() -> Body<Resolved> {
    body(
        (0..24)
            .flat_map(|index| {
                let number = index.to_string();
                let text = "Access is granted by role. ".repeat(30);
                [heading(2, Some(&number), &format!("Section {index}")), paragraph(&text)]
            })
            .collect(),
    )
}

#[test]
fn a_policy_is_tagged_titled_and_archival() {
    let pdf = press(&Typesetter::new(), &document(), &long(), &Files::new()).expect("a PDF");
    for needle in [
        "%PDF-1.7",
        "/StructTreeRoot",
        "/MarkInfo",
        "/Lang(en-GB)",
        "/Outlines",
        "/DisplayDocTitle true",
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "2026-02-01",
        "/Count 9",
    ] {
        assert!(holds(&pdf, needle), "{needle}");
    }
}

#[test]
fn facts_may_be_few() {
    let document = PdfDocument {
        approvals: Approvals::Hidden,
        revisions: Vec::new(),
        verify_text: Vec::new(),
        date: None,
        paper: Paper::UsLetter,
        ..document()
    };
    let body = body(vec![paragraph("Short.")]);
    let pdf = press(&Typesetter::new(), &document, &body, &Files::new()).expect("a PDF");
    assert!(holds(&pdf, "/Count 2"));
}

#[test]
fn threads_and_order_do_not_change_bytes() {
    let typesetter = Typesetter::new();
    let documents: Vec<PdfDocument> =
        (0..12).map(|index| PdfDocument { id: format!("POL-{index}"), ..document() }).collect();
    let body = long();
    let make = |document| press(&typesetter, document, &body, &Files::new());
    let together: Vec<_> = documents.par_iter().map(make).collect();
    let other = Typesetter::new();
    let alone: Vec<_> = documents
        .iter()
        .rev()
        .map(|document| press(&other, document, &body, &Files::new()))
        .collect();
    assert!(together.iter().eq(alone.iter().rev()));
    assert!(together.iter().all(Result::is_ok));
}

#[test]
fn a_character_without_a_glyph_is_found_and_can_be_set_all_the_same() {
    let typesetter = Typesetter::new();
    let body =
        body(vec![paragraph("Done \u{2713}\u{fe0f} \u{2192} \u{2705}"), paragraph("\u{2705}")]);
    let found = typesetter.unprintable(&body, &Pages);
    assert_eq!(found, BTreeMap::from([('\u{2705}', Span::new(0, 9))]));
    press(&typesetter, &document(), &body, &Files::new()).expect("a PDF");
}

#[test]
fn what_typst_finds_has_its_place() {
    let files = Files::from([("broken.svg".to_owned(), Asset::new(b"<svg"[..].into()))]);
    let body = body(vec![
        heading(2, None, "Pictures"),
        BlockKind::Paragraph(vec![Inline::Image {
            source: link(Target::Asset("broken.svg".to_owned())),
            alt: "A flow".to_owned(),
        }]),
    ]);
    let faults = press(&Typesetter::new(), &document(), &body, &files).expect_err("faults");
    let spans: Vec<_> = faults.iter().map(|fault| fault.span).collect();
    assert_eq!(spans, [Some(Span::new(10, 19))], "{faults:?}");
}
