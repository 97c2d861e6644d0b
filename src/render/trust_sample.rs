//! A realistic trust center, to look at and to hold the templates against their views.

mod compliance;
mod documents;
mod pages;
mod subprocessors;

use std::collections::BTreeMap;

use crate::plan::view::structured_data::{DataBlock, Node};
use crate::plan::view::trust::{
    Access, Action, ContactLine, Day, FeedLink, Frame, NavigationEntry, OutlineEntry,
};
use crate::plan::view::{Cell, Chip, Fact, HrefText, Icon, Notice, Status, Tone};
use crate::render::trust_files;
use crate::theme::{Theme, ThemeFault};

const SITE: &str = "https://trust.harbourlight.example";

const MENU: [(&str, &str); 8] = [
    ("Overview", "index.html"),
    ("Compliance", "compliance.html"),
    ("Controls", "controls.html"),
    ("Documents", "documents.html"),
    ("Subprocessors", "subprocessors.html"),
    ("Questions", "questions.html"),
    ("Updates", "updates.html"),
    ("Contact", "contact.html"),
];

/// Returns the frame of the page at an address.
fn frame(address: &str, title: &str, description: &str, nodes: Vec<Node>) -> Frame {
    let root = match address {
        "404.html" => "/",
        _ if address.contains('/') => "../",
        _ => "",
    };
    let canonical = format!("{SITE}/{}", if address == "index.html" { "" } else { address });
    let mut graph = vec![Node::page(title, Some(&canonical), "en-GB")];
    graph.extend(nodes);
    Frame {
        organisation: "Harbourlight".into(),
        title: title.into(),
        description: description.into(),
        language: "en-GB".into(),
        direction: "ltr".into(),
        notice: Some(Notice {
            status: status(Icon::Info, "Fictional demonstration", Tone::Info),
            text: "Harbourlight and everything on this site are made up.".into(),
            link: None,
        }),
        is_hidden_from_search: true,
        root: root.into(),
        home: format!("{root}index.html"),
        navigation: MENU
            .iter()
            .map(|(text, target)| NavigationEntry {
                text: (*text).into(),
                href: format!("{root}{target}"),
                is_current: *target == address
                    || (*target == "documents.html" && address.starts_with("documents/")),
            })
            .collect(),
        footer: links(
            root,
            &[
                ("pages/vulnerability-disclosure.html", "Vulnerability disclosure"),
                ("pages/data-and-privacy.html", "Data and privacy"),
                ("pages/accessibility.html", "Accessibility"),
                ("not-covered.html", "What is not covered"),
            ],
        ),
        machine_forms: links(
            root,
            &[
                ("subprocessors.json", "Subprocessors (JSON)"),
                ("subprocessors.csv", "Subprocessors (CSV)"),
                ("llms.txt", "llms.txt"),
                (".well-known/security.txt", "security.txt"),
            ],
        ),
        content_security_policy: None,
        styles: vec![format!("{root}assets/base.css"), format!("{root}assets/trust.css")],
        script: Some(format!("{root}assets/trust.js")),
        contact: Some(contact("security@harbourlight.example")),
        canonical: (address != "404.html").then_some(canonical),
        structured_data: (address != "404.html").then(|| DataBlock::graph(graph)),
        feeds: [
            ("Updates", "Atom", "application/atom+xml", "updates.atom"),
            ("Updates", "JSON Feed", "application/feed+json", "updates.json"),
            ("Subprocessor changes", "Atom", "application/atom+xml", "subprocessors.atom"),
        ]
        .map(|(title, form, media_type, target)| FeedLink {
            title: title.into(),
            form: form.into(),
            media_type: media_type.into(),
            href: format!("{root}{target}"),
        })
        .into(),
        freshness: "Content as of 16 November 2026".into(),
    }
}

fn contact(address: &str) -> ContactLine {
    ContactLine { text: address.into(), href: format!("mailto:{address}") }
}

fn status(icon: Icon, word: &str, tone: Tone) -> Status {
    Status { icon, word: word.into(), tone }
}

fn link(href: &str, text: &str) -> HrefText {
    HrefText { href: href.into(), text: text.into() }
}

fn entry(href: &str, text: &str) -> OutlineEntry {
    OutlineEntry { href: href.into(), text: text.into(), under: vec![link("#under", "More")] }
}

