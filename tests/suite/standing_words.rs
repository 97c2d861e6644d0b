//! The standing of a document reads the same wherever it stands: on its page, in lists, in the
//! form for machines and in the one line that the terminal prints.

use std::collections::BTreeMap;

use avouch::edition::{Filled, Handbook};
use avouch::model::assessment::{Lifecycle, ReviewState, Standing};
use avouch::model::document::Kind;
use avouch::pipeline::{Inputs, judge};
use avouch::plan::handbook::{HandbookPlan, Page, View};
use avouch::theme::Theme;
use avouch::workspace::{Layout, Snapshot};

const POLICY: &str = "---\nid: POL-A\ntitle: Access\nversion: \"1.0\"\nowner: ada\nclassification: internal\n---\n\nText.\n";

#[test]
fn the_three_axes_read_the_same_everywhere() {
    use Lifecycle::{Awaiting, Draft, InForce, Retired, Superseded};
    use ReviewState::{Current, DueSoon, None, Overdue};
    let table: [(Lifecycle, ReviewState, bool, &str, [&str; 3]); 13] = [
        (Draft, None, false, "Draft", ["draft", "none", "none"]),
        (Awaiting, Current, false, "Approved, not yet in force", ["awaiting", "current", "none"]),
        (
            Awaiting,
            Current,
            true,
            "Approved, not yet in force, change proposed",
            ["awaiting", "current", "pending"],
        ),
        (InForce, Current, false, "In force", ["in-force", "current", "none"]),
        (InForce, Current, true, "In force, change proposed", ["in-force", "current", "pending"]),
        (InForce, DueSoon, false, "In force, review due soon", ["in-force", "due-soon", "none"]),
        (
            InForce,
            DueSoon,
            true,
            "In force, review due soon, change proposed",
            ["in-force", "due-soon", "pending"],
        ),
        (InForce, Overdue, false, "In force, review overdue", ["in-force", "overdue", "none"]),
        (
            InForce,
            Overdue,
            true,
            "In force, review overdue, change proposed",
            ["in-force", "overdue", "pending"],
        ),
        (InForce, None, false, "In force", ["in-force", "none", "none"]),
        (Superseded, None, false, "Superseded", ["superseded", "none", "none"]),
        (Retired, None, false, "Retired", ["retired", "none", "none"]),
        (Retired, None, true, "Retired, change proposed", ["retired", "none", "pending"]),
    ];
    let files = [
        ("content/workspace.yaml", "organisation: { name: Own }\n"),
        ("content/people.yaml", "people:\n  - { id: ada, name: Ada Byrne }\n"),
        ("content/policies/access.md", POLICY),
    ];
    let inputs = Inputs {
        today: Some(jiff::civil::date(2026, 3, 1)),
        ..Inputs::of(Snapshot::from_files(files), Layout::Workspace)
    };
    let checked = judge(&inputs);
    let theme = Theme::load("handbook", &BTreeMap::new()).unwrap();
    for (lifecycle, review, proposed_change, words, axes) in table {
        let mut assessment = checked.assessment.clone();
        let standing =
            Standing { lifecycle, review, proposed_change, ..assessment.documents[0].clone() };
        assert_eq!(standing.words(), words, "the terminal");
        assessment.documents[0] = standing;
        let filled = Filled::new(&checked.corpus);
        let (plan, _) = HandbookPlan::new(Handbook::new(&filled, &assessment), false);
        let shown = format!("<span>{words}</span></span>");
        let Some(View::Document(page)) = plan.view(&Page::Document(0)) else { panic!("no page") };
        let html = theme.render("handbook/document.html", &page).unwrap();
        let line = html.split_once("<p class=\"standing\">").unwrap().1;
        assert!(line.split_once("</p>").unwrap().0.contains(&shown), "{words}: {line}");
        let Some(View::List(list)) = plan.view(&Page::Kind(Kind::Policy)) else {
            panic!("no list")
        };
        let html = theme.render("handbook/list.html", &list).unwrap();
        let row = html.split_once("data-label=\"Standing\">").unwrap().1;
        assert!(row.split_once("</td>").unwrap().0.contains(&shown), "{words}: {row}");
        let states = serde_json::to_value(plan.document_states()).unwrap();
        let [of_lifecycle, of_review, of_change] = axes;
        assert_eq!(states[0]["words"], words);
        assert_eq!(
            states[0]["standing"],
            serde_json::json!({
                "lifecycle": of_lifecycle,
                "review": of_review,
                "proposed_change": of_change,
            })
        );
    }
}
