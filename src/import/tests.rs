//! Imports with exact outcomes.

use jiff::Timestamp;

use super::{Export, ImportFault, Imported, import};
use crate::model::acknowledgement::{DateOrder, Field};
use crate::pipeline::{Checked, Inputs, judge};
use crate::workspace::{Layout, Snapshot};

const PEOPLE: &str = "\
people:
  - { id: ada, name: Ada Byrne, email: ada@acme.example }
  - { id: ben, name: Zoë Ångström, email: Ben.Cole@acme.example }
  - { id: sam, name: Sam Lee, email: sam@acme.example }
  - { id: sal, name: Sam Lee }
  - { id: dan, name: Dan Eck, until: 2026-02-10 }
roles:
  - { id: ciso, title: Head of Security, holders: [{ person: ada }] }
";
const SETTINGS: &str =
    "workspace: 00112233445566778899aabbccddeeff\norganisation: { name: Tiny }\n";
const FILE: &str = "content/records/acknowledgements/portal.yaml";

fn policy(id: &str, title: &str, front: &str) -> String {
    format!(
        "---\nid: {id}\ntitle: {title}\nversion: \"2.0\"\nowner: ciso\nclassification: internal\n\
         effective_date: 2026-02-01\n{front}---\nText.\n"
    )
}

/// A workspace to import into.
struct Workspace(Vec<(String, Vec<u8>)>);

impl Workspace {
    fn new() -> Self {
        let approved = "approvals:\n  - { by: ada, role: ciso, on: 2026-01-20 }\n";
        let revised = format!(
            "{approved}revisions:\n  - {{ version: \"2.0\", date: 2026-01-20, summary: New }}\n  \
             - {{ version: \"1.0\", date: 2025-01-10, summary: First }}\n"
        );
        let files = [
            ("workspace.yaml", SETTINGS.to_owned()),
            ("people.yaml", PEOPLE.to_owned()),
            ("policies/access.md", policy("POL-AC", "Access control", &revised)),
            ("policies/draft.md", policy("POL-DR", "Draft", "")),
            ("policies/one.md", policy("POL-A", "Same words", approved)),
            ("policies/two.md", policy("POL-B", "Same words", approved)),
        ];
        let files = files.map(|(path, text)| (format!("content/{path}"), text.into_bytes()));
        Self(files.into())
    }

    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.0.retain(|(it, _)| it != path);
        self.0.push((path.to_owned(), bytes));
    }

    fn text(&self, path: &str) -> &str {
        let (_, bytes) = self.0.iter().find(|(it, _)| it == path).unwrap();
        std::str::from_utf8(bytes).unwrap()
    }

    fn judged(&self) -> (Snapshot, Checked) {
        let snapshot = Snapshot::from_files(self.0.clone());
        let today = Some(jiff::civil::date(2026, 3, 1));
        let checked = judge(&Inputs { today, ..Inputs::of(snapshot.clone(), Layout::Workspace) });
        (snapshot, checked)
    }

    fn import(&self, export: &Export<'_>) -> Result<Imported, ImportFault> {
        let (snapshot, checked) = self.judged();
        import(&checked.corpus, &checked.assessment, &snapshot, export)
    }

    /// Imports, and puts the changed files in place. What is written must be read without a fault.
    fn take(&mut self, export: &Export<'_>) -> Imported {
        let imported = self.import(export).unwrap();
        for change in &imported.changes {
            let before = self.0.iter().find(|(path, _)| *path == *change.path);
            assert_eq!(before.map(|(_, bytes)| bytes), change.expected.as_ref());
            self.put(&change.path, change.new.clone().unwrap());
        }
        let (_, checked) = self.judged();
        let faults: Vec<&str> = checked
            .diagnostics
            .iter()
            .filter(|it| it.place.path.contains("acknowledgements"))
            .map(|it| it.message.as_str())
            .collect();
        assert_eq!(faults, [""; 0]);
        imported
    }
}

/// Takes an export as it comes.
fn export(bytes: &[u8]) -> Export<'_> {
    Export {
        source: "Portal",
        name: "export.csv",
        bytes,
        columns: &[],
        dates: None,
        document: None,
        by: "ada",
        at: "2026-03-01T10:00:00Z".parse::<Timestamp>().unwrap(),
    }
}

