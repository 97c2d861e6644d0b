//! Tests of the files that machines read.

use super::{
    atom, headers, json_feed, llms_txt, robots_txt, security_txt, sitemap_xml, subprocessors_csv,
    subprocessors_json,
};
use crate::plan::view::trust::{
    Feed, FeedEntry, LlmsLink, LlmsSection, LlmsTxt, SecurityTxt, SitemapEntry, SubprocessorEntry,
    SubprocessorList, SubprocessorStatus,
};

const SITE: &str = "https://trust.harbourlight.example";

fn security() -> SecurityTxt {
    SecurityTxt {
        contacts: vec!["mailto:security@harbourlight.example".into()],
        expires_on: "2027-06-30".into(),
        canonical: vec![format!("{SITE}/.well-known/security.txt")],
        policy: Some(format!("{SITE}/pages/vulnerability-disclosure.html")),
        languages: vec!["en".into()],
    }
}

fn feed(name: &str) -> Feed {
    Feed {
        id: format!("tag:trust.harbourlight.example,2024:{name}"),
        title: "Updates of Harbourlight".into(),
        description: "Fictional demonstration. What changed in security & compliance.".into(),
        author: "Harbourlight".into(),
        language: "en-GB".into(),
        page_url: format!("{SITE}/{name}.html"),
        atom_url: format!("{SITE}/{name}.atom"),
        json_url: Some(format!("{SITE}/{name}.json")),
        updated_on: "2026-11-02".into(),
        entries: vec![FeedEntry {
            id: "tag:trust.harbourlight.example,2026-11-02:U-4".into(),
            title: "Waymark <Maps> will be added".into(),
            url: format!("{SITE}/updates.html#u-4"),
            published_on: "2026-11-02".into(),
            category: "subprocessor".into(),
            text: "Objections until 5 December 2026.\u{b}".into(),
        }],
    }
}

fn subprocessors() -> SubprocessorList {
    SubprocessorList {
        organisation: "Harbourlight".into(),
        notice: Some("Fictional demonstration".into()),
        url: None,
        content_as_of: "2026-11-16".into(),
        subprocessors: vec![SubprocessorEntry {
            id: "SUB-09".into(),
            status: SubprocessorStatus::Announced,
            name: "Waymark Maps".into(),
            legal_name: "Waymark Maps Ltd".into(),
            country: "Ireland".into(),
            purpose: "=Geocoding, of addresses".into(),
            data_categories: vec!["Delivery addresses".into()],
            locations: vec!["Ireland".into(), "Germany".into()],
            products: vec!["Quayside".into()],
            transfer: "none-eea".into(),
            announced_on: Some("2026-11-02".into()),
            objection_until: Some("2026-12-05".into()),
            effective_on: Some("2026-12-15".into()),
            ..SubprocessorEntry::default()
        }],
    }
}

fn brief() -> LlmsTxt {
    LlmsTxt {
        title: "Harbourlight Trust Center".into(),
        summary: "Fictional demonstration. Security and compliance at Harbourlight.".into(),
        notes: vec!["Reports are sent on request: security@harbourlight.example.".into()],
        sections: vec![LlmsSection {
            title: "Pages".into(),
            links: vec![LlmsLink {
                text: "Compliance [2026]".into(),
                url: format!("{SITE}/compliance.html"),
                note: "attestations\nand frameworks".into(),
            }],
        }],
    }
}

/// Returns every file of the sample by its address.
pub(in crate::render) fn sample() -> Vec<(String, Vec<u8>)> {
    let pages = ["", "compliance.html", "controls.html"].map(|page| SitemapEntry {
        url: format!("{SITE}/{page}"),
        changed_on: Some("2026-11-02".into()),
    });
    [
        (".well-known/security.txt", security_txt(&security())),
        ("robots.txt", robots_txt(Some(&format!("{SITE}/sitemap.xml")))),
        ("sitemap.xml", sitemap_xml(&pages)),
        ("updates.atom", atom(&feed("updates"))),
        ("updates.json", json_feed(&feed("updates"))),
        ("subprocessors.atom", atom(&feed("subprocessors"))),
        ("subprocessors.json", subprocessors_json(&subprocessors()).unwrap()),
        ("subprocessors.csv", subprocessors_csv(&subprocessors())),
        ("llms.txt", llms_txt(&brief())),
        ("_headers", headers(true)),
    ]
    .map(|(address, text)| (address.to_owned(), text.into_bytes()))
    .into()
}

#[test]
fn security_txt_has_one_field_a_line() {
    let mut view = security();
    view.policy = Some("https://example.test/\nContact: mailto:evil@example.test".into());
    assert_eq!(
        security_txt(&view),
        "Contact: mailto:security@harbourlight.example\n\
         Expires: 2027-06-30T23:59:59Z\n\
         Preferred-Languages: en\n\
         Canonical: https://trust.harbourlight.example/.well-known/security.txt\n\
         Policy: https://example.test/ Contact: mailto:evil@example.test\n"
    );
}

#[test]
fn atom_escapes_and_leaves_out_what_xml_cannot_hold() {
    let text = atom(&feed("updates"));
    let document = roxmltree::Document::parse(&text).unwrap();
    let words = |name: &str| -> Vec<&str> {
        document
            .descendants()
            .filter(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", name)))
            .filter_map(|node| node.text())
            .collect()
    };
    assert_eq!(words("title"), ["Updates of Harbourlight", "Waymark <Maps> will be added"]);
    assert_eq!(words("updated"), ["2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z"]);
    assert_eq!(words("content"), ["Objections until 5 December 2026."]);
}

#[test]
fn a_sitemap_lists_addresses() {
    let entries = [SitemapEntry { url: "https://example.test/?a&b".into(), changed_on: None }];
    assert_eq!(
        sitemap_xml(&entries),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
         <url><loc>https://example.test/?a&amp;b</loc></url>\n</urlset>\n"
    );
}

#[test]
fn csv_has_a_header_and_one_line_an_entry() {
    assert_eq!(
        subprocessors_csv(&subprocessors()),
        "id,status,name,legal_name,country,purpose,data_categories,locations,products,transfer,\
         since,announced_on,objection_until,effective_on,ended_on,url\r\n\
         SUB-09,announced,Waymark Maps,Waymark Maps Ltd,Ireland,\"'=Geocoding, of addresses\",\
         Delivery addresses,\"Ireland; Germany\",Quayside,none-eea,,2026-11-02,2026-12-05,\
         2026-12-15,,\r\n"
    );
}

#[test]
fn a_brief_keeps_its_lines() {
    assert_eq!(
        llms_txt(&brief()),
        "# Harbourlight Trust Center\n\n\
         > Fictional demonstration. Security and compliance at Harbourlight.\n\n\
         Reports are sent on request: security@harbourlight.example.\n\n\
         ## Pages\n\n\
         - [Compliance \\[2026\\]](https://trust.harbourlight.example/compliance.html): \
         attestations and frameworks\n"
    );
}
