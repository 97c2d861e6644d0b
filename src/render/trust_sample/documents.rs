//! Documents of the sample.

use super::{SITE, chips, day, entry, facts, frame, link, on_request, public, status};
use crate::plan::view::structured_data::{DocumentData, Node};
use crate::plan::view::trust::{DocumentGroup, DocumentPage, DocumentRow, Documents, RevisionRow};
use crate::plan::view::{Html, Icon, Tone};

fn listed(title: &str, summary: &str, version: &str, date: (&str, &str, &str)) -> DocumentRow {
    DocumentRow {
        title: title.into(),
        href: None,
        summary: Some(summary.into()),
        version: (!version.is_empty()).then(|| version.into()),
        date_label: date.0.into(),
        date: Some(day(date.1, date.2)),
        access: on_request(title),
        words: String::new(),
        status: None,
    }
}

fn open(title: &str, summary: &str, version: &str, date: (&str, &str, &str)) -> DocumentRow {
    DocumentRow {
        href: Some("documents/pol-is.html".into()),
        access: public(title, "documents/pol-is.html", "documents/pol-is.pdf"),
        ..listed(title, summary, version, date)
    }
}

pub(super) fn featured() -> Vec<DocumentRow> {
    vec![
        listed(
            "SOC 2® Type 2 report",
            "Security, availability and confidentiality, 1 January to 31 December 2025.",
            "",
            ("Issued", "2026-02-20", "20 February 2026"),
        ),
        open(
            "Information Security Policy",
            "How Harbourlight protects the information that customers entrust to it.",
            "2.1",
            ("Effective", "2026-02-01", "1 February 2026"),
        ),
        listed(
            "Penetration test letter",
            "Summary of the yearly test of both products.",
            "",
            ("Issued", "2026-05-22", "22 May 2026"),
        ),
    ]
}

pub(super) fn documents() -> Documents {
    let mut policies = vec![
        open(
            "Information Security Policy",
            "How Harbourlight protects the information that customers entrust to it.",
            "2.1",
            ("Effective", "2026-02-01", "1 February 2026"),
        ),
        listed(
            "Access Control Policy",
            "Who gets access to what, how it is approved and when it ends.",
            "2.1",
            ("Effective", "2026-02-01", "1 February 2026"),
        ),
        listed(
            "Business Continuity and Disaster Recovery Policy",
            "How service is kept up and restored: 4 hours to recover, at most 1 hour of data lost.",
            "1.4",
            ("Effective", "2026-03-15", "15 March 2026"),
        ),
    ];
    policies[2].status = Some(status(Icon::Clock, "Under review", Tone::Attention));
    Documents {
        frame: frame(
            "documents.html",
            "Documents",
            "Reports, certificates and policies of Harbourlight: public ones to read, others on request.",
            vec![],
        ),
        title: "Documents".into(),
        summary: "Read the public documents here. We send the others under a non-disclosure \
                  agreement, usually within one working day."
            .into(),
        groups: vec![
            DocumentGroup {
                anchor: "reports".into(),
                title: "Reports and certificates".into(),
                documents: featured().into_iter().filter(|row| row.href.is_none()).collect(),
            },
            DocumentGroup {
                anchor: "policies".into(),
                title: "Policies".into(),
                documents: policies,
            },
        ],
        how_to_request: Some("Documents with a lock are sent on request.".into()),
        request: Some(link(
            "mailto:security@harbourlight.example?subject=Document%20request",
            "Request several at once",
        )),
        address: Some("security@harbourlight.example".into()),
    }
}