/// Says in one line what came of an import.
fn outcome(imported: &Imported) -> String {
    let refused: Vec<String> =
        imported.refused.iter().map(|it| format!("{}: {}", it.line, it.reason)).collect();
    format!("{} new, {} known; {}", imported.added, imported.known, refused.join("; "))
}

#[test]
fn rows_are_written_and_nothing_else_changes() {
    let mut workspace = Workspace::new();
    let first = "E-mail,Policy,Accepted on,Version\nada@acme.example,POL-AC,2026-02-03,2.0\n";
    let imported = workspace.take(&export(first.as_bytes()));
    assert_eq!(outcome(&imported), "1 new, 0 known; ");
    let expected = "\
# Imported by `avouch record import`. Rows are added and never changed.
source: Portal
columns:
  - { id: person, header: E-mail }
  - { id: document, header: Policy }
  - { id: \"on\", header: Accepted on }
  - { id: version, header: Version }
imports:
  - { imported_at: \"2026-03-01T10:00:00Z\", by: ada, file: export.csv, sha256: SHA }
acknowledgements:
  - { person: ada, document: POL-AC, on: 2026-02-03, version: \"2.0\", line: 2, imported_at: \"2026-03-01T10:00:00Z\" }
";
    let written = workspace.text(FILE).replace(&imported.sha256.hex(), "SHA");
    assert_eq!(written.replace("\"SHA\"", "SHA"), expected);

    // The same file once more changes nothing at all.
    let later = "2026-03-01T11:00:00Z".parse::<Timestamp>().unwrap();
    let again = workspace.take(&Export { at: later, ..export(first.as_bytes()) });
    assert_eq!((outcome(&again).as_str(), again.changes.len()), ("0 new, 1 known; ", 0));

    // What people wrote beside it stays, to the byte.
    let commented = workspace.text(FILE).replace("imports:", "# by hand\nimports:") + "# the end\n";
    workspace.put(FILE, commented.clone().into_bytes());
    let more = format!("{first}ben.cole@acme.example,POL-AC,2026-02-04,2.0\n");
    let imported = workspace.take(&Export { at: later, ..export(more.as_bytes()) });
    assert_eq!(outcome(&imported), "1 new, 1 known; ");
    let written: Vec<&str> = workspace.text(FILE).lines().collect();
    let mut kept = written.clone();
    kept.retain(|line| !line.contains("T11:00:00Z"));
    assert_eq!(kept, commented.lines().collect::<Vec<_>>());
    let sha256 = imported.sha256.hex();
    let added: Vec<&str> =
        written.iter().copied().filter(|line| line.contains("T11:00:00Z")).collect();
    assert_eq!(added.len(), 2);
    assert!(added[0].contains(&sha256), "{}", added[0]);
    assert_eq!(
        added[1].trim(),
        "- { person: ben, document: POL-AC, on: 2026-02-04, version: \"2.0\", line: 3, imported_at: \"2026-03-01T11:00:00Z\" }"
    );
}

#[test]
fn exports_are_read_as_they_come() {
    let row = "ada,POL-AC,2026-02-03,2.0";
    let head = "person,document,on,version";
    let cases: [(&str, String, &str); 13] = [
        ("plain", format!("{head}\n{row}\n"), "1 new, 0 known; "),
        ("no line end at the end", format!("{head}\n{row}"), "1 new, 0 known; "),
        ("a byte order mark", format!("\u{feff}{head}\n{row}\n"), "1 new, 0 known; "),
        ("line ends of Windows", format!("{head}\r\n{row}\r\nx,POL-AC,2026-02-03,2.0\r\n"), "1 new, 0 known; 3: there is no person `x`"),
        ("semicolons", format!("{head}\n{row}\n").replace(',', ";"), "1 new, 0 known; "),
        ("tabs", format!("{head}\n{row}\n").replace(',', "\t"), "1 new, 0 known; "),
        ("a line that names the separator", format!("sep=;\r\n{head}\r\nx,POL-AC,2026-02-03,2.0\r\n").replace(',', ";"), "0 new, 0 known; 3: there is no person `x`"),
        ("quotes", "\"person\",\"document\",\"on\",\"version\"\n\"Byrne, Ada\",\"Access control\",\"2026-02-03\",\"2.0\"\n".to_owned(), "1 new, 0 known; "),
        ("line ends in quotes", format!("{head},note\n{row},\"one\ntwo, \"\"three\"\"\"\nx,POL-AC,2026-02-03,2.0,\n"), "1 new, 0 known; 4: there is no person `x`"),
        ("empty lines and rows", format!("\n{head}\n\n{row}\n,,,\n\nx,POL-AC,2026-02-03,2.0\n"), "1 new, 0 known; 7: there is no person `x`"),
        ("case and spaces of headers", "Person, DOCUMENT ,On,Version\n ada , POL-AC ,2026-02-03,2.0\n".to_owned(), "1 new, 0 known; "),
        ("a row that is too short", format!("{head}\nada,POL-AC\n"), "0 new, 0 known; 2: it has no date"),
        ("a comma that nobody quoted", format!("{head}\nByrne, Ada,POL-AC,2026-02-03,2.0\n"), "0 new, 0 known; 2: it has more cells than there are columns"),
    ];
    for (what, text, expected) in cases {
        let imported = Workspace::new().take(&export(text.as_bytes()));
        assert_eq!(outcome(&imported), expected, "{what}");
    }
}

#[test]
fn exports_that_would_lose_rows_are_refused_as_a_whole() {
    let head = "person,document,on\n";
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("nothing", Vec::new(), "the file is empty"),
        ("a spreadsheet", b"PK\x03\x04\0\0".to_vec(), "the file is no text"),
        (
            "Latin-1",
            [head.as_bytes(), b"Zo\xeb,POL-AC,2026-02-03\n"].concat(),
            "line 2 of the file is not UTF-8",
        ),
        (
            "an open quote",
            format!("{head}\"ada,POL-AC,2026-02-03\nben,POL-AC,2026-02-03\n").into(),
            "a quote in the file is opened and never closed",
        ),
        (
            "no column of people",
            b"who,document,on\n".to_vec(),
            "it is not known which column holds `person`",
        ),
        (
            "no column of dates",
            b"person,document\n".to_vec(),
            "it is not known which column holds `on`",
        ),
        ("11 MB", vec![b'a'; 11 * 1024 * 1024], "the file has more than 10 MB"),
        ("UTF-16", "p\0e\0".into(), "the file is no text"),
        ("only a mark", "\u{feff}\n".into(), "the file is empty"),
    ];
    for (what, bytes, expected) in cases {
        let fault = Workspace::new().import(&export(&bytes)).unwrap_err();
        assert_eq!(fault.message, expected, "{what}");
    }
    let text = format!("{head}ada,POL-AC,2026-02-03\n");
    let export = export(text.as_bytes());
    let columns = [(Field::Person, "Who".to_owned())];
    let cases = [
        (Export { columns: &columns, ..export.clone() }, "no column has the header `Who`"),
        (Export { document: Some("POL-XX"), ..export.clone() }, "there is no document `POL-XX`"),
        (Export { source: "…", ..export.clone() }, "`…` cannot be the name of a source"),
    ];
    for (export, expected) in cases {
        assert_eq!(Workspace::new().import(&export).unwrap_err().message, expected);
    }
    let mut workspace = Workspace::new();
    workspace.take(&export);
    let other = Export { source: "PORTAL", ..export.clone() };
    let fault = workspace.import(&other).unwrap_err();
    assert_eq!(fault.message, format!("`{FILE}` holds records of `Portal`"));
    let more = format!("{text}sam,POL-AC,2026-02-03\n");
    let fault = workspace.import(&Export { bytes: more.as_bytes(), ..export }).unwrap_err();
    assert_eq!(fault.message, "something was imported in this very second");
}

#[test]
fn rows_that_cannot_stand_are_refused_with_their_reason() {
    let cases = [
        // People, by id, address and name.
        ("ada,POL-AC,2026-02-03,2.0", ""),
        ("ADA,POL-AC,2026-02-03,2.0", ""),
        ("ADA@ACME.example,POL-AC,2026-02-03,2.0", ""),
        ("ben.cole@acme.example,POL-AC,2026-02-03,2.0", ""),
        ("  zoe\u{308}  A\u{30a}NGSTRÖM ,POL-AC,2026-02-03,2.0", ""),
        ("Sam Lee,POL-AC,2026-02-03,2.0", "several people are called `Sam Lee`"),
        ("sam@acme.example,POL-AC,2026-02-03,2.0", ""),
        ("sal,POL-AC,2026-02-03,2.0", ""),
        ("zed,POL-AC,2026-02-03,2.0", "there is no person `zed`"),
        (",POL-AC,2026-02-03,2.0", "it names no person"),
        // A formula is a person whom nobody knows.
        (
            "\"=HYPERLINK(\"\"https://a.example\"\",\"\"x\"\")\",POL-AC,2026-02-03,2.0",
            "there is no person `=HYPERLINK(\"https://a.example\",\"x\")`",
        ),
        // Documents, by id and exact title.
        ("ada,pol-ac,2026-02-03,2.0", ""),
        ("ada,Access control,2026-02-03,2.0", ""),
        ("ada,access control,2026-02-03,2.0", "there is no document `access control`"),
        ("ada,Same words,2026-02-03,2.0", "several documents are called `Same words`"),
        ("ada,POL-B,2026-02-03,2.0", ""),
        ("ada,ciso,2026-02-03,2.0", "there is no document `ciso`"),
        ("ada,,2026-02-03,2.0", "it names no document"),
        // Days.
        ("ada,POL-AC,3 February 2026,2.0", ""),
        ("ada,POL-AC,\"Feb 3, 2026, 2:03 PM\",2.0", ""),
        ("ada,POL-AC,03-Feb-2026,2.0", ""),
        ("ada,POL-AC,25/02/2026 10:15,2.0", ""),
        ("ada,POL-AC,02/03/2026,2.0", "`02/03/2026` can be read as two different days"),
        ("ada,POL-AC,soon,2.0", "`soon` is not a date"),
        ("ada,POL-AC,2026-02-30,2.0", "`2026-02-30` is no day of the calendar"),
        ("ada,POL-AC,,2.0", "it has no date"),
        ("ada,POL-AC,2026-03-01,2.0", ""),
        ("ada,POL-AC,2026-03-02,2.0", "2026-03-02 has not come yet"),
        ("dan,POL-AC,2026-02-10,2.0", ""),
        ("dan,POL-AC,2026-02-11,2.0", "`dan` had left by 2026-02-11"),
        // Texts.
        ("ada,POL-AC,2026-01-20,2.0", ""),
        ("ada,POL-AC,2026-01-19,2.0", "on 2026-01-19 that text of `POL-AC` was not in force"),
        ("ada,POL-AC,2026-01-19,v1.0", ""),
        ("ada,POL-AC,2025-01-09,1.0", "on 2025-01-09 that text of `POL-AC` was not in force"),
        ("ada,POL-AC,2026-02-03,9.9", "`POL-AC` never had the version `9.9`"),
        ("ada,POL-AC,2026-02-03,=1+1", "`POL-AC` never had the version `=1+1`"),
        ("ada,POL-AC,2026-02-03,", ""),
        ("ada,POL-AC,2026-01-31,", "on 2026-01-31 that text of `POL-AC` was not in force"),
        ("ada,POL-DR,2026-02-03,", "on 2026-02-03 that text of `POL-DR` was not in force"),
    ];
    let workspace = Workspace::new();
    for (row, reason) in cases {
        let text = format!("person,document,on,version\n{row}\n");
        let imported = workspace.import(&export(text.as_bytes())).unwrap();
        let expected = match reason {
            "" => "1 new, 0 known; ".to_owned(),
            reason => format!("0 new, 0 known; 2: {reason}"),
        };
        assert_eq!(outcome(&imported), expected, "{row}");
    }
}

#[test]
fn a_row_that_says_the_same_as_another_is_taken_once() {
    let text = "person,document,on,version\n\
        ada,POL-AC,2026-02-03,2.0\n\
        Ada Byrne,Access control,3 February 2026,v2.0\n\
        ada,POL-AC,2026-02-04,2.0\n\
        ada,POL-AC,2026-02-03,\n";
    let mut workspace = Workspace::new();
    let imported = workspace.take(&export(text.as_bytes()));
    assert_eq!(outcome(&imported), "3 new, 0 known; 3: line 2 says the same");
    let imported = workspace.take(&export(text.as_bytes()));
    assert_eq!(outcome(&imported), "0 new, 4 known; ");
}

#[test]
fn a_digest_names_a_text() {
    let (_, checked) = Workspace::new().judged();
    let digest = checked.assessment.documents[0].digest;
    let other = "0".repeat(64);
    let text = format!(
        "person,document,on,digest\nada,POL-AC,2026-02-03,{digest}\n\
         sam,POL-AC,2026-02-03,sha256:{other}\nsal,POL-AC,2026-02-03,abc\n\
         dan,POL-AC,2026-01-19,{digest}\n"
    );
    let imported = Workspace::new().take(&export(text.as_bytes()));
    assert_eq!(
        outcome(&imported),
        "1 new, 0 known; 3: no approved text of `POL-AC` has this digest; \
         4: no approved text of `POL-AC` has this digest; \
         5: on 2026-01-19 that text of `POL-AC` was not in force"
    );
}

#[test]
fn columns_and_the_order_of_dates_are_remembered() {
    let mut workspace = Workspace::new();
    let text = "Who,When,Name\nada,02/03/2026,=1+1\nsam,2/25/2026,x\nsal,25/02/2026,x\n";
    let columns = [(Field::Person, "who".to_owned()), (Field::On, "When".to_owned())];
    let imported = workspace.take(&Export {
        columns: &columns,
        dates: Some(DateOrder::MonthFirst),
        document: Some("POL-AC"),
        ..export(text.as_bytes())
    });
    assert_eq!(
        outcome(&imported),
        "2 new, 0 known; 4: `25/02/2026` is no date that is written month-first"
    );
    assert!(workspace.text(FILE).contains("\ndates: month-first\n"));
    // The next time nothing needs to be said; a header that is gone is missed.
    let later = "2026-03-01T11:00:00Z".parse::<Timestamp>().unwrap();
    let text = "Who,When\nada,02/04/2026\n";
    let next = Export { document: Some("POL-AC"), at: later, ..export(text.as_bytes()) };
    assert_eq!(outcome(&workspace.take(&next)), "1 new, 0 known; ");
    let text = "Person,When\nada,02/05/2026\n";
    let gone = Export { bytes: text.as_bytes(), ..next.clone() };
    assert_eq!(workspace.import(&gone).unwrap_err().message, "no column has the header `Who`");
    // What is said anew takes the place of what was remembered.
    let columns = [(Field::Person, "Person".to_owned())];
    let at = "2026-03-01T12:00:00Z".parse::<Timestamp>().unwrap();
    workspace.take(&Export { columns: &columns, at, ..gone });
    assert!(workspace.text(FILE).contains("\n  - { id: person, header: Person }\n"));
    assert!(!workspace.text(FILE).contains("header: Who"));
}

#[test]
fn a_full_file_is_followed_by_another() {
    let mut workspace = Workspace::new();
    let people = (0..160).map(|it| format!("  - {{ id: p{it}, name: P {it} }}\n"));
    let people = people.collect::<Vec<_>>().concat();
    let all = PEOPLE.replace("roles:", &format!("{people}roles:"));
    workspace.put("content/people.yaml", all.into_bytes());
    let days = 100;
    let pairs = (0..160).flat_map(|person| (0..days).map(move |day| (person, day)));
    let rows = pairs.map(|(person, day)| {
        let on = jiff::civil::date(2025, 6, 1).saturating_add(jiff::Span::new().days(day));
        format!("p{person},POL-AC,{on},1.0\n")
    });
    let rows = rows.collect::<Vec<_>>().concat();
    let text = format!("person,document,on,version\n{rows}");
    let imported = workspace.take(&export(text.as_bytes()));
    assert_eq!(outcome(&imported), "16000 new, 0 known; ");
    let paths: Vec<&str> = imported.changes.iter().map(|change| &*change.path).collect();
    let second = FILE.replace(".yaml", ".2.yaml");
    assert_eq!(paths, [FILE, second.as_str()]);
    let counts = [FILE, &second].map(|path| workspace.text(path).matches("- { person").count());
    assert_eq!(counts, [15_000, 1_000]);
    let more = format!("{text}ada,POL-AC,2026-02-03,2.0\n");
    let at = "2026-03-01T11:00:00Z".parse::<Timestamp>().unwrap();
    let imported = workspace.take(&Export { at, ..export(more.as_bytes()) });
    assert_eq!(outcome(&imported), "1 new, 16000 known; ");
    let paths: Vec<&str> = imported.changes.iter().map(|change| &*change.path).collect();
    assert_eq!(paths, [second.as_str()]);
}
