//! Who owes what, as tables: people, texts and what was accepted in, one line for each person out.

use jiff::civil::Date;

use super::of;
use crate::model::assessment::{Lifecycle, Standing};
use crate::model::judgement::{ApprovedText, Endorsement, Judgements, Obstacle, SubjectRecords};
use crate::pipeline::{Inputs, judge};
use crate::signature::ring::{Method, Rule};
use crate::signature::{Change, Decision, Digest};
use crate::workspace::{Layout, Snapshot};

const PEOPLE: &str = "\
people:
  - { id: ada, name: Ada Byrne, since: 2020-01-01 }
  - { id: ben, name: Ben Cole, kind: contractor, since: 2020-01-01 }
  - { id: cyd, name: Cyd Ode, since: 2026-03-10 }
  - { id: dan, name: Dan Eck, since: 2020-01-01, until: 2026-02-10 }
  - { id: eve, name: Eve Fox, kind: external }
  - { id: fay, name: Fay Gil, kind: board, since: 2020-01-01, until: 2025-06-30 }
roles:
  - { id: ciso, title: Head of Security, holders: [{ person: ada, from: 2026-03-01 }, { person: ben, from: 2020-01-01, until: 2026-02-28 }] }
";

const POLICY: &str = "---\nid: POL-AC\ntitle: Access\nversion: \"2.0\"\nowner: ciso\nclassification: internal\ntags: [people]\n---\nAccess is granted by role.\n";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Makes the digest of the text with a letter.
fn digest(letter: char) -> Digest {
    Digest::of_bytes(letter.to_string().as_bytes())
}

/// Makes an approved text: its letter, its version, its day, the letter of the text before it, how
/// much it differs.
fn text(
    letter: char,
    version: &str,
    on: &str,
    previous: Option<char>,
    change: Change,
) -> ApprovedText {
    ApprovedText {
        digest: Some(digest(letter)),
        previous: previous.map(digest),
        version: Some(version.to_owned()),
        tags: None,
        effective: day(on),
        retired: None,
        on: day(on),
        method: Method::Signature,
        is_witnessed: false,
        change,
        full_by: None,
        rule: Rule::default(),
    }
}

/// Makes a signed acceptance of the text with a letter.
fn signed(by: &str, letter: char, on: &str) -> Endorsement {
    Endorsement {
        by: by.to_owned(),
        role: None,
        on_behalf_of: None,
        decision: Decision::Accept,
        on: day(on),
        signed_at: None,
        witnessed: None,
        method: Method::Signature,
        digest: Some(digest(letter)),
        previous: None,
        version: None,
        tags: Vec::new(),
        effective: None,
        retired: None,
        change: Change::Material,
        authors: Vec::new(),
        reason: None,
        considered: Vec::new(),
        conclusion: None,
        elsewhere: None,
        record: Some(0),
        obstacle: None,
    }
}

/// What is asked, approved and accepted.
struct Story {
    demands: &'static str,
    texts: Vec<ApprovedText>,
    signed: Vec<Endorsement>,
    /// Rows that were imported, as YAML without the import.
    rows: &'static [&'static str],
}

impl Default for Story {
    fn default() -> Self {
        Self {
            demands: "- { for: policy, audience: [ada], within: 14 days }",
            texts: vec![text('a', "1.0", "2026-02-01", None, Change::Material)],
            signed: Vec::new(),
            rows: &[],
        }
    }
}