pub(super) fn document() -> DocumentPage {
    let url = format!("{SITE}/documents/pol-is.html");
    let data = DocumentData {
        title: "Information Security Policy".into(),
        summary: None,
        version: Some("2.1".into()),
        effective_on: Some("2026-02-01".into()),
        url: Some(url.clone()),
        language: "en-GB".into(),
    };
    let steps = [
        ("Documents".to_owned(), format!("{SITE}/documents.html")),
        ("Information Security Policy".to_owned(), url),
    ];
    DocumentPage {
        frame: frame(
            "documents/pol-is.html",
            "Information Security Policy",
            "How Harbourlight protects the information that customers entrust to it.",
            vec![Node::document(&data), Node::breadcrumb(&steps)],
        ),
        breadcrumb: vec![link("../index.html", "Overview"), link("../documents.html", "Documents")],
        title: "Information Security Policy".into(),
        summary: Some(
            "How Harbourlight protects the information that customers entrust to it.".into(),
        ),
        status: Some(status(Icon::Check, "In force since 1 February 2026", Tone::Success)),
        facts: facts(&[
            ("Document", "POL-IS"),
            ("Version", "2.1"),
            ("Effective", "1 February 2026"),
            ("Last reviewed", "18 July 2026"),
            ("Next review by", "18 July 2027"),
            ("Owner", "Chief Information Security Officer"),
            ("Approved by", "Chief Executive Officer, 20 January 2026"),
        ]),
        outline: [
            ("#purpose", "1 Purpose"),
            ("#scope", "2 Scope"),
            ("#statements", "3 Policy statements"),
        ]
        .map(|(href, text)| entry(href, text))
        .into(),
        body_html: Html(BODY.trim().into()),
        frameworks: chips(&["SOC 2 CC1.1", "SOC 2 CC5.3", "ISO 27001 A.5.1"]),
        controls: vec![link(
            "../controls.html#ac-01",
            "Multi-factor authentication on single sign-on",
        )],
        revisions: vec![
            RevisionRow {
                version: "2.1".into(),
                date: day("2026-02-01", "1 February 2026"),
                summary: "Passwords have at least 14 characters; exceptions end after 90 days."
                    .into(),
            },
            RevisionRow {
                version: "2.0".into(),
                date: day("2025-02-01", "1 February 2025"),
                summary: "Rewritten for both products.".into(),
            },
        ],
        forms: vec![link("pol-is.pdf", "PDF")],
    }
}

const BODY: &str = r##"
<h2 id="purpose"><span class="number">1</span> Purpose <a class="permalink" href="#purpose" aria-label="Link to Purpose">#</a></h2>
<p>This policy states how Harbourlight protects information: its own, and what customers entrust to it.<sup class="footnote-ref"><a id="fnref-1" href="#fn-1" aria-label="Footnote 1">1</a></sup></p>
<h2 id="scope"><span class="number">2</span> Scope <a class="permalink" href="#scope" aria-label="Link to Scope">#</a></h2>
<p>It applies to all staff, contractors and systems. <code>Production</code> means every system that holds customer data.</p>
<div class="table"><table>
<thead><tr><th scope="col">Class</th><th scope="col">Examples</th><th scope="col" class="right">Kept for</th></tr></thead>
<tbody><tr><td>Public</td><td>This policy</td><td class="right">no limit</td></tr><tr><td>Confidential</td><td>Customer data, contracts</td><td class="right">35 days after deletion</td></tr></tbody>
</table></div>
<h2 id="statements"><span class="number">3</span> Policy statements <a class="permalink" href="#statements" aria-label="Link to Policy statements">#</a></h2>
<ol class="clauses">
<li class="clause" id="mfa"><span class="number">3.1</span> <p>Staff must sign in through single sign-on with a second factor. <a class="permalink" href="#mfa" aria-label="Link to 3.1">#</a></p></li>
<li class="clause" id="encryption"><span class="number">3.2</span> <p>Customer data must be encrypted in transit and at rest. <a class="permalink" href="#encryption" aria-label="Link to 3.2">#</a></p></li>
<li class="clause" id="exceptions"><span class="number">3.3</span> <p>An exception needs the approval of the Chief Information Security Officer and ends after 90 days at the latest. <a class="permalink" href="#exceptions" aria-label="Link to 3.3">#</a></p></li>
</ol>
<aside class="alert alert-note" aria-label="Note"><p class="alert-title">Note</p><p>Suppliers are held to the same rules by contract.</p></aside>
<section class="footnotes" aria-label="Footnotes"><ol><li id="fn-1"><p>The classes of information are defined in section 2. <a href="#fnref-1" aria-label="Back to the text">↩</a></p></li></ol></section>
"##;
