//! The front page and the pages of text of the sample.

use super::{
    compliance, contact as line, documents, entry, facts, frame, link, links, status, subprocessors,
};
use crate::plan::view::structured_data::{CertificateData, Node, OrganisationData};
use crate::plan::view::trust::{
    Contact, ContactWay, ControlsSummary, ControlsSummaryGroup, Day, FreePage, GlanceFact,
    Glossary, GlossaryTerm, NotCovered, NotFound, Overview, QuestionRow, QuestionTopic, Questions,
    Update, UpdateYear, Updates, VulnerabilityReport,
};
use crate::plan::view::{Html, Icon, Tone};

pub(super) fn overview() -> Overview {
    let glance = [
        ("Hosting regions", "EU (Ireland) and US (Ohio); you choose"),
        ("Encryption", "AES-256 at rest, TLS 1.2 or later in transit"),
        ("Sign-in", "SAML and OpenID Connect single sign-on, multi-factor"),
        (
            "Penetration test",
            "<a href=\"compliance.html#att-03\">Every 12 months, last in May 2026</a>",
        ),
        ("Recovery", "Within 4 hours; at most 1 hour of data lost"),
        ("Breach notice", "Within 48 hours"),
        ("AI training", "Customer data is not used"),
    ]
    .map(|(label, text)| GlanceFact {
        label: label.into(),
        text_html: Html(format!("<p>{text}</p>")),
    });
    Overview {
        frame: frame(
            "index.html",
            "",
            "Security and compliance at Harbourlight: attestations, controls, documents, subprocessors.",
            vec![organisation()],
        ),
        headline: "Security and compliance at Harbourlight".into(),
        statement: "Freight companies book and track shipments with us, so their data has to be \
                    safe and available at any hour. Here is how we protect it, and who has checked."
            .into(),
        actions: vec![
            link(
                "mailto:security@harbourlight.example?subject=Document%20request",
                "Request documents",
            ),
            link("questions.html", "Read common answers"),
        ],
        glance: glance.into(),
        attestations: compliance::attestations(),
        compliance: Some(link("compliance.html", "Scope, frameworks and mappings")),
        controls: Some(controls()),
        documents: documents::featured(),
        all_documents: Some(link("documents.html", "All 14 documents")),
        changes: vec![subprocessors::change(true)],
        updates: news("updates.html").into_iter().take(3).collect(),
        all_updates: Some(link("updates.html", "All updates")),
        questions: [
            ("q-01", "Do you support single sign-on?"),
            ("q-02", "Where is our data stored?"),
            ("q-03", "How fast do you tell us about a breach?"),
            ("q-04", "Is customer data used to train AI models?"),
        ]
        .map(|(anchor, text)| link(&format!("questions.html#{anchor}"), text))
        .into(),
        all_questions: Some(link("questions.html", "All 42 questions")),
    }
}

fn organisation() -> Node {
    Node::organisation(&OrganisationData {
        name: "Harbourlight".into(),
        legal_name: Some("Harbourlight Software Ltd".into()),
        url: Some("https://harbourlight.example".into()),
        description: Some("Freight booking and shipment analytics.".into()),
        security_contact: Some("security@harbourlight.example".into()),
        is_fictional: true,
        certificates: vec![CertificateData {
            name: "ISO/IEC 27001:2022".into(),
            issuer: Some("Corvane Certification".into()),
            number: Some("HL-27001-0182".into()),
            issued_on: Some("2025-09-12".into()),
            valid_until: Some("2028-09-11".into()),
        }],
    })
}

fn controls() -> ControlsSummary {
    let summary =
        |title: &str, anchor: &str, count: &str, examples: &[&str]| ControlsSummaryGroup {
            title: title.into(),
            href: format!("controls.html#{anchor}"),
            count: count.into(),
            examples: examples.iter().map(|text| (*text).into()).collect(),
        };
    ControlsSummary {
        sentence:
            "46 controls are published in six groups. They are self-reported by Harbourlight."
                .into(),
        groups: vec![
            summary(
                "Access",
                "access",
                "8 controls",
                &[
                    "Multi-factor authentication",
                    "Quarterly access reviews",
                    "Encryption of data at rest",
                ],
            ),
            summary(
                "Change",
                "change",
                "5 controls",
                &["Review of every change", "Tests before release"],
            ),
            summary(
                "Operations",
                "operations",
                "11 controls",
                &["Central logging", "Critical patches within 7 days", "Quarterly restore tests"],
            ),
            summary(
                "People",
                "access",
                "6 controls",
                &["Background checks", "Security training within 30 days"],
            ),
            summary(
                "Suppliers",
                "access",
                "7 controls",
                &["Yearly vendor review", "Contracts with security terms"],
            ),
            summary(
                "Incidents",
                "access",
                "9 controls",
                &["Triage within 1 hour", "Yearly exercise"],
            ),
        ],
        all: link("controls.html", "All 46 controls"),
    }
}