impl Story {
    /// Tells what came of it by a day: a line for each text, and one for each person who was asked.
    fn on(self, today: &str) -> Vec<String> {
        let settings = format!(
            "workspace: 00112233445566778899aabbccddeeff\norganisation: {{ name: Tiny }}\n\
             acknowledgements: [{}]\n",
            self.demands.trim_start_matches("- ").replace("\n- ", ", ")
        );
        let moment = "imported_at: \"2026-04-01T10:00:00Z\"";
        let rows = self.rows.iter().map(|row| format!("  - {{ {row}, {moment} }}\n"));
        let rows = rows.collect::<Vec<_>>().concat();
        let hex = "0".repeat(64);
        let imported = format!(
            "source: Portal\nimports:\n  - {{ {moment}, by: ada, file: a.csv, sha256: \"{hex}\" }}\n\
             acknowledgements:\n{rows}"
        );
        let files = [
            ("content/workspace.yaml", settings),
            ("content/people.yaml", PEOPLE.to_owned()),
            ("content/policies/access.md", POLICY.to_owned()),
            ("content/records/acknowledgements/portal.yaml", imported),
        ];
        let snapshot = Snapshot::from_files(files.map(|(path, text)| (path, text.into_bytes())));
        let checked = judge(&Inputs::of(snapshot, Layout::Workspace));
        let faults: Vec<&str> = checked
            .diagnostics
            .iter()
            .filter(|it| it.is_error())
            .map(|it| it.message.as_str())
            .collect();
        assert_eq!(faults, [""; 0]);
        let today = day(today);
        let in_force = self.texts.iter().rfind(|text| text.effective <= today).cloned();
        let retired = in_force.as_ref().and_then(|text| text.retired);
        let lifecycle = match retired {
            Some(retired) if retired <= today => Lifecycle::Retired,
            _ => Lifecycle::InForce,
        };
        let is_text_in_force = in_force.is_some();
        let standing = Standing { lifecycle, is_text_in_force, in_force, ..Standing::default() };
        let subject = SubjectRecords {
            acknowledgements: self.signed,
            approved: self.texts,
            ..SubjectRecords::default()
        };
        let judgements = Judgements {
            subjects: [("pol-ac".to_owned(), subject)].into(),
            ..Judgements::default()
        };
        let found = of(&checked.corpus, &[standing], &judgements, today);
        let shown = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.to_string());
        let lines = found.texts.iter().flat_map(|text| {
            let version = text.version.as_deref().unwrap_or("-");
            let head = format!("{version} {}..{}", text.since, shown(text.until));
            let people = text.asked.iter().map(|asked| {
                let acceptance = asked.acceptance.map_or_else(String::new, |it| {
                    format!(" on {} by {:?}", it.on, it.named_by).to_lowercase()
                });
                format!(
                    "  {} {}..{} {}{acceptance}",
                    checked.corpus.people[asked.person as usize].id.value,
                    asked.since,
                    asked.due,
                    asked.state.word().to_lowercase()
                )
            });
            std::iter::once(head).chain(people).collect::<Vec<_>>()
        });
        lines.collect()
    }
}

#[test]
fn an_audience_is_who_belongs_to_it_while_the_text_is_in_force() {
    let cases: [(&str, &[&str]); 9] = [
        (
            "all",
            &[
                "ada 02-01..02-15 overdue",
                "ben 02-01..02-15 overdue",
                "cyd 03-10..03-24 outstanding",
                "dan 02-01..02-15 left",
            ],
        ),
        (
            "employee",
            &["ada 02-01..02-15 overdue", "cyd 03-10..03-24 outstanding", "dan 02-01..02-15 left"],
        ),
        ("contractor", &["ben 02-01..02-15 overdue"]),
        ("external", &["eve 02-01..02-15 overdue"]),
        // Who left before the text was never asked.
        ("board", &[]),
        ("cyd", &["cyd 03-10..03-24 outstanding"]),
        // A role is asked for while it is held.
        ("ciso", &["ada 03-01..03-15 overdue", "ben 02-01..02-15 left"]),
        (
            "ciso, cyd",
            &["ada 03-01..03-15 overdue", "ben 02-01..02-15 left", "cyd 03-10..03-24 outstanding"],
        ),
        (
            "ciso, employee",
            &[
                "ada 02-01..02-15 overdue",
                "ben 02-01..02-15 left",
                "cyd 03-10..03-24 outstanding",
                "dan 02-01..02-15 left",
            ],
        ),
    ];
    for (audience, expected) in cases {
        let demand = format!("- {{ for: policy, audience: [{audience}], within: 14 days }}");
        let story = Story { demands: demand.leak(), ..Story::default() };
        let found = story.on("2026-03-20");
        let people: Vec<String> =
            found[1..].iter().map(|line| line.trim().replace("2026-", "")).collect();
        assert_eq!(people, expected, "{audience}");
    }
}

