//! The default theme of the handbook: every template with a realistic view, written to
//! `CARGO_TARGET_TMPDIR/handbook` for people and validators to look at.

#![expect(clippy::disallowed_methods, reason = "people look at the pages that the test makes")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use avouch::plan::view::Html;
use avouch::theme::Theme;

use crate::handbook_sample as sample;

fn pages(theme: &Theme) -> Vec<(&'static str, String)> {
    let navigation = |root: &str, open: &str| {
        Html(theme.render("handbook/navigation.html", &sample::navigation(root, open)).unwrap())
    };
    macro_rules! page {
        ($address:literal, $template:literal, $section:literal, $view:expr) => {{
            let (root, file) = match $address.rsplit_once('/') {
                Some((folder, file)) => ("../".repeat(folder.split('/').count()), file),
                None => (String::new(), $address),
            };
            let mut view = $view;
            view.frame = sample::frame(&root, &view.frame.page_title, view.frame.breadcrumb);
            view.frame.nav_html = navigation(&root, $section).with_current(file);
            ($address, theme.render(concat!("handbook/", $template), &view).unwrap())
        }};
    }
    vec![
        page!("index.html", "home.html", "", sample::home()),
        page!("policies/index.html", "list.html", "Policies", sample::policies()),
        page!("policies/access-control.html", "document.html", "Policies", sample::policy()),
        page!("policies/draft.html", "document.html", "Policies", sample::draft()),
        page!("policies/proposed.html", "proposed.html", "Policies", sample::proposed()),
        page!("controls/index.html", "list.html", "Controls", sample::controls()),
        page!("controls/ac-01.html", "control.html", "Controls", sample::control()),
        page!("frameworks/index.html", "frameworks.html", "Frameworks", sample::frameworks()),
        page!("frameworks/soc2.html", "framework.html", "Frameworks", sample::framework()),
        page!("frameworks/soc2/cc6.1.html", "requirement.html", "", sample::requirement()),
        page!("frameworks/iso27001/a.7.6.html", "requirement.html", "", sample::excluded()),
        page!("frameworks/soc2-matrix.html", "matrix.html", "Frameworks", sample::matrix()),
        page!("people/mara.html", "profile.html", "People", sample::person()),
        page!("registers/risks.html", "register.html", "Registers", sample::risks()),
        page!("registers/incidents.html", "register.html", "Registers", sample::no_incidents()),
        page!("calendar.html", "calendar.html", "", sample::calendar()),
        page!("glossary.html", "glossary.html", "", sample::glossary()),
        page!("search.html", "search.html", "", sample::search()),
        page!("404.html", "404.html", "", sample::not_found()),
    ]
}

#[test]
fn every_template_renders_and_keeps_the_rules_of_the_house() {
    let theme = Theme::load("handbook", &BTreeMap::new()).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("handbook");
    let write = |address: &str, bytes: &[u8]| {
        let path = folder.join(address);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    for (address, page) in pages(&theme) {
        for forbidden in [" style=", " onclick=", "<style", "javascript:", "http-equiv=\"refresh"] {
            assert!(!page.contains(forbidden), "{address} holds `{forbidden}`");
        }
        assert_eq!(page.matches("<h1>").count(), 1, "{address}");
        write(address, page.as_bytes());
    }
    let mut size = 0;
    for (name, bytes) in theme.assets() {
        if ["base.css", "handbook.css", "handbook.js"].contains(&name) {
            size += bytes.len();
            write(&format!("assets/{name}"), bytes);
        }
    }
    assert!(size < 48 * 1024, "style sheets and scripts have {size} bytes");
}

#[test]
fn every_icon_is_drawn() {
    use avouch::plan::view::{Cell, Fact, Icon, Status, Tone};
    let icons = [
        Icon::Check,
        Icon::Half,
        Icon::Clock,
        Icon::Alert,
        Icon::Cross,
        Icon::Dash,
        Icon::Draft,
        Icon::Archive,
        Icon::Lock,
        Icon::Info,
    ];
    let theme = Theme::load("handbook", &BTreeMap::new()).unwrap();
    let mut drawings: Vec<String> = Vec::new();
    for icon in icons {
        let status = Status { icon, word: String::new(), tone: Tone::Neutral };
        let mut view = sample::person();
        view.facts = vec![Fact::new("State", Cell::status(status))];
        let page = theme.render("handbook/profile.html", &view).unwrap();
        let start = page.find("class=\"facts").unwrap();
        let end = start + page[start..].find("</svg>").unwrap();
        drawings.push(page[start..end].to_owned());
    }
    let all = drawings.len();
    drawings.sort();
    drawings.dedup();
    assert_eq!(drawings.len(), all);
}
