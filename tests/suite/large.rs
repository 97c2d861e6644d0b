//! Inputs of a size that nobody writes by hand.

use std::fmt::Write as _;

use avouch::memo::Memo;
use avouch::pipeline::{self, Inputs};
use avouch::workspace::{Layout, Snapshot};

/// Builds a folder of one document in memory and returns the bytes of its page.
fn page(text: &str) -> String {
    let snapshot = Snapshot::from_files([("large.md", text)]);
    let today = Some(jiff::civil::date(2026, 3, 1));
    let inputs = Inputs { today, ..Inputs::of(snapshot, Layout::Folder) };
    let made = pipeline::preview(&inputs, &Memo::default(), |preview| {
        assert!(preview.diagnostics().iter().all(|it| !it.is_error()));
        preview.handbook("large.html")
    });
    String::from_utf8(made.0.unwrap().unwrap()).unwrap()
}

#[test]
fn a_document_of_five_megabytes_becomes_a_page() {
    let paragraph =
        "Everyone reads this sentence, and the next one says the same again. ".repeat(80);
    let mut text = "# Large\n\n".to_owned();
    while text.len() < 5_000_000 {
        let _ = write!(text, "## Section {}\n\n{paragraph}\n\n", text.len());
    }
    let page = page(&text);
    assert_eq!(page.matches("<h2").count(), text.matches("\n## ").count());
    assert!(page.len() > text.len());
}

#[test]
fn a_table_of_ten_thousand_rows_keeps_them_all() {
    let mut text = "# Large\n\n| Number | Word |\n| --- | --- |\n".to_owned();
    for row in 0..10_000 {
        let _ = writeln!(text, "| {row} | word {row} |");
    }
    assert_eq!(page(&text).matches("<tr>").count(), 10_001);
}