#[test]
fn documents_are_named_by_kind_tag_or_id_and_the_last_demand_counts() {
    let cases: [(&str, &[&str]); 8] = [
        ("- { for: all, audience: ada, within: 14 days }", &["ada 2026-02-01..2026-02-15"]),
        ("- { for: policy, audience: ada, within: 14 days }", &["ada 2026-02-01..2026-02-15"]),
        (
            "- { for: \"tag:people\", audience: ada, within: 14 days }",
            &["ada 2026-02-01..2026-02-15"],
        ),
        ("- { for: pol-ac, audience: ada, within: 1 month }", &["ada 2026-02-01..2026-03-01"]),
        ("- { for: procedure, audience: ada, within: 14 days }", &[]),
        (
            "- { for: all, audience: [ada, ben], within: 14 days }\n- { for: POL-AC, audience: ada, within: 7 days }",
            &["ada 2026-02-01..2026-02-08", "ben 2026-02-01..2026-02-15"],
        ),
        (
            "- { for: POL-AC, audience: ada, within: 7 days }\n- { for: all, audience: [ada, ben], within: 14 days }",
            &["ada 2026-02-01..2026-02-15", "ben 2026-02-01..2026-02-15"],
        ),
        // Whoever is not in the audience of the last one is asked by the one before.
        (
            "- { for: all, audience: ada, within: 14 days }\n- { for: all, audience: [board, contractor], within: 7 days }",
            &["ada 2026-02-01..2026-02-15", "ben 2026-02-01..2026-02-08"],
        ),
    ];
    for (demands, expected) in cases {
        let found = Story { demands, ..Story::default() }.on("2026-02-01");
        let people: Vec<&str> = found
            .iter()
            .filter_map(|line| line.strip_prefix("  ")?.strip_suffix(" outstanding"))
            .collect();
        assert_eq!(people, expected, "{demands}");
    }
}

#[test]
fn a_day_decides_what_is_late() {
    let accepted = |on| vec![signed("ada", 'a', on)];
    let cases = [
        (Vec::new(), "2026-02-15", "outstanding"),
        (Vec::new(), "2026-02-16", "overdue"),
        (accepted("2026-02-01"), "2026-02-16", "accepted on 2026-02-01 by digest"),
        (accepted("2026-02-15"), "2026-02-16", "accepted on 2026-02-15 by digest"),
        (accepted("2026-02-16"), "2026-02-16", "accepted late on 2026-02-16 by digest"),
        // Before there was such a text, nobody can have accepted it.
        (accepted("2026-01-31"), "2026-02-16", "overdue"),
        // Of several acceptances the first counts.
        (
            vec![signed("ada", 'a', "2026-02-20"), signed("ada", 'a', "2026-02-03")],
            "2026-03-01",
            "accepted on 2026-02-03 by digest",
        ),
        // The text of another letter, and what does not stand.
        (vec![signed("ada", 'x', "2026-02-03")], "2026-02-16", "overdue"),
        (
            vec![Endorsement {
                obstacle: Some(Obstacle::Flawed),
                ..signed("ada", 'a', "2026-02-03")
            }],
            "2026-02-16",
            "overdue",
        ),
        (vec![signed("ben", 'a', "2026-02-03")], "2026-02-16", "overdue"),
    ];
    for (signed, today, expected) in cases {
        let named = format!("{signed:?} on {today}");
        let found = Story { signed, ..Story::default() }.on(today);
        assert_eq!(
            found,
            ["1.0 2026-02-01..-".to_owned(), format!("  ada 2026-02-01..2026-02-15 {expected}")],
            "{named}"
        );
    }
    let joiner = Story {
        demands: "- { for: policy, audience: [cyd], within: 14 days }",
        signed: vec![signed("cyd", 'a', "2026-03-24")],
        ..Story::default()
    };
    assert_eq!(
        joiner.on("2026-04-01")[1],
        "  cyd 2026-03-10..2026-03-24 accepted on 2026-03-24 by digest"
    );
}