fn news(page: &str) -> Vec<Update> {
    [
        ("u-4", "2026-11-02", "2 November 2026", status(Icon::Clock, "Subprocessor", Tone::Attention), "Waymark Maps will be added as a subprocessor", "It geocodes port and depot addresses in Quayside from 15 December 2026. Customers can object until 5 December 2026."),
        ("u-3", "2026-09-18", "18 September 2026", status(Icon::Info, "Incident", Tone::Info), "Delayed notifications on 16 September", "E-mail notifications of Quayside were delayed by up to 50 minutes. No data was lost or disclosed."),
        ("u-2", "2026-02-20", "20 February 2026", status(Icon::Check, "Certification", Tone::Success), "SOC 2® Type 2 report for 2025", "The report covers 1 January to 31 December 2025; the opinion is unqualified. It is available on request."),
        ("u-1", "2025-09-12", "12 September 2025", status(Icon::Check, "Certification", Tone::Success), "Certified to ISO/IEC 27001:2022", "Corvane Certification issued certificate HL-27001-0182, valid until 11 September 2028."),
    ]
    .map(|(anchor, iso, text, kind, title, words)| Update {
        anchor: anchor.into(),
        href: format!("{page}#{anchor}"),
        date: Day { text: text.into(), iso: iso.into() },
        kind,
        title: title.into(),
        text: words.into(),
    })
    .into()
}

pub(super) fn updates() -> Updates {
    let (recent, earlier) =
        news("").into_iter().partition(|update| update.date.iso.starts_with("2026"));
    Updates {
        frame: frame(
            "updates.html",
            "Updates",
            "What changed in Harbourlight's security and compliance, latest first.",
            vec![],
        ),
        title: "Updates".into(),
        summary: "Reports, incidents, policies and subprocessors, latest first.".into(),
        years: vec![
            UpdateYear { year: "2026".into(), updates: recent },
            UpdateYear { year: "2025".into(), updates: earlier },
        ],
    }
}

pub(super) fn questions() -> Questions {
    let row = |anchor: &str, question: &str, answer: &str| QuestionRow {
        anchor: anchor.into(),
        question: question.into(),
        answer_html: Html(format!("<p>{answer}</p>")),
        sources: vec![
            link("controls.html#ac-01", "Multi-factor authentication on single sign-on"),
            link("documents/pol-is.html", "Information Security Policy"),
        ],
        words: "soc2 CC6.1".into(),
    };
    let topics = vec![
        QuestionTopic {
            anchor: "access".into(),
            title: "Access".into(),
            questions: vec![
                row(
                    "q-01",
                    "Do you support single sign-on?",
                    "Yes, with SAML 2.0 and OpenID Connect, on every plan. Accounts can be provisioned and removed by SCIM.",
                ),
                row(
                    "q-05",
                    "How do your staff reach production?",
                    "Through single sign-on with a phishing-resistant second factor. Access is granted for a task, expires after 12 hours, and is reviewed every quarter.",
                ),
            ],
        },
        QuestionTopic {
            anchor: "data".into(),
            title: "Data".into(),
            questions: vec![
                row(
                    "q-02",
                    "Where is our data stored?",
                    "In Ireland or Ohio, as you choose when your workspace is created. Backups stay in the same region.",
                ),
                row(
                    "q-04",
                    "Is customer data used to train AI models?",
                    "No, neither by us nor by our subprocessors.",
                ),
                row(
                    "q-06",
                    "When is our data deleted?",
                    "Within 30 days after your contract ends, and from backups within another 35 days.",
                ),
            ],
        },
        QuestionTopic {
            anchor: "incidents".into(),
            title: "Incidents".into(),
            questions: vec![row(
                "q-03",
                "How fast do you tell us about a breach?",
                "Within 48 hours of confirming that your data is affected.",
            )],
        },
    ];
    let pairs: Vec<(String, String)> = topics
        .iter()
        .flat_map(|topic| &topic.questions)
        .map(|row| (row.question.clone(), row.answer_html.0.replace("<p>", "").replace("</p>", "")))
        .collect();
    Questions {
        frame: frame(
            "questions.html",
            "Questions",
            "Answers to the questions that security reviewers ask about Harbourlight.",
            vec![Node::questions(&pairs)],
        ),
        title: "Questions".into(),
        summary: "Answers to what security questionnaires ask. Copy them as they are.".into(),
        topics,
    }
}