fn links(root: &str, targets: &[(&str, &str)]) -> Vec<HrefText> {
    targets.iter().map(|(href, text)| link(&format!("{root}{href}"), text)).collect()
}

fn chips(texts: &[&str]) -> Vec<Chip> {
    texts.iter().map(|text| Chip { text: (*text).into(), href: None }).collect()
}

fn facts(rows: &[(&str, &str)]) -> Vec<Fact> {
    rows.iter().map(|(label, text)| Fact::new(*label, Cell::text(*text))).collect()
}

fn day(iso: &str, text: &str) -> Day {
    Day { text: text.into(), iso: iso.into() }
}

fn on_request(title: &str) -> Access {
    let subject = title.replace(' ', "%20").replace('®', "");
    Access {
        is_public: false,
        word: "On request".into(),
        condition: Some("Confidentiality agreement needed".into()),
        actions: vec![Action {
            text: "Request".into(),
            of: title.into(),
            href: format!("mailto:security@harbourlight.example?subject=Request:%20{subject}"),
        }],
    }
}

fn public(title: &str, page: &str, pdf: &str) -> Access {
    Access {
        is_public: true,
        word: "Public".into(),
        condition: None,
        actions: [("Read", page), ("PDF", pdf)]
            .into_iter()
            .filter(|(_, href)| !href.is_empty())
            .map(|(text, href)| Action { text: text.into(), of: title.into(), href: href.into() })
            .collect(),
    }
}

/// Returns every page and file of the sample by its address.
fn site() -> BTreeMap<String, Vec<u8>> {
    let theme = Theme::load("trust", &BTreeMap::new()).unwrap();
    let mut site = BTreeMap::new();
    let mut add = |address: &str, page: Result<String, ThemeFault>| {
        let page = page.unwrap_or_else(|fault| panic!("{fault}"));
        assert!(site.insert(address.to_owned(), page.into_bytes()).is_none(), "{address}");
    };
    add("index.html", theme.render("trust/overview.html", &pages::overview()));
    add("compliance.html", theme.render("trust/compliance.html", &compliance::compliance()));
    add("controls.html", theme.render("trust/controls.html", &compliance::controls()));
    add("documents.html", theme.render("trust/documents.html", &documents::documents()));
    add("documents/pol-is.html", theme.render("trust/document.html", &documents::document()));
    add(
        "subprocessors.html",
        theme.render("trust/subprocessors.html", &subprocessors::subprocessors()),
    );
    add("questions.html", theme.render("trust/questions.html", &pages::questions()));
    add("updates.html", theme.render("trust/updates.html", &pages::updates()));
    add(
        "pages/vulnerability-disclosure.html",
        theme.render("trust/page.html", &pages::vulnerability()),
    );
    add("pages/data-and-privacy.html", theme.render("trust/page.html", &pages::privacy()));
    add("pages/accessibility.html", theme.render("trust/page.html", &pages::accessibility()));
    add("contact.html", theme.render("trust/contact.html", &pages::contact()));
    add("not-covered.html", theme.render("trust/not-covered.html", &pages::not_covered()));
    add("glossary.html", theme.render("trust/glossary.html", &pages::glossary()));
    add("404.html", theme.render("trust/404.html", &pages::not_found()));
    for name in ["base.css", "trust.css", "trust.js"] {
        site.insert(format!("assets/{name}"), theme.asset(name).unwrap().to_vec());
    }
    site.extend(trust_files::sample());
    site
}

#[test]
fn pages_are_complete_without_help_from_elsewhere() {
    let site = site();
    for (address, bytes) in site.iter().filter(|(_, bytes)| bytes.starts_with(b"<!doctype html>")) {
        let page = String::from_utf8(bytes.clone()).unwrap();
        assert!(page.contains("Fictional demonstration"), "{address}");
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{address}");
        assert!(page.contains("href=\"mailto:security@harbourlight.example\""), "{address}");
        for forbidden in ["style=", "<style", "onclick", "src=\"http", "{{", "{%"] {
            assert!(!page.contains(forbidden), "{address} holds {forbidden}");
        }
    }
    let weight: usize = ["base.css", "trust.css", "trust.js"]
        .map(|name| site[&format!("assets/{name}")].len())
        .iter()
        .sum();
    assert!(weight < 48 * 1024, "{weight} bytes of style and script");
}