#[test]
fn a_material_change_asks_again_and_an_editorial_one_does_not() {
    let first = || text('a', "1.0", "2026-02-01", None, Change::Material);
    let accepted = || vec![signed("ada", 'a', "2026-02-05")];
    let second = |change| text('b', "1.1", "2026-03-01", Some('a'), change);
    let third = |change| text('c', "1.2", "2026-04-01", Some('b'), change);
    let cases: [(Vec<ApprovedText>, Vec<Endorsement>, &[&str]); 9] = [
        (
            vec![first(), second(Change::Editorial)],
            accepted(),
            &["1.1 2026-02-01..-", "ada 2026-02-01..2026-02-15 accepted on 2026-02-05 by digest"],
        ),
        (
            vec![first(), second(Change::Material)],
            accepted(),
            &[
                "1.0 2026-02-01..2026-03-01",
                "ada 2026-02-01..2026-02-15 accepted on 2026-02-05 by digest",
                "1.1 2026-03-01..-",
                "ada 2026-03-01..2026-03-15 overdue",
            ],
        ),
        // What nobody accepted before it was replaced is not owed any more.
        (
            vec![first(), second(Change::Material)],
            vec![signed("ada", 'b', "2026-03-02")],
            &[
                "1.0 2026-02-01..2026-03-01",
                "ada 2026-02-01..2026-02-15 replaced",
                "1.1 2026-03-01..-",
                "ada 2026-03-01..2026-03-15 accepted on 2026-03-02 by digest",
            ],
        ),
        // Two editorial changes one after the other are still the first text.
        (
            vec![first(), second(Change::Editorial), third(Change::Editorial)],
            accepted(),
            &["1.2 2026-02-01..-", "ada 2026-02-01..2026-02-15 accepted on 2026-02-05 by digest"],
        ),
        // Who accepts the last wording accepts the text.
        (
            vec![first(), second(Change::Editorial), third(Change::Editorial)],
            vec![signed("ada", 'c', "2026-04-02")],
            &[
                "1.2 2026-02-01..-",
                "ada 2026-02-01..2026-02-15 accepted late on 2026-04-02 by digest",
            ],
        ),
        (
            vec![first(), second(Change::Material), third(Change::Editorial)],
            accepted(),
            &[
                "1.0 2026-02-01..2026-03-01",
                "ada 2026-02-01..2026-02-15 accepted on 2026-02-05 by digest",
                "1.2 2026-03-01..-",
                "ada 2026-03-01..2026-03-15 overdue",
            ],
        ),
        // An editorial change of a text that nobody approved is as good as a material one.
        (
            vec![first(), text('b', "1.1", "2026-03-01", Some('x'), Change::Editorial)],
            accepted(),
            &[
                "1.0 2026-02-01..2026-03-01",
                "ada 2026-02-01..2026-02-15 accepted on 2026-02-05 by digest",
                "1.1 2026-03-01..-",
                "ada 2026-03-01..2026-03-15 overdue",
            ],
        ),
        // The same text, approved once more.
        (
            vec![first(), text('a', "1.0", "2026-03-01", Some('a'), Change::Material)],
            accepted(),
            &["1.0 2026-02-01..-", "ada 2026-02-01..2026-02-15 accepted on 2026-02-05 by digest"],
        ),
        // A text whose day has not come asks nobody.
        (
            vec![first(), text('b', "1.1", "2027-01-01", Some('a'), Change::Material)],
            accepted(),
            &["1.0 2026-02-01..-", "ada 2026-02-01..2026-02-15 accepted on 2026-02-05 by digest"],
        ),
    ];
    for (number, (texts, signed, expected)) in cases.into_iter().enumerate() {
        let found = Story { texts, signed, ..Story::default() }.on("2026-05-01");
        let found: Vec<&str> = found.iter().map(|line| line.trim()).collect();
        assert_eq!(found, expected, "{number}");
    }
}