fn free(address: &str, title: &str, summary: &str, body: &str) -> FreePage {
    FreePage {
        frame: frame(address, title, summary, vec![]),
        title: title.into(),
        summary: Some(summary.into()),
        facts: facts(&[("Version", "1.2"), ("Date", "1 March 2026")]),
        outline: [("#scope", "Scope"), ("#how", "How to tell us")]
            .map(|(href, text)| entry(href, text))
            .into(),
        body_html: Html(body.into()),
    }
}

pub(super) fn vulnerability() -> FreePage {
    free(
        "pages/vulnerability-disclosure.html",
        "Vulnerability disclosure",
        "How to report a weakness, what we promise, and what is out of scope.",
        "<h2 id=\"scope\">Scope</h2><p>Quayside, Tideline and this site. Denial of service and social engineering are out of scope.</p><h2 id=\"how\">How to tell us</h2><ul><li>Write to <a href=\"mailto:security@harbourlight.example\">security@harbourlight.example</a>.</li><li>We confirm within two working days.</li><li>We do not take legal action against research in good faith.</li></ul>",
    )
}

pub(super) fn privacy() -> FreePage {
    free(
        "pages/data-and-privacy.html",
        "Data and privacy",
        "Where data lies, how long we keep it, and your rights.",
        "<h2 id=\"scope\">Residency</h2><div class=\"table\"><table><thead><tr><th scope=\"col\">Data</th><th scope=\"col\">EU region</th><th scope=\"col\">US region</th></tr></thead><tbody><tr><td>Bookings</td><td>Ireland</td><td>Ohio</td></tr><tr><td>Backups, 35 days</td><td>Ireland</td><td>Ohio</td></tr></tbody></table></div><h2 id=\"how\">Your rights</h2><p>Write to our privacy officer.</p>",
    )
}

pub(super) fn accessibility() -> FreePage {
    free(
        "pages/accessibility.html",
        "Accessibility",
        "This site meets WCAG 2.2, level AA, as far as we know.",
        "<h2 id=\"scope\">Scope</h2><p>All pages of this trust center.</p><h2 id=\"how\">How to tell us</h2><p>If something does not work for you, write to us.</p>",
    )
}

pub(super) fn glossary() -> Glossary {
    let summary = "What words mean in our documents and answers.";
    let term = |anchor: &str, term: &str, definition: &str| GlossaryTerm {
        anchor: anchor.into(),
        term: term.into(),
        definition_html: Html(format!("<p>{definition}</p>")),
        words: String::new(),
    };
    Glossary {
        frame: frame("glossary.html", "Glossary", summary, vec![]),
        title: "Glossary".into(),
        summary: summary.into(),
        terms: vec![
            term("term-availability", "Availability", "The share of time in which it can be used."),
            term("term-staff", "Staff", "Employees and contractors of Harbourlight."),
        ],
    }
}

pub(super) fn contact() -> Contact {
    Contact {
        frame: frame("contact.html", "Contact", "Whom to ask about security and privacy at Harbourlight.", vec![]),
        title: "Contact".into(),
        summary: "People answer here, usually within one working day.".into(),
        ways: vec![
            ContactWay {
                anchor: "security".into(),
                title: "Security and documents".into(),
                text: "Questionnaires, reports on request, anything this site does not answer.".into(),
                contact: line("security@harbourlight.example"),
            },
            ContactWay {
                anchor: "privacy".into(),
                title: "Privacy".into(),
                text: "Personal data, data processing agreements, objections to subprocessors.".into(),
                contact: line("privacy@harbourlight.example"),
            },
        ],
        vulnerability: Some(VulnerabilityReport {
            text: "Tell us what you found and how to repeat it. We confirm within two working days and do not take legal action against research in good faith.".into(),
            contact: line("security@harbourlight.example"),
            policy: Some(link("pages/vulnerability-disclosure.html", "Vulnerability disclosure policy")),
            security_txt: links("", &[(".well-known/security.txt", "security.txt")]).pop(),
        }),
    }
}

pub(super) fn not_covered() -> NotCovered {
    NotCovered {
        frame: frame(
            "not-covered.html",
            "What is not covered",
            "Limits of Harbourlight's attestations and commitments.",
            vec![],
        ),
        title: "What is not covered".into(),
        summary: "Limits that a reviewer should know before relying on this site.".into(),
        limits: vec![
            "The SOC 2® report does not cover processing integrity or privacy.".into(),
            "Preview features are not covered by recovery objectives.".into(),
            "HIPAA and GDPR mappings are our own; nobody has assessed them.".into(),
        ],
    }
}

pub(super) fn not_found() -> NotFound {
    NotFound {
        frame: frame("404.html", "Page not found", "There is no page at this address.", vec![]),
        title: "Page not found".into(),
        text: "There is no page at this address. It may have moved or been withdrawn.".into(),
    }
}