#[test]
fn a_text_that_was_retired_is_owed_by_nobody() {
    let retired = ApprovedText {
        retired: Some(day("2026-02-10")),
        ..text('a', "1.0", "2026-02-01", None, Change::Material)
    };
    let found = Story { texts: vec![retired], ..Story::default() }.on("2026-05-01");
    assert_eq!(found, ["1.0 2026-02-01..2026-02-10", "  ada 2026-02-01..2026-02-15 replaced"]);
}

#[test]
fn imported_rows_name_a_text_by_digest_version_or_day() {
    let cases: [(&str, &str, &str); 12] = [
        ("on: 2026-02-05, version: \"1.0\"", "accepted on 2026-02-05 by version", "overdue"),
        ("on: 2026-02-05, version: v1.0", "accepted on 2026-02-05 by version", "overdue"),
        ("on: 2026-03-05, version: \"2.0\"", "replaced", "accepted on 2026-03-05 by version"),
        // Late, and of the text before.
        ("on: 2026-03-05, version: \"1.0\"", "accepted late on 2026-03-05 by version", "overdue"),
        ("on: 2026-02-05, version: \"2.0\"", "replaced", "overdue"),
        ("on: 2026-02-05, version: \"3.0\"", "replaced", "overdue"),
        ("on: 2026-02-05", "accepted on 2026-02-05 by day", "overdue"),
        ("on: 2026-02-28", "accepted late on 2026-02-28 by day", "overdue"),
        ("on: 2026-03-01", "replaced", "accepted on 2026-03-01 by day"),
        ("on: 2026-01-31", "replaced", "overdue"),
        ("on: 2026-05-02", "replaced", "overdue"),
        // A digest counts more than the version beside it.
        (
            "on: 2026-03-05, version: \"1.0\", digest: \"sha256:3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d\"",
            "replaced",
            "accepted on 2026-03-05 by digest",
        ),
    ];
    for (row, first, second) in cases {
        let row: &'static str = format!("person: ada, document: POL-AC, {row}").leak();
        let texts = vec![
            text('a', "1.0", "2026-02-01", None, Change::Material),
            text('b', "2.0", "2026-03-01", Some('a'), Change::Material),
        ];
        let rows: &'static [&'static str] = vec![row].leak();
        let found = Story { texts, rows, ..Story::default() }.on("2026-05-01");
        assert_eq!(
            found,
            [
                "1.0 2026-02-01..2026-03-01".to_owned(),
                format!("  ada 2026-02-01..2026-02-15 {first}"),
                "2.0 2026-03-01..-".to_owned(),
                format!("  ada 2026-03-01..2026-03-15 {second}"),
            ],
            "{row}"
        );
    }
}

#[test]
fn who_left_stays_and_owes_nothing() {
    let demands = "- { for: policy, audience: [dan], within: 14 days }";
    let row = "person: dan, document: POL-AC, version: \"1.0\", on:";
    let cases = [
        ("2026-02-10", None, "outstanding"),
        ("2026-02-11", None, "left"),
        ("2026-06-01", None, "left"),
        ("2026-06-01", Some("2026-02-10"), "accepted on 2026-02-10 by version"),
        // Nobody accepts anything who has left.
        ("2026-06-01", Some("2026-02-11"), "left"),
    ];
    for (today, on, expected) in cases {
        let rows: Vec<&str> = on.iter().map(|on| &*format!("{row} {on}").leak()).collect();
        let found = Story { demands, rows: rows.leak(), ..Story::default() }.on(today);
        assert_eq!(found[1], format!("  dan 2026-02-01..2026-02-15 {expected}"), "{today} {on:?}");
    }
}
